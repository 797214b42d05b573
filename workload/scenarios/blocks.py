"""Students' lines in blocks that move together: a group, a class, or all that one person has at one school."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.model.coding import MISSING
from workload.model.units import hours
from workload.work.activities import coefficients
from workload.work.own_events import responsible_ots

BY_GROUP, BY_SCHOOL = "group or class", "school"
GRANULARITIES = (BY_GROUP, BY_SCHOOL)


@dataclass(frozen=True, eq=False)
class Blocks:
    """Blocks of lines in force. Shapes (B,) unless said; hours are hours a week with category time.

    label          school and group or class, without anybody's name
    students_of    the students' codes of each block
    direct_hours   what goes along to an OTA: direct time, make-up, notes, work on behalf (consultation that an OTA has)
    event_hours    evaluations, meetings, reports of its students, and an OT's consultation: with an OT
    has_consult    consult lines inside: an OT's
    line_block     (lines,) block of each line; MISSING where the line has no therapist and such are left out
    event_block    (events,) block that answers for each event; MISSING where the event does not go along with a student
    """

    label: tuple[str, ...]
    owner: np.ndarray
    school: np.ndarray
    direct_hours: np.ndarray
    event_hours: np.ndarray
    has_consult: np.ndarray
    students_of: tuple[frozenset[int], ...]
    line_block: np.ndarray
    event_block: np.ndarray

    @property
    def students(self) -> np.ndarray:
        """(B,) number of students."""
        return np.array([len(some) for some in self.students_of], dtype=float)


def blocks_of(answer: Answer, granularity: str = BY_GROUP, include_unassigned: bool = False) -> Blocks:
    """The lines in force in blocks. Lines of one student with one person at one school are never parted."""
    lines, demand = answer.demand.lines, answer.demand
    unassigned = demand.people.unassigned
    owner = np.where(lines.therapist == MISSING, unassigned, lines.therapist)
    school = np.where(lines.school == MISSING, len(demand.schools) - 1, lines.school)
    pair = owner * len(demand.schools) + school
    words = _words(answer, granularity)
    block = _components(
        pd.factorize(_joined(pair, pd.factorize(words)[0]))[0], pd.factorize(_joined(pair, lines.student))[0]
    )
    if not include_unassigned:
        block = np.where(owner == unassigned, MISSING, block)
    block = _settled(block, pair, words)
    count = int(block.max()) + 1 if len(block) and block.max() >= 0 else 0
    members = _split(block, count)
    first = np.array([some[0] for some in members], dtype=int)
    event_block = _event_block(answer, block)
    direct, events, consult = _hours(answer, block, event_block, count)
    label = tuple(
        f"{demand.schools[school[at]]}, {words[at]}" if words[at] else demand.schools[school[at]] for at in first
    )
    return Blocks(
        label,
        owner[first],
        school[first],
        direct,
        events,
        consult,
        tuple(frozenset(lines.student[some].tolist()) for some in members),
        block,
        event_block,
    )


def _joined(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return left.astype(np.int64) * (int(right.max(initial=0)) + 2) + right + 1


def _words(answer: Answer, granularity: str) -> np.ndarray:
    """(lines,) what the block is called beside its school: the group, else the class (setting, else grade)."""
    rows = answer.roster.services.iloc[answer.demand.lines.row]
    if granularity == BY_SCHOOL:
        return np.array([""] * len(rows), dtype=object)
    made = []
    for group, setting, grade in zip(rows["group_id"], rows["setting"], rows["grade"], strict=True):
        made.append(
            f"group {group}"
            if isinstance(group, str)
            else setting
            if isinstance(setting, str)
            else f"grade {grade}"
            if isinstance(grade, str)
            else ""
        )
    return np.array(made, dtype=object)


def _components(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The connected components of lines that share a code in either column, as codes."""
    parent = list(range(int(one.max(initial=-1)) + 1))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    seen: dict[int, int] = {}
    for left, right in zip(one.tolist(), other.tolist(), strict=True):
        known = seen.setdefault(right, left)
        a, b = root(known), root(left)
        parent[max(a, b)] = min(a, b)
    return np.array([root(at) for at in one.tolist()], dtype=np.int64)


def _settled(block: np.ndarray, pair: np.ndarray, words: np.ndarray) -> np.ndarray:
    """Blocks numbered by person, school and name, so that the order of rows does not decide."""
    named: dict[int, tuple] = {}
    for code, where, word in zip(block.tolist(), pair.tolist(), words, strict=True):
        if code != MISSING:
            named[code] = min(named.get(code, (where, word)), (where, word))
    place = {code: at for at, code in enumerate(sorted(named, key=lambda code: (named[code], code)))}
    return np.array([place.get(code, MISSING) for code in block.tolist()], dtype=np.int64)


def _split(block: np.ndarray, count: int) -> list[np.ndarray]:
    order = np.argsort(block, kind="stable")
    edges = np.searchsorted(block[order], np.arange(count + 1))
    return [order[start:end] for start, end in zip(edges[:-1], edges[1:], strict=True)]


def _hours(
    answer: Answer, block: np.ndarray, event_block: np.ndarray, count: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(direct, event) hours a week with category time, and whether there are consult lines; shapes (count,)."""
    lines, values, weeks, people = answer.demand.lines, answer.assumptions, answer.demand.weeks, answer.demand.people
    mark_up = 1 / (1 - values.category_share)
    inside = block != MISSING

    def summed(amount):
        return np.bincount(block[inside], amount[inside], minlength=count)

    direct_minutes = lines.therapist_minutes * ~lines.is_consult
    notes = lines.sessions * values["documentation_minutes_per_session"]
    # Consultation that stands with an OTA today is in that OTA's own week, not in the supervisor's.
    of_ota = (lines.therapist != MISSING) & people.is_ota[lines.therapist]
    consult = lines.therapist_minutes * lines.is_consult
    minutes = (direct_minutes * (1 + values["on_behalf_ratio"]) + notes + consult * of_ota) / weeks + makeup_minutes(
        answer
    )
    events = _event_hours(answer, event_block, count)
    return (
        summed(hours(minutes)) * mark_up,
        (summed(hours(consult * ~of_ota) / weeks) + events) * mark_up,
        summed(lines.is_consult.astype(float)) > 0,
    )


def makeup_minutes(answer: Answer) -> np.ndarray:
    """(lines,) minutes owed a week until they are due."""
    rows = answer.roster.services.iloc[answer.demand.lines.row]
    owed = np.nan_to_num(rows["compensatory_minutes"].to_numpy(dtype=float))
    due = rows["compensatory_due"]
    for at in np.flatnonzero(owed):
        by = None if pd.isna(due.iloc[at]) else due.iloc[at].date()
        owed[at] /= answer.demand.weeks_until(by)
    return owed


def _event_hours(answer: Answer, event_block: np.ndarray, count: int) -> np.ndarray:
    """(count,) hours a week of the events that a block answers for, without category time."""
    events = answer.demand.events
    costs = coefficients(answer.assumptions.values)
    each: dict[str, Any] = {}
    for activity in ("evaluation_initial", "reevaluation", "meeting", "progress_report"):
        for feature, cost in costs[activity].items():
            each[feature] = each.get(feature, 0.0) + cost
    amount = sum(getattr(events, feature) * cost for feature, cost in each.items())
    inside = event_block != MISSING
    return np.bincount(event_block[inside], amount[inside], minlength=count)


def _event_block(answer: Answer, block: np.ndarray) -> np.ndarray:
    """(events,) the block of the student's newest line, as far as the event follows the student."""
    events, lines, people = answer.demand.events, answer.demand.lines, answer.demand.people
    place = np.append(block, MISSING)[events.line]
    # An evaluation that the sheet gives to somebody else than the student's own OT stays where it is.
    owner = np.append(lines.therapist, MISSING)[events.line]
    position, ot = responsible_ots(owner, people)
    follows = np.bincount(position, ot == events.therapist[position], minlength=len(owner)) > 0
    return np.where(follows, place, MISSING)

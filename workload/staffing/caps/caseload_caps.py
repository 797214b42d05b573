"""Caseload caps: a head-count limit by age band, pro-rated for part-time, other with an assistant.

Several rule sets hold at once: the state's and any contract clauses. The one that leaves the least room binds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from workload.model.roster import UNASSIGNED
from workload.rules.packs import RulePack
from workload.rules.rule import DIRECT, EVERY_STUDENT, WITH_IEP, Rule
from workload.staffing.required import Staffing

PRESCHOOL_GRADES = ("PK", "PRE-K", "PREK", "PRESCHOOL")  # intake writes PK; the others come from plain tables


@dataclass(frozen=True)
class CapCheck:
    """One cap held against one person: the limit for this contract, the count, and how far over it is.

    consult_only    students in the count who only have consultation; texts seldom say whether they count
    without_iep     students in the count without an IEP (504, MTSS); a number for special education does not count them
    grade_unknown   students without a grade, counted as school-age where the cap has age bands
    taken_off       students taken off the limit for buildings a day
    """

    rule: str
    limit: float
    value: float
    over: float
    id: str = ""
    label: str = ""
    place: str = ""
    force: str = ""
    evidence: str = ""
    band: str = ""
    consult_only: int = 0
    without_iep: int = 0
    grade_unknown: int = 0
    taken_off: float = 0.0
    note: str = ""
    is_trigger: bool = False

    @property
    def is_outside(self) -> bool:
        """Whether the count is past the limit, or has reached it where reaching is enough."""
        return self.over > 0 or (self.is_trigger and self.value >= self.limit)

    @property
    def room(self) -> float:
        """Students that still fit; negative is over."""
        return self.limit - self.value


@dataclass(frozen=True)
class Binding:
    """The cap that leaves a person the least room, and by how much it is tighter than the next one.

    `tighter_by` is in students (None where no other cap applies); `next_rule` is that other cap's citation.
    """

    check: CapCheck
    next_rule: str | None = None
    tighter_by: float | None = None


def cap_limit(rule: Rule, fte: float, has_assistant: bool, buildings_taken_off: float = 0.0) -> float | None:
    """The limit for a contract, in the rule's unit; None where the rule has no limit for this person.

    Wisconsin: 30, or 45 with one assistant or more, times the FTE. Students taken off for buildings come last.
    """
    limit = rule.with_assistant if has_assistant and rule.with_assistant is not None else rule.value
    if limit is None:
        return None
    return max(0.0, (limit * fte if rule.prorated else limit) - buildings_taken_off)


def students_taken_off(penalty: Rule, buildings_on_busiest_day: int) -> float:
    """Students by which a cap falls: `value` for each building above `above` on the busiest day of the plan."""
    assert penalty.value is not None and penalty.above is not None  # a penalty without them is refused when it is read
    return penalty.value * max(0, buildings_on_busiest_day - penalty.above)


@dataclass(frozen=True, eq=False)
class Heads:
    """Who is served by whom on the day: the students of each OT and of the OTAs whom the OT supervises."""

    staffing: Staffing
    grades: np.ndarray  # (students,) grade in capitals, "" where none is known
    sessions_written: np.ndarray  # (lines,) whether the line itself names a number of sessions
    has_iep: np.ndarray  # (students,) whether a line in force is of an IEP

    @cached_property
    def team(self) -> list[np.ndarray]:
        """For each person the codes of the person and of the OTAs supervised."""
        people = self.staffing.demand.people
        return [np.append(np.flatnonzero(people.supervisor[:-1] == at), at) for at in range(len(people.names))]

    def students(self, people: Iterable[int], who: str = EVERY_STUDENT) -> np.ndarray:
        """Distinct student codes with a line in force of any of the people, of those whom a rule counts (`Rule.counts`)."""
        order, first = self._lines_of
        rows = np.concatenate([order[first[at] : first[at + 1]] for at in people])
        lines = self.staffing.demand.lines
        found = np.unique(lines.student[rows[~lines.is_consult[rows]] if who == DIRECT else rows])
        return found[self.has_iep[found]] if who == WITH_IEP else found

    @cached_property
    def _lines_of(self) -> tuple[np.ndarray, np.ndarray]:
        """Lines in the order of their therapist, and where each therapist's begin."""
        therapist = self.staffing.demand.lines.therapist
        order = np.argsort(therapist, kind="stable")
        return order, np.searchsorted(therapist[order], np.arange(len(self.staffing.demand.therapists) + 1))

    def of_band(self, students: np.ndarray, band: str) -> np.ndarray:
        """The students of an age band. A student without a grade counts as school-age."""
        if not band:
            return students
        preschool = np.isin(self.grades[students], PRESCHOOL_GRADES)
        return students[preschool if band == "preschool" else ~preschool]


def heads_of(staffing: Staffing, services: pd.DataFrame | None = None) -> Heads:
    """The heads of a staffing. `services` is the roster's Services table; without it no grade is known."""
    lines = staffing.demand.lines
    grades = np.full(len(lines.students), "", dtype=object)
    if services is not None:
        written = services["grade"].to_numpy()[lines.row]
        for at in lines.order:  # the newest line of a student speaks
            if isinstance(written[at], str) and written[at].strip():
                grades[lines.student[at]] = written[at].strip().upper()
    written = np.ones(len(lines.row), bool) if services is None else services["sessions"].notna().to_numpy()[lines.row]
    return Heads(staffing, grades, written, has_iep_of(staffing))


def has_iep_of(staffing: Staffing) -> np.ndarray:
    """(students,) whether a student has an IEP on the day; where one line is of an IEP, the student has one."""
    events, found = staffing.demand.events, np.zeros(len(staffing.demand.lines.students), bool)
    found[events.student[events.iep > 0]] = True
    return found


def has_assistant(staffing: Staffing, person: int) -> bool:
    """Whether an OTA in post on the day is supervised by the person. A second one changes nothing."""
    people = staffing.demand.people
    return bool(np.any((people.supervisor[:-1] == person) & people.in_post[:-1]))


def busiest_day(staffing: Staffing, person: int) -> int:
    """Most different buildings on one day of the person's plan; 0 without a plan."""
    return max((len(set(day)) for day in staffing.demand.people.plans[person]), default=0)


def _packs(pack: RulePack | None | Sequence[RulePack]) -> tuple[RulePack, ...]:
    if pack is None:
        return ()
    return (pack,) if isinstance(pack, RulePack) else tuple(pack)


def caps_for(
    staffing: Staffing, pack: RulePack | None | Sequence[RulePack], services: pd.DataFrame | None = None
) -> dict[str, list[CapCheck]]:
    """The caseload caps that apply to each OT in post on the day, by name; the tightest first.

    The count is of distinct students of the OT and of the OTAs whom the OT supervises: an assistant has no
    caseload apart from the supervising OT's. Caps for other professions and averages of a department or building
    are left out here (`staffing.caps.other_limits` holds those). `services` gives the grades for age bands.
    """
    people = staffing.demand.people
    checks: dict[str, list[CapCheck]] = {name: [] for name in (*people.names, UNASSIGNED)}
    heads = heads_of(staffing, services)
    for one in _packs(pack):
        rules = one.in_force(staffing.demand.day)
        caps = [rule for rule in rules if rule.kind == "caseload_cap" and rule.is_for_ots and rule.scope == "person"]
        penalties = [rule for rule in rules if rule.kind == "daily_building_penalty" and rule.is_for_ots]
        for person, name in enumerate(people.names):
            if caps and not people.is_ota[person] and people.in_post[person]:
                found = (_check(heads, person, rule, penalties) for rule in caps)
                checks[name] += [check for check in found if check is not None]
    return {name: sorted(found, key=lambda check: check.room) for name, found in checks.items()}


def _check(heads: Heads, person: int, rule: Rule, penalties: Sequence[Rule]) -> CapCheck | None:
    staffing = heads.staffing
    fte = float(staffing.contracted_fte[person])
    off = sum(students_taken_off(each, busiest_day(staffing, person)) for each in penalties if each.reduces == rule.id)
    limit = cap_limit(rule, fte, has_assistant(staffing, person), off)
    if limit is None:
        return None
    direct = heads.of_band(heads.students(heads.team[person], DIRECT), rule.band)
    counted = heads.of_band(heads.students(heads.team[person], rule.counts), rule.band)
    unknown = int((heads.grades[counted] == "").sum()) if rule.band == "school-age" else 0
    note = (
        "" if rule.prorated or fte >= 1 else "The text does not say how part-time counts, so the limit is not scaled."
    )
    return CapCheck(
        rule.citation,
        limit,
        float(len(counted)),
        max(0.0, len(counted) - limit),
        rule.id,
        rule.label,
        rule.place,
        rule.force,
        rule.evidence,
        rule.band,
        len(np.setdiff1d(counted, direct)),
        int((~heads.has_iep[counted]).sum()),
        unknown,
        off,
        note,
        rule.trigger,
    )


def binding(checks: Sequence[CapCheck]) -> Binding | None:
    """The cap that leaves the least room, and by how many students it is tighter than the next; None without caps.

    Caps of different age bands count different students, so only caps of the same band are compared.
    """
    if not checks:
        return None
    first = min(checks, key=lambda check: check.room)
    others = sorted(
        (check for check in checks if check is not first and check.band == first.band), key=lambda check: check.room
    )
    if not others:
        return Binding(first)
    return Binding(first, others[0].rule, others[0].room - first.room)


def mixed_share(checks: Sequence[CapCheck]) -> float | None:
    """Shares of the age bands' caps added up: 25 of 50 school-age and 20 of 40 preschool are 1.0.

    A reading of this project, to be named as one: the sources do not show how a mix counts. None without bands.
    """
    banded = [check for check in checks if check.band and check.limit > 0]
    return sum(check.value / check.limit for check in banded) if len({check.band for check in banded}) > 1 else None

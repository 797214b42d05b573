"""Every other limit of the rules in force: fewest students, schools, buildings, planning, supervision, sessions,
averages of a department or building, and the posts that a limit on schools costs.

A row says what the source allows, what the district has given, and how far outside it is. It does not judge anybody,
and what this tool assumes is never held against a rule (`given_figures`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil

import numpy as np
import pandas as pd

from workload.model.roster import NO_SCHOOL
from workload.model.units import DAYS_PER_SCHOOL_WEEK
from workload.rules.packs import RulePack
from workload.rules.rule import Rule
from workload.staffing.caps.caseload_caps import Heads, _packs, busiest_day, heads_of
from workload.staffing.caps.given_figures import has_day_plans, is_for_this_contract, not_compared, planning_given
from workload.staffing.required import Staffing
from workload.staffing.time_study.study import TimeStudy

AT_MOST, AT_LEAST = "at most", "at least"
TINY = 1e-9


@dataclass(frozen=True)
class LimitCheck:
    """One limit held against one person, school or the department. `outside` is 0 where it is kept."""

    about: str  # a therapist, a school, or "Department"
    kind: str
    label: str
    direction: str  # at most, at least
    limit: float
    value: float
    unit: str
    outside: float
    id: str
    citation: str
    place: str
    force: str
    evidence: str
    note: str
    is_outside: bool  # past the limit, or at it where reaching it is enough


def _made(
    rule: Rule, about: str, direction: str, limit: float, value: float, note: str = "", unit: str = ""
) -> LimitCheck:
    beyond = value - limit if direction == AT_MOST else limit - value
    outside = beyond if beyond > TINY else 0.0
    return LimitCheck(
        about,
        rule.kind,
        rule.label,
        direction,
        limit,
        value,
        unit or rule.unit,
        outside,
        rule.id,
        rule.citation,
        rule.place,
        rule.force,
        rule.evidence,
        note or rule.note,
        outside > 0 or (rule.trigger and beyond > -TINY),
    )


OfAPerson = dict[str, Callable[[Heads, int, Rule], Iterator[LimitCheck]]]


def limits_for(
    staffing: Staffing,
    pack: RulePack | None | Sequence[RulePack],
    services: pd.DataFrame | None = None,
    study: TimeStudy | None = None,
) -> list[LimitCheck]:
    """Every limit in force on the day but the caseload caps of a person, in the order of the packs.

    services  the roster's Services table
    study     the time study, where there is one
    """
    heads = heads_of(staffing, services)
    rules = rules_held(staffing, pack)
    of_a_person: OfAPerson = {**OF_A_PERSON, "planning_minutes": partial(_planning, study)}
    found = []
    for rule in rules:
        if rule.kind == "caseload_cap" and rule.scope != "person" and rule.value is not None:
            found += _averages(heads, rule)
        elif rule.kind in of_a_person and rule.value is not None:
            found += [check for person in _ots(staffing) for check in of_a_person[rule.kind](heads, person, rule)]
    return found


def limits_not_compared(
    staffing: Staffing, pack: RulePack | None | Sequence[RulePack], study: TimeStudy | None = None
) -> list[str]:
    """Why limits in force are not held against somebody, and what it would take."""
    return not_compared(rules_held(staffing, pack), staffing, study, _ots(staffing))


def rules_held(staffing: Staffing, pack: RulePack | None | Sequence[RulePack]) -> list[Rule]:
    """The rules for OTs in force on the day, in the order of the packs."""
    return [rule for one in _packs(pack) for rule in one.in_force(staffing.demand.day) if rule.is_for_ots]


def _ots(staffing: Staffing) -> list[int]:
    people = staffing.demand.people
    return [at for at in range(len(people.names)) if not people.is_ota[at] and people.in_post[at]]


def _scaled(rule: Rule, staffing: Staffing, person: int) -> float:
    return rule.number * (float(staffing.contracted_fte[person]) if rule.prorated else 1.0)


def _name(heads: Heads, person: int) -> str:
    return heads.staffing.demand.people.names[person]


def _minimum(heads: Heads, person: int, rule: Rule) -> Iterator[LimitCheck]:
    students = heads.of_band(heads.students(heads.team[person], rule.counts), rule.band)
    yield _made(rule, _name(heads, person), AT_LEAST, _scaled(rule, heads.staffing, person), float(len(students)))


def _sites(heads: Heads, person: int, rule: Rule) -> Iterator[LimitCheck]:
    staffing = heads.staffing
    if rule.unit == "buildings a day":
        value, note = (
            busiest_day(staffing, person),
            "The busiest day of the day plan; without a plan there is no value.",
        )
        if not value:
            return
    else:
        planned = {school for day in staffing.demand.people.plans[person] for school in day}
        lines = staffing.demand.lines
        served = {staffing.demand.schools[at] for at in np.unique(lines.school[(lines.therapist == person)]) if at >= 0}
        value, note = len(planned | served), "Schools of the day plan and of the person's own service lines."
    yield _made(rule, _name(heads, person), AT_MOST, rule.number, float(value), note)


def _planning(study: TimeStudy | None, heads: Heads, person: int, rule: Rule) -> Iterator[LimitCheck]:
    staffing = heads.staffing
    given = planning_given(staffing, study, person)
    if given is None or not is_for_this_contract(rule, staffing, person):
        return
    if rule.unit == "minutes a day":
        days = len(staffing.demand.people.plans[person]) or DAYS_PER_SCHOOL_WEEK
        limit, note = rule.number * days, f"{rule.number:g} minutes on {days} working days. "
    else:
        limit, note = _scaled(rule, staffing, person), ""
    yield _made(rule, _name(heads, person), AT_LEAST, limit, given[0], note + given[1], "minutes a week")


def _supervised(heads: Heads, person: int, rule: Rule) -> Iterator[LimitCheck]:
    people = heads.staffing.demand.people
    supervised = (people.supervisor[:-1] == person) & people.in_post[:-1]
    if not supervised.any():
        return
    if rule.unit.startswith("FTE"):
        value, note = float(heads.staffing.contracted_fte[:-1][supervised].sum()), "Contracted FTE of the OTAs in post."
    else:
        value = float(supervised.sum())
        note = "OTAs in post on this date. Fieldwork students and temporary licensees are not in a roster."
    yield _made(rule, _name(heads, person), AT_MOST, rule.number, value, note)


def _sessions(heads: Heads, person: int, rule: Rule) -> Iterator[LimitCheck]:
    staffing = heads.staffing
    lines, weeks = staffing.demand.lines, staffing.demand.weeks
    mine = (lines.therapist == person) & (lines.student_minutes > 0)
    written = mine & heads.sessions_written  # a number of sessions that this tool made from minutes is not the plan's
    shared = lines.therapist_minutes[written] / lines.student_minutes[written]  # a group session counts once
    a_week = float((lines.sessions[written] * shared).sum()) / weeks
    left = int(mine.sum() - written.sum())
    days = len(staffing.demand.people.plans[person]) or DAYS_PER_SCHOOL_WEEK
    value = a_week / days if rule.unit == "sessions a day" else a_week
    yield _made(
        rule,
        _name(heads, person),
        AT_MOST,
        rule.number,
        value,
        f"Average over {days} working days of the sessions in the plans; a group session counts once."
        + (f" {left} lines name no number of sessions and are left out, so there may be more." if left else ""),
    )


OF_A_PERSON: OfAPerson = {
    "caseload_minimum": _minimum,
    "site_limit": _sites,
    "supervision_ratio": _supervised,
    "session_cap": _sessions,
}


def _averages(heads: Heads, rule: Rule) -> list[LimitCheck]:
    """Students for each FTE, of the department or of each building that has both."""
    demand = heads.staffing.demand
    if rule.scope == "department":
        fte = float(heads.staffing.contracted_fte[_ots(heads.staffing)].sum())
        ots_and_otas = range(len(demand.people.names))
        students = heads.of_band(heads.students(ots_and_otas, rule.counts), rule.band)
        return (
            [
                _made(
                    rule,
                    "Department",
                    AT_MOST,
                    rule.number,
                    len(students) / fte,
                    "Students with a therapist for each contracted FTE of the OTs; OTAs add no FTE.",
                )
            ]
            if fte
            else []
        )
    available = heads.staffing.by_school(heads.staffing.available_fte * ~demand.people.is_ota[demand.therapist])
    made = []
    for at, school in enumerate(demand.schools):
        if (
            school != NO_SCHOOL
            and available[at] > 0
            and demand.caseload_of_school[at]
            and has_day_plans(heads.staffing, at)
        ):
            made.append(
                _made(
                    rule,
                    school,
                    AT_MOST,
                    rule.number,
                    float(demand.caseload_of_school[at] / available[at]),
                    "Students with a service line for each available FTE of the OTs at the school.",
                )
            )
    return made


@dataclass(frozen=True)
class Fragmentation:
    """What a limit on schools costs in posts of one size.

    Without the limit at least `posts_without` posts hold the work; with it at least `posts_with`, and a plan with
    `posts_workable` exists. `posts_lost` = posts_with - posts_without; `fte_unfilled` = posts_with × size - need.
    """

    limit: float
    schools: int
    need_fte: float
    posts_without: int
    posts_with: int
    posts_workable: int
    post_fte: float

    @property
    def posts_lost(self) -> int:
        return self.posts_with - self.posts_without

    @property
    def fte_unfilled(self) -> float:
        return self.posts_with * self.post_fte - self.need_fte


def fragmentation(need_fte_by_school: Sequence[float], limit: float, post_fte: float = 1.0) -> Fragmentation:
    """Posts that a limit on schools takes beyond the work itself.

    Every school with work has to be on somebody's list, a school that needs more than one post takes several places,
    and a post holds at most `limit` schools: so at least places ÷ limit posts. Raises `ValueError` for a limit below
    one school or a post without hours.
    """
    if limit < 1 or post_fte <= 0:
        raise ValueError(f"a post needs at least one school and some FTE, got {limit:g} schools and {post_fte:g} FTE")
    needs = [need for need in need_fte_by_school if need > TINY]
    places = sum(ceil(need / post_fte - TINY) for need in needs)
    total = float(sum(needs))
    without = ceil(total / post_fte - TINY)
    at_least = max(without, ceil(places / int(limit) - TINY))
    return Fragmentation(
        limit, len(needs), total, without, at_least, max(at_least, _first_fit(needs, int(limit), post_fte)), post_fte
    )


def _first_fit(needs: Sequence[float], limit: int, post_fte: float) -> int:
    """Posts of a plan made by putting the largest remaining school where it fits first: workable, maybe not best."""
    whole = sum(int(need / post_fte + TINY) for need in needs)
    rest = sorted((need - int(need / post_fte + TINY) * post_fte for need in needs), reverse=True)
    posts: list[tuple[float, int]] = []
    for need in (need for need in rest if need > TINY):
        for at, (room, schools) in enumerate(posts):
            if room + TINY >= need and schools < limit:
                posts[at] = (room - need, schools + 1)
                break
        else:
            posts.append((post_fte - need, 1))
    return whole + len(posts)


def fragmentation_of(staffing: Staffing, limit: float, post_fte: float = 1.0) -> Fragmentation:
    """The posts that a limit on schools costs for today's required FTE by school (No school left out)."""
    needs = staffing.school_hours.sum(axis=1)[:-1] / staffing.full_week
    return fragmentation(needs.tolist(), limit, post_fte)

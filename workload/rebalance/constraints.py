"""The named constraints of a rebalancing, and the problem that they make of a district's blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from workload.answer import Answer
from workload.model.coding import MISSING
from workload.rebalance.problem import (
    BASE_SCHOOL,
    DAYS,
    KEEP_TOGETHER,
    LEAVE,
    MOST_SCHOOLS,
    NEVER_MOVE,
    NOT_ALLOWED,
    OT_ONLY,
    OTA_SUPERVISED,
    Problem,
    Weights,
)
from workload.scenarios.blocks import Blocks
from workload.scenarios.modeled_travel import modeled_travel_hours

NO_LIMIT = 10_000
SHARE_OF_A_DAY = 0.2


class RulesError(ValueError):
    """A rule that names what the roster does not have; the message is a plain sentence."""


@dataclass(frozen=True)
class Rules:
    """The constraints. What already stands today may stay (`strict` false): nobody gets into a worse breach.

    most_schools     for each person; None is no limit
    schools_per_day  with the days of the day plan, else contract days: at most days × this many schools
    keep_together    tuples of block numbers that one person serves
    never_move       pseudonyms of students who stay where they are
    not_allowed      (therapist, school) pairs: no license there, or not wanted
    nearest          people considered for each block beside those who serve the school; fewer is faster
    """

    most_schools: int | None = 4
    schools_per_day: int | None = 2
    base_school: bool = True
    keep_together: tuple[tuple[int, ...], ...] = ()
    never_move: frozenset[str] = frozenset()
    not_allowed: frozenset[tuple[int, str]] = frozenset()
    strict: bool = False
    nearest: int = 12


def problem_of(
    answer: Answer, blocks: Blocks, rules: Rules, weights: Weights, without: frozenset[str] = frozenset()
) -> Problem:
    """The problem; constraints named in `without` are left out. Raises `RulesError`.

    Where blocks without a therapist are among them, the last person is nobody.
    """
    if not answer.demand.people.names:
        raise RulesError("The roster names no therapist, so there is nobody to share work between.")
    groups = _merged(len(blocks.label), rules.keep_together if KEEP_TOGETHER not in without else ())

    def summed(values):
        return np.array([values[list(group)].sum() for group in groups])

    people, count = answer.demand.people, len(answer.demand.people.names)
    first = np.array([group[0] for group in groups], dtype=int)
    owner = np.where(blocks.owner[first] >= count, MISSING, blocks.owner[first])
    school = blocks.school[first]
    students = np.array([len(frozenset().union(*(blocks.students_of[at] for at in group))) for group in groups], float)
    travel = modeled_travel_hours(answer)
    direct, events = summed(blocks.direct_hours), summed(blocks.event_hours)
    # The hours that are there on the day, as on every other page: who is on leave has none.
    capacity = answer.staffing.available_hours[:count]
    allowed = _allowed(answer, blocks, groups, owner, school, travel, rules, without)
    base = people.base_school[:count]
    draft = Problem(
        direct + events,
        direct,
        events,
        students,
        owner,
        school,
        np.zeros(count),
        capacity,
        travel,
        people.is_ota[:count].copy(),
        people.supervisor[:count].copy(),
        allowed,
        np.full(count, NO_LIMIT),
        np.full(count, MISSING),
        np.zeros(travel.shape, bool),
        weights,
        None,
        groups,
    )
    served = np.zeros(travel.shape, bool)
    held = blocks.owner < count
    served[blocks.owner[held], blocks.school[held]] = True
    fixed = answer.staffing.workload[:count] - _hours_today(draft, blocks, held)
    made = _limited(answer, draft, fixed, served, base, rules, without)
    return _with_nobody(made, owner == MISSING) if (owner == MISSING).any() else made


def _with_nobody(problem: Problem, open_: np.ndarray) -> Problem:
    """Work that nobody has stands with one more person, who is nobody and has no hours: it may stay there.

    Its students count as none: to get a therapist is not to change one.
    """
    count = problem.shape[1]
    travel = np.zeros((1, problem.travel_hours.shape[1]))
    return replace(
        problem,
        owner=np.where(open_, count, problem.owner),
        students=np.where(open_, 0.0, problem.students),
        fixed_hours=np.append(problem.fixed_hours, 0.0),
        capacity_hours=np.append(problem.capacity_hours, 0.0),
        travel_hours=np.vstack((problem.travel_hours, travel)),
        is_ota=np.append(problem.is_ota, False),
        supervisor=np.append(problem.supervisor, MISSING),
        allowed=np.column_stack((problem.allowed, open_)),
        most_schools=np.append(problem.most_schools, NO_LIMIT),
        must_serve=np.append(problem.must_serve, MISSING),
        supervised_only=np.vstack((problem.supervised_only, travel > 0)),
    )


def fewest_hours_over(problem: Problem) -> float:
    """Hours a week that no assignment can make fit: all hours without any travel, less all hours that are there.

    Below zero there are hours enough.
    """
    travel = ((problem.served(problem.owner) > 0) * problem.travel_hours).sum()
    return float(problem.hours(problem.owner).sum() - travel - problem.capacity_hours.sum())


def _merged(count: int, together: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """Blocks in groups that one person serves."""
    group = list(range(count))
    for some in together:
        if any(not 0 <= at < count for at in some):
            raise RulesError(f"Keep together: a block was named that is not there; there are {count}.")
        target = min(group[at] for at in some)
        sources = {group[at] for at in some}
        group = [target if one in sources else one for one in group]
    found: dict[int, list[int]] = {}
    for at, one in enumerate(group):
        found.setdefault(one, []).append(at)
    return tuple(tuple(members) for members in found.values())


def _contract_hours(answer: Answer) -> np.ndarray:
    """(P,) contract hours of everybody in post, also on leave: what a week there is planned by."""
    staffing = answer.staffing
    count = len(answer.demand.people.names)
    return np.maximum(staffing.available_hours, staffing.contracted_fte * staffing.full_week)[:count]


def _allowed(answer, blocks: Blocks, groups, owner, school, travel, rules: Rules, without) -> np.ndarray:
    """(B, P) who may serve a block."""
    people = answer.demand.people
    count = len(people.names)
    able = np.broadcast_to(people.in_post[:count], (len(groups), count)).copy()
    if LEAVE not in without:
        able &= ~people.on_leave[:count]
    if OT_ONLY not in without:
        consult = np.array([blocks.has_consult[list(group)].any() for group in groups], dtype=bool)
        able &= ~(consult[:, None] & people.is_ota[:count])
    if OTA_SUPERVISED not in without:
        able[:, people.is_ota[:count] & (people.supervisor[:count] == MISSING)] = False
    able &= _near(able, owner, school, travel, rules.nearest)
    held = np.flatnonzero(owner != MISSING)
    able[held, owner[held]] = True
    if NOT_ALLOWED not in without:
        able &= ~_barred(answer, rules)[:, school].T
    if NEVER_MOVE not in without:
        _pin(answer, blocks, groups, able, rules)
    return able


def _near(able: np.ndarray, owner, school, travel, nearest: int) -> np.ndarray:
    """The nearest people for each block, and everybody who serves its school today."""
    count = able.shape[1]
    near = np.zeros_like(able)
    order = np.argsort(np.where(able, travel[:, school].T, np.inf), axis=1, kind="stable")[:, : min(nearest, count)]
    near[np.arange(len(school))[:, None], order] = True
    held = owner != MISSING
    serves = np.zeros((count, travel.shape[1]), bool)
    serves[owner[held], school[held]] = True
    return near | serves[:, school].T


def _barred(answer: Answer, rules: Rules) -> np.ndarray:
    """(P, S) pairs that are not allowed."""
    place = {name: at for at, name in enumerate(answer.demand.schools)}
    barred = np.zeros((len(answer.demand.people.names), len(place)), bool)
    for person, name in rules.not_allowed:
        if name not in place or not 0 <= person < len(barred):
            raise RulesError(f"Not allowed: therapist number {person + 1} or the school {name} is not in this roster.")
        barred[person, place[name]] = True
    return barred


def _pin(answer: Answer, blocks: Blocks, groups, able: np.ndarray, rules: Rules) -> None:
    """Blocks that hold a student who must not be moved stay with every one of their present owners."""
    if not rules.never_move:
        return
    names = answer.demand.lines.students
    pinned = {at for at, name in enumerate(names) if name in rules.never_move}
    if len(pinned) < len(rules.never_move):
        raise RulesError(
            f"Never move: {len(rules.never_move) - len(pinned)} of {len(rules.never_move)} students have "
            "no line in force."
        )
    count = able.shape[1]
    for at, group in enumerate(groups):
        for block in group:
            if pinned & blocks.students_of[block] and blocks.owner[block] < count:
                only = np.zeros(count, bool)
                only[blocks.owner[block]] = True
                able[at] &= only


def _hours_today(draft: Problem, blocks: Blocks, held: np.ndarray) -> np.ndarray:
    """(P,) modeled hours of today's blocks before any are merged; blocks without a therapist count for nobody."""
    direct, events = blocks.direct_hours[held], blocks.event_hours[held]
    whole = replace(
        draft,
        full_hours=direct + events,
        direct_hours=direct,
        event_hours=events,
        owner=blocks.owner[held],
        school=blocks.school[held],
    )
    return whole.hours(blocks.owner[held])


def _limited(answer, draft: Problem, fixed, served, base, rules: Rules, without) -> Problem:
    """The problem with limits on schools, base schools and supervision."""
    people, count = answer.demand.people, len(fixed)
    today = served.sum(axis=1)
    most = np.full(count, NO_LIMIT)
    if rules.most_schools is not None and MOST_SCHOOLS not in without:
        most = np.minimum(most, rules.most_schools)
    if rules.schools_per_day is not None and DAYS not in without:
        shares = _contract_hours(answer) / answer.staffing.full_week
        days = [
            len(plan) or max(1, int(np.ceil(share / SHARE_OF_A_DAY - 1e-9)))
            for plan, share in zip(people.plans[:count], shares, strict=True)
        ]
        most = np.minimum(most, np.array(days) * rules.schools_per_day)
    must = np.full(count, MISSING)
    if rules.base_school and BASE_SCHOOL not in without:
        at_base = np.array(
            [base[at] != MISSING and (rules.strict or served[at, base[at]]) for at in range(count)], bool
        )
        must = np.where(at_base, base, MISSING)
    only = np.zeros(draft.travel_hours.shape, bool)
    if OTA_SUPERVISED not in without:
        boss = np.where(draft.supervisor == MISSING, 0, draft.supervisor)
        stands = served & ~served[boss]
        only = draft.is_ota[:, None] & (rules.strict | ~stands)
    if not rules.strict:
        most = np.maximum(most, today)
    return replace(draft, fixed_hours=fixed, most_schools=most, must_serve=must, supervised_only=only)

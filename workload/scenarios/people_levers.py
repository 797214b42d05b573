"""Levers on the people who are there: convert, lose, cover a leave, redistribute schools, a cap."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from workload.scenarios.lever_fields import NOBODY, SUPERVISOR, Lever, LeverError, choice, moves, number, person
from workload.scenarios.scenario_state import AT, EVENTS, BoughtHours, Situation
from workload.scenarios.work_moves import changed_people, handed, moved, part_of, put, with_cells

OT, OTA = "OT", "OTA"


@dataclass(frozen=True)
class LosePost(Lever, kind="lose", label="Lose a post", stage=20, size="share"):
    """A post, or a share of it, is given up or falls vacant. Its work becomes Unassigned."""

    therapist: int = person("Post")
    share: float = number(1, "Share of the post", "as a share", 0, 1)


@dataclass(frozen=True)
class Convert(Lever, kind="convert", label="Convert a post", stage=21):
    """An OTA post becomes an OT post, or an OT post an OTA post under a supervising OT."""

    therapist: int = person("Post")
    to: str = choice(OT, "Becomes", OT, OTA)
    supervisor: int = person(SUPERVISOR)


@dataclass(frozen=True)
class LeaveCover(Lever, kind="leave_cover", label="Cover a leave", stage=22, size="share"):
    """Somebody covers a leave: none of it, a part, or all."""

    therapist: int = person("Post on leave")
    share: float = number(0, "Share of the contract that is covered", "as a share", 0, 1)


@dataclass(frozen=True)
class Redistribute(Lever, kind="redistribute", label="Redistribute schools", stage=40):
    """Work at a school, or a share of it, goes from one person to another."""

    moves: tuple[tuple[str, int, int, float], ...] = moves("Moves")

    @property
    def is_zero(self) -> bool:
        return all(share == 0 or origin == target for _, origin, target, share in self.moves)


@dataclass(frozen=True)
class Cap(Lever, kind="cap", label="Cap for each therapist", stage=50, size="students_per_fte"):
    """At most so many students for a full-time post, in proportion for less. The others become Unassigned."""

    students_per_fte: float = number(0, "Students for each FTE (0: no cap)", "students", 0, 500)


def lose_post(situation: Situation, lever: LosePost) -> Situation:
    """Hours, work and duties × (1 - share); what is left over is Unassigned. Nobody drives or supervises it."""
    people, at, rest = situation.people, lever.therapist, 1 - lever.share
    cells = np.flatnonzero(situation.therapist == at)
    made = moved(situation, cells, np.full(len(cells), lever.share), people.unassigned)
    columns = {}
    for name in ("mtss_hours", "named_duty_hours"):
        values = getattr(people, name).copy()
        values[people.unassigned] += values[at] * lever.share
        values[at] *= rest
        columns[name] = values
    for name in ("fte", "hours_per_week"):
        columns[name] = put(getattr(people, name), at, getattr(people, name)[at] * rest)
    if rest == 0:
        columns.update({name: put(getattr(people, name), at, 0) for name in ("travel_minutes", "moves")})
        columns["in_post"] = put(people.in_post, at, False)
        columns["supervisors"] = _without(people, at)
        orphans = sum(codes == (at,) for codes in people.supervisors)
        if orphans:
            made = made.noted(f"{orphans} OTA{'s need' if orphans > 1 else ' needs'} a new supervising OT.")
    made = replace(made, lost=put(situation.lost, at, 1 - (1 - situation.lost[at]) * rest))
    return changed_people(made, **columns)


def _without(people, at: int) -> tuple[tuple[int, ...], ...]:
    """The supervisors when one of the people neither supervises nor is supervised."""
    return tuple(
        () if ota == at else tuple(code for code in codes if code != at) for ota, codes in enumerate(people.supervisors)
    )


def convert(situation: Situation, lever: Convert) -> Situation:
    """Evaluations, meetings and reports follow: to the post when it becomes an OT's, away when an OTA's."""
    if situation.people.is_ota[lever.therapist] == (lever.to == OTA):
        return situation
    return _to_ota(situation, lever) if lever.to == OTA else _to_ot(situation, lever.therapist)


def _to_ot(situation: Situation, at: int) -> Situation:
    people = situation.people
    holders = people.supervisors[at] or (people.unassigned,)
    cells = np.flatnonzero(situation.therapist == at)
    original = len(situation.base.own_events)
    own = np.zeros((len(cells), len(EVENTS)))
    own[cells < original] = situation.base.own_events[cells[cells < original]] / len(holders)
    for held_by in holders:
        situation, source = with_cells(situation, held_by, situation.school[cells])
        sums = situation.sums.copy()
        part = np.minimum(own, sums[np.ix_(source, EVENTS)])
        sums[np.ix_(source, EVENTS)] -= part
        sums[np.ix_(cells, EVENTS)] += part
        situation = replace(situation, sums=sums)
    return changed_people(situation, is_ota=put(people.is_ota, at, False), supervisors=people.supervised_by({at: ()}))


def _to_ota(situation: Situation, lever: Convert) -> Situation:
    people, at = situation.people, lever.therapist
    if lever.supervisor == at:
        raise LeverError("Convert a post: a post cannot supervise itself. Choose another OT.")
    if lever.supervisor != NOBODY and people.is_ota[lever.supervisor]:
        raise LeverError("Convert a post: an OTA cannot supervise. Choose an OT.")
    to = lever.supervisor if lever.supervisor != NOBODY else people.unassigned
    cells = np.flatnonzero(situation.therapist == at)
    situation, target = with_cells(situation, to, situation.school[cells])
    sums = situation.sums.copy()
    sums[np.ix_(target, EVENTS)] += sums[np.ix_(cells, EVENTS)]
    sums[np.ix_(cells, EVENTS)] = 0
    heir = (lever.supervisor,) if lever.supervisor != NOBODY else ()
    supervisors = [
        tuple(dict.fromkeys(new for code in codes for new in (heir if code == at else (code,))))
        for codes in people.supervisors
    ]
    supervisors[at] = heir
    made = changed_people(
        replace(situation, sums=sums), is_ota=put(people.is_ota, at, True), supervisors=tuple(supervisors)
    )
    return (
        made
        if lever.supervisor != NOBODY
        else made.noted(
            "The post that becomes an OTA's has no supervising OT; its evaluations and meetings are Unassigned."
        )
    )


def leave_cover(situation: Situation, lever: LeaveCover) -> Situation:
    """The covering person has the share of the contract's hours; the share of students meets somebody new."""
    people, at = situation.people, lever.therapist
    if not people.on_leave[at]:
        return situation.noted("A post that is not on leave on that date needs no cover.")
    week = float(situation.assumptions["hours_per_week"])
    contract = people.hours_per_week[at] if not np.isnan(people.hours_per_week[at]) else people.fte[at] * week
    fte = people.fte[at] if not np.isnan(people.fte[at]) else contract / week
    sums = situation.sums.copy()
    sums[situation.therapist == at, AT["at_home"]] *= 1 - lever.share
    weeks = float(situation.base.leave_weeks[at])
    cover = BoughtHours(contract * lever.share * weeks, bool(people.is_ota[at]))
    made = replace(situation, sums=sums, bought=(*situation.bought, cover))
    return changed_people(
        made,
        on_leave=put(people.on_leave, at, False),
        fte=put(people.fte, at, fte),
        hours_per_week=put(people.hours_per_week, at, contract * lever.share),
    )


def redistribute(situation: Situation, lever: Redistribute) -> Situation:
    """Every share is a share of what was there before the lever. To an OTA only direct service goes."""
    place = {name: at for at, name in enumerate(situation.schools)}
    cells, targets, shares = [], [], []
    for school, origin, target, share in lever.moves:
        here = np.flatnonzero((situation.therapist == origin) & (situation.school == place[school]))
        if len(here) and share > 0 and origin != target:
            cells.append(int(here[0]))
            targets.append(target)
            shares.append(share)
    given = np.bincount(cells, shares, minlength=len(situation.therapist)) if cells else np.zeros(1)
    if given.max() > 1 + 1e-9:
        worst = int(np.argmax(given))
        raise LeverError(
            f"Redistribute schools: {given[worst] * 100:g} % of one person's work at "
            f"{situation.schools[situation.school[worst]]} was given away; at most 100 % can be."
        )
    parts = [
        part_of(situation, np.array([cell]), np.array([share]), bool(situation.people.is_ota[target]))
        for cell, share, target in zip(cells, shares, targets, strict=True)
    ]
    made = situation
    for cell, target, part in zip(cells, targets, parts, strict=True):
        made = handed(made, np.array([cell]), part, target)
    touched = {person for _, origin, target, _ in lever.moves for person in (origin, target)}
    return _travel_after(made, situation, touched)


def _travel_after(situation: Situation, before: Situation, touched: set[int]) -> Situation:
    """Travel of the people who got or gave schools.

    Without a day plan it follows the visits. A day plan speaks of other schools than they now have: its travel grows
    with the schools less one, and hours are shared by service from here on.
    """
    people, by_visits = situation.people, situation.moves_by_visits()
    minutes, trips, plans = people.travel_minutes.copy(), people.moves.copy(), list(people.plans)
    for at in touched - {people.unassigned}:
        then, now = schools_of(before, at), schools_of(situation, at)
        if plans[at] and then == now:
            continue
        if plans[at] and len(then) > 1:
            factor = max(0, len(now) - 1) / (len(then) - 1)
            minutes[at], trips[at] = minutes[at] * factor, trips[at] * factor
        elif people.employment[at] != "telepractice" or len(then) > 1:
            trips[at] = by_visits[at]
        plans[at] = ()
    return changed_people(situation, travel_minutes=minutes, moves=trips, plans=tuple(plans))


def schools_of(situation: Situation, at: int) -> set[int]:
    """Codes of the schools in which a person has students."""
    served = (situation.therapist == at) & (situation.column("students") > 1e-9)
    return {int(school) for school in situation.school[served] if school < len(situation.schools) - 1}


def cap(situation: Situation, lever: Cap) -> Situation:
    """Of each person who has more students than the cap allows, the same share of all work becomes Unassigned."""
    staffing, people = situation.staffing, situation.people
    students = np.bincount(situation.therapist, situation.column("students"), minlength=len(staffing.workload))
    allowed = lever.students_per_fte * staffing.contracted_fte
    over = (students > allowed) & situation.people_in_pilot()
    over[people.unassigned] = False
    share = np.where(over, 1 - np.divide(allowed, students, out=np.ones_like(students), where=students > 0), 0.0)
    cells = np.flatnonzero(share[situation.therapist] > 0)
    return moved(situation, cells, share[situation.therapist[cells]], people.unassigned)

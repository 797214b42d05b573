"""Levers on the work itself: group size, frequency, who writes notes, school-wide support, 3:1 weeks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from workload.scenarios.lever_fields import Lever, choice, count, number, schools, switch
from workload.scenarios.scenario_state import AT, Situation
from workload.scenarios.work_moves import changed_people

GROUPS, ALL_DIRECT, INDIVIDUAL, CONSULT = "group lines", "all direct lines", "individual lines", "consult lines"
CYCLE_WEEKS = 4


@dataclass(frozen=True)
class Regroup(Lever, kind="regroup", label="Larger groups", stage=10, size="average_size"):
    """See more students together. `average_size` is the average over the eligible lines; 0 changes nothing."""

    average_size: float = number(0, "Students in a group on average", "students", 0, 8)
    eligible: str = choice(GROUPS, "Lines that may be regrouped", GROUPS, ALL_DIRECT)
    schools: tuple[str, ...] = schools()


@dataclass(frozen=True)
class ChangeFrequency(Lever, kind="frequency", label="Change frequency", stage=11, size="change"):
    """More or fewer sessions for a stated set of lines: -0.25 is a quarter less. Each is an IEP team's decision."""

    change: float = number(0, "Change of sessions", "as a share", -1, 1)
    lines: str = choice(ALL_DIRECT, "Lines that change", ALL_DIRECT, GROUPS, INDIVIDUAL, CONSULT)
    schools: tuple[str, ...] = schools()


@dataclass(frozen=True)
class ShiftDocumentation(Lever, kind="documentation", label="Shift session notes", stage=12, size="share"):
    """Part of the session notes is done by somebody else: a clerk, software, another role."""

    share: float = number(0, "Share of session notes that somebody else writes", "as a share", 0, 1)
    schools: tuple[str, ...] = schools()


@dataclass(frozen=True)
class ShiftMtss(Lever, kind="mtss", label="Shift MTSS time", stage=13, size="hours"):
    """More or fewer hours a week of school-wide support for each OT in post; never below none."""

    hours: float = number(0, "Change for each OT", "hours a week", -20, 20)


@dataclass(frozen=True)
class ThreeToOne(Lever, kind="three_to_one", label="3:1 weeks", stage=90, size="indirect_weeks"):
    """In each cycle of four weeks some weeks are without direct sessions; the others carry them."""

    indirect_weeks: int = count(0, "Weeks without direct sessions in four", "weeks", 0, 2)
    keep_total: bool = switch(True, "Sessions grow so that every promised minute is given")


def average_group_size(situation: Situation, eligible: str, names: tuple[str, ...] = ()) -> float:
    """Student minutes over therapist minutes of the eligible lines at the schools; NaN without such lines."""
    student, therapist = _eligible(situation, eligible)
    here = situation.cells_at(names)
    return float(student[here].sum() / therapist[here].sum()) if therapist[here].sum() > 0 else float("nan")


def _eligible(situation: Situation, eligible: str) -> tuple[np.ndarray, np.ndarray]:
    """(student, therapist) minutes a year of the eligible lines, shapes (K,)."""
    if eligible == GROUPS:
        return situation.column("group_student_minutes"), situation.column("group_minutes")
    return situation.column("student_minutes") - situation.column("consult_minutes"), situation.column("direct_minutes")


def regroup(situation: Situation, lever: Regroup) -> Situation:
    """Only the therapist's direct time (and work on behalf, which follows it) shrinks.

    Notes, evaluations, meetings and reports follow the student, not the session. A smaller size than today's
    changes nothing. Therapist minutes × (today's average size / new average size).
    """
    now = average_group_size(situation, lever.eligible, lever.schools)
    if not now < lever.average_size:
        return situation
    here = situation.cells_at(lever.schools)
    saved = np.where(here, _eligible(situation, lever.eligible)[1] * (1 - now / lever.average_size), 0.0)
    group = situation.column("group_minutes")
    in_groups = saved if lever.eligible == GROUPS else np.where(here, group * (1 - now / lever.average_size), 0.0)
    sums = situation.sums.copy()
    for name in ("direct_minutes", "therapist_minutes"):
        sums[:, AT[name]] -= saved
    sums[:, AT["group_minutes"]] -= in_groups
    sums[:, AT["unsized_minutes"]] *= np.where(here, now / lever.average_size, 1.0)
    return replace(situation, sums=sums).noted(
        f"Groups grow from {now:.2f} to {lever.average_size:g} students on average. Only direct time and work on behalf "
        "shrink; larger groups may need IEP changes."
    )


def change_frequency(situation: Situation, lever: ChangeFrequency) -> Situation:
    """Minutes and sessions of the stated lines × (1 + change); events stay."""
    here = situation.cells_at(lever.schools) * lever.change
    direct = _changes(situation, lever.lines)
    sums = situation.sums.copy()
    for name, amount in direct.items():
        sums[:, AT[name]] += here * amount
    return _driven_again(replace(situation, sums=sums)).noted(
        f"Sessions of {lever.lines} change by {lever.change * 100:+g} %. Minutes in an IEP change only by a decision of the "
        "IEP team."
    )


def _driven_again(situation: Situation) -> Situation:
    """The moves of people without a day plan follow their visits."""
    people = situation.people
    follows = np.array([not plan for plan in people.plans]) & people.in_post & ~situation.added
    return changed_people(situation, moves=np.where(follows, situation.moves_by_visits(), people.moves))


def _changes(situation: Situation, lines: str) -> dict[str, np.ndarray]:
    """What belongs to the stated lines, by column of the sums."""
    column = situation.column
    if lines == CONSULT:
        consult = column("consult_minutes")
        return {
            "consult_minutes": consult,
            "student_minutes": consult,
            "therapist_minutes": consult,
            "consult_visits": column("consult_visits"),
        }
    group = {
        "direct_minutes": column("group_minutes"),
        "therapist_minutes": column("group_minutes"),
        "student_minutes": column("group_student_minutes"),
        "sessions": column("group_sessions"),
        "group_minutes": column("group_minutes"),
        "group_student_minutes": column("group_student_minutes"),
        "group_sessions": column("group_sessions"),
        "direct_visits": column("group_sessions"),
        "unsized_minutes": column("unsized_minutes"),
    }
    if lines == GROUPS:
        return group
    every = {
        **group,
        "direct_minutes": column("direct_minutes"),
        "therapist_minutes": column("direct_minutes"),
        "student_minutes": column("student_minutes") - column("consult_minutes"),
        "sessions": column("sessions"),
        "direct_visits": column("direct_visits"),
    }
    if lines == ALL_DIRECT:
        return every
    return {
        name: every[name] - group[name]
        for name in ("direct_minutes", "therapist_minutes", "student_minutes", "sessions", "direct_visits")
    }


def shift_documentation(situation: Situation, lever: ShiftDocumentation) -> Situation:
    """Sessions that a therapist writes up × (1 - share)."""
    return situation.scaled(
        ("sessions", "group_sessions"), np.where(situation.cells_at(lever.schools), 1 - lever.share, 1.0)
    )


def shift_mtss(situation: Situation, lever: ShiftMtss) -> Situation:
    """School-wide support of each OT in post, hours a week; in a pilot of those who work mostly there."""
    people = situation.people
    able = ~people.is_ota & people.in_post & situation.people_in_pilot()
    able[people.unassigned] = False
    hours = np.where(able, np.maximum(0.0, people.mtss_hours + lever.hours), people.mtss_hours)
    return changed_people(situation, mtss_hours=hours)


def three_to_one(situation: Situation, lever: ThreeToOne) -> Situation:
    """Marks whose weeks go in cycles. Sessions that do not grow leave a share of the promised minutes out."""
    able = situation.people_in_pilot()
    able[situation.people.unassigned] = False
    made = replace(situation, indirect_weeks=np.where(able, lever.indirect_weeks, situation.indirect_weeks))
    if lever.keep_total:
        return made.noted(
            f"Each direct week carries {CYCLE_WEEKS / (CYCLE_WEEKS - lever.indirect_weeks):.2f} times the weekly "
            "minutes. The direct week is what capacity must carry."
        )
    share = lever.indirect_weeks / CYCLE_WEEKS
    here = able[situation.therapist]
    weekly = (situation.column("student_minutes") - situation.column("consult_minutes")) / situation.base.demand.weeks
    left_out = float((weekly * here).sum() * share)
    given = np.where(here, 1 - share, 1.0)
    consult = situation.column("consult_minutes")
    sums = situation.sums.copy()
    of_groups = ("group_minutes", "group_student_minutes", "group_sessions", "unsized_minutes")
    for name in ("direct_minutes", "sessions", *of_groups):
        sums[:, AT[name]] *= given
    for name in ("student_minutes", "therapist_minutes"):
        sums[:, AT[name]] = consult + (sums[:, AT[name]] - consult) * given
    return replace(made, sums=sums, undelivered=made.undelivered + left_out).noted(
        f"Sessions stay as they are, so {share * 100:g} % of the promised direct minutes are not given."
    )

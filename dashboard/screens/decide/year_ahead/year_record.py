"""What the year ahead keeps for the session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from dashboard.shell import session
from workload.answer import Answer
from workload.model.roster import Roster
from workload.model.school_year import school_year
from workload.year_ahead.evaluation_clock import Clock, clock_of
from workload.year_ahead.forecast import YearRecord
from workload.year_ahead.snapshots import Snapshot
from workload.year_ahead.weeks import YearPlan


@dataclass(slots=True)
class YearAheadRecord:
    """Earlier rosters and snapshots that were brought, and what was typed in about the year.

    rosters, guesses  by file name, with the school year that a file seems to be of
    records           of a roster's digest as it stood in a school year
    uploads           in the key of the uploader, so that it is empty after every file
    leaves            therapist and the first and last day
    """

    KEPT: ClassVar[tuple[str, ...]] = ("rosters", "guesses", "snapshots", "leaves")

    rosters: Mapping[str, Roster] = field(default_factory=dict)
    guesses: Mapping[str, int] = field(default_factory=dict)
    records: dict[tuple[str, int], YearRecord] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    uploads: int = 0
    snapshots: Mapping[date, Snapshot] = field(default_factory=dict)
    snapshot_problems: tuple[str, ...] = ()
    leaves: tuple[tuple[int, date, date], ...] = ()


MONTHS = (7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6)


def clock_key() -> str:
    """The name of the field for the clock's days: each state's own, so that another state brings its own days."""
    return f"clock_days_{session.state() or 'US'}"


def clock_in_force(answer: Answer) -> Clock:
    """The state's clock, with the days that somebody has typed for it."""
    clock = clock_of(session.state(), answer.day)
    return Clock(int(session.chosen(clock_key()) or clock.days), clock.unit)


def plan_in_force(answer: Answer) -> YearPlan:
    """What was typed about the year, for whoever else speaks of it: the packet and the money say what the strip says."""
    people, (first, last) = len(answer.demand.people.names), school_year(answer.day)
    leaves = session.record(YearAheadRecord).leaves
    return YearPlan(
        tuple(one for one in leaves if one[0] < people and first <= one[1] <= last),
        {month: float(value) for month in MONTHS if (value := session.chosen(f"consents_{month}"))},
        clock_in_force(answer),
        int(session.chosen("year_cycle") or 0),
    )

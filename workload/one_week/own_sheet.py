"""A therapist's own sheet as a caseload: her service lines in force on the day, without any student or school in it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pandas as pd

from workload.answer import analyze
from workload.model.parameters import Assumptions
from workload.model.roster import UNASSIGNED, Roster
from workload.one_week.week_roster import GROUP, IEP, Entry, Service


def therapists_of(roster: Roster) -> tuple[str, ...]:
    """Everybody whom the service lines name, in alphabetical order."""
    return tuple(sorted(set(roster.services["therapist"].dropna())))


def entries_of_sheet(roster: Roster, day: date, assumptions: Assumptions, therapist: str | None) -> tuple[Entry, ...]:
    """Students with the same services together. therapist  whose lines; None takes all of them, and those of nobody."""
    lines = analyze(roster, day, assumptions).lines
    if therapist is not None:
        lines = lines[lines["therapist"].isin([therapist, UNASSIGNED])]
    in_group = lines.dropna(subset=["group_id"]).groupby("group_id")["student"].nunique() if len(lines) else {}
    alike: Counter[tuple[str, tuple[Service, ...]]] = Counter()
    for _, own in lines.groupby("student", sort=False):
        services = tuple(sorted((_service(row, in_group) for _, row in own.iterrows()), key=repr))
        plan = own["plan"].iloc[0]
        alike[(plan if isinstance(plan, str) and plan else IEP, services)] += 1
    return tuple(Entry(students, services, plan) for (plan, services), students in alike.items())


def _service(row: pd.Series, in_group: dict) -> Service:
    minutes, sessions = _number(row["minutes_per_session"]), _number(row["sessions"])
    each = minutes is not None and sessions is not None
    size = _number(row["group_size"]) or in_group.get(row["group_id"])
    return Service(
        minutes if each else None,
        sessions if each else None,
        row["period"] if isinstance(row["period"], str) else "week",
        None if each else _number(row["total_minutes"]) or 0.0,
        row["delivery"],
        int(size) if size and row["delivery"] == GROUP else None,
    )


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)


def not_counted(roster: Roster) -> tuple[int, int]:
    """(rows read, rows that could not be read) of the sheet."""
    return roster.rows("read"), roster.rows("unreadable")

"""Who is there in each week of a school year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.model.school_calendar import CalendarError, Weeks, weeks_of
from workload.model.units import DAYS_PER_SCHOOL_WEEK
from workload.staffing.required import capacity, presence
from workload.work.demand import Demand


def available_by_week(answer: Answer, weeks: Weeks, leaves: Iterable[tuple[int, date, date]] = ()) -> np.ndarray:
    """(weeks, P) contract hours of each person who is there, on open days; Unassigned has none.

    Starts, ends and leaves come from the roster, further leaves as (therapist, first day, last day).
    """
    demand, table = answer.demand, answer.roster.therapists
    people = demand.people
    week = float(answer.assumptions["hours_per_week"])
    full = np.where(np.isnan(people.hours_per_week), people.fte * week, people.hours_per_week) * presence(
        answer.assumptions
    )
    if not len(table):
        full = capacity(demand, answer.assumptions)[1]
    leaves = tuple(leaves)
    # Without further leaves it follows from the day, and no assumption moves it.
    there = _there(demand, table, weeks, leaves) if leaves else demand.once(_without_leaves, table)
    return there * full * weeks.open_share[:, None]


def _without_leaves(demand: Demand, table: pd.DataFrame) -> np.ndarray:
    return _there(demand, table, weeks_of(demand.day, demand.calendar), ())


def _there(demand: Demand, table: pd.DataFrame, weeks: Weeks, leaves: tuple[tuple[int, date, date], ...]) -> np.ndarray:
    """(weeks, P) share of the five days of each week on which each person is there."""
    people = demand.people
    rows = table.drop_duplicates("therapist").set_index("therapist").reindex(list(people.names))
    away: list[list[tuple[np.datetime64, np.datetime64]]] = [[] for _ in people.names]
    for code, start, end in leaves:
        if not 0 <= code < len(away) or end < start:
            raise CalendarError("A planned leave names nobody in the roster, or ends before it begins.")
        away[code].append((np.datetime64(start), np.datetime64(end)))
    days = np.array([np.datetime64(monday) for monday in weeks.mondays])[:, None] + np.arange(
        DAYS_PER_SCHOOL_WEEK
    ).astype("timedelta64[D]")
    start, end, leave_start, leave_end = (
        rows[name].to_numpy()[:, None, None] for name in ("start", "end", "leave_start", "leave_end")
    )
    present = ~(start > days) & ~(end < days)
    on_leave = ~(leave_start > days) & ~(leave_end < days)
    present &= ~on_leave | (np.isnat(leave_start) & np.isnat(leave_end))
    for at, leaves_of in enumerate(away):
        for first, last in leaves_of:
            present[at] &= (days < first) | (days > last)
    there = np.zeros((len(weeks), len(people.names) + 1))
    there[:, :-1] = present.mean(axis=2).T
    return there

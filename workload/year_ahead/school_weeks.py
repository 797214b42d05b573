"""The weeks of a school year, September to June: open days, who is there, what falls into which week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from workload.answer import Answer
from workload.model.school_year import school_year
from workload.model.units import DAYS_PER_CALENDAR_WEEK, DAYS_PER_SCHOOL_WEEK
from workload.staffing.required import capacity, presence

FIRST_MONTH, LAST_MONTH, LAST_DAY = 9, 6, 30
Span = tuple[date, date]


class CalendarError(ValueError):
    """Dates that cannot be used; the message is a plain sentence."""


@dataclass(frozen=True, eq=False)
class Weeks:
    """Calendar weeks from Monday. open_share  (weeks,) school days that are open, of five."""

    mondays: tuple[date, ...]
    open_share: np.ndarray

    def __len__(self) -> int:
        return len(self.mondays)

    def place(self, day: date) -> int:
        """The week that holds a day; days outside fall into the first or last week."""
        return int(np.clip((day - self.mondays[0]).days // DAYS_PER_CALENDAR_WEEK, 0, len(self) - 1))

    def nearest_open(self, day: date) -> int:
        """The week of a day, or the next earlier one with an open day (else the next later)."""
        at = self.place(day)
        before = [one for one in range(at, -1, -1) if self.open_share[one] > 0]
        after = [one for one in range(at + 1, len(self)) if self.open_share[one] > 0]
        return (before or after or [at])[0]


def weeks_of(day: date, holidays: Iterable[Span] = ()) -> Weeks:
    """The weeks from 1 September to 30 June of the school year of the day. Raises `CalendarError`.

    holidays  (first day, last day) without school
    """
    first = date(school_year(day)[0].year, FIRST_MONTH, 1)
    last = date(first.year + 1, LAST_MONTH, LAST_DAY)
    spans = tuple(holidays)
    for start, end in spans:
        if end < start:
            raise CalendarError(f"A holiday ends on {end:%B %d, %Y}, before it begins on {start:%B %d, %Y}.")
    mondays, shares = [], []
    monday = first - timedelta(first.weekday())
    while monday <= last:
        days = [monday + timedelta(at) for at in range(DAYS_PER_SCHOOL_WEEK)]
        is_open = [first <= one <= last and not any(start <= one <= end for start, end in spans) for one in days]
        mondays.append(monday)
        shares.append(sum(is_open) / DAYS_PER_SCHOOL_WEEK)
        monday += timedelta(DAYS_PER_CALENDAR_WEEK)
    if not any(shares):
        raise CalendarError("The holidays leave no school day between September and June.")
    return Weeks(tuple(mondays), np.array(shares))


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
    rows = table.drop_duplicates("therapist").set_index("therapist").reindex(list(people.names))
    away: list[list[tuple[np.datetime64, np.datetime64]]] = [[] for _ in people.names]
    for code, start, end in leaves:
        if not 0 <= code < len(away) or end < start:
            raise CalendarError("A planned leave names nobody in the roster, or ends before it begins.")
        away[code].append((np.datetime64(start), np.datetime64(end)))
    days = np.array([np.datetime64(monday) for monday in weeks.mondays])[:, None] + np.arange(
        DAYS_PER_SCHOOL_WEEK
    ).astype("timedelta64[D]")
    there = np.zeros((len(weeks), len(people.names) + 1))
    for at in range(len(people.names)):
        row = {name: rows[name].to_numpy()[at] for name in ("start", "end", "leave_start", "leave_end")}
        present = ~(row["start"] > days) & ~(row["end"] < days)
        if not (np.isnat(row["leave_start"]) and np.isnat(row["leave_end"])):
            present &= (row["leave_start"] > days) | (row["leave_end"] < days)
        for first, last in away[at]:
            present &= (days < first) | (days > last)
        there[:, at] = present.mean(axis=1)
    return there * full * weeks.open_share[:, None]

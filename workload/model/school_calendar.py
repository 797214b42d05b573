"""The school calendar of a district: first and last day of school, closings, and the weeks that are open between them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

import numpy as np

from workload.model.school_year import school_year
from workload.model.units import DAYS_PER_CALENDAR_WEEK, DAYS_PER_SCHOOL_WEEK

FIRST_USUAL, LAST_USUAL = (9, 1), (6, 30)  # month, day: from September to June, until a district says otherwise
Span = tuple[date, date]


class CalendarError(ValueError):
    """Dates that cannot be used; the message is a plain sentence."""


@dataclass(frozen=True)
class SchoolCalendar:
    """What somebody has said of the year. Raises `CalendarError` for dates that cannot be.

    first, last  first and last day of school; None where nobody has said it. They count in their own school year only
    closings     (first day, last day) without school
    """

    first: date | None = None
    last: date | None = None
    closings: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        for start, end in self.closings:
            if end < start:
                raise CalendarError(f"A holiday ends on {end:%B %d, %Y}, before it begins on {start:%B %d, %Y}.")
        if self.first and self.last and self.last < self.first:
            raise CalendarError(
                f"The last day of school, {self.last:%B %d, %Y}, comes before the first, {self.first:%B %d, %Y}."
            )

    @property
    def is_known(self) -> bool:
        """Whether anything was said."""
        return bool(self.first or self.last or self.closings)

    def first_of(self, day: date) -> date:
        """The first day of school in the school year of a day: 1 September where nobody has said it."""
        begins, ends = school_year(day)
        return self.first if self.first and begins <= self.first <= ends else date(begins.year, *FIRST_USUAL)

    def is_open(self, day: date) -> bool:
        """Whether there is school on a day: a weekday from the first to the last day of school, and no closing."""
        inside = self.first_of(day) <= day <= self.last_of(day) and day.weekday() < DAYS_PER_SCHOOL_WEEK
        return inside and not any(start <= day <= end for start, end in self.closings)

    def said_last(self, day: date) -> date | None:
        """The last day of school in the school year of a day, where somebody has said it."""
        begins, ends = school_year(day)
        return self.last if self.last and begins <= self.last <= ends else None

    def last_of(self, day: date) -> date:
        """The last day of school in the school year of a day: June 30 where nobody has said it."""
        return self.said_last(day) or date(school_year(day)[1].year, *LAST_USUAL)


@dataclass(frozen=True, eq=False)
class Weeks:
    """Calendar weeks from Monday. open_share  (weeks,) school days that are open, of five."""

    mondays: tuple[date, ...]
    open_share: np.ndarray

    def __len__(self) -> int:
        return len(self.mondays)

    def place(self, day: date) -> int:
        """The week that holds a day; days outside fall into the first or last week."""
        return max(0, min((day - self.mondays[0]).days // DAYS_PER_CALENDAR_WEEK, len(self) - 1))

    def nearest_open(self, day: date) -> int:
        """The week of a day, or the next earlier one with an open day (else the next later)."""
        return int(self._nearest_open[self.place(day)])

    @cached_property
    def _nearest_open(self) -> np.ndarray:
        """(weeks,) of each week itself or the next earlier one with an open day, else the first with one."""
        weeks, is_open = np.arange(len(self)), self.open_share > 0
        first = int(np.argmax(is_open)) if is_open.any() else 0
        return np.maximum.accumulate(np.where(is_open, weeks, first)) if is_open.any() else weeks


@lru_cache(maxsize=256)
def weeks_of(day: date, calendar: SchoolCalendar | None = None) -> Weeks:
    """The weeks from the first to the last day of school in the school year of the day. Raises `CalendarError`."""
    calendar = calendar or SchoolCalendar()
    first, last = calendar.first_of(day), calendar.last_of(day)
    if last < first:
        raise CalendarError(f"School would end on {last:%B %d, %Y}, before it begins on {first:%B %d, %Y}.")
    mondays, shares = [], []
    monday = first - timedelta(first.weekday())
    while monday <= last:
        days = [monday + timedelta(at) for at in range(DAYS_PER_SCHOOL_WEEK)]
        mondays.append(monday)
        shares.append(sum(map(calendar.is_open, days)) / DAYS_PER_SCHOOL_WEEK)
        monday += timedelta(DAYS_PER_CALENDAR_WEEK)
    if not any(shares):
        raise CalendarError(f"The holidays leave no school day from {first:%B %d, %Y} to {last:%B %d, %Y}.")
    return Weeks(tuple(mondays), np.array(shares))


@lru_cache(maxsize=256)
def open_weeks(day: date, calendar: SchoolCalendar, since: date | None = None) -> float:
    """Weeks of five school days in the school year of a day, from `since` on, that day included."""
    first, last = max(calendar.first_of(day), since or date.min), calendar.last_of(day)
    days = (first + timedelta(at) for at in range(max(0, (last - first).days + 1)))
    return sum(map(calendar.is_open, days)) / DAYS_PER_SCHOOL_WEEK


def calendar_in(content: bytes, day: date) -> SchoolCalendar:
    """The calendar of a file, in which the school year of the day has a day of school. Raises `CalendarError`."""
    try:
        calendar = read_calendar(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise CalendarError("This is not text (UTF-8).") from None
    weeks_of(day, calendar)
    return calendar


def read_calendar(text: str) -> SchoolCalendar:
    """A calendar from TOML: first_day, last_day, closings as [[first day, last day], ...]. Raises `CalendarError`."""
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise CalendarError(f"This is not TOML: {problem}.") from None
    unknown = sorted(set(entries) - {"first_day", "last_day", "closings"})
    if unknown:
        raise CalendarError(f"There is no entry called {unknown[0]}; first_day, last_day and closings are known.")
    for name in ("first_day", "last_day"):
        if name in entries and type(entries[name]) is not date:
            raise CalendarError(f"{name} is not a date such as 2026-08-17.")
    spans = entries.get("closings", [])
    if not isinstance(spans, list) or not all(
        isinstance(span, list) and len(span) == 2 and all(type(one) is date for one in span) for span in spans
    ):
        raise CalendarError("closings is a list of pairs such as [2026-12-21, 2027-01-01].")
    return SchoolCalendar(entries.get("first_day"), entries.get("last_day"), tuple(map(tuple, spans)))

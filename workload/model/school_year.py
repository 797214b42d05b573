"""The school calendar: how often a period comes in a year, where a school year begins and ends."""

from __future__ import annotations

import re
from datetime import date

from workload.model.parameters import Assumptions
from workload.model.units import DAYS_PER_CALENDAR_WEEK, DAYS_PER_SCHOOL_WEEK

SCHOOL_YEAR_STARTS = (7, 1)  # month, day
SCHOOL_YEAR_ENDS = (6, 30)
WEEKS_IN_PERIOD = {  # instructional weeks that one period takes
    "week": 1,
    "two weeks": 2,
    "six weeks": 6,
    "quarter": 9,
    "trimester": 12,
    "semester": 18,
}
PERIODS = ("day", "week", "two weeks", "month", "six weeks", "quarter", "trimester", "semester", "year")
CYCLE = re.compile(r"(\d{1,2})-day cycle")


def cycle_days(period: str) -> int | None:
    """The number of school days of an "N-day cycle"; None for another period."""
    found = CYCLE.fullmatch(period)
    return int(found[1]) if found and int(found[1]) > 0 else None


def periods_in_year(period: str, assumptions: Assumptions) -> float:
    """How often the period comes in the instructional year.

    A month follows the `month` setting: four instructional weeks, ten calendar months, or twelve months
    spread over 52 weeks. Raises `ValueError` for a period that the calendar does not know.
    """
    weeks = assumptions["instructional_weeks"]
    if period == "month":
        return {"school_month": weeks / 4, "calendar_10": 10, "calendar_52": weeks * 12 / 52}[assumptions["month"]]
    if period == "year":
        return 1
    if period == "day":
        return DAYS_PER_SCHOOL_WEEK * weeks
    if period in WEEKS_IN_PERIOD:
        return weeks / WEEKS_IN_PERIOD[period]
    days = cycle_days(period)
    if days is None:
        raise ValueError(f"unknown period: {period}")
    return DAYS_PER_SCHOOL_WEEK * weeks / days


def school_year(day: date) -> tuple[date, date]:
    """The first and last day, July 1 to June 30, of the school year that holds the day.

    >>> school_year(date(2026, 10, 1))
    (datetime.date(2026, 7, 1), datetime.date(2027, 6, 30))
    """
    first = date(day.year, *SCHOOL_YEAR_STARTS)
    year = day.year if day >= first else day.year - 1
    return date(year, *SCHOOL_YEAR_STARTS), date(year + 1, *SCHOOL_YEAR_ENDS)


def weeks_left(day: date, due: date, overdue_weeks: float = 1.0) -> float:
    """Calendar weeks from the day to the due date, never less than one; for what is overdue so many as are set."""
    return overdue_weeks if due < day else max(1.0, (due - day).days / DAYS_PER_CALENDAR_WEEK)

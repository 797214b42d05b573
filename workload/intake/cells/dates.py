"""Dates as people write them in rosters, and the ones that no calendar has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from workload.intake.cells.cells import Problem, is_missing, shown, tidy
from workload.model.columns import Column

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
SERIAL_ORIGIN = date(1899, 12, 30)  # what Excel's day numbers count from, for days after February 1900
MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?", re.ASCII)
US = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?", re.ASCII)
MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}|\d{2})", re.ASCII)
DAY_FIRST = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ ,-](\d{4}|\d{2})", re.ASCII)
MONTH_ONLY = re.compile(r"(?:([A-Za-z]{3,9})\.?|\d{1,2})[ /-](\d{4})", re.ASCII)
YEAR_ONLY = re.compile(r"(?:SY ?)?(\d{4})(?:\s*[-/]\s*(?:\d{4}|\d{2}))?", re.ASCII)
SCHOOL_YEAR = re.compile(r"\b(?:sy\s*)?(20\d\d|\d\d)\s*[-/\u2013 ]\s*(20\d\d|\d\d)\b")
SERIAL_TEXT = re.compile(r"\d{5}(?:\.0+)?", re.ASCII)
FIRST_SERIAL, LAST_SERIAL = 20_000, 75_000  # Excel's day numbers of 1954 to 2105
MONTHS_IN_YEAR = 12
REMEDY = "Type the full date, for example 9/1/2026."


def day_is_first(cells: Iterable[object]) -> bool:
    """Whether dates are written with the day before the month: some first number is no month, and no second number is."""
    firsts, seconds = _first_two(cells)
    return any(first > MONTHS_IN_YEAR for first in firsts) and not any(second > MONTHS_IN_YEAR for second in seconds)


def month_is_first(cells: Iterable[object]) -> bool:
    """Whether some second number is no month."""
    return any(second > MONTHS_IN_YEAR for second in _first_two(cells)[1])


def _first_two(cells: Iterable[object]) -> tuple[set[int], set[int]]:
    """The first and the second numbers of the dates that are written in three numbers."""
    found = [text for cell in cells if isinstance(cell, str) and (text := US.fullmatch(tidy(cell)))]
    return {int(text[1]) for text in found}, {int(text[2]) for text in found}


def read_day_first(value: object, column: Column):
    """A day as `read_date` reads it, of a column that writes the day before the month: "24/08/2026"."""
    if isinstance(value, str) and (found := US.fullmatch(tidy(value))):
        value = f"{_year(found[3])}-{found[2]}-{found[1]}"
    return read_date(value, column)


def read_date(value: object, column: Column):
    """A day from a date cell, "9/1/25", "Sept 1, 2025", "2025-09-01" or Excel's day number; or a `Problem`.

    Two-digit years are years of this century. "Sept 2025" and "2025-26" name no day and are a problem.
    """
    if type(value) is date and EARLIEST <= value <= LATEST:
        return value  # the usual cell, at once

    def problem(code: str, message: str) -> Problem:
        return Problem(code, message, REMEDY, shown(value))

    if isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    elif isinstance(value, time):
        return problem("not-a-date", "This cell holds a clock time, not a date.")
    elif isinstance(value, int | float):
        if not FIRST_SERIAL <= value < LAST_SERIAL:
            return problem("not-a-date", f"{shown(value)} is not a date.")
        day = SERIAL_ORIGIN + timedelta(days=int(value))
    else:
        text = tidy(value)
        if is_missing(text) or text.casefold() in ("ongoing", "current", "present", "open"):
            return None
        if SERIAL_TEXT.fullmatch(text) and FIRST_SERIAL <= float(text) < LAST_SERIAL:
            return SERIAL_ORIGIN + timedelta(days=int(float(text)))
        found = _parts(text)
        if found is None:
            if MONTH_ONLY.fullmatch(text) or YEAR_ONLY.fullmatch(text):
                return problem("date-without-day", f'"{shown(value)}" does not say which day.')
            return problem("not-a-date", f'"{shown(value)}" is not a date.')
        try:
            day = date(*found)
        except ValueError:
            return problem("no-such-date", f'"{shown(value)}" is a date that no calendar has.')
    if not EARLIEST <= day <= LATEST:
        return problem("date-far-away", f"{day.isoformat()} is not between {EARLIEST.year} and {LATEST.year}.")
    return day


def days_of_month(text: str) -> tuple[date, date] | None:
    """The first and the last day of a month that stands without a day: "June 2027", "6/2027"; None for anything else."""
    found = MONTH_ONLY.fullmatch(tidy(text))
    if found is None:
        return None
    month = MONTHS.get(found[1][:3].casefold()) if found[1] else int(re.findall(r"\d+", text)[0])
    if month is None or not 1 <= month <= MONTHS_IN_YEAR:
        return None
    first = date(int(found[2]), month, 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _parts(text: str) -> tuple[int, int, int] | None:
    """(year, month, day) as written; the month and day may be impossible."""
    if found := ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := US.fullmatch(text):
        return _year(found[3]), int(found[1]), int(found[2])
    if (found := MONTH_FIRST.fullmatch(text)) and (month := MONTHS.get(found[1][:3].casefold())):
        return _year(found[3]), month, int(found[2])
    if (found := DAY_FIRST.fullmatch(text)) and (month := MONTHS.get(found[2][:3].casefold())):
        return _year(found[3]), month, int(found[1])
    return None


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def first_year_of(text: str) -> int | None:
    """The first calendar year of the school year that a text names: 2025 for "2025-26" and "SY 25/26"."""
    for first, second in SCHOOL_YEAR.findall(text.casefold()):
        start, end = int(first) % 100, int(second) % 100
        if end == (start + 1) % 100:
            return 2000 + start
    return None

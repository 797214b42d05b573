"""From raw cells to typed values: one small reader for each kind of column.

A column is read by its distinct values, so a reader runs a few hundred times whatever the number of rows.
A reader returns the typed value (None where the cell is empty) or a `Problem`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from workload.intake.cells.cell_words import CHOICES, GRADES, NO, ONE_DAY, UNITS, YES
from workload.intake.cells.cells import MARKS, Problem, is_missing, shown, tidy
from workload.intake.cells.dates import day_is_first, month_is_first, read_date, read_day_first
from workload.intake.cells.decimal_signs import with_decimal_points
from workload.intake.open.opened import CellProblem
from workload.intake.phrases.vocabulary import PERIODS_BY_WORD
from workload.model.coded_list import distinct as values_of
from workload.model.coded_list import each, mapped, possible, where
from workload.model.columns import Column
from workload.model.school_year import CYCLE
from workload.model.units import DAYS_PER_SCHOOL_WEEK
from workload.model.units import minutes as minutes_of_hours

NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?", re.ASCII)
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+?\d+", re.ASCII | re.IGNORECASE)
CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?(?::\d{2})?\s*([ap]\.?m?\.?)?", re.ASCII)
EARLIEST_HOUR, MINUTES_PER_DAY = 7, 24 * 60
HOURS = re.compile(r"(\d*\.?\d+)\s*-?(?:hours?|hrs?)", re.ASCII)  # "1.5 hrs" in a column of minutes
WHOLE_FLOAT = re.compile(r"(\d+)\.0+", re.ASCII)


# "0.6 (M/W/F)", ".5 (AM only)"
BEHIND_FTE = re.compile(rf"\s*\({ONE_DAY}s?(?:[\s,/&+-]*(?:and\s+)?{ONE_DAY}s?)*\)$|\s*\([ap]m(?: only)?\)$")

Reader = Callable[[object, Column], object]


@dataclass(frozen=True, eq=False)
class ReadColumn:
    """A column after reading: one typed value for each row, and the rows whose cell could not be read."""

    values: list
    problems: Mapping[int, Problem]


def read_column(column: Column, cells: Sequence[Any], day_first: bool = False) -> ReadColumn:
    """All cells of a column, read by the kind of the column. Distinct values are read once.

    day_first  what the other dates of the sheet say of a column that says nothing: 11/06/2027 beside 15/08/2026
    """
    distinct = values_of(cells) if column.kind in ("date", "number", "whole") else None
    if column.kind == "date" and (day_is_first(distinct or ()) or day_first and not month_is_first(distinct or ())):
        return read_cells(read_day_first, column, cells, distinct)
    if column.kind in ("number", "whole") and (pointed := with_decimal_points(cells, distinct=distinct)) is not cells:
        cells, distinct = pointed, values_of(pointed)
    return read_cells(READERS[SPECIAL.get(column.name, column.kind)], column, cells, distinct)


def read_cells(
    reader: Reader, column: Column, cells: Sequence[object], distinct: Set[object] | None = None
) -> ReadColumn:
    """All cells by one reader. Booleans are read as the words TRUE and FALSE, which 1 and 0 are not."""
    plain = plain_cells(cells, distinct)
    values = mapped(plain, lambda cell: _read_one(reader, column, cell))
    if not any(isinstance(value, Problem) for value in possible(values)):
        return ReadColumn(values, {})
    problems = {at: values[at] for at in where(values, lambda value: isinstance(value, Problem))}
    return ReadColumn(each(values, lambda value: None if isinstance(value, Problem) else value), problems)


def plain_cells(cells: Sequence, distinct: Set[object] | None = None) -> Sequence:
    """The cells with booleans as the words TRUE and FALSE, so that they never pass for 1 and 0."""
    has_neither = distinct is not None and not (True in distinct or False in distinct)  # and no 1 and no 0 either
    if has_neither or bool not in set(map(type, possible(cells))):
        return cells
    return each(cells, lambda cell: str(cell).upper() if cell is True or cell is False else cell)


def _read_one(reader: Reader, column: Column, cell: object) -> object:
    if cell is None:
        return None
    if isinstance(cell, CellProblem):
        return _cell_problem(cell, column)
    return reader(cell, column)


def _cell_problem(cell: CellProblem, column: Column) -> Problem | None:
    if cell.text == "#N/A" and column.kind not in ("number", "whole"):
        return None
    message, remedy = {
        "formula": (
            "This cell has a formula without a saved result.",
            "Open the file in Excel, save it, and load it again.",
        ),
        "error": (f"This cell holds the Excel error {cell.text}.", "Correct the formula, or type the value."),
        "h.mm": (f"{cell.text} is no time: an hour has 60 minutes.", "For hours with decimals take Hours as heading."),
        "duration": (f"This cell holds a length of time ({cell.text}).", "Type a plain number."),
        "period": (
            f"The row does not say in known words what these minutes are for ({cell.text}).",
            "Write session, week, month or year.",
        ),
        "date": ("This cell holds a date that no calendar has.", "Type the date again."),
        "decimal": (
            f"{cell.text} may be a number with decimals or one with thousands.",
            "Answer the question about this number, or type it without the point.",
        ),
    }.get(cell.kind, ("This cell holds a number that cannot be used.", "Type the number again."))
    return Problem("cell-error", message, remedy, cell.text)


def read_text(value: object, column: Column) -> str | None:
    """Tidy text; numbers without a trailing .0; None for blank and for marks such as N/A."""
    text = shown(value) if not isinstance(value, str) else tidy(value)
    return None if is_missing(text) else text


def read_id(value: object, column: Column) -> str | None | Problem:
    """An id as text: 2.0 is "2", leading zeros stay, digits that Excel has rounded away are a problem."""
    if isinstance(value, float):
        value = f"{value:.0f}" if value.is_integer() else repr(value)
    text = tidy(value)
    if is_missing(text):
        return None
    if SCIENTIFIC.fullmatch(text):
        return Problem(
            "id-rounded",
            "This id was rounded by Excel; some of its digits are lost.",
            "Format the column as text and copy the ids again.",
            text,
        )
    if isinstance(value, datetime | date | time):
        return Problem(
            "id-is-date",
            "Excel has turned this id into a date.",
            "Format the column as text and type the id again.",
            shown(value),
        )
    whole = WHOLE_FLOAT.fullmatch(text)
    return whole[1] if whole else text


def read_grade(value: object, column: Column) -> str | None | Problem:
    """PK, TK, K, 1 to 12 or 18-22. A grade on no scale is kept as written."""
    if isinstance(value, datetime | date | time):
        return Problem(
            "grade-is-date",
            "Excel has turned this grade into a date.",
            "Format the column as text and type the grade again.",
            shown(value),
        )
    text = read_text(value, column)
    return None if text is None else GRADES.get(text.casefold().rstrip("."), text)


# --- numbers ------------------------------------------------------------------------------------


def number_in(text: str) -> float | None:
    """The number that the whole text is: "1,200", "-.5"; None for anything else, never by prefix."""
    if not text or not NUMBER.fullmatch(text) or not any(letter.isdigit() for letter in text):
        return None
    return float(text.replace(",", ""))


def read_number(value: object, column: Column) -> float | None | Problem:
    """A number inside the column's limits. "30 min" in a column of minutes is 30; "2x30" is a problem."""
    number = _plain_number(value, column)
    if number is None or isinstance(number, Problem):
        return number
    if column.minimum is not None and column.maximum is not None and not column.minimum <= number <= column.maximum:
        return Problem(
            "out-of-range",
            f"{shown(value)} is outside {column.minimum:g} to {column.maximum:,.15g} {column.unit}.".replace(" .", "."),
            "Check the number.",
            shown(value),
        )
    return number


def _plain_number(value: object, column: Column) -> float | None | Problem:
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime | date | time):
        return Problem(
            "number-is-date",
            f"This cell holds {shown(value)}, a date or clock time, not a number.",
            "Format the column as a number and type the value again.",
            shown(value),
        )
    text = tidy(value)
    if is_missing(text):
        return None
    bare = text.rstrip(MARKS).lstrip("$").strip()
    number = number_in(bare)
    if number is None:
        words = bare.rstrip(".").casefold()
        for unit in UNITS.get(column.unit, ()):
            if words.endswith(unit) and (number := number_in(words.removesuffix(unit).strip(" -"))) is not None:
                return number
        if column.unit == "minutes" and (hours := HOURS.fullmatch(words)):
            return minutes_of_hours(float(hours[1]))
    if number is None:
        return Problem(
            "not-a-number",
            f'"{shown(value)}" is not a number.',
            f"Type one number{f' of {column.unit}' if column.unit else ''}, for example {column.example or 3:g}.",
            shown(value),
        )
    return number


def read_whole(value: object, column: Column) -> float | None | Problem:
    """A whole number inside the column's limits; "5:1" and "5 to 1" in a column of group sizes are 5."""
    if column.name == "group_size" and isinstance(value, str):
        value = re.sub(r"^(\d{1,2})\s*(?::|to)\s*1$", r"\1", tidy(value))
    number = read_number(value, column)
    if isinstance(number, float) and not number.is_integer():
        return Problem("not-whole", f"{shown(value)} is not a whole number.", "Type a whole number.", shown(value))
    return number


def read_fte(value: object, column: Column) -> float | None | Problem:
    """FTE from 0.8, "80%", 80, "4 days" or ".5 + .3". Impossible results are left for the checks."""
    if isinstance(value, str):
        text = BEHIND_FTE.sub("", tidy(value).casefold().rstrip(MARKS).replace("fte", "").strip())
        if is_missing(text):
            return None
        if "+" in text[1:]:
            parts = [number_in(part.strip()) for part in text.split("+")]
            known = [part for part in parts if part is not None]
            if len(known) == len(parts):
                return round(sum(known), 9)
        if text.endswith("%") and (percent := number_in(text[:-1].strip())) is not None:
            return percent / 100
        days = re.fullmatch(r"(.+?) days?(?: (?:a|per) week| ?/ ?(?:wk|week))?", text)
        if days and (number := number_in(days[1])) is not None:
            return number / DAYS_PER_SCHOOL_WEEK
        value = text
    plain = _plain_number(value, column)
    return plain / 100 if isinstance(plain, float) and 10 <= plain <= 100 else plain


# --- words --------------------------------------------------------------------------------------


def read_yes_no(value: object, column: Column) -> bool | None | Problem:
    """True or False from yes, y, x, 1 and their opposites."""
    text = shown(value).casefold()
    if text in YES or text in NO:
        return text in YES
    if is_missing(text):
        return None
    return Problem("not-yes-or-no", f'"{shown(value)}" is neither yes nor no.', "Type yes or no.", shown(value))


def read_choice(value: object, column: Column) -> str | None | Problem:
    """One of the column's choices, also by its usual other names."""
    text = shown(value)
    if is_missing(text):
        return None
    known = CHOICES.get(column.name, {})
    key = re.sub(r"[\s./\-]+", " ", text.casefold()).strip()
    for choice in column.choices:
        if key == choice.casefold():
            return choice
    if key in known:
        return known[key]
    meant = f" The cell is treated as empty, which means {column.empty}." if column.empty else ""
    return Problem(
        "not-a-choice",
        f'"{text}" is not one of {", ".join(column.choices)}.{meant}',
        f"Choose one of {', '.join(column.choices)}.",
        text,
    )


def read_period(value: object, column: Column) -> str | None | Problem:
    """A period of the school calendar: "Weekly", "per month", "20 - Weekly (one or more times a week)"."""
    text = shown(value)
    if is_missing(text):
        return None
    key = re.sub(r"\s*\(.*\)$", "", text.casefold().rstrip("."))
    key = re.sub(r"^\d{2}\s*-\s*(?=[a-z])", "", key)  # the code that SEIS puts before the word
    key = re.sub(r"^(?:per|a|each|every|/|times (?:per|a))\s*(?!other|two|2)", "", key).strip()
    if key in PERIODS_BY_WORD:
        return PERIODS_BY_WORD[key]
    cycle = re.fullmatch(r"(\d{1,2})[\s-]*days?[\s-]*(?:cycle|rotation)", key)
    if cycle and CYCLE.fullmatch(f"{int(cycle[1])}-day cycle") and int(cycle[1]):
        return f"{int(cycle[1])}-day cycle"
    return Problem(
        "not-a-period",
        f'"{text}" is not a period that the calendar knows.',
        "Type day, week, two weeks, month, six weeks, quarter, trimester, semester, year, or for example 6-day cycle.",
        text,
    )


def read_clock(value: object, column: Column) -> str | None | Problem:
    """A time of day as "08:30". "3:00" without am or pm is the afternoon: school hours are 7:00 to 18:59."""
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, float) and 0 <= value < 1:
        minutes = round(value * MINUTES_PER_DAY)
        value = time(minutes // 60 % 24, minutes % 60)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    text = shown(value).casefold()
    if is_missing(text):
        return None
    found = CLOCK.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if found is None or hour > 23 or minute > 59 or (found[3] and not 1 <= hour <= 12):
        return Problem(
            "not-a-time", f'"{shown(value)}" is not a time of day.', "Type it as 8:30 or 14:15.", shown(value)
        )
    half = (found[3] or "")[:1]
    if half == "p" or (not half and 1 <= hour < EARLIEST_HOUR):
        hour = hour % 12 + 12
    elif half == "a":
        hour %= 12
    return f"{hour:02d}:{minute:02d}"


READERS: Mapping[str, Reader] = {
    "id": read_id,
    "name": read_text,
    "text": read_text,
    "school": read_text,
    "therapist": read_text,
    "phrase": read_text,
    "day_plan": read_text,
    "number": read_number,
    "whole": read_whole,
    "date": read_date,
    "yes_no": read_yes_no,
    "choice": read_choice,
    "period": read_period,
    "fte": read_fte,
    "grade": read_grade,
    "clock": read_clock,
}
SPECIAL = {"fte": "fte", "grade": "grade"}  # columns that are read by more than their kind

"""Amounts that several columns say together: minutes or marks under the days of the week, and the times of a session."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from workload.intake.cells.cell_words import ONE_DAY, YES
from workload.intake.cells.cells import shown
from workload.intake.cells.values import number_in, read_clock
from workload.intake.open.opened import Value
from workload.intake.phrases.weekdays import clock_minutes
from workload.model.columns import TIME_LOG
from workload.model.units import DAYS_PER_SCHOOL_WEEK
from workload.model.units import minutes as minutes_of_hours

DAY, CLOCK = (
    "day",
    "clock",
)  # the unit of a column that is one day of the week, or a time at which a session starts or ends
PART = "part"  # the unit of a column that is a numbered part of one amount
HOURS, REST = "hours of it", "minutes of it"  # of one length in two columns: 1 hour and 30 minutes
DAYS = "days"  # the unit of a column whose cells are the days of a session: "MW"
TOGETHER = frozenset({DAY, CLOCK, PART, HOURS, REST, DAYS})
FEWEST_MINUTES, MOST_MINUTES = 5, 180  # of a session: smaller and larger numbers under a day are something else


def minutes_of_day(cell: Value) -> float | None:
    """Minutes of one cell under a day: 30, "30 min", "9:00-9:30"; None for anything else."""
    text = "" if cell is None or isinstance(cell, bool) else shown(cell).casefold()
    minutes = clock_minutes(text) or number_in(
        text.removesuffix(".").removesuffix("minutes").removesuffix("min").strip()
    )
    return minutes if minutes is not None and FEWEST_MINUTES <= minutes <= MOST_MINUTES else None


def is_mark(cell: Value) -> bool:
    return cell not in (None, "") and shown(cell).casefold() in YES


def of_the_week(columns: Sequence[Sequence[Value]], marks: bool) -> list[Value]:
    """For each row the minutes of its days together, or how many days are marked; empty where no day holds anything.

    A row with a cell that is neither keeps that cell, so that it is told and not left out of a sum.
    """
    return _summed(columns, (lambda cell: float(is_mark(cell)) or None) if marks else minutes_of_day)


def _summed(columns: Sequence[Sequence[Value]], number_of: Callable[[Value], float | None]) -> list[Value]:
    made: list[Value] = []
    for row in zip(*columns, strict=True):
        filled = [cell for cell in row if cell not in (None, "")]
        numbers = [number_of(cell) for cell in filled]
        odd = [cell for cell, number in zip(filled, numbers, strict=True) if number is None]
        made.append(None if not filled else odd[0] if odd else sum(filter(None, numbers)))
    return made


SEVERAL_DAYS = re.compile(rf"{ONE_DAY}(?:\s*(?:[,/&+-]|and)?\s*{ONE_DAY})*", re.IGNORECASE)


def days_named(cell: Value) -> int | None:
    """How many days of the school week a cell names: "MW" 2, "T/Th" 2, "M-F" and "daily" 5; None for anything else."""
    text = shown(cell).casefold().rstrip(".") if isinstance(cell, str) else ""
    if text in ("m-f", "mon-fri", "daily", "every day"):
        return int(DAYS_PER_SCHOOL_WEEK)
    found = re.findall(ONE_DAY, text) if SEVERAL_DAYS.fullmatch(text) else []
    between = re.sub(rf"{ONE_DAY}|\s", "", text)
    # "M-W" is Monday to Wednesday or both of them, "M, W-F" holds a range; only "M-W-F" is surely a list.
    ranged = "-" in between and (len(found) == 2 or between != "-" * (len(found) - 1))
    return len(found) if found and len({day[:2] for day in found}) == len(found) and not ranged else None


def time_of_day(cell: Value) -> float | None:
    """Minutes since midnight of "9:00 AM" or a time cell; None for anything else, a plain number among it."""
    if (
        isinstance(cell, int | bool)
        or type(cell) is date
        or (isinstance(cell, str) and ":" not in cell and cell[-1:].casefold() != "m")
    ):
        return None
    text = None if cell in (None, "") else read_clock(cell, TIME_LOG.column("start"))
    return (
        sum(at * number for at, number in zip((minutes_of_hours(1), 1), map(int, text.split(":")), strict=True))
        if isinstance(text, str)
        else None
    )


def between_times(first: Sequence[Value], second: Sequence[Value]) -> list[Value]:
    """For each row the minutes between two times of day. A row with another cell keeps it, so that it is told."""
    made: list[Value] = []
    for pair in zip(first, second, strict=True):
        start, end = map(time_of_day, pair)
        odd = (cell for cell, at in zip(pair, (start, end), strict=True) if at is None and cell not in (None, ""))
        made.append(next(odd, None) if start is None or end is None else abs(start - end))
    return made


def sum_of_parts(columns: Sequence[Sequence[Value]]) -> list[Value]:
    """For each row the sum of its numbers. A row with a cell that is no number keeps it, so that it is told."""
    return _summed(columns, lambda cell: cell if isinstance(cell, int | float) else number_in(shown(cell).strip()))


def hours_and_minutes(hours: Sequence[Value], rest: Sequence[Value]) -> list[Value]:
    """For each row the minutes of a length in two columns. A row with a cell that is no number keeps it."""
    whole = [
        minutes_of_hours(number) if cell not in (None, "") and (number := number_in(shown(cell))) is not None else cell
        for cell in hours
    ]
    return sum_of_parts([whole, rest])

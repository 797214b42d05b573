"""Columns for the days of the week: minutes under Mon, Wed and Fri are the minutes of the week, marks are its sessions."""

from __future__ import annotations

from collections.abc import Sequence

from workload.intake.open.opened import Value
from workload.intake.phrases.weekdays import clock_minutes
from workload.intake.rows.cell_words import YES
from workload.intake.rows.cells import shown
from workload.intake.rows.values import number_in

DAY = "day"  # the unit of a column that is one day of the week
FEWEST_MINUTES, MOST_MINUTES = 5, 180  # of a session: smaller and larger numbers under a day are something else


def minutes_of_day(cell: Value) -> float | None:
    """Minutes of one cell under a day: 30, "30 min", "9:00-9:30"; None for anything else."""
    text = "" if cell is None or isinstance(cell, bool) else shown(cell).casefold()
    minutes = clock_minutes(text) or number_in(text.removesuffix(".").removesuffix("minutes").removesuffix("min").strip())
    return minutes if minutes is not None and FEWEST_MINUTES <= minutes <= MOST_MINUTES else None


def is_mark(cell: Value) -> bool:
    return cell not in (None, "") and shown(cell).casefold() in YES


def of_the_week(columns: Sequence[Sequence[Value]], marks: bool) -> list[Value]:
    """For each row the minutes of its days together, or how many days are marked; empty where no day holds anything.

    A row with a cell that is neither keeps that cell, so that it is told and not left out of a sum.
    """
    made: list[Value] = []
    for row in zip(*columns, strict=True):
        filled = [cell for cell in row if cell not in (None, "")]
        numbers = [float(is_mark(cell)) or None if marks else minutes_of_day(cell) for cell in filled]
        odd = [cell for cell, number in zip(filled, numbers, strict=True) if number is None]
        made.append(None if not filled else odd[0] if odd else sum(numbers))
    return made

"""What one row promises: its lines, or why it is not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import SupportsFloat

from workload.intake.cells.cells import Problem, shown
from workload.intake.cells.values import read_column
from workload.intake.columns.amount_names import ALSO
from workload.intake.open.opened import CellProblem
from workload.intake.phrases.bounds import sanity_notices
from workload.intake.phrases.meanings import Choice, Part, Reading
from workload.intake.phrases.questions import period_label
from workload.model.columns import SERVICES

NAN = float("nan")
MOST_MINUTES = SERVICES.column("minutes_per_session").maximum or inf
DAILY_LIMIT_PERIODS = {"day": 480.0, "week": SERVICES.column("minutes_per_week").maximum}


@dataclass(frozen=True)
class Line:
    """One promise. Numbers are NaN and texts None where the row does not say."""

    minutes_per_session: float = NAN
    sessions: float = NAN
    period: str | None = None
    total_minutes: float = NAN
    delivery: str | None = None
    group_size: float = NAN
    esy: bool = False
    setting: str | None = None
    start: date | None = None
    end: date | None = None
    also: str | None = None  # what tells a line from an equal one of its row: it stands in a second column


@dataclass(frozen=True)
class Amount:
    """What the cells of a row say. `trouble` (in `column`) makes the row unreadable; so does an open question."""

    lines: tuple[Line, ...] = ()
    trouble: Problem | None = None
    column: str = ""
    reading: Reading | None = None  # of a phrase, whatever its grade
    flags: tuple[str, ...] = ()  # "minutes-unknown", "sessions-missing", "gone"
    sentences: tuple[str, ...] = ()  # other findings, as sentences

    @property
    def is_question(self) -> bool:
        return self.reading is not None and self.reading.grade == "C"


UNKNOWN = Amount((Line(),), flags=("minutes-unknown",))


def cell_trouble(column: str, cell: CellProblem) -> Amount:
    return Amount(
        (),
        read_column(SERVICES.column(column), [cell]).problems.get(0)
        or Problem("cell-error", f"This cell holds the Excel error {cell.text}.", "Type the value.", cell.text),
        column,
    )


def line_of_numbers(minutes: float, sessions: float, period: str, total: float = NAN) -> Amount:
    """One plain line, or why it is impossible."""
    flags: tuple[str, ...] = ()
    if total != total:
        if sessions == sessions:
            if minutes > MOST_MINUTES:
                too_long = Problem(
                    "out-of-range",
                    f"A session of {minutes:,.10g} minutes is longer than {MOST_MINUTES:g} minutes.",
                    "Check the minutes of a session.",
                    f"{minutes:.10g}",
                )
                return Amount((), too_long, "minutes_per_session")
            total = minutes * sessions
        else:
            total, minutes, flags = minutes, NAN, ("sessions-missing",)
    limit = DAILY_LIMIT_PERIODS.get(period)
    if limit is not None and total > limit:
        too_many = Problem(
            "out-of-range",
            f"{total:,.10g} minutes a {period} are more than {limit:,g}.",
            "Check the minutes and the period.",
            f"{total:.10g}",
        )
        return Amount((), too_many, "minutes_per_session")
    if total == 0:
        flags += ("minutes-zero",)
    return Amount((Line(minutes, sessions, period, total),), flags=flags)


HEADING_OR_ROW, TWO_TOTALS = "heading-or-row", "two-totals"


def heading_or_row(number: float, heading: str, row: str, column: str) -> Amount:
    """Minutes under "Min/Wk" in a row that says monthly: one of the two is not about the minutes, and a person says which."""
    said = f"The heading says {number:,.10g} minutes {period_label(heading)}, and the row says {period_label(row)}."
    choices = tuple(
        Choice(key, f"{number:,.10g} minutes {period_label(period)}, as the {key} says", ())
        for key, period in (("heading", heading), ("row", row))
    )
    reading = Reading(f"{number:.10g} {row}", "C", (), said, choices, question_kind=HEADING_OR_ROW)
    return lines_of_reading(reading, column)


def two_totals(weekly: Mapping[str, float]) -> Amount:
    """Totals of one row in several columns that do not say the same, as column -> minutes a week."""
    said = " and ".join(
        f"{SERVICES.column(name).label} ({minutes:,.3g} minutes a week)" for name, minutes in weekly.items()
    )
    choices = (
        *(
            Choice(name, f"{SERVICES.column(name).label}: {minutes:,.3g} minutes a week", ())
            for name, minutes in weekly.items()
        ),
        Choice(ALSO, f"All of them: {sum(weekly.values()):,.3g} minutes a week", ()),
    )
    reading = Reading(said, "C", (), f"{said} do not say the same.", choices, question_kind=TWO_TOTALS)
    return lines_of_reading(reading, next(iter(weekly)))


def lines_of_reading(reading: Reading, column: str) -> Amount:
    if reading.grade == "C":
        asked = Problem(
            reading.question_kind or "question", reading.question or "", "Answer the question.", shown(reading.text)
        )
        return Amount((), asked, column, reading)
    if reading.grade == "D":
        part = reading.parts[0] if reading.parts else Part()
        line = Line(delivery=part.delivery, group_size=_number(part.group_size), esy=part.esy)
        return Amount((line,), reading=reading, flags=("minutes-unknown",), column=column)
    return Amount(
        tuple(_line_of(part) for part in reading.parts),
        reading=reading,
        column=column,
        sentences=tuple(text for text in reading.notices if text not in sanity_notices(reading.parts)),
    )


def _line_of(part: Part) -> Line:
    return Line(
        _number(part.minutes_per_session),
        _number(part.sessions),
        part.period,
        _number(part.total_minutes),
        part.delivery,
        _number(part.group_size),
        part.esy,
        None,
        part.starts,
        part.until,
    )


def _number(value: SupportsFloat | None) -> float:
    return NAN if value is None else float(value)

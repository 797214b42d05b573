"""What a row promises: from the cells about minutes to one or more lines, a question, or a refusal to guess.

Cells are read by their distinct combinations, so the work does not grow with the rows. Plain numbers in plain
columns are read here; everything that needs words goes through the phrase reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from workload.intake.columns.by_values import BARE_MINUTES
from workload.intake.open.opened import CellProblem, Value
from workload.intake.phrases.bounds import sanity_notices
from workload.intake.phrases.column_words import combine_columns
from workload.intake.phrases.meanings import Part, PhraseContext, Reading
from workload.intake.phrases.phrase_reader import read_phrase_cell
from workload.intake.rows.cells import Problem, is_missing, shown, tidy
from workload.intake.rows.values import read_number, read_period
from workload.model.columns import SERVICES, normalized
from workload.model.units import minutes as minutes_of_hours

NAN = float("nan")

TOTALS = {
    "minutes_per_week": "week",
    "minutes_per_month": "month",
    "minutes_per_year": "year",
    "hours_per_week": "week",
}
AMOUNT_COLUMNS = (
    "minutes_per_session",
    "sessions",
    "period",
    "frequency_text",
    *TOTALS,
    "direct_minutes",
    "direct_outside_minutes",
    "indirect_minutes",
    "direct_period",
    "direct_outside_period",
    "indirect_period",
    "time_unit",
)
# Several amounts of one row: (minutes, their own period, delivery, setting).
KINDS_OF_MINUTES = (
    ("direct_minutes", "direct_period", None, None),
    ("direct_outside_minutes", "direct_outside_period", None, "outside the classroom"),
    ("indirect_minutes", "indirect_period", "consult", None),
)
LONGEST_SESSION = SERVICES.column("minutes_per_session").maximum
# A service may state its total in the minutes column, so that only the total's own limit binds there.
MINUTES = replace(SERVICES.column("minutes_per_session"), maximum=SERVICES.column("minutes_per_year").maximum)
PER_WEEK_LIMIT = SERVICES.column("minutes_per_week").maximum
DAILY_LIMIT_PERIODS = {"day": 480.0, "week": PER_WEEK_LIMIT}


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


@dataclass(frozen=True)
class Amount:
    """What the cells of a row say. `trouble` (in `column`) makes the row unreadable; so does an open question."""

    lines: tuple[Line, ...] = ()
    trouble: Problem | None = None
    column: str = ""
    reading: Reading | None = None  # of a phrase, whatever its grade
    flags: tuple[str, ...] = ()  # "minutes-unknown", "sessions-missing"
    sentences: tuple[str, ...] = ()  # other findings, as sentences

    @property
    def is_question(self) -> bool:
        return self.reading is not None and self.reading.grade == "C"


UNKNOWN = Amount((Line(),), flags=("minutes-unknown",))


class AmountReader:
    """Reads the amount cells of the rows of one sheet. Each distinct combination is read once."""

    def __init__(self, columns: Mapping[str, str], context: PhraseContext) -> None:
        """columns  canonical name -> heading as written, for the amount columns that the sheet has"""
        self.names = tuple(name for name in AMOUNT_COLUMNS if name in columns)
        self._headings = columns
        self._context = context
        self._known: dict[tuple[Value, ...], Amount] = {}

    def read(self, cells: tuple[Value, ...]) -> Amount:
        """The amount of one row; `cells` are in the order of `names`."""
        amount = self._known.get(cells)
        if amount is None:
            amount = self._known[cells] = self._read(dict(zip(self.names, cells, strict=True)))
        return amount

    @property
    def distinct(self) -> int:
        """How many combinations have been read."""
        return len(self._known)

    def _read(self, cells: dict[str, Value]) -> Amount:
        cells = {name: value for name, value in cells.items() if not _is_blank(value)}
        text = cells.get("frequency_text")
        if isinstance(text, CellProblem):
            return _cell_trouble("frequency_text", text)
        if any(name in cells for name, *_ in KINDS_OF_MINUTES):
            return self._direct_and_indirect(cells)
        if text is not None or "time_unit" in cells:
            return self._phrase(cells)
        if "minutes_per_session" in cells:
            amount = self._columns(cells)
            # A total beside the minutes of a session must agree with them.
            return self._phrase(cells) if TOTALS.keys() & cells.keys() and not amount.trouble else amount
        return self._total(cells) if TOTALS.keys() & cells.keys() else self._columns(cells)

    # --- plain columns ----------------------------------------------------------------------------------

    def _columns(self, cells: dict[str, Value]) -> Amount:
        minutes = read_number(cells["minutes_per_session"], MINUTES) if _plain(cells, "minutes_per_session") else None
        sessions = read_number(cells["sessions"], SERVICES.column("sessions")) if _plain(cells, "sessions") else None
        period = self._period(cells)
        for name, value in (("minutes_per_session", minutes), ("sessions", sessions), ("period", period)):
            if isinstance(cells.get(name), CellProblem):
                return _cell_trouble(name, cells[name])
            if isinstance(value, Problem):
                return self._worded(cells, name, value)
        if minutes is None:
            return UNKNOWN
        if sessions is None and self._may_be_total(cells):
            return self._worded(cells, "minutes_per_session", None)
        if period is None:
            return self._worded(
                cells,
                "period",
                Problem(
                    "period-missing",
                    "The row does not say whether the minutes are for a week, a month or a year.",
                    "Fill in the period.",
                ),
            )
        return _line(minutes, NAN if sessions is None else sessions, period)

    def _period(self, cells: dict[str, Value]) -> str | None | Problem:
        if _plain(cells, "period"):
            return read_period(cells["period"], SERVICES.column("period"))
        return _period_in_heading(self._headings.get("sessions", "")) or self._context.default_period

    def _may_be_total(self, cells: dict[str, Value]) -> bool:
        """No sessions column at all, under a heading that does not say "per session"."""
        heading = normalized(self._headings.get("minutes_per_session", ""))
        return "sessions" not in self.names and heading in BARE_MINUTES

    def _worded(self, cells: dict[str, Value], column: str, problem: Problem | None) -> Amount:
        """A combination that plain reading cannot settle: the phrase reader asks, or the row is not read."""
        if problem and problem.code == "out-of-range":
            return Amount((), problem, column)
        word = cells.get(column)
        if problem and isinstance(word, str) and not any(letter.isdigit() for letter in word):
            alone = read_phrase_cell(word)
            if alone.grade == "D" and column != "period":
                return Amount((), problem, column) if alone.leftovers else _of_reading(alone, column)
            if alone.leftovers:
                return Amount((), problem, column)
        reading = self._combined(cells)
        amount = _of_reading(reading, column)
        return replace(amount, trouble=problem) if problem and amount.is_question else amount

    # --- phrases, totals, two kinds of minutes -----------------------------------------------------------

    def _phrase(self, cells: dict[str, Value]) -> Amount:
        if set(cells) <= {"frequency_text"}:
            reading = read_phrase_cell(cells["frequency_text"], context=self._with_heading("frequency_text"))
        else:
            reading = self._combined(cells)
        return _of_reading(reading, next((name for name in ("frequency_text", *AMOUNT_COLUMNS) if name in cells), ""))

    def _combined(self, cells: dict[str, Value]) -> Reading:
        """Everything that the row says about its minutes, weighed together."""
        usable = {name: value for name, value in cells.items() if not isinstance(value, CellProblem)}
        name = next((name for name in TOTALS if name in usable), None)
        total = None if name is None else read_number(usable[name], SERVICES.column(name))
        total = None if isinstance(total, Problem) else total
        if name == "hours_per_week" and total is not None:
            total = minutes_of_hours(total)
        if "time_unit" in usable and "sessions" not in self.names and total is None:
            # An amount, its unit and its period are the three columns of a total.
            return combine_columns(
                total=usable.get("minutes_per_session"),
                period=usable.get("period"),
                text=usable.get("frequency_text"),
                unit=usable["time_unit"],
                context=self._context,
            )
        return combine_columns(
            minutes=usable.get("minutes_per_session"),
            sessions=usable.get("sessions"),
            period=usable.get("period") or _period_in_heading(self._headings.get("sessions", "")),
            text=usable.get("frequency_text"),
            unit=usable.get("time_unit"),
            total=total,
            total_period=None if total is None else TOTALS[name],
            context=self._context,
        )

    def _with_heading(self, name: str) -> PhraseContext:
        period = _period_in_heading(self._headings.get(name, ""))
        return replace(self._context, default_period=period) if period else self._context

    def _total(self, cells: dict[str, Value]) -> Amount:
        for name in TOTALS:
            if name not in cells:
                continue
            if isinstance(cells[name], CellProblem):
                return _cell_trouble(name, cells[name])
            number = read_number(cells[name], SERVICES.column(name))
            if isinstance(number, Problem):
                return Amount((), number, name)
            if number is not None:
                minutes = minutes_of_hours(number) if name == "hours_per_week" else number
                return _line(NAN, NAN, TOTALS[name], minutes)
        return UNKNOWN

    def _direct_and_indirect(self, cells: dict[str, Value]) -> Amount:
        """Minutes with the student and on the student's behalf, each with a period of its own or one for all."""
        lines: list[Line] = []
        flags: tuple[str, ...] = ()
        for name, own_period, delivery, setting in KINDS_OF_MINUTES:
            if name not in cells:
                continue
            one = {key: cells[key] for key in ("sessions", "period", "frequency_text", "time_unit") if key in cells}
            amount = self._one_kind(cells[name], cells.get(own_period), one)
            if amount.trouble or amount.is_question:
                return replace(amount, column=name if amount.column == "minutes_per_session" else amount.column)
            lines += [replace(line, delivery=delivery or line.delivery, setting=setting) for line in amount.lines]
            flags += amount.flags
        return Amount(
            tuple(line for line in lines if line.total_minutes != 0) or tuple(lines[:1]),
            flags=flags
            if all(line.total_minutes == 0 for line in lines)
            else tuple(flag for flag in flags if flag != "minutes-zero"),
        )

    def _one_kind(self, minutes: Value, own_period: Value, cells: dict[str, Value]) -> Amount:
        if own_period is not None and not isinstance(minutes, CellProblem) and not isinstance(own_period, CellProblem):
            return _of_reading(
                combine_columns(total=minutes, period=own_period, context=self._context), "minutes_per_session"
            )
        cells["minutes_per_session"] = minutes
        return self._phrase(cells) if {"frequency_text", "time_unit"} & cells.keys() else self._columns(cells)


def _plain(cells: dict[str, Value], name: str) -> bool:
    return name in cells and not isinstance(cells[name], CellProblem)


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and is_missing(tidy(value)))


def _cell_trouble(column: str, cell: CellProblem) -> Amount:
    from workload.intake.rows.values import read_column

    return Amount(
        (),
        read_column(SERVICES.column(column), [cell]).problems.get(0)
        or Problem("cell-error", f"This cell holds the Excel error {cell.text}.", "Type the value.", cell.text),
        column,
    )


def _line(minutes: float, sessions: float, period: str, total: float = NAN) -> Amount:
    """One plain line, or why it is impossible."""
    flags: tuple[str, ...] = ()
    if total != total:
        if sessions == sessions:
            if minutes > LONGEST_SESSION:
                return Amount(
                    (),
                    Problem(
                        "out-of-range",
                        f"A session of {minutes:,.10g} minutes is longer than {LONGEST_SESSION:g} minutes.",
                        "Check the minutes of a session.",
                        f"{minutes:.10g}",
                    ),
                    "minutes_per_session",
                )
            total = minutes * sessions
        else:
            total, minutes, flags = minutes, NAN, ("sessions-missing",)
    limit = DAILY_LIMIT_PERIODS.get(period)
    if limit is not None and total > limit:
        return Amount(
            (),
            Problem(
                "out-of-range",
                f"{total:,.10g} minutes a {period} are more than {limit:,g}.",
                "Check the minutes and the period.",
                f"{total:.10g}",
            ),
            "minutes_per_session",
        )
    if total == 0:
        flags += ("minutes-zero",)
    return Amount((Line(minutes, sessions, period, total),), flags=flags)


def _of_reading(reading: Reading, column: str) -> Amount:
    if reading.grade == "C":
        return Amount(
            (),
            Problem(
                reading.question_kind or "question", reading.question or "", "Answer the question.", shown(reading.text)
            ),
            column,
            reading,
        )
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


def _number(value: object) -> float:
    return NAN if value is None else float(value)


def _period_in_heading(heading: str) -> str | None:
    """The period that a heading states: "Sessions per week", "#/wk"."""
    words = heading.replace("/", " per ").split(" per ")
    found = read_period(words[-1].strip(" )"), SERVICES.column("period")) if len(words) > 1 else None
    return found if isinstance(found, str) else None

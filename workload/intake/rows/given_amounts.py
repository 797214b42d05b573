"""The amount cells that one row fills in, read together: numbers, a phrase, or totals of a period."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from workload.intake.cells.cells import Problem
from workload.intake.cells.values import read_number, read_period
from workload.intake.columns.amount_names import (
    ALL_TOTALS,
    ALSO,
    SHARED,
    TOTALS,
    AmountColumn,
)
from workload.intake.columns.heading_meaning import UNITS
from workload.intake.open.opened import CellProblem, Value
from workload.intake.phrases.column_words import combine_columns
from workload.intake.phrases.meanings import PhraseContext, Reading, weeks_in_period
from workload.intake.phrases.phrase_reader import read_phrase_cell
from workload.intake.rows import amount_lines
from workload.model.columns import SERVICES
from workload.model.units import minutes as minutes_of_hours

NAN = amount_lines.NAN
SAYS_WHICH = re.compile(
    r"session|length|how long|each|visit|total|prescribed|required|planned|in all|\biep\b|mandated|\brx\b|dosage",
    re.IGNORECASE,
)
MOST_WEEKLY = 300  # minutes a week of one line that a person would believe
TURNED = ("hours", UNITS)  # units of a heading that are turned into minutes where its cells are taken
SAME_TOTAL = 1.3  # between two totals of one promise lie only other weeks in the month or year, and rounding
# A service may state its total in the minutes column, so that only the total's own limit binds there.
MINUTES = replace(SERVICES.column("minutes_per_session"), maximum=SERVICES.column("minutes_per_year").maximum)


class GivenAmounts:
    """Reads the cells of one kind that a row fills in, by what they measure."""

    def __init__(self, columns: Sequence[AmountColumn], has_sessions: bool, context: PhraseContext) -> None:
        self.columns, self._has_sessions, self._context = columns, has_sessions, context

    def plain(self, given: dict[str, Value]) -> amount_lines.Amount:
        minutes = read_number(given["minutes_per_session"], MINUTES) if _plain(given, "minutes_per_session") else None
        sessions = read_number(given["sessions"], SERVICES.column("sessions")) if _plain(given, "sessions") else None
        period = self._period(given)
        for name, value in (("minutes_per_session", minutes), ("sessions", sessions), ("period", period)):
            if isinstance(cell := given.get(name), CellProblem):
                return amount_lines.cell_trouble(name, cell)
            if isinstance(value, Problem):
                return self._worded(given, name, value)
        if not isinstance(minutes, float):
            return amount_lines.UNKNOWN
        if sessions is None and self._may_be_total():
            return self._worded(given, "minutes_per_session", None)
        if not isinstance(period, str):
            missing = Problem(
                "period-missing",
                "The row does not say whether the minutes are for a week, a month or a year.",
                "Fill in the period.",
            )
            return self._worded(given, "period", missing)
        return amount_lines.line_of_numbers(minutes, sessions if isinstance(sessions, float) else NAN, period)

    def _period(self, given: dict[str, Value]) -> str | None | Problem:
        if _plain(given, "period") and "heading_period" not in given:
            return read_period(given["period"], SERVICES.column("period"))
        return _text(given, "heading_period") or self._context.default_period

    def _may_be_total(self) -> bool:
        """No sessions column at all, under a heading that does not say "per session", and lengths that may be either."""
        heading = next((each.heading for each in self.columns if each.name == "minutes_per_session"), "")
        of_period = next((each.heading for each in self.columns if each.name == "period"), "")
        # "Svc Min", "Svc Min Period"; "Min", "Per"
        own = bool(heading) and (
            of_period.casefold().startswith(heading.casefold()) or of_period.casefold().strip(" .:") == "per"
        )
        return not self._has_sessions and not own and not SAYS_WHICH.search(heading)

    def _worded(self, given: dict[str, Value], column: str, problem: Problem | None) -> amount_lines.Amount:
        """A combination that plain reading cannot settle: the phrase reader asks, or the row is not read."""
        if problem and problem.code == "out-of-range":
            return amount_lines.Amount((), problem, column)
        word = given.get(column)
        if problem and isinstance(word, str) and not any(letter.isdigit() for letter in word):
            alone = read_phrase_cell(word)
            if alone.grade == "D" and column != "period":
                return (
                    amount_lines.Amount((), problem, column)
                    if alone.leftovers
                    else amount_lines.lines_of_reading(alone, column)
                )
            if alone.leftovers:
                return amount_lines.Amount((), problem, column)
        reading = self._combined(given)
        amount = amount_lines.lines_of_reading(reading, column)
        return replace(amount, trouble=problem) if problem and amount.is_question else amount

    # --- phrases and totals ------------------------------------------------------------------------------

    def phrase(self, given: dict[str, Value]) -> amount_lines.Amount:
        written = {name for name in given if name not in ("heading_period", "total_period")}
        if written <= {"frequency_text"}:
            column = next(each for each in self.columns if each.name == "frequency_text")
            context = replace(
                self._context,
                default_period=column.period or self._context.default_period,
                number_means=column.unit or self._context.number_means,
            )
            reading = read_phrase_cell(given["frequency_text"], context=context)
        else:
            reading = self._combined(given)
        order = ("frequency_text", "minutes_per_session", *SHARED, *ALL_TOTALS)
        amount = amount_lines.lines_of_reading(reading, next((name for name in order if name in given), ""))
        broken = next(((name, cell) for name in order if isinstance(cell := given.get(name), CellProblem)), None)
        if broken and all(
            line.total_minutes != line.total_minutes and line.minutes_per_session != line.minutes_per_session
            for line in amount.lines
        ):
            return amount_lines.cell_trouble(*broken)  # the cell that cannot be read is what is missing
        return amount

    def _combined(self, given: dict[str, Value]) -> Reading:
        """Everything that the row says about its minutes, weighed together."""
        usable = {name: value for name, value in given.items() if not isinstance(value, CellProblem)}
        name = next((name for name in ALL_TOTALS if name in usable), None)
        total = None if name is None else read_number(usable[name], SERVICES.column(name))
        total = None if isinstance(total, Problem) else total
        if name == "hours_per_week" and total is not None:
            total = minutes_of_hours(total)
        headed = [each for each in self.columns if each.name == (name or "minutes_per_session")]
        if "time_unit" in usable and (name == "hours_per_week" or any(each.unit in TURNED for each in headed)):
            usable["time_unit"] = "minutes"  # the heading has said the unit, and the number is minutes by now
        heading = " ".join(each.heading for each in headed)
        if "time_unit" in usable and not self._has_sessions and total is None:
            # An amount, its unit and its period are the three columns of a total.
            return combine_columns(
                total=usable.get("minutes_per_session"),
                period=usable.get("period"),
                text=usable.get("frequency_text"),
                unit=usable["time_unit"],
                heading=heading,
                context=self._context,
            )
        total_period = None if name is None or total is None else _period_of(usable, name)
        return combine_columns(
            minutes=usable.get("minutes_per_session"),
            sessions=usable.get("sessions"),
            period=usable.get("heading_period") or usable.get("period"),
            text=usable.get("frequency_text"),
            unit=usable.get("time_unit"),
            heading=heading,
            total=total,
            total_period=total_period,
            context=self._context,
        )

    def _several_totals(self, given: dict[str, Value]) -> amount_lines.Amount | None:
        """Totals of several periods: one fact written several times, or, where they disagree, a question."""
        periods = {name: _period_of(given, name) for name in ALL_TOTALS if name in given}
        weekly = {}
        for name, period in periods.items():
            number = read_number(given[name], SERVICES.column(name))
            if period and isinstance(number, float) and number:
                minutes = minutes_of_hours(number) if name == "hours_per_week" else number
                weekly[name] = minutes / float(weeks_in_period(period))
        if len(weekly) < 2 or max(weekly.values()) <= SAME_TOTAL * min(weekly.values()):
            return None
        answer = self._context.answers.get(amount_lines.TWO_TOTALS, "")
        if answer not in (*weekly, ALSO):
            return amount_lines.two_totals(weekly)
        alone = [
            self.total({name: given[name], **_periods(given)}) for name in (weekly if answer == ALSO else [answer])
        ]
        lines = [line for amount in alone for line in amount.lines]
        return amount_lines.Amount((lines[0], *(replace(line, also=ALSO) for line in lines[1:]))) if lines else None

    def _worded_total(self, given: dict[str, Value], name: str, problem: Problem) -> amount_lines.Amount:
        """Words in a column of totals: "0.5 hr" under "OT per week" says the minutes, and the heading the period."""
        period = _period_of(given, name) or self._context.default_period
        if isinstance(given[name], str):
            context = replace(self._context, default_period=period, number_means="minutes")
            reading = read_phrase_cell(given[name], context=context)
            if reading.grade in ("A", "B"):
                return amount_lines.lines_of_reading(reading, name)
        words = _may_be_words(given[name])
        return self.phrase({"frequency_text": given[name]} | given) if words else amount_lines.Amount((), problem, name)

    def total(self, given: dict[str, Value]) -> amount_lines.Amount:
        if several := self._several_totals(given):
            return several
        for name in ALL_TOTALS:
            if name not in given:
                continue
            if isinstance(cell := given[name], CellProblem):
                return amount_lines.cell_trouble(name, cell)
            number = read_number(given[name], SERVICES.column(name))
            if isinstance(number, Problem):
                return self._worded_total(given, name, number)
            heading = _period_of(given, name)
            own = self._period(given) if "period" in given else None
            if heading and isinstance(own, str) and own != heading and isinstance(number, float):
                named = self._context.answers.get(amount_lines.HEADING_OR_ROW, "")
                if not named and number / weeks_in_period(own) <= MOST_WEEKLY:
                    return amount_lines.heading_or_row(number, heading, own, name)
                heading = own if named == "row" else heading
            period = heading or self._period(given)
            if number is not None and isinstance(period, str):
                minutes = minutes_of_hours(number) if name == "hours_per_week" else number
                return amount_lines.line_of_numbers(NAN, NAN, period, minutes)
            if number is not None:
                missing = Problem(
                    "period-missing",
                    "The row does not say for which period the minutes are.",
                    "Fill in the period.",
                )
                told = period if isinstance(period, Problem) else missing
                return self._worded({"minutes_per_session": number, **given}, "period", told)
        return amount_lines.UNKNOWN


def _periods(given: Mapping[str, Value]) -> dict[str, Value]:
    return {name: given[name] for name in ("total_period", "period") if name in given}


def _may_be_words(cell: Value) -> bool:
    """A cell of a column of totals that holds a phrase of its own: "2 x 30"."""
    return (
        isinstance(cell, str)
        and bool(re.search(r"\d.*[a-z]{2,}.*[a-z/]", cell, re.IGNORECASE))
        and any(letter.isalpha() for letter in cell)
    )


def _text(given: Mapping[str, Value], name: str) -> str | None:
    value = given.get(name)
    return value if isinstance(value, str) else None


def _period_of(given: Mapping[str, Value], total: str) -> str | None:
    """The period of a column of totals: by its name, else by what the row or its heading says."""
    return TOTALS.get(total) or _text(given, "total_period")


def _plain(given: dict[str, Value], name: str) -> bool:
    return name in given and not isinstance(given[name], CellProblem)

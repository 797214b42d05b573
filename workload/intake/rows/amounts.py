"""What a row promises: from the cells about minutes to one or more lines, a question, or a refusal to guess.

Amounts are a set: minutes times sessions times period, from any columns. Another kind (direct, group, consult) is a
line of its own, another period another way to say the promise. Distinct combinations of cells are read once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time

from workload.intake.columns.mapped_column import MappedColumn
from workload.intake.columns.preset_rules import minutes_of
from workload.intake.open.opened import CellProblem, Value
from workload.intake.phrases.column_words import combine_columns
from workload.intake.phrases.meanings import PhraseContext, Reading, weeks_in_period
from workload.intake.phrases.phrase_reader import read_phrase, read_phrase_cell
from workload.intake.phrases.questions import LEAVE_OUT
from workload.intake.phrases.tokens import tidy as tidy_phrase
from workload.intake.rows.amount_column import (
    ALL_TOTALS,
    ALSO,
    AMOUNT_NAMES,
    KINDS_IN_ORDER,
    SHARED,
    TOTALS,
    AmountColumn,
)
from workload.intake.rows.amount_lines import (
    HEADING_OR_ROW,
    NAN,
    UNKNOWN,
    Amount,
    Line,
    cell_trouble,
    heading_or_row,
    line_of_numbers,
    lines_of_reading,
)
from workload.intake.rows.cells import Problem, is_missing, shown, tidy
from workload.intake.rows.values import read_number, read_period
from workload.model.columns import SERVICES
from workload.model.units import minutes as minutes_of_hours

DELIVERY_OF = {"individual": "individual", "group": "group", "consult": "consult"}
SETTING_OF = {"outside": "outside the classroom"}
# A service may state its total in the minutes column, so that only the total's own limit binds there.
MINUTES = replace(SERVICES.column("minutes_per_session"), maximum=SERVICES.column("minutes_per_year").maximum)
CLOCK = re.compile(r"\d{1,2}:\d{2}(?::00)?")
MOST_WEEKLY = 300  # minutes a week of one line that a person would believe
MINUTE_TOTALS = tuple(name for name in TOTALS if name.startswith("minutes"))
SAYS_WHICH = re.compile(
    r"session|length|how long|each|visit|total|prescribed|required|planned|in all|\biep\b|mandated|\brx\b|dosage",
    re.IGNORECASE,
)
GONE_WORD = re.compile(
    r"(?:dismissed|exited|discharged|withdrawn|inactive|discontinued|graduated|moved|d/c(?:'?d)?|dropped|no longer)\b.*",
    re.IGNORECASE,
)


class AmountReader:
    """Reads the amount cells of the rows of one sheet. Each distinct combination is read once."""

    def __init__(self, columns: Sequence[MappedColumn], context: PhraseContext) -> None:
        self.columns = tuple(AmountColumn.of(column) for column in columns if column.name in AMOUNT_NAMES)
        self.keys = tuple(dict.fromkeys(column.key for column in self.columns))
        self._by_key = {column.key: column for column in self.columns}
        self._kinds = tuple(dict.fromkeys(column.kind for column in self.columns if column.name not in SHARED))
        self._has_sessions = any(column.name == "sessions" for column in self.columns)
        self._context = context
        self._known: dict[tuple[Value, ...], Amount] = {}

    def read(self, cells: tuple[Value, ...]) -> Amount:
        """The amount of one row; `cells` are in the order of `keys`."""
        amount = self._known.get(cells)
        if amount is None:
            amount = self._known[cells] = self._read(cells)
        return amount

    @property
    def distinct(self) -> int:
        """How many combinations have been read."""
        return len(self._known)

    def _read(self, row: tuple[Value, ...]) -> Amount:
        cells = {key: value for key, value in zip(self.keys, row, strict=True) if not _is_blank(value)}
        for key, value in cells.items():
            if isinstance(value, str) and GONE_WORD.fullmatch(tidy(value)):
                return Amount((), flags=("gone",), column=self._by_key[key].name)
        bearing = {
            kind: {key for key in cells if self._by_key[key].kind == kind and self._by_key[key].name not in SHARED}
            for kind in self._kinds
        }
        bearing = {kind: bearing[kind] for kind in sorted(bearing, key=KINDS_IN_ORDER.index) if bearing[kind]}
        if not bearing:
            return self._of_kind("", cells)
        if list(bearing) == [""]:
            return self._of_kind("", cells)
        return self._of_kinds(bearing, cells)

    def _of_kinds(self, bearing: Mapping[str, set[str]], cells: Mapping[str, Value]) -> Amount:
        """Minutes of several kinds, each with a period of its own or one for all: a line of each kind."""
        lines: list[Line] = []
        flags: tuple[str, ...] = ()
        for kind in bearing:
            amount = self._of_kind(kind, cells)
            if amount.trouble or amount.is_question:
                own = next(iter(bearing[kind]))
                return replace(amount, column=own if amount.column == "minutes_per_session" else amount.column)
            lines += [
                replace(
                    line,
                    delivery=DELIVERY_OF.get(kind) or line.delivery,
                    setting=SETTING_OF.get(kind),
                    also=ALSO if kind == ALSO else None,
                )
                for line in amount.lines
            ]
            flags += amount.flags
        some = tuple(line for line in lines if line.total_minutes != 0)
        all_zero = all(line.total_minutes == 0 for line in lines)
        return Amount(
            some or tuple(lines[:1]),
            flags=flags if all_zero else tuple(flag for flag in flags if flag != "minutes-zero"),
        )

    def _of_kind(self, kind: str, cells: Mapping[str, Value]) -> Amount:
        """The amount of one kind: its own columns, and those that all kinds share."""
        given, trouble = self._chosen(kind, cells)
        if trouble:
            return trouble
        typed = self._typed(given)
        if typed is not None:
            return typed
        text = given.get("frequency_text")
        if isinstance(text, CellProblem):
            return cell_trouble("frequency_text", text)
        has_total = any(name in given for name in ALL_TOTALS)
        if kind and "own_period" in given:
            own = given.pop("own_period")
            minutes = given.get("minutes_per_session")
            if not isinstance(minutes, CellProblem) and not isinstance(own, CellProblem):
                return lines_of_reading(
                    combine_columns(total=minutes, period=own, context=self._context), "minutes_per_session"
                )
        if text is not None or "time_unit" in given:
            return self._phrase(given)
        if "minutes_per_session" in given:
            amount = self._columns(given)
            # A total beside the minutes of a session must agree with them.
            return self._phrase(given) if has_total and not amount.trouble else amount
        return self._total(given) if has_total else self._columns(given)

    def _typed(self, given: Mapping[str, Value]) -> Amount | None:
        """What a person has typed for a cell that cannot be read, by the text of the cell."""
        for name in ("minutes_per_session", "sessions", "period", *ALL_TOTALS):
            text = tidy_phrase(shown(given[name])) if isinstance(given.get(name), str | CellProblem) else ""
            answer = self._context.answers.get(text) if text else None
            if answer == LEAVE_OUT:
                return UNKNOWN
            if answer:
                reading = read_phrase(answer, context=self._context)
                return lines_of_reading(replace(reading, text=text), name) if reading.grade in ("A", "B") else None
        return None

    def _chosen(self, kind: str, cells: Mapping[str, Value]) -> tuple[dict[str, Value], Amount | None]:
        """The cells of a kind by what they measure; of several periods the one that the row fills in."""
        by_name: dict[str, list[str]] = {}
        for key in cells:
            column = self._by_key[key]
            if column.kind == kind or column.name in SHARED and column.kind == "":
                name = "own_period" if kind and column.name == "period" and column.kind == kind else column.name
                by_name.setdefault(name, []).append(key)
        given: dict[str, Value] = {}
        for name, keys in by_name.items():
            keys = sorted(keys, key=lambda key: self._by_key[key].kind != kind)
            given[name] = cells[keys[0]]
            if len(keys) > 1 and name in ("sessions", "minutes_per_session", "minutes_per_period"):
                key = self._key_of_period(keys, cells, by_name)
                if key is None:
                    periods = " and ".join(self._by_key[each].heading for each in keys)
                    return {}, Amount(
                        (),
                        Problem(
                            "two-periods",
                            f"The row has amounts under {periods}, and they cannot both be meant.",
                            "Keep the one that the plan says.",
                        ),
                        keys[0],
                    )
                given[name] = cells[key]
            chosen = next(each for each in keys if cells[each] is given[name] or cells[each] == given[name])
            self._dress(given, self._by_key[chosen])
        return given, None

    def _key_of_period(self, keys: Sequence[str], cells: Mapping[str, Value], by_name) -> str | None:
        """The column of several whose period is the one that the row names; None where the row names none of them."""
        period_key = next(iter(by_name.get("period", ())), None)
        named = (
            read_period(cells[period_key], SERVICES.column("period"))
            if period_key and not isinstance(cells[period_key], CellProblem)
            else None
        )
        fitting = [key for key in keys if self._by_key[key].period == named]
        plain = [key for key in keys if not self._by_key[key].period]
        return fitting[0] if len(fitting) == 1 else plain[0] if len(plain) == 1 else None

    def _dress(self, given: dict[str, Value], column: AmountColumn) -> None:
        """What the heading of a chosen column says beside its number: the period of its sessions, hours for minutes."""
        value = given.get(column.name)
        if column.name in ("sessions", "minutes_per_session") and column.period:
            given.setdefault("heading_period", column.period)
        is_clock = isinstance(value, time) or (isinstance(value, str) and bool(CLOCK.fullmatch(tidy(value))))
        if column.name in ("minutes_per_session", "minutes_per_period", *MINUTE_TOTALS) and is_clock:
            given[column.name] = minutes_of(value)
        if column.unit == "hours" and column.name in ("minutes_per_session", "minutes_per_period"):
            number = read_number(given[column.name], MINUTES)
            if isinstance(number, float):
                given[column.name] = minutes_of_hours(number)
        if column.name == "minutes_per_period" and column.period:
            given["total_period"] = column.period

    # --- plain columns ----------------------------------------------------------------------------------

    def _columns(self, given: dict[str, Value]) -> Amount:
        minutes = read_number(given["minutes_per_session"], MINUTES) if _plain(given, "minutes_per_session") else None
        sessions = read_number(given["sessions"], SERVICES.column("sessions")) if _plain(given, "sessions") else None
        period = self._period(given)
        for name, value in (("minutes_per_session", minutes), ("sessions", sessions), ("period", period)):
            if isinstance(given.get(name), CellProblem):
                return cell_trouble(name, given[name])
            if isinstance(value, Problem):
                return self._worded(given, name, value)
        if minutes is None:
            return UNKNOWN
        if sessions is None and self._may_be_total(given):
            return self._worded(given, "minutes_per_session", None)
        if period is None:
            missing = Problem(
                "period-missing",
                "The row does not say whether the minutes are for a week, a month or a year.",
                "Fill in the period.",
            )
            return self._worded(given, "period", missing)
        return line_of_numbers(minutes, NAN if sessions is None else sessions, period)

    def _period(self, given: dict[str, Value]) -> str | None | Problem:
        if _plain(given, "period") and "heading_period" not in given:
            return read_period(given["period"], SERVICES.column("period"))
        return given.get("heading_period") or self._context.default_period

    def _may_be_total(self, given: dict[str, Value]) -> bool:
        """No sessions column at all, under a heading that does not say "per session", and lengths that may be either."""
        heading = next((each.heading for each in self.columns if each.name == "minutes_per_session"), "")
        of_period = next((each.heading for each in self.columns if each.name == "period"), "")
        own = bool(heading) and of_period.casefold().startswith(heading.casefold())  # "Svc Min", "Svc Min Period"
        return not self._has_sessions and not own and not SAYS_WHICH.search(heading)

    def _worded(self, given: dict[str, Value], column: str, problem: Problem | None) -> Amount:
        """A combination that plain reading cannot settle: the phrase reader asks, or the row is not read."""
        if problem and problem.code == "out-of-range":
            return Amount((), problem, column)
        word = given.get(column)
        if problem and isinstance(word, str) and not any(letter.isdigit() for letter in word):
            alone = read_phrase_cell(word)
            if alone.grade == "D" and column != "period":
                return Amount((), problem, column) if alone.leftovers else lines_of_reading(alone, column)
            if alone.leftovers:
                return Amount((), problem, column)
        reading = self._combined(given)
        amount = lines_of_reading(reading, column)
        return replace(amount, trouble=problem) if problem and amount.is_question else amount

    # --- phrases and totals ------------------------------------------------------------------------------

    def _phrase(self, given: dict[str, Value]) -> Amount:
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
        amount = lines_of_reading(reading, next((name for name in order if name in given), ""))
        broken = next((name for name in order if isinstance(given.get(name), CellProblem)), None)
        if broken and all(
            line.total_minutes != line.total_minutes and line.minutes_per_session != line.minutes_per_session
            for line in amount.lines
        ):
            return cell_trouble(broken, given[broken])  # the cell that cannot be read is what is missing
        return amount

    def _combined(self, given: dict[str, Value]) -> Reading:
        """Everything that the row says about its minutes, weighed together."""
        usable = {name: value for name, value in given.items() if not isinstance(value, CellProblem)}
        name = next((name for name in ALL_TOTALS if name in usable), None)
        total = None if name is None else read_number(usable[name], SERVICES.column(name))
        total = None if isinstance(total, Problem) else total
        if name == "hours_per_week" and total is not None:
            total = minutes_of_hours(total)
        if "time_unit" in usable and not self._has_sessions and total is None:
            # An amount, its unit and its period are the three columns of a total.
            return combine_columns(
                total=usable.get("minutes_per_session"),
                period=usable.get("period"),
                text=usable.get("frequency_text"),
                unit=usable["time_unit"],
                context=self._context,
            )
        total_period = None if total is None else TOTALS.get(name) or usable.get("total_period")
        return combine_columns(
            minutes=usable.get("minutes_per_session"),
            sessions=usable.get("sessions"),
            period=usable.get("heading_period") or usable.get("period"),
            text=usable.get("frequency_text"),
            unit=usable.get("time_unit"),
            total=total,
            total_period=total_period,
            context=self._context,
        )

    def _total(self, given: dict[str, Value]) -> Amount:
        for name in ALL_TOTALS:
            if name not in given:
                continue
            if isinstance(given[name], CellProblem):
                return cell_trouble(name, given[name])
            number = read_number(given[name], SERVICES.column(name))
            if isinstance(number, Problem):
                return (
                    self._phrase({"frequency_text": given[name]} | given)
                    if _may_be_words(given[name])
                    else Amount((), number, name)
                )
            period = TOTALS.get(name) or given.get("total_period")
            own = self._period(given) if "period" in given else None
            if period and isinstance(own, str) and own != period and isinstance(number, float):
                named = self._context.answers.get(HEADING_OR_ROW, "")
                if not named and number / weeks_in_period(own) <= MOST_WEEKLY:
                    return heading_or_row(number, period, own, name)
                period = own if named == "row" else period
            period = period or self._period(given)
            if number is not None and isinstance(period, str):
                minutes = minutes_of_hours(number) if name == "hours_per_week" else number
                return line_of_numbers(NAN, NAN, period, minutes)
            if number is not None:
                return self._worded(
                    {"minutes_per_session": number, **given},
                    "period",
                    period
                    or Problem(
                        "period-missing",
                        "The row does not say for which period the minutes are.",
                        "Fill in the period.",
                    ),
                )
        return UNKNOWN


def _may_be_words(cell: Value) -> bool:
    """A cell of a column of totals that holds a phrase of its own: "2 x 30"."""
    return (
        isinstance(cell, str)
        and bool(re.search(r"\d.*[a-z]{2,}.*[a-z/]", cell, re.IGNORECASE))
        and any(letter.isalpha() for letter in cell)
    )


def _plain(given: dict[str, Value], name: str) -> bool:
    return name in given and not isinstance(given[name], CellProblem)


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and is_missing(tidy(value)))

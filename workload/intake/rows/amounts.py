"""What a row promises: from the cells about minutes to one or more lines, a question, or a refusal to guess.

Amounts are a set: minutes times sessions times period, from any columns. Another kind (direct, group, consult) is a
line of its own, another period another way to say the promise. Distinct combinations of cells are read once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time

from workload.intake.blocks.preset_rules import minutes_of
from workload.intake.cells.cells import Problem, is_missing, shown, tidy
from workload.intake.cells.values import read_number, read_period
from workload.intake.columns.amount_names import (
    ALL_TOTALS,
    ALSO,
    AMOUNT_NAMES,
    KINDS_IN_ORDER,
    SHARED,
    TOTALS,
    AmountColumn,
)
from workload.intake.columns.heading_meaning import UNITS
from workload.intake.columns.mapped_column import MappedColumn
from workload.intake.open.opened import CellProblem, Value
from workload.intake.phrases.column_words import combine_columns
from workload.intake.phrases.meanings import PhraseContext
from workload.intake.phrases.phrase_reader import read_phrase
from workload.intake.phrases.questions import LEAVE_OUT
from workload.intake.phrases.tokens import tidy as tidy_phrase
from workload.intake.rows.amount_lines import (
    UNKNOWN,
    Amount,
    Line,
    cell_trouble,
    lines_of_reading,
)
from workload.intake.rows.given_amounts import MINUTES, GivenAmounts
from workload.intake.rows.kept_amounts import MOST, kept_amounts, may_stay
from workload.model.columns import SERVICES
from workload.model.units import hours as hours_of_minutes
from workload.model.units import minutes as minutes_of_hours

DELIVERY_OF = {"individual": "individual", "group": "group", "consult": "consult"}
SETTING_OF = {"outside": "outside the classroom"}
H_MM, OF_H_MM = (
    re.compile(r"\bh+[.:]mm\b", re.IGNORECASE),
    re.compile(r"(\d+)(?:\.(\d\d?))?"),
)  # hours and minutes, and no decimals
OF_ALL = re.compile(r"\b(?:total|tot|overall|all)\b", re.IGNORECASE)  # minutes of all sessions together
CLOCK = re.compile(r"\d{1,2}:\d{2}(?::00)?")
HOURS_IN = {"hours": 1.0, UNITS: 0.25}
MINUTE_TOTALS = tuple(name for name in TOTALS if name.startswith("minutes"))
GONE_WORD = re.compile(
    r"(?:dismissed|exited|discharged|withdrawn|inactive|discontinued|graduated|moved|d/c(?:'?d)?|dropped|no longer)\b.*",
    re.IGNORECASE,
)

BARE_PERIOD = re.compile(r"(?:per |a |each |/ ?)?(?:week|wk|month|mo|mth|quarter|qtr|year|yr)\.?", re.IGNORECASE)


class AmountReader:
    """Reads the amount cells of the rows of one sheet. Each distinct combination is read once."""

    def __init__(self, columns: Sequence[MappedColumn], context: PhraseContext) -> None:
        self.columns = tuple(AmountColumn.of(column) for column in columns if column.name in AMOUNT_NAMES)
        self.keys = tuple(dict.fromkeys(column.key for column in self.columns))
        self._by_key = {column.key: column for column in self.columns}
        plain = any(column.kind == "" and column.name not in SHARED for column in self.columns)
        # A column of amounts is of its kind; so are phrases of a kind, unless all kinds share one column of minutes.
        self._bearing = tuple(
            column
            for column in self.columns
            if column.name not in SHARED or (column.name == "frequency_text" and column.kind and not plain)
        )
        self._kinds = tuple(dict.fromkeys(column.kind for column in self._bearing))
        self._has_sessions = any(column.name == "sessions" for column in self.columns)
        self._context = context
        self._given = GivenAmounts(self.columns, self._has_sessions, context)
        self._known: dict[tuple[Value, ...], Amount] = {}
        self._kept = kept_amounts(self.columns, context)

    def read(self, cells: tuple[Value, ...]) -> Amount:
        """The amount of one row; `cells` are in the order of `keys`."""
        amount = self._kept.get(cells) or self._known.get(cells)
        if amount is None:
            amount = self._read(cells)
            (self._kept if len(self._kept) < MOST and may_stay(cells, amount) else self._known)[cells] = amount
        return amount

    def _read(self, row: tuple[Value, ...]) -> Amount:
        cells = {key: value for key, value in zip(self.keys, row, strict=True) if not _is_blank(value)}
        for key, value in cells.items():
            if isinstance(value, str) and GONE_WORD.fullmatch(tidy(value)):
                return Amount((), flags=("gone",), column=self._by_key[key].name)
        bearing = {
            kind: {column.key for column in self._bearing if column.kind == kind and column.key in cells}
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
        if isinstance(text, str) and "period" not in given and BARE_PERIOD.fullmatch(tidy(text)):
            given["period"], text = given.pop("frequency_text"), None  # "week" under "Frequency" is a period
        if isinstance(text, CellProblem):
            return cell_trouble("frequency_text", text)
        has_total = any(name in given for name in ALL_TOTALS)
        if kind and "own_period" in given and self._has_own_sessions(kind, cells):
            given["period"] = given.pop(
                "own_period"
            )  # "Direct sessions", "Direct min", "Direct per"; no "Total direct min"
        if kind and "own_period" in given:
            own = given.pop("own_period")
            minutes = given.get("minutes_per_session")
            if not isinstance(minutes, CellProblem) and not isinstance(own, CellProblem):
                return lines_of_reading(
                    combine_columns(total=minutes, period=own, context=self._context), "minutes_per_session"
                )
        if text is not None or "time_unit" in given:
            return self._given.phrase(given)
        if "minutes_per_session" in given:
            amount = self._given.plain(given)
            # A total beside the minutes of a session must agree with them.
            settled = not amount.trouble or amount.trouble.code == "period-missing"
            return self._given.phrase(given) if has_total and settled else amount
        return self._given.total(given) if has_total else self._given.plain(given)

    def _has_own_sessions(self, kind: str, cells: Mapping[str, Value]) -> bool:
        """Whether the row says how many sessions of this kind there are, beside minutes that are not those of all."""
        own = [self._by_key[key] for key in cells if self._by_key[key].kind == kind]
        in_all = any(OF_ALL.search(each.heading) for each in own if each.name == "minutes_per_session")
        return not in_all and any(each.name == "sessions" for each in own)

    def _typed(self, given: Mapping[str, Value]) -> Amount | None:
        """What a person has typed for a cell that cannot be read, by the text of the cell."""
        if not self._context.answers:
            return None
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
                fitting = self._key_of_period(keys, cells, by_name)
                if fitting is None:
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
                given[name] = cells[fitting]
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
        if column.name == "hours_per_week" and is_clock:
            given[column.name] = hours_of_minutes(minutes_of(value))
        if column.unit == "hours" and H_MM.search(column.heading) and (found := OF_H_MM.fullmatch(shown(value))):
            rest = int((found[2] or "0").ljust(2, "0"))  # 1.3 stands for 1.30
            is_time = rest < minutes_of_hours(1)
            value = (
                hours_of_minutes(minutes_of_hours(int(found[1])) + rest)
                if is_time
                else CellProblem("h.mm", shown(value))
            )
            given[column.name] = value
        if (
            column.unit in HOURS_IN
            and not is_clock
            and column.name in ("minutes_per_session", "minutes_per_period", *MINUTE_TOTALS)
        ):
            cell = given[column.name]
            number = None if isinstance(cell, CellProblem) else read_number(cell, MINUTES)
            if isinstance(number, float):
                given[column.name] = minutes_of_hours(number * HOURS_IN[column.unit])
        if column.name == "minutes_per_period" and column.period:
            given["total_period"] = column.period


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and is_missing(tidy(value)))

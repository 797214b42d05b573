"""Headings that words cannot settle: the values of the column and its neighbors decide, or a person does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from workload.intake.open.opened import Value
from workload.intake.rows.cells import Problem, shown, tidy
from workload.intake.rows.values import number_in, read_choice, read_period, read_yes_no
from workload.model.columns import SERVICES, Table, normalized

Names = dict[int, tuple[str, str]]
EXACT, BY_VALUES, BY_NEIGHBORS = "exact alias", "by its values", "by its neighbors"
MOST = 0.6  # share of the distinct values that must agree
FEW = 0.3  # share below which a column of choices is taken for something else
MOST_IN_A_GROUP = 12  # a "Group" column of smaller whole numbers may be a size or a number of the group

# Headings of minutes that do not say minutes of what.
BARE_MINUTES = frozenset(
    {
        "minutes",
        "min",
        "mins",
        "iep minutes",
        "duration",
        "service duration",
        "service time",
        "time",
        "amount",
        "mandate",
        "iep mandate",
        "mandated services",
        "ot",
        "ot minutes",
        "unclear",
    }
)
PHRASE = re.compile(r"\d.*[a-z]|[a-z].*\d", re.IGNORECASE)
SPAN = re.compile(r"\b(?:years?|months?|iep|school year|term|weeks)\b", re.IGNORECASE)
AMOUNT = re.compile(r"\b(?:min|mins|minutes?|hrs?|hours?|mpw|mpm|x)\b|\d\s*x|x\s*\d", re.IGNORECASE)
ONLY_AMOUNT = re.compile(r"[\d.,]+\s*(?:min|mins|minutes|m|'|hr|hrs|hours?)\.?", re.IGNORECASE)
SCHOOL_WORD = re.compile(r"\b(?:school|elementary|elem|middle|high|academy|es|ms|hs|k-8|primary)\b", re.IGNORECASE)
TITLE = re.compile(
    r"^(?:occupational therap\w+|otr?(?:/l)?|cota(?:/l)?|ota|related service provider|therapist)"
    r"(?:\s*\(.*\))?$",
    re.IGNORECASE,
)
FLAG = frozenset({"x", "yes", "no", "y", "n", "true", "false"})
WHOLE_PERIODS = (
    ("minutes_per_week", "Minutes a week"),
    ("minutes_per_month", "Minutes a month"),
    ("minutes_per_year", "Minutes a year"),
    ("", "Do not read this column"),
)


@dataclass(frozen=True)
class OpenColumn:
    """A heading whose meaning only a person can tell: what it could be, as (canonical name, label)."""

    heading: str
    index: int
    message: str
    choices: tuple[tuple[str, str], ...]
    samples: tuple[str, ...] = ()


def settle(
    table: Table, headings: Sequence[str], names: Mapping[int, tuple[str, str]], values: Mapping[int, Sequence[Value]]
) -> tuple[Names, list[OpenColumn]]:
    """One column for each canonical name, and the headings that are left to a person.

    names   position -> (canonical name, how sure), by words alone
    values  position -> distinct values of the column
    """
    settled, open_columns = dict(names), []
    if table is SERVICES:
        for index in list(settled):
            _settle_service(index, headings, settled, values, open_columns)
    return _one_each(table, headings, settled, values, open_columns), open_columns


def _settle_service(index: int, headings, settled: Names, values, open_columns: list[OpenColumn]) -> None:
    name, heading, cells = settled[index][0], normalized(headings[index]), values[index]
    others = {other for at, (other, _) in settled.items() if at != index}
    rule = RULES.get(name)
    if rule is None or not cells:
        return
    found = rule(heading, cells, others)
    if found is None:
        return
    if isinstance(found, OpenColumn):
        del settled[index]
        open_columns.append(
            OpenColumn(headings[index], index, found.message, found.choices, tuple(shown(cell) for cell in cells[:3]))
        )
    elif found[0] == "":
        del settled[index]
    else:
        settled[index] = found


# --- what the values look like ------------------------------------------------------------------------


def _share(cells: Sequence[Value], test) -> float:
    return sum(1 for cell in cells if test(cell)) / len(cells)


def _is_number(cell: Value) -> bool:
    return number_of(cell) is not None


def number_of(cell: Value) -> float | None:
    """The plain number of a cell, also when it stands there as text."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    return number_in(tidy(cell)) if isinstance(cell, str) else None


def _is_phrase(cell: Value) -> bool:
    return isinstance(cell, str) and bool(PHRASE.search(cell)) and bool(AMOUNT.search(cell))


def _is_period(cell: Value) -> bool:
    return isinstance(cell, str) and isinstance(read_period(cell, SERVICES.column("period")), str)


# --- one rule for each canonical name; None keeps the reading, "" drops the column --------------------


def _minutes(heading: str, cells, others):
    if heading not in BARE_MINUTES:
        return None
    if (
        _share(
            cells,
            lambda cell: (
                isinstance(cell, date) or (isinstance(cell, str) and not AMOUNT.search(cell) and SPAN.search(cell))
            ),
        )
        > MOST
    ):
        return "", BY_VALUES
    if _share(cells, lambda cell: _is_phrase(cell) and not _is_amount(cell)) > MOST:
        return None if "frequency_text" in others else ("frequency_text", BY_VALUES)
    numbers = [number for cell in cells if (number := number_of(cell)) is not None]
    if numbers and max(numbers) <= 8 and any(number % 1 for number in numbers):
        return OpenColumn(
            "",
            0,
            "The values look like hours, and the heading does not say of which period.",
            (("hours_per_week", "Hours a week"), ("", "Do not read this column")),
        )
    if others & {"sessions", "period", "frequency_text"}:
        return "minutes_per_session", BY_NEIGHBORS
    return OpenColumn(
        "", 0, "The heading does not say whether these are minutes a week, a month or a year.", WHOLE_PERIODS
    )


def _is_amount(cell: Value) -> bool:
    """A number with a unit and nothing else: "30 min"."""
    return isinstance(cell, str) and bool(ONLY_AMOUNT.fullmatch(tidy(cell)))


def _sessions(heading: str, cells, others):
    if _share(cells, _is_phrase) > MOST and "frequency_text" not in others:
        return "frequency_text", BY_VALUES
    if _share(cells, _is_period) > MOST and "period" not in others:
        return "period", BY_VALUES
    return None


def _frequency(heading: str, cells, others):
    has_minutes = bool(others & {"minutes_per_session", "direct_minutes", "indirect_minutes"})
    if _share(cells, _is_number) > MOST:
        if has_minutes and "sessions" not in others:
            return "sessions", BY_NEIGHBORS
        if not has_minutes:
            return _minutes("minutes", cells, others)
    if has_minutes and "period" not in others and _share(cells, _is_period) > MOST:
        return "period", BY_VALUES
    return None


def _therapist(heading: str, cells, others):
    if heading not in (
        "provider",
        "ot",
        "otr",
        "provider s",
        "provider name",
        "related service provider",
        "ot cota",
        "clinician",
        "staff",
    ):
        return None
    if _share(cells, lambda cell: shown(cell).casefold() in FLAG) > MOST:
        return "", BY_VALUES
    if _share(cells, _is_number) > MOST:
        return _minutes("ot", cells, others) if heading in ("ot", "ot cota") else ("", BY_VALUES)
    if _share(cells, lambda cell: isinstance(cell, str) and TITLE.match(tidy(cell))) > MOST:
        return "", BY_VALUES
    if heading == "ot" and _share(cells, _is_phrase) > MOST and "frequency_text" not in others:
        return "frequency_text", BY_VALUES
    return None


def _setting(heading: str, cells, others):
    looks_like_school = _share(cells, lambda cell: isinstance(cell, str) and bool(SCHOOL_WORD.search(cell)))
    return ("school", BY_VALUES) if "school" not in others and looks_like_school > MOST else None


def _service(heading: str, cells, others):
    delivery = SERVICES.column("delivery")
    words = _share(
        cells,
        lambda cell: (
            isinstance(cell, str)
            and not isinstance(read_choice(cell, delivery), Problem | None)
            and len(tidy(cell)) > 2
        ),
    )
    return ("delivery", BY_VALUES) if "delivery" not in others and words > MOST else None


def _group_id(heading: str, cells, others):
    if heading in ("group id", "group name"):
        return None
    if "delivery" not in others and _service(heading, cells, others):
        return "delivery", BY_VALUES
    if _share(cells, lambda cell: shown(cell).casefold() in FLAG) > MOST:
        return "", BY_VALUES
    numbers = [number for cell in cells if (number := number_of(cell)) is not None]
    if numbers and max(numbers) <= MOST_IN_A_GROUP and len(numbers) == len(cells):
        return OpenColumn(
            "",
            0,
            "The numbers may be how many students are in the group, or the number of the group.",
            (
                ("group_size", "Students in the group"),
                ("group_id", "Number of the group"),
                ("", "Do not read this column"),
            ),
        )
    return None


def _choice(name: str):
    """A column whose values are mostly none of the choices means something else: "Plan" may be a program."""

    def rule(heading: str, cells, others):
        column = SERVICES.column(name)
        read = read_yes_no if column.kind == "yes_no" else read_choice
        known = _share(cells, lambda cell: not isinstance(cell, date) and not isinstance(read(cell, column), Problem))
        return ("", BY_VALUES) if known < FEW and (heading == "plan" or heading != name) else None

    return rule


RULES = {
    "plan": _choice("plan"),
    "delivery": _choice("delivery"),
    "esy": _choice("esy"),
    "minutes_per_session": _minutes,
    "sessions": _sessions,
    "frequency_text": _frequency,
    "therapist": _therapist,
    "setting": _setting,
    "service": _service,
    "group_id": _group_id,
}


# --- one column for each name -------------------------------------------------------------------------


def _one_each(table: Table, headings, settled: Names, values, open_columns: list[OpenColumn]) -> Names:
    """Of several columns with one meaning the one with the closest name; same headings are left to a person."""
    by_name: dict[str, list[int]] = {}
    for index, (name, _) in settled.items():
        by_name.setdefault(name, []).append(index)
    kept = {}
    for name, indexes in by_name.items():
        column = table.column(name)
        order = [normalized(text) for text in (name, *column.aliases)]

        def rank(index: int, order=order) -> int:
            text = re.sub(r" \d+$", "", normalized(headings[index]))
            return order.index(text) if text in order else len(order)

        indexes.sort(key=lambda index: (rank(index), index))
        same = [index for index in indexes if rank(index) == rank(indexes[0])]
        same = same if rank(indexes[0]) < len(order) else same[:1]
        if len(same) > 1 and any(values[index] != values[same[0]] for index in same):
            choices = ((name, f"Read this column as {name}"), ("", "Do not read this column"))
            open_columns += [
                OpenColumn(
                    headings[index],
                    index,
                    f"{len(same)} columns have this heading and different values.",
                    choices,
                    tuple(shown(cell) for cell in values[index][:3])
                    if column.kind != "name" and name != "student_id"
                    else (),
                )
                for index in same
            ]
            continue
        kept[indexes[0]] = settled[indexes[0]]
    return kept

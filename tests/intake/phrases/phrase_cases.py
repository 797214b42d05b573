"""Reads the tables of example phrases that therapists extend."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from fractions import Fraction
from pathlib import Path

from workload.intake.phrases.column_words import combine_columns
from workload.intake.phrases.meanings import PhraseContext, Reading, weekly_minutes
from workload.intake.phrases.phrase_reader import read_phrase, read_phrase_cell

CASES = Path(__file__).parents[2] / "cases"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table; an empty cell is an empty string."""
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answers(text: str) -> Mapping[str, str]:
    """ "order=count-first; period-missing=week" as a mapping."""
    return dict(pair.strip().split("=", 1) for pair in text.split(";") if pair.strip())


def value(text: str) -> object:
    """A cell of the table as a spreadsheet would deliver it."""
    if text.startswith("time "):
        hours, minutes = text.removeprefix("time ").split(":")
        return time(int(hours), int(minutes))
    if text.startswith("date "):
        return date.fromisoformat(text.removeprefix("date "))
    if text.startswith("0") and text.isdigit():
        return text  # a code such as 02
    try:
        return float(text)
    except ValueError:
        return text


NUMBERS = (
    "minutes",
    "sessions",
    "period",
    "total",
    "text",
    "unit",
)  # ends of a range in columns of their own are not read


def read(row: Mapping[str, str], given: Mapping[str, str], day: date | None = None) -> Reading:
    """Read one row of a table: a phrase, a cell that is not text, or several columns ("&" joins services)."""
    context = PhraseContext(answers=given, day=day)
    columns = row.get("columns", "")
    if not columns:
        return read_phrase(row["as_written"], context=context)
    if columns.startswith("cell="):
        return read_phrase_cell(value(columns.removeprefix("cell=")), context=context)
    services = []
    for service in columns.split("&"):
        cells = dict(pair.strip().split("=", 1) for pair in service.split(";"))
        numbers = {name: value(text) for name, text in cells.items() if name in NUMBERS}
        reading = combine_columns(**numbers, total_period=cells.get("total_period"), context=context)
        if "delivery" in cells:  # which kind of minutes a column holds is said by its heading
            reading = replace(reading, parts=tuple(replace(one, delivery=cells["delivery"]) for one in reading.parts))
        services.append(reading)
    kept = [
        one for one in services if weekly_minutes(one.parts) or len(services) == 1
    ]  # a service of no minutes is none
    grade = max(one.grade for one in services)
    return replace(kept[0], grade=grade, parts=tuple(part for one in kept for part in one.parts))


def exact(number: Fraction | None) -> str:
    """A number as the tables write it: 30, 22.5, or 25/3 where decimals do not end."""
    if number is None:
        return ""
    decimal = Fraction(str(round(float(number), 4)))
    if decimal != number:
        return f"{number.numerator}/{number.denominator}"
    return f"{float(number):g}"


def facts(reading: Reading) -> dict[str, str]:
    """The columns of the tables that a reading fills; several services are joined with " + "."""

    def each(name: str) -> str:
        found = [getattr(part, name) for part in reading.parts]
        shown = [exact(Fraction(x)) if isinstance(x, Fraction | int) else str(x or "") for x in found]
        return " + ".join(shown) if any(shown) else ""

    return {
        "minutes_per_session": each("minutes_per_session"),
        "sessions": each("sessions"),
        "period": each("period"),
        "total_minutes": each("total_minutes"),
        "delivery": each("delivery"),
        "group_size": each("group_size"),
        "weekly_minutes": exact(weekly_minutes(reading.parts)),
    }

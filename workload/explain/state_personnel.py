"""OTs for each 1,000 students with disabilities by state, from the federal personnel file that somebody brings.

found = counts_in(open_file(name, data))
found.per_1000["NE"], found.refusal

The file is Part B Personnel of IDEA Section 618, published each year by the US Department of Education; no copy of it could
be read, so none is in this tool. Its columns have changed over the years: what is asked of it is a row for each state that
names occupational therapists, and a column of FTE. The students are those of `idea_child_count_by_state.csv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

import numpy as np

from workload.explain.gauges import CHILD_COUNT
from workload.intake.open.opened import Opened, RawSheet, Value
from workload.model.columns import normalized
from workload.model.words import percent, shown

SOURCE = "https://data.ed.gov/dataset/idea-section-618-data-products-state-level-data-files"
WHAT = (
    "Part B Personnel (IDEA Section 618), US Department of Education: full-time equivalents employed or contracted for "
    "children with disabilities aged 3 to 21, as each state reports them"
)
OT = re.compile(r"\boccupational therapists?\b(?! assistant)")
ALL_AGES = re.compile(r"\b3\s*(?:-|through|to)\s*21\b|\ball ages\b")
STATE, YEAR = {"state", "state name"}, {"year", "school year", "reporting year"}
ROWS_LOOKED_AT = 40  # notes stand above the headings
SERVED = {2000: "served_2000_01", 2010: "served_2010_11", 2022: "served_2022_23", 2024: "served_2024_25"}
HIGHEST_PER_1000 = 30  # more is a misread column: the nation has about two


@dataclass(frozen=True)
class PersonnelCounts:
    """OT FTE by state, and for each 1,000 students with disabilities. `refusal` says why there are none.

    year    of the file, where it says one; served  the school year of the students, "2022-23"
    """

    fte: Mapping[str, float] = field(default_factory=dict)
    per_1000: Mapping[str, float] = field(default_factory=dict)
    year: int | None = None
    served: str = ""
    refusal: str = ""

    def words(self, state: str | None, here: float | None) -> str:
        """What the file says of the state, or of all, beside what is needed here."""
        rates = np.array(sorted(self.per_1000.values()))
        low, middle, high = (shown(float(each), 1) for each in np.percentile(rates, (10, 50, 90)))
        when = f"in {self.year}" if self.year else "in the file's year"
        told = f"{len(rates)} states {when}: {middle} OTs for each 1,000 students with disabilities in the middle state, {low} to {high} in eight of ten."
        if state is not None and state in self.per_1000:
            share = float((rates < self.per_1000[state]).mean())
            told = (
                f"{_names()[state]} {when}: {shown(self.fte[state], 0)} FTE of OTs, {shown(self.per_1000[state], 1)} for each "
                f"1,000 students with disabilities, more than in {percent(share)} of the states. {told}"
            )
        needed = f" Here {shown(here, 1)} are needed." if here is not None else ""
        return f"{told}{needed} Students served in {self.served}. Posts that are filled, not posts that are needed: no standard."


def counts_in(opened: Opened) -> PersonnelCounts:
    """Read an opened file. Never raises for anything it can hold."""
    if opened.refusal is not None:
        return PersonnelCounts(refusal=f"{opened.refusal.message} {opened.refusal.remedy}")
    for sheet in opened.sheets:
        rows = _of_sheet(sheet)
        if rows:
            year = max((row.year for row in rows if row.year), default=None)
            newest = [row for row in rows if row.year == year]
            return _rates(_by_state(newest), year or _year_in(opened.name))
    return PersonnelCounts(
        refusal="No sheet has a row for each state that names occupational therapists, with a column of total FTE. Bring the "
        "file as the Department publishes it."
    )


@dataclass(frozen=True)
class _Row:
    """One row of OTs; `of_all_ages` where it says so, and is no part of another row."""

    state: str
    fte: float
    year: int | None
    of_all_ages: bool


def _of_sheet(sheet: RawSheet) -> list[_Row]:
    """The rows of OTs with a state and FTE. Empty where the headings are not those of such a file."""
    rows = list(zip(*sheet.cells, strict=True)) if sheet.cells else []
    heads = ((at, [normalized(str(cell or "")) for cell in row]) for at, row in enumerate(rows[:ROWS_LOOKED_AT]))
    at, head = next(((at, head) for at, head in heads if _fte_columns(head) and STATE & set(head)), (0, []))
    if not head:
        return []
    columns, state_at = _fte_columns(head), next(each for each, text in enumerate(head) if text in STATE)
    year_at = next((each for each, text in enumerate(head) if text in YEAR), None)
    found = []
    for row in rows[at + 1 :]:
        state = _codes().get(normalized(str(row[state_at] or "")))
        words = " | ".join(cell.casefold() for cell in row if isinstance(cell, str))
        values = [value for column in columns if (value := _number(row[column])) is not None]
        if state is not None and values and OT.search(words):
            year = _year_in(str(row[year_at])) if year_at is not None else None
            found.append(_Row(state, sum(values), year, bool(ALL_AGES.search(words))))
    return found


def _by_state(rows: Sequence[_Row]) -> dict[str, float]:
    """FTE by state: the row of all ages where there is one, else the sum of its parts."""
    found: dict[str, float] = {}
    whole = {row.state for row in rows if row.of_all_ages}
    for row in rows:
        if row.of_all_ages or row.state not in whole:
            found[row.state] = found.get(row.state, 0.0) + row.fte
    return found


def _fte_columns(head: Sequence[str]) -> list[int]:
    """The column of the total, or those of certified and not certified staff that make it up."""
    parts = [at for at, text in enumerate(head) if "certified" in text or "qualified" in text]
    total = [at for at, text in enumerate(head) if "total" in text.split() and at not in parts]
    return total[:1] or parts


def _number(cell: Value) -> float | None:
    if isinstance(cell, bool) or cell is None:
        return None
    try:
        value = float(str(cell).replace(",", ""))
    except ValueError:
        return None  # "-" and "*": not given
    return value if value >= 0 else None


def _year_in(text: str) -> int | None:
    said = re.search(r"(?:19|20)\d\d", text)
    return int(said[0]) if said else None


def _rates(found: Mapping[str, float], year: int | None) -> PersonnelCounts:
    """For each 1,000 students of the year that lies nearest."""
    nearest = min(SERVED, key=lambda each: abs(each - (year or max(SERVED))))
    students = {row["abbreviation"]: float(row[SERVED[nearest]] or 0) for row in child_count()}
    rates = {state: 1_000 * fte / students[state] for state, fte in found.items() if students.get(state)}
    if not rates or max(rates.values()) > HIGHEST_PER_1000:
        return PersonnelCounts(
            refusal="The FTE of this file are far too many for its states. Another column was meant; nothing was taken."
        )
    return PersonnelCounts(MappingProxyType(dict(found)), MappingProxyType(rates), year, school_year(nearest))


def school_year(first: int) -> str:
    """2022 as "2022-23"."""
    return f"{first}-{(first + 1) % 100:02}"


@cache
def child_count() -> tuple[Mapping[str, str], ...]:
    """The shipped counts: a row for each state and the District of Columbia, columns as in the file."""
    with CHILD_COUNT.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _names() -> Mapping[str, str]:
    return {row["abbreviation"]: row["state"] for row in child_count()}


@cache
def _codes() -> Mapping[str, str]:
    """A state's name or postal code, normalized -> its code."""
    return {
        normalized(text): row["abbreviation"] for row in child_count() for text in (row["state"], row["abbreviation"])
    }

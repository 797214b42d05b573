"""The roster: what intake has understood, one table per sheet, ready for the calculation.

Cells are typed and names are settled: a school or therapist is written the same in every table, students are
pseudonyms. What could not be understood is in `issues`, and `rows` says how every row of every sheet ended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from workload.model.coding import Coded, coded_services
from workload.model.columns import TABLES
from workload.model.issues import Issue
from workload.model.kept import Keeps
from workload.model.known import Known

UNASSIGNED = "Unassigned"
NO_THERAPIST = "No therapist"  # what pages and packets say for it
NO_SCHOOL = "No school"
COUNTED = "counted"

# Typed columns of each table. Text is missing as None, numbers as NaN, days as NaT.
TEXT, NUMBER, DAY, FLAG = "text", "number", "day", "flag"
DTYPES: Mapping[str, str] = MappingProxyType({TEXT: "object", NUMBER: "float64", DAY: "datetime64[s]", FLAG: "bool"})
MISSING: Mapping[str, object] = MappingProxyType(
    {TEXT: None, NUMBER: float("nan"), DAY: np.datetime64("NaT", "s"), FLAG: False}
)
SOURCE_COLUMNS = {"file": TEXT, "sheet": TEXT, "row": NUMBER}
TYPE_OF_KIND = {"number": NUMBER, "whole": NUMBER, "date": DAY, "yes_no": FLAG}
# Columns that reading makes: who a row is about, what it owes in all, which of several sessions it is, its words.
MADE_FIRST = {"services": {"student": TEXT}, "evaluations": {"student": TEXT}}
MADE_LAST = {"services": {"exit": DAY, "total_minutes": NUMBER, "slot": TEXT, "as_written": TEXT}}
ROSTER_COLUMNS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        table.name: MappingProxyType(
            {
                **MADE_FIRST.get(table.name, {}),
                **{column.name: TYPE_OF_KIND.get(column.kind, TEXT) for column in table.columns if column.kept},
                **MADE_LAST.get(table.name, {}),
            }
        )
        for table in TABLES
    }
)


def typed(table: str, columns: Mapping[str, Any], length: int | None = None) -> pd.DataFrame:
    """A table of the roster with every declared column in its type; absent columns are all missing.

    Raises `KeyError` for a column that the table does not declare.
    """
    kinds = {**ROSTER_COLUMNS[table], **SOURCE_COLUMNS}
    for name in columns:
        if name not in kinds:
            raise KeyError(f"{table} has no column {name}")
    length = length if length is not None else len(next(iter(columns.values()), ()))
    made: dict[str, np.ndarray | pd.Series] = {}
    for name, kind in kinds.items():
        values = columns.get(name)
        if values is None:
            values = np.full(length, MISSING[kind], dtype=DTYPES[kind])
        elif kind == TEXT and isinstance(values, list):
            values = np.fromiter(values, dtype=object, count=len(values))
        if isinstance(values, np.ndarray) and values.dtype == DTYPES[kind]:
            # The table copies it. Only texts need a series, which keeps them objects.
            made[name] = pd.Series(values, dtype=DTYPES[kind], copy=False) if kind == TEXT else values
        elif kind == DAY:
            made[name] = pd.Series(pd.to_datetime(values)).astype(DTYPES[DAY])
        else:
            made[name] = pd.Series(values, dtype=DTYPES[kind])
    return pd.DataFrame(made, index=pd.RangeIndex(length))


@dataclass(frozen=True)
class RowCount:
    """How the rows of one sheet ended: read = counted + sum(excluded) + unreadable."""

    file: str
    sheet: str
    table: str
    read: int
    counted: int
    excluded: Mapping[str, int] = field(default_factory=dict)
    unreadable: int = 0
    waiting: int = 0  # of the unreadable: rows that an answer to an open question would settle

    def with_more(self, other: RowCount) -> RowCount:
        """The rows of this and of another table of the same sheet together."""
        return replace(
            self,
            read=self.read + other.read,
            counted=self.counted + other.counted,
            excluded=dict(Counter(self.excluded) + Counter(other.excluded)),
            unreadable=self.unreadable + other.unreadable,
            waiting=self.waiting + other.waiting,
        )

    def on_the_day(self, fates: Mapping[str, int]) -> RowCount:
        """The same rows with what the day leaves out of those that intake counted. fates  reason or "counted" -> rows"""
        left = Counter({str(fate): int(number) for fate, number in fates.items() if fate != COUNTED})
        return replace(self, counted=self.counted - left.total(), excluded=dict(Counter(self.excluded) + left))


@dataclass(frozen=True, eq=False)
class Roster(Keeps):
    """Everything a district has told, typed. Tables have the columns of `ROSTER_COLUMNS`.

    digest  sha-256 over the files, the map and the answers that made it: the key of every cache
    """

    services: pd.DataFrame
    therapists: pd.DataFrame
    schools: pd.DataFrame
    evaluations: pd.DataFrame
    travel: pd.DataFrame
    time_log: pd.DataFrame
    issues: tuple[Issue, ...] = ()
    row_counts: tuple[RowCount, ...] = ()
    digest: str = ""
    name: str = ""
    known: Known = Known()

    def __post_init__(self) -> None:
        """A roster that an earlier version kept gets the columns that came since, all missing."""
        for name, kinds in ROSTER_COLUMNS.items():
            frame: pd.DataFrame = getattr(self, name)
            if lacking := [column for column in kinds if column not in frame.columns]:
                empty = typed(name, {}, len(frame))
                object.__setattr__(self, name, frame.assign(**{one: empty[one].to_numpy() for one in lacking}))

    @cached_property
    def coded(self) -> dict[str, Coded]:
        """The text columns of the service lines as codes: what the calculation adds up by."""
        return coded_services(self.services)

    @property
    def excluded(self) -> Counter[str]:
        """Rows of service sheets that intake left out, by reason."""
        total: Counter[str] = Counter()
        for count in self.row_counts:
            if count.table == "services":
                total.update(count.excluded)
        return total

    def rows(self, field_name: str) -> int:
        """Sum of `read`, `counted`, `unreadable` or `waiting` over the service sheets."""
        return sum(getattr(count, field_name) for count in self.row_counts if count.table == "services")


def roster_of(name: str = "", digest: str = "", **tables: Mapping[str, object]) -> Roster:
    """A roster from plain columns, for tests and for scenarios: `roster_of(services={"student": [...], ...})`."""
    frames = {table: typed(table, tables.get(table, {}), None if tables.get(table) else 0) for table in ROSTER_COLUMNS}
    count = len(frames["services"])
    return Roster(**frames, row_counts=(RowCount("", "Services", "services", count, count),), name=name, digest=digest)

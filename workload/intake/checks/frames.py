"""From columns of values to the typed tables of a roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from workload.model.coded_list import as_array, objects
from workload.model.columns import SERVICES, TABLES
from workload.model.roster import DAY, NUMBER, ROSTER_COLUMNS, SOURCE_COLUMNS, typed

NO_DAY, EPOCH, SECONDS_PER_DAY = -1, date(1970, 1, 1).toordinal(), 86_400
# What an empty cell of a choice means, by table.
EMPTY_MEANS = {
    table.name: {
        column.name: column.empty
        for column in table.columns
        if column.kind == "choice" and column.kept and column.empty
    }
    for table in TABLES
    if table is not SERVICES
}


def frame_of(table: str, columns: Mapping[str, list]) -> pd.DataFrame:
    """The typed table. Blank roles, employments and flags take the meaning of an empty cell."""
    if not columns:
        return _empty(table).copy()
    kinds = {**ROSTER_COLUMNS[table], **SOURCE_COLUMNS}
    made: dict[str, Sequence | np.ndarray] = {}
    for name, values in columns.items():
        kind = kinds.get(name)
        if kind == NUMBER:
            made[name] = as_array(values, _numbers)
        elif kind == DAY:
            made[name] = as_array(values, _days)
        elif kind == "flag":
            made[name] = as_array(values, lambda cells: np.array([bool(value) for value in cells], dtype=bool))
        elif kind:
            made[name] = as_array(values, objects)
    if made:
        for name, value in EMPTY_MEANS.get(table, {}).items():
            made[name] = [cell or value for cell in made.get(name, [None] * len(made["row"]))]
    return typed(table, made, len(columns.get("row", ())))


@cache
def _empty(table: str) -> pd.DataFrame:
    return typed(table, {}, 0)


def _numbers(values: Sequence[float | None]) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _days(values: Sequence[date | None]) -> np.ndarray:
    """Dates as numpy days in seconds; counting from the ordinal is many times cheaper than parsing."""
    known = {value: NO_DAY if value is None else value.toordinal() for value in set(values)}
    ordinals = np.fromiter(map(known.__getitem__, values), np.int64, len(values))
    seconds = (ordinals - EPOCH) * SECONDS_PER_DAY
    seconds[ordinals == NO_DAY] = np.iinfo(np.int64).min  # not a time
    return seconds.view("datetime64[s]")

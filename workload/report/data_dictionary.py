"""What each column of the exported tables means, its type and unit: the data dictionary that goes with them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

import pandas as pd

from workload.model.packaged_data import DATA
from workload.work.activities import ACTIVITIES

HOURS = "hours a week"


@cache
def meanings() -> Mapping[str, tuple[str, str]]:
    """(unit, meaning) of every column: those of `data/dictionary.csv`, and the hours of each activity."""
    with (DATA / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        declared = {row["column"]: (row["unit"], row["meaning"]) for row in csv.DictReader(file)}
    return declared | {f"{one.code}_hours": (HOURS, f"{one.label}: {one.formula}") for one in ACTIVITIES}


def dictionary(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row per column of the tables: table, column, type, unit, meaning. Raises `KeyError` for one not described."""
    rows = [
        (name, column, _kind(table[column]), *meanings()[column])
        for name, table in tables.items()
        for column in table.columns
    ]
    return pd.DataFrame(rows, columns=["table", "column", "type", "unit", "meaning"])


def _kind(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "yes/no"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    return "date" if pd.api.types.is_datetime64_any_dtype(column) else "text"

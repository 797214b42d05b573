"""Any record of the program as plain data for JSON: dictionaries, lists, texts, numbers, true, false and null."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Data = None | bool | int | float | str | list["Data"] | dict[str, "Data"]


def as_data(value: object) -> Data:
    """The value as `json.dumps(…, allow_nan=False)` takes it; what is missing or not finite is None.

    A dataclass becomes a dictionary of its fields, a table a list of rows, a date its ISO text. A kind that is not
    known here is a fault of the program: `TypeError` names the kind and never the value, which may hold a name.
    """
    if value is None or isinstance(value, str | bool | int) and not isinstance(value, Enum):
        return value
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Enum):
        return as_data(value.value)
    if value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, date | time):  # a datetime is a date, too
        return value.isoformat()
    if isinstance(value, np.generic):
        return as_data(value.item())
    if isinstance(value, PurePath):
        return str(value)
    return _collected(value)


def data_of(figures: Mapping[str, object]) -> dict[str, Data]:
    """Figures and records by name."""
    return {name: as_data(value) for name, value in figures.items()}


def record_data(record: DataclassInstance) -> dict[str, Data]:
    return {field.name: as_data(getattr(record, field.name)) for field in fields(record)}


def _collected(value: object) -> Data:
    if is_dataclass(value) and not isinstance(value, type):
        return record_data(value)
    if isinstance(value, pd.DataFrame):
        return [as_data(row) for row in value.to_dict("records")]
    if isinstance(value, pd.Series):
        return as_data(value.to_dict())
    if isinstance(value, Mapping):
        return {_key(key): as_data(each) for key, each in value.items()}
    if isinstance(value, np.ndarray | Sequence):
        return [as_data(each) for each in value]
    if isinstance(value, Set):
        return [as_data(each) for each in sorted(value)]
    raise TypeError(f"a {type(value).__name__} has no form in JSON")


def _key(key: object) -> str:
    """The text of a dictionary's key."""
    data = as_data(key)
    if isinstance(data, list):
        return ", ".join(map(str, data))
    return data if isinstance(data, str) else "" if data is None else str(data)

"""Values of the library as plain data and tables, and back: the one form for the store and for a saved file.

plain, tables = packed(value)           # plain is JSON, tables are Parquet by their digest
unpacked(plain, tables)                 # the same value
"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd

from workload.store.kinds import KINDS, NEVER
from workload.store.parquet_tables import as_parquet, digest_of, from_parquet

MARK = "!"  # the key that says what a plain object stands for
Tables = dict[str, bytes]


class UnreadableError(ValueError):
    """What was saved cannot be read. The message is a plain sentence."""


def packed(value: object, kinds: Mapping[str, str] = KINDS) -> tuple[Any, Tables]:
    """The value as plain data, and its tables by digest. Raises `TypeError` for what may not be kept."""
    tables: Tables = {}
    return _plain(value, tables, kinds), tables


def unpacked(plain: object, tables: Mapping[str, bytes], kinds: Mapping[str, str] = KINDS) -> Any:
    """The value of plain data. Raises `UnreadableError` for anything that `packed` does not write."""
    try:
        return _value(plain, tables, kinds)
    except UnreadableError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, binascii.Error) as problem:
        raise UnreadableError(
            f"What was saved cannot be read ({type(problem).__name__}). It may be damaged, or another version of this tool made it."
        ) from None


def _plain(value: object, tables: Tables, kinds: Mapping[str, str]) -> Any:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, np.generic) and not isinstance(value, (np.datetime64, np.timedelta64)):
        value = value.item()
    if isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {MARK: "number", "of": repr(value)}
    if value is pd.NaT:
        return {MARK: "no day"}
    if isinstance(value, (date, time)):  # a time stamp is a date, too
        return {MARK: _moment(value), "of": value.isoformat()}
    if isinstance(value, bytes):
        return {MARK: "bytes", "of": base64.b64encode(value).decode()}
    if isinstance(value, pd.DataFrame):
        content, kinds_of_columns = as_parquet(value, lambda cell: _plain(cell, tables, kinds))
        name = digest_of(content)
        tables[name] = content
        return {MARK: "table", "of": name, "columns": kinds_of_columns}
    return _gathered(value, tables, kinds)


def _moment(value: date | time) -> str:
    kinds = (pd.Timestamp, "stamp"), (datetime, "moment"), (date, "day"), (time, "time")
    return next(word for kind, word in kinds if isinstance(value, kind))


def _gathered(value: object, tables: Tables, kinds: Mapping[str, str]) -> Any:
    def inside(each: object) -> Any:
        return _plain(each, tables, kinds)

    if isinstance(value, Mapping):
        if all(isinstance(key, str) and key != MARK for key in value):
            return {key: inside(each) for key, each in value.items()}
        return {MARK: "map", "of": [[inside(key), inside(each)] for key, each in value.items()]}
    if isinstance(value, list):
        return [inside(each) for each in value]
    if isinstance(value, tuple):
        return {MARK: "tuple", "of": [inside(each) for each in value]}
    if isinstance(value, (set, frozenset)):
        return {MARK: "set", "of": [inside(each) for each in sorted(value)]}
    name = type(value).__name__
    if is_dataclass(value) and kinds.get(name) == type(value).__module__:
        if name == "Scenario":
            from workload.scenarios.scenario import as_data

            return {MARK: "scenario", "of": as_data(value)}  # type: ignore[arg-type]
        never = NEVER.get(name, frozenset())
        kept = {
            one.name: inside(getattr(value, one.name)) for one in fields(value) if one.init and one.name not in never
        }
        return {MARK: "record", "name": name, "of": kept}
    raise TypeError(f"{type(value).__module__}.{name} is not among what may be kept")


def _value(plain: Any, tables: Mapping[str, bytes], kinds: Mapping[str, str]) -> Any:
    if isinstance(plain, list):
        return [_value(each, tables, kinds) for each in plain]
    if not isinstance(plain, dict):
        return plain
    if MARK not in plain:
        return {key: _value(each, tables, kinds) for key, each in plain.items()}
    mark: str = plain[MARK]
    of: Any = plain.get("of")
    if mark in SIMPLE:
        return SIMPLE[mark](of)
    if mark == "table":
        return from_parquet(tables[of], plain["columns"], lambda cell: _value(cell, tables, kinds))
    if mark == "scenario":
        from workload.scenarios.scenario import from_data

        return from_data(of)
    if mark == "record":
        kind = getattr(import_module(kinds[plain["name"]]), plain["name"])
        return kind(**{name: _value(each, tables, kinds) for name, each in of.items()})
    if mark == "map":
        return {_value(key, tables, kinds): _value(each, tables, kinds) for key, each in of}
    made = [_value(each, tables, kinds) for each in of]
    return {"tuple": tuple, "set": frozenset}[mark](made)


SIMPLE = {
    "number": float,
    "no day": lambda of: pd.NaT,
    "stamp": pd.Timestamp,
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "time": time.fromisoformat,
    "bytes": lambda of: base64.b64decode(of, validate=True),
}

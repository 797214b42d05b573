"""A table as the bytes of a Parquet file, and back to the last bit: types, missing values and the order of rows."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

TEXT, MIXED = "text", "mixed"


def digest_of(content: bytes) -> str:
    """The name of a table: sha-256 of its bytes."""
    return hashlib.sha256(content).hexdigest()


def as_parquet(table: pd.DataFrame, plain: Callable[[object], Any]) -> tuple[bytes, list[list[str]]]:
    """The bytes, and (name, kind) of each column: a type of numpy, "text" (str or None), or "mixed", which is written
    cell by cell as what `plain` makes of it. Raises `TypeError` for an index that means something."""
    if not table.index.equals(pd.RangeIndex(len(table))):
        raise TypeError("a table with an index of its own is not among what may be kept")
    arrays, columns = [], []
    for at, name in enumerate(table.columns):
        array, kind = _column(table.iloc[:, at], plain)
        arrays.append(array)
        columns.append([str(name), kind])
    return written(arrays), columns + [["", str(len(table))]]


def written(arrays: Sequence[pa.Array]) -> bytes:
    """Columns as the bytes of a file; not compressed: the store is searched byte by byte for what may not stand in it."""
    made, names = io.BytesIO(), [str(at) for at in range(len(arrays))]
    pq.write_table(pa.Table.from_arrays(list(arrays), names=names), made, compression="none", write_statistics=False)
    return made.getvalue()


def _column(cells: pd.Series, plain: Callable[[object], Any]) -> tuple[pa.Array, str]:
    kind = str(cells.dtype)
    if kind.startswith("datetime64"):
        return pa.array(cells.to_numpy().astype("int64")), kind
    if kind == "str":
        return pa.array([cell if isinstance(cell, str) else None for cell in cells], pa.string()), kind
    if cells.dtype == object:
        values = cells.tolist()
        if all(value is None or type(value) is str for value in values):
            return pa.array(values, pa.string()), TEXT
        return pa.array([json.dumps(plain(value)) for value in values], pa.string()), MIXED
    return pa.array(cells.to_numpy()), kind


def from_parquet(content: bytes, columns: Sequence[Sequence[str]], value: Callable[[Any], object]) -> pd.DataFrame:
    """The table of the bytes. Raises `ValueError` (that of pyarrow included) where they are not what was written."""
    read = pq.read_table(io.BytesIO(content))
    *declared, (_, length) = columns
    made = {}
    for at, (_, kind) in enumerate(declared):
        column = read.column(at)
        if kind in (TEXT, "str"):
            made[at] = pd.Series(column.to_pylist(), dtype=object if kind == TEXT else "str")
        elif kind == MIXED:
            cells = np.empty(len(column), dtype=object)
            cells[:] = [value(json.loads(cell)) for cell in column.to_pylist()]
            made[at] = pd.Series(cells, dtype=object)
        else:
            made[at] = pd.Series(np.asarray(column.to_numpy()).astype(kind, copy=True))
    table = pd.DataFrame(made, index=pd.RangeIndex(int(length)))
    table.columns = pd.Index([name for name, _ in declared], dtype=str)
    return table

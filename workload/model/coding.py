"""Names to integer codes: the calculation adds up arrays, never strings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

MISSING = -1


@dataclass(frozen=True, eq=False)
class Codes:
    """A sorted list of names and a way to code a column by it. Shape of a coded column: (rows,), int64."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, *columns: Iterable[str | None]) -> Codes:
        """All names that occur in the columns, sorted."""
        found: set[str] = set()
        for column in columns:
            found.update(pd.unique(pd.Series(column, dtype=object)))
        return cls(tuple(sorted(name for name in found if isinstance(name, str))))

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def place(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self.names)}

    def code(self, name: str | None) -> int:
        """The code of one name; `MISSING` when it is not in the list."""
        return MISSING if name is None else self.place.get(name, MISSING)

    def column(self, values: Iterable[str | None]) -> np.ndarray:
        """The codes of a column; `MISSING` where the cell is empty or not in the list."""
        codes, distinct = pd.factorize(pd.Series(values, dtype=object), use_na_sentinel=True)
        translated = np.array([self.place.get(name, MISSING) for name in distinct] + [MISSING], dtype=np.int64)
        return translated[codes]


def codes_of(column: np.ndarray | pd.Series) -> np.ndarray:
    """A whole number for each cell, the same for equal cells; `MISSING` where it is empty. Shape (rows,)."""
    return pd.factorize(column, use_na_sentinel=True)[0]


def repeated(*columns: np.ndarray) -> np.ndarray:
    """Which rows have the same codes in all of these columns as another row. Shape (rows,), bool.

    The first column is looked at alone before the others are: most of its codes stand once.
    """
    found = np.zeros(len(columns[0]), dtype=bool)
    at = np.flatnonzero((np.bincount(columns[0] - MISSING) > 1)[columns[0] - MISSING])
    own = [column[at] for column in columns]
    order = np.lexsort(own[::-1])
    same = np.ones(max(len(at) - 1, 0), dtype=bool)
    for column in own:
        same &= column[order[1:]] == column[order[:-1]]
    found[at[order[1:][same]]] = found[at[order[:-1][same]]] = True
    return found


def distinct_pairs(left: np.ndarray, right: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """The distinct (left, right) code pairs, sorted by left then right.

    Sorting and comparing neighbors is many times cheaper than `np.unique`, which hashes integers.
    """
    keys = np.sort(left.astype(np.int64) * width + right)
    if len(keys):
        keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]
    return keys // max(width, 1), keys % max(width, 1)


def ranks(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(which of the distinct keys each one is, the distinct keys as they come first)."""
    which, distinct = pd.factorize(keys)
    return which.astype(np.int64, copy=False), distinct


@dataclass(frozen=True, eq=False)
class Coded:
    """One text column as codes into its distinct names; `MISSING` where the cell is empty."""

    codes: np.ndarray
    names: np.ndarray

    @classmethod
    def of(cls, column: pd.Series) -> Coded:
        codes, names = pd.factorize(column.to_numpy(), use_na_sentinel=True)
        return cls(codes, names)

    def into(self, target: Codes) -> np.ndarray:
        """The same column as codes of another list; `MISSING` where that list does not have the name."""
        return np.array([target.code(name) for name in self.names] + [MISSING], dtype=np.int64)[self.codes]

    def is_(self, name: str) -> np.ndarray:
        at = np.flatnonzero(self.names == name)
        return self.codes == at[0] if len(at) else np.zeros(len(self.codes), bool)


CODED = ("student", "school", "plan", "delivery", "period", "group_id", "therapist", "service", "setting")


def coded_services(services: pd.DataFrame) -> dict[str, Coded]:
    """The text columns of the service lines as codes. Made once for a roster: `Roster.coded`."""
    return {name: Coded.of(services[name]) for name in CODED}

"""Cells that repeat themselves: a list like any other, which also knows its distinct values and a code for each cell.

A step that goes by distinct values uses the functions below; they take any list, and are many times cheaper for this
one. Every other step sees the list. Where one writes into it, it is a list alone from then on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence, Set
from typing import TYPE_CHECKING, Any, TypeGuard

if TYPE_CHECKING:
    import numpy as np


MOST_COMBINATIONS = 1 << 22  # of values of several columns that are counted by their place


class CodedList(list[Any]):
    """`self[at] is values[codes[at]]`. codes: whole numbers, shape (len(self),); None once the list was changed.

    Two codes may have equal values, and not every value has a cell.
    """

    __slots__ = ("codes", "values")

    def __init__(self, values: Sequence[Any], codes: np.ndarray) -> None:
        super().__init__(objects(values)[codes].tolist() if len(values) > 1 else [*values] * len(codes))
        self.values: Sequence[Any] = values
        self.codes: Any = codes

    def __reduce__(self) -> tuple[Any, ...]:
        return (list, (list(self),)) if self.codes is None else (CodedList, (self.values, self.codes))


def _changing(name: str) -> Callable[..., Any]:
    change = getattr(list, name)

    def changed(self: CodedList, *arguments: Any, **options: Any) -> Any:
        self.codes = None
        return change(self, *arguments, **options)

    return changed


for _name in ("__setitem__", "__delitem__", "__iadd__", "__imul__", "append", "extend", "insert", "pop", "remove"):
    setattr(CodedList, _name, _changing(_name))
for _name in ("clear", "sort", "reverse"):
    setattr(CodedList, _name, _changing(_name))


def is_coded(cells: Sequence[Any]) -> TypeGuard[CodedList]:
    """Whether the distinct values of these cells are known."""
    return isinstance(cells, CodedList) and cells.codes is not None


def cut(cells: Sequence[Any], first: int, last: int | None = None) -> list[Any]:
    """The cells from the first to before the last one."""
    return CodedList(cells.values, cells.codes[first:last]) if is_coded(cells) else list(cells[first:last])


def at_places(cells: Sequence[Any], at: Sequence[int]) -> list[Any]:
    """The cells at these places, in this order."""
    if is_coded(cells):
        import numpy as np

        return CodedList(cells.values, cells.codes[np.asarray(at, dtype=np.intp)])
    return [cells[each] for each in at]


def distinct(cells: Sequence[Any]) -> Set[Any]:
    """The values of the cells, each once."""
    return dict.fromkeys(map(cells.values.__getitem__, _occurring(cells)) if is_coded(cells) else cells).keys()


def distinct_where(cells: Sequence[Any], test: Callable[[Any], Any]) -> Set[Any]:
    """Those values of the cells of which the test holds, each once. It may be asked about other values, too."""
    if not is_coded(cells):
        return dict.fromkeys(filter(test, cells)).keys()
    import numpy as np

    found = [code for code, value in enumerate(cells.values) if test(value)]
    there = np.bincount(cells.codes, minlength=len(cells.values))[found] if found else ()
    return {cells.values[code]: None for code, number in zip(found, there, strict=True) if number}.keys()


def constant(value: Any, length: int) -> list[Any]:
    """So many cells of one value."""
    import numpy as np

    return CodedList([value], np.zeros(length, dtype=np.uint8))


def mapped(cells: Sequence[Any], change: Callable[[Any], Any]) -> list[Any]:
    """The change of each cell, made once for each distinct value."""
    if not is_coded(cells):
        known = {cell: change(cell) for cell in set(cells)}
        return [known[cell] for cell in cells]
    return mapped_together(cells, lambda values: list(map(change, values)))


def mapped_together(cells: Sequence[Any], change: Callable[[list[Any]], list[Any]]) -> list[Any]:
    """The cells after a change that takes many values at once and returns one for each."""
    if not is_coded(cells):
        return change(list(cells))
    occurring = _occurring(cells)
    made: list[Any] = [None] * len(cells.values)
    for code, value in zip(occurring, change([cells.values[code] for code in occurring]), strict=True):
        made[code] = value
    return CodedList(made, cells.codes)


def rowwise(change: Callable[..., Any], *columns: Sequence[Any]) -> list[Any]:
    """The change of each row of these columns, made once for each combination of values."""
    coded = [column for column in columns if is_coded(column)]
    if len(coded) < len(columns):
        return [change(*row) for row in zip(*columns, strict=True)]
    import numpy as np

    key, size, lengths = np.zeros(len(columns[0]), dtype=np.int64), 1, {len(column) for column in columns}
    if len(lengths) > 1:
        raise ValueError("columns of different lengths")
    varying = [column for column in coded if len(column.values) > 1]
    for column in varying:
        if size * len(column.values) > MOST_COMBINATIONS:
            size, key = _numbered(key, size)
        key, size = key * len(column.values) + column.codes, size * len(column.values)
    size, key = _numbered(key, size)
    first = np.zeros(size, dtype=np.int64)
    first[key[::-1]] = np.arange(len(key))[::-1]
    return CodedList([change(*(column[at] for column in columns)) for at in first.tolist()], key)


def _numbered(key: np.ndarray, size: int) -> tuple[int, np.ndarray]:
    """How many different keys there are, and the keys as numbers from 0 on. size: more than the largest key."""
    import numpy as np

    if size <= MOST_COMBINATIONS:
        found = np.flatnonzero(np.bincount(key))
        place = np.zeros(size, dtype="=u4")
        place[found] = np.arange(len(found))
        return len(found), place[key]
    order = np.argsort(key, kind="stable")  # many times cheaper than `np.unique`, which hashes
    ordered = key[order]
    number = np.concatenate(([0], (ordered[1:] != ordered[:-1]).cumsum()))
    made = np.empty(len(key), dtype=np.int64)
    made[order] = number
    return int(number[-1]) + 1, made


def each(cells: Sequence[Any], change: Callable[[Any], Any]) -> list[Any]:
    """The change of each cell; of values that repeat themselves once."""
    return mapped(cells, change) if is_coded(cells) else list(map(change, cells))


def counted(cells: Sequence[Any]) -> list[tuple[Any, int]]:
    """The cells, each object once and in the order of the first, with how often it stands there."""
    if not is_coded(cells):
        of_id = dict(zip(map(id, cells), cells, strict=True))
        return [(of_id[key], number) for key, number in Counter(map(id, cells)).items()]
    import numpy as np

    numbers = np.bincount(cells.codes, minlength=1)
    first = np.full(len(numbers), len(cells))
    first[cells.codes[::-1]] = np.arange(len(cells))[::-1]
    order = [code for code in np.argsort(first, kind="stable").tolist() if numbers[code]]
    return [(cells.values[code], int(numbers[code])) for code in order]


def where(cells: Sequence[Any], test: Callable[[Any], Any]) -> list[int]:
    """The places of the cells of which the test holds, in order."""
    if not is_coded(cells):
        return [at for at, cell in enumerate(cells) if test(cell)]
    import numpy as np

    holds = np.zeros(len(cells.values), dtype=bool)
    holds[[code for code in _occurring(cells) if test(cells.values[code])]] = True
    return np.flatnonzero(holds[cells.codes]).tolist() if holds.any() else []


def places(cells: Sequence[Any], wanted: Set[Hashable]) -> list[int]:
    """Where the cells are one of the wanted values, in order."""
    if not wanted or wanted.isdisjoint(possible(cells)):
        return []
    if not is_coded(cells):
        return [at for at, cell in enumerate(cells) if cell in wanted]
    import numpy as np

    codes = [code for each in wanted for code in _codes_with(cells.values, each)]
    found = cells.codes == codes[0] if len(codes) == 1 else np.isin(cells.codes, codes)
    return np.flatnonzero(found).tolist()


def _codes_with(values: Sequence[Any], wanted: Hashable) -> Iterator[int]:
    """Where a value stands among the values."""
    at = -1
    for _ in range(values.count(wanted)):
        at = values.index(wanted, at + 1)
        yield at


def filled(cells: Sequence[Any]) -> np.ndarray:
    """Which cells hold something: neither None nor an empty text."""
    import numpy as np

    def holds(values: Sequence[Any]) -> np.ndarray:
        found = np.ones(len(values), dtype=bool)
        if None in values or "" in values:
            found[[at for at, value in enumerate(values) if value is None or value == ""]] = False
        return found

    return as_array(cells, holds)


def possible(cells: Sequence[Any]) -> Sequence[Any]:
    """All values that the cells have, and perhaps others: what to look through before looking at the cells."""
    return cells.values if is_coded(cells) else cells


def as_array(cells: Sequence[Any], of_values: Callable[[Sequence[Any]], np.ndarray]) -> np.ndarray:
    """An array with one entry for each cell, from a function that makes one of a list of values."""
    return of_values(cells.values)[cells.codes] if is_coded(cells) else of_values(cells)


def _occurring(cells: CodedList) -> list[int]:
    """The codes that some cell has."""
    import numpy as np

    return np.flatnonzero(np.bincount(cells.codes, minlength=1)).tolist()


def objects(values: Sequence[Any]) -> np.ndarray:
    import numpy as np

    return np.fromiter(values, dtype=object, count=len(values))

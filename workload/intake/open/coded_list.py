"""Cells that repeat themselves: a list like any other, which also knows its distinct values and a code for each cell.

A step that goes by distinct values uses the functions below; they take any list, and are many times cheaper for this
one. Every other step sees the list. Where one writes into it, it is a list alone from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


class CodedList(list):
    """`self[at] is values[codes[at]]`. codes: whole numbers, shape (len(self),); None once the list was changed.

    Two codes may have equal values, and not every value has a cell.
    """

    __slots__ = ("codes", "values")

    def __init__(self, values: Sequence[Any], codes: np.ndarray) -> None:
        super().__init__(_objects(values)[codes].tolist())
        self.values: Sequence[Any] = values
        self.codes: np.ndarray | None = codes

    def __reduce__(self) -> tuple:
        return (list, (list(self),)) if self.codes is None else (CodedList, (self.values, self.codes))


def _changing(name: str) -> Callable:
    change = getattr(list, name)

    def changed(self: CodedList, *arguments: Any, **options: Any) -> Any:
        self.codes = None
        return change(self, *arguments, **options)

    return changed


for _name in ("__setitem__", "__delitem__", "__iadd__", "__imul__", "append", "extend", "insert", "pop", "remove"):
    setattr(CodedList, _name, _changing(_name))
for _name in ("clear", "sort", "reverse"):
    setattr(CodedList, _name, _changing(_name))


def is_coded(cells: Sequence[Any]) -> bool:
    """Whether the distinct values of these cells are known."""
    return isinstance(cells, CodedList) and cells.codes is not None


def cut(cells: Sequence[Any], first: int, last: int | None = None) -> list:
    """The cells from the first to before the last one."""
    return CodedList(cells.values, cells.codes[first:last]) if is_coded(cells) else list(cells[first:last])


def at_places(cells: Sequence[Any], at: Sequence[int]) -> list:
    """The cells at these places, in this order."""
    if is_coded(cells):
        import numpy as np

        return CodedList(cells.values, cells.codes[np.asarray(at, dtype=np.intp)])
    return [cells[each] for each in at]


def distinct(cells: Sequence[Any]) -> Set[Any]:
    """The values of the cells, each once."""
    return {cells.values[code] for code in _occurring(cells)} if is_coded(cells) else set(cells)


def mapped(cells: Sequence[Any], change: Callable[[Any], Any]) -> list:
    """The change of each cell, made once for each distinct value."""
    if not is_coded(cells):
        known = {cell: change(cell) for cell in set(cells)}
        return [known[cell] for cell in cells]
    made: list[Any] = [None] * len(cells.values)
    for code in _occurring(cells):
        made[code] = change(cells.values[code])
    return CodedList(made, cells.codes)


def places(cells: Sequence[Any], wanted: Set[Hashable]) -> list[int]:
    """Where the cells are one of the wanted values, in order."""
    if not wanted:
        return []
    if not is_coded(cells):
        return [at for at, cell in enumerate(cells) if cell in wanted]
    import numpy as np

    return np.flatnonzero(_marks(cells, (value in wanted for value in cells.values))).tolist()


def filled(cells: Sequence[Any]) -> np.ndarray:
    """Which cells hold something: neither None nor an empty text."""
    import numpy as np

    if is_coded(cells):
        return _marks(cells, (value is not None and value != "" for value in cells.values))
    return np.fromiter((cell is not None and cell != "" for cell in cells), dtype=bool, count=len(cells))


def _marks(cells: CodedList, of_values: Iterable[bool]) -> np.ndarray:
    import numpy as np

    return np.fromiter(of_values, dtype=bool, count=len(cells.values))[cells.codes]


def _occurring(cells: CodedList) -> list[int]:
    """The codes that some cell has."""
    import numpy as np

    return np.flatnonzero(np.bincount(cells.codes, minlength=1)).tolist()


def _objects(values: Sequence[Any]) -> np.ndarray:
    import numpy as np

    return np.fromiter(values, dtype=object, count=len(values))

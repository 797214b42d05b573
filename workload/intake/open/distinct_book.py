"""A workbook in which each sheet that was taken apart (`distinct_cells`) holds its distinct cells once, for the reader of values.

Everything else of the workbook, its texts and formats, stays as it is, and so does every cell's own markup: what the
reader makes of a cell here is what it makes of all cells like it in the file.
"""

from __future__ import annotations

import secrets
import struct
import zlib
from array import array
from collections.abc import Mapping
from itertools import chain, islice

import numpy as np

from workload.intake.open.distinct_cells import AFTER_VALUE, DistinctCells
from workload.intake.open.opened import OtherSheet
from workload.intake.open.sheet_codec import Column, comparable
from workload.intake.open.zip_parts import Part

_WIDTH = 250  # cells in a row of what the reader gets
_FEW = 50_000
_MOST_PLACES = 1 << 22  # of whole numbers of one form that are numbered by a table
_END = b"</sheetData></worksheet>"


class DistinctSheet:
    """One sheet taken apart. rows, columns: of each cell with a value, from 1 on, row by row."""

    def __init__(self, cells: DistinctCells) -> None:
        self.rows, self.columns, forms, numbers = cells.cells()
        self._which, found = _numbered(forms, numbers, len(cells.forms) + 1)
        self._cells, self._found, self._count = cells, found, sum(map(len, found))
        # A text that no cell can have by chance, so that the reader's answer is known to be this sheet's.
        self.token = secrets.token_hex(16)

    @property
    def repeats(self) -> bool:
        """Whether its cells are few, or so many alike that reading the distinct ones is less work."""
        return self._count <= max(_FEW, len(self.rows) // 2)

    def xml(self) -> bytes:
        """The sheet for the reader: its distinct cells row by row."""
        cells, found = self._cells, self._found
        parts = [
            [b"<c" + form + b"%d" % number + AFTER_VALUE for number in numbers]
            for form, numbers in zip(cells.forms, found, strict=False)
        ]
        texts = [b"<c" + text + AFTER_VALUE for text in cells.texts]
        every = list(chain(*parts, texts))
        # The first row has something in every column, so that the reader begins with it and goes to the last one.
        first = b'<row r="1"><c t="str"><v>' + self.token.encode() + AFTER_VALUE
        written = [cells.head, first, b"<c><v>1</v></c>" * (_WIDTH - 1), b"</row>"]
        for number, at in enumerate(range(0, len(every), _WIDTH), start=2):
            written += [b'<row r="%d">' % number, *every[at : at + _WIDTH], b"</row>"]
        return b"".join((*written, _END))

    def extent(self) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
        """The first and the last row and column with a value, from 0 on."""
        if not len(self.rows):
            return None, None
        first, last = (self.rows[0], self.columns.min()), (self.rows[-1], self.columns.max())
        return (int(first[0]) - 1, int(first[1]) - 1), (int(last[0]) - 1, int(last[1]) - 1)

    def require_own(self, sheet) -> None:
        """The reader's sheet has to be this one, which may have no cells: two sheets can have one name."""
        if next(iter(islice(sheet.iter_rows(), 1)), [""])[0] != self.token:
            raise OtherSheet

    def require_absent(self, columns: list[Column]) -> None:
        """These columns have to be of another sheet than this one."""
        if columns and self.token in columns[0].index:
            raise OtherSheet

    def columns_as(self, sheet, top: int) -> list[Column]:
        """The columns of the sheet from its row `top` (0-based) on, with the values that the reader has for its cells."""
        rows = islice(sheet.iter_rows(), 1, None)  # behind the token
        values = list(map(comparable, islice(chain.from_iterable(rows), self._count)))
        values += [""] * (self._count - len(values))
        length = int(self.rows.max(initial=0)) - top
        order = np.argsort(self.columns.astype(np.uint16), kind="stable")
        bounds = np.cumsum(np.bincount(self.columns, minlength=1))
        return [
            _column(self._which[here], self.rows[here] - (top + 1), values, length)
            for here in (order[low:high] for low, high in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True))
        ]


def _column(which: np.ndarray, places: np.ndarray, values: list[object], length: int) -> Column:
    """The column whose cells at these places have these of the values, numbered by their first cells."""
    column, codes = Column(), np.zeros(length, np.uint32)
    if len(values) > 4 * len(which):
        which_of, which = np.unique(which, return_inverse=True)
    else:
        which_of = None
    place = np.arange(len(which))
    first = np.zeros(len(values) if which_of is None else len(which_of), np.int64)
    first[which[::-1]] = place[::-1]
    there = which[first[which] == place]
    code_of = np.zeros(len(first), np.uint32)
    code_of[there] = [column.index[values[at]] for at in (there if which_of is None else which_of[there]).tolist()]
    codes[places] = code_of[which]
    column.codes = array("I", codes.tobytes())
    return column


def _numbered(forms: np.ndarray, numbers: np.ndarray, count: int) -> tuple[np.ndarray, list[list[int]]]:
    """Of each cell which distinct cell it is; and the numbers that occur with each form, in this order."""
    which, before = np.zeros(len(forms), np.uint32), 0
    found: list[list[int]] = []
    for form in range(count):
        here = np.flatnonzero(forms == form)
        mine = numbers[here]
        if not len(mine):
            found.append([])
            continue
        low, high = int(mine.min()), int(mine.max())
        if high - low < _MOST_PLACES:
            table = np.zeros(high - low + 1, np.uint32)
            table[mine - low] = 1
            there = np.flatnonzero(table)
            table[there] = np.arange(len(there))
            which[here] = table[mine - low] + before
            there += low
        else:
            there, place = np.unique(mine, return_inverse=True)
            which[here] = place + before
        found.append(there.tolist())
        before += len(there)
    return which, found


def with_sheets(data: bytes, parts: list[Part], sheets: Mapping[str, bytes]) -> bytes:
    """The zip with other bytes for some parts, by their keys. All the rest is copied as it is packed."""
    written, directory, at = [], [], 0
    for part in parts:
        name = part.name.encode()
        if part.key in sheets:
            content = sheets[part.key]
            checked, method, whole = zlib.crc32(content), 0, len(content)
        else:
            content = data[part.start : part.start + part.packed]
            checked, method, whole = part.checked, 0 if part.stored else 8, part.claimed
        # Version 2.0, names in UTF-8, and no date.
        facts = struct.pack("<HHHHHLLLHH", 20, 0x800, method, 0, 33, checked, len(content), whole, len(name), 0)
        written += [b"PK\x03\x04", facts, name, content]
        directory += [b"PK\x01\x02\x14\x00", facts, struct.pack("<HHHLL", 0, 0, 0, 0, at), name]
        at += 4 + len(facts) + len(name) + len(content)
    listed = b"".join(directory)
    return b"".join(
        (*written, listed, struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, len(parts), len(parts), len(listed), at, 0))
    )

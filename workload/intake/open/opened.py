"""What an opened file is: sheets of plain values by column, or one refusal in plain words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class CellProblem:
    """A cell that holds something, but no value that could be used.

    kind: "error" (#REF!, #N/A), "formula" (no saved result), "number" (not finite),
    "duration" (24 hours or more) or "date" (not a day of the calendar). text: what the cell shows.
    """

    kind: str
    text: str


Value = str | float | int | bool | datetime.datetime | datetime.date | datetime.time | CellProblem | None
Merge = tuple[int, int, int, int]


@dataclass(frozen=True)
class Notice:
    """Something the user must know about a file that was opened all the same.

    rows are sheet row numbers where that helps; sheet is empty when the whole file is meant.
    """

    code: str
    message: str
    remedy: str
    sheet: str = ""
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """Why a file was not opened, and what to do next; both are plain sentences."""

    code: str
    message: str
    remedy: str


@dataclass(frozen=True, eq=False)
class RawSheet:
    """One sheet as stored, nothing interpreted.

    cells: one list per sheet column from column A on, each `rows` values long; the value at
    `cells[c][r]` stands in sheet row `first_row + r` and sheet column `c + 1`.
    visible: "visible", "hidden" or "very hidden". merges: (first row, first column, last row,
    last column), 1-based and clipped to the stored cells. hidden_rows, hidden_columns: 1-based.
    colored_rows: rows that hold a cell with a fill color, or struck through, by what a person sees.
    """

    name: str
    visible: str
    rows: int
    columns: int
    first_row: int
    cells: list[list[Value]] = field(repr=False)
    hidden_rows: tuple[int, ...] = field(default=(), repr=False)
    hidden_columns: tuple[int, ...] = field(default=(), repr=False)
    merges: tuple[Merge, ...] = field(default=(), repr=False)
    notices: tuple[Notice, ...] = ()
    colored_rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict, repr=False)

    def sheet_row(self, index: int) -> int:
        """The sheet row number (1-based) of the stored row `index` (0-based)."""
        return self.first_row + index


@dataclass(frozen=True, eq=False)
class Opened:
    """The outcome of opening one file: sheets, or a refusal and no sheets.

    kind: xlsx, xlsm, xlsb, xls, ods, csv, html, xml2003, mhtml, or the name of what was refused.
    sha256: hexadecimal digest of the bytes, the key for every cache.
    """

    name: str
    kind: str
    sha256: str
    sheets: tuple[RawSheet, ...] = ()
    refusal: Refusal | None = None
    notices: tuple[Notice, ...] = ()


class Refused(Exception):
    """Raised while a file is being examined; carries the Refusal, never cell contents."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class OtherSheet(Exception):
    """Raised where the reader's sheet of a name is not the one that was taken apart under it."""


def column_letters(column: int) -> str:
    """The letters of a 1-based sheet column: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The 1-based number of sheet column letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number

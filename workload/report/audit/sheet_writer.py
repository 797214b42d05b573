"""A table on a sheet whose columns are inputs or live formulas; formulas speak of columns by name.

Every formula is written with the value that the library computed, so a program that does not calculate shows the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from workload.report.table_files import cell, for_a_cell

TITLE_ROW, WORDS_ROW, FIRST_ROW = 1, 2, 5  # as Excel counts
WIDEST_COLUMN = 42
NUMBER, WHOLE, SHARE, DAY, TEXT = "#,##0.00####", "#,##0", "0.0%", "yyyy-mm-dd", "@"
NAMED = re.compile(r"\{(?:(\w+):)?(\w+)\}")
Formula = str | Callable[[int], str | None]


@dataclass(frozen=True)
class Column:
    """One column: heading, values, and for a live one the formula of a row.

    formula  text without "=" in which {column} is the cell of the same row, {Sheet:column} what the table's `elsewhere` says
             and a bare name one of the workbook; or row number -> text, None where the value stands as it is
    fixed    whether the values only say what is: no formula reads them, so they are not shaded as inputs
    """

    name: str
    heading: str
    values: Sequence | np.ndarray
    formula: Formula | None = None
    number: str = NUMBER
    fixed: bool = False


@dataclass(eq=False)
class Book:
    """The workbook that is written, its formats and what its sheets are called."""

    book: Any
    mark: str
    formats: dict[tuple[str, bool], Any] = field(default_factory=dict)

    def format(self, number: str, live: bool):
        """A number format; inputs are shaded, live cells are not."""
        if (number, live) not in self.formats:
            look = {"num_format": number, **({} if live else {"bg_color": "#FFF7E0"})}
            self.formats[number, live] = self.book.add_format(look)
        return self.formats[number, live]

    def look(self, name: str, **properties):
        """A named format, made once."""
        if (name, True) not in self.formats:
            self.formats[name, True] = self.book.add_format(properties)
        return self.formats[name, True]

    def sheet(self, name: str, title: str, words: str = ""):
        """A sheet with its title, the mark of an internal packet, and how to read it."""
        sheet = self.book.add_worksheet(name)
        # The writer searches each formula for functions that came after Excel 2010, thirty searches a cell and half of all
        # its time. There are none here; a test compares every cell with LibreOffice.
        sheet._prepare_formula = _plain_formula
        heading = self.look("title", bold=True, font_size=14)
        sheet.write_string(TITLE_ROW - 1, 0, for_a_cell(f"{title}    {self.mark}".strip()), heading)
        if words:
            sheet.write_string(WORDS_ROW - 1, 0, for_a_cell(words), self.look("words", font_color="#4E5B67"))
        sheet.set_header(f"&L&A&C{self.mark.split(':')[0]}")
        sheet.set_footer("&CPage &P of &N")
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet


def _plain_formula(formula: str, *_) -> str:
    """A formula as the file keeps it: without the equals sign."""
    return formula.removeprefix("=")


@dataclass(eq=False)
class Table:
    """A table on its sheet. `cell("x", row)` and `range("x")` are how formulas speak of its columns.

    elsewhere  by the word before the colon: what {word:column} is in a row of this table
    """

    name: str
    columns: Sequence[Column]
    rows: int
    elsewhere: Mapping[str, Callable[[Table, str, int], str]] = field(default_factory=dict)
    first: int = FIRST_ROW

    def __post_init__(self):
        from xlsxwriter.utility import xl_col_to_name

        self.place = {column.name: at for at, column in enumerate(self.columns)}
        self.letters = {name: xl_col_to_name(at, col_abs=True) for name, at in self.place.items()}
        self.ranges = {name: f"'{self.name}'!{self.span(name, self.first, self.last)}" for name in self.place}

    @property
    def last(self) -> int:
        """The last row; an empty table keeps one blank row so that its ranges stand."""
        return self.first + max(self.rows, 1) - 1

    def cell(self, column: str, row: int) -> str:
        return f"{self.letters[column]}{row}"

    def span(self, column: str, first: int, last: int) -> str:
        """Some rows of a column on the same sheet."""
        letter = self.letters[column]
        return f"{letter}${first}:{letter}${last}"

    def range(self, column: str) -> str:
        """The whole column, from any sheet."""
        return self.ranges[column]

    def at(self, column: str, number: str) -> str:
        """The cell of the row that a number counted from 1 names, from any sheet."""
        return f"INDEX({self.range(column)},{number})"

    def sum(self, column: str, **where: str) -> str:
        """The sum of a column over the rows where other columns equal given cells. Criteria are numbers only:
        text would be read as a pattern by the spreadsheet program.
        """
        if not where:
            return f"SUM({self.range(column)})"
        tests = ",".join(f"{self.range(name)},{ref}" for name, ref in where.items())
        return f"SUMIFS({self.range(column)},{tests})"

    def written(self, formula: Formula | None, row: int) -> str | None:
        """The formula of a row, with the cells that its text names."""

        def place(name: re.Match) -> str:
            return self.elsewhere[name[1]](self, name[2], row) if name[1] else self.cell(name[2], row)

        text = formula(row) if callable(formula) else formula
        return text and NAMED.sub(place, text)

    def write(self, book: Book, title: str, words: str = ""):
        """Puts the table on a new sheet and returns the sheet."""
        sheet = book.sheet(self.name, title, words)
        heading = book.look("heading", bold=True, text_wrap=True, valign="top", bottom=1)
        for at, column in enumerate(self.columns):
            sheet.write_string(self.first - 2, at, column.heading, heading)
            longest = max((len(str(value)) for value in column.values[:200]), default=0) if column.number == TEXT else 0
            sheet.set_column(at, at, max(9, min(WIDEST_COLUMN, longest + 2)))
            self._fill(book, sheet, at, column)
        sheet.freeze_panes(self.first - 1, 1)
        sheet.repeat_rows(self.first - 2)
        sheet.print_area(0, 0, self.last - 1, max(0, len(self.columns) - 1))
        return sheet

    def _fill(self, book: Book, sheet, at: int, column: Column) -> None:
        live, still = book.format(column.number, True), book.format(column.number, column.fixed)
        for row, value in enumerate(map(cell, column.values), start=self.first):
            formula = self.written(column.formula, row)
            if formula is not None:
                sheet.write_formula(
                    row - 1,
                    at,
                    "=" + formula,
                    live,
                    "" if value is None else for_a_cell(value) if isinstance(value, str) else value,
                )
            elif value is None:
                sheet.write_blank(row - 1, at, None, still)
            elif isinstance(value, str):
                sheet.write_string(row - 1, at, for_a_cell(value), still)
            elif isinstance(value, bool | int | float):
                sheet.write_number(row - 1, at, float(value), still)
            else:
                sheet.write_datetime(row - 1, at, value, book.format(DAY, False))

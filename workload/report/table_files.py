"""Tables as files: CSV and Excel, with text that no spreadsheet program takes for a formula, link or number."""

from __future__ import annotations

import csv
import hashlib
import io
import math
import re
from collections.abc import Mapping
from datetime import date, datetime

import pandas as pd

BYTE_ORDER_MARK = "\ufeff"  # Excel reads a CSV as UTF-8 only with it
LONGEST_TEXT = 32_767  # Excel's limit for one cell
LONGEST_SHEET_NAME = 31
NARROWEST, WIDEST, ROWS_FOR_WIDTH = 10, 48, 200  # letters of a column, and rows that decide it
# Options of the workbook writer: what looks like a formula, a link or a number stays text.
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
BETWEEN = "\x1f"  # the separator of units: no cell holds it
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LEADING = re.compile(r"^[\s\"'\u200b\u200c\u200d\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]")
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")


def for_a_cell(text: str) -> str:
    """The text without control characters and half characters, at most as long as a cell may be."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST_TEXT]


def harmless(text: str) -> str:
    """Text for a CSV field: an apostrophe stands before what a spreadsheet program would run as a formula.

    >>> harmless("=1+1")
    "'=1+1"
    """
    starts = LEADING.match(text) or text.startswith(("\t", "\r"))
    return "'" + for_a_cell(text)[: LONGEST_TEXT - 1] if starts else for_a_cell(text)


def cell(value: object) -> object:
    """A value as files keep it: numbers, days and flags as they are, nothing as None, all else as text."""
    if hasattr(value, "item"):
        value = value.item()
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, pd.Timestamp | datetime):
        return value.date() if (value.hour, value.minute, value.second) == (0, 0, 0) else value.isoformat(sep=" ")
    if isinstance(value, bool | int | float | date):
        return value
    return str(value)


def as_csv(table: pd.DataFrame) -> bytes:
    """The table as CSV: UTF-8 with a byte order mark, every text quoted, no index."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([harmless(str(name)) for name in table.columns])
    for row in table.itertuples(index=False, name=None):
        values = map(cell, row)
        writer.writerow(
            [
                harmless(value)
                if isinstance(value, str)
                else ""
                if value is None
                else value.isoformat()
                if isinstance(value, date)
                else value
                for value in values
            ]
        )
    return (BYTE_ORDER_MARK + out.getvalue()).encode("utf-8")


def as_xlsx(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """The tables as one workbook, a sheet for each name. Text stays text: no formula, no link, no guessed number."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **AS_TEXT})
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    looks = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"text_wrap": True, "valign": "top"})
    taken: set[str] = set()
    for name, table in tables.items():
        sheet = book.add_worksheet(_sheet_name(name, taken))
        sheet.freeze_panes(1, 0)
        _for_print(sheet, len(table), len(table.columns))
        for at, column in enumerate(table.columns):
            sheet.write_string(0, at, for_a_cell(str(column)), heading)
            sheet.set_column(at, at, _width(str(column), table.iloc[:ROWS_FOR_WIDTH, at]))
        for at, row in enumerate(table.itertuples(index=False, name=None), start=1):
            for column, value in enumerate(map(cell, row)):
                _write(sheet, at, column, value, looks)
    book.close()
    return out.getvalue()


def _width(heading: str, values: pd.Series) -> float:
    """As wide as its longest text of the first rows, between ten and forty-eight letters; longer texts wrap."""
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    return max(NARROWEST, min(WIDEST, max(longest, len(heading)) + 2))


def _for_print(sheet, rows: int, columns: int) -> None:
    """One page wide, the headings on each page, nothing printed beyond the table."""
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, rows, max(0, columns - 1))


def _write(sheet, at: int, column: int, value: object, looks) -> None:
    """One value into one cell, by its type; long texts wrap."""
    day, wrapped = looks
    if isinstance(value, str):
        sheet.write_string(at, column, for_a_cell(value), *([wrapped] if len(value) > WIDEST else []))
    elif isinstance(value, bool):
        sheet.write_boolean(at, column, value)
    elif isinstance(value, int | float):
        if value == value:  # no value is an empty cell
            sheet.write_number(at, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(at, column, value, day)


def _sheet_name(name: str, taken: set[str]) -> str:
    """A sheet name that Excel takes and that is not taken yet."""
    base = NOT_IN_SHEET_NAMES.sub(" ", for_a_cell(name)).strip()[:LONGEST_SHEET_NAME] or "Sheet"
    made, number = base, 1
    while made.casefold() in taken:
        number += 1
        ending = f" {number}"
        made = base[: LONGEST_SHEET_NAME - len(ending)] + ending
    taken.add(made.casefold())
    return made


def digest(table: pd.DataFrame) -> str:
    """Eight letters that differ when the table does: they go into the name of a downloaded file."""
    seen = hashlib.sha256("|".join(map(str, table.columns)).encode("utf-8", "replace"))
    for _, column in table.items():
        is_number = pd.api.types.is_numeric_dtype(column)
        cells = (
            column.to_numpy(float).tobytes()
            if is_number
            else BETWEEN.join(map(str, column.tolist())).encode("utf-8", "replace")
        )
        seen.update(BETWEEN.encode() + cells)
    return seen.hexdigest()[:8]

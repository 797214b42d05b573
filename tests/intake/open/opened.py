"""Short ways to open a file in a test and to look at what came out."""

from __future__ import annotations

import io

import openpyxl

from workload.intake.open.limits import Limits
from workload.intake.open.opening import CellProblem, open_file

NO_RESULT = CellProblem("formula", "formula without a saved result")


def only_sheet(data, name="roster.xlsx"):
    """The first sheet of a file that opens."""
    opened = open_file(name, data)
    assert opened.refusal is None
    return opened.sheets[0]


def cell(sheet, row, column):
    """The value in a row and column of a sheet, both counted from 1; None outside."""
    at, of = row - sheet.first_row, column - 1
    return sheet.cells[of][at] if 0 <= of < sheet.columns and 0 <= at < sheet.rows else None


def cells(data, name="roster.xlsx"):
    """The columns of that sheet."""
    return only_sheet(data, name).cells


def refused(data, limits=Limits(), name="roster.xlsx"):  # noqa: B008
    """The refusal of a file that does not open."""
    opened = open_file(name, data, limits)
    assert opened.refusal is not None and opened.sheets == ()
    return opened.refusal


def codes(opened):
    """The codes of all notices."""
    return {notice.code for notice in (*opened.notices, *(n for s in opened.sheets for n in s.notices))}


def saved(book):
    """The bytes of an openpyxl workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(**values):
    """An openpyxl workbook with these values by cell name."""
    book = openpyxl.Workbook()
    for ref, value in values.items():
        book.active[ref] = value
    return book

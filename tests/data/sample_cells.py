"""Read a workbook of the sample as plain rows, without the library."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook

DATA = Path(__file__).resolve().parents[2] / "data"
SAMPLE = DATA / "sample"
NCES = DATA / "reference" / "nces_washington_schools.csv"


def cells_of(path: Path) -> dict[str, list[tuple]]:
    """Sheet name -> rows of values; dates as dates, rows cut after their last value."""
    book = load_workbook(path, read_only=True)
    cells = {}
    for sheet in book.worksheets:
        rows = []
        for row in sheet.iter_rows(values_only=True):
            rows.append(tuple(value.date() if isinstance(value, datetime) else value for value in row))
        cells[sheet.title] = rows
    book.close()
    return cells


def records_of(rows: list[tuple], header: int = 0) -> list[dict]:
    return [dict(zip(rows[header], row, strict=False)) for row in rows[header + 1 :]]

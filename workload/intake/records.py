"""A small table of plain records from an uploaded file: for logs and totals that are not part of the roster.

read = records_of("totals.xlsx", data, wanted=("required_minutes", "delivered_minutes"), known=COLUMN_OF)
read.records, read.refusal
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from workload.intake.open.opened import CellProblem, Opened, RawSheet, Refusal, Value
from workload.intake.open.opening import open_file
from workload.model.columns import EXAMPLE_PREFIX, normalized

ROWS_LOOKED_AT = 20  # headings stand in one of the first rows


@dataclass(frozen=True, eq=False)
class Records:
    """The rows under the headings, or why there are none. `rows` are the sheet's own row numbers."""

    records: tuple[Mapping[str, Value], ...] = ()
    rows: tuple[int, ...] = ()
    sheet: str = ""
    refusal: Refusal | None = None


def records_of(name: str, data: bytes, wanted: Collection[str], known: Mapping[str, str]) -> Records:
    """The rows of the first sheet of a file that has a heading for every wanted column.

    known  normalized heading -> column, as many headings as are understood. Records carry the headings as written.
    Never raises for anything a file can hold.
    """
    return records_in(open_file(name, data), wanted, known)


def records_in(opened: Opened, wanted: Collection[str], known: Mapping[str, str]) -> Records:
    """The same of a file that is open already."""
    if opened.refusal is not None:
        return Records(refusal=opened.refusal)
    for sheet in opened.sheets:
        at = _heading_row(sheet, wanted, known)
        if at is not None:
            return _rows(sheet, at, known)
    columns = ", ".join(each.replace("_", " ") for each in wanted)
    return Records(
        refusal=Refusal(
            "no-headings",
            f"No sheet has the columns {columns}.",
            "Give each of them a heading in the first row. Other columns may be there, too.",
        )
    )


def _heading_row(sheet: RawSheet, wanted: Collection[str], known: Mapping[str, str]) -> int | None:
    """The first row, counted from 0, that names every wanted column."""
    for at in range(min(sheet.rows, ROWS_LOOKED_AT)):
        found = {known.get(normalized(column[at])) for column in sheet.cells if isinstance(column[at], str)}
        if set(wanted) <= found:
            return at
    return None


def _rows(sheet: RawSheet, heading_row: int, known: Mapping[str, str]) -> Records:
    """The rows below the headings that hold something, without the template's examples and without rows of totals."""
    headings = {
        at: heading
        for at, column in enumerate(sheet.cells)
        if isinstance(heading := column[heading_row], str) and normalized(heading) in known
    }
    records: list[Mapping[str, Value]] = []
    rows: list[int] = []
    for at in range(heading_row + 1, sheet.rows):
        record = {heading: _plain(sheet.cells[column][at]) for column, heading in headings.items()}
        filled = [value for value in record.values() if value not in (None, "")]
        if filled and not any(isinstance(value, str) and _is_no_row(value) for value in filled):
            records.append(record)
            rows.append(sheet.sheet_row(at))
    return Records(tuple(records), tuple(rows), sheet.name)


def _is_no_row(text: str) -> bool:
    return text.startswith(EXAMPLE_PREFIX) or normalized(text) in ("total", "totals", "grand total", "sum")


def _plain(value: Value) -> Value:
    """The cell; a cell with an error shows its text, so that the reader of the row can say so."""
    if isinstance(value, CellProblem):
        return value.text or value.kind
    return value.date() if isinstance(value, datetime) else value

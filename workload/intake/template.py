"""The roster template: an empty workbook made from the same declarations that the importer reads by.

write_template("roster.xlsx")      # or `python -m workload.intake.template data/template/roster.xlsx`
"""

from __future__ import annotations

import io
import sys
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workload.model.columns import TABLES, Column, Table
from workload.model.school_year import PERIODS
from workload.model.whole_file import write_whole

HOW_TO = "Start here"
EXAMPLE_ROWS = 3  # under the headings; the reader skips them
NEEDED = "Needed in every row."
PRINTED_ROWS = 40
ROWS = 5_000  # drop-downs and text formats reach down to this row
WRITTEN = datetime(2026, 7, 1)  # fixed, so that the same program writes the same bytes
SHORTEST, LONGEST = 12, 26  # width of a column in letters
PERIOD_CHOICES = (*PERIODS, "6-day cycle")
KINDS = {
    "id": "Text. Leading zeros stay as typed.",
    "name": "Text.",
    "text": "Text.",
    "school": "A school as written on the Schools sheet, or its code.",
    "therapist": "A person as written on the Therapists sheet.",
    "number": "One number.",
    "whole": "One whole number.",
    "date": "A full date, for example 9/1/2026.",
    "yes_no": "yes or no.",
    "choice": "One of the list.",
    "period": "One of the list, or another cycle such as 4-day cycle.",
    "phrase": "Words, for example 2 x 30 min weekly.",
    "clock": "A time of day, for example 8:30 or 14:15.",
    "day_plan": "One day after the other, for example Mon: Oak; Tue: Oak, Elm.",
}
STEPS = (
    "Fill in the sheet Services: one row for each student and service. The other five sheets make the answer more exact.",
    "Six columns matter first: Student id, School, Minutes a session, Sessions, In each, Therapist. The others may stay empty.",
    "30, 2, week means two sessions of 30 minutes each week. You may write it in words instead: 2 x 30 min weekly.",
    "The rows that begin with EXAMPLE show how it is done. They are skipped on loading; delete them or leave them.",
    "Use student ids rather than names. A name is turned into a code on loading and is not kept.",
    "Leave a cell empty when you do not know the value. What it then means stands in the note on its heading.",
    "Write vacant where nobody serves a student. That work is shown as Unassigned.",
    "Other columns may be added. You are shown what each of them was taken for.",
)
TEXT_KINDS = frozenset(KINDS) - {"number", "whole", "date"}


def write_template(target: str | Path | BinaryIO) -> None:
    """Write the template workbook to a path or an open binary file. The bytes are always the same."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties({"title": "Occupational therapy roster", "created": WRITTEN})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "top"}),
        "needed": book.add_format(
            {"bold": True, "bg_color": "#F8D9A8", "border": 1, "text_wrap": True, "valign": "top"}
        ),
        "second": book.add_format(
            {"bold": True, "bg_color": "#EFEFEF", "border": 1, "text_wrap": True, "valign": "top"}
        ),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "number": book.add_format({"num_format": "General"}),
        "example": book.add_format({"italic": True, "font_color": "#595959", "num_format": "@"}),
        "example_date": book.add_format({"italic": True, "font_color": "#595959", "num_format": "yyyy-mm-dd"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "bold": book.add_format({"bold": True}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _how_to_sheet(book.add_worksheet(HOW_TO), formats)
    for table in TABLES:
        _table_sheet(book.add_worksheet(table.sheet), table, formats)
    book.close()
    if isinstance(target, str | Path):
        write_whole(Path(target), made.getvalue())
    else:
        target.write(made.getvalue())


def columns_of(table: Table) -> list[Column]:
    """The columns that the template offers: the ones that matter first, then the others."""
    offered = [column for column in table.columns if column.template]
    return sorted(offered, key=lambda column: column.template != "first")


def _table_sheet(sheet: Worksheet, table: Table, formats: dict[str, Format]) -> None:
    for at, column in enumerate(columns_of(table)):
        look = "needed" if when_empty(table, column) == NEEDED else "head" if column.template == "first" else "second"
        sheet.write_string(0, at, column.label, formats[look])
        sheet.write_comment(0, at, comment(table, column), {"x_scale": 2, "y_scale": 1.2})
        sheet.set_column(at, at, min(LONGEST, max(SHORTEST, len(column.label) + 3)), formats[_cell_format(column)])
        _example(sheet, at, column, formats)
        choices = _choices(column)
        if choices:
            sheet.data_validation(
                1 + EXAMPLE_ROWS,
                at,
                ROWS,
                at,
                {
                    "validate": "list",
                    "source": list(choices),
                    "error_type": "warning",
                    "ignore_blank": True,
                    "error_title": column.label[:32],
                    "error_message": f"Usual values: {', '.join(choices)}"[:255],
                },
            )
    sheet.freeze_panes(1, 1)
    _prints_well(sheet, len(columns_of(table)))


def _prints_well(sheet: Worksheet, columns: int) -> None:
    """One page wide, lying, with the headings on each page and no empty pages behind."""
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, PRINTED_ROWS, columns - 1)


def _cell_format(column: Column) -> str:
    return "text" if column.kind in TEXT_KINDS else "date" if column.kind == "date" else "number"


def _choices(column: Column) -> tuple[str, ...]:
    """The values of a drop-down; empty for a free column."""
    return {"choice": column.choices, "period": PERIOD_CHOICES, "yes_no": ("yes", "no")}.get(column.kind, ())


def comment(table: Table, column: Column) -> str:
    """What a column is, what to write, and what becomes of an empty cell: the note on its heading."""
    parts = [f"{column.meaning}.", KINDS[column.kind]]
    if column.unit and column.minimum is not None:
        parts.append(f"{column.minimum:g} to {column.maximum:,.10g} {column.unit}.")
    if column.choices:
        parts.append(f"Values: {', '.join(column.choices)}.")
    return "\n".join((*parts, when_empty(table, column)))


def when_empty(table: Table, column: Column) -> str:
    """What becomes of an empty cell of the column, as the reader does it."""
    if column.empty:
        return f"Empty means {column.empty}."
    group = next((group for group in table.required if column.name in group), None)
    if group is None:
        return "May be empty."
    others = [name for name in group if name != column.name]
    return f"Needed where {' and '.join(others)} is empty." if others else NEEDED


def _example(sheet: Worksheet, at: int, column: Column, formats: dict[str, Format]) -> None:
    for row, example in enumerate(column.examples, 1):
        if isinstance(example, date):
            sheet.write_datetime(row, at, datetime.combine(example, datetime.min.time()), formats["example_date"])
        elif isinstance(example, int | float):
            sheet.write_number(row, at, example, formats["example"])
        elif example:
            sheet.write_string(row, at, str(example), formats["example"])


def _how_to_sheet(sheet: Worksheet, formats: dict[str, Format]) -> None:
    """The steps, and every column of every sheet with its meaning."""
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 24)
    sheet.set_column(2, 3, 58, formats["wrap"])
    sheet.write_string(0, 0, "How to fill in this workbook", formats["title"])
    row = 2
    for number, step in enumerate(STEPS, 1):
        sheet.write_string(row, 0, f"Step {number}", formats["bold"])
        sheet.write_string(row, 1, step)
        row += 1
    row += 1
    for at, heading in enumerate(("Sheet", "Column", "Meaning", "What to write")):
        sheet.write_string(row, at, heading, formats["bold"])
    for table in TABLES:
        row += 1
        sheet.write_string(row, 0, table.sheet, formats["bold"])
        sheet.write_string(row, 2, table.meaning, formats["wrap"])
        for column in columns_of(table):
            row += 1
            sheet.write_string(row, 1, column.label)
            sheet.write_string(row, 2, f"{column.meaning}.", formats["wrap"])
            sheet.write_string(row, 3, comment(table, column).split("\n", 1)[1].replace("\n", " "), formats["wrap"])


if __name__ == "__main__":
    write_template(Path(sys.argv[1]))

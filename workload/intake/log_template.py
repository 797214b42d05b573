"""The empty time log: one sheet to fill in by hand or in Excel, and the list of activities with their meaning."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from workload.intake.template import WRITTEN
from workload.model.columns import EXAMPLE_PREFIX, TIME_LOG

ROWS = 2_000
EXAMPLE: Mapping[str, object] = {
    "therapist": f"{EXAMPLE_PREFIX} Avery",
    "date": "9/21/2026",
    "start": "8:00",
    "end": "8:45",
    "outside_contract": "no",
}
HOW_TO = (
    "Write one row for each stretch of work, as it happens. A quarter of an hour is fine enough.",
    "Give a start and an end, or the minutes.",
    "Write yes under Outside contract hours for work before or after contract hours, in the evening or at the weekend.",
    "Log lunch and breaks, too. They are not work, but a day without one is worth knowing.",
    "Five days in a row is the usual study. Students' names do not belong here.",
)


def log_template(activities: Sequence[tuple[str, str]]) -> bytes:
    """The template as xlsx. `activities` are (label, meaning); the labels become the drop-down."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Time log", "created": WRITTEN})
    head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
    text, example = book.add_format({"num_format": "@"}), book.add_format({"italic": True, "font_color": "#595959"})
    sheet, words = book.add_worksheet(TIME_LOG.sheet), book.add_worksheet("Activities")
    filled = {**EXAMPLE, "activity": activities[0][0]}
    for at, column in enumerate(TIME_LOG.columns):
        sheet.write_string(0, at, column.label, head)
        sheet.set_column(at, at, 34 if column.name == "activity" else 18, text)
        sheet.write_string(1, at, str(filled.get(column.name, "")), example)
        if column.name == "activity":
            sheet.data_validation(
                1, at, ROWS, at, {"validate": "list", "source": f"=Activities!$A$2:$A${len(activities) + 1}"}
            )
        if column.name == "outside_contract":
            sheet.data_validation(1, at, ROWS, at, {"validate": "list", "source": ["yes", "no"]})
    sheet.freeze_panes(1, 0)
    for at, heading in enumerate(("Activity", "What belongs to it")):
        words.write_string(0, at, heading, head)
        words.set_column(at, at, 48)
    for row, (label, meaning) in enumerate(activities, 1):
        words.write_string(row, 0, label)
        words.write_string(row, 1, meaning)
    for row, line in enumerate(HOW_TO, len(activities) + 3):
        words.write_string(row, 0, line)
    book.close()
    return out.getvalue()

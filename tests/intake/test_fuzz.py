"""Anything in any cell of a tidy workbook: never an exception, every row accounted for, no child named.

OT_STAFFING_EXAMPLES=20000 runs it for longer.
"""

import io
import json
import os
from datetime import date, datetime, time

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from tests.intake.rosters import SECRET, rows_add_up
from tests.support.rosters import DAY, random_tables
from workload.answer import analyze
from workload.intake.load import load
from workload.intake.open.opened import CellProblem, Opened, RawSheet
from workload.model.columns import TABLES
from workload.model.issues import stops

EXAMPLES = int(os.environ.get("OT_STAFFING_EXAMPLES", "150"))
TIDY = random_tables(7, students=6, people=3, schools=3)
WORDS = (
    "30 min weekly",
    "2x30",
    "biweekly",
    "60 mpm",
    "vacant",
    "Total",
    "School: Oak",
    "N/A",
    "#REF!",
    "1,200",
    "80%",
    "18-22",
    "=1+1",
    "Kim/Lee",
    "9/1/25",
    "13/45/2026",
    "Student ID",
    "Minutes",
    "EXAMPLE-1",
    "uri://ed-fi.org/X#Week",
    "yes",
    "x",
    "\u00bd hr",
    "0.5.1",
)
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=40),
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(" ".join),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.builds(
        CellProblem,
        st.sampled_from(["error", "formula", "number", "duration", "date"]),
        st.sampled_from(["#REF!", "#N/A", "25:00:00"]),
    ),
)
edits = st.lists(st.tuples(st.sampled_from(sorted(TIDY)), st.integers(0, 12), st.integers(0, 17), values), max_size=12)


def sheet_of(table, rows):
    """The tidy rows of a table as an opened sheet, headings first."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = [[name, *(row.get(name) for row in rows)] for name in names]
    return RawSheet(table.replace("_", " ").capitalize(), "visible", len(rows) + 1, len(names), 1, columns)


def opened_with(changes):
    sheets = {table: sheet_of(table, rows) for table, rows in TIDY.items() if rows}
    for table, row, column, value in changes:
        if table in sheets and row < sheets[table].rows and column < sheets[table].columns:
            sheets[table].cells[column][row] = value
    return Opened("roster.xlsx", "xlsx", "0" * 64, tuple(sheets.values()))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits)
def test_any_value_in_any_cell_ends_in_a_roster_or_an_issue(changes):
    loaded = load([opened_with(changes)], secret=SECRET)
    assert rows_add_up(loaded)
    assert len(loaded.roster.services) >= loaded.roster.rows("counted")
    json.dumps([issue.as_dict() for issue in loaded.roster.issues], allow_nan=False)
    if not stops(loaded.roster.issues):
        required = analyze(loaded.roster, DAY).district["required_fte"]
        assert required == required and required >= 0
    for question in loaded.questions:
        assert question.choices and question.message


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.text(max_size=24), min_size=1, max_size=14),
    st.lists(st.lists(values, min_size=1, max_size=14), max_size=8),
)
def test_any_table_at_all_ends_in_a_roster_or_an_issue(headings, rows):
    known = [column.name for table in TABLES for column in table.columns]
    heads = [known[len(text) * 7 % len(known)] if at % 2 else text for at, text in enumerate(headings)]
    cells = [[head, *(row[at] if at < len(row) else None for row in rows)] for at, head in enumerate(heads)]
    sheet = RawSheet("Sheet1", "visible", len(rows) + 1, len(heads), 1, cells)
    loaded = load([Opened("any.xlsx", "xlsx", "0" * 64, (sheet,))], secret=SECRET)
    assert rows_add_up(loaded)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits)
def test_no_child_is_named_whatever_stands_in_the_other_cells(changes):
    opened = opened_with([change for change in changes if change[2] > 1])
    services = next(sheet for sheet in opened.sheets if sheet.name == "Services")
    services.cells[0][1:] = [f"Canary, Zyx{at}" for at in range(services.rows - 1)]  # the student column
    loaded = load([opened], secret=SECRET)
    said = json.dumps([issue.as_dict() for issue in loaded.roster.issues]) + repr(loaded.questions) + repr(loaded.files)
    assert "Canary" not in said and "Zyx" not in said


@settings(max_examples=max(8, EXAMPLES // 20), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits)
def test_any_value_that_a_workbook_can_hold_comes_through_the_child(changes):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table, rows in TIDY.items():
        if rows:
            sheet = book.create_sheet(table.capitalize())
            for row in zip(*sheet_of(table, rows).cells, strict=True):
                sheet.append(row)
    for table, row, column, value in changes:
        if isinstance(value, CellProblem) or table.capitalize() not in book.sheetnames:
            continue
        if isinstance(value, date | datetime) and not 1900 < value.year < 9999:
            continue
        if isinstance(value, datetime | time):
            value = value.replace(tzinfo=None)
        if isinstance(value, str):
            value = ILLEGAL_CHARACTERS_RE.sub("", value).encode("utf-8", "ignore").decode()
        book[table.capitalize()].cell(row + 1, column + 1).value = value
    out = io.BytesIO()
    book.save(out)
    assert rows_add_up(load([("roster.xlsx", out.getvalue())], secret=SECRET))

import io
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from tests.intake.rosters import SECRET, codes
from workload.intake.load import load
from workload.intake.open.opening import open_file
from workload.intake.template import EXAMPLE_ROWS, HOW_TO, NEEDED, columns_of, comment, when_empty, write_template
from workload.model.columns import TABLES, TIME_LOG

COMMITTED = Path(__file__).parents[2] / "data" / "template" / "roster.xlsx"


@cache
def template() -> bytes:
    """The template, written once for all tests that only read it."""
    return written()


def written() -> bytes:
    file = io.BytesIO()
    write_template(file)
    return file.getvalue()


def test_the_template_loads_back_with_nothing_to_say_but_that_it_has_no_students():
    result = load([("roster.xlsx", template())], secret=SECRET)
    assert codes(result) == {"no-students"} and not result.questions
    assert result.roster.excluded == {"example": 3}
    found = {table.table: table for file in result.files for sheet in file.sheets for table in sheet.tables}
    for table in TABLES:
        assert [column.name for column in found[table.name].columns] == [column.name for column in columns_of(table)]
        assert {column.sure for column in found[table.name].columns} == {"exact alias"}


def test_every_table_has_an_example_row_that_is_skipped():
    result = load([("roster.xlsx", template())], secret=SECRET)
    assert [dict(count.excluded) for count in result.roster.row_counts] == [
        {"example": len(table.columns[0].examples or table.columns[1].examples)} for table in TABLES
    ]


def test_the_template_is_the_same_bytes_every_time_and_the_committed_one():
    assert written() == written() == COMMITTED.read_bytes()


def test_the_sheets_stand_in_the_order_of_the_contract():
    opened = open_file("roster.xlsx", template())
    assert [sheet.name for sheet in opened.sheets] == [HOW_TO, *(table.sheet for table in TABLES)]


@pytest.mark.parametrize("part", ["xl/comments1.xml", "xl/worksheets/sheet2.xml"])
def test_the_template_has_comments_drop_downs_and_no_macros(part):
    with zipfile.ZipFile(io.BytesIO(template())) as packed:
        names = packed.namelist()
        text = packed.read(part).decode()
    assert not any("vba" in name.lower() for name in names)
    assert ("dataValidation" in text and "frozen" in text) if "sheet" in part else "Needed in every row" in text


# --- what a note says of an empty cell is what the reader does ----------------------------------------------

DAY = date(2026, 9, 21)
FIRST = 2 + EXAMPLE_ROWS  # the sheet row under the examples
# One row of each sheet in which every column is filled in, with another value than an empty cell means.
FULL = {
    "services": {
        "student_id": "1",
        "school": "Oak",
        "grade": "2",
        "plan": "504",
        "delivery": "group",
        "minutes_per_session": 30,
        "sessions": 2,
        "period": "week",
        "group_size": 3,
        "group_id": "g",
        "therapist": "Ann Lee",
        "start": DAY,
        "end": DAY,
        "iep_date": DAY,
        "reeval_date": DAY,
        "compensatory_minutes": 60,
        "compensatory_due": DAY,
        "esy": "yes",
        "service": "OT",
        "frequency_text": None,
    },
    "therapists": {
        "therapist": "Ann Lee",
        "role": "OTA",
        "fte": 0.5,
        "hours_per_week": 20,
        "employment": "agency",
        "annual_cost": 1000,
        "hourly_rate": 50,
        "base_school": "Oak",
        "days": "Mon: Oak",
        "supervisor": "Bob Ray",
        "named_duty_hours": 1,
        "mtss_hours": 1,
        "leave_start": DAY,
        "leave_end": DAY,
        "start": DAY,
        "end": DAY,
    },
    "schools": {
        "school": "Oak",
        "school_code": "1",
        "level": "Elementary",
        "enrollment": 10,
        "latitude": 40,
        "longitude": -90,
        "region": "North",
    },
    "evaluations": {
        "student_id": "1",
        "school": "Oak",
        "type": "initial",
        "due": DAY,
        "completed": DAY,
        "consent": DAY,
        "therapist": "Ann Lee",
    },
    "travel": {"from": "Oak", "to": "Elm", "minutes": 5},
    "time_log": {
        "therapist": "Ann Lee",
        "date": DAY,
        "activity": "direct",
        "minutes": 50,
        "start": "8:00",
        "end": "9:00",
        "school": "Oak",
        "outside_contract": "yes",
    },
}
MORE = {
    "therapists": {"therapist": "Bob Ray", "role": "OT", "fte": 1.0},
    "schools": {"school": "Elm", "school_code": "2"},
}
READ_AS = {"student_id": "student"}
# what an empty cell means -> the value that the reader makes of it; every other meaning leaves the cell without a value
VALUES = {
    "IEP": "IEP",
    "individual": "individual",
    "OT": "OT",
    "employee": "employee",
    "no": False,
    "the time from start to end; a row without either is not counted": 60,
}
COLUMNS = [(table, column) for table in TABLES for column in columns_of(table)]


def filled_in(*empty):
    """The template with one full row in each sheet, but for some (table, column) cells."""
    book = openpyxl.load_workbook(io.BytesIO(template()))
    for table in TABLES:
        sheet = book[table.sheet]
        labels = {column.label: column.name for column in columns_of(table)}
        place = {labels[cell.value]: cell.column for cell in sheet[1]}
        assert set(FULL[table.name]) == set(place)
        for number, row in enumerate([FULL[table.name], MORE.get(table.name, {})]):
            for name, value in row.items():
                if number or (table.name, name) not in empty:
                    sheet.cell(FIRST + number, place[name], value)
    data = io.BytesIO()
    book.save(data)
    return load([("roster.xlsx", data.getvalue())], secret=SECRET)


def first_row(result, table):
    """The full row as read; None when it is not counted."""
    rows = getattr(result.roster, table.name)
    rows = rows[rows["row"] == FIRST]
    return None if rows.empty else rows.iloc[0]


def test_a_full_row_of_each_sheet_is_read_without_a_word():
    result = filled_in()
    assert not result.roster.issues and not result.questions
    assert all(first_row(result, table) is not None for table in TABLES)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda each: each.name)
def test_the_note_on_a_heading_says_what_the_reader_does_with_an_empty_cell(table, column):
    says = when_empty(table, column)
    assert comment(table, column).endswith(says)
    result = filled_in((table.name, column.name))
    row = first_row(result, table)
    if says == NEEDED:
        assert row is None
        return
    if "waits until somebody says" in says:
        assert row is None and result.questions
        return
    assert row is not None
    value = row.get(READ_AS.get(column.name, column.name))
    if column.empty in VALUES:
        assert value == VALUES[column.empty]
    else:
        assert value is None or value != value
    if says == "May be empty.":
        assert not result.roster.issues and not result.questions
    elif says.startswith("Needed where"):
        (others,) = [group for group in table.required if column.name in group]
        assert all(name in says for name in others if name != column.name)
        assert first_row(filled_in(*((table.name, name) for name in others)), table) is None
    else:
        assert says == f"Empty means {column.empty}."


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_row_is_counted_when_each_group_of_needed_columns_has_a_cell_and_not_without_one(table):
    needed = {name for group in table.required for name in group}
    if table.name == "services":
        needed |= {"school"}  # a row with one cell is a heading or a note
    everything_else = [(table.name, name) for name in FULL[table.name] if name not in needed]
    assert first_row(filled_in(*everything_else), table) is not None
    for group in table.required:
        gone = {*group, *(("start", "end") if table.name == "time_log" and group == ("minutes",) else ())}
        assert first_row(filled_in(*((table.name, name) for name in gone)), table) is None


def test_minutes_of_a_log_come_from_its_clock_times_and_a_row_without_either_is_not_counted():
    assert first_row(filled_in(("time_log", "minutes")), TIME_LOG)["minutes"] == 60
    assert first_row(filled_in(("time_log", "minutes"), ("time_log", "end")), TIME_LOG) is None

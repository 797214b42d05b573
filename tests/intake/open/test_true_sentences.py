"""Refusals that are true, whatever the file: tables that are large, headings that are shifted, letters that are wide."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from workload.intake.load import load
from workload.intake.open.limits import Limits
from workload.intake.open.opening import open_file

HEADINGS = "Student ID,School,Minutes per week,Therapist"


def rows_of(opened):
    return load([opened], secret=b"s" * 32).roster.services if not opened.refusal else None


def book(rows) -> bytes:
    made, file = openpyxl.Workbook(), io.BytesIO()
    made.active.title = "Services"
    for row in rows:
        made.active.append(row)
    made.save(file)
    return file.getvalue()


def test_a_table_that_is_larger_than_is_read_is_not_called_a_stray_entry():
    data = book([["Student ID", "Minutes per week"], *([number, 30] for number in range(20))])
    refused = open_file("large.xlsx", data, Limits(rows=10)).refusal
    said = f"{refused.message} {refused.remedy}"
    assert refused.code == "far-cell" and "A11" in said and "split it" in said
    assert "stray" not in said and "delete its row" not in said


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-32"])
def test_text_in_wide_letters_is_read_with_and_without_a_mark(encoding):
    text = HEADINGS + "\r\n" + "".join(f"{number},Oak,30,Kim\r\n" for number in range(9))
    assert len(rows_of(open_file("wide.csv", text.encode(encoding)))) == 9


def test_a_file_whose_headings_are_one_short_says_so_first():
    text = HEADINGS + "\n" + "".join(f"{number},2025-11-20,Oak,30,Kim\n" for number in range(5))
    refused = open_file("shifted.csv", text.encode()).refusal
    assert refused.code == "csv-shifted" and "4 headings" in refused.message and "5 values" in refused.message


def test_a_separator_at_the_end_of_each_line_shifts_nothing():
    text = HEADINGS + "\n" + "".join(f"{number},Oak,30,Kim,\n" for number in range(5))
    assert len(rows_of(open_file("trailing.csv", text.encode()))) == 5


def test_blanks_between_the_elements_of_a_sheet_are_no_long_text():
    whole, spaced = book([["Student ID", "Minutes per week"], [1, 30], [2, 60]]), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(spaced, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"<row ", b" " * 300_000 + b"<row ") if "sheet1" in name else part)
    assert open_file("spaced.xlsx", spaced.getvalue()).refusal is None


def test_an_error_beside_a_frequency_is_named_and_the_row_is_not_counted_without_minutes():
    made, file = openpyxl.Workbook(), io.BytesIO()
    sheet = made.active
    sheet.title = "Services"
    sheet.append(["Student ID", "School", "Minutes", "Frequency", "Therapist"])
    for number in range(6):
        sheet.append([number, "Oak", "#REF!" if number == 2 else 30, "2x weekly", "Kim"])
    sheet["C4"].data_type = "e"
    made.save(file)
    roster = load([("errors.xlsx", file.getvalue())], secret=b"s" * 32).roster
    assert roster.rows("counted") == 5 and roster.rows("unreadable") == 1
    assert any("#REF!" in issue.message and issue.row == 4 for issue in roster.issues)

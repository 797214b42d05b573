"""Corrections: put in before reading, kept apart from the file, written back with the layout."""

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from tests.intake.rosters import SECRET, codes, loaded, only, services
from workload.intake.by_hand.corrected_cells import Edits
from workload.intake.by_hand.corrected_file import CannotCorrect, corrected_workbook
from workload.intake.load import load, open_files
from workload.intake.open.opening import open_file

PHRASES = ("student_id", "frequency_text")
EDITS = Edits().with_edit("roster.xlsx", "Services", 2, "frequency_text", "2 x 30 min weekly")


def roster():
    """A workbook with a layout worth keeping."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Services"
    for row in (PHRASES, ["001", "biweekly 30"], ["002", "30 min weekly"], ["003", "=1+1"]):
        sheet.append(list(row))
    sheet["A1"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet.column_dimensions["B"].width = 44
    sheet.freeze_panes = "A2"
    book.create_sheet("Notes")["A1"] = "keep me"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_correction_is_read_in_place_of_the_cell():
    data = services(["1", "biweekly"], ["2", "30 min weekly"], columns=PHRASES)
    before = load([("roster.xlsx", data)], secret=SECRET)
    after = load([("roster.xlsx", data)], secret=SECRET, edits=EDITS)
    assert before.roster.services["total_minutes"].tolist() == [30] and after.roster.services[
        "total_minutes"
    ].tolist() == [60, 30]
    assert before.roster.digest != after.roster.digest


def test_opened_files_stay_as_they_are():
    opened = open_files([("roster.xlsx", services(["1", "15 min weekly"], columns=PHRASES))])
    load(opened, secret=SECRET, edits=EDITS)
    assert load(opened, secret=SECRET).roster.services["total_minutes"].tolist() == [15]


def test_an_empty_correction_clears_the_cell_and_the_last_one_counts():
    data = services(["1", "15 min weekly", "Oak"], columns=(*PHRASES, "school"))
    cleared = load(
        [("roster.xlsx", data)],
        secret=SECRET,
        edits=EDITS.with_edit("roster.xlsx", "Services", 2, "frequency_text", " "),
    )
    assert cleared.roster.services["total_minutes"].isna().tolist() == [True] and cleared.roster.rows("counted") == 1


def test_a_correction_without_its_cell_is_told():
    data = services(["1", "15 min weekly"], columns=PHRASES)
    result = load(
        [("roster.xlsx", data)],
        secret=SECRET,
        edits=EDITS.with_edit("roster.xlsx", "Services", 9, "frequency_text", "x"),
    )
    assert only(result, "correction-lost").row == 9 and result.roster.services["total_minutes"].tolist() == [60]
    other = load(
        [("roster.xlsx", data)],
        secret=SECRET,
        edits=Edits().with_edit("roster.xlsx", "Services", 2, "No such column", "x"),
    )
    assert only(other, "correction-lost").column == "No such column"
    assert "correction-lost" not in codes(loaded(data))


def test_the_digest_of_edits_does_not_depend_on_their_order():
    one = Edits().with_edit("a", "b", 1, "c", "x").with_edit("a", "b", 2, "c", "y")
    other = Edits().with_edit("a", "b", 2, "c", "y").with_edit("a", "b", 1, "c", "x")
    assert (
        one.digest == other.digest != ""
        and Edits().digest == ""
        and one.without(("a", "b", 1, "c")).digest != one.digest
    )


def test_the_corrected_workbook_keeps_its_layout_and_marks_the_cell():
    corrected = corrected_workbook("roster.xlsx", roster(), EDITS)
    book = openpyxl.load_workbook(io.BytesIO(corrected.data))
    sheet = book["Services"]
    assert corrected.keeps_layout and corrected.name == "roster corrected.xlsx"
    assert sheet["B2"].value == "2 x 30 min weekly" and "biweekly 30" in sheet["B2"].comment.text
    assert (sheet["A2"].value, sheet["B4"].value, sheet["B3"].comment) == ("001", "=1+1", None)
    assert sheet["A1"].fill.fgColor.rgb.endswith("FFFF00") and sheet.column_dimensions["B"].width == 44
    assert sheet.freeze_panes == "A2" and book["Notes"]["A1"].value == "keep me"


def test_the_corrected_workbook_reads_as_the_corrected_roster_does():
    first = load([("roster.xlsx", roster())], secret=SECRET, edits=EDITS).roster
    again = loaded(corrected_workbook("roster.xlsx", roster(), EDITS).data).roster
    assert first.services["total_minutes"].tolist() == again.services["total_minutes"].tolist()


def test_a_text_that_begins_like_a_formula_is_written_as_text():
    edits = Edits().with_edit("roster.xlsx", "Services", 2, "frequency_text", '=HYPERLINK("x")')
    cell = openpyxl.load_workbook(io.BytesIO(corrected_workbook("roster.xlsx", roster(), edits).data))["Services"]["B2"]
    assert cell.data_type == "s"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_text_file_keeps_every_other_line_byte_for_byte(encoding, delimiter):
    lines = [
        "student_id,frequency_text,school",
        '001,biweekly 30,"Pe\u00f1a, West"',
        '002,30 min weekly,"Oak\r\nHill"',
        "003,45 min weekly,Elm",
    ]
    if delimiter != ",":
        lines = [line.replace(", ", "~").replace(",", delimiter).replace("~", ", ") for line in lines]
    data = "".join(line + "\r\n" for line in lines).encode(encoding)
    edits = (
        Edits()
        .with_edit("a.csv", "Sheet1", 3, "frequency_text", "60 min weekly")
        .with_edit("a.csv", "Sheet1", 4, "school", "=1")
    )
    corrected = corrected_workbook("a.csv", data, edits)
    text = corrected.data.decode(encoding)
    assert corrected.keeps_layout and corrected.name == "a corrected.csv" and text.count("\r\n") == 5
    assert text.split("\r\n")[:2] == "".join(line + "\r\n" for line in lines).split("\r\n")[:2]
    table = open_file("a.csv", corrected.data).sheets[0].cells
    assert table[1] == ["frequency_text", "biweekly 30", "60 min weekly", "45 min weekly"]
    assert [value.replace("\r\n", "\n") for value in table[2]][2:] == ["Oak\nHill", "'=1"]


def test_other_kinds_are_written_as_a_new_workbook_with_their_values():
    page = (
        b"<html><table><tr><th>student_id</th><th>frequency_text</th></tr><tr><td>1</td><td>biweekly 30</td></tr>"
        b"</table></html>"
    )
    sheet = open_file("report.xls", page).sheets[0].name
    edits = Edits().with_edit("report.xls", sheet, 2, "frequency_text", "30 min weekly")
    corrected = corrected_workbook("report.xls", page, edits)
    assert not corrected.keeps_layout and corrected.name == "report corrected.xlsx"
    assert loaded(corrected.data).roster.services["total_minutes"].tolist() == [30]


def test_dates_and_numbers_survive_in_a_new_workbook(monkeypatch):
    monkeypatch.setattr("workload.intake.by_hand.corrected_file.IN_PLACE", ())
    data = services(
        ["1", 30, date(2026, 9, 1)], ["2", 45, date(2026, 9, 2)], columns=("student_id", "minutes_per_week", "start")
    )
    corrected = corrected_workbook(
        "roster.xlsx", data, Edits().with_edit("roster.xlsx", "Services", 3, "minutes_per_week", "60")
    )
    lines = loaded(corrected.data).roster.services
    assert lines["total_minutes"].tolist() == [30, 60] and [str(day.date()) for day in lines["start"]] == [
        "2026-09-01",
        "2026-09-02",
    ]


def test_a_file_that_does_not_open_is_not_corrected():
    with pytest.raises(CannotCorrect, match="0 bytes"):
        corrected_workbook("roster.xlsx", b"", EDITS)


def test_a_writer_that_fails_falls_back_to_the_values(monkeypatch, tmp_path):
    child = tmp_path / "child.py"
    child.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    monkeypatch.setattr("workload.intake.by_hand.corrected_file._CHILD", child)
    corrected = corrected_workbook("roster.xlsx", roster(), EDITS)
    assert not corrected.keeps_layout
    assert openpyxl.load_workbook(io.BytesIO(corrected.data))["Services"]["B2"].value == "2 x 30 min weekly"

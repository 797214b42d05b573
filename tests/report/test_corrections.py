"""Correction sheets: handed out one by one, read back as proposals, decided, logged, applied."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from tests.report.packets import sample_answer, workbook
from workload.answer import analyze
from workload.intake.open.opening import open_file
from workload.model.roster import typed
from workload.report.corrections.correction_sheet import LINES, MISSING, POST, correction_sheet
from workload.report.corrections.correction_words import log_table, what
from workload.report.corrections.returned_sheets import decide, read_corrections, with_corrections
from workload.staffing.tables import codes_for

NAME = "Marisol Tennant"
ON = date(2026, 10, 5)


def labels() -> dict[str, str]:
    return codes_for(sample_answer().therapists)


def sheet(name: str = NAME) -> openpyxl.Workbook:
    """The sheet of one therapist, ready to be filled in."""
    return openpyxl.load_workbook(io.BytesIO(correction_sheet(sample_answer(), name, labels()[name], "INTERNAL: test")))


def read(book: openpyxl.Workbook):
    """What a filled-in sheet proposes."""
    out = io.BytesIO()
    book.save(out)
    return read_corrections(open_file("corrections.xlsx", out.getvalue()), sample_answer(), labels())


def column(page, heading: str) -> int:
    return next(cell.column for cell in page[4] if cell.value == heading)


def test_an_empty_sheet_proposes_nothing():
    found = read(sheet())
    assert (found.changes, found.issues, found.label) == ((), (), labels()[NAME])


def test_the_sheet_holds_the_persons_own_lines_and_nobodys_name():
    rows = list(sheet()[LINES].iter_rows(min_row=5, values_only=True))
    lines = sample_answer().lines
    assert len(rows) == (lines["therapist"] == NAME).sum() > 30
    assert {row[3] for row in rows} == set(lines[lines["therapist"] == NAME]["student"])
    text = str([list(page.values) for page in workbook(correction_sheet(sample_answer(), NAME, labels()[NAME]))])
    assert not any(name in text for name in labels())


def test_changes_come_back_with_before_and_after_and_move_the_answer_when_accepted():
    book = sheet()
    page = book[LINES]
    page.cell(5, column(page, "Minutes a session should be")).value = 60
    page.cell(6, column(page, "Mine? (no, if not)")).value = "No"
    page.cell(7, column(page, "Period should be")).value = "month"
    book[POST]["C5"] = 0.8
    book[MISSING]["A5"], book[MISSING]["C5"] = "Lincoln Elementary", 30
    found = read(book)
    assert found.issues == ()
    kinds = [(one.kind, one.field) for one in found.changes]
    assert kinds == [
        ("service", "minutes_per_session"),
        ("not mine", "therapist"),
        ("service", "period"),
        ("post", "fte"),
        ("missing", "row 5"),
    ]
    first = found.changes[0]
    assert first.before == page.cell(5, column(page, "Minutes a session")).value and first.after == 60
    assert first.row == page.cell(5, column(page, "Row")).value
    log = decide(found.changes, {first.id, found.changes[1].id, found.changes[3].id}, "R. Lead", ON)
    table = log_table(log, labels())
    assert table["decision"].tolist() == ["accepted", "accepted", "refused", "accepted", "refused"]
    assert set(table["therapist"]) == {labels()[NAME]} and set(table["on"]) == {"2026-10-05"}
    assert table["what"].tolist() == [
        "Minutes a session",
        "Not my student",
        "Period",
        "Contract FTE",
        "A service is missing (to be added by hand)",
    ]
    assert table["after"].tolist()[:4] == ["60", "nobody's, until somebody is named", "month", "0.8"]
    assert table["before"].tolist()[1] == labels()[NAME]
    before = sample_answer()
    roster = with_corrections(before.roster, [one.change for one in log if one.accepted])
    after = analyze(roster, before.day)
    mine = after.therapists.set_index("therapist").loc[NAME]
    assert mine["contracted_fte"] == 0.8
    assert roster.services.at[first.line, "minutes_per_session"] == 60
    assert roster.services.at[found.changes[1].line, "therapist"] is None
    assert roster.digest != before.roster.digest and before.roster.services.at[first.line, "minutes_per_session"] != 60
    assert len(roster.issues) == len(before.roster.issues) + 3


def test_a_post_without_a_row_on_the_therapists_sheet_is_to_be_changed_by_hand():
    """Writing into a row that is not there would lose the change without a word."""
    known = sample_answer()
    answer = analyze(replace(known.roster, therapists=typed("therapists", {})), known.day)
    book = openpyxl.load_workbook(io.BytesIO(correction_sheet(answer, NAME, labels()[NAME])))
    book[POST]["C5"] = 0.8
    out = io.BytesIO()
    book.save(out)
    (change,) = read_corrections(open_file("corrections.xlsx", out.getvalue()), answer, labels()).changes
    assert not change.applies and "to be added by hand" in what(change)
    assert with_corrections(answer.roster, [change]) is answer.roster


def test_the_before_column_of_the_sheet_is_not_believed():
    book = sheet()
    page = book[LINES]
    true = page.cell(5, column(page, "Minutes a session")).value
    page.cell(5, column(page, "Minutes a session")).value = 999
    page.cell(5, column(page, "Minutes a session should be")).value = true
    assert read(book).changes == ()


@pytest.mark.parametrize(
    "heading,value,words",
    [
        ("Minutes a session should be", "many", "0 to 480"),
        ("Minutes a session should be", 5000, "0 to 480"),
        ("Sessions a period should be", -1, "0 to 400"),
        ("Period should be", "fortnightish", "week"),
        ("Delivery should be", "=1+1", "individual"),
        ("School should be", "Hogwarts", "not in the roster"),
        ("Group size should be", "#REF!", "1 to 40"),
    ],
)
def test_an_impossible_correction_is_told_with_its_row_and_left_out(heading, value, words):
    book = sheet()
    page = book[LINES]
    page.cell(6, column(page, heading)).value = value
    page.cell(6, column(page, heading)).data_type = "s" if isinstance(value, str) else "n"
    found = read(book)
    assert found.changes == ()
    (issue,) = found.issues
    assert words in issue.message and (issue.sheet, issue.row) == (LINES, 6) and issue.remedy


def test_a_line_of_a_colleague_cannot_be_changed():
    book, other = sheet(), sheet("Gwen Halloran")
    book[LINES]["A5"] = other[LINES]["A5"].value
    book[LINES].cell(5, column(book[LINES], "Minutes a session should be")).value = 5
    found = read(book)
    assert found.changes == () and "not one of this therapist's lines" in found.issues[0].message


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04broken", correction_sheet.__doc__.encode()])
def test_any_other_file_is_refused_in_one_sentence(data):
    found = read_corrections(open_file("corrections.xlsx", data), sample_answer(), labels())
    assert found.changes == () and len(found.issues) == 1 and found.issues[0].severity == "error"


def test_a_sheet_of_another_roster_is_refused():
    book = sheet()
    book["About"]["B7"] = "0" * 64
    assert "another roster" in read(book).issues[0].message


def test_accepting_what_nobody_proposed_is_an_error():
    with pytest.raises(ValueError, match="not proposed"):
        decide([], {"x"}, "R. Lead", ON)

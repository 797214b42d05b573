"""Blanks, brackets and dashes around what a cell says: they change how it is read, and are easily passed over."""

import pytest

from tests.intake.rosters import book, codes, loaded
from tests.intake.test_reading_cases import figures
from workload.intake.cells.joint_cells import days_named
from workload.intake.cells.values import read_column
from workload.model.columns import THERAPISTS


@pytest.mark.parametrize("text", ["\u00a0Total 8", "\tTotal 8", "\u2003Total: 8", "\u00a0EXAMPLE 1", "8 total\u00a0"])
def test_a_total_or_example_behind_any_blank_is_no_student(text):
    rows = [["1", "Dover", 30], ["2", "Kent", 60], [text, "", 90]]
    roster = loaded(book(Sheet1=[["Student ID", "School", "OT min/wk"], *rows])).roster
    assert (figures(roster)["students"], figures(roster)["direct"]) == (2, pytest.approx(90))


@pytest.mark.parametrize("remark", ["retired", "resigned", "frozen", "maternity", "from May", "with leave"])
def test_a_remark_behind_an_fte_is_told(remark):
    assert read_column(THERAPISTS.column("fte"), [f"1.0 ({remark})"]).problems


@pytest.mark.parametrize("days", ["M/W/F", "Mon, Wed", "Tues & Thurs", "Mondays and Fridays", "MWF", "AM only"])
def test_days_behind_an_fte_are_no_remark(days):
    assert read_column(THERAPISTS.column("fte"), [f"0.6 ({days})"]).values == [0.6]


@pytest.mark.parametrize("days", ["M-W", "M, W-F", "M-W, F", "M-Th & F", "Mon - Wed, Fri"])
def test_a_range_of_days_is_not_counted_as_a_list(days):
    assert days_named(days) is None


@pytest.mark.parametrize(("days", "number"), [("M-W-F", 3), ("M-F", 5), ("T/Th", 2), ("Mon and Wed", 2), ("MTWThF", 5)])
def test_a_list_of_days_is_counted(days, number):
    assert days_named(days) == number


@pytest.mark.parametrize("marked", ["30*", "30* ", "30*  ", "30*\n", "30*\u00a0"])
def test_a_mark_is_asked_about_whatever_blanks_follow_it(marked):
    rows = [["1", "Dover", marked], ["2", "Kent", 60], ["3", "Kent", 30]]
    result = loaded(book(Sheet1=[["Student ID", "School", "OT min/wk"], *rows]))
    assert "marked-rows" in codes(result)
    assert "file:marked-rows" in {question.key for question in result.questions}

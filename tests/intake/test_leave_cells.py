"""A leave in one cell of a staff list counts as one; a cell that does not say its days is told, and its reason goes nowhere."""

from __future__ import annotations

from datetime import date

import pytest

from tests.intake import rosters
from workload.answer import analyze
from workload.intake.cells.date_spans import days_of

START, END = date(2026, 11, 30), date(2027, 1, 15)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("11/30/26 - 1/15/27", (START, END)),
        ("11/30 - 1/15/27", (START, END)),
        ("FMLA 11/30/2026-1/15/2027", (START, END)),
        ("Nov 30, 2026 to Jan 15, 2027", (START, END)),
        ("2026-11-30 to 2027-01-15", (START, END)),
        ("from 11/30/2026", (START, None)),
        ("out until 1/15/2027", (None, END)),
        ("starts 11/30/26 (est.), returning about 1/16/27", (START, END)),
        ("expected to begin 11/30/26", (START, None)),
        ("back from leave 11/30/2026", None),
        ("returned from FMLA as of 11/30/26", None),
        ("intermittent FMLA since 11/30/26, Fridays", None),
        ("half days 11/30/26 - 1/15/27", None),
        ("0.5 from 11/30/26", None),
        ("through 11/30/2026, part of the week to 1/15/2027", None),
        ("until 11/30/26; review 1/15/27", None),
        ("out 11/30/26 and 1/15/27", None),
        ("notified 11/30/26, start 1/15/27", None),
        ("back 1/16/27", (None, END)),
        ("out 11/30/26, returns 1/16/27", (START, END)),
        ("back to work on 1/16/27", (None, END)),
        ("expected back about 1/16/27", (None, END)),
        ("back surgery 1/16/27", None),
        ("not returning 1/16/27", None),
        ("no return date; 1/16/27", None),
        ("11/30-1/15", None),
        ("11/30/2026", None),
        ("1/15/27 - 11/30/26", None),
        ("maternity", None),
        ("13/45/2026 - 1/15/2027", None),
        (START, None),
        (12, None),
    ],
)
def test_the_days_of_a_leave_are_read_only_where_their_year_is_written(text, days):
    assert days_of(text) == days


def test_days_before_months_are_read_as_the_sheet_has_them():
    assert days_of("30/11/2026 - 15/01/2027", day_first=True) == (START, END)


LINES = [["Student ID", "School", "Therapist", "Minutes per week"], *([f"S{at}", "Oak", "Kim", 60] for at in range(9))]


def staff(cell, heading="Leave"):
    rows = [["Name", "Role", "FTE", heading], ["Kim", "OT", 1, cell], ["Lee", "OT", 1, ""]]
    return rosters.loaded(rosters.book(Services=LINES, Therapists=rows))


@pytest.mark.parametrize("heading", ["Leave", "Leave Dates", "LOA", "FMLA"])
def test_somebody_on_leave_is_not_available_on_its_days(heading):
    found = staff("FMLA, hip surgery 11/30/26 - 1/15/27", heading)
    before, during = (analyze(found.roster, day).district["available_fte"] for day in (date(2026, 11, 2), START))
    assert before - during == pytest.approx(1)
    assert "surgery" not in str(found.roster.therapists.to_dict()) + str(found.roster.issues)


@pytest.mark.parametrize("cell", ["maternity leave", "11/30 - 1/15", "yes"])
def test_a_leave_without_its_days_is_told_with_its_row_and_without_its_words(cell):
    found = staff(cell)
    told = rosters.only(found, "leave-unclear")
    assert (told.row, told.column, told.value) == (2, "Leave", "") and cell not in told.message
    assert analyze(found.roster, START).district["available_fte"] > 1


@pytest.mark.parametrize("cell", ["", "no", "N/A", None])
def test_no_leave_is_no_leave(cell):
    assert not rosters.found(staff(cell), "leave-unclear")


@pytest.mark.parametrize(("heading", "cells"), [("Absences", (3, 1)), ("Licencia", ("OT123", "OT321"))])
def test_days_that_are_left_and_numbers_of_licenses_are_no_leave(heading, cells):
    rows = [["Name", "Role", "FTE", heading], ["Kim", "OT", 1, cells[0]], ["Lee", "OT", 1, cells[1]]]
    found = rosters.loaded(rosters.book(Services=LINES, Therapists=rows))
    assert not rosters.found(found, "leave-unclear") and rosters.found(found, "columns-not-understood")

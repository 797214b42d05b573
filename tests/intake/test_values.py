import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workload.intake.cells.cells import Problem, tidy
from workload.intake.cells.values import read_column
from workload.intake.open.opened import CellProblem
from workload.model.columns import EVALUATIONS, SERVICES, THERAPISTS, TIME_LOG


def one(table, name, cell):
    """What one cell of a column is read as: the value, or the code of the problem."""
    read = read_column(table.column(name), [cell])
    return read.problems[0].code if read.problems else read.values[0]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (30, 30.0),
        (30.0, 30.0),
        ("30", 30.0),
        (" 30 ", 30.0),
        ("30 min", 30.0),
        ("30min.", 30.0),
        ("30 minutes", 30.0),
        ("45*", 45.0),
        ("\u00a030", 30.0),
        (".5", 0.5),
        (None, None),
        ("", None),
        ("N/A", None),
        ("\u2013", None),
        ("TBD", None),
        ("abc", "not-a-number"),
        ("2x30", "not-a-number"),
        ("30-45", "not-a-number"),
        ("1,200", "out-of-range"),
        ("1,20", "not-a-number"),
        ("30 x", "not-a-number"),
        (-30, "out-of-range"),
        ("\u221230", "out-of-range"),
        (True, "not-a-number"),
        (dt.datetime(2026, 1, 2), "number-is-date"),
        (dt.time(0, 30), "number-is-date"),
        ("\u0663\u0660", "not-a-number"),
        (CellProblem("error", "#REF!"), "cell-error"),
        (CellProblem("formula", "=A1"), "cell-error"),
    ],
)
def test_minutes_are_read_whole_or_not_at_all(cell, read):
    assert one(SERVICES, "minutes_per_session", cell) == read


def test_a_thousands_separator_does_not_cut_a_number():
    assert one(SERVICES, "compensatory_minutes", "1,200") == 1200.0


def test_one_and_true_are_different_cells_of_one_column():
    read = read_column(SERVICES.column("minutes_per_session"), [1, True, 1.0])
    assert read.values == [1.0, None, 1.0] and set(read.problems) == {1}


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (2.0, "2"),
        (10623230000000.0, "10623230000000"),
        ("10623230000000.0", "10623230000000"),
        ("00123", "00123"),
        (7, "7"),
        ("BC-1", "BC-1"),
        (" BC-1\u200b ", "BC-1"),
        ("1.06E+13", "id-rounded"),
        (None, None),
        ("n/a", None),
    ],
)
def test_ids_stay_text_and_keep_their_zeros(cell, read):
    assert one(SERVICES, "student_id", cell) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (dt.datetime(2025, 9, 1), dt.date(2025, 9, 1)),
        ("9/1/25", dt.date(2025, 9, 1)),
        ("09/01/2025", dt.date(2025, 9, 1)),
        ("2025-09-01", dt.date(2025, 9, 1)),
        ("Sept 1, 2025", dt.date(2025, 9, 1)),
        ("1-Sep-25", dt.date(2025, 9, 1)),
        (45901, dt.date(2025, 9, 1)),
        (45901.0, dt.date(2025, 9, 1)),
        ("ongoing", None),
        (None, None),
        ("13/45/2026", "no-such-date"),
        ("2/30/2026", "no-such-date"),
        ("Sept 2025", "date-without-day"),
        ("2025-26", "date-without-day"),
        ("soon", "not-a-date"),
        (12, "not-a-date"),
        ("1/1/1925", "date-far-away"),
        (dt.time(9, 0), "not-a-date"),
    ],
)
def test_dates_are_read_in_every_usual_form(cell, read):
    assert one(SERVICES, "start", cell) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (0.8, 0.8),
        ("0.8", 0.8),
        ("80%", 0.8),
        ("80 %", 0.8),
        (80, 0.8),
        ("4 days", 0.8),
        (".5 + .3", 0.8),
        ("1.0*", 1.0),
        ("1.0 FTE", 1.0),
        (1, 1.0),
        (None, None),
        ("tbd", None),
        (-0.5, -0.5),
        (2, 2.0),
        (100, 1.0),
        ("half", "not-a-number"),
    ],
)
def test_an_fte_is_read_in_every_usual_form(cell, read):
    assert one(THERAPISTS, "fte", cell) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("K", "K"),
        ("KG", "K"),
        (0, "K"),
        ("00", "K"),
        (-1, "PK"),
        ("PreK", "PK"),
        ("TK", "TK"),
        ("3rd", "3"),
        ("03", "3"),
        (3.0, "3"),
        ("First", "1"),
        ("12", "12"),
        (13, "18-22"),
        ("18-22", "18-22"),
        ("AE", "AE"),
        (dt.datetime(2026, 1, 2), "grade-is-date"),
    ],
)
def test_grades_are_on_one_scale_and_unknown_ones_stay(cell, read):
    assert one(SERVICES, "grade", cell) == read


@pytest.mark.parametrize(
    ("table", "name", "cell", "read"),
    [
        (SERVICES, "plan", 504.0, "504"),
        (SERVICES, "plan", "504 Plan", "504"),
        (SERVICES, "plan", "iep", "IEP"),
        (SERVICES, "plan", "Autism", "not-a-choice"),
        (SERVICES, "delivery", "Ind", "individual"),
        (SERVICES, "delivery", "Push-in", "individual"),
        (SERVICES, "delivery", "Grp", "group"),
        (SERVICES, "delivery", "C", "consult"),
        (SERVICES, "delivery", "1:1", "individual"),
        (THERAPISTS, "role", "OTR/L", "OT"),
        (THERAPISTS, "role", "COTA", "OTA"),
        (THERAPISTS, "role", "COTA/L", "OTA"),
        (EVALUATIONS, "type", "Re-eval", "reevaluation"),
        (EVALUATIONS, "type", "triennial", "reevaluation"),
        (EVALUATIONS, "type", "Initial Eval", "initial"),
        (SERVICES, "esy", True, True),
        (SERVICES, "esy", "N", False),
        (SERVICES, "esy", "maybe", "not-yes-or-no"),
        (SERVICES, "period", "Weekly", "week"),
        (SERVICES, "period", "per month", "month"),
        (SERVICES, "period", "every other week", "two weeks"),
        (SERVICES, "period", "20 - Weekly (one or more times a week)", "week"),
        (SERVICES, "period", "6 day cycle", "6-day cycle"),
        (SERVICES, "period", "0-day cycle", "not-a-period"),
        (SERVICES, "period", "20", "not-a-period"),
        (SERVICES, "period", "biweekly", "not-a-period"),
        (SERVICES, "group_size", "3:1", 3.0),
        (SERVICES, "group_size", 2.5, "not-whole"),
        (TIME_LOG, "start", dt.time(8, 30), "08:30"),
        (TIME_LOG, "start", "3:00", "15:00"),
        (TIME_LOG, "start", "8:30", "08:30"),
        (TIME_LOG, "start", "12:15 am", "00:15"),
        (TIME_LOG, "start", "25:00", "not-a-time"),
    ],
)
def test_words_of_the_office_become_words_of_the_method(table, name, cell, read):
    assert one(table, name, cell) == read


@given(
    st.one_of(
        st.text(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.integers(),
        st.booleans(),
        st.datetimes(),
        st.times(),
        st.none(),
    )
)
def test_no_cell_raises_in_any_column(cell):
    for table in (SERVICES, THERAPISTS, EVALUATIONS, TIME_LOG):
        for column in table.columns:
            read = read_column(column, [cell])
            assert all(isinstance(problem, Problem) for problem in read.problems.values())


@given(st.text())
def test_tidy_text_stays_as_it_is_when_tidied_again(text):
    assert tidy(tidy(text)) == tidy(text)

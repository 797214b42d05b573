"""Delivered minutes: sum over sum, nothing unread becomes zero, single students only behind their own function."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workload.rules.benchmarks import benchmarks
from workload.staffing.delivered.compliance import (
    chicago_minutes,
    compliance,
    compliance_by,
    delivered_from_log,
    delivered_of,
    month_of,
    school_year_of,
    student_list_for_compliance_officer,
)
from workload.staffing.time_study.backcast import delivered_by_school_year

ROWS = [
    {
        "Student ID": "s-1",
        "School": "Oak",
        "Therapist": "A",
        "Month": "2026-09",
        "Required minutes": 240,
        "Delivered": 120,
        "Provider absence": 60,
        "Student absence": 30,
    },
    {
        "Student ID": "s-2",
        "School": "Oak",
        "Therapist": "B",
        "Month": "2026-09",
        "Required minutes": "1,000",
        "Delivered": 950,
    },
    {
        "Student ID": "s-1",
        "School": "Elm",
        "Therapist": "A",
        "Month": "2026-10",
        "Required minutes": 60,
        "Delivered": 0,
    },
]


@pytest.mark.parametrize(
    ("year", "required", "delivered", "percent"),
    [
        # Chicago Public Schools, as obtained by WBEZ for its 2017 reporting
        ("2014-2015", 6_112_015.47, 3_849_045, 63.0),
        ("2015-2016", 6_409_616.53, 3_743_715, 58.4),
        ("2016-2017", 5_642_870.43, 3_816_090, 67.6),
    ],
)
def test_chicagos_real_minutes_come_out_by_school_year(year, required, delivered, percent):
    row = compliance_by(chicago_minutes(), "school_year").set_index("school_year").loc[year]
    assert row["required_minutes"] == pytest.approx(required)
    assert row["delivered_minutes"] == delivered
    assert round(100 * row["compliance"], 1) == percent
    assert benchmarks()[f"chicago-{year}"].value == pytest.approx(percent / 100)


def test_chicagos_file_is_read_whole_in_the_order_of_its_months():
    table = compliance_by(chicago_minutes(), "month")
    assert len(table) == 30
    assert table["month"].iloc[[0, 3, 4]].tolist() == ["2014-09", "2014-12", "2015-01"]


def test_compliance_is_sum_over_sum_and_no_mean_of_ratios():
    found = delivered_of(ROWS)
    assert compliance(found)["compliance"] == pytest.approx(1070 / 1300)
    oak = compliance_by(found, "school").set_index("school").loc["Oak"]
    assert oak["compliance"] == pytest.approx(1070 / 1240)  # the mean of 50 % and 95 % would be 72.5 %
    assert (oak["provider_absence_minutes"], oak["student_absence_minutes"]) == (60, 30)
    assert oak["not_accounted_minutes"] == 80
    assert compliance_by(found, "therapist")["therapist"].tolist() == ["A", "B"]
    assert compliance_by(found, "month")["required_minutes"].tolist() == [1240, 60]


def test_what_has_no_name_stands_last():
    rows = [{"required": 10, "delivered": 5, "school": school} for school in ("zoo", None, " Oak ")]
    by_school = compliance_by(delivered_of(rows), "school")
    assert by_school["school"].tolist() == ["Oak", "zoo", "not given"] and list(by_school.index) == [0, 1, 2]


@pytest.mark.parametrize(
    "broken",
    [
        {"Delivered": None},
        {"Delivered": ""},
        {"Delivered": "some"},
        {"Delivered": -5},
        {"Required minutes": None},
        {"Provider absence": "x"},
        {"Delivered": True},
        {"Delivered": "inf"},
        {"Delivered": " "},
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_left_out_of_both_sums(broken):
    found = delivered_of([ROWS[1], {**ROWS[0], **broken}])
    assert compliance(found)["compliance"] == pytest.approx(0.95)
    assert [(issue.code, issue.row) for issue in found.issues] == [("delivered-unreadable", 2)]


def test_zero_delivered_is_a_number_and_nothing_required_has_no_share():
    assert compliance(delivered_of([ROWS[2]]))["compliance"] == 0
    assert math.isnan(compliance(delivered_of([{"required": 0, "delivered": 0}]))["compliance"])
    assert math.isnan(compliance(delivered_of([]))["compliance"])
    assert math.isnan(compliance(delivered_of([{"required": 0, "delivered": 5}]))["compliance"])
    assert compliance(delivered_of([{"required": 0.5, "delivered": 0.5}]))["compliance"] == 1


def test_two_headings_for_one_column_are_refused():
    with pytest.raises(ValueError, match="two columns mean delivered_minutes"):
        delivered_of([{"required": 10, "delivered": 5, "minutes delivered": 6}])


def test_more_explained_than_required_is_told_and_counted_as_written():
    found = delivered_of([{"required": 100, "delivered": 90, "refusal": 30}])
    assert [issue.code for issue in found.issues] == ["delivered-over-accounted"]
    (large,) = delivered_of([{"required": 1234567, "delivered": 2345678, "refusal": 0}]).issues
    assert "minutes are 1,111,111 more than the 1,234,567 required" in large.message
    assert compliance(found)["not_accounted_minutes"] == 0


def test_a_minute_more_than_required_is_rounding_and_no_month_or_heading_is_missed():
    row = {"required": 100, "delivered": 90, "month": "", None: "a cell beyond the headings"}
    assert delivered_of([{**row, "refusal": 11}]).issues == ()
    (issue,) = delivered_of([{**row, "refusal": 11.5}]).issues
    assert "minutes are 1.5 more than the 100 required" in issue.message


def test_a_session_log_gives_the_same_as_its_totals():
    log = [
        {"date": date(2026, 9, 2), "student": "s-1", "school": "Oak", "minutes": 30, "outcome": outcome}
        for outcome in ("delivered", "Provider absent", "student absence", "School event", "refused", "other")
    ]
    found = delivered_from_log([*log, {**log[0], "outcome": "?"}, {**log[0], "minutes": None}])
    total = compliance(found)
    assert (total["required_minutes"], total["delivered_minutes"]) == (180, 30)
    assert [
        total[f"{reason}_minutes"]
        for reason in ("provider_absence", "student_absence", "school_event", "refusal", "other")
    ] == [30] * 5
    assert [(issue.row, issue.column) for issue in found.issues] == [(7, "outcome"), (8, "minutes")]
    assert compliance_by(found, "month")["month"].tolist() == ["2026-09"]


def test_single_students_stand_only_in_the_list_for_the_compliance_officer():
    found = delivered_of([*ROWS, {"required": 10, "delivered": 5}])
    officer = student_list_for_compliance_officer(found)
    assert officer[["student", "required_minutes", "received_minutes", "difference_minutes"]].values.tolist() == [
        ["s-1", 300, 120, 180],
        ["s-2", 1000, 950, 50],
    ]
    assert officer.attrs["rows_without_student"] == 1
    equal = student_list_for_compliance_officer(delivered_of([{**ROWS[0], "Student ID": name} for name in ("b", "a")]))
    assert equal["student"].tolist() == ["a", "b"]
    assert list(equal.columns[:4]) == ["student", "required_minutes", "received_minutes", "difference_minutes"]
    assert list(equal.index) == [0, 1]
    for by in ("school", "therapist", "month", "school_year"):
        assert "s-1" not in compliance_by(found, by).to_string()
    with pytest.raises(ValueError, match="by must be"):
        compliance_by(found, "student")


@pytest.mark.parametrize(
    ("written", "year", "month"),
    [
        ("September", "2014-2015", "2014-09"),
        ("Jun", "2014-2015", "2015-06"),
        ("july", "2014", "2014-07"),
        ("2026-9", None, "2026-09"),
        ("2026-09-14", None, "2026-09"),
        (date(2026, 9, 14), None, "2026-09"),
        ("September", None, None),
        ("13th", "2014", None),
        ("2026-13", None, None),
        ("2026-00", None, None),
        ("2026-01", None, "2026-01"),
        ("2026-12", None, "2026-12"),
        ("ju", "2014", None),  # June or July
        ("1989-12", None, None),  # as for every date: the years 1990 to 2100
        ("1990-01", None, "1990-01"),
        ("2100-12", None, "2100-12"),
        ("2101-01", None, None),
        ("0000-01", None, None),
        ("9999-12", None, None),
        ("June", "0000-0001", None),
        (date(1, 1, 1), None, None),
        (None, None, None),
    ],
)
def test_a_month_is_read_from_a_date_or_a_name_with_its_school_year(written, year, month):
    assert month_of(written, year) == month


@pytest.mark.parametrize("written", ["0000-01", "9999-12", "2026-13", "sometime", date(1, 1, 1), date(9999, 12, 31)])
def test_a_month_that_no_record_can_be_of_is_said_and_its_minutes_count_in_no_month(written):
    row = {"month": written, "required_minutes": 60, "delivered_minutes": 30}
    found = delivered_of([row, {**row, "month": "2026-09"}])
    assert found.rows["required_minutes"].sum() == 120 and list(found.rows["month"]) == [None, "2026-09"]
    (issue,) = found.issues
    assert (issue.code, issue.row, issue.column) == ("delivered-month", 1, "month")
    assert "counts in no month" in issue.message and str(written) not in issue.message
    assert list(delivered_by_school_year(found)) == [2026]
    session = {"date": written, "minutes": 30, "outcome": "delivered"}
    assert [each.code for each in delivered_from_log([session]).issues] == ["delivered-month"]


def test_a_school_year_begins_with_july():
    assert [school_year_of(month) for month in ("2026-06", "2026-07", None)] == ["2025-2026", "2026-2027", None]


@given(
    st.lists(st.tuples(st.sampled_from(["Oak", "Elm", None]), st.integers(0, 500), st.integers(0, 500)), max_size=20)
)
def test_the_parts_add_up_to_the_whole_however_they_are_cut(rows):
    found = delivered_of(
        {"school": school, "required": required, "delivered": delivered} for school, required, delivered in rows
    )
    whole = compliance(found)
    for by in ("school", "therapist", "month"):
        parts = compliance_by(found, by)
        assert parts["required_minutes"].sum() == whole["required_minutes"]
        assert parts["delivered_minutes"].sum() == whole["delivered_minutes"]

"""Limits at their edges, counted by hand: penalties, three caps, days of a plan, assistants who left, full posts."""

from __future__ import annotations

import pytest

from tests.staffing.test_caps import OT, clause, district, limits, ota, with_planning
from workload.rules.packs import clauses
from workload.staffing.caps.caseload_caps import CapCheck, binding, cap_limit, caps_for, mixed_share
from workload.staffing.caps.other_limits import fragmentation, limits_for

TWO_DAYS = {**OT, "days": "Mon: Oak; Tue: Elm"}


def test_buildings_never_take_a_cap_below_no_students():
    (rule,) = clauses("Ours", [clause("caseload_cap", 2, "students")]).rules
    assert cap_limit(rule, 1.0, False, 1) == 1
    assert cap_limit(rule, 1.0, False, 5) == 0


def test_the_binding_cap_is_held_against_the_next_one_of_its_age_band():
    """35 students: room of 5, 10 and 15. The first is 5 tighter than the second; the third changes nothing."""
    five, ten, fifteen = (CapCheck(f"at most {limit}", limit, 35, 0) for limit in (40, 45, 50))
    found = binding([fifteen, five, ten])
    assert (found.check, found.next_rule, found.tighter_by) == (five, "at most 45", 5)
    of_a_band = CapCheck("preschool", 45, 35, 0, band="preschool")
    found = binding([five, of_a_band])
    assert (found.check, found.next_rule, found.tighter_by) == (five, None, None)


def test_an_assistant_who_has_left_is_not_supervised():
    answer = district(4, (OT, ota("B"), ota("C", end="2026-09-30")))
    assert limits(answer, clause("supervision_ratio", 2, "OTAs"))["supervision_ratio"].value == 1


def test_what_is_allowed_a_day_is_counted_on_the_days_of_the_plan():
    """A plan of two days: 2 × 40 = 80 minutes of planning, and 4 weekly sessions are 2 a day."""
    check = limits(with_planning(0.1, TWO_DAYS), clause("planning_minutes", 40, "minutes a day"))["planning_minutes"]
    assert (check.limit, check.unit) == (80, "minutes a week") and "40 minutes on 2 working days" in check.note
    check = limits(district(4, (TWO_DAYS,)), clause("session_cap", 1, "sessions a day"))["session_cap"]
    assert check.value == pytest.approx(2)


def test_a_post_with_room_but_at_its_limit_of_schools_takes_no_other():
    """Posts of 1.0, two schools each: 0.9 alone (0.1 left), 0.4 + 0.3 (0.3 left, but two schools), 0.3 in a third."""
    found = fragmentation([0.9, 0.4, 0.3, 0.3], 2)
    assert (found.posts_without, found.posts_with, found.posts_workable) == (2, 2, 3)


@pytest.mark.parametrize(("most", "outside", "reached"), [(2, 1, True), (3, 0, True), (4, 0, False)])
def test_talks_about_schools_begin_at_their_number_and_a_limit_is_passed_above_it(most, outside, reached):
    answer = district(3, school=["Oak", "Ash", "Fir"])
    check = limits(answer, clause("site_limit", most, "schools"))["site_limit"]
    assert (check.outside, check.is_outside, check.unit) == (outside, outside > 0, "schools")
    check = limits(answer, clause("site_limit", most, "schools", trigger=True))["site_limit"]
    assert (check.outside, check.is_outside) == (outside, reached)


def caps(answer, *entries):
    """The caps of A that a district has typed."""
    return caps_for(answer.staffing, clauses("Ours", list(entries)), answer.roster.services)["A"]


def test_a_check_of_which_nothing_more_is_said_is_a_limit_that_may_be_reached():
    check = CapCheck("at most 40", 40, 40, 0)
    assert not check.is_outside and check.room == 0
    assert (check.consult_only, check.without_iep, check.grade_unknown, check.taken_off) == (0, 0, 0, 0)


def test_the_newest_line_that_names_a_grade_says_a_students_band():
    """S0 was in PK and is in K; the newer line of S1 names no grade, so PK stands; S2's is unknown."""
    columns = {"student": ["S0", "S0", "S1", "S1", "S2"], "grade": ["pk", " k ", "Pk", " ", None]}
    columns |= {"start": ["2026-08-20", "2026-09-10"] * 2 + [None], "service": ["OT", "OT 2"] * 2 + ["OT"]}
    bands = [clause("caseload_cap", 1, "students", band=band) for band in ("preschool", "school-age")]
    found = {check.band: check for check in caps(district(5, **columns), *bands)}
    assert (found["preschool"].value, found["preschool"].grade_unknown) == (1, 0)
    assert (found["school-age"].value, found["school-age"].grade_unknown) == (2, 1)
    assert mixed_share(list(found.values())) == 3 and mixed_share([found["preschool"]]) is None


def test_a_full_post_needs_no_word_on_part_time_and_one_who_has_left_has_no_cap():
    assert caps(district(3), clause("caseload_cap", 2, "students"))[0].note == ""
    assert caps(district(3, ({**OT, "fte": 0.9},)), clause("caseload_cap", 2, "students"))[0].note.endswith(
        "not scaled."
    )
    left = district(3, ({**OT, "end": "2026-09-30"}, {**OT, "therapist": "B"}))
    assert caps(left, clause("caseload_cap", 2, "students")) == []
    assert set(limits(left, clause("site_limit", 1, "schools"))) == {"site_limit"}  # that of B
    assert limits(left, clause("site_limit", 1, "schools"))["site_limit"].about == "B"


def test_planning_set_to_what_this_tool_assumes_is_still_no_fact_about_anybody():
    assert limits(with_planning(4 / 45), clause("planning_minutes", 200, "minutes a week")) == {}
    assert limits(with_planning(0.1), clause("planning_minutes", 200, "minutes a week"))


def test_lines_without_a_school_are_no_site():
    answer = district(3, school=["Oak", None, "Elm"])
    assert limits(answer, clause("site_limit", 3, "schools"))["site_limit"].value == 2


def test_sessions_a_week_are_not_divided_by_days_and_a_line_of_no_minutes_is_none():
    answer = district(3, sessions=[2, 1, 1], minutes_per_session=[30, 30, 0])
    assert limits(answer, clause("session_cap", 9, "sessions a week"))["session_cap"].value == pytest.approx(3)
    once = district(1, sessions=[1], minutes_per_session=[1], period=["year"])
    assert limits(once, clause("session_cap", 9, "sessions a week"))["session_cap"].value == pytest.approx(1 / 36)


def test_work_of_nobody_does_not_hide_the_day_plans_of_a_building():
    answer = district(4, ({**OT, "days": "Mon: Oak"},), therapist=["A", "A", "A", None])
    found = limits(answer, clause("caseload_cap", 2, "students for each FTE", scope="building", prorated=True))
    assert found["caseload_cap"].value == pytest.approx(4)  # all four at the only post's only building


def test_a_department_without_a_post_of_an_ot_has_no_average():
    rule = clauses("Ours", [clause("caseload_cap", 2, "students for each FTE", scope="department")])
    assert limits_for(district(4, (ota("B", supervisor=None),)).staffing, rule) == []

"""Limits at their edges, counted by hand: penalties, three caps, days of a plan, assistants who left, full posts."""

from __future__ import annotations

import pytest

from tests.staffing.test_caps import OT, clause, district, limits, ota, with_planning
from workload.rules.packs import clauses
from workload.staffing.caps.caseload_caps import CapCheck, binding, cap_limit
from workload.staffing.caps.other_limits import fragmentation

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
    assert check.limit == 80 and "40 minutes on 2 working days" in check.note
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
    assert (check.outside, check.is_outside) == (outside, outside > 0)
    check = limits(answer, clause("site_limit", most, "schools", trigger=True))["site_limit"]
    assert (check.outside, check.is_outside) == (outside, reached)

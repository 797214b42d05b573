"""Which lines count and what they take, where only the library's own tables can say it. One hour is one unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from workload.answer import analyze
from workload.model.parameters import Assumptions
from workload.model.roster import roster_of
from workload.model.school_calendar import SchoolCalendar, open_weeks
from workload.staffing.required import AT
from workload.work.pair_sums import FEATURES

DAY = date(2026, 10, 1)


def direct_hours(**columns):
    """Hours a week of direct service of A's lines."""
    many = len(next(iter(columns.values())))
    services = {
        "student": ["S0"] * many,
        "delivery": ["individual"] * many,
        "minutes_per_session": [60] * many,
        "sessions": [1] * many,
        "period": ["week"] * many,
        "therapist": ["A"] * many,
    }
    return analyze(roster_of(services=services | columns), DAY).district["direct_hours"]


def test_a_newer_line_replaces_the_older_one_in_the_same_setting_only():
    starts = {"start": ["2026-08-20", "2026-09-10"], "sessions": [1, 2]}
    assert direct_hours(setting=["classroom", "OT room"], **starts) == pytest.approx(3)
    assert direct_hours(setting=["classroom", "classroom"], **starts) == pytest.approx(2)


def test_rows_that_are_alike_in_every_column_count_once_and_an_older_one_beside_them_not_at_all():
    assert direct_hours(start=["2026-08-20"] * 3) == pytest.approx(1)
    assert direct_hours(start=["2026-08-20", "2026-08-20", "2025-09-01"]) == pytest.approx(1)
    assert direct_hours(start=["2026-08-20", "2026-08-20", "2025-09-01"], sessions=[1, 2, 4]) == pytest.approx(3)


def test_lines_that_differ_count_beside_rows_that_stand_twice():
    students = ["S1", "S1", "S2", "S2", "S3", "S3"]  # S1's and S2's rows stand twice; of S3's one has two sessions
    assert direct_hours(student=students, sessions=[1, 1, 1, 1, 1, 2]) == pytest.approx(1 + 1 + 3)
    replaced = [None] * 4 + ["2026-08-20", "2026-09-10"]  # S3's line of two sessions is the newer one
    assert direct_hours(student=students, sessions=[1, 1, 1, 1, 1, 2], start=replaced) == pytest.approx(1 + 1 + 2)


def test_minutes_written_as_a_total_go_before_sessions_times_minutes():
    assert direct_hours(total_minutes=[90, None]) == pytest.approx(1.5 + 1)


def test_only_a_group_without_size_and_without_members_is_of_unknown_size():
    """Three weekly hours of groups: of two students, named G1, and neither. The last one's 60 minutes in 36 weeks."""
    services = {
        "student": ["S0", "S1", "S2"],
        "delivery": ["group"] * 3,
        "group_size": [2, None, None],
        "group_id": [None, "G1", None],
        "minutes_per_session": [60] * 3,
        "sessions": [1] * 3,
        "period": ["week"] * 3,
        "therapist": ["A"] * 3,
    }
    demand = analyze(roster_of(services=services), DAY).demand
    assert list(demand.lines.group_size_unknown) == [False, False, True]
    assert demand.unsized_minutes.sum() == pytest.approx(60 * 36)
    assert demand.student_minutes.sum() == pytest.approx(3 * 60 * 36)
    assert demand.features[:, FEATURES.index("sessions")].sum() == pytest.approx(3 * 36)


def test_weeks_of_a_year_without_a_calendar_are_the_instructional_ones_spread_over_the_open_ones():
    """36 weeks in more open ones, so each counts as less than one; a day belongs to the days until it, once."""
    demand = analyze(
        roster_of(services={"student": ["S0"], "delivery": ["individual"], "therapist": ["A"]}), DAY
    ).demand
    opened = open_weeks(DAY, demand.calendar)
    assert opened > 36 and demand.taught_share(DAY) == pytest.approx(36 / opened)
    wednesday, thursday = date(2026, 10, 7), date(2026, 10, 8)
    both = demand.school_weeks(DAY, wednesday) + demand.school_weeks(thursday)
    assert both == pytest.approx(demand.school_weeks(DAY))
    assert demand.school_weeks(date(2026, 9, 1)) == pytest.approx(36)


def test_a_line_of_no_minutes_is_no_session_and_takes_no_notes():
    """60 minutes a week in two usual sessions; beside it a line whose total is nothing."""
    lines = analyze(
        roster_of(
            services={
                "student": ["S0", "S1"],
                "delivery": ["individual"] * 2,
                "total_minutes": [60, 0],
                "period": ["week"] * 2,
                "therapist": ["A"] * 2,
            }
        ),
        DAY,
    ).demand.lines
    assert list(lines.sessions) == [2 * 36, 0]


def test_a_consultation_is_a_visit_and_no_session():
    services = {"student": ["S0"], "delivery": ["consult"], "minutes_per_session": [30], "sessions": [1]}
    lines = analyze(roster_of(services=services | {"period": ["month"], "therapist": ["A"]}), DAY).demand.lines
    assert lines.sessions.tolist() == [0] and lines.visits[0] > 0


def test_a_group_that_meets_for_no_minutes_takes_none():
    services = {
        "student": ["S0", "S1"],
        "delivery": ["group"] * 2,
        "group_id": ["G1"] * 2,
        "total_minutes": [0, 0],
        "period": ["week"] * 2,
        "therapist": ["A"] * 2,
    }
    assert list(analyze(roster_of(services=services), DAY).demand.lines.therapist_minutes) == [0, 0]


@pytest.mark.parametrize(
    ("day", "of_person", "of_school", "caseload"),
    [
        (date(2026, 9, 10), [2, 3, 1], [2, 3, 1], 4),  # Ana: S1, S2. Ben: S2, S3, S4. Nobody: S4
        (date(2026, 10, 1), [2, 0, 3], [2, 3, 1], 4),  # Ben has left: S2, S3 and S4, once, have nobody
        (date(2027, 2, 1), [3, 0, 3], [3, 3, 1], 5),  # S5's second line has begun, with Ana at Elm
    ],
)
def test_each_student_counts_once_for_a_person_a_school_and_the_district(day, of_person, of_school, caseload):
    services = {
        "student": ["S1", "S2", "S2", "S3", "S4", "S4", "S5", "S5"],
        "therapist": ["Ana", "Ana", "Ben", "Ben", None, "Ben", "Ana", "Ana"],
        "school": ["Oak", "Oak", "Elm", "Elm", "Oak", None, "Elm", "Elm"],
        "end": [None] * 6 + ["2026-09-01", None],
        "start": [None] * 7 + ["2027-01-01"],
        "delivery": ["individual"] * 8,
        "minutes_per_session": [60] * 8,
        "sessions": [1] * 8,
        "period": ["week"] * 8,
    }
    posts = {"therapist": ["Ana", "Ben"], "role": ["OT"] * 2, "fte": [1.0] * 2, "end": [None, "2026-09-15"]}
    stop = Assumptions().changed({"renewals": "stop"}, "test")
    demand = analyze(roster_of(services=services, therapists=posts), day, stop).demand
    assert (demand.therapists, demand.schools) == (("Ana", "Ben", "Unassigned"), ("Elm", "Oak", "No school"))
    assert demand.caseload_of_person.tolist() == of_person
    assert demand.caseload_of_school.tolist() == of_school
    assert demand.caseload == len(demand.lines.students) == caseload
    assert demand.lines.students[demand.lines.student].tolist() == [
        services["student"][row] for row in demand.lines.row
    ]


def test_weeks_with_school_are_counted_in_a_calendar_that_is_said():
    """Four weeks from Monday, October 5 to Friday, October 30; with closings they are the weeks of school themselves."""
    roster = roster_of(services={"student": ["S0"], "delivery": ["individual"], "therapist": ["A"]})
    short = SchoolCalendar(first=date(2026, 10, 5), last=date(2026, 10, 30))
    demand = analyze(roster, DAY, calendar=short).demand
    assert demand.taught_share(DAY) == 1  # 36 instructional weeks are not more than one a week
    assert demand.school_weeks(date(2026, 10, 5)) == 4
    assert demand.school_weeks(date(2026, 10, 5), date(2026, 10, 16)) == 2
    assert demand.school_weeks(date(2026, 10, 26), date(2026, 10, 30)) == 1
    assert demand.school_weeks(date(2026, 11, 2)) == 0
    closed = replace(short, last=date(2027, 6, 30), closings=((date(2026, 10, 12), date(2026, 10, 16)),))
    demand = analyze(roster, DAY, calendar=closed).demand
    assert demand.taught_share(DAY) == 1
    assert demand.school_weeks(date(2026, 10, 5), date(2026, 10, 16)) == 1


def test_what_has_no_line_in_force_is_not_served_and_own_duties_fall_to_the_base_school():
    """Ana's line at Fir has ended and Ben's at Oak; he has five hours of duties, at Elm, where he is based."""
    services = {
        "student": ["S1", "S2", "S3"],
        "therapist": ["Ana", "Ana", "Ben"],
        "school": ["Oak", "Fir", "Oak"],
        "end": [None, "2026-09-01", "2026-09-01"],
        "delivery": ["individual"] * 3,
        "minutes_per_session": [60] * 3,
        "sessions": [1] * 3,
        "period": ["week"] * 3,
    }
    posts = {
        "therapist": ["Ana", "Ben"],
        "role": ["OT"] * 2,
        "fte": [1.0] * 2,
        "base_school": [None, "Elm"],
        "named_duty_hours": [None, 5.0],
    }
    stop = Assumptions().changed({"renewals": "stop"}, "test")
    answer = analyze(roster_of(services=services, therapists=posts), DAY, stop)
    assert answer.demand.schools == ("Elm", "Oak", "No school")
    assert answer.demand.schools_served.tolist() == [1, 0, 0]
    cells = list(zip(answer.demand.therapist.tolist(), answer.demand.school.tolist(), strict=True))
    assert cells == [(0, 1), (0, 2), (1, 0), (2, 2)]  # where the work is, and everybody's base, No school without one
    hours = dict(zip(answer.demand.schools, answer.staffing.school_hours[:, AT["named_duty"]], strict=True))
    assert hours == {"Elm": 5, "Oak": 0, "No school": 0}


@pytest.mark.parametrize(
    ("due", "weeks"),
    [
        ("2026-12-10", 10),
        ("2026-10-02", 1),
        ("2026-09-01", 2),
        (None, 272 / 7),
    ],  # ten weeks ahead; at least one; overdue
)
def test_minutes_owed_are_made_up_until_they_are_due_else_until_the_last_day_of_school(due, weeks):
    services = {
        "student": ["S0", "S1"],
        "therapist": ["A", "A"],
        "compensatory_minutes": [100, None],
        "compensatory_due": [due, None],
        "delivery": ["individual"] * 2,
    }
    two_weeks = Assumptions().changed({"makeup_overdue_weeks": 2}, "test")
    demand = analyze(roster_of(services=services), DAY, two_weeks).demand
    assert demand.features[:, FEATURES.index("makeup_minutes")].sum() == pytest.approx(100 / weeks)
    assert demand.weeks_until(date.fromisoformat(due) if due else None) == pytest.approx(weeks)


def test_a_group_is_shared_by_the_members_whose_lines_are_in_force():
    """60 minutes a week for three, or for two while the third has not begun; the longest member's session is the group's."""
    columns = {"student": ["S1", "S2", "S3"], "group_id": ["G1"] * 3, "delivery": ["group"] * 3}
    assert direct_hours(**columns) == pytest.approx(1)
    assert direct_hours(**columns, start=[None, None, DAY.replace(month=11)]) == pytest.approx(1)
    longest = {**columns, "minutes_per_session": [60, 30, 90]}
    assert direct_hours(**longest) == pytest.approx(1.5)
    assert direct_hours(**longest, start=[None, None, DAY.replace(month=11)]) == pytest.approx(1)


def test_own_hours_follow_the_work_that_has_a_school():
    """An hour at Oak, an hour without a school and five hours of duties, which are all at Oak."""
    services = {
        "student": ["S1", "S2"],
        "therapist": ["Ana", "Ana"],
        "school": ["Oak", None],
        "delivery": ["individual"] * 2,
        "minutes_per_session": [60] * 2,
        "sessions": [1] * 2,
        "period": ["week"] * 2,
    }
    posts = {"therapist": ["Ana"], "role": ["OT"], "fte": [1.0], "named_duty_hours": [5.0]}
    answer = analyze(roster_of(services=services, therapists=posts), DAY)
    assert answer.demand.schools == ("Oak", "No school")
    assert answer.staffing.school_hours[:, AT["named_duty"]].tolist() == [5, 0]
    assert answer.staffing.school_hours[:, AT["direct"]].tolist() == pytest.approx([1, 1])

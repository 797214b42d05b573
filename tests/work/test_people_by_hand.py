"""Who is there, what each drives, supervises and does beside the students: a small team by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from workload.answer import analyze
from workload.model.parameters import Assumptions
from workload.model.roster import roster_of

DAY = date(2026, 10, 1)
LINE = {
    "student": ["S0"],
    "therapist": ["Ana"],
    "school": ["Oak"],
    "delivery": ["individual"],
    "minutes_per_session": [60],
    "sessions": [1],
    "period": ["week"],
}
TEAM = {
    "therapist": ["Ana", "Ben", "Dee", "Kim", "Lee"],
    "role": ["OT", "OT", "OT", "OTA", "OTA"],
    "fte": [1.0, 1.0, 0.5, 1.0, 0.5],
    "end": [None, "2026-09-15", None, None, None],
    "days": ["Mon: Oak, Elm, Fir, Fir; Tue: Elm", "Mon: Oak, Elm", None, None, None],
    "supervisor": ["Dee", None, None, "Ana; Ben; Kim; Nobody", "Ana;Dee;Ana"],
    "named_duty_hours": [3.0, 4.0, None, None, None],
    "mtss_hours": [2.0, 1.0, None, None, None],
    "employment": [None, "contracted", "contracted", None, None],
}
TRAVEL = {"from": ["Oak"], "to": ["Elm"], "minutes": [20.0]}


def people_of(posts=TEAM, services=LINE, day=DAY, **settings):
    assumed = Assumptions().changed({"travel_arrival_minutes": 5, **settings}, "test")
    return analyze(roster_of(services=services, therapists=posts, travel=TRAVEL), day, assumed).demand.people


def test_what_a_team_drives_supervises_and_does_beside_the_students():
    """Ana drives 20 minutes and 5 to sign in, and makes one move of unknown length. Ben has left, so nothing is his: not
    even Kim, whom Ana has alone; of Lee Ana and Dee have a half each. Nobody supervises an OT, and no OTA supervises.
    """
    people = people_of()
    assert people.names == ("Ana", "Ben", "Dee", "Kim", "Lee")
    assert people.in_post.tolist() == [True, False, True, True, True, False]
    assert people.travel_minutes.tolist() == [25, 0, 0, 0, 0, 0]
    assert people.moves.tolist() == [1, 0, 0, 0, 0, 0]
    assert people.supervisors == ((), (), (), (0,), (0, 2), ())
    assert people.supervisor.tolist() == [-1, -1, -1, 0, 0, -1]
    assert people.otas_supervised.tolist() == [1.5, 0, 0.5, 0, 0, 0]
    assert people.named_duty_hours.tolist() == [3, 0, 0, 0, 0, 0]
    assert people.mtss_hours.tolist() == [2, 0, 0, 0, 0, 0]
    assert people.employment == ("employee", "contracted", "contracted", "employee", "employee")
    codes, many = people.answering
    assert (codes.tolist(), many.tolist()) == ([0, 5, 2, 0, 0, 2, 5], [1, 1, 1, 1, 2, 1])  # 5: nobody


@pytest.mark.parametrize(
    ("first", "last", "away"),
    [(0, 0, True), (None, 0, True), (0, None, True), (1, 9, False), (-9, -1, False), (None, None, False)],
)
def test_somebody_is_away_from_the_first_to_the_last_day_of_a_leave(first, last, away):
    days = (None if later is None else (DAY + timedelta(later)).isoformat() for later in (first, last))
    start, end = days
    posts = {"therapist": ["Ana"], "role": ["OT"], "fte": [1.0], "leave_start": [start], "leave_end": [end]}
    assert people_of(posts).on_leave.tolist() == [away, False]


def test_hours_are_known_where_each_post_has_some():
    posts = {"therapist": ["Ana", "Ben"], "role": ["OT"] * 2}
    assert not people_of(posts | {"fte": [1.0, None]}).posts_known
    assert people_of(posts | {"fte": [1.0, None], "hours_per_week": [None, 20]}).posts_known
    assert not people_of({}).posts_known  # no list of posts: who is named in the lines is there, for unknown hours


def test_a_plan_shares_a_week_by_days_and_a_day_by_its_schools():
    """Two days: Oak has a third of the one and all of the other, Elm two thirds of the first, where she goes twice."""
    posts = {"therapist": ["Ana"], "role": ["OT"], "fte": [1.0], "days": ["Mon: Oak, Elm, Elm; Tue: Oak"]}
    answer = analyze(roster_of(services=LINE, therapists=posts), DAY)
    shares = dict(zip(answer.cells["school"], answer.cells["available_fte"], strict=True))
    assert shares == pytest.approx({"Oak": (1 / 3 + 1) / 2, "Elm": (2 / 3) / 2})

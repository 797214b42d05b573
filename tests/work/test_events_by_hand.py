"""Evaluations, dates and moves of a few students, counted by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from workload.answer import analyze
from workload.model.roster import roster_of
from workload.work.drill import events_table, lines_table

DAY = date(2026, 10, 1)  # the school year goes from July 1, 2026 to June 30, 2027


def demand_of(services, day=DAY, **tables):
    many = len(services["student"])
    usual = {
        "delivery": ["individual"] * many,
        "minutes_per_session": [60] * many,
        "sessions": [1] * many,
        "period": ["week"] * many,
        "therapist": ["Ana"] * many,
    }
    return analyze(roster_of(services=usual | services, **tables), day).demand


def by_person(demand, name):
    """{person: sum of a count}."""
    at = {code: demand.events.cell_therapist == code for code in range(len(demand.therapists))}
    sums = demand.events.in_cells(name)
    return {demand.therapists[code]: float(sums[here].sum()) for code, here in at.items() if sums[here].any()}


DATED = {
    "student": ["S1", "S2", "S3", "S3", "S4", "S4", "S5", "S6"],
    "plan": ["IEP"] * 6 + ["504", "IEP"],
    # S3's date stands on the older of two lines; S5 has no IEP; S6's falls in the next school year
    "reeval_date": ["2027-06-30", None, "2026-07-01", None, None, None, "2026-12-01", "2027-07-01"],
    "service": ["OT", "OT", "OT", "OT consult", "OT", "OT consult", "OT", "OT"],
    "start": [None, None, "2026-08-20", "2026-09-10", "2026-08-20", "2026-09-10", None, None],
}


def test_a_date_of_a_reevaluation_rules_for_its_student_and_the_rate_for_the_others():
    demand = demand_of(DATED)
    assert demand.events.dated == 3  # S1, S3, S6
    assert by_person(demand, "reevaluation") == {"Ana": 2}  # S1 on the last and S3 on the first day of the year
    assert by_person(demand, "students_reevaluation") == {"Ana": 2}  # S2 and S4
    assert by_person(demand, "students_initial") == {"Ana": 6}
    assert (by_person(demand, "iep"), by_person(demand, "plan_504")) == ({"Ana": 5}, {"Ana": 1})
    dates = dict(zip(demand.lines.students, demand.events.date_of, strict=True))
    assert (dates["S3"], dates["S6"]) == (np.datetime64("2026-07-01"), np.datetime64("2027-07-01"))
    assert np.isnat(dates["S2"]) and np.isnat(dates["S4"])


def test_an_evaluations_sheet_rules_alone_from_the_first_to_the_last_day_of_the_school_year():
    listed = {
        "student": ["S1", "S2", "S3", "S4", "X"],
        "type": ["reevaluation", "reevaluation", "initial", "initial", "initial"],
        "due": ["2026-07-01", "2027-06-30", "2026-06-30", "2027-07-01", "2026-11-01"],
    }
    demand = demand_of(DATED, evaluations=listed)
    assert (demand.events.dated, demand.events.evaluation_only) == (0, 1)
    assert by_person(demand, "reevaluation") == {"Ana": 2}
    assert by_person(demand, "initial") == {"Unassigned": 1}  # X has no line
    assert not by_person(demand, "students_reevaluation") and not by_person(demand, "students_initial")
    assert np.isnat(demand.events.date_of).all()
    none_this_year = demand_of(DATED, evaluations={name: values[2:3] for name, values in listed.items()})
    assert (none_this_year.events.dated, none_this_year.events.evaluation_only) == (0, 0)


def test_an_evaluation_without_a_name_falls_to_both_ots_of_the_student_and_one_with_a_name_to_that_ot():
    columns = {"student": ["S1", "S1"], "therapist": ["Ana", "Ben"], "school": ["Oak", "Elm"], "plan": ["IEP"] * 2}
    listed = {"student": ["S1"], "type": ["initial"], "due": ["2026-12-01"], "school": ["Oak"]}
    assert by_person(demand_of(columns, evaluations=listed), "initial") == {"Ana": 0.5, "Ben": 0.5}
    due = demand_of(columns, evaluations=listed | {"type": ["reevaluation"]})
    assert by_person(due, "reevaluation") == {"Ana": 0.5, "Ben": 0.5}
    assert due.events.iep.tolist() == [0.5, 0.5, 0, 0]  # one meeting, whose halves stand with each OT's line
    named = demand_of(columns, evaluations=listed | {"therapist": ["Ben"]})
    assert by_person(named, "initial") == {"Ben": 1}
    assert [named.schools[at] for at in named.events.school[named.events.from_sheet]] == ["Oak"]


def test_the_rows_behind_the_events_and_the_lines_stand_with_their_place_in_the_file():
    """Ana and Ben have half of S1's events each; S2 has a consultation of half an hour a week, and 90 minutes are owed."""
    columns = {
        "student": ["S1", "S1", "S2"],
        "therapist": ["Ana", "Ben", None],
        "school": ["Oak", "Oak", None],
        "plan": ["IEP", "IEP", None],
        "delivery": ["individual", "individual", "consult"],
        "minutes_per_session": [60, 60, 30],
        "compensatory_minutes": [None, 90, None],
        "row": [2, 3, 4],
    }
    listed = {"student": ["S1"], "type": ["initial"], "due": ["2026-12-01"], "row": [7]}
    usual = {"sessions": [1] * 3, "period": ["week"] * 3}
    answer = analyze(roster_of(services=usual | columns, evaluations=listed), DAY)
    wanted = ["row", "therapist", "school", "listed", "initial", "reevaluation_at_default_rate", "has_iep"]
    assert sorted(events_table(answer.roster, answer.demand)[wanted].values.tolist()) == [
        [2, "Ana", "Oak", False, 0, 0, True],
        [3, "Ben", "Oak", False, 0, 0, True],
        [4, "Unassigned", "No school", False, 0, 0, False],
        [7, "Ana", "Oak", True, 0.5, 0, False],
        [7, "Ben", "Oak", True, 0.5, 0, False],
    ]
    minutes = ["student_minutes_per_week", "therapist_minutes_per_week", "sessions_per_year", "makeup_minutes_owed"]
    assert lines_table(answer.roster, answer.demand)[["row", "therapist", *minutes]].values.tolist() == [
        [2, "Ana", 60, 60, 36, 0],
        [3, "Ben", 60, 60, 36, 90],
        [4, "Unassigned", 30, 30, 0, 0],
    ]


def test_two_ots_of_a_student_without_minutes_have_half_of_the_events_each():
    demand = demand_of({"student": ["S1", "S1"], "therapist": ["Ana", "Ben"], "plan": ["IEP"] * 2, "sessions": [0] * 2})
    assert by_person(demand, "iep") == {"Ana": 0.5, "Ben": 0.5}


def test_only_students_whom_several_newest_lines_name_are_shared():
    """S1 has two OTs at once; Ben's line of S2 is the newer one; S3's two OTs have two schools and one."""
    columns = {
        "student": ["S1", "S1", "S2", "S2", "S3", "S3", "S3"],
        "therapist": ["Ana", "Ben", "Ana", "Ben", "Ana", "Ana", "Ben"],
        "service": ["OT", "OT 2", "OT", "OT 2", "OT", "OT 2", "OT"],
        "school": ["Oak", "Oak", "Oak", "Oak", "Elm", "Oak", "Oak"],
        "plan": ["IEP"] * 7,
        "start": [None, None, "2026-08-20", "2026-09-10", None, None, None],
    }
    demand = demand_of(columns)
    assert by_person(demand, "iep") == {"Ana": 0.5 + 0 + 0.5, "Ben": 0.5 + 1 + 0.5}
    assert sorted(demand.events.part.tolist()) == [0.25, 0.25, 0.5, 0.5, 0.5, 1]
    unequal = demand_of({**columns, "sessions": [1, 1, 1, 1, 2, 1, 1]})  # Ana has more of S3 at Elm: all is done there
    assert sorted(unequal.events.part.tolist()) == [0.5, 0.5, 0.5, 0.5, 1]


@pytest.mark.parametrize(
    ("start", "end", "there"),
    [
        (None, None, True),
        (DAY, None, True),
        (None, DAY, True),
        ("2026-10-02", None, False),
        (None, "2026-09-30", False),
    ],
)
def test_somebody_is_in_post_from_the_first_to_the_last_day(start, end, there):
    posts = {"therapist": ["Ana"], "role": ["OT"], "fte": [1.0], "start": [start], "end": [end]}
    demand = demand_of({"student": ["S1"], "plan": ["IEP"]}, therapists=posts)
    assert by_person(demand, "iep") == {"Ana" if there else "Unassigned": 1}
    assert demand.people.in_post.tolist() == [there, False]


@pytest.mark.parametrize(("start", "counts"), [(DAY, 1), ("2026-10-02", 0), (None, 1)])
def test_a_line_counts_from_its_first_day(start, counts):
    assert len(demand_of({"student": ["S1"], "start": [start]}).lines.row) == counts


@pytest.mark.parametrize(("minutes", "sessions"), [(1, 1), (30, 1), (45, 1.5), (0, 0)])
def test_where_only_a_total_is_written_a_period_has_a_session_for_each_thirty_minutes_and_at_least_one(
    minutes, sessions
):
    columns = {"minutes_per_session": [None], "sessions": [None], "total_minutes": [minutes]}
    assert demand_of({"student": ["S1"], **columns}).lines.sessions.tolist() == [sessions * 36]


def test_lines_without_a_school_are_no_school_that_is_served_and_no_move():
    demand = demand_of({"student": ["S1", "S2"], "school": ["Oak", None]})
    assert demand.schools_served.tolist() == [1, 0]
    assert demand.people.moves.tolist() == [0, 0]
    two = demand_of({"student": ["S1", "S2", "S3"], "school": ["Oak", None, "Elm"]})
    assert (two.schools_served.tolist(), two.people.moves.tolist()) == ([2, 0], [1, 0])
    people = demand_of(
        {"student": ["S1", "S2", "S3"], "school": ["Oak", "Elm", "Elm"], "therapist": ["Ana", "Ana", "Ben"]}
    )
    assert people.people.moves.tolist() == [1, 0, 0]


def test_the_events_of_an_ota_fall_to_the_supervisors_in_equal_parts():
    posts = {
        "therapist": ["Ana", "Ben", "Kim"],
        "role": ["OT", "OT", "OTA"],
        "fte": [1.0] * 3,
        "supervisor": [None, None, "Ana;Ben"],
    }
    columns = {"student": ["S1", "S2", "S2"], "therapist": ["Kim", "Kim", "Ana"], "service": ["OT", "OT", "OT 2"]}
    demand = demand_of({**columns, "plan": ["IEP"] * 3}, therapists=posts)
    assert by_person(demand, "iep") == {"Ana": 1.5, "Ben": 0.5}  # S2's OT goes before the OTA
    events = sorted(
        zip(demand.events.student.tolist(), demand.events.therapist.tolist(), demand.events.part, strict=True)
    )
    assert events == [(0, 0, 0.5), (0, 1, 0.5), (1, 0, 1)]
    assert demand.events.row[demand.events.student == 1].tolist() == [2]
    alone = demand_of({**columns, "plan": ["IEP"] * 3}, therapists={**posts, "supervisor": [None, None, "Ben"]})
    assert by_person(alone, "iep") == {"Ana": 1, "Ben": 1}


def test_the_newest_line_speaks_whoever_serves_it():
    """Ana's line of S1 is older than that of the OTA Kim, so it is Kim's supervisor who evaluates."""
    posts = {
        "therapist": ["Ana", "Ben", "Kim"],
        "role": ["OT", "OT", "OTA"],
        "fte": [1.0] * 3,
        "supervisor": [None, None, "Ben"],
    }
    starts = {"service": ["OT", "OT 2"], "start": ["2026-08-20", "2026-09-10"]}
    demand = demand_of(
        {"student": ["S1"] * 2, "therapist": ["Ana", "Kim"], **starts, "plan": ["IEP"] * 2}, therapists=posts
    )
    assert by_person(demand, "iep") == {"Ben": 1}


def test_the_plan_of_a_student_is_that_of_the_lines_in_force():
    """S1 has two lines of a 504 plan. Of S2 the line of the IEP has not begun; S3 has one of each, so the IEP rules."""
    columns = {"student": ["S1", "S1", "S2", "S2", "S3", "S3"], "service": ["OT", "OT 2"] * 3}
    plans = {"plan": ["504", "504", "IEP", "504", "IEP", "504"], "start": [None, None, "2027-01-01", None, None, None]}
    demand = demand_of(columns | plans)
    assert (by_person(demand, "iep"), by_person(demand, "plan_504")) == ({"Ana": 1}, {"Ana": 2})


@pytest.mark.parametrize(("day", "students"), [(DAY, 1), (date(2026, 11, 2), 2), (date(2027, 2, 1), 1)])
def test_a_student_brings_events_while_a_line_is_in_force(day, students):
    """S1's only line ends on the last day of January, S2's begins on November 2, S3's has been over for long."""
    ends = {"start": [None, "2026-11-02", None], "end": ["2027-01-31", None, "2026-08-31"]}
    reviews = {"iep_date": ["2027-05-01"] * 3, "plan": ["IEP"] * 3}  # no end is near a review, so all are real ends
    demand = demand_of({"student": ["S1", "S2", "S3"], **ends, **reviews}, day)
    assert by_person(demand, "iep") == by_person(demand, "students_reevaluation") == {"Ana": students}


def test_events_are_at_a_school_where_one_of_the_newest_lines_has_one():
    """Most of S1's minutes have no school; the meeting is held at Oak all the same."""
    columns = {"student": ["S1", "S1"], "service": ["OT", "OT 2"], "school": ["Oak", None], "sessions": [1, 3]}
    demand = demand_of({**columns, "plan": ["IEP"] * 2})
    assert [demand.schools[code] for code in demand.events.school] == ["Oak"]
    nowhere = demand_of({**columns, "school": [None, None], "plan": ["IEP"] * 2})
    assert [nowhere.schools[code] for code in nowhere.events.school] == ["No school"]

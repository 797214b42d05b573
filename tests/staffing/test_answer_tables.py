"""The tables of the answer for a district that one can work by hand: weeks of 40 hours, and no work but the minutes."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.reference.by_hand import BARE
from workload.answer import analyze
from workload.model.parameters import Assumptions
from workload.model.roster import UNASSIGNED, roster_of
from workload.staffing.gives_way import all_gives_way
from workload.staffing.ratios import ratio
from workload.staffing.tables import by_role_table, codes_for, unsized_groups_fte

DAY = date(2026, 10, 1)
# Ana has 4 hours at Oak and is at Elm every other day; Kim has a group of two; nobody has the hour without a school.
SERVICES = {
    "student": ["S0", "S1", "S2", "S3"],
    "therapist": ["Ana", "Kim", "Kim", None],
    "school": ["Oak", "Oak", "Oak", None],
    "delivery": ["individual", "group", "group", "consult"],
    "group_id": [None, "G", "G", None],
    "minutes_per_session": [60] * 4,
    "sessions": [4, 1, 1, 1],
    "period": ["week"] * 4,
}
POSTS = {
    "therapist": ["Ana", "Bo", "Kim"],
    "role": ["OT", "OT", "OTA"],
    "fte": [1.0, 1.0, 0.5],
    "leave_start": [None, "2026-09-01", None],
    "leave_end": [None, "2026-12-18", None],
    "days": ["Mon: Oak; Tue: Elm", None, None],
}


def answer_of(services=SERVICES, posts=POSTS, evaluations=None, **settings):
    assumed = Assumptions().changed({**BARE, "hours_per_week": 40, **settings}, "test")
    tables = {"services": services, "therapists": posts, **({"evaluations": evaluations} if evaluations else {})}
    return analyze(roster_of(**tables), DAY, assumed)


def columns_of(table, key, *names):
    """{key: [values]}, rounded as far as no sum of this size is exact."""
    return {row[0]: list(row[1:]) for row in table[[key, *names]].round(9).itertuples(index=False)}


def test_each_person_by_hand():
    people = answer_of().people
    counts = columns_of(
        people, "therapist", "caseload", "schools", "student_hours", "therapist_hours", "workload_hours"
    )
    assert counts == {
        "Ana": [1, 1, 4, 4, 4],
        "Bo": [0, 0, 0, 0, 0],
        "Kim": [2, 1, 2, 1, 1],
        UNASSIGNED: [1, 0, 1, 1, 1],
    }
    posts = columns_of(
        people, "therapist", "contracted_fte", "available_fte", "required_fte", "gap_fte", "shortfall_fte"
    )
    assert posts == {
        "Ana": [1, 1, 0.1, 0.9, 0],
        "Bo": [1, 0, 0, 0, 0],  # on leave: the contract goes on, the hours do not
        "Kim": [0.5, 0.5, 0.025, 0.475, 0],
        UNASSIGNED: [0, 0, 0.025, -0.025, 0.025],
    }
    assert people["role"].tolist() == ["OT", "OT", "OTA", None]
    assert people["utilization"].tolist()[0] == pytest.approx(0.1) and people["on_leave"].tolist()[:2] == [False, True]


def test_each_school_and_each_person_there_by_hand():
    answer = answer_of()
    columns = (
        "caseload",
        "student_hours",
        "therapist_hours",
        "available_fte",
        "required_fte",
        "gap_fte",
        "shortfall_fte",
    )
    assert columns_of(answer.schools, "school", *columns) == {
        "Elm": [0, 0, 0, 0.5, 0, 0.5, 0],  # a day of the plan, and nobody to see
        "Oak": [3, 6, 5, 1, 0.125, 0.875, 0],
        "No school": [1, 1, 1, 0, 0.025, -0.025, 0.025],
    }
    assert list(answer.cells.index) == [0, 1, 2, 3] and "index" not in answer.cells
    cells = answer.cells.assign(at=answer.cells["therapist"] + ", " + answer.cells["school"])
    assert columns_of(cells, "at", *columns[1:6], "workload_hours") == {
        "Ana, Elm": [0, 0, 0.5, 0, 0.5, 0],
        "Ana, Oak": [4, 4, 0.5, 0.1, 0.4, 4],
        "Kim, Oak": [2, 1, 0.5, 0.025, 0.475, 1],
        "Unassigned, No school": [1, 1, 0, 0.025, -0.025, 1],
    }


def test_time_without_a_day_plan_is_where_the_service_is():
    """Two hours of consultation at Oak; two sessions at Elm, an hour each, with an hour of notes each: 2 of 6 and 4 of 6."""
    services = {name: values[:1] * 2 for name, values in SERVICES.items()}
    services |= {"school": ["Oak", "Elm"], "delivery": ["consult", "individual"], "sessions": [2, 2]}
    answer = answer_of(
        services, {"therapist": ["Ana"], "role": ["OT"], "fte": [1.0]}, documentation_minutes_per_session=60
    )
    there = dict(zip(answer.schools["school"], answer.schools["available_fte"], strict=True))
    assert there == pytest.approx({"Elm": 4 / 6, "Oak": 2 / 6})


def test_the_district_and_its_roles_by_hand():
    answer = answer_of()
    counts = ("caseload", "service_lines", "student_hours", "therapist_hours", "workload_hours", "available_hours")
    assert answer.district[[*counts]].tolist() == pytest.approx([4, 4, 7, 6, 6, 60])
    fte = ("required_fte", "contracted_fte", "available_fte", "gap_fte", "shortfall_fte", "shortfall_total_fte")
    # room in Ana's week does not take the hour that nobody has
    assert answer.district[[*fte]].tolist() == pytest.approx([0.15, 2.5, 1.5, 1.35, 0, 0.025])
    assert answer.district["utilization"] == pytest.approx(0.1)
    roles = by_role_table(answer.staffing)
    assert roles.loc["OT"].tolist() == pytest.approx([0.125, 1, 0.875])  # with the hour that nobody has
    assert roles.loc["OTA"].tolist() == pytest.approx([0.025, 0.5, 0.475])
    assert np.isnan(answer_of(posts={}).schools[["available_fte", "gap_fte"]].to_numpy()).all()
    unknown = by_role_table(answer_of(posts={}).staffing)
    assert np.isnan(unknown[["available_fte", "gap_fte"]].to_numpy()).all() and unknown["required_fte"].sum() > 0


@pytest.mark.parametrize(
    ("fte", "hours", "contract", "there"), [(None, 30, 0.75, 30), (0.5, 30, 0.5, 30), (0.5, None, 0.5, 20)]
)
def test_a_contract_is_the_fte_that_is_given_and_its_hours_go_before_it(fte, hours, contract, there):
    posts = {"therapist": ["Ana"], "role": ["OT"], "fte": [fte], "hours_per_week": [hours]}
    people = answer_of({name: values[:1] for name, values in SERVICES.items()}, posts).people
    assert people[["contracted_fte", "available_hours"]].to_numpy().tolist() == [[contract, there]]


def test_a_district_that_is_short_says_so():
    """50 hours of work for 40: 0.25 FTE are missing."""
    full = {name: values[:1] for name, values in SERVICES.items()} | {"sessions": [50]}
    district = answer_of(full, {"therapist": ["Ana"], "role": ["OT"], "fte": [1.0]}).district
    assert district[["gap_fte", "shortfall_fte", "shortfall_total_fte"]].tolist() == pytest.approx([-0.25, 0.25, 0.25])


def test_what_a_week_leaves_out_by_hand():
    """Ana sees pairs for 50 hours and has 10 of duties: 20 of 60 hours do not fit. If only sessions give way that is 20 × 60
    × 2 = 2,400 minutes of students, if everything does a third of 6,000. Bo's 51 hours that do not fit are more than his
    one hour of sessions, so its 60 minutes are at risk, or 51 of 91 parts of them.
    """
    services = {name: values[:1] * 3 for name, values in SERVICES.items()}
    services |= {"student": ["S0", "S1", "S2"], "therapist": ["Ana", "Ana", "Bo"], "sessions": [50, 50, 1]}
    services |= {"delivery": ["group", "group", "individual"], "group_id": ["G", "G", None]}
    posts = {"therapist": ["Ana", "Bo"], "role": ["OT"] * 2, "fte": [1.0] * 2, "named_duty_hours": [10, 90]}
    answer = answer_of(services, posts)
    columns = ("student_minutes_at_risk", "student_minutes_at_risk_alike")
    assert answer.people[[*columns]].to_numpy().ravel().tolist() == pytest.approx([2400, 2000, 60, 60 * 51 / 91])
    assert answer.district[[*columns]].tolist() == pytest.approx([2460, 2000 + 60 * 51 / 91])
    sessions, alike = answer.staffing.given_way, answer.staffing.given_way_alike
    assert sessions.therapist_hours.tolist()[:2] == pytest.approx([20, 1]) and not sessions.share_of_others.any()
    assert alike.therapist_hours.tolist()[:2] == pytest.approx([50 / 3, 51 / 91])
    assert alike.share_of_others.tolist()[:2] == pytest.approx([1 / 3, 51 / 91])
    more_than_all = all_gives_way(*(np.array([hours]) for hours in (5.0, 4.0, 60.0, 60.0)))
    assert (more_than_all.share_of_others, more_than_all.student_minutes) == (1, 60)


def test_a_row_of_nobody_and_of_no_school_is_told_where_something_stands_in_it():
    one = {name: values[:1] for name, values in SERVICES.items()}
    posts = {"therapist": ["Ana", "Bo"], "role": ["OT"] * 2, "fte": [1.0] * 2, "base_school": ["Oak"] * 2}

    def told(services, posts=posts, **more):
        answer = answer_of(services, posts, **more)
        return answer.people["therapist"].tolist(), answer.schools["school"].tolist()

    assert told(one) == (["Ana", "Bo"], ["Oak"])
    assert told({**{name: values * 2 for name, values in one.items()}, "school": ["Oak", "Elm"]})[1] == ["Elm", "Oak"]
    no_minutes = {name: [values[0], values[3]] for name, values in SERVICES.items()} | {"sessions": [4, 0]}
    assert told(no_minutes) == (["Ana", "Bo", UNASSIGNED], ["Oak", "No school"])  # a student to see, if for no minutes
    to_evaluate = {"student": ["X"], "type": ["initial"], "due": ["2026-12-01"]}
    assert told(one, evaluations=to_evaluate) == (
        ["Ana", "Bo", UNASSIGNED],
        ["Oak", "No school"],
    )  # six hours in the year
    assert told(one, posts | {"base_school": ["Oak", None]})[1] == [
        "Oak",
        "No school",
    ]  # Bo's time, which has no school


def test_group_lines_without_a_size_by_hand():
    """Three students with an hour each. In groups of three 2 hours fall away, 2.4 with the work on behalf; of a week of
    which a fifth is planning that is 3 hours, 0.075 FTE of (3 × 1.2 ÷ 0.8) ÷ 40 = 0.1125.
    """
    services = {name: values[:1] * 3 for name, values in SERVICES.items()}
    services |= {"student": ["S0", "S1", "S2"], "delivery": ["group"] * 3, "sessions": [1] * 3}
    answer = answer_of(services, on_behalf_ratio=0.2, planning_share=0.2, assumed_group_size=3)
    assert unsized_groups_fte(answer.staffing) == pytest.approx({"all_individual": 0.1125, "all_in_groups": 0.0375})


def test_a_share_of_nothing_is_no_number():
    assert ratio([1, 0, 2], [0, 0, 0.5]).tolist() == pytest.approx([np.nan, np.nan, 4], nan_ok=True)


def test_codes_are_counted_for_each_role_in_the_order_of_the_table():
    assert codes_for(answer_of().people) == {"Ana": "OT 1", "Bo": "OT 2", "Kim": "OTA 1"}

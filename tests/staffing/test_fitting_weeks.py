"""Weeks in bands, the schools whose work would make a week fit, and the two schools of the sentence."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workload.model.roster import NO_SCHOOL, UNASSIGNED
from workload.staffing.fitting_weeks import Bands, bands, hours_beyond, schools_to_hand_on
from workload.staffing.pair import _front, telling_pair, telling_schools


def people(*rows):
    return pd.DataFrame(rows, columns=["therapist", "workload_hours", "available_hours", "on_leave"])


def test_each_person_stands_in_one_band_and_work_of_nobody_in_none():
    found = bands(
        people(
            ("a", 45.1, 37.5, False),
            ("b", 45.0, 37.5, False),
            ("b2", 40.0, 37.5, False),
            ("c", 37.5, 37.5, False),
            ("d", 37.54, 37.5, False),
            ("e", 30, 0, True),
            ("e2", 0, 0, True),
            ("f", 30, 0, False),
            ("g", 0.5, 0.5, False),
            (UNASSIGNED, 99, 0, False),
        )
    )
    assert found == Bands(far_over=1, over=2, fits=3, on_leave=2, not_in_post=1)
    assert (found.too_full, found.present) == (3, 6)


def test_without_posts_nobody_is_in_post():
    assert bands(people(("a", 20, float("nan"), False))).present == 0


@pytest.mark.parametrize("work, there, beyond", [(50.66, 37.5, 13.2), (37.54, 37.5, 0.0), (30, 37.5, 0.0)])
def test_hours_beyond_are_those_that_are_written(work, there, beyond):
    assert hours_beyond(work, there) == pytest.approx(beyond)


def cells(**hours):
    return pd.DataFrame({"school": list(hours), "workload_hours": list(hours.values())})


def test_the_least_work_that_is_enough_is_handed_on():
    assert dict(schools_to_hand_on(cells(a=21.0, b=8.1, c=6.4, d=3.0), 13.2)) == {"b": 8.1, "c": 6.4}
    assert dict(schools_to_hand_on(cells(a=20.0, b=14.0, c=9.0), 13.2)) == {"b": 14.0}


def test_a_school_with_just_the_hours_that_do_not_fit_is_enough():
    assert dict(schools_to_hand_on(cells(a=30.0, b=8.0, c=5.5), 5.5)) == {"c": 5.5}


def test_one_school_is_never_handed_on_whole_and_nothing_is_where_nothing_is_beyond():
    assert not schools_to_hand_on(cells(a=50.0), 5.0)
    assert not schools_to_hand_on(cells(a=20.0, b=20.0), 0.0)


def test_of_two_schools_one_may_go_even_for_half_an_hour_and_one_without_work_is_none():
    assert dict(schools_to_hand_on(cells(a=20.0, b=6.0), 5.0)) == {"b": 6.0}
    assert dict(schools_to_hand_on(cells(a=20.0, b=0.8), 0.5)) == {"b": 0.8}
    assert not schools_to_hand_on(cells(a=20.0, b=0.0), 5.0)


def test_of_more_than_ten_schools_those_with_the_most_work_are_tried():
    ten = {f"s{at}": 5.0 for at in range(10)}
    assert [hours for _, hours in schools_to_hand_on(cells(small=3.0, **ten), 3.0)] == [5.0]


def test_never_more_than_three_schools_are_handed_on():
    assert not schools_to_hand_on(cells(a=2.0, b=2.0, c=2.0, d=2.0, e=2.0), 7.0)


def schools(*rows):
    return pd.DataFrame(rows, columns=["school", "caseload", "workload_hours"])


def test_the_two_schools_have_fewer_students_and_more_hours():
    found = telling_schools(schools(("Few", 14, 21.0), ("Many", 34, 18.2), ("Most", 60, 70.0), (NO_SCHOOL, 1, 99.0)))
    assert found == ("Few", "Many")


def test_schools_whose_hours_are_written_alike_are_no_pair():
    assert telling_schools(schools(("Few", 14, 18.4), ("Many", 34, 18.1))) is None
    assert telling_schools(schools(("One", 14, 18.4))) is None


def test_of_two_with_as_many_students_the_one_with_more_work_is_in_front_and_of_equals_the_first():
    assert _front(np.array([3, 3, 5, 6]), np.array([1, 2, 2, 4])).tolist() == [1, 3]
    assert _front(np.array([3, 3]), np.array([2, 2])).tolist() == [0]
    assert _front(np.array([1, 2, 3]), np.array([1, 3, 3])).tolist() == [0, 1]


def weeks(*rows):
    """People as `Answer.people` has them: (name, students, hours of work, hours there)."""
    table = pd.DataFrame(rows, columns=["therapist", "caseload", "workload_hours", "available_hours"])
    return table.assign(role="OT", on_leave=False, utilization=table["workload_hours"] / table["available_hours"])


ANN, BEA = ("Ann", 6, 40.0, 30.0), ("Bea", 9, 20.0, 30.0)


def test_only_weeks_of_people_who_are_there_are_compared():
    """Ann's 40 hours do not fit 30, Bea's 20 do. Nobody's, those of a person on leave and of one without hours are no weeks."""
    table = weeks(ANN, BEA, ("Cy", 90, 1.0, 30.0), (UNASSIGNED, 1, 99.0, 30.0), ("Dee", 1, 99.0, 0.0))
    table.loc[2, "on_leave"] = True
    assert telling_pair(table) == ("Ann", "Bea")
    assert telling_pair(table.iloc[1:]) is None and telling_pair(table.iloc[:1]) is None
    assert telling_pair(weeks(("Fay", 8, 0.8, 0.5), ("Gus", 9, 0.4, 0.5))) == ("Fay", "Gus")  # half an hour is a week


def test_a_week_that_is_full_to_the_minute_fits():
    assert telling_pair(weeks(ANN, BEA, ("Eve", 1, 30.0, 30.0))) == ("Ann", "Bea")
    assert telling_pair(weeks(ANN, ("Eve", 9, 30.0, 30.0))) == ("Ann", "Eve")


def test_of_weeks_that_fit_the_one_with_less_work_and_about_the_same_contract_is_compared():
    assert telling_pair(weeks(ANN, BEA, ("Ivy", 9, 10.0, 30.0))) == ("Ann", "Ivy")
    assert telling_pair(weeks(ANN, ("Hal", 9, 36.0, 30.0))) is None  # his week does not fit either
    assert telling_pair(weeks(("Ann", 6, 50.0, 40.0), ("Bea", 9, 20.0, 38.0))) == ("Ann", "Bea")  # 2 is 5 % of 40
    assert telling_pair(weeks(("Ann", 6, 50.0, 40.0), ("Bea", 9, 20.0, 37.5))) is None


COUNTS, HOURS = st.integers(1, 6), st.integers(1, 12)


@given(st.lists(st.tuples(COUNTS, HOURS), max_size=12))
def test_no_two_schools_lie_farther_apart_than_those_that_are_told(drawn):
    listed = [(str(at), *one) for at, one in enumerate(drawn)]
    apart = {
        (a, b): (more - few) * (much - less)
        for a, few, much in listed
        for b, more, less in listed
        if few < more and much > less
    }
    best = max(apart, key=apart.get) if apart else None
    assert telling_schools(schools(*listed)) == best


@given(st.lists(st.tuples(COUNTS, HOURS, st.sampled_from((5.0, 8.0, 8.3)), st.sampled_from(("OT", "OTA")))))
def test_no_two_weeks_lie_farther_apart_than_those_that_are_told(drawn):
    listed = [(str(at), *one) for at, one in enumerate(drawn)]
    apart = {
        (a, b): (more - few) * (much - less)
        for a, few, much, week, role in listed
        for b, more, less, other, its_role in listed
        if few < more and much > less and much > week and less <= other and role == its_role
        if abs(week - other) <= 0.05 * max(week, other)
    }
    people = pd.DataFrame(listed, columns=["therapist", "caseload", "workload_hours", "available_hours", "role"])
    people = people.assign(on_leave=False, utilization=people["workload_hours"] / people["available_hours"])
    assert telling_pair(people) == (max(apart, key=apart.get) if apart else None)

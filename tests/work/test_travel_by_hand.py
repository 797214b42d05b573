"""Day plans, the way between two schools and moves without a plan; and what one of everything costs. All by hand."""

from __future__ import annotations

from math import asin, pi, sin

import numpy as np
import pandas as pd
import pytest

from workload.model.units import EARTH_RADIUS_MILES
from workload.work.activities import coefficients
from workload.work.travel import (
    TravelTimes,
    drive_minutes,
    great_circle_miles,
    legs,
    moves_by_visits,
    parse_day_plan,
)

A_DEGREE = pi / 180  # radians


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("Mon: Oak; Tue: Oak, Elm", (("Oak",), ("Oak", "Elm"))),
        ("Mon: Oak\nTue: Elm", (("Oak",), ("Elm",))),
        ("Oak, ,Elm", (("Oak", "Elm"),)),
        ("Mon: ; Tue: St. Mary: East", (("St. Mary: East",),)),
        ("", ()),
        (None, ()),
    ],
)
def test_a_day_plan_is_read_day_by_day(text, plan):
    assert parse_day_plan(text) == plan


def test_the_legs_of_a_week_are_those_of_each_day():
    assert list(legs((("Oak", "Elm", "Oak"), ("Fir",), ("Elm", "Fir")))) == [
        ("Oak", "Elm"),
        ("Elm", "Oak"),
        ("Elm", "Fir"),
    ]


def test_miles_over_the_surface():
    """A degree to the north is the same everywhere; to the east it shrinks with the latitude, at 60 degrees by half."""
    assert great_circle_miles(40, -90, 41, -90) == pytest.approx(EARTH_RADIUS_MILES * A_DEGREE)
    assert great_circle_miles(0, -90, 0, -89) == pytest.approx(EARTH_RADIUS_MILES * A_DEGREE)
    east = 2 * EARTH_RADIUS_MILES * asin(0.5 * sin(A_DEGREE / 2))
    assert great_circle_miles(60, -90, 60, -89) == pytest.approx(east)
    assert great_circle_miles(0, 0, 0, 180) == pytest.approx(EARTH_RADIUS_MILES * pi)


def test_a_drive_takes_1_3_road_miles_for_each_at_30_miles_an_hour():
    assert drive_minutes(10) == pytest.approx(26)


TRAVEL = pd.DataFrame(
    [("Oak", "Elm", 12.0), ("Oak", "Elm", 9.0), ("Fir", "Oak", float("nan")), (None, "Oak", 5.0), ("Oak", None, 5.0)],
    columns=["from", "to", "minutes"],
)
SCHOOLS = pd.DataFrame(
    [("Oak", 40.0, -90.0), ("Fir", 41.0, -90.0), ("Ash", 40.0, None), ("Yew", None, -90.0), (None, 40.0, -90.0)],
    columns=["school", "latitude", "longitude"],
)


@pytest.mark.parametrize("arrival", [0, 5])
def test_the_way_between_two_schools(arrival):
    """Listed twice it takes the longer time, either way round; else by the coordinates; else it is a move."""
    times = TravelTimes.of(TRAVEL, SCHOOLS, arrival) if arrival else TravelTimes.of(TRAVEL, SCHOOLS)
    assert times.leg("Oak", "Elm") == times.leg("Elm", "Oak") == (12 + arrival, "Travel sheet")
    by_road = drive_minutes(EARTH_RADIUS_MILES * A_DEGREE) + arrival
    assert times.leg("Oak", "Fir") == (pytest.approx(by_road), "coordinates")
    assert times.leg("Oak", "Oak") == (0, "same school")
    for unknown in ("Ash", "Yew", "Nowhere"):
        assert times.leg("Oak", unknown) == times.leg(unknown, "Oak") == (None, "one move")
    assert set(times.coordinates) == {"Oak", "Fir"} and list(times.table) == [("Oak", "Elm")]
    assert TravelTimes({("Oak", "Elm"): 12}, {}).leg("Oak", "Elm") == (12, "Travel sheet")


def test_each_school_but_the_busiest_is_a_move_for_each_session_and_at_most_one_a_week():
    """The first has 2, 1/2 and 1/4 sessions a week at three schools: 1/2 + 1/4. The second has one school, the third none."""
    found = moves_by_visits(np.array([0, 0, 0, 1]), np.array([2.0, 0.5, 0.25, 1.0]), 3)
    assert found.tolist() == [0.75, 0, 0]
    assert moves_by_visits(np.array([0, 0]), np.array([3.0, 1.5]), 1).tolist() == [1]


def test_what_one_of_everything_costs_in_hours_a_week():
    """36 weeks of school, 40 paid ones."""
    values = {
        "instructional_weeks": 36,
        "contract_weeks": 40,
        "documentation_minutes_per_session": 6,
        "on_behalf_ratio": 0.25,
        "evaluation_initial_hours": 8,
        "evaluations_initial_per_student": 0.5,
        "reevaluation_hours": 4,
        "reevaluations_per_student": 0.25,
        "meeting_hours": 2,
        "meeting_504_hours": 1,
        "reevaluation_own_meeting_share": 0.5,
        "progress_reports_per_year": 4,
        "progress_report_hours": 0.5,
    }
    expected = {
        "direct": {"direct_minutes": 1 / 60 / 36},
        "consult": {"consult_minutes": 1 / 60 / 36},
        "makeup": {"makeup_minutes": 1 / 60},
        "documentation": {"sessions": 0.1 / 36},
        "on_behalf": {"direct_minutes": 0.25 / 60 / 36},
        "evaluation_initial": {"initial": 0.2, "students_initial": 0.1},
        "reevaluation": {"reevaluation": 0.1, "students_reevaluation": 0.025},
        "meeting": {
            "iep": 0.05,
            "initial": 0.05,
            "students_initial": 0.025,
            "reevaluation": 0.025,
            "students_reevaluation": 0.00625,
            "plan_504": 0.025,
        },
        "progress_report": {"iep": 0.05},
    }
    found = coefficients(values)
    assert found.keys() == expected.keys()
    for activity, costs in expected.items():
        assert found[activity] == pytest.approx(costs), activity

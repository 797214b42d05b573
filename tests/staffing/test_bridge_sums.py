"""What the title of the bridge says, and how few gaps make up half of all."""

from datetime import date

import pandas as pd
import pytest

from tests.reference.by_hand import BARE
from workload.answer import analyze
from workload.model.parameters import Assumptions
from workload.model.roster import roster_of
from workload.model.words import gap_in_words
from workload.staffing.ask_parts import AskParts, Cover, _together, ask_parts
from workload.staffing.bridge import NEED, SPARE, SUM, Step, bridge, fewest_for_half, without_hours, without_work

STEPS = [
    Step("in_post", "In post", 12.0, SUM, ""),
    Step("unassigned", "Work with no therapist", 0.9, NEED, ""),
    Step("does_not_fit", "Weeks that do not fit", 1.5, NEED, ""),
    Step("room", "Room", -0.3, SPARE, ""),
    Step("required", "Required", 14.1, SUM, ""),
]


def test_work_without_hours_and_hours_without_work_are_the_steps_of_their_kind():
    assert without_hours(STEPS) == pytest.approx(2.4) and without_work(STEPS) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("gaps", "few"),
    [([-1.0], 1), ([-3.0, -1.0, -1.0], 1), ([-1.0, -1.0, -1.0, -1.0], 2), ([-1.0, -1.0, -1.0], 2), ([-2.0, -2.0], 1)],
)
def test_the_fewest_gaps_that_make_up_half_of_all(gaps, few):
    assert fewest_for_half(pd.Series(gaps)) == few


@pytest.mark.parametrize(
    ("gap", "said"),
    [(-3.16, "short 3.2"), (0.44, "room 0.4"), (0.049, "even"), (-0.05, "short 0.05"), (float("nan"), "")],
)
def test_a_gap_is_said_as_people_say_it(gap, said):
    assert gap_in_words(gap) == said


def test_each_step_of_a_small_district_by_hand():
    """Weeks of 40 hours, 10 days of absence in 40 paid weeks: a post is there for 1 − 10 ÷ 200 = 0.95 of its hours.

    A  1.0 FTE              50 h of lines, 38 h there                   12 h do not fit            0.3
    B  0.5 FTE, on leave    10 h of lines                               the contract −0.5, work    0.25
    C  1.0 FTE, 36 h given  20 h of lines, 34.2 h there, 4 h below FTE  −0.1, 14.2 h of room       −0.355
    nobody                  8 h of lines                                                           0.2

    Absence: 2 h of A and 1.8 h of C, −0.095. Available 72.2 h = 1.805; required 88 h = 2.2.
    """
    hours_of = {"A": 50, "B": 10, "C": 20, None: 8}
    services = {
        "student": [f"S{at}" for at in range(len(hours_of))],
        "delivery": ["individual"] * len(hours_of),
        "minutes_per_session": [60] * len(hours_of),
        "sessions": list(hours_of.values()),
        "period": ["week"] * len(hours_of),
        "therapist": list(hours_of),
    }
    therapists = {
        "therapist": ["A", "B", "C"],
        "role": ["OT"] * 3,
        "fte": [1.0, 0.5, 1.0],
        "hours_per_week": [None, None, 36],
        "leave_start": [None, "2026-09-01", None],
        "leave_end": [None, "2026-12-18", None],
    }
    settings = {**BARE, "hours_per_week": 40, "contract_weeks": 40, "absence_days_per_year": 10}
    answer = analyze(
        roster_of(services=services, therapists=therapists), date(2026, 10, 1), Assumptions().changed(settings, "test")
    )
    assert [(step.code, step.fte) for step in bridge(answer.staffing)] == [
        ("in_post", pytest.approx(2.5)),
        ("on_leave", pytest.approx(-0.5)),
        ("hours_not_fte", pytest.approx(-0.1)),
        ("absence", pytest.approx(-0.095)),
        ("available", pytest.approx(1.805)),
        ("unassigned", pytest.approx(0.2)),
        ("work_of_leave", pytest.approx(0.25)),
        ("does_not_fit", pytest.approx(0.3)),
        ("room", pytest.approx(-0.355)),
        ("required", pytest.approx(2.2)),
    ]


def test_covers_that_end_on_one_day_are_one_and_tell_nobody_apart():
    day, december, january = date(2026, 10, 1), date(2026, 12, 18), date(2027, 1, 29)
    covers = [("OT", 0.9, day, december), ("OT", 0.5, day, january), ("OT", 0.45, day, december)]
    told = [(each.role, each.fte, each.until) for each in _together([Cover(*each) for each in covers])]
    assert told == [("OT", pytest.approx(1.35), december), ("OT", 0.5, january)]


def test_what_is_asked_for_is_all_of_its_parts_together():
    cover = (Cover("OT", 0.9, date(2026, 10, 1), None), Cover("OTA", 0.5, date(2026, 10, 1), None))
    assert AskParts({"OT": 0.5, "OTA": 0.2}, {"OT": 0.4, "OTA": 0.1}, cover).total_fte == pytest.approx(2.6)


def test_the_ask_of_a_small_district_by_hand():
    """Weeks of 40 hours; a post is there for 0.95 of its hours. Kim is an OTA, the others are OTs.

    OTs: 110 h of lines, 38 h there: 72 h short, 1.8. Bea (16 h given, back 15.2 h = 0.38) and Cy (0.25 FTE, 0.2375) are
    on leave; once they are back 1.8 − 0.6175 = 1.1825 are missing. A vacant post of 0.6 gives 0.57 of it, 0.6125 is new.
    OTAs: 48 h of lines, 38 h there: 0.25, less than the vacant post of 1.0 gives.
    """
    hours_of = {"Ann": 90, "Bea": 20, "Kim": 48}
    services = {
        "student": [f"S{at}" for at in range(3)],
        "delivery": ["individual"] * 3,
        "minutes_per_session": [60] * 3,
        "sessions": list(hours_of.values()),
        "period": ["week"] * 3,
        "therapist": list(hours_of),
    }
    therapists = {
        "therapist": ["Ann", "Bea", "Cy", "Kim"],
        "role": ["OT", "OT", "OT", "OTA"],
        "fte": [1.0, 0.5, 0.25, 1.0],
        "hours_per_week": [None, 16, None, None],
        "supervisor": [None, None, None, "Ann"],
        "leave_start": [None, "2026-09-01", "2026-09-01", None],
        "leave_end": [None, "2026-12-18", None, None],
    }
    settings = {**BARE, "hours_per_week": 40, "contract_weeks": 40, "absence_days_per_year": 10}
    assumed = Assumptions().changed(settings, "test")
    answer = analyze(roster_of(services=services, therapists=therapists), date(2026, 10, 1), assumed)
    vacant = [("OT", 0.6), ("OTA", 1.0), ("OT", float("nan"))]
    asked = ask_parts(answer.staffing, answer.roster.therapists, vacant)
    assert asked.fill == pytest.approx({"OT": 0.57, "OTA": 0.25})
    assert asked.permanent == pytest.approx({"OT": 0.6125, "OTA": 0})
    assert [(one.role, one.fte, one.until) for one in asked.cover] == [
        ("OT", pytest.approx(0.38), date(2026, 12, 18)),
        ("OT", pytest.approx(0.2375), None),
    ]
    assert asked.total_fte == pytest.approx(1.8 + 0.25)
    unknown = analyze(roster_of(services=services), date(2026, 10, 1), assumed)
    assert ask_parts(unknown.staffing, unknown.roster.therapists, vacant) is None
    assert [step.code for step in bridge(unknown.staffing)] == ["required"]


def test_room_covers_what_leave_takes_and_then_nothing_is_asked_for():
    """20 hours of lines; Ann's 40 are there, Bea's are not."""
    services = {"student": ["S0"], "delivery": ["individual"], "minutes_per_session": [60], "sessions": [20]}
    services |= {"period": ["week"], "therapist": ["Ann"]}
    posts = {"therapist": ["Ann", "Bea"], "role": ["OT"] * 2, "fte": [1.0] * 2, "leave_start": [None, "2026-09-01"]}
    assumed = Assumptions().changed({**BARE, "hours_per_week": 40, "absence_days_per_year": 0}, "test")
    answer = analyze(roster_of(services=services, therapists=posts), date(2026, 10, 1), assumed)
    asked = ask_parts(answer.staffing, answer.roster.therapists, [("OT", 1.0)])
    assert (asked.total_fte, asked.cover) == (0, ())
    alone = analyze(
        roster_of(services=services, therapists={name: values[:1] for name, values in posts.items()}),
        date(2026, 10, 1),
        assumed,
    )
    assert [(step.code, step.fte) for step in bridge(alone.staffing)] == [
        ("available", 1.0),  # where contracts and hours are one, they are said once
        ("room", pytest.approx(-0.5)),
        ("required", pytest.approx(0.5)),
    ]

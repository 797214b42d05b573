"""Single terms of the calculation that sums over whole districts can hide, each in a week that one can work by hand."""

from __future__ import annotations

import pytest

from tests.scenarios.test_levers import district, plain

PAIR = [("Ann", "Oak", 1), ("Ann", "Oak", 1)]


def hours_of(**services):
    """(student hours, therapist hours) a week of two students with an hour each."""
    figures = district(PAIR, services=services).district
    return figures["student_hours"], figures["therapist_hours"]


def test_consultation_is_never_divided_by_a_group():
    assert hours_of(delivery=["consult"] * 2, group_size=[4.0, 4.0]) == (2, 2)
    assert hours_of(delivery=["consult"] * 2, group_id=["one", "one"]) == (2, 2)


def test_a_group_is_divided_once_by_its_members_or_else_by_its_size():
    assert hours_of(delivery=["group"] * 2, group_size=[4.0, 4.0]) == (2, 0.5)
    assert hours_of(delivery=["group"] * 2, group_id=["one", "one"]) == (2, 1)
    assert hours_of(delivery=["group"] * 2, group_id=["one", "one"], group_size=[4.0, 4.0]) == (2, 1)
    assert hours_of(delivery=["group"] * 2, group_id=["one", None], group_size=[4.0, 4.0]) == (2, 1.25)
    assert hours_of(delivery=["group"] * 2, group_size=[1.0, None]) == (2, 2)


def test_new_york_s_low_end_is_the_full_day_and_its_high_end_four_fifths_of_it():
    answer = district([("Ann", "Oak", 30)], assumptions=plain(hours_per_week=37.5))
    (found,) = [each for each in answer.methods if each.method == "nysed-sessions"]
    assert found.low == pytest.approx(30 * 2 / (37.5 * 2))  # half-hours a week over those of a week
    assert found.high == pytest.approx(found.low / 0.8)


@pytest.mark.parametrize(
    ("more", "hours"),
    [({"mtss_hours": [5.0, 0.0]}, 5.0), ({"named_duty_hours": [5.0, 0.0]}, 5.0)],
)
def test_what_a_person_does_beside_the_students_moves_the_range_as_it_moves_the_need(more, hours):
    people = (("Ann", "OT", 1.0, None), ("Bea", "OT", 1.0, None))
    without, with_more = (district(PAIR, people, therapists=one) for one in ({}, more))
    need = with_more.district["required_fte"] - without.district["required_fte"]
    assert need == pytest.approx(hours / 40)
    for end in ("p10", "p90"):
        moved = getattr(with_more.range, end) - getattr(without.range, end)
        assert need - 1e-9 <= moved <= need / (1 - 0.3)  # nothing varies it but the share of planning and staff time


def test_supervision_moves_the_range_by_its_own_span():
    people = (("Ann", "OT", 1.0, None), ("Bea", "OTA", 1.0, "Ann"))
    alone = (("Ann", "OT", 1.0, None), ("Bea", "OTA", 1.0, None))
    with_it, without = (district(PAIR, one) for one in (people, alone))
    need = with_it.district["required_fte"] - without.district["required_fte"]
    assert need > 0
    for end in ("p10", "p90"):
        assert 0.2 * need <= getattr(with_it.range, end) - getattr(without.range, end) <= 3 * need

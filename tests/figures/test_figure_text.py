"""Rounding, phrases and the headline."""

import math
from datetime import date

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.figures.charts import district, empty_district
from workload.explain.headline import headline
from workload.model import words
from workload.model.words import fte, hours, in_words, numbers, percent, rounded, shown
from workload.premises.records import Ends


class Spread:
    def __init__(self, p10, p90):
        self.p10, self.p90 = p10, p90


class SomeAnswer:
    """An answer with the figures that a headline reads."""

    day = date(2026, 10, 1)

    def __init__(self, required, available, contracted=None, p10=None, p90=None, ota=0.0, short=0.0):
        self.district = pd.Series(
            {
                "required_fte": required,
                "available_fte": available,
                "gap_fte": available - required,
                "contracted_fte": available if contracted is None else contracted,
                "shortfall_total_fte": short,
            }
        )
        self.range = Spread(required if p10 is None else p10, required if p90 is None else p90)
        self.by_role = pd.DataFrame(
            {"required_fte": [required, ota], "available_fte": [available, ota]}, index=["OT", "OTA"]
        )


@pytest.fixture(autouse=True)
def final(monkeypatch):
    """Nothing that the answers of this file stand on is open."""
    monkeypatch.setattr("workload.explain.headline.answer_status", lambda answer: "final")
    monkeypatch.setattr("workload.explain.headline.open_premises", lambda answer: [])
    monkeypatch.setattr(
        "workload.explain.headline.gap_ends",
        lambda answer, told=None: Ends(
            answer.district["available_fte"] - answer.range.p90, answer.district["available_fte"] - answer.range.p10
        ),
    )


@pytest.mark.parametrize(
    ("value", "digits", "wanted"),
    [
        (0.25, 1, "0.3"),
        (0.35, 1, "0.4"),
        (2.675, 2, "2.68"),
        (-0.25, 1, "-0.3"),
        (1234.25, 1, "1,234.3"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-0.04, 1, "0.0"),
        (0.1 + 0.2 - 0.05, 1, "0.3"),
        (1e9, 1, "1,000,000,000.0"),
        (float("nan"), 1, "no value"),
        (None, 1, "no value"),
        (float("inf"), 1, "no value"),
    ],
)
def test_numbers_are_rounded_half_up(value, digits, wanted):
    assert shown(value, digits) == wanted


def test_rounding_never_gives_minus_zero():
    assert math.copysign(1, rounded(-0.01, 1)) == 1


def test_small_fte_get_a_second_decimal():
    assert [fte(value) for value in (3.25, 0.1, 0.099, 0.04, 0.004, 0, 0.096)] == [
        "3.3",
        "0.1",
        "0.1",
        "0.04",
        "0.0",
        "0.0",
        "0.1",
    ]


def test_hours_have_one_decimal_and_percent_none():
    assert (hours(28.95), percent(0.374), percent(0.375)) == ("29.0", "37%", "38%")


def test_a_day_is_written_as_in_the_us():
    assert in_words(date(2026, 10, 1)) == "October 1, 2026"


def test_a_short_district_is_told_how_much_and_how_sure():
    assert headline(SomeAnswer(14.2, 11.0, p10=13.5, p90=15.0), "Bluff County") == (
        "Bluff County needs 14.2 FTE of OT time for the services on its plans of October 1, 2026 and has 11.0. "
        "It is short 3.2 FTE (likely between 2.5 and 4.0)."
    )


def test_the_headline_says_that_it_adds_otas():
    assert "14.2 FTE of OT and OTA time" in headline(SomeAnswer(14.2, 11.0, ota=2.0), "Bluff County")


@given(
    st.lists(
        st.one_of(
            st.none(),
            st.floats(),
            st.floats(-1e3, 1e3),
            st.decimals(-1000, 1000, places=3).map(float),
            st.integers(-(10**6), 10**6).map(lambda eighths: eighths / 8),
        ),
        max_size=6,
    ),
    st.integers(0, 3),
)
@example([2.675, 1.005, -8.345, 12345678.955], 2)
@example([0.5, -0.5, 1.45, -0.04, 0.15, 1e12 + 0.5], 1)
def test_a_column_is_rounded_as_each_of_its_numbers(values, digits):
    """One rule, written fast for columns: a table and the sentence beside it never differ in the last digit."""
    assert list(map(repr, numbers(values, digits))) == [repr(rounded(value, digits)) for value in values]


def test_the_three_numbers_of_the_headline_agree():
    said = headline(SomeAnswer(14.24, 10.96), "X")  # 14.2 - 11.0 is not 3.3
    assert "needs 14.24 FTE" in said and "has 10.96" in said and "short 3.28 FTE" in said
    for required, available in ((14.25, 11.04), (8.451, 4.933), (0.06, 0.03), (7.0, 7.349)):
        digits = words.agreeing_digits(required, available)
        difference = rounded(required, digits) - rounded(available, digits)
        assert rounded(difference, digits) == rounded(required - available, digits)


def test_an_even_district_is_told_so_with_both_sides_of_the_range():
    assert headline(SomeAnswer(11.0, 11.02, p10=10.6, p90=11.6), "X").endswith(
        "That is about even (likely between short 0.6 FTE and room for 0.4 FTE)."
    )


def test_a_district_with_room_is_told_of_work_that_still_does_not_fit():
    said = headline(SomeAnswer(9.0, 11.0, p10=8.5, p90=9.8, short=0.7), "X")
    assert "It has room for 2.0 FTE (likely between 1.2 and 2.5)." in said
    assert said.endswith("0.7 FTE of work does not fit the week of those who have it, or has no therapist.")


def test_nobody_in_post_is_said():
    assert "and nobody is in post. It is short 2.0 FTE." in headline(SomeAnswer(2.0, 0.0), "X")
    assert "and everyone in post is on leave." in headline(SomeAnswer(2.0, 0.0, contracted=1.0), "X")


def test_a_district_without_data_gets_no_number():
    said = headline(empty_district(), "Bluff County")
    assert said.startswith("Bluff County: there is nothing to count on October 1, 2026.")
    assert "FTE" not in said


def test_people_without_services_are_no_shortage():
    said = headline(SomeAnswer(0.0, 3.0), "")
    assert said.startswith("The district has 3.0 FTE of OT time, and no service is in force")


def test_the_headline_of_a_real_answer_holds_its_numbers():
    answer = district()
    said = headline(answer, "Elm")
    assert (
        shown(
            answer.district["required_fte"],
            words.agreeing_digits(answer.district["required_fte"], answer.district["available_fte"]),
        )
        in said
    )

"""Renewals: a review date that passes takes nothing away, and nobody is counted twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.rosters import DAY, as_roster, assumptions_of, random_tables
from workload.answer import analyze
from workload.model.confirmations import Confirmation
from workload.model.roster import roster_of
from workload.model.school_calendar import SchoolCalendar

REVIEW = date(2026, 11, 10)
LATER = date(2027, 1, 15)
STOP = {"renewals": "stop"}


def roster(*lines, posts=("Ana",)):
    """Lines of one hour a week; each is (student, start, end, review) and what differs."""
    rows = [
        {
            "student": student,
            "start": start,
            "end": end,
            "iep_date": review,
            "therapist": "Ana",
            "plan": "IEP",
            "delivery": "individual",
            "minutes_per_session": 60,
            "sessions": 1,
            "period": "week",
            "service": "OT",
            **dict(more),
        }
        for student, start, end, review, *more in lines
    ]
    names = dict.fromkeys(name for row in rows for name in row)
    return roster_of(
        services={name: [row.get(name) for row in rows] for name in names},
        therapists={"therapist": list(posts), "role": ["OT"] * len(posts), "fte": [1.0] * len(posts)},
    )


def direct(roster, day, overrides=None):
    return round(analyze(roster, day, assumptions_of(overrides or {})).district["direct_hours"], 12)


def test_a_line_that_ends_at_the_review_goes_on_and_a_real_end_ends():
    renewed = roster(("A", date(2025, 11, 10), REVIEW, REVIEW))
    ended = roster(("A", date(2025, 11, 10), date(2026, 10, 20), REVIEW))  # three weeks before the review
    assert direct(renewed, LATER) == 1
    assert direct(renewed, LATER, STOP) == 0
    assert direct(ended, LATER) == 0


def test_two_weeks_on_either_side_are_the_review():
    for days, goes_on in ((-15, 0), (-14, 1), (14, 1), (15, 0)):
        line = ("A", date(2025, 11, 10), REVIEW + timedelta(days), REVIEW)
        assert direct(roster(line), LATER) == goes_on


def test_a_newer_line_replaces_and_a_line_added_in_the_middle_does_not():
    old = ("A", date(2025, 11, 10), REVIEW, REVIEW)
    newer = ("A", REVIEW, None, REVIEW, ("delivery", "group"))
    added = ("A", date(2026, 3, 1), None, REVIEW, ("delivery", "consult"))
    assert direct(roster(old, newer), LATER) == 1  # the group, and not the individual line as well
    both = analyze(roster(old, added), LATER).district
    assert (both["direct_hours"], both["consult_hours"]) == pytest.approx((1, 1))


def test_a_line_is_newer_from_two_weeks_before_the_old_ones_end_and_from_its_own_first_day_on():
    old = ("A", date(2025, 11, 10), REVIEW, REVIEW)
    for days, together in ((-15, 2), (-14, 1), (0, 1)):  # 15 days before it was added to the plan, and both go on
        newer = ("A", REVIEW + timedelta(days), None, REVIEW, ("delivery", "group"))
        assert direct(roster(old, newer), LATER) == together
    newer = ("A", LATER, None, REVIEW, ("delivery", "group"))
    assert [direct(roster(old, newer), day) for day in (LATER - timedelta(1), LATER)] == [1, 1]
    assert analyze(roster(old, newer), LATER - timedelta(1)).demand.lines.renewed.tolist() == [True]
    assert analyze(roster(old, newer), LATER).demand.lines.renewed.tolist() == [False]
    short = ("A", REVIEW - timedelta(7), REVIEW, REVIEW)
    beside = ("A", REVIEW - timedelta(7), None, REVIEW, ("delivery", "group"))  # began with the other: no newer one
    assert direct(roster(short, beside), LATER) == 2


def test_a_newer_line_of_another_service_or_student_or_of_summer_replaces_nothing():
    old = ("A", date(2025, 11, 10), REVIEW, REVIEW)
    for other in (
        ("A", REVIEW, None, REVIEW, ("service", "OT consult")),
        ("B", REVIEW, None, REVIEW),
        ("A", REVIEW, None, REVIEW, ("esy", True), ("delivery", "group")),
    ):
        lines = analyze(roster(old, other), LATER).demand.lines
        assert 0 in lines.row[lines.renewed]


def test_ends_are_of_a_school_year_within_45_days_of_its_last():
    for end, goes_on in (
        (date(2026, 5, 15), 1),
        (date(2026, 5, 16), 0),
        (date(2026, 8, 14), 0),
        (date(2026, 8, 15), 1),
    ):
        assert direct(roster(("A", date(2025, 9, 1), end, None)), LATER) == goes_on


def test_nothing_goes_on_after_the_last_day_of_school_that_the_calendar_says():
    line = ("A", date(2025, 11, 10), REVIEW, REVIEW)
    for last, goes_on in ((LATER, 1), (LATER - timedelta(1), 0)):
        calendar = SchoolCalendar(first=date(2026, 8, 20), last=last)
        assert round(analyze(roster(line), LATER, calendar=calendar).district["direct_hours"]) == goes_on


def test_an_exit_ends_a_renewed_line_after_its_last_day():
    line = ("A", date(2025, 11, 10), REVIEW, REVIEW, ("exit", date(2026, 12, 18)))
    assert direct(roster(line), date(2026, 12, 18)) == 1
    assert direct(roster(line), date(2026, 12, 19)) == 0


def test_without_review_dates_ends_that_are_spread_are_reviews_and_ends_in_june_are_not():
    spread = [(f"S{at}", date(2025, 9, 1), date(2026, 1 + at, 10), None) for at in range(10)]
    june = [(f"S{at}", date(2025, 9, 1), date(2026, 6, 1 + at), None) for at in range(10)]
    assert direct(roster(*spread), LATER) == 10
    assert direct(roster(*june), LATER) == 0
    assert direct(roster(*spread[:5], *june[5:]), LATER) == 10  # just half at the year's end are not most of them


def test_a_student_of_whom_somebody_says_that_she_left_is_not_carried():
    lines = [(name, date(2025, 11, 10), REVIEW, REVIEW) for name in ("A", "B")]
    said = {"renewals": Confirmation("lead", "2027-01-16", ("B",))}
    assert analyze(roster(*lines), LATER, confirmed=said).district["caseload"] == 1
    assert analyze(roster(*lines), LATER).with_confirmed(said).district["caseload"] == 1


def with_reviews(seed):
    """A random district whose lines end at the student's review, each student's lines of one plan together."""
    tables = random_tables(seed)
    starts: dict[str, date] = {}
    for line in tables["services"]:
        start = starts.setdefault(line["student_id"], DAY - timedelta(30 + int(line["student_id"][1:]) % 7))
        number = int(line["student_id"][1:])
        line["start"], line["end"] = start, DAY + timedelta(10 + 13 * (number % 20))
        line["iep_date"] = line["end"]
        line.pop("compensatory_minutes", None)  # owed minutes grow by the day for a reason of their own
    for person in tables["therapists"]:
        for name in ("start", "end"):
            person.pop(name, None)
    tables["evaluations"] = []
    for line in tables["services"]:
        line["reeval_date"] = None
    return as_roster(tables)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_the_need_does_not_fall_because_a_review_date_passes(seed):
    made = with_reviews(seed)
    needs = [analyze(made, DAY + timedelta(days)).district["required_fte"] for days in (0, 40, 120, 260)]
    assert needs == pytest.approx([needs[0]] * 4, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_on_the_day_of_the_file_both_rules_answer_alike_and_carrying_counts_nobody_twice(seed):
    made = with_reviews(seed)
    carry, stop = (analyze(made, DAY, assumptions_of({"renewals": rule})).district for rule in ("carry", "stop"))
    assert carry["required_fte"] == pytest.approx(stop["required_fte"], abs=1e-12)
    later = analyze(made, DAY + timedelta(150)).demand
    assert len(set(later.lines.row.tolist())) == len(later.lines.row)
    assert later.caseload == analyze(made, DAY).demand.caseload

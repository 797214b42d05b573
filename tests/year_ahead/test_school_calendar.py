"""The school calendar: its first and last day, August and year-round, and who else follows it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scenarios.scenarios import answer_of
from tests.scenarios.test_levers import district, plain
from workload.answer import analyze
from workload.model.roster import roster_of
from workload.model.school_calendar import SchoolCalendar, open_weeks, read_calendar, weeks_of
from workload.premises.premise_list import premises_of
from workload.scenarios.cost import Rates, weeks_to_come
from workload.scenarios.priced_ask import PERMANENT, priced_ask
from workload.year_ahead.backlog import cost_of_not_acting, evaluation_backlog, owed_by_month
from workload.year_ahead.weeks import year_ahead

DAY = date(2026, 10, 1)
AUGUST = SchoolCalendar(date(2026, 8, 3), date(2027, 5, 21), ((date(2026, 12, 21), date(2027, 1, 1)),))
YEAR_ROUND = SchoolCalendar(date(2026, 7, 6), date(2027, 6, 30), ((date(2026, 10, 5), date(2026, 10, 16)),))
TEXT = """
first_day = 2026-08-03
last_day = 2027-05-21
closings = [[2026-12-21, 2027-01-01]]
"""


def short() -> object:
    return district([("Ann", "Oak", 50)], assumptions=plain())


def test_a_calendar_is_read_from_a_file():
    assert read_calendar(TEXT) == AUGUST


@pytest.mark.parametrize("calendar, first, last", [
    (SchoolCalendar(), date(2026, 8, 31), date(2027, 6, 28)),
    (AUGUST, date(2026, 8, 3), date(2027, 5, 17)),
    (YEAR_ROUND, date(2026, 7, 6), date(2027, 6, 28)),
])  # fmt: skip
def test_the_weeks_run_from_the_first_to_the_last_day_of_school(calendar, first, last):
    weeks = weeks_of(DAY, calendar)
    assert (weeks.mondays[0], weeks.mondays[-1]) == (first, last)
    assert weeks.open_share.sum() == pytest.approx(open_weeks(DAY, calendar))
    year = year_ahead(short().with_calendar(calendar))
    assert year.table["week_start"].iloc[0].date() == first


def test_a_calendar_of_another_school_year_says_nothing_of_this_one():
    assert weeks_of(date(2027, 10, 1), AUGUST).mondays[0] == date(2027, 8, 30)
    assert SchoolCalendar(last=date(2027, 5, 21)).said_last(date(2027, 10, 1)) is None


def test_august_has_sessions_evaluations_and_a_month_of_its_own():
    roster = roster_of(
        services={
            "student": ["S"], "plan": ["IEP"], "delivery": ["individual"], "minutes_per_session": [30], "sessions": [1],
            "period": ["week"], "therapist": ["Ann"], "school": ["Oak"], "reeval_date": ["2026-08-20"],
        },
        therapists={"therapist": ["Ann"], "role": ["OT"], "fte": [1.0]},
    )  # fmt: skip
    answer = analyze(roster, DAY, plain(reevaluation_hours=4), calendar=AUGUST)
    year = year_ahead(answer)
    table = year.table.set_index("week_start")
    assert table.loc["2026-08-10", "sessions_hours"] > 0
    assert table.loc[:"2026-08-17", "evaluations_hours"].sum() == pytest.approx(4)
    backlog = evaluation_backlog(year)
    assert backlog["month"].iloc[0].date() == date(2026, 8, 1) and backlog["evaluations_due"].iloc[0] == 1
    assert not any("before the first day" in note for note in year.notes)


def test_what_is_owed_what_it_costs_and_what_a_post_costs_follow_the_same_weeks():
    answer = short()
    inside = answer.with_calendar(AUGUST)
    weeks = open_weeks(DAY, AUGUST, DAY)
    assert weeks_to_come(inside) == pytest.approx(weeks)
    a_week = answer.district["student_minutes_at_risk"]
    # the week strip counts whole weeks: that of October 1 begins on September 28
    whole = open_weeks(DAY, AUGUST, date(2026, 9, 28))
    assert owed_by_month(year_ahead(inside))["owed_minutes"].iloc[-1] == pytest.approx(a_week * whole)
    makeup = cost_of_not_acting(year_ahead(inside))[0]
    assert makeup.first_year == pytest.approx(
        Rates()["makeup_hour"] * owed_by_month(year_ahead(inside))["owed_hours"].iloc[-1]
    )
    [post] = [part for part in priced_ask(inside).parts if part.kind == PERMANENT]
    share = (post.dollars.this_year - post.fte * 6_000) / post.dollars.full_year
    assert share == pytest.approx(weeks / open_weeks(DAY, AUGUST))


def test_a_renewed_line_and_what_is_owed_end_with_the_last_day_of_school():
    after, before = date(2027, 5, 28), date(2027, 5, 20)
    lines = {"end": ["2027-03-01"], "iep_date": ["2027-03-01"], "start": ["2026-03-01"]}
    answer = district([("Ann", "Oak", 10)], services=lines)
    assert answer.on(after).demand.caseload == 1
    assert answer.with_calendar(AUGUST).on(after).demand.caseload == 0
    assert answer.with_calendar(AUGUST).on(before).demand.caseload == 1
    owed = district([("Ann", "Oak", 1)], services={"compensatory_minutes": [600.0]}, assumptions=plain())
    assert owed.demand.weeks_until(None) == pytest.approx((date(2027, 6, 30) - DAY).days / 7)
    assert owed.with_calendar(AUGUST).demand.weeks_until(None) == pytest.approx((date(2027, 5, 21) - DAY).days / 7)


@given(st.integers(0, 40), st.integers(-60, 60), st.integers(0, 30))
def test_school_weeks_add_up_and_no_calendar_is_the_instructional_weeks(seed, moved, length):
    start = DAY + timedelta(60 + moved)
    calendar = SchoolCalendar(date(2026, 8, 10), date(2027, 6, 4), ((start, start + timedelta(length)),))
    demand = answer_of(seed % 4).with_calendar(calendar).demand
    middle = date(2027, 2, 3)
    parts = demand.school_weeks(DAY, middle) + demand.school_weeks(middle + timedelta(1))
    assert parts == pytest.approx(demand.school_weeks(DAY))
    plain_year = answer_of(seed % 4).demand
    assert plain_year.school_weeks(date(2026, 7, 1)) == pytest.approx(
        min(plain_year.weeks, open_weeks(DAY, SchoolCalendar()))
    )


def premise(answer):
    return next(one for one in premises_of(answer) if one.id == "calendar")


def test_the_premise_says_the_calendar_and_is_settled_by_one_that_holds_the_weeks_counted():
    answer = short()
    assert premise(answer).state == "assumed"
    whole = answer.with_calendar(AUGUST)
    told = premise(whole)
    assert "August 3, 2026 to May 21, 2027 with 1 closing: 40.0 weeks with school, 36 counted" in told.text
    assert told.state in ("assumed", "open") and "40.0 weeks" in told.action
    agrees = analyze(whole.roster, DAY, whole.assumptions.changed({"instructional_weeks": 40}, "test"), calendar=AUGUST)
    assert premise(agrees).state == "confirmed"


def overdue(weeks: float = 1.0):
    values = plain() if weeks == 1 else plain(makeup_overdue_weeks=weeks)
    owed = {"compensatory_minutes": [600.0], "compensatory_due": ["2026-09-01"]}
    return district([("Ann", "Oak", 1)], services=owed, assumptions=values)


def test_overdue_minutes_are_made_up_in_the_weeks_set_for_them_and_a_premise_says_so():
    for weeks in (1.0, 5.0):
        answer = overdue(weeks)
        assert answer.demand.weeks_until(date(2026, 9, 1)) == weeks
        assert answer.therapists.set_index("therapist").loc["Ann", "makeup_hours"] == pytest.approx(10 / weeks)
        strip = year_ahead(answer).table.set_index("week_start")["makeup_hours"]
        assert strip.sum() == pytest.approx(10) and strip[:"2026-09-27"].sum() == 0
        assert (strip > 0).sum() == weeks + 1  # from a Thursday on
    told = next(one for one in premises_of(overdue()) if one.id == "owed")
    assert told.text.startswith(
        "600 minutes owed on 1 line were due before the date of the answer; they are counted as made up within one week"
    )
    assert told.required.low < told.required.high
    set_by_hand = next(one for one in premises_of(overdue(5.0)) if one.id == "owed")
    assert set_by_hand.state == "confirmed" and "within 5 weeks" in set_by_hand.text


def test_without_overdue_minutes_there_is_no_such_premise():
    assert not [one for one in premises_of(short()) if one.id == "owed"]

"""Measured beats assumed: each standard has its own error, many entries narrow the range and few hardly do."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.shell.assumptions_in_force import assumptions_of
from tests.dashboard.evidence import with_log
from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.model.parameters import Assumptions
from workload.model.roster import roster_of
from workload.report.answer_json import answer_json
from workload.staffing.delivered.compliance import delivered_of
from workload.staffing.likely_range import spans
from workload.staffing.time_study.backcast import (
    Backcast,
    delivered_by_school_year,
    of_log,
    of_required_minutes,
    study_by_school_year,
)
from workload.staffing.time_study.measured_standards import (
    DAYS,
    MEASURES,
    SHARES,
    ratio_error,
    share_standards,
    standards,
    with_standards,
)
from workload.staffing.time_study.model_against_log import days_a_week
from workload.staffing.time_study.study import plain_entries, study_of

MONDAY = date(2026, 9, 21)


def entry(activity, minutes, day=0, therapist="A", outside=False):
    return {
        "therapist": therapist,
        "date": MONDAY + timedelta(day),
        "activity": activity,
        "minutes": minutes,
        "outside_contract": outside,
    }


def study(*entries):
    return study_of(plain_entries(entries))


@pytest.fixture(scope="module")
def answer():
    return analyze(as_roster(random_tables(4)), DAY)


def test_a_share_and_its_error_by_hand():
    """10, 20 and 0 minutes on behalf beside 60 direct on three days: 30 / 180 = 0.1667. The residuals are 0, 10, -10;
    their spread is the root of 200 / 2, which is 10; the error 10 x root 3 / 180 = 0.0962. With k = 5: 1.5 / 8 = 0.1875.
    """
    found = study(*(entry("direct", 60, day) for day in range(3)), entry("on_behalf", 10), entry("on_behalf", 20, 1))
    (one,) = share_standards(found, Assumptions())
    assert (one.id, one.count, one.seen) == ("on_behalf_ratio", 3, DAYS)
    assert one.measured == pytest.approx(30 / 180)
    assert one.error == pytest.approx(0.0962, abs=5e-5)
    assert one.standard == pytest.approx(0.1875)


def test_a_share_of_the_week_leaves_out_what_is_one_persons_own():
    """40 minutes of planning in a day of 300 direct, 60 travel, 30 of a named duty: 40 / 340, not 40 / 430."""
    day = (("planning", 40), ("direct", 300), ("travel", 60), ("named_duty", 30), ("lunch", 30))
    (one,) = share_standards(study(*(entry(*each) for each in day)), Assumptions())
    assert (one.id, one.measured) == ("planning_share", pytest.approx(40 / 340))
    assert one.error == pytest.approx(one.measured)  # one day shows no spread


def test_what_nobody_logged_is_not_measured_as_zero():
    assert share_standards(study(entry("direct", 60)), Assumptions()) == []
    assert share_standards(study(entry("on_behalf", 60)), Assumptions()) == []
    assert share_standards(study_of(plain_entries([])), Assumptions()) == []


def test_moves_and_supervision_are_counted_events():
    """90 minutes on the road for 6 moves are 15; 3 hours with OTAs in 2 weeks of one OTA are 1.5 an OTA and week."""
    found = study(entry("travel", 90), entry("supervision", 180))
    travel, supervision = standards(found, {"travel": 6, "supervision": 2}, Assumptions())
    assert (travel.id, travel.measured) == ("travel_minutes_per_move", 15)
    assert (supervision.id, supervision.measured) == ("supervision_hours_per_ota", 1.5)


def test_an_error_is_never_less_than_a_tenth_over_the_root_of_the_days():
    import numpy as np

    assert ratio_error(np.array([10.0] * 4), np.array([50.0] * 4)) == pytest.approx(0.1 * 0.2 / 2)


def test_two_days_show_a_spread_and_one_day_is_taken_as_wide_as_its_value():
    """4 and 6 of 50 hours: a tenth, 1 hour off on each of two days; root of 2 times root of 2 over 100."""
    import numpy as np

    assert ratio_error(np.array([4.0, 6.0]), np.array([50.0, 50.0])) == pytest.approx(0.02)
    assert ratio_error(np.array([4.0]), np.array([50.0])) == pytest.approx(0.08)


@pytest.mark.parametrize(
    "number,low,high",
    [
        # The triangle 4.5, 6, 8 has the variance 9.25 / 18 = 0.5139. Entries that differ by half of their mean of 6 hours
        # have the error 3 / root n: 0.1342 for 500, 1.3416 for 5. The share of the span that stays is
        # error / root(0.5139 + error squared): 0.1840 and 0.8820.
        (500, 6 - 1.5 * 0.1840, 6 + 2 * 0.1840),
        (5, 6 - 1.5 * 0.8820, 6 + 2 * 0.8820),
    ],
)
def test_five_hundred_narrow_the_span_and_five_hardly(answer, number, low, high):
    error = 3 / number**0.5
    measured = Assumptions().changed(
        {"evaluation_initial_hours": 6.0}, "time study", {"evaluation_initial_hours": error}
    )
    span = spans(answer.under(measured).staffing)["evaluation_initial_hours"]
    assert span == pytest.approx((low, 6, high), abs=5e-4)


@pytest.mark.parametrize(
    "minutes, kept",
    [
        # 60 direct minutes a day and, in turn, none and 24 on behalf: a ratio of 0.2. Of 500 days the residuals are all 12, the
        # error 12 x root(500 / 499) x root 500 / 30,000 = 0.008953. The triangle 0.1, 0.2, 0.3 has the variance 0.03 / 18
        # = 0.0016667, so the share 0.008953 / root(0.0016667 + 0.0000802) = 0.2142 of the span stays.
        ([0, 24] * 250, 0.2142),
        # Of five days, 0, 24, 0, 24, 12: four residuals of 12 and one of none, error 12 x root 5 / 300 = 0.08944: 0.9097.
        ([0, 24, 0, 24, 12], 0.9097),
    ],
    ids=["500 days", "5 days"],
)
def test_work_on_behalf_narrows_by_the_days_that_were_seen(answer, minutes, kept):
    entries = [
        entry(activity, amount, at % 5, f"P{at // 5}")
        for at, on_behalf in enumerate(minutes)
        for activity, amount in (("direct", 60), ("on_behalf", on_behalf))
        if amount
    ]
    found = study(*entries)
    (one,) = share_standards(found, answer.assumptions)
    assert (one.measured, one.count) == (pytest.approx(0.2), len(minutes))
    span = spans(answer.under(with_standards(answer.assumptions, [one], found)).staffing)["on_behalf_ratio"]
    assert span == pytest.approx((0.2 - 0.1 * kept, 0.2, 0.2 + 0.1 * kept), abs=5e-5)


@pytest.mark.parametrize("id", sorted({*MEASURES.values(), *(id for id, _ in SHARES.values())}))
def test_whatever_is_logged_narrows_its_own_span_and_no_other(answer, id):
    """Planning, staff time, travel and supervision like the rest: an error of a hundredth of the value leaves a part of it."""
    before = spans(answer.staffing)
    value = float(answer.assumptions[id])
    after = spans(answer.under(answer.assumptions.changed({id: value}, "time study", {id: value / 100})).staffing)
    assert after.keys() == before.keys() and id in before

    def width(span) -> float:
        return span[2] - span[0]

    assert width(after[id]) < 0.2 * width(before[id])
    assert {each: after[each] for each in after if each != id} == {each: before[each] for each in before if each != id}


def test_the_range_of_the_answer_narrows_with_what_was_seen(answer):
    def width(entries_of_each: int) -> float:
        entries = [
            entry("evaluation_initial", 360 + (180 if at % 2 else -180), at % 5, f"P{at}")
            for at in range(entries_of_each)
        ]
        found = study(*entries)
        made = with_standards(
            answer.assumptions, standards(found, {"evaluation_initial": entries_of_each}, answer.assumptions), found
        )
        drawn = answer.under(made).range
        return drawn.p90 - drawn.p10

    before = answer.range.p90 - answer.range.p10
    assert width(500) < width(6) <= before
    assert before - width(6) < 0.5 * (before - width(500))


def test_what_is_put_in_force_on_the_screen_keeps_its_error():
    """The screen holds value, origin and error; without the error the range would not narrow."""
    measured = {"meeting_hours": (1.8, "time study, n = 40", 0.05)}
    made = assumptions_of({"meeting_hours": 1.8}, measured, {"meeting_hours": 1.5}, True)
    assert made["meeting_hours"] == 1.8 and made.errors["meeting_hours"] == 0.05
    without = assumptions_of({"meeting_hours": 1.8}, measured, {"meeting_hours": 1.5}, False)
    assert without["meeting_hours"] == 1.5 and not without.errors


def test_the_model_is_held_against_the_log_in_a_sentence(answer):
    name = answer.people["therapist"].iloc[0]
    found = study(*(entry("direct", 300, day, name) for day in range(5)))
    told = of_log(found, answer.staffing)
    assert told.seen == pytest.approx(
        5.0 * days_a_week(answer.staffing).get(name, 5)
    )  # five hours on each day of her week
    assert told.model == pytest.approx(float(answer.people["workload_hours"].iloc[0]))
    assert of_log(study(entry("direct", 300, 0, "Somebody else")), answer.staffing) is None
    near = Backcast(229, 246, "hours a week", "log", "8 people", "Check.")
    assert near.words == "The model said 229 hours a week, the log 246 (8 people): as near as such a record can tell."
    assert "more by 50%. Check." in replace(near, model=369).words
    assert "less by 50%. Check." in replace(near, model=123).words
    edge = Backcast(112.5, 125, "hours a week", "log", "8 people", "Check.", 60)  # a tenth less is near
    assert edge.words.endswith(": as near as such a record can tell. 60 of the 125 were delivered.")
    assert replace(near, seen=0).off != replace(near, seen=0).off  # no share of nothing


def by_hand():
    """Two students of one OT, five times 60 minutes a week each. Hours a week: 10 sessions; notes 10 x 5 minutes, 0.8333; on
    behalf 2; evaluations 0.4 x 6 / 36 and 0.6667 x 4.5 / 36, 0.15; meetings 2.4 x 1.5 / 36, 0.1; reports 8 x 0.25 / 36,
    0.0556: 13.1389. Planning and staff time are 0.11556 of the week: 13.1389 / 0.88444 = 14.8555.
    """
    services = {
        "student": ["S0", "S1"],
        "plan": ["IEP"] * 2,
        "delivery": ["individual"] * 2,
        "minutes_per_session": [60] * 2,
        "sessions": [5] * 2,
        "period": ["week"] * 2,
        "therapist": ["A"] * 2,
    }
    return analyze(roster_of(services=services, therapists={"therapist": ["A"], "role": ["OT"], "fte": [0.4]}), DAY)


def test_a_log_of_whole_days_by_hand_and_one_of_sessions_alone_says_that_it_is_no_whole_week():
    """A post of 0.4 has 3 hours on each of five days: 16 logged hours against 14.8555 lie within a tenth. Of 10 hours of
    sessions alone the sentence says that they are not the whole contract."""
    whole = study(*(entry("direct", 192, day) for day in range(5)))
    told = of_log(whole, by_hand().staffing)
    assert (told.model, told.seen) == (pytest.approx(14.8555, abs=5e-5), pytest.approx(16))
    assert told.words == (
        "The model said 15 hours a week, the log 16 (1 person, 2026-09-21 to 2026-09-25): as near as such a record can tell."
    )
    part = of_log(study(*(entry("direct", 120, day) for day in range(5))), by_hand().staffing)
    assert "more by 49%" in part.words and "does not hold the whole contract" in part.words


def test_a_record_is_cut_at_the_first_of_july_and_each_month_is_a_tenth_of_the_year_by_hand():
    """The two plans promise 10 hours in each of 36 weeks, 360 a year, 36 a month. May and June of one school year had 30 and 38
    required, 34 a month, 24 of them delivered; September of the next had 60."""
    rows = [
        {"month": month, "required_minutes": 60 * asked, "delivered_minutes": 60 * done}
        for month, asked, done in (("2026-05", 30, 20), ("2026-06", 38, 28), ("2026-09", 60, 60))
    ]
    years = delivered_by_school_year(delivered_of(rows))
    assert list(years) == [2026, 2025]
    last, this = (of_required_minutes(years[year], by_hand().staffing) for year in (2025, 2026))
    assert (last.model, last.seen, last.delivered) == pytest.approx((36, 34, 24))
    assert last.words == (
        "The model said 36 student hours a month, the record 34 (mean of 2 months that it holds): as near as such a record "
        "can tell. 24 of the 34 were delivered."
    )
    assert "less by 40%. Check whether" in this.words
    logs = study_by_school_year(study(entry("direct", 60), entry("direct", 60, -90)))
    assert {year: len(part.entries) for year, part in logs.items()} == {2026: 1, 2025: 1}
    assert delivered_by_school_year(delivered_of([])) == {} == study_by_school_year(study_of(plain_entries([])))


def test_the_json_holds_the_log_against_the_model():
    assert answer_json(by_hand())["backcast"] is None
    made = with_log(as_roster(random_tables(4)))
    told = answer_json(analyze(made, DAY))["backcast"]
    direct = of_log(analyze(made, DAY).time_study, analyze(made, DAY).staffing)
    assert (told["model_hours"], told["log_hours"], told["model_less_log"]) == (direct.model, direct.seen, direct.off)
    assert told["people"] > 0 and told["first_day"] <= told["last_day"]
    assert answer_json(analyze(made, DAY.replace(year=DAY.year + 1)))["backcast"] is None, (
        "a log of another school year"
    )


def test_required_minutes_are_held_against_the_plans(answer):
    """A record that has, for two months, a tenth of the year's minutes of all plans each agrees with the model."""
    year = float(answer.district["student_hours"]) * 36
    rows = [
        {"month": month, "required_minutes": year * 60 / 10, "delivered_minutes": 100}
        for month in ("2026-09", "2026-10")
    ]
    told = of_required_minutes(delivered_of(rows), answer.staffing)
    assert told.model == pytest.approx(told.seen) == pytest.approx(year / 10)
    school = answer.schools["school"].iloc[0]
    one = of_required_minutes(delivered_of([{**rows[0], "school": school}]), answer.staffing)
    assert one.model == pytest.approx(float(answer.schools["student_hours"].iloc[0]) * 36 / 10)
    assert of_required_minutes(delivered_of([{"required_minutes": 5, "delivered_minutes": 5}]), answer.staffing) is None

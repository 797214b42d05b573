"""The year ahead: dates fall into their weeks, totals are kept, leaves and holidays take capacity away."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios.scenarios import answer_of, seeds
from tests.scenarios.test_levers import district, plain
from workload.model.school_calendar import CalendarError, SchoolCalendar, read_calendar, weeks_of
from workload.year_ahead.backlog import evaluation_backlog, owed_by_month
from workload.year_ahead.evaluation_clock import Clock
from workload.year_ahead.weeks import PARTS, YearPlan, year_ahead

DAY = date(2026, 10, 1)
WINTER = (date(2026, 12, 21), date(2027, 1, 1))
CLOSED_IN_WINTER = SchoolCalendar(closings=(WINTER,))
few = settings(max_examples=15, deadline=None)


def closed(*spans):
    return SchoolCalendar(closings=spans)


def week(year, day):
    return year.table.iloc[year.weeks.place(day)]


def test_the_weeks_run_from_september_to_june_and_holidays_close_them():
    weeks = weeks_of(DAY, closed(WINTER, (date(2026, 11, 26), date(2026, 11, 27))))
    assert weeks.mondays[0] == date(2026, 8, 31) and weeks.open_share[0] == pytest.approx(0.8)
    assert weeks.mondays[-1] == date(2027, 6, 28) and weeks.open_share[-1] == pytest.approx(0.6)
    assert weeks.open_share[weeks.place(date(2026, 12, 23))] == 0
    assert weeks.open_share[weeks.place(date(2026, 11, 24))] == pytest.approx(0.6)
    assert weeks.mondays[weeks.nearest_open(date(2027, 1, 1))] == date(2026, 12, 14)


def test_an_annual_review_falls_on_its_anniversary_and_before_a_holiday():
    lines = [("Ann", "Oak", 1)] * 3
    dates = {"iep_date": ["2025-03-10", "2026-12-28", None]}
    answer = district(lines, assumptions=plain(meeting_hours=2), services=dates)
    year = year_ahead(answer.with_calendar(CLOSED_IN_WINTER))
    spread = 2 / year.weeks.open_share.sum()
    assert week(year, date(2027, 3, 10))["meetings_hours"] == pytest.approx(2 + spread)
    assert week(year, date(2026, 12, 14))["meetings_hours"] == pytest.approx(2 + spread)
    assert week(year, date(2026, 12, 28))["demand_hours"] == 0
    assert year.table["meetings_hours"].sum() == pytest.approx(6)
    assert any("1 annual reviews have no IEP date" in note for note in year.notes)


def test_an_evaluation_s_hours_lie_in_the_four_weeks_up_to_its_date():
    from tests.support.rosters import DAY as day
    from workload.answer import analyze
    from workload.model.roster import roster_of

    roster = roster_of(
        services={
            "student": ["S"],
            "plan": ["504"],
            "delivery": ["individual"],
            "minutes_per_session": [30],
            "sessions": [1],
            "period": ["week"],
            "therapist": ["Ann"],
            "school": ["Oak"],
        },
        therapists={"therapist": ["Ann"], "role": ["OT"], "fte": [1.0]},
        evaluations={
            "student": ["S", "S"],
            "type": ["initial", "initial"],
            "due": ["2026-11-12", "2026-07-20"],
            "completed": [None, "2026-07-20"],
            "therapist": ["Ann", "Ann"],
        },
    )
    year = year_ahead(analyze(roster, day, plain(evaluation_initial_hours=8, meeting_hours=1, meeting_504_hours=0)))
    hours = year.table["evaluations_hours"].to_numpy()
    at = year.weeks.place(date(2026, 11, 12))
    assert hours[at - 3 : at + 1] == pytest.approx([2, 2, 2, 2])
    assert hours.sum() == pytest.approx(8)  # what was finished in July is not work to come
    assert week(year, date(2026, 11, 12))["meetings_hours"] == pytest.approx(1)
    assert any("1 initial evaluations were finished before the first day of school" in note for note in year.notes)


def test_a_consent_comes_due_after_the_clock():
    answer = district([("Ann", "Oak", 1)], assumptions=plain(evaluation_initial_hours=6))
    for days, due in ((60, date(2027, 3, 16)), (45, date(2027, 3, 1))):
        year = year_ahead(answer, YearPlan(consents={1: 5}, clock=Clock(days)))
        assert year.evaluations_due[year.weeks.place(due)] == 5
        assert year.table["evaluations_hours"].sum() == pytest.approx(30)


def test_make_up_ends_with_its_due_date():
    answer = district(
        [("Ann", "Oak", 1)], services={"compensatory_minutes": [600.0], "compensatory_due": ["2026-12-10"]}
    )
    makeup = year_ahead(answer).table.set_index("week_start")["makeup_hours"]
    assert makeup.sum() == pytest.approx(10)
    assert makeup[:"2026-09-27"].sum() == 0 and makeup["2026-12-14":].sum() == 0


def test_leaves_and_the_end_of_a_post_take_their_weeks_away():
    people = (("Ann", "OT", 1.0, None), ("Bea", "OT", 0.5, None))
    answer = district([("Ann", "Oak", 1)], people, therapists={"end": [None, "2027-02-28"]})
    year = year_ahead(answer, YearPlan(leaves=((0, date(2026, 11, 2), date(2026, 11, 6)),)))
    assert week(year, date(2026, 11, 2))["capacity_hours"] == pytest.approx(20)
    assert week(year, date(2026, 11, 9))["capacity_hours"] == pytest.approx(60)
    assert week(year, date(2027, 3, 8))["capacity_hours"] == pytest.approx(40)


def test_three_to_one_weeks_make_three_full_weeks_and_one_without_sessions():
    year = year_ahead(district([("Ann", "Oak", 30)]), YearPlan(indirect_weeks=1))
    assert year.table["sessions_hours"][1:9].tolist() == pytest.approx([40, 40, 0, 40, 40, 40, 0, 40])


def test_the_busy_week_is_the_ninetieth_percentile_of_weeks_with_school():
    year = year_ahead(district([("Ann", "Oak", 50)]).with_calendar(CLOSED_IN_WINTER))
    taught = year.table[year.table["open_days"] > 0]
    assert (taught["demand_hours"] <= year.busy_week_hours).mean() >= 0.9
    assert year.busy_week_hours == pytest.approx(50)
    assert year.weeks_over == len(taught)


@few
@given(seeds, st.booleans())
def test_parts_add_up_and_a_year_of_events_is_kept_wherever_its_dates_fall(seed, holiday):
    answer = answer_of(seed)
    year = year_ahead(answer.with_calendar(CLOSED_IN_WINTER) if holiday else answer)
    table, values = year.table, answer.assumptions
    assert table[[f"{name}_hours" for name in PARTS]].sum(axis=1).to_numpy() == pytest.approx(
        table["demand_hours"].to_numpy()
    )
    assert (table[[f"{name}_hours" for name in PARTS]] >= 0).to_numpy().all()
    weeks = answer.demand.weeks
    reports = answer.district["progress_report_hours"] * weeks
    assert table["reports_hours"].sum() == pytest.approx(reports, abs=1e-6)
    finished = [int(note.split()[0]) for note in year.notes if "finished before" in note]
    hours = (answer.district["evaluation_initial_hours"] + answer.district["reevaluation_hours"]) * weeks
    if not finished:
        assert table["evaluations_hours"].sum() == pytest.approx(hours, abs=1e-6)
        assert table["meetings_hours"].sum() == pytest.approx(answer.district["meeting_hours"] * weeks, abs=1e-6)
    else:
        longest = max(values["evaluation_initial_hours"], values["reevaluation_hours"])
        assert hours - sum(finished) * longest - 1e-6 <= table["evaluations_hours"].sum() <= hours + 1e-6


@pytest.mark.parametrize(
    "made",
    [
        lambda: YearPlan(clock=Clock(5)),
        lambda: YearPlan(indirect_weeks=3),
        lambda: YearPlan(consents={13: 1}),
        lambda: closed((date(2027, 1, 5), date(2027, 1, 1))),
        lambda: weeks_of(DAY, closed((date(2026, 7, 1), date(2027, 7, 1)))),
        lambda: SchoolCalendar(date(2027, 6, 1), date(2026, 8, 17)),
        lambda: read_calendar("first_day = 5"),
        lambda: read_calendar("first_day = 2026-08-17T10:00:00"),
        lambda: read_calendar("closings = [2026-11-26]"),
        lambda: read_calendar("opens = 2026-08-17"),
        lambda: read_calendar("first_day ="),
        lambda: year_ahead(district([("Ann", "Oak", 1)]), YearPlan(leaves=((9, DAY, DAY),))),
    ],
)
def test_dates_that_cannot_be_are_refused_in_words(made):
    with pytest.raises(CalendarError) as refusal:
        made()
    assert str(refusal.value).endswith(".")


@few
@given(seeds)
def test_evaluations_are_done_or_wait(seed):
    year = year_ahead(answer_of(seed))
    table = evaluation_backlog(year)
    assert table["evaluations_done"].sum() + table["evaluations_waiting"].iloc[-1] == pytest.approx(
        year.evaluations_due.sum(), abs=1e-6
    )
    assert (table["evaluations_waiting"] >= -1e-9).all()


def test_with_room_in_every_week_nothing_waits_and_nothing_is_owed():
    year = year_ahead(district([("Ann", "Oak", 10)], assumptions=plain(evaluations_initial_per_student=1)))
    assert evaluation_backlog(year)["evaluations_waiting"].max() == 0
    assert owed_by_month(year)["owed_minutes"].max() == 0


def test_owed_minutes_grow_by_what_does_not_fit_from_the_day_on():
    answer = district([("Ann", "Oak", 50)], services={"compensatory_minutes": [None]})
    year = year_ahead(answer.with_calendar(CLOSED_IN_WINTER))
    table = owed_by_month(year)
    open_weeks = year.weeks.open_share[year.weeks.place(DAY) :].sum()
    assert table["owed_minutes"].iloc[-1] == pytest.approx(10 * 60 * open_weeks)
    assert table["month"].iloc[0].month == 10 and table["month"].iloc[-1].month == 6
    assert (np.diff(table["owed_minutes"]) >= 0).all()


def test_a_reevaluation_stands_at_the_date_of_the_line_that_speaks_for_the_student():
    from workload.answer import analyze
    from workload.model.roster import roster_of

    twice = {"student": "S", "plan": "IEP", "delivery": "individual", "period": "week", "therapist": "Ann"}
    columns = {name: [value] * 2 for name, value in twice.items()} | {
        "school": ["Oak", "Elm"],
        "minutes_per_session": [30] * 2,
        "sessions": [1] * 2,
        "start": ["2026-09-01", "2025-09-01"],
        "end": [None, "2026-06-01"],
        "reeval_date": ["2027-03-10", "2026-11-10"],  # the last row of the file is a line that has ended
    }
    roster = roster_of(services=columns, therapists={"therapist": ["Ann"], "role": ["OT"], "fte": [1.0]})
    year = year_ahead(analyze(roster, DAY, plain(reevaluation_hours=8)))
    assert year.evaluations_due[year.weeks.place(date(2027, 3, 10))] == 1 == year.evaluations_due.sum()

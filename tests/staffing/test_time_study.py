"""Time studies: what counts, shares of paid and of worked time, measured standards, model against study."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from workload.answer import analyze
from workload.model.parameters import Assumptions, ParameterError
from workload.model.roster import roster_of
from workload.staffing.time_study.measured_standards import EVENTS, counts_in_study, standards, with_standards
from workload.staffing.time_study.model_against_log import LESS, MORE, SAME, areas_of_concern, logs_whole_days
from workload.staffing.time_study.study import grid_entries, plain_entries, study_of
from workload.staffing.time_study.study_tables import (
    activity_table,
    intervention_ratio,
    person_table,
    person_weeks,
    week_table,
)

MONDAY = date(2026, 9, 21)


def entry(activity, minutes=None, day=MONDAY, therapist="A", **more):
    return {"therapist": therapist, "date": day, "activity": activity, "minutes": minutes, **more}


def study(*entries):
    return study_of(plain_entries(entries))


def codes(found):
    return [issue.code for issue in found.issues]


def test_minutes_come_from_the_clock_where_none_are_written():
    found = study(entry("direct", start="8:05", end="8:50"), entry("meeting", 30))
    assert found.entries["minutes"].tolist() == [45, 30]
    assert found.issues == ()


def test_a_quarter_hour_grid_becomes_entries_and_empty_slots_are_no_work():
    cells = {"8:00": "direct", "8:15": "direct", "8:30": None, "8:45": "direct", "17:00": "documentation"}
    records = grid_entries("A", MONDAY, cells, outside=("17:00",))
    assert [(one["start"], one["end"], one["minutes"]) for one in records] == [
        ("08:00", "08:30", 30),
        ("08:45", "09:00", 15),
        ("17:00", "17:15", 15),
    ]
    table = activity_table(study_of(plain_entries(records))).set_index("activity")
    assert table.loc["direct", "paid_minutes"] == 45
    assert table.loc["documentation", "outside_minutes"] == 15
    with pytest.raises(ValueError, match="noon is not a clock time"):
        grid_entries("A", MONDAY, {"noon": "direct"})


def test_paid_and_unpaid_time_are_apart_and_lunch_is_no_work():
    found = activity_table(
        study(
            entry("direct", 300),
            entry("lunch", 30),
            entry("documentation", 60),
            entry("documentation", 40, outside_contract=True),
        )
    ).set_index("activity")
    assert list(found.index) == ["direct", "documentation"]
    assert found.loc["documentation", ["paid_minutes", "outside_minutes", "worked_minutes"]].tolist() == [60, 40, 100]
    assert found.loc["direct", "share_of_paid"] == pytest.approx(300 / 360)
    assert found.loc["direct", "share_of_worked"] == pytest.approx(300 / 400)
    assert found["share_of_paid"].sum() == pytest.approx(1)
    assert found["share_of_worked"].sum() == pytest.approx(1)


def test_of_an_entry_that_does_not_count_its_unknown_activity_is_told_and_no_other_cell():
    found = study({**entry("yoga", 30), "row": 4}, entry("direct"))
    assert [(issue.column, issue.value, issue.row) for issue in found.issues] == [
        ("activity", "yoga", 4),
        ("minutes", "", None),
    ]


def test_an_activity_may_be_written_as_its_code_or_its_label():
    found = study(entry("Direct service", 30), entry("IEP meetings", 30), entry("Session Notes", 15))
    assert found.entries["activity"].tolist() == ["direct", "meeting", "documentation"]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (entry("yoga", 30), "study-activity-unknown"),
        (entry("direct"), "study-minutes-missing"),
        (entry("direct", 0), "study-minutes-missing"),
        (entry("direct", start="23:30", end="0:30"), "study-minutes-missing"),
        (entry("direct", 30, day=None), "study-entry-incomplete"),
        (entry("direct", 30, therapist=None), "study-entry-incomplete"),
    ],
)
def test_an_entry_that_cannot_count_is_told_and_never_becomes_zero_minutes(bad, code):
    found = study(entry("direct", 60), bad)
    assert codes(found) == [code]
    assert found.issues[0].severity == "warning"
    assert len(found.entries) == 1


def test_a_clock_that_contradicts_the_minutes_is_told_with_both_numbers():
    found = study(entry("direct", 30, start="8:00", end="9:00"))
    assert codes(found) == ["study-minutes-differ"]
    assert "30 minutes" in found.issues[0].message
    assert "60 apart" in found.issues[0].message
    assert found.entries["minutes"].tolist() == [30]


def test_overlapping_entries_and_days_of_more_than_24_hours_are_told():
    found = study(
        entry("direct", start="8:00", end="10:00"),
        entry("meeting", start="9:15", end="9:30"),
        entry("travel", start="9:45", end="10:30"),
        entry("meeting", start="9:00", end="9:30", therapist="B"),
    )
    assert codes(found) == ["study-overlap", "study-overlap"]
    assert "by 45 minutes" in found.issues[0].message
    assert "by 15 minutes" in found.issues[1].message
    assert codes(study(entry("direct", 800), entry("meeting", 800))) == ["study-day-too-long"]


def test_entries_that_follow_each_other_a_minute_of_rounding_and_a_whole_day_are_in_order():
    follow = study(entry("direct", start="8:00", end="9:00"), entry("meeting", start="9:00", end="9:30"))
    assert follow.issues == study(entry("direct", 59, start="8:00", end="9:00")).issues == ()
    assert study(entry("direct", 720), entry("meeting", 720)).issues == ()


def test_the_part_of_one_person_is_a_study_of_its_own():
    found = study(entry("direct", 60, therapist="B"), entry("meeting", 30)).of("A")
    assert found.people == ("A",) and list(found.entries.index) == [0] and "index" not in found.entries


def test_an_empty_study_has_tables_without_rows():
    found = study()
    assert found.is_empty
    assert found.dates == "no days"
    for table in (activity_table(found), person_table(found), week_table(found)):
        assert table.empty


def test_weeks_are_the_days_logged_over_the_days_worked_and_a_weekend_is_no_week():
    days = [MONDAY + timedelta(at) for at in (0, 1, 2, 7)]
    found = study(
        *(entry("direct", 60, day=day) for day in days),
        entry("documentation", 60, day=MONDAY + timedelta(5), outside_contract=True),
    )
    assert person_weeks(found)["A"] == pytest.approx(4 / 3)
    assert person_weeks(found, {"A": 4})["A"] == pytest.approx(1.0)
    row = person_table(found, {"A": 4}).iloc[0]
    assert (row["paid_hours_per_week"], row["outside_hours_per_week"]) == (pytest.approx(4), pytest.approx(1))


def test_someone_who_only_logged_unpaid_work_has_weeks_too():
    found = study(entry("documentation", 60, outside_contract=True), entry("direct", 60, therapist="B"))
    assert person_weeks(found).to_dict() == {"A": 1.0, "B": 1.0}
    assert person_table(found).set_index("therapist").loc["A", "outside_hours_per_week"] == pytest.approx(1)


def test_a_study_of_one_kind_of_time_has_nothing_of_the_other():
    paid = person_table(study(entry("direct", 60))).iloc[0]
    assert (paid["outside_hours_per_week"], paid["worked_hours_per_week"]) == (0, 1)
    unpaid = person_table(study(entry("direct", 60, outside_contract=True))).iloc[0]
    assert (unpaid["paid_hours_per_week"], unpaid["worked_hours_per_week"]) == (0, 1)


def test_the_spread_between_weeks_is_shown_by_activity():
    found = week_table(
        study(entry("direct", 600), entry("direct", 900, day=MONDAY + timedelta(7)), entry("meeting", 120))
    ).set_index("activity")
    assert found.loc["direct", ["weeks", "mean_hours", "low_hours", "high_hours", "spread_hours"]].tolist() == [
        2,
        12.5,
        10,
        15,
        5,
    ]
    assert found.loc["meeting", "low_hours"] == 0
    assert week_table(study(entry("direct", 60)))["deviation_hours"].isna().all()


def test_the_flynn_ratio_is_all_work_over_iep_intervention():
    # 42 hours of work for 20 of IEP intervention are 2.10 (UNCG / Easterseals 2023, inputs ours)
    hours = {"direct": 20, "direct_other": 2, "documentation": 10, "meeting": 6, "travel": 2}
    entries = [entry(code, many * 60, day=MONDAY + timedelta(at)) for at, (code, many) in enumerate(hours.items())]
    found = intervention_ratio(study(*entries, entry("planning", 120, outside_contract=True)))
    assert found.worked == pytest.approx(2.10)
    assert found.paid == pytest.approx(2.00)
    assert (
        intervention_ratio(study(entry("meeting", 60))).worked != intervention_ratio(study(entry("meeting", 60))).worked
    )


def test_a_measured_standard_is_weighted_by_how_much_was_seen():
    found = study(entry("evaluation_initial", 5 * 480), entry("documentation", 80))
    one, notes = standards(found, {"evaluation_initial": 5, "documentation": 10}, Assumptions())
    assert (one.id, one.measured, one.prior) == ("evaluation_initial_hours", 8, 6)
    assert one.standard == pytest.approx((5 * 8 + 5 * 6) / 10)  # n = 5, k = 5: halfway
    assert one.weight_of_study == 0.5
    assert one.words == "(5 × 8 + 5 × 6) ÷ (5 + 5) = 7 hours an evaluation"
    assert notes.standard == pytest.approx((10 * 8 + 5 * 5) / 15)  # minutes, not hours
    assert standards(found, {"evaluation_initial": 5}, Assumptions(), prior_events=0)[0].standard == 8


def test_the_error_of_a_measured_event_is_the_spread_of_its_entries_over_the_root_of_their_number():
    """5 and 7 hours: a mean of 6, a deviation of the root of 2, over the root of 2 is 1. One entry is as wide as itself; two
    that agree are taken as a tenth apart."""

    def error(*minutes):
        entries = [entry("reevaluation", each, day=MONDAY + timedelta(at)) for at, each in enumerate(minutes)]
        (one,) = standards(study(*entries), {"reevaluation": len(minutes)}, Assumptions())
        assert (one.measured, one.count, one.seen) == (6, len(minutes), EVENTS)
        return one.error

    assert error(300, 420) == pytest.approx(1)
    assert error(360) == pytest.approx(6)
    assert error(360, 360) == pytest.approx(0.6 / 2**0.5)


@pytest.mark.parametrize(("counts", "weight"), [({"meeting": float("inf")}, 5), ({}, -1), ({}, float("inf"))])
def test_numbers_that_nobody_can_have_seen_are_refused(counts, weight):
    with pytest.raises(ValueError, match="at least 0"):
        standards(study(entry("meeting", 90)), counts, Assumptions(), weight)


def test_what_was_not_seen_is_not_measured_as_zero():
    found = study(entry("meeting", 90))
    assert standards(found, {"evaluation_initial": 3}, Assumptions()) == []
    assert standards(found, {"meeting": 0}, Assumptions()) == []
    with pytest.raises(ValueError, match="named_duty has no standard"):
        standards(found, {"named_duty": 3}, Assumptions())
    with pytest.raises(ValueError, match="at least 0"):
        standards(found, {"meeting": -1}, Assumptions())


def test_measured_standards_become_assumptions_whose_source_is_the_study_and_the_old_ones_stay():
    before = Assumptions()
    found = study(entry("meeting", 6 * 120))
    after = with_standards(before, standards(found, {"meeting": 6}, before), found)
    assert after["meeting_hours"] == pytest.approx((6 * 2 + 5 * 1.5) / 11)
    force, source = after.source("meeting_hours")
    assert force == "time study"
    assert source.startswith("time study, 2026-09-21 to 2026-09-21, n = 6")
    assert before["meeting_hours"] == 1.5
    with pytest.raises(ParameterError):
        impossible = study(entry("meeting", 1000), entry("meeting", 1400, day=MONDAY + timedelta(1)))
        with_standards(before, standards(impossible, {"meeting": 1}, before, prior_events=0), impossible)


def test_evaluations_completed_in_the_days_of_the_study_are_counted_from_the_roster():
    roster = roster_of(
        evaluations={
            "student": ["a", "b", "c", "d"],
            "type": ["initial", "initial", "reevaluation", "initial"],
            "therapist": ["A", "A", "A", "B"],
            "completed": [MONDAY, MONDAY - timedelta(1), MONDAY, MONDAY],
        }
    )
    assert counts_in_study(study(entry("direct", 60)), roster.evaluations) == {
        "evaluation_initial": 1,
        "reevaluation": 1,
    }


def district(*entries):
    services = {
        "student": ["S0", "S1"],
        "plan": ["IEP"] * 2,
        "delivery": ["individual"] * 2,
        "minutes_per_session": [60] * 2,
        "sessions": [5] * 2,
        "period": ["week"] * 2,
        "therapist": ["A"] * 2,
    }
    log = {name: [one.get(name) for one in entries] for name in ("therapist", "date", "activity", "minutes")}
    log["outside_contract"] = [bool(one.get("outside_contract")) for one in entries]
    return analyze(
        roster_of(
            services=services,
            time_log=log,
            therapists={
                "therapist": ["A"],
                "role": ["OT"],
                "fte": [1.0],
                "days": ["Mon: Oak; Tue: Oak; Wed: Oak; Thu: Oak; Fri: Oak"],
            },
        ),
        date(2026, 10, 1),
    )


def test_model_and_study_are_compared_activity_by_activity_with_sign_and_size():
    days = [MONDAY + timedelta(at) for at in range(5)]
    answer = district(
        *(entry("direct", 96, day=day) for day in days),
        *(entry("meeting", 120, day=day) for day in days),
        entry("documentation", 120, outside_contract=True),
        entry("direct", 600, therapist="Somebody else"),
    )
    table = areas_of_concern(answer.time_study, answer.staffing).set_index("activity")
    assert table.loc["direct", ["model_hours", "study_hours", "sign"]].tolist() == [10, 8, LESS]
    assert table.loc["direct", "difference_hours"] == pytest.approx(-2)
    assert table.loc["documentation", ["paid_hours", "outside_hours"]].tolist() == [0, 2]
    assert table.loc["meeting", "sign"] == MORE
    assert table.index[0] == "meeting"  # the largest difference first
    assert table["difference_hours"].abs().is_monotonic_decreasing
    same = district(*(entry("direct", 120, day=day) for day in days))
    table = areas_of_concern(same.time_study, same.staffing)
    assert table.set_index("activity").loc["direct", "sign"] == SAME and list(table.index) == list(range(len(table)))


@pytest.mark.parametrize(("minutes", "whole"), [(405, True), (404, False)])
def test_a_log_of_nine_tenths_of_the_contract_is_one_of_whole_days(minutes, whole):
    """7.5 hours a day: 450 minutes, of which 405 are nine tenths. Unpaid time is none of it."""
    entries = entry("direct", minutes), entry("documentation", 60, outside_contract=True)
    answer = district(*entries)
    assert logs_whole_days(answer.time_study, answer.staffing, "A") is whole
    assert not logs_whole_days(answer.time_study, answer.staffing, "Somebody else")


def test_half_a_week_of_logging_is_compared_as_a_week():
    days = [MONDAY + timedelta(at) for at in range(3)]
    answer = district(*(entry("direct", 120, day=day) for day in days))
    direct = areas_of_concern(answer.time_study, answer.staffing).set_index("activity").loc["direct"]
    assert direct["study_hours"] == pytest.approx(10)  # 6 hours in 3 of 5 days

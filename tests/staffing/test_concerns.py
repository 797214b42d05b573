"""The ten warning signs: read from data where it exists, else from a check-in that shows nothing below five answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from workload.answer import analyze
from workload.model.roster import roster_of
from workload.staffing.concerns.check_in import FEWEST_ANSWERS, QUESTIONS, CheckIn, results
from workload.staffing.concerns.sign_evidence import Evidence
from workload.staffing.concerns.warning_signs import ACTIONS, NOT_SEEN, SEEN, SIGNS, UNKNOWN, concerns, question_of
from workload.staffing.delivered.compliance import delivered_of
from workload.staffing.time_study.study import plain_entries, study_of

MONDAY = date(2026, 9, 21)
DAY = date(2026, 10, 1)


def answer_of(**columns):
    services = {
        "student": ["S0", "S1"],
        "plan": ["IEP"] * 2,
        "delivery": ["individual"] * 2,
        "minutes_per_session": [60] * 2,
        "sessions": [5] * 2,
        "period": ["week"] * 2,
        "therapist": ["A"] * 2,
        **columns,
    }
    return analyze(roster_of(services=services, therapists={"therapist": ["A"], "role": ["OT"], "fte": [1.0]}), DAY)


def found(answer=None, log=(), **more):
    answer = answer or answer_of()
    evidence = Evidence(
        answer.staffing, answer.roster.services, study=study_of(plain_entries(log)) if log else None, **more
    )
    return {concern.sign.id: concern for concern in concerns(evidence)}


def entry(activity, minutes=60, **more):
    return {"therapist": "A", "date": MONDAY, "activity": activity, "minutes": minutes, **more}


def check_in(answers, *signs):
    counts = CheckIn()
    for _ in range(answers):
        counts = counts.with_answer(signs)
    return counts


def test_there_are_ten_signs_each_with_a_question_and_an_action():
    assert len(SIGNS) == 10 == len(QUESTIONS)
    for sign in SIGNS:
        assert question_of(sign).endswith("?")
        assert sign.action in ACTIONS


def test_without_any_evidence_a_sign_is_unknown_and_not_absent():
    states = {id: concern.state for id, concern in found().items()}
    assert states.pop("groups-to-fit") == NOT_SEEN  # the roster itself can tell
    assert set(states.values()) == {UNKNOWN}


def test_work_outside_the_contract_is_seen_with_its_rows_and_hours():
    log = [
        entry("direct", 300),
        entry("documentation", 90, outside_contract=True),
        entry("meeting", 30, outside_contract=True, start="17:30", end="18:00"),
    ]
    signs = found(log=log)
    assert signs["off-the-clock"].state == SEEN
    assert signs["off-the-clock"].indicator.value == pytest.approx(2.0)
    assert len(signs["off-the-clock"].indicator.rows) == 2
    assert signs["planning-at-home"].indicator.value == pytest.approx(1.5)
    assert signs["family-time"].state == SEEN
    assert signs["family-time"].indicator.value == pytest.approx(0.5)


def test_a_study_without_unpaid_work_says_not_seen():
    signs = found(log=[entry("direct", 300)])
    assert signs["off-the-clock"].state == NOT_SEEN
    assert signs["planning-at-home"].state == NOT_SEEN


def test_unpaid_work_without_clock_times_says_nothing_about_evenings_but_a_saturday_does():
    outside = entry("documentation", 60, outside_contract=True)
    assert found(log=[entry("direct"), outside])["family-time"].state == UNKNOWN
    saturday = {**outside, "date": MONDAY + timedelta(5)}
    assert found(log=[entry("direct"), saturday])["family-time"].state == SEEN


@pytest.mark.parametrize(
    ("second", "state"), [({"start": "11:00", "end": "15:00"}, SEEN), ({"start": "11:30", "end": "15:30"}, NOT_SEEN)]
)
def test_a_long_day_without_a_gap_of_a_quarter_hour_is_a_day_without_a_break(second, state):
    log = [entry("direct", None, start="8:00", end="11:00"), entry("meeting", None, **second)]
    assert found(log=log)["no-break"].state == state


def test_a_lunch_entry_is_a_break_and_a_short_day_says_nothing():
    log = [
        entry("direct", None, start="8:00", end="11:00"),
        entry("lunch", None, start="11:00", end="11:30"),
        entry("direct", None, start="11:30", end="15:30"),
    ]
    assert found(log=log)["no-break"].state == NOT_SEEN
    assert found(log=[entry("direct", None, start="8:00", end="11:00")])["no-break"].state == UNKNOWN


def test_meetings_of_the_study_are_held_against_those_of_the_year():
    assert found(log=[entry("direct"), entry("meeting", 600)])["partial-meetings"].state == NOT_SEEN
    less = found(log=[entry("direct")])["partial-meetings"]
    assert less.state == SEEN
    assert less.indicator.value < 0


def test_minutes_promised_one_to_one_and_seen_in_a_group_are_seen():
    sign = found(answer_of(group_size=[3, None]))["groups-to-fit"]
    assert sign.state == SEEN
    assert sign.indicator.value == pytest.approx(0.5)
    assert found(answer_of(delivery=["group", "group"], group_size=[3, 3]))["groups-to-fit"].state == NOT_SEEN


def test_sessions_missed_by_providers_count_in_months_with_completed_evaluations():
    rows = [
        {"month": "2026-09", "required": 100, "delivered": 60, "provider absence": 40},
        {"month": "2026-10", "required": 100, "delivered": 60, "provider absence": 40},
    ]
    evaluations = roster_of(evaluations={"student": ["x"], "type": ["initial"], "completed": [MONDAY]}).evaluations
    sign = found(delivered=delivered_of(rows), evaluations=evaluations)["sessions-for-evaluations"]
    assert sign.state == SEEN
    assert sign.indicator.value == 40


def test_a_related_figure_never_decides_a_sign():
    rows = [{"required": 100, "delivered": 60}]
    sign = found(delivered=delivered_of(rows))["no-progress"]
    assert sign.indicator.value == pytest.approx(0.4)
    assert sign.state == UNKNOWN
    asked = found(delivered=delivered_of(rows), check_in=check_in(5))["no-progress"]
    assert (asked.state, asked.decided_by) == (NOT_SEEN, "team check-in")


@pytest.mark.parametrize("answers", range(FEWEST_ANSWERS))
def test_a_check_in_shows_nothing_below_five_answers(answers):
    counts = check_in(answers, "exhaustion")
    assert results(counts) is None
    assert counts.missing_answers == FEWEST_ANSWERS - answers
    sign = found(check_in=counts)["exhaustion"]
    assert (sign.state, sign.yes, sign.answers) == (UNKNOWN, None, None)


def test_from_five_answers_on_the_counts_are_shown_and_decide_where_no_data_does():
    counts = check_in(5, "exhaustion").with_answer(())
    assert results(counts)["exhaustion"] == 5
    signs = found(check_in=counts, log=[entry("direct", 300)])
    assert (signs["exhaustion"].state, signs["exhaustion"].yes, signs["exhaustion"].answers) == (SEEN, 5, 6)
    assert signs["relief"].state == NOT_SEEN
    assert signs["off-the-clock"].decided_by == "time study"  # data goes before the check-in
    assert signs["off-the-clock"].yes == 0


def test_an_answer_to_a_question_that_is_not_asked_is_refused():
    with pytest.raises(ValueError, match="not a question"):
        CheckIn().with_answer(("salary",))


def test_nothing_but_counts_is_kept_of_a_check_in():
    assert set(CheckIn.__dataclass_fields__) == {"answers", "yes"}
    assert check_in(2, "relief") == check_in(1, "relief").with_answer(["relief"])

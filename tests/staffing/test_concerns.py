"""The ten warning signs: read from data where it exists, else from a check-in that shows nothing below five answers."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from tests.reference.by_hand import BARE
from workload.answer import analyze
from workload.model.parameters import Assumptions
from workload.model.roster import roster_of
from workload.staffing.concerns.check_in import FEWEST_ANSWERS, QUESTIONS, CheckIn, problem_of, results
from workload.staffing.concerns.sign_evidence import Evidence
from workload.staffing.concerns.warning_signs import ACTIONS, NOT_SEEN, SEEN, SIGNS, UNKNOWN, concerns
from workload.staffing.delivered.compliance import delivered_from_log, delivered_of
from workload.staffing.required import AT
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
    signs = {concern.sign.id: concern for concern in concerns(evidence)}
    for figure in (sign.indicator for sign in signs.values() if sign.indicator):
        assert bool(figure.cannot) != figure.decides  # a figure decides, or says why it does not
        assert list(figure.rows.index) == list(range(len(figure.rows))) and "index" not in figure.rows
    return signs


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
        assert QUESTIONS[sign.id].endswith("?")
        assert sign.action in ACTIONS


def test_without_any_evidence_a_sign_is_unknown_and_not_absent():
    states = {id: concern.state for id, concern in found().items()}
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


def test_only_a_log_of_whole_contract_days_says_that_there_was_no_unpaid_work():
    short = found(log=[entry("direct", 300)])
    assert {short[id].state for id in ("off-the-clock", "planning-at-home", "family-time")} == {UNKNOWN}
    assert "does not hold the whole contract hours" in short["off-the-clock"].indicator.cannot
    whole = found(log=[entry("direct", 300), entry("meeting", 150)])  # 7.5 of 7.5 hours of the day
    assert {whole[id].state for id in ("off-the-clock", "planning-at-home", "family-time")} == {NOT_SEEN}
    stranger = found(log=[entry("direct", 450), {**entry("direct", 450), "therapist": "Somebody else"}])
    assert stranger["off-the-clock"].state == UNKNOWN  # nobody knows what that person's contract is


def test_unpaid_work_of_another_kind_does_not_show_planning_in_free_time():
    outside = entry("meeting", 60, outside_contract=True)
    assert found(log=[entry("direct", 450), outside])["planning-at-home"].state == NOT_SEEN
    assert found(log=[entry("direct", 100), outside])["planning-at-home"].state == UNKNOWN


def test_unpaid_work_without_clock_times_says_nothing_about_evenings_but_a_saturday_does():
    outside = entry("documentation", 60, outside_contract=True)
    assert found(log=[entry("direct"), outside])["family-time"].state == UNKNOWN
    in_full = found(log=[entry("direct", 450), outside])["family-time"]
    assert in_full.state == UNKNOWN and "without clock times" in in_full.indicator.cannot
    saturday = {**outside, "date": MONDAY + timedelta(5)}
    assert found(log=[entry("direct"), saturday])["family-time"].state == SEEN
    by_day = entry("documentation", 60, start="15:00", outside_contract=True)
    assert found(log=[entry("direct", 450), by_day])["family-time"].state == NOT_SEEN


@pytest.mark.parametrize(
    ("start", "minutes", "state"), [("16:30", 30, UNKNOWN), ("16:30", 60, SEEN), ("17:00", 15, SEEN)]
)
def test_the_part_of_an_entry_after_five_is_evening(start, minutes, state):
    outside = entry("documentation", minutes, start=start, outside_contract=True)
    sign = found(log=[entry("direct", 60), outside])["family-time"]
    assert sign.state == state
    assert sign.indicator.value == pytest.approx(max(0, minutes - 30 if start == "16:30" else minutes) / 60)


def at(activity, start, end, **more):
    return entry(activity, None, start=start, end=end, **more)


MORNING = at("direct", "8:00", "11:30")


@pytest.mark.parametrize(
    ("log", "state"),
    [
        ([MORNING, at("meeting", "11:30", "15:30")], SEEN),
        ([MORNING, at("lunch", "11:30", "12:00"), at("direct", "12:00", "15:30")], NOT_SEEN),
        ([MORNING, at("lunch", "11:30", "11:35"), at("direct", "11:35", "15:30")], SEEN),  # five minutes are no break
        ([MORNING, at("direct", "12:00", "15:30")], UNKNOWN),  # a gap: a break, or work that nobody logged
        # unpaid notes over lunch leave no gap, and unpaid work at night is no gap of the day
        ([MORNING, at("documentation", "11:30", "12:00", outside_contract=True), at("direct", "12:00", "15:30")], SEEN),
        (
            [MORNING, at("meeting", "11:30", "15:30"), at("documentation", "20:00", "21:00", outside_contract=True)],
            SEEN,
        ),
        (
            [MORNING, at("meeting", "11:30", "15:30"), entry("documentation", 30)],
            UNKNOWN,
        ),  # one entry has no clock time
        ([at("direct", "8:00", "11:00")], UNKNOWN),  # a short day
    ],
)
def test_a_break_is_a_logged_one_and_none_is_work_that_follows_on_work(log, state):
    assert found(log=log)["no-break"].state == state


def test_days_without_a_break_are_a_share_of_the_long_ones():
    """Monday has no break in exactly six hours, Tuesday a lunch and Wednesday a gap of a quarter of an hour; Thursday is short."""
    days = [
        [at("direct", "8:00", "14:00")],
        [MORNING, at("lunch", "11:30", "11:45"), at("direct", "11:45", "15:00")],
        [MORNING, at("direct", "11:45", "15:30")],
        [at("direct", "8:00", "11:00")],
    ]
    log = [{**one, "date": MONDAY + timedelta(later)} for later, day in enumerate(days) for one in day]
    sign = found(log=log)["no-break"]
    assert (sign.state, sign.indicator.value) == (SEEN, pytest.approx(1 / 3))
    assert sign.indicator.rows[["date", "worked_hours"]].values.tolist() == [[pd.Timestamp(MONDAY), 6.0]]
    sign = found(log=log[1:])["no-break"]  # without Monday: one long day may have had none
    assert (sign.state, sign.indicator.value, len(sign.indicator.rows)) == (UNKNOWN, 0, 2)


def test_meeting_hours_stand_beside_those_of_the_meetings_of_the_year():
    answer = answer_of()
    sign = found(answer, log=[entry("direct"), entry("meeting", 600)])["partial-meetings"]
    assert sign.indicator.value == pytest.approx(10 - answer.staffing.person_hours[0, AT["meeting"]])
    assert sign.indicator.rows["activity"].tolist() == ["meeting"]
    no_meetings = analyze(answer.roster, DAY, Assumptions().changed(BARE, "test"))
    assert found(no_meetings, log=[entry("meeting", 600)])["partial-meetings"].indicator is None
    strangers = [{**entry("meeting"), "therapist": "Somebody else"}]
    assert found(log=strangers)["partial-meetings"].indicator is None


def test_meeting_hours_never_say_who_left_a_meeting_early():
    for log in ([entry("direct")], [entry("direct"), entry("meeting", 600)]):
        sign = found(log=log)["partial-meetings"]
        assert sign.state == UNKNOWN and sign.indicator is not None
        assert found(log=log, check_in=check_in(5, "partial-meetings"))["partial-meetings"].state == SEEN


def test_minutes_promised_one_to_one_and_seen_in_a_group_are_seen():
    mixed = answer_of(delivery=["individual", "group"], group_size=[3, 3])
    sign = found(mixed)["groups-to-fit"]
    assert sign.state == SEEN
    assert sign.indicator.value == pytest.approx(0.5)
    # its row as the roster has it, numbered from 0 and with no column of this tool's own
    assert list(sign.indicator.rows.columns) == list(mixed.roster.services.columns)
    assert list(sign.indicator.rows["student"]) == ["S0"] and list(sign.indicator.rows.index) == [0]
    # no line says group: individual may only be an empty cell
    sign = found(answer_of(group_size=[3, None]))["groups-to-fit"]
    assert (sign.state, sign.indicator.value) == (UNKNOWN, pytest.approx(0.5))
    assert sign.indicator.cannot.startswith("no line of the sheet says group")


@pytest.mark.parametrize("columns", [{"delivery": ["group", "group"], "group_size": [3, 3]}, {}])
def test_a_roster_without_such_a_line_cannot_say_that_no_group_was_made_to_fit(columns):
    sign = found(answer_of(**columns))["groups-to-fit"]
    assert sign.state == UNKNOWN and sign.indicator.cannot.startswith("where a plan itself says group")


def test_a_group_is_one_that_the_plan_names_or_one_of_two_or_more():
    """Two hours of consultation are no direct time. S0 stands in group G1, S1 in a group of one."""
    columns = {"student": ["S0", "S1", "S2"], "plan": ["IEP"] * 3, "minutes_per_session": [60] * 3, "sessions": [1] * 3}
    columns |= {"period": ["week"] * 3, "therapist": ["A"] * 3, "delivery": ["individual", "individual", "consult"]}
    sign = found(answer_of(**columns, group_id=["G1", None, None], group_size=[None, 1, 3]))["groups-to-fit"]
    assert sign.indicator.value == pytest.approx(0.5) and sign.indicator.rows["student"].tolist() == ["S0"]
    assert found(answer_of(delivery=["consult"] * 2))["groups-to-fit"].indicator is None


def lost(**reasons):
    return delivered_of([{"month": "2026-09", "required": 100, "delivered": 100 - sum(reasons.values()), **reasons}])


@pytest.mark.parametrize(
    ("delivered", "state"),
    [
        (lost(evaluation=30), SEEN),
        (lost(**{"provider absence": 30}), UNKNOWN),  # one sick day, in a month in which an evaluation was finished
        (lost(**{"provider absence": 30, "evaluation": 1}), SEEN),
        (lost(other=30), UNKNOWN),
        (lost(other=1), UNKNOWN),
        (lost(**{"student absence": 30, "school event": 10}), NOT_SEEN),
        (lost(), NOT_SEEN),
        (delivered_of([{"month": "2026-09", "required": 100, "delivered": 60}]), UNKNOWN),  # no reason is given
    ],
)
def test_only_a_reason_shows_that_sessions_were_cancelled_for_evaluations(delivered, state):
    evaluations = roster_of(evaluations={"student": ["x"], "type": ["initial"], "completed": [MONDAY]}).evaluations
    for known in (evaluations, None):
        assert found(delivered=delivered, evaluations=known)["sessions-for-evaluations"].state == state


def test_finished_evaluations_stand_beside_the_months_of_their_minutes():
    rows = [{"month": month, "required": 100, "delivered": 60} for month in ("2026-09", "2026-10")]
    evaluations = roster_of(evaluations={"student": ["x"], "type": ["initial"], "completed": [MONDAY]}).evaluations
    sign = found(delivered=delivered_of(rows), evaluations=evaluations)["sessions-for-evaluations"]
    assert sign.indicator.rows[["month", "evaluations"]].values.tolist() == [["2026-09", 1], ["2026-10", 0]]


def test_the_outcome_of_a_session_log_may_be_an_evaluation():
    log = [{"date": MONDAY, "minutes": 30, "outcome": "Cancelled for evaluation"}]
    assert delivered_from_log(log).rows["evaluation_minutes"].tolist() == [30]


def test_somebody_who_says_yes_is_heard_beside_a_log_that_shows_nothing():
    whole = [entry("direct", 450)]
    sign = found(log=whole, check_in=check_in(5, "off-the-clock"))["off-the-clock"]
    assert (sign.state, sign.decided_by) == (SEEN, "team check-in")


def test_a_related_figure_never_decides_a_sign():
    rows = [{"required": 100, "delivered": 60}]
    sign = found(delivered=delivered_of(rows))["no-progress"]
    assert sign.indicator.value == pytest.approx(0.4)
    assert sign.state == UNKNOWN
    asked = found(delivered=delivered_of(rows), check_in=check_in(5))["no-progress"]
    assert (asked.state, asked.decided_by) == (NOT_SEEN, "team check-in")


def test_nothing_required_has_no_share_that_was_not_delivered():
    assert found(delivered=delivered_of([{"required": 0, "delivered": 0}]))["no-progress"].indicator is None


def test_a_week_is_too_full_where_the_work_is_more_than_the_hours_of_somebody_present():
    """Ana's 37.5 hours are full to the minute, Ben has an hour more, Cy is on leave. Without posts nobody's week is known."""
    services = {
        "student": ["S0", "S1", "S2", "S3"],
        "delivery": ["individual"] * 4,
        "minutes_per_session": [450, 450, 60, 60],
        "sessions": [5, 5, 1, 1],
        "period": ["week"] * 4,
        "therapist": ["Ana", "Ben", "Ben", "Cy"],
    }
    posts = {"therapist": ["Ana", "Ben", "Cy"], "role": ["OT"] * 3, "fte": [1.0] * 3}
    posts |= {"leave_start": [None, None, "2026-09-01"], "leave_end": [None, None, "2026-12-18"]}
    bare = Assumptions().changed(BARE, "test")
    figure = found(analyze(roster_of(services=services, therapists=posts), DAY, bare))["exhaustion"].indicator
    assert (figure.value, figure.rows["therapist"].tolist()) == (1, ["Ben"])
    assert found(analyze(roster_of(services=services), DAY, bare))["exhaustion"].indicator is None


def test_minutes_to_make_up_are_hours_a_week_until_they_are_due():
    """360 minutes until December 10, ten weeks ahead: 0.6 hours a week. S1 is owed nothing."""
    answer = answer_of(compensatory_minutes=[360, 0], compensatory_due=["2026-12-10", None])
    figure = found(answer)["relief"].indicator
    assert figure.value == pytest.approx(0.6) and figure.rows["student"].tolist() == ["S0"]


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
    signs = found(check_in=counts, log=[entry("direct", 450)])
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


@pytest.mark.parametrize(("answers", "yes", "says"), [(4, 0, "too few"), (5, 6, "more than the 5 slips"), (5, 5, "")])
def test_counts_from_paper_are_checked(answers, yes, says):
    found = problem_of(answers, {**dict.fromkeys(QUESTIONS, 0), "relief": yes})
    assert says in found and bool(found) == bool(says)

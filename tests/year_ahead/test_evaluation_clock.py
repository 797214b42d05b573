"""The clock of a first evaluation: from consent, in the state's days."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.intake.rosters import book
from workload.answer import analyze
from workload.intake.load import load
from workload.model.school_calendar import SchoolCalendar
from workload.premises.premise_list import premises_of
from workload.report.answer_json import answer_json
from workload.rules.packs import packs
from workload.year_ahead.evaluation_clock import NO_CONSENT, UNITS, Clock, clock_kept, clock_of, clock_sentence
from workload.year_ahead.weeks import YearPlan, year_ahead

DAY = date(2026, 10, 1)
CLOSED = SchoolCalendar(date(2026, 8, 10), date(2027, 5, 28), ((date(2026, 12, 21), date(2027, 1, 1)),))


@pytest.mark.parametrize("clock, consent, due", [
    (Clock(60), date(2026, 12, 1), date(2027, 1, 30)),  # breaks do not stop calendar days
    (Clock(5, "business days"), date(2026, 12, 18), date(2026, 12, 25)),
    (Clock(5, "school days"), date(2026, 12, 18), date(2027, 1, 8)),  # two closed weeks between
    (Clock(3, "school days"), date(2027, 5, 26), date(2027, 9, 1)),  # May 27, May 28, and the next year's first day
])  # fmt: skip
def test_days_are_counted_from_the_day_after_consent_in_their_unit(clock, consent, due):
    assert clock.due(consent, CLOSED) == due


def test_every_state_has_a_clock_in_a_unit_that_can_be_counted_and_says_that_it_runs_from_consent():
    seen = set()
    for state in (None, *packs()):
        clock, said = clock_of(state, DAY), clock_sentence(state, DAY)
        assert clock.unit in UNITS and 10 <= clock.days <= 180
        assert (
            f"{clock.days} {clock.unit} from " in said
            and re.search("consent|permission", said.partition(", to ")[0])
            and said.endswith("A referral does not start it.")
        )
        assert "to  (" not in said and "  " not in said
        seen.add(clock.unit)
    assert seen == set(UNITS)
    assert clock_of(None, DAY) == Clock(60)


# --- consents of the file ---------------------------------------------------------------------------------------

SERVICES = [("student_id", "school", "frequency", "therapist"), ("1", "Oak", "2 x 30 weekly", "Ann")]
PEOPLE = [("therapist", "role", "fte"), ("Ann", "OT", 1)]
HEADS = ("Student ID", "Type", "Due", "Done", "Consent signed")


def with_evaluations(*rows, heads=HEADS, state=None):
    """Ann's roster with an Evaluations sheet, on October 1, in a state."""
    sheets = book(Services=SERVICES, Therapists=PEOPLE, Evaluations=[heads, *rows])
    return analyze(load([("all.xlsx", sheets)], secret=b"a secret of the tests").roster, DAY, state=state)


@pytest.mark.parametrize(
    "heading",
    ["Consent signed", "Date of consent", "Parent consent", "Consent Dt", "Parental Consent Date", "Signed", "Consent for Eval"],
)  # fmt: skip
def test_a_column_of_consents_is_known_by_its_heading(heading):
    heads = ("Student ID", "Type", "Due", "Done", heading)
    answer = with_evaluations(("1", "initial", None, None, date(2026, 9, 10)), heads=heads)
    assert [day.date() for day in answer.roster.evaluations["consent"]] == [date(2026, 9, 10)]
    assert answer.roster.evaluations["due"].isna().all() and clock_kept(answer, Clock(60)).known == 1


def test_a_row_with_a_consent_alone_is_counted_in_the_school_year_of_the_consent():
    inside, outside = (
        with_evaluations(("1", "initial", None, None, consent)) for consent in (date(2026, 9, 10), date(2026, 6, 30))
    )
    assert inside.demand.events.initial.sum() == 1 and outside.demand.events.initial.sum() == 0


@pytest.mark.parametrize(
    "state, due", [(None, date(2026, 11, 9)), ("MI", date(2026, 10, 22)), ("LA", date(2026, 12, 3))]
)
def test_an_evaluation_falls_due_by_the_clock_of_the_state_and_not_by_the_due_date_of_the_file(state, due):
    """60 calendar days, 30 school days, 60 business days from September 10; the file says June 1."""
    answer = with_evaluations(("1", "initial", date(2027, 6, 1), None, date(2026, 9, 10)), state=state)
    clock = clock_of(state, DAY)
    assert clock.due(date(2026, 9, 10), answer.calendar) == due
    year = year_ahead(answer, YearPlan(clock=clock))
    (week,) = year.evaluations_due.nonzero()[0]
    assert week == year.weeks.nearest_open(due)
    plain = with_evaluations(("1", "initial", date(2027, 6, 1), None, None), state=state)
    assert year_ahead(plain, YearPlan(clock=clock)).evaluations_due[week] == 0


def test_what_is_done_keeps_its_day_and_a_reevaluation_its_due_date():
    answer = with_evaluations(
        ("1", "initial", None, date(2026, 9, 28), date(2026, 8, 3)), ("1", "reevaluation", date(2027, 3, 1), None, date(2026, 9, 10))
    )  # fmt: skip
    year = year_ahead(answer)
    places = {year.weeks.nearest_open(day) for day in (date(2026, 9, 28), date(2027, 3, 1))}
    assert set(year.evaluations_due.nonzero()[0]) == places


def test_the_file_s_consents_are_counted_by_what_became_of_their_clock_and_told():
    rows = [
        ("1", "initial", None, date(2026, 9, 28), date(2026, 8, 3)),  # October 2: in time
        ("2", "initial", None, date(2026, 9, 28), date(2026, 7, 20)),  # September 18: late
        ("3", "initial", None, None, date(2026, 7, 20)),  # past
        ("4", "initial", date(2027, 6, 1), None, date(2026, 9, 10)),  # running
        ("5", "initial", date(2027, 2, 1), None, None),
        ("6", "reevaluation", date(2027, 2, 1), None, date(2026, 7, 20)),
    ]
    answer = with_evaluations(*rows)
    kept = clock_kept(answer, Clock(60))
    assert (kept.in_time, kept.late, kept.past, kept.running, kept.without, kept.known) == (1, 1, 1, 1, 1, 4)
    assert kept.words == (
        "The file says when the parent consented for 4 first evaluations; 1 without one keep the due date of the file. By "
        "the clock 1 was done in time, 1 late, 1 is not done and past the last day, 1 still running."
    )
    told = {
        "days": 60,
        "unit": "calendar days",
        "consents": 4,
        "in_time": 1,
        "late": 1,
        "past": 1,
        "running": 1,
        "without": 1,
    }
    assert answer_json(answer)["evaluation_clock"] == told
    premise = next(one for one in premises_of(answer) if one.id == "evaluations")
    assert "4 of 5 first evaluations say when the parent consented" in premise.text
    nothing = clock_kept(with_evaluations(("5", "initial", date(2027, 2, 1), None, None)), Clock(60))
    assert nothing.known == 0 and nothing.words == NO_CONSENT


def test_a_row_with_neither_date_nor_consent_is_told_and_not_counted():
    answer = with_evaluations(("1", "initial", None, None, None), ("2", "initial", None, None, date(2026, 9, 10)))
    assert len(answer.roster.evaluations) == 1
    assert any("no date of consent" in issue.message for issue in answer.roster.issues)

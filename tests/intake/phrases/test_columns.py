"""Services from cells that are not text, and from several columns of a row."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest

from workload.intake.phrases.column_words import combine_columns
from workload.intake.phrases.meanings import PhraseContext, weekly_minutes
from workload.intake.phrases.phrase_reader import read_phrase_cell


@pytest.mark.parametrize("cell", [time(0, 30), timedelta(minutes=30), datetime(1899, 12, 31, 0, 30), 0.020833333])
def test_a_time_cell_is_a_question_whatever_the_reader_makes_of_it(cell):
    assert read_phrase_cell(cell).question_kind == "time-cell"
    answered = PhraseContext(default_period="week", answers={"time-cell": "duration"})
    assert read_phrase_cell(cell, context=answered).parts[0].total_minutes == 30


def test_a_small_number_shown_as_a_date_is_a_bare_number():
    assert read_phrase_cell(datetime(1900, 1, 30)).question_kind == "bare-number"


def test_a_date_that_was_minutes_can_be_answered():
    assert read_phrase_cell(date(2026, 1, 30)).question_kind == "excel-date"
    context = PhraseContext(answers={"excel-date": "count-minutes", "period-missing": "week"})
    part = read_phrase_cell(date(2026, 1, 30), context=context).parts[0]
    assert (part.sessions, part.minutes_per_session) == (1, 30)


def test_a_blank_period_is_asked():
    assert combine_columns(minutes=30, sessions=6, period="").question_kind == "period-missing"


def test_columns_that_disagree_are_a_question_with_both_numbers():
    reading = combine_columns(total=180, minutes=45, sessions=3, period="week")
    assert (reading.grade, reading.question_kind) == ("C", "mismatch")
    assert any("135" in notice and "180" in notice for notice in reading.notices)


def test_a_phrase_and_columns_that_disagree_are_a_question():
    reading = combine_columns(minutes=30, sessions=2, period="week", text="45 min weekly")
    assert reading.question_kind == "mismatch"
    agreeing = combine_columns(minutes=30, sessions=2, period="week", text="30 min x 2 weekly")
    assert agreeing.grade == "A"


def test_a_yearly_total_checks_the_phrase_and_tells_the_weeks_of_the_year():
    assert combine_columns(text="30 min Weekly", total=1080, total_period="year").notices == ()
    other = combine_columns(text="30 min Weekly", total=1140, total_period="year")
    assert other.grade == "A"
    assert any("38 weeks" in notice for notice in other.notices)
    assert combine_columns(text="30 min Weekly", total=300, total_period="year").question_kind == "mismatch"


def test_a_phrase_fills_what_the_columns_leave_open():
    part = combine_columns(minutes=30, text="2x/week").parts[0]
    assert (part.minutes_per_session, part.sessions, part.period) == (30, 2, "week")


def test_a_column_that_says_to_be_determined_is_missing_not_zero():
    reading = combine_columns(minutes="TBD", sessions=2, period="week")
    assert (reading.grade, weekly_minutes(reading.parts)) == ("D", None)


def test_a_third_of_an_hour_stored_with_many_digits_is_twenty_minutes():
    assert combine_columns(total=1 / 3, unit="hours", period="week").parts[0].total_minutes == 20


@pytest.mark.parametrize(
    ("period", "weeks"),
    [
        *(("6 wks", 6), ("6-week", 6), ("6wk", 6), ("2 wks", 2), ("4 weeks", 4), ("four weeks", 4), ("3 weeks", 3)),
        *(
            ("9 wks", 9),
            ("10 weeks", 10),
            ("12 weeks", 12),
            ("2 months", 8),
            ("2 qtrs", 18),
            ("1 week", 1),
            ("one wk", 1),
        ),
    ],
)
def test_a_period_of_several_weeks_is_one_period_and_no_number_of_sessions(period, weeks):
    """ "4 weeks" was four sessions in a week: 120 minutes of four weeks counted as 120 a week."""
    assert weekly_minutes(combine_columns(total=120, period=period).parts) == Fraction(120, weeks)
    of_sessions = combine_columns(minutes=30, sessions=4, period=period)
    assert weekly_minutes(of_sessions.parts) == Fraction(120, weeks)


@pytest.mark.parametrize(
    "period", ["10 days", "5 days", "36 weeks", "100 weeks", "2.5 weeks", "2-3 weeks", "10 months", "12 mos"]
)
def test_a_period_that_the_calendar_does_not_know_is_asked(period):
    assert combine_columns(total=120, period=period).question


def test_times_in_the_column_of_the_period_stay_sessions():
    assert weekly_minutes(combine_columns(minutes=30, period="2x week").parts) == 60
    assert weekly_minutes(combine_columns(minutes=30, period="3 times a month").parts) == Fraction(90, 4)

"""The frequency phrase reader against the tables of examples, and its answers."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests.intake.phrases import phrase_cases as cases
from workload.intake.phrases.meanings import Part, PhraseContext, weekly_minutes
from workload.intake.phrases.phrase_reader import read_phrase, sanity_notices
from workload.intake.phrases.tokens import tidy

SNAPSHOT = date(2026, 11, 1)
LISTED = cases.rows("phrases.csv")
MORE = cases.rows("phrases_more.csv")
FACTS = (
    "minutes_per_session",
    "sessions",
    "period",
    "total_minutes",
    "delivery",
    "group_size",
    "weekly_minutes",
)


def _name(row):
    return f"{row.get('number', '')} {row['as_written']}".strip()


@pytest.mark.parametrize("row", LISTED + MORE, ids=_name)
def test_a_phrase_gets_its_grade_and_its_question(row):
    reading = cases.read(row, {}, SNAPSHOT)
    assert (reading.grade, reading.question_kind or "") == (row["class"], row["question_kind"])


@pytest.mark.parametrize("row", LISTED + MORE, ids=_name)
def test_a_phrase_reads_as_the_table_says_once_its_questions_are_answered(row):
    reading = cases.read(row, cases.answers(row["answer"]), SNAPSHOT)
    assert reading.grade != "C"
    assert cases.facts(reading) == {name: row[name] for name in FACTS}


def test_every_phrase_of_the_list_of_103_is_in_the_table():
    assert {int(re.match(r"\d+", row["number"])[0]) for row in LISTED} == set(range(1, 104))


@pytest.mark.parametrize("number", ["5", "11"])
def test_an_implausible_but_clear_phrase_carries_a_notice(number):
    row = next(row for row in LISTED if row["number"] == number)
    assert any("more than 300" in notice for notice in cases.read(row, {}).notices)


def test_one_answer_settles_every_phrase_of_its_kind():
    answered = PhraseContext(answers={"period-missing": "week"})
    for text, minutes in (("2x30", 60), ("30 min", 30), ("3 x 20 min", 60), ("30x2", 60)):
        assert read_phrase(text).question_kind == "period-missing"
        assert weekly_minutes(read_phrase(text, context=answered).parts) == minutes


def test_the_answer_for_one_cell_beats_the_answer_for_its_kind():
    context = PhraseContext(answers={"range": "high", tidy("30-45 min weekly"): "low"})
    assert read_phrase("30-45 min weekly", context=context).parts[0].total_minutes == 30
    assert read_phrase("20-30 min weekly", context=context).parts[0].total_minutes == 30


def test_a_cell_can_be_answered_with_several_choices_or_with_a_better_phrase():
    several = PhraseContext(answers={"2x30x3": "count-minutes-group+month"})
    assert weekly_minutes(read_phrase("2x30x3", context=several).parts) == 15
    better = PhraseContext(answers={"ask ms. lee": "30 min 2x/week"})
    reading = read_phrase("Ask Ms. Lee", context=better)
    assert (reading.grade, weekly_minutes(reading.parts), reading.text) == ("A", 60, "Ask Ms. Lee")


@pytest.mark.parametrize(
    ("text", "context", "minutes"),
    [
        ("30 min biweekly", PhraseContext(answers={"biweekly": "every-two-weeks"}), 15),
        ("30 min biweekly", PhraseContext(answers={"biweekly": "twice-a-week"}), 60),
        ("30 min bimonthly", PhraseContext(answers={"bimonthly": "twice-a-month"}), 15),
        ("1-2x/week, 20-30 min", PhraseContext(answers={"range": "low"}), 20),
        ("30 min per cycle", PhraseContext(answers={"cycle-length": "10"}), 15),
        ("12x15 weekly", PhraseContext(answers={"order": "minutes-first"}), 180),
        ("2x30", PhraseContext(default_period="6-day cycle"), 50),
        ("20 monthly", PhraseContext(number_means="minutes"), 5),
    ],
)
def test_what_the_file_says_settles_a_question(text, context, minutes):
    reading = read_phrase(text, context=context)
    assert reading.grade in ("A", "B")
    assert weekly_minutes(reading.parts) == minutes


def test_a_choice_shows_where_it_leads():
    reading = read_phrase("30 min biweekly")
    assert {choice.key: weekly_minutes(choice.parts) for choice in reading.choices} == {
        "every-two-weeks": 15,
        "twice-a-week": 60,
    }


@pytest.mark.parametrize(
    ("phrase", "day", "until"),
    [
        ("30 min/wk until 12/20, then 60 min/mo", SNAPSHOT, date(2026, 12, 20)),
        ("30 min/wk until Dec 20, then 60 min/mo", SNAPSHOT, date(2026, 12, 20)),
        ("30 min/wk until 20 December", SNAPSHOT, date(2026, 12, 20)),
        ("30 min/wk until 4/15", SNAPSHOT, date(2027, 4, 15)),
        ("30 min/wk until 4/15", date(2027, 2, 1), date(2027, 4, 15)),
        ("30 min/wk until 6/30", date(2027, 2, 1), date(2027, 6, 30)),
        ("30 min/wk until 7/1", date(2027, 2, 1), date(2026, 7, 1)),
        ("30 min/wk until 2/29", date(2028, 1, 1), date(2028, 2, 29)),
    ],
)
def test_a_date_without_a_year_is_proposed_in_the_school_year_and_only_for_it(phrase, day, until):
    open_ = read_phrase(phrase, context=PhraseContext(day=day))
    assert open_.question_kind == "dated" and not open_.parts
    key = f"by-{until.isoformat()}"
    assert next(choice.label for choice in open_.choices if choice.key == key).endswith(f"{until.day}, {until.year}")
    first, *then = read_phrase(phrase, context=PhraseContext(day=day, answers={"dated": key})).parts
    assert first.until == until and [part.starts for part in then] == [until + timedelta(days=1)] * len(then)
    next_year = day.replace(year=day.year + 1, day=min(day.day, 28))
    again = read_phrase(phrase, context=PhraseContext(day=next_year, answers={"dated": key}))
    assert again.question_kind == "dated" and not again.parts


@pytest.mark.parametrize("phrase", ["30 min/wk until 12/20", "30 min/wk until Dec 20", "30 min/wk until 2/29"])
def test_no_year_is_proposed_where_nothing_tells_it_or_no_calendar_has_the_day(phrase):
    day = None if "12" in phrase or "Dec" in phrase else SNAPSHOT
    reading = read_phrase(phrase, context=PhraseContext(day=day))
    assert reading.question_kind == "dated" and not [each for each in reading.choices if each.key.startswith("by-")]


def test_a_date_with_its_year_needs_no_school_year():
    for phrase in ("30 min/wk until 12/20/2026, then 60 min/mo", "30 min/wk until Dec 20, 2026, then 60 min/mo"):
        first, second = read_phrase(phrase, context=PhraseContext(answers={"dated": "by-date"})).parts
        assert (first.until, second.starts) == (date(2026, 12, 20), date(2026, 12, 21))


def test_extended_school_year_minutes_stay_out_of_the_regular_year():
    reading = read_phrase("ESY: 2x30 for 4 weeks", context=PhraseContext(answers={"esy": "summer-only"}))
    assert reading.parts[0].esy
    assert weekly_minutes(reading.parts) == 0


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Part(total_minutes=Fraction(301), period="week"), "301 minutes a week is more than 300"),
        (Part(minutes_per_session=Fraction(91)), "91 minutes is longer than 90"),
        (Part(group_size=9), "group of 9 is larger than 8"),
        (Part(sessions=Fraction(6), period="week"), "6 sessions a week are more than 5"),
    ],
)
def test_a_value_beyond_its_bound_is_told_with_both_numbers(part, words):
    assert any(words in notice for notice in sanity_notices((part,)))


def test_values_at_their_bounds_are_not_flagged():
    at_bounds = Part(Fraction(60), Fraction(5), "week", Fraction(300), group_size=8)
    assert sanity_notices((at_bounds,)) == ()


def test_reading_phrases_needs_no_table_library():
    code = (
        "import sys, workload.intake.phrases.phrase_reader, workload.intake.phrases.column_words; "
        "sys.exit('pandas' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

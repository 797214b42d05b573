"""The frequency phrase reader against texts that nobody has thought of."""

from __future__ import annotations

import string
from datetime import timedelta
from fractions import Fraction

from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.intake.phrases import phrase_cases as cases
from workload.intake.phrases.column_words import combine_columns
from workload.intake.phrases.meanings import PhraseContext, weekly_minutes, weeks_in_period
from workload.intake.phrases.phrase_reader import read_phrase, read_phrase_cell
from workload.intake.phrases.questions import QUESTION_KINDS
from workload.intake.phrases.tokens import tidy, tokens_of

LISTED = cases.rows("phrases.csv")


any_text = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [
                "30",
                "2",
                "x",
                "min",
                "hour",
                "/",
                "-",
                "week",
                "weekly",
                "per",
                "every",
                "other",
                "(",
                ")",
                "=",
                "+",
                ",",
                ";",
                "and",
                "or",
                "to",
                "until",
                "then",
                "1:1",
                "5:1",
                "2:30",
                "half",
                "bi",
                "monthly",
                "cycle",
                "day",
                "group",
                "of",
                "max",
                "esy",
                "12/20",
                "model",
                "3:1",
                "sessions",
                "each",
                "total",
                "in",
                "consult",
                "thirty",
                ".5",
                "½",
                "0",
                "1/2",
                "x2",
                "for",
                "weeks",
                "zzz",
                "para",
                "as needed",
                "a",
                "w",
                "m",
                "'",
                ":",
                "min.",
                "-5",
            ]
        ),
        max_size=12,
    ).map(" ".join),
)


@given(any_text)
@example("1 per 0 weeks")
@example("0 x 0 weekly = 5 monthly")
@example("9" * 200 + " min weekly")
def test_any_text_ends_in_a_reading(text):
    reading = read_phrase(text)
    assert reading.grade in ("A", "B", "C", "D")
    _is_sound(reading)


@given(any_text)
def test_answering_every_question_ends(text):
    answers = {}
    reading = read_phrase(text)
    for _ in range(9):
        if reading.grade != "C":
            break
        assert reading.question_kind not in answers, "an answered question is never asked again"
        answers[reading.question_kind] = reading.choices[0].key
        reading = read_phrase(text, context=PhraseContext(answers=answers))
    assert reading.grade != "C"


def _is_sound(reading):
    if reading.grade in ("A", "B"):
        assert reading.parts
        assert not reading.leftovers
        for part in reading.parts:
            assert part.total_minutes is None or (part.total_minutes >= 0 and weeks_in_period(part.period) > 0)
    if reading.grade == "C":
        assert reading.parts == ()
        assert reading.question
        assert reading.question_kind in QUESTION_KINDS
        assert len({choice.key for choice in reading.choices}) == len(reading.choices) >= 1
    if reading.grade == "D":
        assert weekly_minutes(reading.parts) is None


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**7), 10**7),
    st.floats(),
    st.text(max_size=20),
    st.times(),
    st.dates(),
    st.datetimes(),
    st.timedeltas(timedelta(days=-2), timedelta(days=2)),
    st.sampled_from(["weekly", "02", "20 - Weekly", "2x/week", "30 min", "TBD", "month", "1-2", "hours"]),
)


@given(cells)
def test_any_cell_ends_in_a_reading(cell):
    _is_sound(read_phrase_cell(cell))


@given(minutes=cells, sessions=cells, period=cells, total=cells, text=cells, unit=cells)
def test_any_columns_end_in_a_reading(**columns):
    _is_sound(combine_columns(**columns))


@given(
    st.text(string.ascii_lowercase, min_size=3, max_size=9),
    st.sampled_from([row["as_written"] for row in LISTED if row["class"] in "AB" and not row["columns"]]),
    st.booleans(),
)
@example("no longer", "30 min 2x/week", True)
@example("was", "60 minutes per week", True)
@example("?", "30 minutes Weekly", False)
def test_unknown_words_around_a_clear_phrase_are_never_read_over(word, phrase, before):
    assume(any(token.kind in ("UNKNOWN", "MONTH_NAME") for token in tokens_of(tidy(word))))
    reading = read_phrase(f"{word} {phrase}" if before else f"{phrase} {word}")
    assert reading.grade in ("C", "D")


def test_a_note_with_a_number_is_not_read_as_minutes():
    for text in (
        "was 30 min weekly in 2024",
        "30 min weekly if staff allows",
        "discontinued 30 min weekly",
        "30 min weekly room 5",
        "grade 3 30 min weekly",
    ):
        assert read_phrase(text).grade in ("C", "D"), text


PERIOD_SPELLINGS = {
    "week": [
        "weekly",
        "per week",
        "/week",
        "/wk",
        "a week",
        "each week",
        "every week",
        "per wk.",
        "wkly",
        "PER WEEK",
    ],
    "month": ["monthly", "per month", "/mo", "a month", "/month", "each month"],
    "two weeks": ["every other week", "every 2 weeks", "every two weeks", "fortnightly", "EOW"],
    "quarter": ["per quarter", "quarterly", "per 9 weeks", "every nine weeks"],
    "trimester": ["per trimester", "each trimester"],
    "semester": ["per semester", "/semester"],
    "year": ["yearly", "annually", "per year", "/yr", "per school year"],
    "six weeks": ["per six weeks", "every 6 weeks"],
    "day": ["daily", "per day", "/day", "every day"],
    "6-day cycle": ["per 6-day cycle", "/ 6 day cycle"],
}
NUMBER_WORDS = {2: "two", 3: "three", 4: "four", 5: "five"}
LENGTH_WORDS = {20: "twenty", 30: "thirty", 45: "forty-five", 60: "sixty"}
SHAPES = [
    "{n} x {m} {u} {p}",
    "{n}x{m}{u} {p}",
    "{m} {u} x {n} {p}",
    "{m} {u} {n}x {p}",
    "{m} {u} {n} times {p}",
    "{n} times {p} for {m} {u}",
    "{n}x {p}, {m} {u}",
    "{n} sessions of {m} {u} each {p}",
    "{n}x {p} @ {m} {u}",
    "{n} {m}-{u} sessions {p}",
    "{m} {u} per session, {n} sessions {p}",
    "{n} sessions {p} for {m} {u} each",
    "{m} {u}, {n}x {p}",
    "OT - {m} {u} {n} times {p}",
    "{n} x {m} {u} = {t} {u} {p}",
    "{m} {u} ({n}x) {p}",
]


@given(
    n=st.integers(2, 9),
    m=st.integers(10, 90),
    shape=st.sampled_from(SHAPES),
    unit=st.sampled_from(["min", "mins", "minutes", "min."]),
    data=st.data(),
    period=st.sampled_from(sorted(PERIOD_SPELLINGS)),
    upper=st.booleans(),
    wide=st.booleans(),
)
def test_a_clear_phrase_reads_exactly_in_every_spelling(n, m, shape, unit, data, period, upper, wide):
    spelled = data.draw(st.sampled_from(PERIOD_SPELLINGS[period]))
    text = shape.format(n=n, m=m, u=unit, p=spelled, t=n * m)
    text = text.upper() if upper else text
    text = text.replace(" ", " \u00a0") if wide else text
    reading = read_phrase(text)
    assert reading.grade == ("A" if period in ("week", "two weeks") else "B"), (text, reading)
    assert [(p.minutes_per_session, p.sessions, p.period, p.total_minutes) for p in reading.parts] == [
        (m, n, period, n * m)
    ]


@given(n=st.sampled_from(sorted(NUMBER_WORDS)), m=st.sampled_from(sorted(LENGTH_WORDS)))
def test_number_words_read_like_digits(n, m):
    reading = read_phrase(f"{NUMBER_WORDS[n]} ({n}) {LENGTH_WORDS[m]}-minute sessions per week")
    assert [(p.minutes_per_session, p.sessions) for p in reading.parts] == [(m, n)]


@given(n=st.integers(1, 9), m=st.integers(10, 120), swapped=st.booleans())
def test_two_bare_numbers_are_told_apart_by_size(n, m, swapped):
    reading = read_phrase(f"{m}x{n} weekly" if swapped else f"{n}x{m} weekly")
    assert (reading.grade, reading.parts[0].total_minutes) == ("A", n * m)


@given(hours=st.integers(1, 400))
def test_hours_with_decimals_are_exact(hours):
    assert read_phrase(f"{hours / 100} hours weekly").parts[0].total_minutes == Fraction(hours, 100) * 60

"""Readings that stay in the process: the same as new ones, and only of texts that can name nobody."""

import pytest

from tests.intake.phrases.phrase_cases import rows
from workload.intake.phrases import kept_readings
from workload.intake.phrases.meanings import PhraseContext
from workload.intake.phrases.phrase_reader import read_phrase_cell


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    kept = {}
    monkeypatch.setattr(kept_readings, "_kept", kept)
    return kept


def test_a_kept_reading_is_the_reading():
    texts = [row["as_written"] for name in ("phrases.csv", "phrases_more.csv") for row in rows(name)]
    assert [read_phrase_cell(text) for text in texts] == [read_phrase_cell(text) for text in texts]


def test_a_reading_is_kept_for_its_answers_alone(nothing_kept):
    assert read_phrase_cell("30 minutes").grade == "C"
    assert read_phrase_cell("30 minutes", context=PhraseContext(default_period="week")).grade == "A"
    assert read_phrase_cell("30 minutes", context=PhraseContext(answers={"period-missing": "month"})).grade == "B"
    assert read_phrase_cell("30 minutes").grade == "C"
    assert len(nothing_kept) == 2


@pytest.mark.parametrize(
    "text",
    ["30 min weekly with Ms. Vale", "Jo Doe", "30 minutes", "30 min weekly (J. Doe)", "30 min weekly für Jörg", "1 x 30 wkly Zoë"],
)
@pytest.mark.parametrize("answers", [{}, {"text-around": "ignore", "period-missing": "week", "conditional": "each"}])
def test_a_text_with_a_word_that_is_not_known_is_forgotten_with_its_file(nothing_kept, text, answers):
    reading = read_phrase_cell(text, context=PhraseContext(answers=answers))
    assert not any(word in str(nothing_kept).casefold() for word in ("vale", "doe", "jö", "zo"))
    assert text not in {asked[0] for asked in nothing_kept} or reading.grade in ("A", "B")


def test_what_is_kept_has_an_end(monkeypatch, nothing_kept):
    monkeypatch.setattr(kept_readings, "MOST", 3)
    for minutes in range(20, 30):
        read_phrase_cell(f"{minutes} min weekly")
    assert 0 < len(nothing_kept) <= 3

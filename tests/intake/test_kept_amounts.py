"""Amounts that stay in the process: the same as new ones, and only of rows that can name nobody."""

import pytest

from tests.intake.phrases.phrase_cases import rows
from workload.intake.columns.mapped_column import MappedColumn
from workload.intake.phrases.meanings import PhraseContext
from workload.intake.rows import amounts, kept_amounts
from workload.intake.rows.amounts import AmountReader

COLUMN = MappedColumn("frequency_text", 0, "Frequency", "")


@pytest.fixture(autouse=True)
def kept(monkeypatch):
    kept = {}
    monkeypatch.setattr(kept_amounts, "_kept", kept)
    return kept


def read(text, heading="Frequency", **context):
    column = MappedColumn("frequency_text", 0, heading, "")
    return AmountReader([column], PhraseContext(**context)).read((text,))


def kept_texts(kept):
    return [cell for rows in kept.values() for row in rows for cell in row]


def test_a_kept_amount_is_the_amount(kept):
    texts = [row["as_written"] for name in ("phrases.csv", "phrases_more.csv") for row in rows(name)]
    first = [repr(read(text)) for text in texts]
    assert kept_texts(kept)
    assert [repr(read(text)) for text in texts] == first


def test_an_amount_is_kept_for_its_headings_and_answers_alone(kept):
    assert read("30 minutes").is_question
    assert read("30 minutes", default_period="week").lines[0].period == "week"
    assert read("30 minutes", answers={"period-missing": "month"}).lines[0].period == "month"
    assert read("30 minutes").is_question
    assert read("30 minutes", "Minutes/wk").lines[0].period == "week"
    assert kept_texts(kept) == ["30 minutes"] * 3


@pytest.mark.parametrize(
    "text", ["30 min weekly with Ms. Vale", "Vale", "30 min weekly (J. Vale)", "30 min weekly Vále", "moved to Vale"]
)
@pytest.mark.parametrize("answers", [{}, {"text-around": "ignore", "period-missing": "week", "conditional": "each"}])
def test_a_row_with_a_word_that_is_not_known_is_forgotten_with_its_file(kept, text, answers):
    read(text, "Minutes of Vale", answers=answers)
    assert not kept_texts(kept)
    read("30 min weekly", "Minutes of Vale", answers={**answers, "Vale": "30 min weekly"})
    assert kept_texts(kept) == ["30 min weekly"] and "Vale" not in repr(kept)


def test_what_is_kept_has_an_end(monkeypatch, kept):
    monkeypatch.setattr(kept_amounts, "MOST", 3)
    monkeypatch.setattr(amounts, "MOST", 3)
    for minutes in range(20, 30):
        read(f"{minutes} min weekly")
    assert 0 < len(kept_texts(kept)) <= 3

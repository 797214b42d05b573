"""Several sheets and files, whatever their cells hold, and the samples."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.rosters import (
    SECRET,
    THERAPISTS,
    book,
    codes,
    found,
    loaded,
    only,
    rows_add_up,
    services,
)
from workload.answer import analyze
from workload.intake.answers.import_map import ImportMap
from workload.intake.load import load
from workload.intake.open.opened import CellProblem, Opened, RawSheet
from workload.model.columns import TABLES

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
PHRASES = ("student_id", "frequency_text")


def test_several_files_are_one_district():
    one = services(["1", "Oak", 30, 1, "week", "Kim Vale"])
    other = book(Staff=[THERAPISTS, ("Kim Vale", "OT", 0.5)])
    result = load([("lines.xlsx", one), ("people.xlsx", other)], secret=SECRET)
    assert result.roster.services["therapist"].tolist() == ["Kim Vale"] and not result.roster.issues
    assert {count.file for count in result.roster.row_counts} == {"lines.xlsx", "people.xlsx"}


def test_a_tab_that_repeats_the_list_is_not_added():
    rows = [(str(at), "Oak", 30) for at in range(4)]
    result = loaded(
        book(
            All_students=[("Student ID", "School", "Min/Wk"), *rows],
            Oak_tab=[("Student ID", "Min/Wk"), *((id, minutes) for id, _, minutes in rows)],
        )
    )
    assert len(result.roster.services) == 4 and result.roster.excluded == {"overlap": 4} and rows_add_up(result)
    assert "4 rows" in only(result, "sheets-overlap").message


def test_the_name_of_a_tab_may_be_the_therapist():
    data = book(Kim_Vale=[("Student ID", "Min/Wk"), ("1", 30)], Lee_Moss=[("Student ID", "Min/Wk"), ("2", 30)])
    first = loaded(data)
    [question] = first.questions
    assert question.key == "file:tab-names" and "Kim Vale, Lee Moss" in question.message
    assert len(question.rows) == 2
    for answers in (
        ImportMap().with_answer("file:tab-names", "therapist"),
        ImportMap().with_answer("sheet:Kim Vale", "therapist").with_answer("sheet:Lee Moss", "therapist"),
    ):
        assert loaded(data, answers).roster.services["therapist"].tolist() == ["Kim Vale", "Lee Moss"]


def test_a_tab_that_is_named_for_a_school_is_the_school_of_its_rows():
    data = book(
        Oak_Elementary=[("Student ID", "Min/Wk", "Therapist"), ("1", 30, "Vale")],
        Elm_Middle=[("Student ID", "Min/Wk", "Therapist"), ("2", 30, "Vale")],
    )
    result = loaded(data)
    assert not result.questions and result.roster.services["school"].tolist() == ["Oak Elementary", "Elm Middle"]
    assert len(found(result, "tab-meaning")) == 2


def test_blank_students_are_filled_down_only_when_a_person_says_so():
    data = book(Roster=[("Student", "Freq"), ("Doe, Jane", "30 min weekly"), (None, "15 min monthly consult")])
    first = loaded(data)
    assert first.roster.rows("unreadable") == 1 and first.questions[0].key == "fill_down:Student"
    second = loaded(data, ImportMap().with_answer("fill_down:Student", "yes"))
    assert second.roster.services["student"].nunique() == 1 and len(second.roster.services) == 2


def test_the_digest_changes_with_the_file_the_answers_and_the_secret():
    data, other = services(["1", "Oak", 30, 1, "week", None]), services(["1", "Oak", 45, 1, "week", None])
    digests = {
        loaded(data).roster.digest,
        loaded(other).roster.digest,
        loaded(data, ImportMap().with_answer("school:Oak", "Elm")).roster.digest,
        load([("roster.xlsx", data)], secret=b"other").roster.digest,
    }
    assert len(digests) == 4 and loaded(data).roster.digest == loaded(data).roster.digest


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-5, 500),
    st.booleans(),
    st.dates(),
    st.times(),
    st.builds(CellProblem, st.sampled_from(("error", "formula", "duration", "date")), st.text(max_size=8)),
    st.sampled_from(
        ("week", "2x30", "{rows}", "EXAMPLE", "Total", "School: Oak", "vacant", "30 min weekly", "biweekly", "=1")
    ),
)
TABLE = st.sampled_from(TABLES)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(TABLE, st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=6), st.randoms(use_true_random=False))
def test_no_sheet_raises_and_every_row_is_accounted_for(table, rows, random):
    columns = random.sample([column.name for column in table.columns], min(8, len(table.columns)))
    grid = [columns, *(row[: len(columns)] for row in rows)]
    sheet = RawSheet(
        table.sheet, "visible", len(grid), len(columns), 1, [list(column) for column in zip(*grid, strict=True)]
    )
    with patch("workload.intake.load.open_file", lambda name, data, limits: Opened(name, "xlsx", "0", (sheet,))):
        result = load([("any.xlsx", b"")], secret=SECRET)
    assert rows_add_up(result)
    assert len(result.roster.services) >= result.roster.rows("counted")


def sample(name):
    return load([(name, (SAMPLE / name).read_bytes())], secret=SECRET)


def test_the_tidy_sample_loads_without_a_warning():
    result = sample("bluff_county.xlsx")
    assert codes(result, "warning") == codes(result, "error") == set() and not result.questions
    assert codes(result) == {"group-size-missing"} and rows_add_up(result)


def test_the_messy_sample_gives_the_same_answer_as_the_tidy_one():
    tidy, messy = (sample(name) for name in ("bluff_county.xlsx", "bluff_county_messy.xlsx"))
    assert codes(messy, "error") == set() and rows_add_up(messy)
    one, other = (analyze(result.roster, date(2026, 10, 1)) for result in (tidy, messy))
    for table in ("therapists", "schools"):
        left, right = (getattr(answer, table).set_index(table[:-1]).select_dtypes("number") for answer in (one, other))
        assert left.index.tolist() == right.index.tolist()
        assert ((left - right).abs().fillna(0) < 1e-9).all().all()


def test_a_phrase_is_read_once_however_often_it_stands_in_the_file(monkeypatch):
    from workload.intake.rows import given_amounts as amounts
    from workload.intake.rows import kept_amounts

    monkeypatch.setattr(kept_amounts, "_kept", {})  # what earlier loads have read
    read, original = [], amounts.read_phrase_cell
    monkeypatch.setattr(
        amounts, "read_phrase_cell", lambda cell, **context: read.append(cell) or original(cell, **context)
    )
    loaded(services(*([str(at), f"{at % 3 + 1} x 30 min weekly"] for at in range(90)), columns=PHRASES))
    assert sorted(read) == ["1 x 30 min weekly", "2 x 30 min weekly", "3 x 30 min weekly"]

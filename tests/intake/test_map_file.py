"""Decisions of a person: kept, taken back, put together, used again for files of the same shape."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from tests.intake.rosters import book, loaded, services
from workload.intake.answers.import_map import ImportMap, MapError, map_of, map_text, read_map

UNCLEAR = [["Student ID", "School", "Duration"], ["1", "Oak", 30], ["2", "Oak", 45]]


def test_an_answer_of_last_month_settles_the_file_of_this_month():
    first = loaded(book(Caseload=UNCLEAR))
    [question] = first.questions
    answers = ImportMap().with_answer(question.key, "minutes_per_week")
    second = loaded(book(Caseload=[UNCLEAR[0], ["3", "Elm", 60]]), answers, name="october.xlsx")
    assert second.roster.services["total_minutes"].tolist() == [60] and not second.questions


def test_the_key_of_a_file_is_its_headings_and_holds_no_data():
    [question] = loaded(book(Caseload=UNCLEAR)).questions
    [other] = loaded(book(Other=[UNCLEAR[0], ["777", "Canary", 20]])).questions
    assert question.key == other.key and "Canary" not in question.key
    reordered = [[row[2], row[0], row[1]] for row in UNCLEAR]
    assert loaded(book(Caseload=reordered)).questions[0].key == question.key


def test_the_later_of_two_maps_counts_and_nothing_else_is_lost():
    one = (
        ImportMap()
        .with_answer("school:A", "Oak")
        .with_answer("column:f:Min", "minutes_per_week")
        .with_answer("phrase:x", "week")
    )
    two = (
        ImportMap().with_answer("school:A", "Elm").with_answer("column:f:Freq", "period").with_answer("sheet:T", "skip")
    )
    both = one.merged(two).as_dict()
    assert both == {
        "columns": {"f": {"Freq": "period", "Min": "minutes_per_week"}},
        "answers": {"x": "week"},
        "schools": {"A": "Elm"},
        "sheets": {"T": "skip"},
    }
    assert one.merged(ImportMap()).as_dict() == one.as_dict() == ImportMap().merged(one).as_dict()


def test_an_answer_can_be_taken_back():
    answers = (
        ImportMap().with_answer("school:A", "Oak").with_answer("column:f:Min", "").with_answer("header_row:S", "3")
    )
    back = answers.without("school:A").without("column:f:Min").without("header_row:S")
    assert not back.schools and not back.columns["f"] and not back.header_rows
    assert back.without("school:never").as_dict() == back.as_dict()


def test_a_row_that_is_no_row_of_the_sheet_changes_nothing():
    data = services(["1", "Oak", 30, 1, "week", None])
    for written in ("0", "999", "x", "-1"):
        assert len(loaded(data, ImportMap().with_answer("header_row:Services", written)).roster.services) == 1


# --- the map file ------------------------------------------------------------------------------------------


def test_a_map_file_comes_back_as_it_was_written(tmp_path):
    answers = (
        ImportMap()
        .with_answer("column:abc:Mins", "minutes_per_week")
        .with_answer("phrase:2 x 30", "week")
        .with_answer('school:Oak "West"', "Oak")
        .with_answer("therapist:Kim", "Unassigned")
        .with_answer("service:occ", "OT")
        .with_answer("sheet:Tab", "skip")
        .with_answer("fill_down:Student", "no")
    )
    (tmp_path / "MAP.toml").write_text(map_text(answers), encoding="utf-8")
    assert read_map(tmp_path / "MAP.toml").as_dict() == answers.as_dict()


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ({"columns": {"abc": {"Mins": "minutes_per_wek"}}}, "minutes_per_week"),
        ({"sheets": {"Tab": "skipp"}}, "skip"),
        ({"fill_down": {"School": "maybe"}}, "yes"),
        ({"services": {"occ": "PT"}}, "OT"),
        ({"header_rows": {"S": "third"}}, "number"),
    ],
)
def test_a_meaning_that_is_none_is_refused_with_what_was_expected(groups, said):
    with pytest.raises(MapError, match=f"not known here; expected .*{said}"):
        map_of(groups)


def test_a_column_of_another_table_is_asked_about_again_and_not_dropped():
    first = loaded(book(Caseload=UNCLEAR))
    [question] = first.questions
    again = loaded(book(Caseload=UNCLEAR), ImportMap().with_answer(question.key, "leave_start"))
    assert [one.key for one in again.questions] == [question.key]


@pytest.mark.parametrize(
    "groups", [{"nonsense": {}}, {"schools": "Oak"}, {"schools": {"Oak": 1}}, {"columns": {"abc": "x"}}]
)
def test_a_map_that_is_none_is_refused_in_a_sentence(groups):
    with pytest.raises(MapError, match="expected"):
        map_of(groups)


def test_a_map_file_that_is_not_toml_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "MAP.toml"
    path.write_text("this is = not = toml")
    with pytest.raises(MapError, match="MAP.toml"):
        read_map(path)


def test_the_map_in_the_documentation_is_a_map():
    text = (Path(__file__).parents[2] / "docs" / "READING.md").read_text(encoding="utf-8")
    example = text.split("```toml\n")[1].split("```")[0]
    answers = map_of(tomllib.loads(example))
    assert {each.name for each in fields(ImportMap)} == set(answers.as_dict())

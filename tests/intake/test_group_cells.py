"""Cells that name several students: one group, each alone, or one student whose name is written that way."""

import pytest

from tests.intake.rosters import book, codes, loaded
from tests.intake.test_reading_cases import figures
from workload.intake.answers.import_map import ImportMap

KEY = "file:students-in-cells"


def roster(headings, *rows, answer=""):
    data = book(Sheet1=[headings, *rows])
    return loaded(data, ImportMap().with_answer(KEY, answer) if answer else None)


@pytest.mark.parametrize("columns", [[], ["Group"], ["Delivery"], ["Group", "Delivery"]])
def test_a_group_is_one_group_beside_columns_of_its_own_that_are_empty(columns):
    heads = ["Students", "Min/Wk", "Therapist", *columns]
    said = {"Group": "A", "Delivery": "Individual"}
    one = ["Grey, Kim", 30, "Vale", *(said[name] for name in columns)]
    result = roster(heads, ["Abel, Byrd, Cole", 30, "Vale", *[None] * len(columns)], one, answer="together")
    lines = result.roster.services
    together = lines[lines["row"] == 2]
    assert len(together) == 3
    assert together["group_id"].nunique() == 1
    assert set(together["delivery"]) == {"group"}


@pytest.mark.parametrize("name", ["Doe\nJane", "Grey & Hall", "Doe and Roe, Jane"])
def test_one_student_may_have_such_a_name(name):
    heads, rows = ["Student Name", "Min/Wk"], ([name, 30], ["Ito, Ben", 30])
    asked = roster(heads, *rows)
    assert "students-several" in codes(asked)
    assert "one" in dict(next(each for each in asked.questions if each.key == KEY).choices)
    result = roster(heads, *rows, answer="one")
    assert "students-several" not in codes(result)
    assert KEY not in {each.key for each in result.questions}
    assert figures(result.roster)["students"] == 2


def test_a_name_in_two_lines_of_a_cell_is_one_student():
    result = roster(["Student Name", "Min/Wk"], ["Doe,\nJane", 30], ["Doe, Jane", 15], ["Ito, Ben\nRoe, Ann", 30])
    assert result.roster.services["student"].nunique() == 1
    assert KEY in {each.key for each in result.questions}

"""Columns that only a name tells apart: none of them holds all minutes, and "None of them" is an answer."""

import pytest

from tests.intake.rosters import codes, loaded
from workload.intake.answers.import_map import ImportMap

ROSTER = "Student ID,School,{0} {2},{1} {2}\n1001,Oak,30,\n1002,Oak,,60\n1003,Elm,45,\n"


def which(result):
    return [question for question in result.questions if question.key.startswith("which:")]


@pytest.mark.parametrize("what", ["Minutes", "Min/Wk"])
def test_none_of_them_is_an_answer(what):
    data = ROSTER.format("Kim", "Lee", what).encode()
    (question,) = which(loaded(data, name="roster.csv"))
    assert "If each is of one person" in question.message
    answered = loaded(data, ImportMap().with_answer(question.key, ""), "roster.csv")
    assert not which(answered)
    left = next(issue for issue in answered.roster.issues if issue.code == "columns-left-out")
    assert f"Kim {what}" in left.message and f"Lee {what}" in left.message
    assert "no-amounts" in codes(answered, "error")


def test_columns_that_known_words_tell_apart_are_of_no_person():
    (question,) = which(loaded(ROSTER.format("Old", "Current", "Min/Wk").encode(), name="roster.csv")) or [None]
    assert question is None or "of one person" not in question.message

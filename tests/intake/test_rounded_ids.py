"""Ids that Excel has rounded are not counted until somebody says which rows are one student."""

import pytest

from tests.intake.rosters import codes, loaded
from workload.intake.answers.import_map import ImportMap

KEY = "file:rounded-ids"
ROWS = "Student ID,Min/Wk,Therapist\n1000000005,30,Vale\n1.23E+09,60,Vale\n1.23E+09,30,Vale\n1.24E+09,45,Vale\n"


def test_nobody_is_asked_whether_a_rounded_id_is_the_same_as_above():
    result = loaded(ROWS.encode(), name="roster.csv")
    assert "id-rounded" in codes(result)
    assert [question.key for question in result.questions] == [KEY]
    assert len(result.roster.services) == 1
    assert result.roster.known.rows_waiting == 3


@pytest.mark.parametrize(("answer", "students"), [("each", 4), ("same", 3)])
def test_a_person_says_which_rows_are_one_student(answer, students):
    result = loaded(ROWS.encode(), ImportMap().with_answer(KEY, answer), "roster.csv")
    lines = result.roster.services
    assert lines["total_minutes"].sum() == 165
    assert lines["student"].nunique() == students
    assert KEY not in {question.key for question in result.questions}
    assert "id-rounded" not in codes(result)


def test_a_name_beside_it_says_who_the_student_is():
    rows = "Student ID,Student Name,Min/Wk\n1.23E+09,Ito Ben,30\n1.23E+09,Roe Ann,30\n"
    result = loaded(rows.encode(), name="roster.csv")
    assert result.roster.services["student"].nunique() == 2
    assert KEY not in {question.key for question in result.questions}

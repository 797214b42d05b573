"""A column that says which lines are of the summer, under a heading that says nothing of it."""

import pytest

from tests.intake.rosters import book, loaded
from tests.intake.test_reading_cases import figures
from workload.intake.answers.import_map import ImportMap
from workload.intake.rows.row_states import summer_terms

ROWS = [[1, "Birch", 30, "SY 26-27"], [1, "Birch", 60, "ESY 2027"], [2, "Birch", 60, "SY 26-27"], [3, "Elm", 15, "ESY"]]
SHEET = [["Student ID", "School", "Min/wk", "Program"], *ROWS]


def test_lines_of_the_summer_under_an_unknown_heading_are_asked_about_and_leave_the_year():
    first = loaded(book(Sheet1=SHEET))
    [question] = [each for each in first.questions if each.column == "Program"]
    fingerprint = question.key.rsplit(":", 1)[1]
    answered = loaded(book(Sheet1=SHEET), ImportMap(columns={fingerprint: {"Program": "term"}}))
    assert figures(answered.roster)["direct"] == pytest.approx(30 + 60)


@pytest.mark.parametrize("words", ["Life skills", "Summerhill", "Autism"])
def test_programs_that_are_no_terms_are_not_asked_about(words):
    rows = [[*row[:3], word] for row, word in zip(ROWS, [words, "Resource", "Language", words], strict=True)]
    assert not [each for each in loaded(book(Sheet1=[SHEET[0], *rows])).questions if each.column == "Program"]


@pytest.mark.parametrize(
    "term", ["RSY + ESY", "ESY+RSY", "ESY/Regular", "No ESY", "Does not qualify for ESY", "ESY: N"]
)
def test_a_term_of_both_or_without_the_summer_stays_in_the_year(term):
    assert summer_terms([term]) == [None]


@pytest.mark.parametrize("term", ["ESY", "ESY - no bus", "ESY (no transportation)", "Summer 2027"])
def test_a_no_that_is_about_something_else_keeps_the_summer(term):
    assert summer_terms([term]) == [True]

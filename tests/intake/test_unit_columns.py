"""A column beside the amount that says "15 min": the length of one unit, or only the unit of the minutes."""

import pytest

from tests.intake.rosters import book, found, loaded, only
from tests.intake.test_reading_cases import figures
from workload.intake.answers.import_map import ImportMap

QUESTION = "phrase:units-or-minutes"


def roster(headings, cells, answers=None):
    rows = [[student, "Dover", *cells] for student in ("1", "2")]
    return loaded(book(Sheet1=[["Student ID", "School", *headings], *rows]), answers)


@pytest.mark.parametrize(
    ("headings", "cells", "each"),
    [
        (["Minutes per session", "Unit", "Sessions per week"], [30, "30 min", 2], 60),
        (["Minutes per session", "Time Unit", "Sessions", "Period"], [30, "15 min", 2, "week"], 60),
        (["Minutes", "Unit", "Period"], [30, "15 minutes", "week"], 30),
        (["Minutes per week", "Unit"], [30, "30 min"], 30),
        (["OT Units/Week (15 min)", "Unit"], [2, "15 min"], 30),
        (["OT hours per week", "Unit"], [1, "hours"], 60),
        (["Auth Units", "Unit Type", "Period"], [2, "15 min", "week"], 30),
        (["Amount", "Unit", "Period"], [2, "15 min", "week"], 30),
    ],
)
def test_only_units_are_multiplied_by_the_length_of_a_unit(headings, cells, each):
    assert figures(roster(headings, cells).roster)["direct"] == pytest.approx(2 * each)


@pytest.mark.parametrize(("answer", "each"), [("minutes", 60), ("units", 900)])
def test_a_heading_that_says_neither_is_asked_about(answer, each):
    case = ["Duration", "Duration Unit", "Sessions", "Period"], [30, "15 min", 2, "week"]
    assert [question.key for question in roster(*case).questions] == [QUESTION]
    answered = roster(*case, ImportMap().with_answer(QUESTION, answer))
    assert figures(answered.roster)["direct"] == pytest.approx(2 * each)


def test_hours_with_more_than_an_hour_of_minutes_wait_until_somebody_says_what_they_are():
    rows = [["1", "Dover", 1.3], ["2", "Dover", 1.75]]
    data = book(Sheet1=[["Student ID", "School", "Hours (h.mm) per week"], *rows])
    waits = loaded(data)
    assert figures(waits.roster)["direct"] == pytest.approx(90)
    assert [question.key for question in waits.questions] == ["phrase:1.75"]
    answered = loaded(data, ImportMap().with_answer("phrase:1.75", "105 min/wk"))
    assert figures(answered.roster)["direct"] == pytest.approx(90 + 105)


@pytest.mark.parametrize("headings", [["Minutes per day", "Days per week"], ["Min/Day", "Days/Wk"]])
@pytest.mark.parametrize("step", [1, -1])
def test_minutes_of_a_day_are_those_of_a_session_whichever_column_stands_first(headings, step):
    assert figures(roster(headings[::step], [30, 2][::step]).roster)["direct"] == pytest.approx(2 * 60)


@pytest.mark.parametrize("few", [0.5, 1, 4.5])
def test_a_few_minutes_among_usual_ones_are_told_as_hours_perhaps(few):
    """ "0.5" under "Minutes per week" was half a minute, and nothing said so."""
    rows = [["Student ID", "School", "Therapist", "Minutes per week"]]
    rows += [[f"S{at}", "Oak", "Kim", few if at == 2 else 30] for at in range(6)]
    told = only(loaded(book(Services=rows)), "minutes-few")
    assert told.row == 4 and "may be hours" in told.message


def test_five_minutes_and_none_are_not_told_as_hours():
    rows = [["Student ID", "School", "Therapist", "Minutes per month"]]
    rows += [[f"S{at}", "Oak", "Kim", minutes] for at, minutes in enumerate((30, 5, 0, 60))]
    assert not found(loaded(book(Services=rows)), "minutes-few")


@pytest.mark.parametrize(("heading", "a_week"), [("Direct Min", 4 * 120 / 4), ("Total Direct Min", 120 / 4)])
def test_minutes_of_all_sessions_are_not_multiplied_by_sessions_of_their_kind(heading, a_week):
    head = ["Student ID", "School", "Direct Sessions", heading, "Direct Per"]
    assert figures(loaded(book(Services=[head, [1, "Oak", 4, 120, "month"]])).roster)["direct"] == pytest.approx(a_week)

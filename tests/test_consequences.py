"""What an answer would do to the required FTE."""

from datetime import date

import pytest

from tests.intake.rosters import SECRET, loaded, services
from workload.answer import analyze
from workload.consequences import MOST_CHOICES, consequences, question_ends
from workload.intake.answers.findings import Question
from workload.intake.answers.import_map import ImportMap
from workload.intake.load import load, open_files
from workload.model.parameters import Assumptions

DAY = date(2026, 10, 1)
DATA = services(["1", "60 min biweekly"], ["2", "30 min weekly"], columns=("student_id", "frequency_text"))


def required(data, answers, assumptions=None):
    return float(analyze(loaded(data, answers).roster, DAY, assumptions).district["required_fte"])


def test_each_answer_has_the_required_fte_that_it_leads_to():
    [question] = loaded(DATA).questions
    found = consequences([("roster.xlsx", DATA)], SECRET, ImportMap(), question, DAY)
    assert list(found) == [choice for choice, _ in question.choices]
    for choice, fte in found.items():
        assert fte == pytest.approx(required(DATA, ImportMap().with_answer(question.key, choice)), abs=1e-12)
    assert found["twice-a-week"] > found["every-two-weeks"]


def test_assumptions_and_other_answers_are_kept():
    [question] = loaded(DATA).questions
    assumptions = Assumptions().changed({"hours_per_week": 30}, "test")
    found = consequences(open_files([("roster.xlsx", DATA)]), SECRET, ImportMap(), question, DAY, assumptions)
    answers = ImportMap().with_answer(question.key, "twice-a-week")
    assert found["twice-a-week"] == pytest.approx(required(DATA, answers, assumptions), abs=1e-12)


def test_an_answer_that_leaves_nothing_is_none():
    data = services(["1", "Occupational Thearpy", 30], columns=("student_id", "service", "minutes_per_week"))
    [question] = loaded(data).questions
    found = consequences([("roster.xlsx", data)], SECRET, ImportMap(), question, DAY)
    assert found["OT"] > 0 and found["other"] is None


def test_opened_files_are_not_parsed_again(monkeypatch):
    opened = open_files([("roster.xlsx", DATA)])
    [question] = load(opened, secret=SECRET).questions

    def no_reading(*_):
        raise AssertionError("a file was parsed again")

    monkeypatch.setattr("workload.intake.load.open_file", no_reading)
    assert len(consequences(opened, SECRET, ImportMap(), question, DAY)) == len(question.choices)


def test_only_the_first_choices_are_tried():
    many = Question("service:x", "Which?", tuple((f"other {at}", "") for at in range(20)))
    assert len(consequences([("roster.xlsx", DATA)], SECRET, ImportMap(), many, DAY)) == MOST_CHOICES


def test_the_ends_are_those_of_all_lowest_and_all_highest_answers_together():
    data = services(
        ["1", "60 min biweekly"],
        ["2", "60 min bimonthly"],
        ["3", "30 min weekly"],
        columns=("student_id", "frequency_text"),
    )
    files, asked = open_files([("roster.xlsx", data)]), loaded(data).questions
    tried = {each.key: consequences(files, SECRET, ImportMap(), each, DAY) for each in asked}
    (low, high), _ = question_ends(files, SECRET, ImportMap(), tried, DAY)
    least = most = ImportMap()
    for key, choices in tried.items():
        least = least.with_answer(key, min(choices, key=choices.get))
        most = most.with_answer(key, max(choices, key=choices.get))
    assert len(asked) == 2 and (low, high) == pytest.approx((required(data, least), required(data, most)), abs=1e-12)
    assert low < high

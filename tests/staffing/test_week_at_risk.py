"""Minutes at risk of one week: every step of the arithmetic leads to the number that the tables have."""

import pandas as pd
import pytest

from tests.figures.charts import district
from workload.explain.steps import week_at_risk
from workload.explain.why import explain


def result(steps):
    """What the signs of the steps come to, from the first "=" on by multiplying and dividing."""
    first = next(at for at, step in enumerate(steps) if step.sign == "=")
    assert steps[first].value == pytest.approx(steps[0].value - steps[1].value)
    value = steps[first].value
    for step in steps[first + 1 : -1]:
        value = value * step.value if step.sign == "×" else value / step.value
    return value


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_steps_come_to_the_minutes_of_the_table(seed):
    people = district(seed).people
    over = people[(people["workload_hours"] > people["available_hours"]) & (people["therapist_hours"] > 0)]
    for _, row in over.iterrows():
        steps, notes = week_at_risk(row)
        assert steps[-1].value == pytest.approx(row["student_minutes_at_risk"])
        if len(notes) == 1:
            assert result(steps) == pytest.approx(steps[-1].value)
        else:
            assert result(steps) > steps[-1].value


def test_a_week_by_hand():
    row = {"workload_hours": 50.0, "available_hours": 40.0, "student_hours": 30.0, "therapist_hours": 20.0}
    steps, notes = week_at_risk(pd.Series({**row, "student_minutes_at_risk": 900.0}))
    assert [(step.sign, step.value) for step in steps] == [
        ("+", 50), ("-", 40), ("=", 10), ("×", 60), ("×", 30), ("÷", 20), ("=", 900),
    ]  # fmt: skip
    assert len(notes) == 1


def test_more_than_is_promised_cannot_be_at_risk_and_that_is_said():
    row = {"workload_hours": 90.0, "available_hours": 0.0, "student_hours": 30.0, "therapist_hours": 20.0}
    _, notes = week_at_risk(pd.Series({**row, "student_minutes_at_risk": 1800.0}))
    assert notes[0] == "That is 8,100 minutes; only the 1,800 minutes that are promised can be at risk."


def test_a_week_that_fits_has_hours_to_spare_and_nothing_at_risk():
    row = {"workload_hours": 30.0, "available_hours": 37.5, "student_hours": 20.0, "therapist_hours": 15.0}
    steps, _ = week_at_risk(pd.Series({**row, "student_minutes_at_risk": 0.0}))
    assert [step.label for step in steps] == ["Hours available", "Hours of work", "Hours to spare", "Minutes at risk"]


def test_why_of_a_person_is_no_number_that_equals_itself():
    answer = district()
    for name in answer.people["therapist"]:
        opened = explain(answer, "student_minutes_at_risk", therapist=name)
        assert len(opened.steps) >= 4 and opened.value == pytest.approx(
            answer.people.set_index("therapist").at[name, "student_minutes_at_risk"]
        )

"""The charts of the people and of FTE: numbers as in the tables, in an order that ranks nobody."""

import pytest

from tests.figures.charts import district
from workload.figures.fte_charts import required_by_activity, what_moves_the_answer
from workload.model.words import fte, fte_number, shown
from workload.staffing.bridge import SUM, bridge

SEEDS = range(1, 13)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_steps_from_post_to_required_add_up_exactly(seed):
    answer = district(seed)
    steps = bridge(answer.staffing)
    level = 0.0
    for step in steps:
        if step.kind == SUM and step is not steps[0]:
            assert step.fte == pytest.approx(level, abs=1e-9), step.label
        level = step.fte if step.kind == SUM else level + step.fte
    assert steps[0].fte == pytest.approx(answer.district["contracted_fte"], abs=1e-9) or "available" in steps[0].label
    assert steps[-1].fte == pytest.approx(answer.district["required_fte"], abs=1e-9)
    assert all(step.fte for step in steps if step.kind != SUM)


def test_every_kind_of_step_occurs_somewhere():
    labels = {step.label for seed in SEEDS for step in bridge(district(seed).staffing)}
    assert {
        "People on leave today",
        "Hours other than the FTE",
        "Work with no therapist",
        "Work of people on leave",
        "Weeks that do not fit",
        "Room in other weeks",
        "Available today",
    } <= labels


def test_the_parts_of_the_required_fte_add_up_to_it():
    answer = district()
    chart = required_by_activity(answer)
    values = chart.figure["data"][0]["x"]
    assert sum(values) == pytest.approx(answer.district["required_fte"], abs=1e-9)
    assert values == sorted(values, reverse=True)
    assert chart.table["FTE"].tolist() == [fte_number(value) for value in values]
    assert fte(answer.district["required_fte"]) in chart.alt


def test_the_five_assumptions_that_matter_are_drawn_from_low_to_high():
    answer = district()
    required = answer.district["required_fte"]
    chart = what_moves_the_answer(answer.influences, required)
    low, high = (each for each in chart.figure["data"] if each["type"] == "bar")
    assert len(chart.table) == 5
    for at, one in enumerate(answer.influences[:5]):
        assert low["base"][at] + low["x"][at] == pytest.approx(one.required_fte_at_low)
        assert high["base"][at] + high["x"][at] == pytest.approx(one.required_fte_at_high)
        assert chart.table["Required FTE at the high end"][at] == fte_number(one.required_fte_at_high)
    assert fte(answer.influences[0].required_fte_at_high) in chart.alt and shown(required) in chart.alt


def test_nothing_moves_an_answer_without_work():
    assert what_moves_the_answer([], 0.0).alt.startswith("Nothing to draw.")

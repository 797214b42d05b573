"""Decide: zeros change nothing, order does not matter, the column adds up, nothing is lost."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios.scenarios import ZEROS, answer_of, random_lever, seeds
from workload.scenarios.compare import SCENARIO, TODAY, TOGETHER, compare, side_by_side
from workload.scenarios.cost import Rates
from workload.scenarios.outcome import MEASURES, apply
from workload.scenarios.scenario import Scenario
from workload.scenarios.scenario_state import COLUMNS, today

thorough = settings(max_examples=40, deadline=None)


def same(one, other, abs=1e-9):
    return (math.isnan(one) and math.isnan(other)) or one == pytest.approx(other, abs=abs, rel=1e-9)


def levers_of(seed, count):
    random = Random(seed)
    return tuple(random_lever(random) for _ in range(count))


@thorough
@given(seeds)
def test_a_scenario_of_zeros_changes_nothing(seed):
    answer = answer_of(seed)
    comparison = compare(answer, Scenario("Zeros", ZEROS))
    for name in MEASURES:
        assert same(comparison.scenario.figures[name], comparison.today.figures[name], abs=0)
    assert comparison.scenario.figures["required_fte"] == answer.district["required_fte"]
    assert comparison.scenario.figures["student_minutes_at_risk"] == answer.district["student_minutes_at_risk"]
    assert comparison.scenario.figures["students_changing_therapist"] == 0


@thorough
@given(seeds, st.integers(1, 5), st.randoms(use_true_random=False))
def test_the_order_of_levers_does_not_matter(seed, count, random):
    answer, levers = answer_of(seed), levers_of(seed, count)
    one = apply(answer, Scenario("One", levers)).figures
    other = apply(answer, Scenario("Other", tuple(random.sample(levers, len(levers))))).figures
    assert all(same(one[name], other[name], abs=0) for name in MEASURES)


@thorough
@given(seeds, st.integers(0, 5), st.booleans())
def test_today_and_each_effect_and_together_add_up_to_the_scenario(seed, count, pilot):
    schools = ("School A", "School B") if pilot else ()
    steps = compare(answer_of(seed), Scenario("Sum", levers_of(seed, count), schools)).steps
    assert list(steps["step"])[0] == TODAY
    assert list(steps["step"])[-2:] == [TOGETHER, SCENARIO]
    for name in MEASURES:
        column = steps[name].to_numpy()
        if not np.isnan(column).any():
            assert column[:-1].sum() == pytest.approx(column[-1], abs=1e-9 * max(1, abs(column).max()))


@thorough
@given(seeds)
def test_a_single_lever_leaves_nothing_for_together(seed):
    steps = compare(answer_of(seed), Scenario("Alone", levers_of(seed, 1))).steps
    together = steps[steps["step"] == TOGETHER].iloc[0]
    assert all(math.isnan(together[name]) or abs(together[name]) < 1e-6 for name in MEASURES)


@thorough
@given(seeds, st.integers(1, 4))
def test_people_and_schools_add_up_to_the_district_under_any_scenario(seed, count):
    outcome = apply(answer_of(seed), Scenario("Sum", levers_of(seed, count)))
    for table in (outcome.people, outcome.schools):
        for name in ("required_fte", "available_fte", "gap_fte"):
            assert table[name].sum() == pytest.approx(outcome.figures[name], abs=1e-9)
    situation = outcome.situation
    keys = situation.therapist * len(situation.schools) + situation.school
    assert len(np.unique(keys)) == len(keys)
    assert (situation.sums > -1e-6).all()


@thorough
@given(seeds, st.integers(1, 4))
def test_levers_on_people_move_work_and_neither_make_nor_lose_any(seed, count):
    random, answer = Random(seed), answer_of(seed)
    levers = tuple(
        lever
        for lever in (random_lever(random) for _ in range(3 * count))
        if lever.kind not in ("regroup", "frequency", "documentation", "three_to_one", "mtss")
    )
    situation = apply(answer, Scenario("Moves", levers)).situation
    counted = len(COLUMNS) - 2  # who is still at home or unserved is what changes
    assert situation.sums[:, :counted].sum(axis=0) == pytest.approx(
        today(answer).sums[:, :counted].sum(axis=0), rel=1e-9, abs=1e-6
    )


@thorough
@given(seeds, st.integers(1, 4))
def test_what_is_kept_of_the_answer_is_not_changed_by_a_scenario(seed, count):
    answer = answer_of(seed)
    before = today(answer).sums.copy(), answer.demand.features.copy(), answer.demand.people.moves.copy()
    apply(answer, Scenario("Any", levers_of(seed, count)))
    after = today(answer).sums, answer.demand.features, answer.demand.people.moves
    assert all((one == other).all() for one, other in zip(before, after, strict=True))


def test_a_pilot_changes_nothing_in_the_other_schools():
    from workload.scenarios.demand_levers import ChangeFrequency, Regroup, ShiftDocumentation

    answer = answer_of(3)
    levers = (Regroup(5), ChangeFrequency(-0.2), ShiftDocumentation(0.5))
    outcome = apply(answer, Scenario("Pilot", levers, ("School B",)))
    minutes = np.bincount(outcome.situation.school, outcome.situation.column("therapist_minutes"))
    before = np.bincount(answer.demand.school, answer.demand.therapist_minutes)
    inside = answer.demand.schools.index("School B")
    assert minutes[inside] < before[inside]
    assert np.delete(minutes, inside) == pytest.approx(np.delete(before, inside), abs=1e-9)


def test_a_pilot_is_compared_with_the_rest():
    from workload.scenarios.demand_levers import ChangeFrequency

    comparison = compare(answer_of(3), Scenario("Pilot", (ChangeFrequency(-0.2),), ("School B",)))
    assert list(zip(comparison.pilot["where"], comparison.pilot["when"], strict=True)) == [
        ("pilot", "before"),
        ("rest", "before"),
        ("pilot", "after"),
        ("rest", "after"),
    ]
    whole = comparison.pilot.groupby("when")["required_fte"].sum()
    assert whole["before"] == pytest.approx(comparison.today.figures["required_fte"], abs=1e-9)
    assert whole["after"] == pytest.approx(comparison.scenario.figures["required_fte"], abs=1e-9)
    assert compare(answer_of(3), Scenario("Everywhere", (ChangeFrequency(-0.2),))).pilot is None


def test_scenarios_side_by_side_have_the_figures_that_each_has_alone():
    answer = answer_of(4)
    scenarios = [Scenario(f"Number {seed}", levers_of(seed, 2)) for seed in range(3)]
    table = side_by_side(answer, scenarios)
    assert list(table["step"]) == [TODAY, "Number 0", "Number 1", "Number 2"]
    assert table["required_fte"][0] == answer.district["required_fte"]
    for scenario, (_, one) in zip(scenarios, table.iloc[1:].iterrows(), strict=True):
        assert all(same(one[name], apply(answer, scenario).figures[name], abs=0) for name in MEASURES)


@thorough
@given(seeds, st.integers(1, 4))
def test_a_comparison_that_starts_from_an_earlier_one_is_the_same(seed, count):
    answer, levers = answer_of(seed), levers_of(seed, count)
    earlier = compare(answer, Scenario("Earlier", levers))
    changed = Scenario("Later", (*levers[1:], *levers_of(seed + 1, 1)))
    for other, rates in ((answer, None), (answer_of(seed + 1), None), (answer, Rates().changed({"agency": 200}))):
        fresh, reused = compare(other, changed, rates).steps, compare(other, changed, rates, earlier).steps
        assert fresh.equals(reused)
    piloted = Scenario("Pilot", levers, ("School A",))
    assert compare(answer, piloted).steps.equals(compare(answer, piloted, known=earlier).steps)

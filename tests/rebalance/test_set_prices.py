"""One person's best set of blocks: as trying every set finds it, and never said to be dearer than it is."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings

from tests.rebalance.puzzles import puzzle
from tests.scenarios.scenarios import seeds
from workload.model.coding import MISSING
from workload.rebalance.set_prices import GRID_HOURS, Knapsack, Prices


def drawn_prices(problem, seed):
    """Prices near what blocks cost, so that some sets pay and others do not."""
    random = np.random.default_rng(seed)
    blocks, people, schools = problem.shape
    return Prices(
        random.uniform(-1, 12, blocks),
        random.uniform(0, 4, people),
        random.uniform(0, 1, people),
        random.uniform(-2, 3, (people, schools)),
        float(random.uniform(0, 2)),
    )


def priced(problem, prices, person, chosen):
    """Points of a set of blocks at prices, from the definition."""
    is_ota, boss = problem.is_ota[person], problem.supervisor[person]
    schools = {int(problem.school[block]) for block in chosen}
    hours = sum((problem.direct_hours if is_ota else problem.full_hours)[block] for block in chosen) + sum(
        problem.travel_hours[person, school] for school in schools
    )
    points = prices.hour[person] * hours + prices.slope[person] * max(
        0.0, problem.fixed_hours[person] + hours - problem.capacity_hours[person]
    )
    points += sum(
        problem.weights.travel * problem.travel_hours[person, school] + prices.visit[person, school]
        for school in schools
    )
    for block in chosen:
        if problem.owner[block] not in (person, MISSING):
            points += problem.weights.student_change * problem.students[block] + prices.move
        if is_ota and boss != MISSING:
            points += prices.hour[boss] * problem.event_hours[block]
        points -= prices.block[block]
    return points


def every_set(problem, prices, person):
    """{blocks: points} of all sets that the person's own rules leave."""
    mine = np.flatnonzero(problem.allowed[:, person])
    sets = chain.from_iterable(combinations(mine.tolist(), count) for count in range(len(mine) + 1))
    kept = problem.must_serve[person]
    schools = {one: {int(problem.school[block]) for block in one} for one in sets}
    return {
        one: priced(problem, prices, person, one)
        for one, at in schools.items()
        if len(at) <= problem.most_schools[person] and (kept == MISSING or kept in at)
    }


@settings(max_examples=150, deadline=None)
@given(seeds)
def test_the_lowest_is_never_above_the_truth_and_below_it_only_by_the_grid(seed):
    problem = puzzle(seed)
    prices = drawn_prices(problem, seed)
    for person in range(problem.shape[1]):
        truth = every_set(problem, prices, person)
        if not truth:
            continue
        found = Knapsack(problem, person).choices(prices)
        rounding = prices.slope[person] * GRID_HOURS * (problem.shape[0] + 1)
        assert found.lowest <= min(truth.values()) + 1e-9
        assert found.lowest >= min(truth.values()) - rounding - 1e-9
        assert tuple(found.set(0).tolist()) in truth
        assert found.points[0] == pytest.approx(truth[tuple(found.set(0).tolist())], abs=1e-9)


@settings(max_examples=150, deadline=None)
@given(seeds)
def test_every_set_below_what_is_covered_is_listed_with_its_points(seed):
    problem = puzzle(seed)
    prices = drawn_prices(problem, seed)
    for person in range(problem.shape[1]):
        truth = every_set(problem, prices, person)
        for most in (1, 5, 10_000):
            found = Knapsack(problem, person).choices(prices, 6.0, most)
            listed = {tuple(found.set(at).tolist()): points for at, points in enumerate(found.points)}
            assert len(listed) <= most
            missing = [points for one, points in truth.items() if one not in listed]
            assert min(missing, default=np.inf) >= found.covered - 1e-9
            if truth:
                assert found.lowest <= min(truth.values()) + 1e-9
            assert all(
                one not in truth or truth[one] == pytest.approx(points, abs=1e-9) for one, points in listed.items()
            )

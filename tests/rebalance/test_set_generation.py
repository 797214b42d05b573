"""The bound over sets of blocks: never above the best answer that there is; the best is found and proven."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from benchmarks.choices import district
from tests.rebalance.puzzles import every_answer, puzzle
from tests.scenarios.scenarios import seeds
from workload.rebalance import block_program, proof, set_generation
from workload.rebalance.local_search import greedy
from workload.rebalance.proof import solve
from workload.rebalance.search_state import Hunt
from workload.rebalance.set_generation import fits, generate, price_sets
from workload.rebalance.set_prices import Knapsack
from workload.rebalance.set_program import Master, Rows, between

FOREVER = 1e6


def hunt_from(problem, start, gap=0.0, cancelled=lambda: False, progress=None):
    return Hunt(problem, start, gap, FOREVER, progress, cancelled)


def bound_at(problem, rows, prices):
    people = range(problem.shape[1])
    return rows.lower_bound(prices, np.array([Knapsack(problem, one).choices(prices).lowest for one in people]))


@settings(max_examples=150, deadline=None)
@given(seeds)
def test_any_duals_make_a_bound_that_no_answer_beats(seed):
    problem = puzzle(seed)
    answers = every_answer(problem)
    if not answers:
        return
    rows, random = Rows(problem), np.random.default_rng(seed)
    one, other = (rows.prices(random.normal(2, 6, len(rows.low))) for _ in range(2))
    for prices in (one, other, between(one, other, 0.3)):
        assert bound_at(problem, rows, prices) <= answers[0][0] + 1e-6


@settings(max_examples=120, deadline=None)
@given(seeds)
def test_from_the_worst_answer_the_best_is_found_and_proven_by_sets_alone(seed):
    problem = puzzle(seed)
    answers = every_answer(problem)
    if not answers:
        return
    hunt = hunt_from(problem, answers[-1][1])
    price_sets(hunt)
    assert problem.violations(hunt.best) == []
    assert hunt.points == pytest.approx(answers[0][0], abs=1e-5)
    assert hunt.proven and hunt.bound <= answers[0][0] + 1e-5


@settings(max_examples=80, deadline=None)
@given(seeds)
def test_with_few_sets_the_bound_still_holds(seed):
    problem = puzzle(seed)
    answers = every_answer(problem)
    if not answers:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(set_generation, "FEW", 3)
        patch.setattr(set_generation, "MANY", 8)
        patch.setattr(set_generation, "MOST_OF_ONE", 4)
        patch.setattr(set_generation, "ROUNDS", 1 + seed % 4)
        hunt = hunt_from(problem, answers[-1][1])
        price_sets(hunt)
    assert hunt.bound <= answers[0][0] + 1e-5
    assert problem.violations(hunt.best) == []


@settings(max_examples=80, deadline=None)
@given(seeds)
def test_the_stages_together_find_the_best_prove_it_and_only_get_better(seed):
    problem, told = puzzle(seed), []
    answers = every_answer(problem)
    if not answers:
        assert solve(problem, None, gap=0.0).status == "infeasible"
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(set_generation, "FEWEST_BLOCKS", 0)
        made = solve(problem, answers[-1][1], gap=0.0, progress=lambda *one: told.append(one))
    assert made.status == "proven"
    assert problem.score(made.assignment).points == pytest.approx(answers[0][0], abs=1e-5)
    assert made.bound <= answers[0][0] + 1e-5
    points, bounds = [one for one, _ in told], [one for _, one in told]
    assert points == sorted(points, reverse=True) and bounds == sorted(bounds)


def test_the_bound_over_sets_is_higher_than_that_of_blocks_in_fractions():
    problem = tight()
    hunt = hunt_from(problem, problem.owner)
    rows, people = Rows(problem), [Knapsack(problem, one) for one in range(problem.shape[1])]
    master = Master(problem, rows)
    master.add_assignment(problem.owner)
    prices = generate(hunt, master, people)
    assert bound_at(problem, rows, prices) > 1.0  # in fractions everybody has just enough: no overload
    assert compact_bound(problem) == pytest.approx(0.0, abs=1e-6)


def compact_bound(problem):
    """The one program without whole numbers."""
    highs = block_program.program_of(problem).solver
    highs.setOptionValue("solve_relaxation", True)
    highs.run()
    return highs.getInfo().objective_function_value


def tight():
    """Three blocks of six hours for two people of nine: one gets three hours too many."""
    six, zeros = np.full(3, 6.0), np.zeros(3)
    problem = puzzle(1)
    return replace(
        problem,
        full_hours=six,
        direct_hours=six,
        event_hours=zeros,
        students=zeros,
        owner=np.array([0, 0, 1]),
        school=np.arange(3),
        fixed_hours=np.zeros(2),
        capacity_hours=np.full(2, 9.0),
        travel_hours=np.zeros((2, 3)),
        is_ota=np.zeros(2, bool),
        supervisor=np.full(2, -1),
        allowed=np.ones((3, 2), bool),
        most_schools=np.full(2, 3),
        must_serve=np.full(2, -1),
        supervised_only=np.zeros((2, 3), bool),
        weights=type(problem.weights)(),
        most_moves=None,
    )


def test_the_same_problem_is_solved_the_same_way_twice():
    problem = puzzle(8)
    start = every_answer(problem)[-1][1]
    told = [], []
    hunts = [hunt_from(problem, start, progress=lambda *one, at=at: told[at].append(one)) for at in range(2)]
    for hunt in hunts:
        price_sets(hunt)
    assert (hunts[0].best == hunts[1].best).all() and hunts[0].bound == hunts[1].bound
    assert told[0] and told[0] == told[1]


def test_a_cancelled_search_keeps_what_it_has():
    problem = puzzle(8)
    start = every_answer(problem)[-1][1]
    asked = iter([False] * 3 + [True] * 1000)
    hunt = hunt_from(problem, start, cancelled=lambda: next(asked))
    price_sets(hunt)
    assert problem.violations(hunt.best) == [] and hunt.bound <= every_answer(problem)[0][0] + 1e-5


def test_hours_below_zero_small_blocks_and_few_blocks_are_left_to_the_one_program():
    problem = district(20, 60, 1)
    assert fits(problem)
    assert not fits(replace(problem, event_hours=problem.event_hours - 5))
    assert not fits(district(10, 60, 1)) and not fits(district(10, 30, 1))


def test_sets_are_asked_where_the_root_of_the_one_program_proves_too_little():
    problem, told = district(10, 30, 1, 1.0), []
    start = greedy(problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(set_generation, "FEWEST_BLOCKS", 0)
        patch.setattr(
            proof, "price_sets", lambda hunt: (told.append(hunt.bound), price_sets(hunt), told.append(hunt.bound))
        )
        made = solve(problem, start, gap=0.01, seconds=FOREVER)
    points = problem.score(made.assignment).points
    assert told[0] < told[1] and made.status == "proven"
    assert made.bound >= 0.99 * points - 1e-5 and problem.violations(made.assignment) == []


def test_where_no_set_is_below_what_is_wanted_the_known_answer_stands_and_is_proven():
    problem = puzzle(8)
    points, best = every_answer(problem)[0]
    hunt = hunt_from(problem, best)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(set_generation, "FEW", 1)
        price_sets(hunt)
    assert hunt.proven and (hunt.best == best).all()
    assert hunt.bound == pytest.approx(points, abs=1e-5)

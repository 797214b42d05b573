"""Why not better, and why not at all: which named constraints bind, and which cannot hold together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from workload.answer import Answer
from workload.rebalance.constraints import Rules, problem_of
from workload.rebalance.local_search import Board
from workload.rebalance.problem import CONSTRAINTS, KEEP_TOGETHER, MOST_MOVES, TOLERANCE, Problem, Weights
from workload.rebalance.proof import solve
from workload.scenarios.blocks import Blocks

NO_WEIGHTS = Weights(0, 0, 0, 0)
SECONDS_FOR_A_CHECK = 20.0


def conflicting_constraints(
    answer: Answer, blocks: Blocks, rules: Rules, most_moves: int | None = None
) -> tuple[str, ...]:
    """A smallest set of constraints that no assignment keeps together: take one away and there is one.

    Each constraint is left out in turn; those that can be left out with the conflict standing are not part of it.
    """
    out: set[str] = set()
    names = (*CONSTRAINTS, MOST_MOVES) if most_moves is not None else CONSTRAINTS
    for name in names:
        if not _feasible(answer, blocks, rules, out | {name}, most_moves):
            out.add(name)
    return tuple(name for name in names if name not in out)


def _feasible(answer, blocks, rules, without: set[str], most_moves: int | None) -> bool:
    problem = problem_of(answer, blocks, rules, NO_WEIGHTS, frozenset(without))
    problem = problem.limited(None if MOST_MOVES in without else most_moves)
    if not problem.allowed.any(axis=1).all():
        return False
    return solve(problem, None, seconds=SECONDS_FOR_A_CHECK).status != "infeasible"


def binding_constraints(
    answer: Answer, blocks: Blocks, rules: Rules, problem: Problem, assignment: np.ndarray
) -> dict[str, float]:
    """Constraints without which a single further move would save points, and how many: largest first."""
    found: dict[str, float] = {}
    best = _next_gain(problem, assignment)
    for name in CONSTRAINTS:
        if name == KEEP_TOGETHER:
            continue  # parted blocks would be another problem; a single move cannot show it
        freed = problem_of(answer, blocks, rules, problem.weights, frozenset({name})).limited(problem.most_moves)
        gain = _next_gain(freed, assignment) - best
        if gain > TOLERANCE:
            found[name] = gain
    if problem.most_moves is not None:
        gain = _next_gain(replace(problem, most_moves=None), assignment) - best
        if gain > TOLERANCE:
            found[MOST_MOVES] = gain
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _next_gain(problem: Problem, assignment: np.ndarray) -> float:
    """Points that the best single move still saves; 0 when none does."""
    gains = Board(problem, assignment).gains()
    return max(0.0, float(gains.max(initial=0.0)))

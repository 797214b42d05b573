"""The best assignment with a proof: one program over blocks, and where blocks are large, one over sets of blocks first.

Each stage is entered only when the ones before have not proven enough; the best answer and the highest bound count.
At most one move is tried out instead, every one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from workload.rebalance import block_program
from workload.rebalance.local_search import can_try_all, try_all
from workload.rebalance.problem import Problem
from workload.rebalance.search_state import Hunt
from workload.rebalance.set_generation import fits, price_sets

GAP = 0.01


@dataclass(frozen=True, eq=False)
class Solved:
    """An assignment with the best bound that was proven; `status` is proven, stopped or infeasible."""

    assignment: np.ndarray | None
    bound: float
    status: str


def solve(
    problem: Problem,
    start: np.ndarray | None,
    gap: float = GAP,
    seconds: float = 60.0,
    progress: Callable[[float, float], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Solved:
    """The best assignment to a relative gap. One thread and a fixed seed: the same input gives the same answer
    as long as the gap, not the clock, ends the search.

    progress   called with (best points so far, proven bound)
    cancelled  asked now and then; true stops and returns the best so far
    """
    hunt = Hunt(problem, start, gap, seconds, progress, cancelled)
    if can_try_all(problem):
        return _by_trying(hunt)
    if hunt.best is not None and fits(problem):
        block_program.branch(hunt, most_nodes=1)
        if not hunt.over:
            price_sets(hunt)
    if not hunt.over:
        block_program.branch(hunt)
    if hunt.infeasible or hunt.erred:
        return _once_more(hunt)
    return Solved(hunt.best, min(hunt.bound, hunt.points), "proven" if hunt.proven else "stopped")


def _by_trying(hunt: Hunt) -> Solved:
    """Every single move, one by one: the best of them is the best there is."""
    best, whole = try_all(hunt.problem, lambda: hunt.seconds_left <= 0 or hunt.cancelled())
    if best is not None:
        hunt.found(best)
    if not whole:
        return Solved(hunt.best, -np.inf, "stopped")
    if hunt.best is None:
        return Solved(None, np.inf, "infeasible")
    hunt.tell(hunt.points, hunt.points)
    return Solved(hunt.best, hunt.points, "proven")


def _once_more(hunt: Hunt) -> Solved:
    """Without presolve, where HiGHS says that nothing is allowed, or has contradicted an answer.

    That nothing is allowed is believed when both say so. Otherwise one of the two erred: the best answer counts, as
    each was scored here, and no bound does.
    """
    nothing, hunt.infeasible = hunt.infeasible, False
    block_program.branch(hunt, presolve=False)
    if nothing and hunt.infeasible and hunt.best is None:
        return Solved(None, np.inf, "infeasible")
    return Solved(hunt.best, -np.inf, "stopped")

"""The best assignment with a proof: one program over blocks, and where blocks are large, one over sets of blocks first.

Each stage is entered only when the ones before have not proven enough; the best answer and the highest bound count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from workload.rebalance import block_program
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
    most_nodes: int | None = None,
    progress: Callable[[float, float], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Solved:
    """The best assignment to a relative gap. One thread and a fixed seed: the same input gives the same answer
    as long as the gap or the node limit, not the clock, ends the search.

    most_nodes  of the one program's tree, in the last stage
    progress    called with (best points so far, proven bound)
    cancelled   asked now and then; true stops and returns the best so far
    """
    hunt = Hunt(problem, start, gap, seconds, progress, cancelled)
    if hunt.best is not None and fits(problem):
        block_program.branch(hunt, most_nodes=1)
        if not hunt.over:
            price_sets(hunt)
    if not hunt.over:
        block_program.branch(hunt, most_nodes)
    if hunt.infeasible:
        return Solved(None, np.inf, "infeasible")
    bound = min(hunt.bound, hunt.points)
    return Solved(hunt.best, bound, "proven" if hunt.proven else "stopped")

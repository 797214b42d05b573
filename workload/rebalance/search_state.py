"""What is known while a problem is being solved: the best assignment, what was proven, and when to stop."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from workload.rebalance.problem import Problem

ROUNDING_POINTS = 1e-6  # HiGHS calls two numbers equal that differ by so much


class Hunt:
    """The best assignment only gets better and the bound only rises, whichever search finds them.

    progress   called with (best points so far, proven bound)
    cancelled  asked now and then
    seconds    of the clock on the wall, from now on
    """

    def __init__(
        self,
        problem: Problem,
        start: np.ndarray | None,
        gap: float,
        seconds: float,
        progress: Callable[[float, float], None] | None,
        cancelled: Callable[[], bool],
    ):
        self.problem, self.gap, self.cancelled = problem, gap, cancelled
        self._progress, self._end = progress, time.monotonic() + seconds
        self.best: np.ndarray | None = None
        self.points, self.bound = np.inf, -np.inf
        self.infeasible = False
        self._told = (np.inf, -np.inf)
        if start is not None:
            self.found(start)

    def found(self, assignment: np.ndarray) -> None:
        """Keeps an assignment when it is allowed and better."""
        points = self.problem.score(assignment).points
        if points < self.points and not self.problem.violations(assignment):
            self.best, self.points = assignment, points

    def proves(self, bound: float) -> None:
        """No assignment has fewer points than this."""
        self.bound = max(self.bound, bound)

    def tell(self, points: float, bound: float) -> None:
        """A search's own best and bound, which may lag behind what is known."""
        self.proves(bound)
        best = min(self._told[0], self.points, points)
        self._told = best, max(self._told[1], min(self.bound, best))
        if self._progress is not None and np.isfinite(best):
            self._progress(*self._told)

    @property
    def wanted(self) -> float:
        """The bound that would be proof enough."""
        return self.points - self.gap * self.points

    @property
    def proven(self) -> bool:
        return self.best is not None and self.bound >= self.wanted - ROUNDING_POINTS

    @property
    def seconds_left(self) -> float:
        return max(0.0, self._end - time.monotonic())

    @property
    def over(self) -> bool:
        """Whether there is nothing left to do, or no time, or somebody ended it."""
        return self.infeasible or self.proven or self.seconds_left <= 0 or self.cancelled()

"""What is known while a problem is being solved: the best assignment, what was proven, and when to stop."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from workload.rebalance.problem import Problem

ROUNDING_POINTS = 1e-6  # HiGHS calls two numbers equal that differ by so much
SLACK = 1e-5  # of the points (of one point at least): a bound further above an answer is false


class Hunt:
    """The best assignment only gets better and the bound only rises, whichever search finds them.

    Every assignment is scored here and counts; a bound is a solver's word. A bound above an answer that is there, or
    an objective that its own assignment does not have, shows that the solver erred: then nothing it says is proof.

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
        self.infeasible = self.erred = False
        self._told = (np.inf, -np.inf)
        if start is not None:
            self.found(start)

    def found(self, assignment: np.ndarray, objective: float | None = None) -> None:
        """Keeps an assignment when it is allowed and better.

        objective  the points that a solver gives it: fewer than it has are an error of the solver
        """
        points, allowed = self.problem.score(assignment).points, not self.problem.violations(assignment)
        if objective is not None and (not allowed or objective < points - _slack(points)):
            self.erred = True
        if points < self.points and allowed:
            self.best, self.points = assignment, points
            self.proves(self.bound)

    def proves(self, bound: float) -> None:
        """No assignment has fewer points than this, says whoever calls."""
        self.bound = max(self.bound, bound)
        if self.bound > self.points + _slack(self.points):
            self.erred = True

    def tell(self, points: float, bound: float) -> None:
        """A search's own best and bound, which may lag behind what is known; shown, and proof of nothing yet."""
        best = min(self._told[0], self.points, points)
        self._told = best, max(self._told[1], min(max(self.bound, bound), best))
        if self._progress is not None and np.isfinite(best):
            self._progress(*self._told)

    @property
    def begun_from(self) -> np.ndarray:
        """The best assignment, for what begins from one. Raises `ValueError` where none was found yet."""
        if self.best is None:
            raise ValueError("no assignment was found yet")
        return self.best

    @property
    def wanted(self) -> float:
        """The bound that would be proof enough."""
        return self.points - self.gap * self.points

    @property
    def proven(self) -> bool:
        return self.best is not None and not self.erred and self.bound >= self.wanted - ROUNDING_POINTS

    @property
    def seconds_left(self) -> float:
        return max(0.0, self._end - time.monotonic())

    @property
    def over(self) -> bool:
        """Whether there is nothing left to do, or no sense in going on, or no time, or somebody ended it."""
        return self.infeasible or self.erred or self.proven or self.seconds_left <= 0 or self.cancelled()


def _slack(points: float) -> float:
    return SLACK * max(1.0, abs(points)) if np.isfinite(points) else 0.0

"""The program over whole sets of blocks: one column is one person's set, one set for each person, each block once.

What ties people together are rows: blocks, the largest overload, hours that an OTA passes on to the supervisor,
schools where an OTA serves only with the supervisor, and the number of moves. Their duals are the prices.
"""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from workload.model.coding import MISSING
from workload.rebalance.highs import NO_LIMIT, begin_from, limit, listen, new_solver
from workload.rebalance.problem import Problem
from workload.rebalance.search_state import Hunt
from workload.rebalance.set_prices import Prices


class Rows:
    """Where each row of the program is, and what it allows."""

    def __init__(self, problem: Problem):
        blocks, people, _ = problem.shape
        self.problem = problem
        self.low: list[float] = []
        self.high: list[float] = []
        otas = np.flatnonzero(problem.is_ota & (problem.supervisor != MISSING))
        self.room = problem.capacity_hours - problem.fixed_hours
        self.bosses = np.unique(problem.supervisor[otas])
        self.paid = np.flatnonzero(problem.capacity_hours > 0)
        self.tied = [
            (int(ota), int(school))
            for ota in otas
            for school in np.unique(problem.school[problem.allowed[:, ota]])
            if problem.supervised_only[ota, school]
        ]
        self.block = self._more(np.ones(blocks), np.ones(blocks))
        self.one = self._more(np.ones(people), np.ones(people))
        self.own = self._more(np.zeros(people), np.full(people, NO_LIMIT))
        self.shared = self._more(-self.room[self.bosses], np.full(len(self.bosses), NO_LIMIT))
        self.largest = self._more(np.zeros(len(self.paid)), np.full(len(self.paid), NO_LIMIT))
        self.visits = self._more(np.zeros(len(self.tied)), np.full(len(self.tied), NO_LIMIT))
        limits = [] if problem.most_moves is None else [float(problem.most_moves)]
        self.moves = self._more(np.full(len(limits), -NO_LIMIT), np.array(limits))
        self.shared_of = dict(zip(self.bosses.tolist(), self.shared.tolist(), strict=True))

    def _more(self, low, high) -> np.ndarray:
        start = len(self.low)
        self.low.extend(low)
        self.high.extend(high)
        return np.arange(start, len(self.low), dtype=np.int32)

    def column(self, person: int, blocks: np.ndarray) -> tuple[float, dict[int, float]]:
        """(points, {row: value}) of a set of blocks in one person's hands."""
        problem, weights = self.problem, self.problem.weights
        schools = np.unique(problem.school[blocks])
        travel = float(problem.travel_hours[person, schools].sum())
        is_ota, boss = problem.is_ota[person], int(problem.supervisor[person])
        hours = float((problem.direct_hours if is_ota else problem.full_hours)[blocks].sum()) + travel
        changed = blocks[(problem.owner[blocks] != person) & (problem.owner[blocks] != MISSING)]
        values = dict.fromkeys(self.block[blocks].tolist(), 1.0)
        values[int(self.one[person])] = 1.0
        values[int(self.own[person])] = -max(0.0, hours - float(self.room[person]))
        if person in self.shared_of:
            values[self.shared_of[person]] = -hours
        if is_ota and boss != MISSING:
            values[self.shared_of[boss]] = -float(problem.event_hours[blocks].sum())
        for row, (ota, school) in zip(self.visits.tolist(), self.tied, strict=True):
            if school in schools and person in (ota, problem.supervisor[ota]):
                values[row] = -1.0 if person == ota else 1.0
        if len(self.moves):
            values[int(self.moves[0])] = float(len(changed))
        points = weights.travel * travel + weights.student_change * float(problem.students[changed].sum())
        return points, values

    def prices(self, dual: np.ndarray) -> Prices:
        """Prices from the duals, brought to where they give a valid bound: `lower_bound` says why."""
        problem, weights = self.problem, self.problem.weights
        blocks, people, schools = problem.shape
        largest, hour, visit = np.zeros(people), np.zeros(people), np.zeros((people, schools))
        largest[self.paid] = np.maximum(0.0, dual[self.largest])
        asked = float(largest @ problem.capacity_hours)
        if asked > weights.largest_overload:
            largest *= weights.largest_overload / asked
        hour[self.bosses] = np.clip(dual[self.shared], 0.0, weights.overload + largest[self.bosses])
        for value, (ota, school) in zip(np.maximum(0.0, dual[self.visits]), self.tied, strict=True):
            visit[ota, school] += value
            visit[problem.supervisor[ota], school] -= value
        move = max(0.0, -float(dual[self.moves[0]])) if len(self.moves) else 0.0
        return Prices(dual[self.block], weights.overload + largest - hour, hour, visit, move)

    def lower_bound(self, prices: Prices, lowest: np.ndarray) -> float:
        """What every assignment costs at least, where no person's set at these prices has less than `lowest` (P,).

        The Lagrangian bound. It holds when nobody gains from overload that stands for nothing: the prices of the
        largest overload, each times contract hours, come to no more than its weight, and `slope` and `hour` together
        to no more than the weight of an hour and that price.
        """
        moves = prices.move * (self.problem.most_moves or 0) if len(self.moves) else 0.0
        return float(prices.block.sum() + lowest.sum() - prices.hour @ self.room - moves)


def between(one: Prices, other: Prices, share: float) -> Prices:
    """Prices a share of the way from one to the other: valid where both are."""
    return Prices(
        *((1 - share) * getattr(one, each.name) + share * getattr(other, each.name) for each in fields(Prices))
    )


class Master:
    """The program over the columns so far."""

    def __init__(self, problem: Problem, rows: Rows):
        self.problem, self.rows = problem, rows
        self.columns: list[tuple[int, np.ndarray]] = []
        self._known: set[tuple[int, bytes]] = set()
        self.solver = new_solver()
        for low, high in zip(rows.low, rows.high, strict=True):
            self.solver.addRow(float(low), float(high), 0, np.zeros(0, np.int32), np.zeros(0))
        weights, place = problem.weights, dict(zip(rows.paid.tolist(), rows.largest.tolist(), strict=True))
        for person in range(problem.shape[1]):
            values = {int(rows.own[person]): 1.0}
            if person in rows.shared_of:
                values[rows.shared_of[person]] = 1.0
            if person in place:
                values[place[person]] = -1.0
            self._column(weights.overload, values)
        self._column(
            weights.largest_overload,
            dict(zip(rows.largest.tolist(), problem.capacity_hours[rows.paid].tolist(), strict=True)),
        )

    def _column(self, points: float, values: dict[int, float]) -> None:
        order = sorted(values)
        self.solver.addCol(
            points,
            0.0,
            NO_LIMIT,
            len(order),
            np.array(order, np.int32),
            np.array([values[row] for row in order], float),
        )

    def add(self, person: int, blocks: np.ndarray) -> bool:
        """One more set for a person; false when it is there already."""
        key = (person, blocks.tobytes())
        if key in self._known:
            return False
        self._known.add(key)
        self.columns.append((person, blocks))
        self._column(*self.rows.column(person, blocks))
        return True

    def add_assignment(self, assignment: np.ndarray) -> None:
        for person in range(self.problem.shape[1]):
            self.add(person, np.flatnonzero(assignment == person))

    def solve_whole(
        self, hunt: Hunt, gap: float, ceiling: float, only_below: bool, most_nodes: int | None = None
    ) -> None:
        """Solves in whole sets from the best assignment. No more than `ceiling` is proven: sets may be missing.

        only_below  look only for answers below the ceiling: that there is none is then proven much sooner
        """
        import highspy

        solver, first = self.solver, self.problem.shape[1] + 1
        chosen = np.arange(first, first + len(self.columns), dtype=np.int32)
        solver.changeColsIntegrality(len(chosen), chosen, np.array([highspy.HighsVarType.kInteger] * len(chosen)))
        limit(solver, gap, hunt.seconds_left, most_nodes)
        if only_below:
            solver.setOptionValue("objective_bound", ceiling)
            solver.setOptionValue("presolve", "off")  # it would find little in so many sets, and take long
        begin_from(solver, self._values(hunt.begun_from))
        listen(solver, lambda points, bound: hunt.tell(points, min(bound, ceiling)), hunt.cancelled)
        solver.run()
        made = self._assignment()
        if (made != MISSING).all():
            hunt.found(made, float(solver.getInfo().objective_function_value))
        hunt.proves(min(float(solver.getInfo().mip_dual_bound), ceiling))

    def _values(self, assignment: np.ndarray) -> np.ndarray:
        """The column values of an assignment whose sets are all here."""
        problem = self.problem
        over = np.maximum(0.0, problem.hours(assignment) - problem.capacity_hours)
        chosen = [np.array_equal(blocks, np.flatnonzero(assignment == person)) for person, blocks in self.columns]
        return np.concatenate((over, [problem.score(assignment).largest_overload], chosen))

    def _assignment(self) -> np.ndarray:
        """The assignment of the solver's whole answer."""
        made = np.full(self.problem.shape[0], MISSING)
        values = np.array(self.solver.getSolution().col_value)[self.problem.shape[1] + 1 :]
        for at in np.flatnonzero(values > 0.5):
            person, blocks = self.columns[at]
            made[blocks] = person
        return made

    def prices(self) -> Prices:
        """Solves the program in fractions of sets; the duals as prices."""
        self.solver.run()
        return self.rows.prices(np.array(self.solver.getSolution().row_dual))

"""The assignment problem as one mixed-integer program: a column for each (block, person), solved by HiGHS."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workload.model.coding import MISSING
from workload.rebalance.highs import NO_LIMIT, begin_from, limit, listen, new_solver
from workload.rebalance.problem import Problem
from workload.rebalance.search_state import Hunt


class Rows:
    """Rows of a sparse matrix with their limits, collected one by one."""

    def __init__(self):
        self.start, self.index, self.value, self.low, self.high = [0], [], [], [], []

    def add(self, columns, values, low: float, high: float) -> None:
        self.index.extend(columns)
        self.value.extend(values)
        self.start.append(len(self.index))
        self.low.append(low)
        self.high.append(high)


@dataclass(frozen=True, eq=False)
class Model:
    """The program: columns are x (block, person), y (person, school), overload hours (P,), the largest overload."""

    pairs: np.ndarray
    visits: np.ndarray
    cost: np.ndarray
    upper: np.ndarray
    rows: Rows

    def start(self, problem: Problem, assignment: np.ndarray) -> np.ndarray:
        """The column values of an assignment."""
        served = problem.served(assignment) > 0
        over = np.maximum(0.0, problem.hours(assignment) - problem.capacity_hours)
        largest = problem.score(assignment).largest_overload
        return np.concatenate(
            (
                assignment[self.pairs[:, 0]] == self.pairs[:, 1],
                served[self.visits[:, 0], self.visits[:, 1]],
                over,
                [largest],
            )
        )

    def read(self, problem: Problem, values: np.ndarray) -> np.ndarray:
        """The assignment of column values."""
        made = np.zeros(problem.shape[0], dtype=np.int64)
        chosen = np.flatnonzero(values[: len(self.pairs)] > 0.5)
        made[self.pairs[chosen, 0]] = self.pairs[chosen, 1]
        return made


def model_of(problem: Problem) -> Model:
    """The program of a problem."""
    blocks, people, schools = problem.shape
    pairs = np.argwhere(problem.allowed)
    visit_of = np.full((people, schools), MISSING)
    visits = np.unique(np.column_stack((pairs[:, 1], problem.school[pairs[:, 0]])), axis=0)
    visit_of[visits[:, 0], visits[:, 1]] = len(pairs) + np.arange(len(visits))
    over_at = len(pairs) + len(visits)
    largest_at = over_at + people
    weights, rows = problem.weights, Rows()
    moved = (pairs[:, 1] != problem.owner[pairs[:, 0]]) & (problem.owner[pairs[:, 0]] != MISSING)
    cost = np.concatenate(
        (
            weights.student_change * problem.students[pairs[:, 0]] * moved,
            weights.travel * problem.travel_hours[visits[:, 0], visits[:, 1]],
            np.full(people, weights.overload),
            [weights.largest_overload],
        )
    )
    _one_person_each(rows, pairs, blocks)
    _visits(rows, problem, pairs, visit_of)
    _hours(rows, problem, pairs, visits, visit_of, over_at, largest_at)
    _schools(rows, problem, visits, visit_of)
    if problem.most_moves is not None:
        columns = np.flatnonzero(moved)
        rows.add(columns, np.ones(len(columns)), -NO_LIMIT, problem.most_moves)
    upper = np.concatenate((np.ones(over_at), np.full(people + 1, NO_LIMIT)))
    return Model(pairs, visits, cost, upper, rows)


def _one_person_each(rows: Rows, pairs: np.ndarray, blocks: int) -> None:
    edges = np.searchsorted(pairs[:, 0], np.arange(blocks + 1))
    for start, end in zip(edges[:-1], edges[1:], strict=True):
        rows.add(range(start, end), np.ones(end - start), 1, 1)


def _visits(rows: Rows, problem: Problem, pairs: np.ndarray, visit_of: np.ndarray) -> None:
    """Who serves a block serves its school."""
    for column, (block, person) in enumerate(pairs):
        rows.add((column, visit_of[person, problem.school[block]]), (1, -1), -NO_LIMIT, 0)


def _hours(rows: Rows, problem: Problem, pairs, visits, visit_of, over_at: int, largest_at: int) -> None:
    """Hours less overload hours fit into the contract; the largest relative overload covers everybody's."""
    people = problem.shape[1]
    columns: list[list[int]] = [[] for _ in range(people)]
    values: list[list[float]] = [[] for _ in range(people)]
    for column, (block, person) in enumerate(pairs):
        is_ota, boss = problem.is_ota[person], problem.supervisor[person]
        columns[person].append(column)
        values[person].append(problem.direct_hours[block] if is_ota else problem.full_hours[block])
        if is_ota and boss != MISSING and problem.event_hours[block]:
            columns[boss].append(column)
            values[boss].append(problem.event_hours[block])
    for person, school in visits:
        columns[person].append(visit_of[person, school])
        values[person].append(problem.travel_hours[person, school])
    for person in range(people):
        room = problem.capacity_hours[person] - problem.fixed_hours[person]
        rows.add([*columns[person], over_at + person], [*values[person], -1.0], -NO_LIMIT, room)
        if problem.capacity_hours[person] > 0:
            rows.add([over_at + person, largest_at], [1.0, -problem.capacity_hours[person]], -NO_LIMIT, 0)


def _schools(rows: Rows, problem: Problem, visits, visit_of) -> None:
    """At most so many schools, the base school, OTAs only where their supervisor serves."""
    for person in range(problem.shape[1]):
        mine = visit_of[person][visit_of[person] != MISSING]
        if len(mine) > problem.most_schools[person]:
            rows.add(mine, np.ones(len(mine)), -NO_LIMIT, int(problem.most_schools[person]))
        school = problem.must_serve[person]
        if school != MISSING:
            at = np.flatnonzero((visits[:, 0] == person) & (visits[:, 1] == school))
            rows.add([visit_of[person, school]] if len(at) else [], [1.0] if len(at) else [], 1, NO_LIMIT)
    # A visit without a block would count as serving: tie each one that a rule leans on to a block.
    leaned_on = {(person, school) for person, school in enumerate(problem.must_serve) if school != MISSING}
    for ota in np.flatnonzero(problem.is_ota & (problem.supervisor != MISSING)):
        boss = problem.supervisor[ota]
        for school in np.flatnonzero(problem.supervised_only[ota] & (visit_of[ota] != MISSING)):
            own = visit_of[ota, school]
            if visit_of[boss, school] == MISSING:
                rows.add([own], [1.0], -NO_LIMIT, 0)
            else:
                rows.add([own, visit_of[boss, school]], [1.0, -1.0], -NO_LIMIT, 0)
                leaned_on.add((int(boss), int(school)))
    place = {(int(block), int(person)): column for column, (block, person) in enumerate(np.argwhere(problem.allowed))}
    for person, school in sorted(leaned_on):
        blocks = [
            place[int(block), int(person)]
            for block in np.flatnonzero(problem.school == school)
            if (int(block), int(person)) in place
        ]
        if visit_of[person, school] != MISSING:
            rows.add([visit_of[person, school], *blocks], [1.0] + [-1.0] * len(blocks), -NO_LIMIT, 0)


def branch(hunt: Hunt, most_nodes: int | None = None) -> None:
    """HiGHS on the program, from the best assignment so far; what it finds and proves goes to the hunt.

    most_nodes  of the search tree; the first is the root with its cuts and heuristics
    """
    import highspy

    problem = hunt.problem
    model = model_of(problem)
    solver = new_solver()
    limit(solver, hunt.gap, hunt.seconds_left, most_nodes)
    solver.passModel(_program(highspy, model))
    if hunt.best is not None:
        begin_from(solver, model.start(problem, hunt.best))
    listen(solver, hunt.tell, hunt.cancelled)
    solver.run()
    info, status = solver.getInfo(), solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        hunt.infeasible = True
        return
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        hunt.found(model.read(problem, np.array(solver.getSolution().col_value)))
    hunt.proves(float(info.mip_dual_bound))


def _program(highspy, model: Model):
    """The model in HiGHS's own record."""
    program = highspy.HighsLp()
    columns, rows = len(model.cost), model.rows
    program.num_col_, program.num_row_ = columns, len(rows.low)
    program.col_cost_ = model.cost.astype(float)
    program.col_lower_, program.col_upper_ = np.zeros(columns), model.upper
    program.row_lower_, program.row_upper_ = np.array(rows.low, float), np.array(rows.high, float)
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.array(rows.start, dtype=np.int32)
    program.a_matrix_.index_ = np.array(rows.index, dtype=np.int32)
    program.a_matrix_.value_ = np.array(rows.value, dtype=float)
    whole = len(model.pairs) + len(model.visits)
    program.integrality_ = [highspy.HighsVarType.kInteger] * whole + [highspy.HighsVarType.kContinuous] * (
        columns - whole
    )
    return program

"""The assignment problem as one mixed-integer program: a column for each (block, person), solved by HiGHS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from workload.model.coding import MISSING
from workload.rebalance.highs import begin_from, limit, listen, new_solver
from workload.rebalance.problem import Problem
from workload.rebalance.search_state import Hunt


@dataclass(frozen=True, eq=False)
class Program:
    """The program in HiGHS. Its columns, in order: serves (block, person), visits (person, school), overload hours
    (P,), the largest relative overload.

    pairs  (N, 2) block and person of each `serves`
    stops  (M, 2) person and school of each `visits`
    """

    solver: Any
    pairs: np.ndarray
    stops: np.ndarray

    def values(self, problem: Problem, assignment: np.ndarray) -> np.ndarray:
        served = problem.served(assignment) > 0
        over = np.maximum(0.0, problem.hours(assignment) - problem.capacity_hours)
        largest = problem.score(assignment).largest_overload
        return np.concatenate(
            (
                assignment[self.pairs[:, 0]] == self.pairs[:, 1],
                served[self.stops[:, 0], self.stops[:, 1]],
                over,
                [largest],
            )
        )

    def assignment(self, problem: Problem) -> np.ndarray:
        """The assignment of the solver's answer."""
        values = np.array(self.solver.getSolution().col_value)
        made = np.zeros(problem.shape[0], dtype=np.int64)
        chosen = np.flatnonzero(values[: len(self.pairs)] > 0.5)
        made[self.pairs[chosen, 0]] = self.pairs[chosen, 1]
        return made


def program_of(problem: Problem, presolve: bool = True) -> Program:
    solver, weights = new_solver(presolve), problem.weights
    pairs = np.argwhere(problem.allowed)
    block, person = pairs.T
    stops, stop_of = np.unique(np.column_stack((person, problem.school[block])), axis=0, return_inverse=True)
    moved = (person != problem.owner[block]) & (problem.owner[block] != MISSING)
    serves = _whole(solver, weights.student_change * problem.students[block] * moved)
    visits = _whole(solver, weights.travel * problem.travel_hours[stops[:, 0], stops[:, 1]])
    over = solver.addVariables(problem.shape[1], obj=float(weights.overload), out_array=True)
    largest = solver.addVariable(obj=float(weights.largest_overload))
    for at in range(problem.shape[0]):
        solver.addConstr(solver.qsum(serves[block == at]) == 1)
    for at, stop in enumerate(stop_of):
        solver.addConstr(serves[at] <= visits[stop])
    _hours(problem, solver, serves, pairs, visits, stops, over, largest)
    _schools(problem, solver, serves, pairs, visits, stops)
    if problem.most_moves is not None and moved.any():
        solver.addConstr(solver.qsum(serves[moved]) <= problem.most_moves)
    return Program(solver, pairs, stops)


def _whole(solver, points: np.ndarray):
    """Yes-or-no columns with what each costs."""
    return solver.addBinaries(len(points), obj=points.tolist(), out_array=True)


def _hours(
    problem: Problem,
    solver,
    serves: np.ndarray,
    pairs: np.ndarray,
    visits: np.ndarray,
    stops: np.ndarray,
    over: np.ndarray,
    largest,
) -> None:
    """Hours less overload hours fit into the contract; the largest relative overload covers everybody's."""
    block, person = pairs.T
    is_ota, boss = problem.is_ota[person], problem.supervisor[person]
    work = np.where(is_ota, problem.direct_hours[block], problem.full_hours[block])
    passed_on = np.where(is_ota & (problem.event_hours[block] != 0), boss, MISSING)
    travel = problem.travel_hours[stops[:, 0], stops[:, 1]]
    for one, capacity in enumerate(problem.capacity_hours):
        parts = (
            (work, serves, person == one),
            (problem.event_hours[block], serves, passed_on == one),
            (travel, visits, stops[:, 0] == one),
        )
        hours = solver.qsum(
            value * column
            for values, columns, mine in parts
            for value, column in zip(values[mine].tolist(), columns[mine], strict=True)
        )
        solver.addConstr(hours - over[one] <= float(capacity - problem.fixed_hours[one]))
        if capacity > 0:
            solver.addConstr(over[one] <= float(capacity) * largest)


def _schools(
    problem: Problem, solver, serves: np.ndarray, pairs: np.ndarray, visits: np.ndarray, stops: np.ndarray
) -> None:
    """At most so many schools, the base school, OTAs only where their supervisor serves."""
    visit = {(person, school): column for (person, school), column in zip(stops.tolist(), visits, strict=True)}
    nowhere = solver.expr()
    leaned_on = {(person, int(school)) for person, school in enumerate(problem.must_serve) if school != MISSING}
    for person, most in enumerate(problem.most_schools.tolist()):
        mine = visits[stops[:, 0] == person]
        if len(mine) > most:
            solver.addConstr(solver.qsum(mine) <= most)
    for stop in sorted(leaned_on):
        solver.addConstr(visit.get(stop, nowhere) >= 1)
    for ota in np.flatnonzero(problem.is_ota & (problem.supervisor != MISSING)).tolist():
        boss = int(problem.supervisor[ota])
        for school in np.flatnonzero(problem.supervised_only[ota]).tolist():
            if (ota, school) in visit:
                solver.addConstr(visit[ota, school] <= visit.get((boss, school), nowhere))
                leaned_on.add((boss, school))
    # A visit without a block would count as serving: tie each one that a rule leans on to a block.
    block, person = pairs.T
    for one, school in sorted(leaned_on & visit.keys()):
        solver.addConstr(visit[one, school] <= solver.qsum(serves[(person == one) & (problem.school[block] == school)]))


def branch(hunt: Hunt, most_nodes: int | None = None, presolve: bool = True) -> None:
    """HiGHS on the program, from the best assignment so far; what it finds and proves goes to the hunt.

    most_nodes  of the search tree; the first is the root with its cuts and heuristics
    """
    import highspy

    problem, program = hunt.problem, program_of(hunt.problem, presolve)
    solver = program.solver
    limit(solver, hunt.gap, hunt.seconds_left, most_nodes)
    if hunt.best is not None:
        begin_from(solver, program.values(problem, hunt.best))
    listen(solver, hunt.tell, hunt.cancelled)
    solver.run()
    info, status = solver.getInfo(), solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        hunt.infeasible = True
        return
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        hunt.found(program.assignment(problem), float(info.objective_function_value))
    hunt.proves(float(info.mip_dual_bound))

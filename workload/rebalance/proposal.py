"""Who could serve what: from an answer to a problem, the best few moves, why not more, and edits by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.model.coding import MISSING
from workload.rebalance.conflicts import binding_constraints, conflicting_constraints
from workload.rebalance.constraints import Rules, problem_of
from workload.rebalance.local_search import can_try_all, descent, greedy, kicked
from workload.rebalance.problem import Problem, Score, Weights
from workload.rebalance.proof import GAP, Solved, solve
from workload.scenarios.blocks import BY_GROUP, Blocks, blocks_of

FEW_MOVES = (1, 2, 3, 5, 10)
SMALL_GAP, SMALL_COUNT = 0.001, 3  # the first moves are solved as good as exactly
SECONDS_EACH, SECONDS_FREE = 20.0, 90.0  # of the clock: a few moves, any number of moves
Progress = Callable[[str, float, float], None]


class Infeasible(ValueError):
    """No assignment keeps all constraints. `constraints` names a smallest set that cannot hold together."""

    def __init__(self, constraints: tuple[str, ...]):
        self.constraints = constraints
        names = "; ".join(constraints) or "the allowed therapists"
        super().__init__(f"No assignment keeps all of these at once: {names}. Loosen one of them.")


@dataclass(frozen=True, eq=False)
class Task:
    """A district's rebalancing question: its blocks, the rules, and the problem in arrays."""

    answer: Answer
    blocks: Blocks
    rules: Rules
    problem: Problem

    @property
    def today(self) -> np.ndarray:
        """(blocks,) who serves each block now."""
        return self.problem.owner


@dataclass(frozen=True, eq=False)
class Proposal:
    """An assignment with what it gains. `gap` is how much better, at most, anything else can be (0.01 = 1 %).

    proven    the gap is within what was asked for
    binding   constraints whose absence would allow a better next step, and the points it would gain
    """

    task: Task
    assignment: np.ndarray
    score: Score
    before: Score
    bound: float
    status: str
    most_moves: int | None = None
    binding: Mapping[str, float] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        points = self.score.points
        return (
            max(0.0, points - self.bound) / points
            if points > 0 and np.isfinite(self.bound)
            else float("nan" if not np.isfinite(self.bound) else 0.0)
        )

    @property
    def proven(self) -> bool:
        return self.status == "proven"

    def moves(self) -> pd.DataFrame:
        """One row per block that changes hands: block, school, label, from_code, to_code, students, hours."""
        task, names = self.task, self.task.answer.demand.schools
        at = np.flatnonzero(self.assignment != task.today)
        return pd.DataFrame(
            {
                "block": at,
                "school": pd.Series([names[task.problem.school[one]] for one in at], dtype=object),
                "label": pd.Series([label_of(task, int(one)) for one in at], dtype=object),
                "from_code": task.today[at],
                "to_code": self.assignment[at],
                "students": task.problem.students[at],
                "hours_per_week": task.problem.full_hours[at],
            }
        )

    def people(self) -> pd.DataFrame:
        """One row per person: code, hours before and after, contract hours, schools before and after."""
        problem, task = self.task.problem, self.task
        then, now = problem.served(task.today) > 0, problem.served(self.assignment) > 0
        return pd.DataFrame(
            {
                "code": np.arange(problem.shape[1]),
                "hours_before": problem.hours(task.today),
                "hours_after": problem.hours(self.assignment),
                "contract_hours": problem.capacity_hours,
                "schools_before": then.sum(axis=1),
                "schools_after": now.sum(axis=1),
                "travel_hours_before": (then * problem.travel_hours).sum(axis=1),
                "travel_hours_after": (now * problem.travel_hours).sum(axis=1),
            }
        )


def label_of(task: Task, block: int) -> str:
    """What a block is called; merged blocks are named together."""
    return " + ".join(task.blocks.label[one] for one in task.problem.members[block])


def task_of(
    answer: Answer,
    rules: Rules | None = None,
    weights: Weights | None = None,
    granularity: str = BY_GROUP,
    include_unassigned: bool = False,
) -> Task:
    """The question for an answer. Raises `RulesError` for names that the roster does not have."""
    blocks = blocks_of(answer, granularity, include_unassigned)
    rules = rules or Rules()
    return Task(answer, blocks, rules, problem_of(answer, blocks, rules, weights or Weights()))


def evaluate(
    task: Task,
    assignment: np.ndarray,
    bound: float = float("nan"),
    status: str = "by hand",
    most_moves: int | None = None,
) -> Proposal:
    """The numbers of any assignment, allowed or not; see `task.problem.violations` for what it breaks."""
    return Proposal(
        task, assignment, task.problem.score(assignment), task.problem.score(task.today), bound, status, most_moves
    )


def edited(proposal: Proposal, changes: Mapping[int, int]) -> tuple[Proposal, list[str]]:
    """A proposal changed by hand, {block: therapist}, and the names of the constraints that it then breaks."""
    assignment = proposal.assignment.copy()
    for block, person in changes.items():
        assignment[block] = person
    task = proposal.task
    return evaluate(task, assignment), task.problem.violations(assignment)


def first_answer(
    problem: Problem, starts: Iterable[np.ndarray] = (), stopped: Callable[[], bool] = lambda: False
) -> np.ndarray | None:
    """The best of the local searches from today, from greedy and from other starts: at once, without proof.

    None where none of these keeps the rules.
    """
    tried = [start for start in (problem.owner, greedy(problem), *starts) if (start != MISSING).all()]
    found = [descent(problem, start, stopped=stopped) for start in tried if not problem.violations(start)]
    if not found:
        return None
    return kicked(problem, min(found, key=lambda one: problem.score(one).points), stopped=stopped)


def rebalance(
    task: Task,
    most_moves: int | None = None,
    gap: float = GAP,
    seconds: float = 60.0,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    starts: Iterable[np.ndarray] = (),
) -> Proposal:
    """The best assignment with at most `most_moves` blocks changing hands (None: any number).

    Raises `Infeasible` with the constraints in conflict. Same input, same answer, unless the clock ends the search.
    """
    problem = task.problem.limited(most_moves)
    start = None if can_try_all(problem) else first_answer(problem, starts, cancelled)

    def told(best: float, bound: float) -> None:
        if progress is not None:
            progress("solving", best, bound)

    solved: Solved = solve(problem, start, gap, seconds, told, cancelled)
    if solved.status == "infeasible":
        raise Infeasible(conflicting_constraints(task.answer, task.blocks, task.rules, most_moves))
    if solved.assignment is None:
        return replace(evaluate(task, task.today, solved.bound, "stopped", most_moves))
    made = evaluate(task, solved.assignment, solved.bound, solved.status, most_moves)
    return replace(made, binding=binding_constraints(task.answer, task.blocks, task.rules, problem, solved.assignment))


def frontier(
    task: Task,
    counts: Sequence[int | None] = (*FEW_MOVES, None),
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Proposal]:
    """The best proposal for each number of moves as it is found, few first; more moves are never worse than fewer."""
    made: list[Proposal] = []
    for count in counts:
        if cancelled():
            return
        small = count is not None and count <= SMALL_COUNT
        made.append(
            rebalance(
                task,
                count,
                SMALL_GAP if small else GAP,
                SECONDS_FREE if count is None else SECONDS_EACH,
                progress,
                cancelled,
                [one.assignment for one in made],
            )
        )
        yield made[-1]

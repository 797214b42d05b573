"""A first answer in a moment: greedy, then the best single move again and again, with exchanges in between."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from workload.model.coding import MISSING
from workload.rebalance.problem import TOLERANCE, Problem

STEPS_WITHOUT_LIMIT = 20_000
MOST_PAIRS = 200_000  # pairs of blocks that are judged for an exchange at once
EXCHANGES_TRIED = 25  # of the best estimates, how many are checked exactly
LARGE, MOVES_AT_ONCE, MOST_TRIED = 400, 25, 400
KICKS, KICK_MOVES, KICK_SEED = 60, 3, 1


def hours_to_fill(problem: Problem) -> np.ndarray:
    """(P,) contract hours as what overload is a share of; without end for who has none, whose share is never counted."""
    return np.where(problem.capacity_hours > 0, problem.capacity_hours, np.inf)


class Board:
    """An assignment with everything that a single move needs to be judged, for all moves at once."""

    def __init__(self, problem: Problem, assignment: np.ndarray):
        self.problem, self.assignment = problem, assignment.copy()
        self.hours, self.served = problem.hours(assignment), problem.served(assignment)

    def gains(self) -> np.ndarray:
        """(B, P) points that moving the block to the person saves; -inf where it is not allowed."""
        problem, here = self.problem, self.assignment
        blocks, people, _ = problem.shape
        rows = np.arange(blocks)
        school = problem.school
        adds = np.where(self.served[:, school] == 0, problem.travel_hours[:, school], 0.0).T
        drops = np.where(self.served[here, school] == 1, problem.travel_hours[here, school], 0.0)
        arriving = np.where(problem.is_ota[None, :], problem.direct_hours[:, None], problem.full_hours[:, None]) + adds
        leaving = np.where(problem.is_ota[here], problem.direct_hours, problem.full_hours) + drops
        weights, capacity = problem.weights, problem.capacity_hours
        over = self.hours - capacity
        left = np.maximum(0.0, over[here] - leaving) - np.maximum(0.0, over[here])
        right = np.maximum(0.0, over[None, :] + arriving) - np.maximum(0.0, over[None, :])
        change = weights.overload * (left[:, None] + right) + weights.travel * (adds - drops[:, None])
        was = (here != problem.owner).astype(float)
        becomes = np.arange(people)[None, :] != problem.owner[:, None]
        known = (problem.owner != MISSING)[:, None]
        change += weights.student_change * problem.students[:, None] * (becomes - was[:, None]) * known
        change += weights.largest_overload * (
            self._largest_after(leaving, arriving) - self._relative().max(initial=0.0)
        )
        change[~self._open()] = np.inf
        change[rows, here] = np.inf
        return -change

    def _relative(self) -> np.ndarray:
        over = np.maximum(0.0, self.hours - self.problem.capacity_hours)
        return np.divide(
            over, self.problem.capacity_hours, out=np.zeros_like(over), where=self.problem.capacity_hours > 0
        )

    def _largest_after(self, leaving: np.ndarray, arriving: np.ndarray) -> np.ndarray:
        """(B, P) the largest relative overload after each move, supervisors' part left aside."""
        relative, capacity = self._relative(), hours_to_fill(self.problem)
        order = np.argsort(-relative, kind="stable")
        first, second, third = (relative[order[at]] if len(order) > at else 0.0 for at in range(3))
        top, next_ = order[0], order[1] if len(order) > 1 else -1
        here, everyone = self.assignment[:, None], np.arange(len(relative))[None, :]
        touched_top = (here == top) | (everyone == top)
        touched_next = (here == next_) | (everyone == next_)
        rest = np.where(touched_top, np.where(touched_next, third, second), first)
        over = self.hours - self.problem.capacity_hours
        source = np.maximum(0.0, (over[self.assignment] - leaving) / capacity[self.assignment])[:, None]
        target = np.maximum(0.0, (over[None, :] + arriving) / capacity[None, :])
        return np.maximum(rest, np.maximum(source, target))

    def _open(self) -> np.ndarray:
        """(B, P) moves that keep every constraint."""
        problem, here, school = self.problem, self.assignment, self.problem.school
        free = problem.allowed.copy()
        schools = (self.served > 0).sum(axis=1)
        free &= ~((self.served[:, school] == 0) & (schools >= problem.most_schools)[:, None]).T
        last = self.served[here, school] == 1
        free[last & (problem.must_serve[here] == school)] = False
        otas = np.flatnonzero(problem.is_ota & (problem.supervisor != MISSING))
        for ota in otas:
            boss = problem.supervisor[ota]
            alone = problem.supervised_only[ota, school] & (self.served[boss, school] == 0)
            free[alone, ota] = False
            needed = last & (here == boss) & problem.supervised_only[ota, school] & (self.served[ota, school] > 0)
            free[needed] = False
            free[last & (here == boss) & problem.supervised_only[ota, school], ota] = False
        if problem.most_moves is not None:
            moved = (here != problem.owner) & (problem.owner != MISSING)
            if moved.sum() >= problem.most_moves:
                back = np.arange(problem.shape[1])[None, :] == problem.owner[:, None]
                free &= moved[:, None] | back
        return free


def can_try_all(problem: Problem) -> bool:
    """Whether there are so few assignments, at most one move from today, that all can be tried."""
    return problem.most_moves is not None and problem.most_moves <= 1 and bool((problem.owner != MISSING).all())


def try_all(problem: Problem, stopped: Callable[[], bool]) -> tuple[np.ndarray | None, bool]:
    """(the best of today and of every single move, None when none is allowed; whether all were tried)

    Fewest points first, then the first block and person; today before any move that saves nothing.
    """
    moves = np.argwhere(problem.allowed) if problem.most_moves else np.zeros((0, 2), int)
    trial, points = problem.owner.copy(), [problem.score(problem.owner).points]
    for block, person in moves:
        if stopped():
            break
        trial[block] = person
        points.append(problem.score(trial).points)
        trial[block] = problem.owner[block]
    for at in np.argsort(points, kind="stable"):
        trial = problem.owner.copy()
        if at:
            trial[moves[at - 1][0]] = moves[at - 1][1]
        if not problem.violations(trial):
            return trial, len(points) == len(moves) + 1
    return None, len(points) == len(moves) + 1


def greedy(problem: Problem) -> np.ndarray:
    """Largest blocks first, each to the person with the cheapest place. The plain way, for comparison."""
    blocks, people, _ = problem.shape
    hours, served = problem.fixed_hours.copy(), np.zeros((people, problem.shape[2]), int)
    made = np.zeros(blocks, dtype=np.int64)
    weights = problem.weights
    for block in np.argsort(-problem.full_hours, kind="stable"):
        school = problem.school[block]
        travel = np.where(served[:, school] == 0, problem.travel_hours[:, school], 0.0)
        new = hours + travel + np.where(problem.is_ota, problem.direct_hours[block], problem.full_hours[block])
        over = np.maximum(0.0, new - problem.capacity_hours)
        cost = (
            weights.travel * travel
            + weights.overload * over
            + weights.largest_overload * over / hours_to_fill(problem)
            + weights.student_change * problem.students[block] * (np.arange(people) != problem.owner[block])
        )
        full = (served[:, school] == 0) & ((served > 0).sum(axis=1) >= problem.most_schools)
        cost = np.where(problem.allowed[block], cost + 1e6 * full, np.inf)
        made[block] = int(np.argmin(cost))
        hours[made[block]] = new[made[block]]
        served[made[block], school] += 1
    return made


def descent(problem: Problem, start: np.ndarray, stopped: Callable[[], bool] = lambda: False) -> np.ndarray:
    """The best single move again and again, then an exchange with the fullest person, until nothing helps."""
    board = Board(problem, start)
    points = problem.score(board.assignment).points
    for _ in range(STEPS_WITHOUT_LIMIT):
        if stopped():
            break
        gained = _best_move(board, points)
        if gained is None:
            gained = _exchange(board, points)
        if gained is None:
            break
        points = gained
    return board.assignment


def _best_move(board: Board, points: float) -> float | None:
    """Makes the best allowed moves that really save points; None when there is none.

    In a large problem several moves are taken from one estimate, each checked exactly before it is kept.
    """
    problem, gains = board.problem, board.gains()
    wanted = 1 if problem.shape[0] < LARGE else MOVES_AT_ONCE
    best = np.flatnonzero(gains.ravel() > TOLERANCE)
    best = best[np.argsort(-gains.ravel()[best], kind="stable")]
    made, used, gained = 0, set(), None
    for at in best[:MOST_TRIED]:
        block, person = divmod(int(at), gains.shape[1])
        if block in used:
            continue
        trial = board.assignment.copy()
        trial[block] = person
        after = problem.score(trial).points
        if after < points - TOLERANCE and (not made or not problem.violations(trial)):
            board.assignment, points, gained = trial, after, after
            used.add(block)
            made += 1
            if made == wanted:
                break
    if made:
        board.hours, board.served = problem.hours(board.assignment), problem.served(board.assignment)
    return gained


def _exchange(board: Board, points: float) -> float | None:
    """The best exchange of two blocks between two people, one of them among the fullest; None when none helps."""
    problem, here = board.problem, board.assignment
    relative = board._relative()
    fullest_first = np.lexsort((np.arange(len(here)), -relative[here]))
    mine = fullest_first[: max(1, MOST_PAIRS // max(len(here), 1))]
    estimate = _exchange_points(board, mine)
    for at in np.argsort(estimate, axis=None, kind="stable")[:EXCHANGES_TRIED]:
        one, other = divmod(int(at), len(here))
        if not estimate[one, other] < -TOLERANCE:
            return None
        trial = here.copy()
        trial[mine[one]], trial[other] = here[other], here[mine[one]]
        found = problem.score(trial).points
        if found < points - TOLERANCE and not problem.violations(trial):
            board.assignment = trial
            board.hours, board.served = problem.hours(trial), problem.served(trial)
            return found
    return None


def _exchange_points(board: Board, mine: np.ndarray) -> np.ndarray:
    """(mine, blocks) points that exchanging two blocks costs, as if their schools were not shared; inf if not allowed."""
    problem, here, school = board.problem, board.assignment, board.problem.school
    capacity, weights = hours_to_fill(problem), problem.weights
    over = board.hours - problem.capacity_hours
    owner, others = here[mine][:, None], here[None, :]
    work = np.where(problem.is_ota[here], problem.direct_hours, problem.full_hours)
    alone = board.served[here, school] == 1
    leaves = work + np.where(alone, problem.travel_hours[here, school], 0.0)

    def arrives(person, block):
        hours = np.where(problem.is_ota[person], problem.direct_hours[block], problem.full_hours[block])
        return hours + np.where(
            board.served[person, school[block]] == 0, problem.travel_hours[person, school[block]], 0.0
        )

    every = np.arange(len(here))[None, :]
    change_mine = arrives(owner, every) - leaves[mine][:, None]
    change_other = arrives(others, mine[:, None]) - leaves[None, :]
    new_mine, new_other = over[owner] + change_mine, over[others] + change_other
    cost = weights.overload * (
        np.maximum(0, new_mine) - np.maximum(0, over[owner]) + np.maximum(0, new_other) - np.maximum(0, over[others])
    )
    cost += weights.travel * (change_mine + change_other)  # work that changes hands cancels out between OTs
    relative = board._relative()
    top = relative.max(initial=0.0)
    holders = np.flatnonzero(relative > top - TOLERANCE)
    if len(holders) == 1:
        rest = np.where(
            (owner == holders[0]) | (others == holders[0]), np.sort(relative)[-2] if len(relative) > 1 else 0, top
        )
    else:
        rest = np.full(cost.shape, top)
    largest = np.maximum(
        rest, np.maximum(np.maximum(0, new_mine) / capacity[owner], np.maximum(0, new_other) / capacity[others])
    )
    cost += weights.largest_overload * (largest - top)

    def hands(block, before, after):
        known = problem.owner[block] != MISSING
        return (
            known * problem.students[block] * ((after != problem.owner[block]) * 1.0 - (before != problem.owner[block]))
        )

    cost += weights.student_change * (hands(mine[:, None], owner, others) + hands(every, others, owner))
    allowed = problem.allowed[mine][:, here] & problem.allowed[:, here[mine]].T & (owner != others)
    return np.where(allowed, cost, np.inf)


def kicked(problem: Problem, start: np.ndarray, stopped: Callable[[], bool] = lambda: False) -> np.ndarray:
    """The search again from a few changed blocks, again and again; keeps what is better. Seeded, so always the same.

    Never in a large problem, where each search takes seconds.
    """
    random = np.random.default_rng(KICK_SEED)
    best = descent(problem, start, stopped=stopped)
    points = problem.score(best).points
    for _ in range(0 if problem.shape[0] >= LARGE else KICKS):
        if stopped():
            break
        trial = best.copy()
        for block in random.choice(len(trial), min(KICK_MOVES, len(trial)), replace=False):
            trial[block] = random.choice(np.flatnonzero(problem.allowed[block]))
        if problem.violations(trial):
            continue
        trial = descent(problem, trial, stopped=stopped)
        if problem.score(trial).points < points - TOLERANCE:
            best, points = trial, problem.score(trial).points
    return best

"""A stronger bound, and better answers, by column generation: prices for blocks, and each person's best set at them.

The bound of the one program is weak where work just fits, because it may cut a block into pieces. Here a block stays
whole inside each set. docs/decisions/rebalancing-bound.md says why the bound holds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workload.model.coding import MISSING
from workload.rebalance.problem import Problem
from workload.rebalance.search_state import Hunt
from workload.rebalance.set_prices import Choices, Knapsack, Prices
from workload.rebalance.set_program import Master, Rows, between

ROUNDS = 200
TOWARD_NEW = 0.5  # how far prices go from the best so far toward the newest: fewer jumps
MOST_BLOCKS_EACH = 5  # above, there are too many sets, and blocks in fractions say nearly the truth
FEWEST_BLOCKS, MOST_BLOCKS = 50, 400  # below, the one program's tree is small; above, prices settle too late
FEW, MANY, MOST_OF_ONE = 2_500, 40_000, 20_000
FINER, FEW_NODES = 4, 100  # the first, small program is there for the answer: a smaller gap, but not for long


@dataclass(frozen=True, eq=False)
class Sets:
    """All sets worth considering: (people,) choices, the bound of their prices, and what each set costs above it."""

    choices: list[Choices]
    bound: float
    above: np.ndarray
    person: np.ndarray
    place: np.ndarray
    covered: float


def fits(problem: Problem) -> bool:
    """Whether sets promise more than the one program (many large blocks) and can be priced (nothing below zero)."""
    blocks, people, _ = problem.shape
    weights = problem.weights
    return FEWEST_BLOCKS <= blocks <= min(MOST_BLOCKS, MOST_BLOCKS_EACH * people) and all(
        np.min(some, initial=0.0) >= 0
        for some in (
            problem.full_hours,
            problem.direct_hours,
            problem.event_hours,
            problem.travel_hours,
            weights.largest_overload,
            weights.overload,
            weights.travel,
            weights.student_change,
        )
    )


def price_sets(hunt: Hunt) -> None:
    """Proves a bound and improves the best assignment, of which there must be one."""
    problem = hunt.problem
    rows, people = Rows(problem), [Knapsack(problem, person) for person in range(problem.shape[1])]
    master = Master(problem, rows)
    master.add_assignment(hunt.begun_from)
    for person in np.flatnonzero(problem.must_serve == MISSING):
        master.add(int(person), np.zeros(0, np.int64))
    prices = generate(hunt, master, people)
    for size in (FEW, MANY):
        if hunt.over:
            return
        sets = sets_near(hunt, rows, people, prices)
        hunt.proves(sets.bound)
        if not hunt.over:
            _solve_over(hunt, rows, sets, size)


def generate(hunt: Hunt, master: Master, people: list[Knapsack]) -> Prices:
    """Rounds of prices and sets until the bound no longer rises; the prices of the best bound."""
    best, share = -np.inf, TOWARD_NEW
    at: Prices | None = None
    for _ in range(ROUNDS):
        newest = master.prices()
        tried = newest if at is None else between(at, newest, share)
        choices = [one.choices(tried) for one in people]
        bound = master.rows.lower_bound(tried, np.array([one.lowest for one in choices]))
        added = sum([master.add(person, one.set(0)) for person, one in enumerate(choices)])
        if bound > best:
            best, at = bound, tried
        hunt.proves(best)
        hunt.tell(hunt.points, best)
        if hunt.over or (not added and share == 1.0):
            break
        share = TOWARD_NEW if added else 1.0
    return tried if at is None else at


def sets_near(hunt: Hunt, rows: Rows, people: list[Knapsack], prices: Prices) -> Sets:
    """Every set that an assignment too good for the wanted bound could use, with its exact points above the lowest."""
    rough = [one.choices(prices) for one in people]
    missing = hunt.wanted - rows.lower_bound(prices, np.array([one.lowest for one in rough]))
    choices = [one.choices(prices, max(missing, 0.0), MOST_OF_ONE) for one in people]
    lowest = np.array([one.lowest for one in choices])
    above = np.concatenate([one.points - least for one, least in zip(choices, lowest, strict=True)])
    person = np.repeat(np.arange(len(choices)), [len(one.points) for one in choices])
    place = np.concatenate([np.arange(len(one.points)) for one in choices])
    covered = min(one.covered - least for one, least in zip(choices, lowest, strict=True))
    return Sets(choices, rows.lower_bound(prices, lowest), above, person, place, float(covered))


def _solve_over(hunt: Hunt, rows: Rows, sets: Sets, size: int) -> None:
    """The program over the best sets in whole numbers. Who uses a set left out pays at least what it is above."""
    order = np.argsort(sets.above, kind="stable")
    covered = min(sets.covered, hunt.wanted - sets.bound)
    if len(order) > size:
        covered = min(covered, float(sets.above[order[size]]))
    ceiling = sets.bound + covered
    if size == MANY and ceiling <= hunt.bound:
        return  # there are too many sets for a proof
    program = Master(hunt.problem, rows)
    program.add_assignment(hunt.begun_from)
    for at in order[:size][sets.above[order[:size]] <= covered]:
        person = int(sets.person[at])
        program.add(person, sets.choices[person].set(int(sets.place[at])))
    if size == FEW:
        program.solve_whole(hunt, hunt.gap / FINER, ceiling, only_below=False, most_nodes=FEW_NODES)
    else:
        program.solve_whole(hunt, hunt.gap, ceiling, only_below=True)

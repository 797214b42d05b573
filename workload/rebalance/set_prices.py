"""What one person would best serve at given prices: a knapsack with overload, solved by a table over hours.

The table is filled from the last block to the first and holds the lowest cost still to come. It counts hours on a
grid and rounds them down, so that it never says more than the truth; overload is then cheaper, never dearer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from workload.model.coding import MISSING
from workload.rebalance.problem import Problem

GRID_HOURS = 1 / 64


@dataclass(frozen=True, eq=False)
class Prices:
    """Points that the rest of the district pays or asks for what one person does.

    block  (B,) paid for serving a block
    slope  (P,) asked for an hour above the contract from the person's own blocks
    hour   (P,) asked for each hour that comes to a supervisor, own or from an OTA
    visit  (P, S) asked for serving a school
    move   asked for a block that changes hands
    """

    block: np.ndarray
    slope: np.ndarray
    hour: np.ndarray
    visit: np.ndarray
    move: float


class Item(NamedTuple):
    """A block with its points and hours; `enter` and `travel` are added once for its school."""

    block: int
    points: float
    hours: float
    enter: float
    travel: float
    first: bool
    last: bool
    kept: bool


class Costs(NamedTuple):
    """Lowest points still to come, by schools left: (layers, cells) by hours so far; (layers,) above the contract."""

    within: np.ndarray
    beyond: np.ndarray


class Choices(NamedTuple):
    """Sets of blocks by rising points (N,), their blocks (N, items) of `blocks`, and what is known of the others.

    lowest   no set has fewer points
    covered  every set with fewer points is here
    """

    points: np.ndarray
    taken: np.ndarray
    blocks: np.ndarray
    lowest: float
    covered: float

    def set(self, at: int) -> np.ndarray:
        """The blocks of one set, by number."""
        return np.sort(self.blocks[self.taken[at]])


class Knapsack:
    """One person's choice of blocks."""

    def __init__(self, problem: Problem, person: int):
        self.problem, self.person = problem, person
        self.room = float(problem.capacity_hours[person] - problem.fixed_hours[person])
        self.cells = int(self.room / GRID_HOURS) + 1 if self.room >= 0 else 0
        self.grid = np.arange(self.cells) * GRID_HOURS
        self.work = problem.direct_hours if problem.is_ota[person] else problem.full_hours
        self.boss = int(problem.supervisor[person]) if problem.is_ota[person] else MISSING
        self.moved = (problem.owner != person) & (problem.owner != MISSING)
        self.change = problem.weights.student_change * problem.students * self.moved
        mine = np.flatnonzero(problem.allowed[:, person])
        self.schools = [
            (int(school), mine[problem.school[mine] == school]) for school in np.unique(problem.school[mine])
        ]

    def choices(self, prices: Prices, within: float = 0.0, most: int = 1) -> Choices:
        """The best sets of blocks: those at most `within` above the lowest, `most` of them, and always one.

        The limit on schools is first left out: what then keeps it is also the best of those that must.
        """
        limit = int(self.problem.most_schools[self.person])
        found = self._choices(prices, within, most, None)
        if len(self.schools) > limit and (self._schools_of(found) > limit).any():
            found = self._choices(prices, within, most, limit)
        return found

    def _schools_of(self, found: Choices) -> np.ndarray:
        """(N,) number of schools of each set."""
        school = self.problem.school[found.blocks]
        served = [found.taken[:, school == one].any(axis=1) for one in np.unique(school)]
        return np.sum(served, axis=0) if served else np.zeros(len(found.points))

    def _choices(self, prices: Prices, within: float, most: int, limit: int | None) -> Choices:
        items, slope = list(self._items(prices, within)), float(prices.slope[self.person])
        new, old = self._tables(items, slope, limit)
        return Walk(self, items, slope, new, old).down(limit, within, most)

    def _items(self, prices: Prices, within: float) -> Iterator[Item]:
        """The blocks without those that would only make every set dearer, school by school."""
        problem, person = self.problem, self.person
        points = self.change - prices.block + prices.hour[person] * self.work + prices.move * self.moved
        if self.boss != MISSING:
            points = points + prices.hour[self.boss] * problem.event_hours
        for school, blocks in self.schools:
            travel, kept = float(problem.travel_hours[person, school]), school == problem.must_serve[person]
            enter = (problem.weights.travel + prices.hour[person]) * travel + prices.visit[person, school]
            least = points[blocks] + (enter if len(blocks) == 1 else min(enter, 0.0))
            blocks = blocks if kept else blocks[least <= within]
            for at, block in enumerate(blocks):
                yield Item(
                    int(block),
                    float(points[block]),
                    float(self.work[block]),
                    float(enter),
                    travel,
                    at == 0,
                    at == len(blocks) - 1,
                    bool(kept),
                )

    def _tables(self, items: list[Item], slope: float, limit: int | None) -> tuple[list[Costs], list[Costs]]:
        """Costs to come before each item, and after the last, where its school is new and where it is visited."""
        layers = 1 if limit is None else limit + 1
        end = Costs(np.zeros((layers, self.cells)), np.zeros(layers))
        new, old = [end], [end]
        for item in reversed(items):
            if item.last:
                old[-1] = new[-1]
                if item.kept:  # a school that must be served cannot be left unvisited
                    new[-1] = Costs(np.full_like(end.within, np.inf), np.full_like(end.beyond, np.inf))
            entered = self._taken(old[-1], item.points + item.enter, item.hours + item.travel, slope)
            if limit is not None:
                entered = Costs(np.roll(entered.within, 1, axis=0), np.roll(entered.beyond, 1))
                entered.within[0], entered.beyond[0] = np.inf, np.inf
            before = _lower(new[-1], entered)
            seen = before if item.first else _lower(old[-1], self._taken(old[-1], item.points, item.hours, slope))
            new.append(before)
            old.append(seen)
        return new[::-1], old[::-1]

    def _taken(self, after: Costs, points: float, hours: float, slope: float) -> Costs:
        """Costs to come when an item is taken now: hours move up the grid, those above the contract pay the slope."""
        step = min(int(hours / GRID_HOURS), self.cells)
        stay = self.cells - step
        within = np.empty_like(after.within)
        np.add(after.within[:, step:], points, out=within[:, :stay])
        within[:, stay:] = slope * (self.grid[stay:] + (hours - self.room)) + (after.beyond[:, None] + points)
        return Costs(within, after.beyond + (points + slope * hours))


def _lower(one: Costs, other: Costs) -> Costs:
    return Costs(np.minimum(one.within, other.within), np.minimum(one.beyond, other.beyond))


class Walk:
    """The sets that the tables lead to: from the first item on, each is left or taken; exact hours and points."""

    def __init__(self, knapsack: Knapsack, items: list[Item], slope: float, new: list[Costs], old: list[Costs]):
        self.knapsack, self.items, self.slope, self.new, self.old = knapsack, items, slope, new, old

    def down(self, limit: int | None, within: float, most: int) -> Choices:
        """At most `most` sets, none of them more than `within` above the lowest but where there is no other."""
        hours, points, layer = np.zeros(1), np.zeros(1), np.array([limit or 0])
        seen, taken = np.zeros(1, bool), np.zeros((1, len(self.items)), bool)
        lowest = float(self._least(self.new[0], layer, points, hours)[0])
        covered = lowest + within
        for at, item in enumerate(self.items):
            seen &= not item.first
            new_hours = hours + item.hours + np.where(seen, 0.0, item.travel)
            new_points = points + item.points + np.where(seen, 0.0, item.enter)
            new_layer = layer - (0 if limit is None else ~seen)
            leave = np.where(
                seen,
                self._least(self.old[at + 1], layer, points, hours),
                self._least(self.new[at + 1], layer, points, hours),
            )
            take = self._least(self.old[at + 1], np.maximum(new_layer, 0), new_points, new_hours)
            both = np.concatenate((leave, np.where(new_layer < 0, np.inf, take)))
            keep, covered = _best(both, covered, most)
            left, more = keep[keep < len(leave)], keep[keep >= len(leave)] - len(leave)
            hours, points = (
                np.concatenate(pair) for pair in ((hours[left], new_hours[more]), (points[left], new_points[more]))
            )
            layer = np.concatenate((layer[left], new_layer[more]))
            seen = np.concatenate((seen[left], np.ones(len(more), bool)))
            taken = np.vstack((taken[left], taken[more]))
            taken[len(left) :, at] = True
        points = points + self.slope * np.maximum(0.0, hours - self.knapsack.room)
        order = np.argsort(points, kind="stable")
        blocks = np.array([item.block for item in self.items], dtype=np.int64)
        lowest = max(lowest, min(float(points[order[0]]), covered))
        return Choices(points[order], taken[order], blocks, lowest, covered)

    def _least(self, costs: Costs, layer: np.ndarray, points: np.ndarray, hours: np.ndarray) -> np.ndarray:
        """(N,) no set that goes on from here has fewer points."""
        knapsack = self.knapsack
        above = points + costs.beyond[layer] + self.slope * (hours - knapsack.room)
        if not knapsack.cells:
            return above
        cell = np.minimum((hours / GRID_HOURS).astype(int), knapsack.cells - 1)
        return np.where(hours > knapsack.room, above, points + costs.within[layer, cell])


def _best(least: np.ndarray, covered: float, most: int) -> tuple[np.ndarray, float]:
    """Places to go on from, in order: within what is covered, the best `most`, at least one; what then is covered."""
    keep = np.flatnonzero(least <= covered)
    if not len(keep):
        keep = np.array([int(np.argmin(least))])
    if len(keep) > most:
        order = keep[np.argsort(least[keep], kind="stable")]
        covered, keep = min(covered, float(least[order[most]])), np.sort(order[:most])
    return keep, covered

"""The assignment problem in arrays: who could serve which block, under which named constraints, at what price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from workload.model.coding import MISSING

# The names under which constraints are spoken of, switched off, and reported as binding or in conflict.
KEEP_TOGETHER, NEVER_MOVE, MOST_SCHOOLS, BASE_SCHOOL, DAYS, OTA_SUPERVISED, OT_ONLY, NOT_ALLOWED, LEAVE = (
    "keep together",
    "never move",
    "at most N schools",
    "base school",
    "days",
    "OTA only where the OT serves",
    "evaluations and consultation stay with OTs",
    "not licensed or not allowed",
    "nobody on leave gets more",
)
CONSTRAINTS = (KEEP_TOGETHER, NEVER_MOVE, MOST_SCHOOLS, BASE_SCHOOL, DAYS, OTA_SUPERVISED, OT_ONLY, NOT_ALLOWED, LEAVE)
MOST_MOVES = "at most so many moves"
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Weights:
    """What a point is: one hour of travel a week. All are a project choice that the user may change.

    largest_overload  points for the largest overload of a person (1 = a whole contract too much)
    overload          points for each hour a week that is too much for anybody
    travel            points for each hour of travel a week
    student_change    points for each student who changes hands
    """

    largest_overload: float = 40.0
    overload: float = 2.0
    travel: float = 1.0
    student_change: float = 0.1


class Score(NamedTuple):
    """What an assignment comes to. `points` is the weighted sum that is made small."""

    points: float
    largest_overload: float
    overload_hours: float
    travel_hours: float
    students_changing: float
    moves: int


@dataclass(frozen=True, eq=False)
class Problem:
    """Blocks (B), people (P) and schools (S) with what is allowed.

    full_hours, direct_hours, event_hours  (B,) with an OT; with an OTA; the rest, which falls to the OTA's supervisor
    fixed_hours      (P,) hours a week that no assignment moves (may be below zero: travel is a model)
    capacity_hours   (P,) contract hours
    travel_hours     (P, S) hours a week that serving a school adds
    allowed          (B, P)
    most_schools     (P,)
    must_serve       (P,) school that the person keeps, MISSING where none
    supervised_only  (P, S) an OTA may serve there only where the supervisor does
    """

    full_hours: np.ndarray
    direct_hours: np.ndarray
    event_hours: np.ndarray
    students: np.ndarray
    owner: np.ndarray
    school: np.ndarray
    fixed_hours: np.ndarray
    capacity_hours: np.ndarray
    travel_hours: np.ndarray
    is_ota: np.ndarray
    supervisor: np.ndarray
    allowed: np.ndarray
    most_schools: np.ndarray
    must_serve: np.ndarray
    supervised_only: np.ndarray
    weights: Weights = field(default_factory=Weights)
    most_moves: int | None = None
    members: tuple[tuple[int, ...], ...] = ()

    @property
    def shape(self) -> tuple[int, int, int]:
        """(blocks, people, schools)"""
        return len(self.school), len(self.capacity_hours), self.travel_hours.shape[1]

    def limited(self, most_moves: int | None) -> Problem:
        """The same with at most so many moves."""
        return replace(self, most_moves=most_moves)

    def served(self, assignment: np.ndarray) -> np.ndarray:
        """(P, S) number of blocks of each person at each school."""
        _, people, schools = self.shape
        return np.bincount(assignment * schools + self.school, minlength=people * schools).reshape(people, schools)

    def hours(self, assignment: np.ndarray) -> np.ndarray:
        """(P,) hours a week of each person, travel included."""
        people = self.shape[1]
        with_ota = self.is_ota[assignment]
        made = self.fixed_hours + np.bincount(
            assignment, np.where(with_ota, self.direct_hours, self.full_hours), minlength=people
        )
        answering = self.supervisor[assignment]
        passed_on = with_ota & (answering != MISSING)
        made += np.bincount(answering[passed_on], self.event_hours[passed_on], minlength=people)
        return made + ((self.served(assignment) > 0) * self.travel_hours).sum(axis=1)

    def score(self, assignment: np.ndarray) -> Score:
        """The weighted sum and its parts."""
        over = np.maximum(0.0, self.hours(assignment) - self.capacity_hours)
        relative = np.divide(over, self.capacity_hours, out=np.zeros_like(over), where=self.capacity_hours > 0)
        travel = float(((self.served(assignment) > 0) * self.travel_hours).sum())
        changed = (assignment != self.owner) & (self.owner != MISSING)
        students, weights = float(self.students[changed].sum()), self.weights
        largest, overload = float(relative.max(initial=0.0)), float(over.sum())
        points = (
            weights.largest_overload * largest
            + weights.overload * overload
            + weights.travel * travel
            + weights.student_change * students
        )
        return Score(points, largest, overload, travel, students, int(changed.sum()))

    def violations(self, assignment: np.ndarray) -> list[str]:
        """Names of the constraints that an assignment breaks; empty when it is allowed."""
        return sorted(set(self._violations(assignment)))

    def _violations(self, assignment: np.ndarray) -> Iterator[str]:
        blocks = np.arange(len(assignment))
        if not self.allowed[blocks, assignment].all():
            yield "not allowed for this person"
        served = self.served(assignment) > 0
        if (served.sum(axis=1) > self.most_schools).any():
            yield MOST_SCHOOLS
        holds = np.flatnonzero(self.must_serve != MISSING)
        if not served[holds, self.must_serve[holds]].all():
            yield BASE_SCHOOL
        otas = np.flatnonzero(self.is_ota & (self.supervisor != MISSING))
        if (served[otas] & self.supervised_only[otas] & ~served[self.supervisor[otas]]).any():
            yield OTA_SUPERVISED
        changed = (assignment != self.owner) & (self.owner != MISSING)
        if self.most_moves is not None and changed.sum() > self.most_moves:
            yield MOST_MOVES

"""Two weeks, and two schools, that show why a count of students is not a workload: fewer students, and more work."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

import numpy as np
import pandas as pd

from workload.model.roster import NO_SCHOOL, UNASSIGNED
from workload.model.words import numbers

Two = TypeVar("Two")


class Pair(NamedTuple):
    """Two people of one role and about the same contract. `fuller` has fewer students and more work for each hour."""

    fuller: str
    lighter: str


SAME_CONTRACT = 0.05  # hours apart, as a share of the larger contract, that still count as the same contract


def telling_pair(people: pd.DataFrame) -> Pair | None:
    """The pair of which one week does not fit and the other does that lies farthest apart, in students times hours; None without.

    people  `Answer.people`
    """
    name, role = (people[column].to_numpy(object) for column in ("therapist", "role"))
    week, students, work, used = (
        people[column].to_numpy(float) for column in ("available_hours", "caseload", "workload_hours", "utilization")
    )
    there = (name != UNASSIGNED) & ~people["on_leave"].to_numpy(bool)  # without hours no week is full, and none fits
    # Whose week does not fit against whose does; of people with one contract only those whom no other one beats.
    kind = pd.factorize(role)[0].astype(np.int64) * len(week) + pd.factorize(week)[0]
    full = _fronts(np.flatnonzero(there & (used > 1)), kind, students, work)
    fits = _fronts(np.flatnonzero(there & (used <= 1)), kind, -students, -work)
    apart = np.abs(week[full][:, None] - week[fits]) <= SAME_CONTRACT * np.maximum(week[full][:, None], week[fits])
    alike = apart & (role[full][:, None] == role[fits])
    return _farthest(Pair, name[full], name[fits], (students[full], work[full]), (students[fits], work[fits]), alike)


def _fronts(places: np.ndarray, kind: np.ndarray, cost: np.ndarray, gain: np.ndarray) -> np.ndarray:
    """Of some places those that `_front` leaves of each kind, in their order."""
    left = [
        same[_front(cost[same], gain[same])]
        for same in (places[kind[places] == one] for one in np.unique(kind[places]))
    ]
    return np.sort(np.concatenate(left)) if left else places


class Schools(NamedTuple):
    """Two schools: `heavier` has fewer students and takes more hours."""

    heavier: str
    lighter: str


def telling_schools(schools: pd.DataFrame) -> Schools | None:
    """The two schools that lie farthest apart, in students times whole hours; None where more students are more work.

    schools  rows of `Answer.schools`, without those that are withheld
    """
    names = schools["school"].to_numpy(object)
    real = np.flatnonzero(names != NO_SCHOOL)
    if not len(real):
        return None
    names, students = names[real], schools["caseload"].to_numpy(float)[real]
    work = np.array(numbers(schools["workload_hours"].to_numpy(float)[real], 0))
    heavier, lighter = _front(students, work), _front(-students, -work)
    return _farthest(
        Schools,
        names[heavier],
        names[lighter],
        (students[heavier], work[heavier]),
        (students[lighter], work[lighter]),
    )


def _front(cost: np.ndarray, gain: np.ndarray) -> np.ndarray:
    """Places, in their order, of those whom nobody equals or beats in both: lower cost, higher gain. The first of equals."""
    order = np.lexsort((np.arange(len(cost)), -gain, cost))
    best = np.maximum.accumulate(gain[order])
    return np.sort(order[np.concatenate(([True], best[1:] > best[:-1]))])


def _farthest(
    kind: Callable[[str, str], Two],
    first: np.ndarray,
    second: np.ndarray,
    of_first: tuple[np.ndarray, np.ndarray],
    of_second: tuple[np.ndarray, np.ndarray],
    alike: np.ndarray | bool = True,
) -> Two | None:
    """The two that lie farthest apart, the first with fewer students and more work; None where no two are so.

    of_first, of_second  (students, hours) of each, two arrays
    alike                (first, second) whether two may be compared
    """
    fewer = np.maximum(0, of_second[0] - of_first[0][:, None])
    apart = fewer * np.maximum(0, of_first[1][:, None] - of_second[1]) * alike
    if not apart.size or not apart.max() > 0:
        return None
    at, other = np.unravel_index(np.argmax(apart), apart.shape)
    return kind(str(first[at]), str(second[other]))

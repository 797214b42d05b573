"""Two weeks, and two schools, that show why a count of students is not a workload: fewer students, and more work."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

import numpy as np
import pandas as pd

from workload.model.roster import NO_SCHOOL, UNASSIGNED
from workload.model.words import rounded

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
    there = people[(people["therapist"] != UNASSIGNED) & (people["available_hours"] > 0) & ~people["on_leave"]]
    # Whose week does not fit against whose does: a row of the one with all of the other, as few as there are.
    full, fits = there[there["utilization"] > 1], there[there["utilization"] <= 1]
    (week, students, work), (weeks, more, less) = (
        table[["available_hours", "caseload", "workload_hours"]].to_numpy(float).T for table in (full, fits)
    )
    apart = np.abs(week[:, None] - weeks) <= SAME_CONTRACT * np.maximum(week[:, None], weeks)
    alike = apart & (full["role"].to_numpy(object)[:, None] == fits["role"].to_numpy(object))
    return _farthest(Pair, full["therapist"], fits["therapist"], (students, work), (more, less), alike)


class Schools(NamedTuple):
    """Two schools: `heavier` has fewer students and takes more hours."""

    heavier: str
    lighter: str


def telling_schools(schools: pd.DataFrame) -> Schools | None:
    """The two schools that lie farthest apart, in students times whole hours; None where more students are more work.

    schools  rows of `Answer.schools`, without those that are withheld
    """
    real = schools[schools["school"] != NO_SCHOOL]
    if real.empty:
        return None
    students = real["caseload"].to_numpy(float)
    work = np.array([rounded(hours, 0) for hours in real["workload_hours"]])
    heavier, lighter = _front(students, work), _front(-students, -work)
    return _farthest(
        Schools,
        real["school"].iloc[heavier],
        real["school"].iloc[lighter],
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
    first: pd.Series,
    second: pd.Series,
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
    return kind(str(first.iloc[at]), str(second.iloc[other]))

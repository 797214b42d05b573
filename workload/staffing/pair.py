"""Two weeks, and two schools, that show why a count of students is not a workload: fewer students, and more work."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from workload.model.roster import NO_SCHOOL, UNASSIGNED
from workload.model.words import rounded


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
    if len(there) < 2:
        return None
    hours, students = there["available_hours"].to_numpy(float), there["caseload"].to_numpy(float)
    used, role = there["utilization"].to_numpy(float), there["role"].to_numpy(object)
    fuller, lighter = np.meshgrid(np.arange(len(there)), np.arange(len(there)), indexing="ij")
    apart = np.abs(hours[fuller] - hours[lighter]) <= SAME_CONTRACT * np.maximum(hours[fuller], hours[lighter])
    more = students[lighter] - students[fuller]
    telling = (role[fuller] == role[lighter]) & apart & (more > 0) & (used[fuller] > 1) & (used[lighter] <= 1)
    if not telling.any():
        return None
    work = there["workload_hours"].to_numpy(float)
    best = np.unravel_index(np.argmax(np.where(telling, more * (work[fuller] - work[lighter]), -1)), telling.shape)
    names = there["therapist"].to_numpy(object)
    return Pair(names[best[0]], names[best[1]])


class Schools(NamedTuple):
    """Two schools: `heavier` has fewer students and takes more hours."""

    heavier: str
    lighter: str


def telling_schools(schools: pd.DataFrame) -> Schools | None:
    """The two schools that lie farthest apart, in students times whole hours; None where more students are more work.

    schools  rows of `Answer.schools`, without those that are withheld
    """
    real = schools[schools["school"] != NO_SCHOOL]
    if len(real) < 2:
        return None
    students = real["caseload"].to_numpy(float)
    work = np.array([rounded(hours, 0) for hours in real["workload_hours"]])
    apart = np.maximum(0, students[None, :] - students[:, None]) * np.maximum(0, work[:, None] - work[None, :])
    if not apart.max() > 0:
        return None
    names = real["school"].to_numpy(object)
    heavier, lighter = np.unravel_index(np.argmax(apart), apart.shape)
    return Schools(names[heavier], names[lighter])

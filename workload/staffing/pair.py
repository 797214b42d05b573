"""Two weeks that show why a count of students is not a workload: fewer students, and the fuller week."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from workload.model.roster import UNASSIGNED


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

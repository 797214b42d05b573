"""The bridge: how the FTE in post becomes the FTE required, cause by cause. Every place that shows it reads it here.

contracts − leave − absence = available → unassigned work → work of people on leave → weeks that do not fit
→ room elsewhere → required
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workload.model.units import NOTHING_FTE
from workload.staffing.required import Staffing, presence

SUM, CAPACITY, NEED, SPARE = "sum", "capacity", "need", "spare"


@dataclass(frozen=True)
class Step:
    """One step from in post to required: a sum, or a change that adds to the sum before.

    kind  sum, capacity (what takes from the contracts), need (what adds to it), spare (what takes from the need)
    """

    code: str
    label: str
    fte: float
    kind: str
    meaning: str


def bridge(staffing: Staffing) -> list[Step]:
    """The sums and the changes between them; the changes add up exactly. Changes of nothing are left out.

    While nobody has said who is in post there is only the FTE required.
    """
    people, week = staffing.demand.people, staffing.full_week
    required, available = staffing.workload / week, staffing.available_hours / week
    end = Step("required", "Required", float(required.sum()), SUM, "all work over the hours of a full-time week")
    if not people.posts_known:
        return [end]
    contracted, there = staffing.contracted_fte, presence(staffing.assumptions)
    unassigned = np.arange(len(required)) == people.unassigned
    away = people.on_leave & people.in_post
    present = people.in_post & ~away
    full = available / there if there else available
    gap = available - required
    changes = [
        Step(
            "on_leave",
            "People on leave today",
            -contracted[away].sum(),
            CAPACITY,
            "their contracts do not count on this date",
        ),
        Step(
            "hours_not_fte",
            "Hours other than the FTE",
            (full - contracted)[present].sum(),
            CAPACITY,
            "hours in the contract where the file gives both hours and FTE",
        ),
        Step(
            "absence",
            "Days of absence",
            (available - full)[present].sum(),
            CAPACITY,
            "sick days, personal days, training",
        ),
    ]
    needs = [
        Step(
            "unassigned",
            "Work with no therapist",
            required[unassigned].sum(),
            NEED,
            "services and evaluations without anybody",
        ),
        Step("work_of_leave", "Work of people on leave", required[away].sum(), NEED, "their services are still owed"),
        Step(
            "does_not_fit",
            "Weeks that do not fit",
            -gap[present & (gap < 0)].sum(),
            NEED,
            "hours above the contract of people who are present",
        ),
        Step(
            "room",
            "Room in other weeks",
            -gap[present & (gap > 0)].sum(),
            SPARE,
            "hours below the contract; only helps where it can be moved",
        ),
    ]
    changes, needs = (
        [
            Step(step.code, step.label, float(step.fte), step.kind, step.meaning)
            for step in some
            if abs(step.fte) > NOTHING_FTE
        ]
        for some in (changes, needs)
    )
    in_post = Step(
        "in_post", "In post (contracted)", float(contracted.sum()), SUM, "contracts of everyone in post on this date"
    )
    today = Step("available", "Available today", float(available.sum()), SUM, "in post and not on leave")
    if not changes:
        return [
            Step("available", "In post and available", float(available.sum()), SUM, "contracts in force on this date"),
            *needs,
            end,
        ]
    return [in_post, *changes, today, *needs, end]


def without_hours(steps: Sequence[Step]) -> float:
    """FTE of work that has no hours: everything that adds to what is there."""
    return sum(step.fte for step in steps if step.kind == NEED)


def without_work(steps: Sequence[Step]) -> float:
    """FTE of hours that have no work: room that helps only where it can be moved."""
    return -sum(step.fte for step in steps if step.kind == SPARE)


def fewest_for_half(gaps: pd.Series) -> int:
    """How few of some gaps (FTE, all negative, the largest first) make up half of their sum or more."""
    return int((gaps.cumsum() > gaps.sum() / 2).sum()) + 1

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
    full = available / there
    gap = available - required
    changes = _worth_telling(
        CAPACITY,
        ("on_leave", "People on leave today", -contracted[away], "their contracts do not count on this date"),
        (
            "hours_not_fte",
            "Hours other than the FTE",
            (full - contracted)[present],
            "hours in the contract where the file gives both hours and FTE",
        ),
        ("absence", "Days of absence", (available - full)[present], "sick days, personal days, training"),
    )
    needs = _worth_telling(
        NEED,
        ("unassigned", "Work with no therapist", required[unassigned], "services and evaluations without anybody"),
        ("work_of_leave", "Work of people on leave", required[away], "their services are still owed"),
        (
            "does_not_fit",
            "Weeks that do not fit",
            -gap[present & (gap < 0)],
            "hours above the contract of people who are present",
        ),
    ) + _worth_telling(
        SPARE,
        (
            "room",
            "Room in other weeks",
            -gap[present & (gap > 0)],
            "hours below the contract; only helps where it can be moved",
        ),
    )
    contracts, today = float(contracted.sum()), float(available.sum())
    if not changes:
        return [Step("available", "In post and available", today, SUM, "contracts in force on this date"), *needs, end]
    in_post = Step("in_post", "In post (contracted)", contracts, SUM, "contracts of everyone in post on this date")
    return [
        in_post,
        *changes,
        Step("available", "Available today", today, SUM, "in post and not on leave"),
        *needs,
        end,
    ]


def _worth_telling(kind: str, *changes: tuple[str, str, np.ndarray, str]) -> list[Step]:
    """The steps of (code, label, FTE of each person, meaning) that are more than nothing."""
    steps = (Step(code, label, float(each.sum()), kind, meaning) for code, label, each, meaning in changes)
    return [step for step in steps if abs(step.fte) > NOTHING_FTE]


def without_hours(steps: Sequence[Step]) -> float:
    """FTE of work that has no hours: everything that adds to what is there."""
    return sum(step.fte for step in steps if step.kind == NEED)


def without_work(steps: Sequence[Step]) -> float:
    """FTE of hours that have no work: room that helps only where it can be moved."""
    return -sum(step.fte for step in steps if step.kind == SPARE)


def fewest_for_half(gaps: pd.Series) -> int:
    """How few of some gaps (FTE, all negative, the largest first) make up half of their sum or more."""
    return int((gaps.cumsum() > gaps.sum() / 2).sum()) + 1

"""Earlier months beside today: a small record of each answer, and the table of how it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

from workload.answer import Answer
from workload.premises.premise_list import answer_status
from workload.premises.records import PROVISIONAL

FIGURES = (
    "caseload",
    "required_fte",
    "available_fte",
    "gap_fte",
    "utilization",
    "student_minutes_at_risk",
    "shortfall_total_fte",
    "evaluation_initial_hours",
    "reevaluation_hours",
    "travel_hours",
)


@dataclass(frozen=True)
class Snapshot:
    """A day's figures, the assumptions they were made with, and their status ("" in a file of before). Holds nobody's name."""

    day: date
    figures: dict[str, float]
    assumptions: dict[str, float | int | str]
    status: str = ""

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "day": self.day.isoformat()}


def snapshot_of(answer: Answer) -> Snapshot:
    return Snapshot(
        answer.day,
        {name: float(answer.district[name]) for name in FIGURES},
        dict(answer.assumptions.values),
        answer_status(answer),
    )


def from_dict(data: dict[str, Any]) -> Snapshot:
    """A snapshot from `as_dict`. Raises `ValueError` with a plain sentence."""
    try:
        figures = {name: float(data["figures"][name]) for name in FIGURES}
        return Snapshot(
            date.fromisoformat(data["day"]), figures, dict(data["assumptions"]), str(data.get("status", ""))
        )
    except (KeyError, TypeError, ValueError):
        raise ValueError("This file is not a snapshot that this version wrote.") from None


def compared(snapshots: Sequence[Snapshot]) -> pd.DataFrame:
    """One row per day, oldest first: day, `FIGURES`, required_fte_change, gap_fte_change, same_assumptions, provisional.

    Changes are against the row before. Where the assumptions differ from the row before, part of a change is theirs.
    """
    ordered = sorted(snapshots, key=lambda one: one.day)
    table = pd.DataFrame([{"day": pd.Timestamp(one.day), **one.figures} for one in ordered], columns=["day", *FIGURES])
    table["required_fte_change"] = table["required_fte"].diff()
    table["gap_fte_change"] = table["gap_fte"].diff()
    table["same_assumptions"] = [
        True,
        *(one.assumptions == before.assumptions for before, one in zip(ordered, ordered[1:], strict=False)),
    ][: len(ordered)]
    table["provisional"] = [one.status == PROVISIONAL for one in ordered]
    return table

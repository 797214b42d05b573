"""One person's plans beside the log: hours a week by line of work, and the log as a week to draw."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from workload.figures.tones import THIRDS
from workload.model.words import in_words, rounded
from workload.staffing.required import Staffing
from workload.staffing.time_study.model_against_log import areas_of_concern, logs_whole_days
from workload.staffing.time_study.study import TimeStudy


class PlanAndLog(NamedTuple):
    """Hours a week of the log by activity; `whole_days` when the log holds the contract's hours."""

    log: dict[str, float]
    whole_days: bool
    dates: str  # "September 21, 2026 to September 25, 2026"

    @property
    def logged(self) -> float:
        return sum(self.log.values())


def plan_and_log(study: TimeStudy, staffing: Staffing, therapist: str) -> PlanAndLog | None:
    """Both sides of one person; None for somebody who logged nothing or is not in the roster."""
    if therapist not in study.people or therapist not in staffing.demand.people.names:
        return None
    areas, own = areas_of_concern(study, staffing, therapist), study.of(therapist)
    return PlanAndLog(
        dict(zip(areas["activity"], areas["study_hours"].astype(float), strict=True)),
        logs_whole_days(study, staffing, therapist),
        " to ".join(dict.fromkeys(in_words(day) for day in (own.first_day, own.last_day) if day)),
    )


def side_by_side(plans: dict[str, float], log: dict[str, float] | None) -> pd.DataFrame:
    """Lines of work with hours in the plans or in the log: columns line, kind, plans, and with a log log, differs.

    Differences are those of the numbers as written.
    """
    rows = []
    for third in THIRDS:
        for line, codes in third.lines:
            planned = rounded(sum(plans.get(code, 0.0) for code in codes), 1)
            logged = rounded(sum((log or {}).get(code, 0.0) for code in codes), 1)
            if planned or logged:
                rows.append((line, third.label, planned, logged, rounded(logged - planned, 1)))
    table = pd.DataFrame(rows, columns=["line", "kind", "plans", "log", "differs"])
    return table if log is not None else table[["line", "kind", "plans"]]

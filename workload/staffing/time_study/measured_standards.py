"""Measured standards: hours for each evaluation, meeting, report and note, blended with what was assumed.

standard = (n × measured + k × prior) / (n + k)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from workload.model.parameters import Assumptions, parameters
from workload.model.units import hours
from workload.staffing.time_study.study import TimeStudy
from workload.staffing.wisn_form import standard_with_measurements

LEAST_VARIATION = 0.1  # of entries in quarter hours: less is rounding, not agreement
PRIOR_EVENTS = 5  # events that the assumed value weighs as much as
# activity of the log -> the assumption that one event of it measures
MEASURES: Mapping[str, str] = {
    "evaluation_initial": "evaluation_initial_hours",
    "reevaluation": "reevaluation_hours",
    "meeting": "meeting_hours",
    "progress_report": "progress_report_hours",
    "documentation": "documentation_minutes_per_session",
}


@dataclass(frozen=True)
class Standard:
    """One assumption as measured: the time of an event in its unit, how many were seen, and the blend."""

    id: str
    activity: str
    label: str
    unit: str
    measured: float
    count: float
    prior: float
    prior_events: float
    standard: float
    error: float = 0.0  # standard error of the measured value

    @property
    def weight_of_study(self) -> float:
        """The share of the measurement in the blend, 0 to 1."""
        return self.count / (self.count + self.prior_events)

    @property
    def words(self) -> str:
        """The blend written out."""
        return (
            f"({self.count:g} × {self.measured:.3g} + {self.prior_events:g} × {self.prior:.3g}) ÷ "
            f"({self.count:g} + {self.prior_events:g}) = {self.standard:.3g} {self.unit}"
        )


def counts_in_study(study: TimeStudy, evaluations: pd.DataFrame) -> dict[str, int]:
    """Evaluations completed inside the study's days by the people who logged, as activity -> number.

    evaluations  the roster's Evaluations table. Kinds with none are left out. Meetings, reports and sessions are
    not in a roster: their numbers have to be typed in.
    """
    if study.is_empty:
        return {}
    done = evaluations[
        evaluations["completed"].between(pd.Timestamp(study.first_day), pd.Timestamp(study.last_day))
        & evaluations["therapist"].isin(study.people)
    ]
    kinds = {"initial": "evaluation_initial", "reevaluation": "reevaluation"}
    return {kinds[kind]: int(number) for kind, number in done["type"].value_counts().items() if kind in kinds}


def standards(
    study: TimeStudy, counts: Mapping[str, float], assumptions: Assumptions, prior_events: float = PRIOR_EVENTS
) -> list[Standard]:
    """The measured standards of the activities whose number of events is known, in the order of the method.

    counts  events inside the study by activity: {"evaluation_initial": 3, "meeting": 6, "documentation": 80}
    An activity with no minutes in the log or no events is not measured, so it is left out (not zero). Time outside
    the contract counts: it was needed. Raises `ValueError` for an activity that has no standard or a negative number.
    """
    for activity, count in counts.items():
        if activity not in MEASURES:
            raise ValueError(f"{activity} has no standard for one event; use one of {', '.join(MEASURES)}")
        if not 0 <= count < float("inf"):
            raise ValueError(f"the number of events of {activity} must be at least 0, got {count}")
    if not 0 <= prior_events < float("inf"):
        raise ValueError(f"the weight of the assumed value must be at least 0 events, got {prior_events}")
    entries = study.work.groupby("activity")["minutes"]
    logged = entries.sum()
    found = []
    for activity, id in MEASURES.items():
        count, minutes = counts.get(activity, 0), float(logged.get(activity, 0.0))
        if count and minutes:
            parameter = parameters()[id]
            measured = (hours(minutes) if parameter.unit.startswith("hours") else minutes) / count
            prior = float(assumptions[id])
            found.append(
                Standard(
                    id,
                    activity,
                    parameter.label,
                    parameter.unit,
                    measured,
                    count,
                    prior,
                    prior_events,
                    standard_with_measurements(measured, count, prior, prior_events),
                    measured * _variation(entries.get_group(activity)) / count**0.5,
                )
            )
    return found


def _variation(minutes: pd.Series) -> float:
    """Standard deviation over mean of the entries of an activity; a single entry shows none and is taken as 1."""
    return max(LEAST_VARIATION, float(minutes.std() / minutes.mean())) if len(minutes) > 1 else 1.0


def with_standards(assumptions: Assumptions, found: Sequence[Standard], study: TimeStudy) -> Assumptions:
    """New assumptions with the blended standards, their origin telling the study; the old record stays for undo.

    Raises `workload.model.parameters.ParameterError` for a standard outside what is possible.
    """
    for one in found:
        origin = (
            f"time study, {study.dates}, n = {one.count:g}, measured {one.measured:.3g}, blended with "
            f"{one.prior:.3g} at the weight of {one.prior_events:g} events"
        )
        assumptions = assumptions.changed({one.id: one.standard}, origin, {one.id: one.error})
    return assumptions

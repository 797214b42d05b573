"""Measured standards: whatever is logged, blended with what was assumed by how much of it was seen.

standard = (n × measured + k × prior) / (n + k)

An event (an evaluation, a meeting, a note, a move) is counted by somebody; a share of the week is measured on each day
that a person logged, so days are what is seen. Each standard has the standard error of its own entries or days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workload.model.parameters import Assumptions, parameters
from workload.model.units import hours
from workload.staffing.time_study.study import OTHER, TimeStudy

LEAST_VARIATION = 0.1  # of entries in quarter hours: less is rounding, not agreement
PRIOR_EVENTS = 5  # events that the assumed value weighs as much as
# activity of the log -> the assumption that one event of it measures
MEASURES: Mapping[str, str] = {
    "evaluation_initial": "evaluation_initial_hours",
    "reevaluation": "reevaluation_hours",
    "meeting": "meeting_hours",
    "progress_report": "progress_report_hours",
    "documentation": "documentation_minutes_per_session",
    "travel": "travel_minutes_per_move",
    "supervision": "supervision_hours_per_ota",
}
DIRECT = ("direct", "direct_other")
OF_ONE_PERSON = ("travel", "supervision", "named_duty", OTHER)  # outside everybody's week, of which shares are taken
# activity of the log -> the assumption that is its time over other time, and the activities of that time (None: all
# work of services and everybody's week, which is what the method takes a share of)
SHARES: Mapping[str, tuple[str, tuple[str, ...] | None]] = {
    "on_behalf": ("on_behalf_ratio", DIRECT),
    "planning": ("planning_share", None),
    "staff_time": ("staff_time_share", None),
}
EVENTS, DAYS = "events", "days of a person"


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
    seen: str = EVENTS  # what `count` counts

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
            error = measured * _variation(entries.get_group(activity)) / count**0.5
            found.append(_blended(id, activity, measured, count, float(assumptions[id]), prior_events, error))
    return found


def _blended(
    id: str, activity: str, measured: float, count: float, prior: float, weight: float, error: float, seen: str = EVENTS
) -> Standard:
    """A measurement of an assumption, blended with the value assumed so far, which weighs as much as `weight` events."""
    parameter = parameters()[id]
    blend = standard_with_measurements(measured, count, prior, weight)
    return Standard(id, activity, parameter.label, parameter.unit, measured, count, prior, weight, blend, error, seen)


def share_standards(study: TimeStudy, assumptions: Assumptions, prior_days: float = PRIOR_EVENTS) -> list[Standard]:
    """Time on behalf of students, planning and staff time as shares, in the order of `SHARES`.

    What nobody logged is not measured, so it is left out (not zero). Shares of the week speak of whole days only: whoever
    calls says whether the log holds them. `count` is the number of days on which a person logged the time that the share
    is of.
    """
    work = study.work
    by_day = work.pivot_table(
        index=["therapist", "date"], columns="activity", values="minutes", aggfunc="sum", fill_value=0.0
    )
    found = []
    for activity, (id, base) in SHARES.items():
        columns = [each for each in by_day.columns if (each in base if base else each not in OF_ONE_PERSON)]
        if activity not in by_day.columns or not columns:
            continue
        part, whole = by_day[activity].to_numpy(float), by_day[columns].sum(axis=1).to_numpy(float)
        part, whole = part[whole > 0], whole[whole > 0]
        if not len(whole) or not part.sum():
            continue
        measured, error = float(part.sum() / whole.sum()), ratio_error(part, whole)
        found.append(_blended(id, activity, measured, len(whole), float(assumptions[id]), prior_days, error, DAYS))
    return found


def ratio_error(part: np.ndarray, whole: np.ndarray) -> float:
    """Standard error of sum(part) / sum(whole) over days, by the ratio estimator; at least a tenth of it over the root of
    the days. A single day shows no spread and is taken as wide as its own value.

    Source: Cochran, Sampling Techniques, chapter 6: the residuals are part - ratio x whole.
    """
    days, ratio = len(whole), float(part.sum() / whole.sum())
    if days < 2:
        return ratio
    spread = float(np.sqrt(((part - ratio * whole) ** 2).sum() / (days - 1)))
    return max(spread * days**0.5 / float(whole.sum()), LEAST_VARIATION * ratio / days**0.5)


def _variation(minutes: pd.Series) -> float:
    """Standard deviation over mean of the entries of an activity; a single entry shows none and is taken as 1."""
    return max(LEAST_VARIATION, float(minutes.std() / minutes.mean())) if len(minutes) > 1 else 1.0


def with_standards(assumptions: Assumptions, found: Sequence[Standard], study: TimeStudy) -> Assumptions:
    """New assumptions with the blended standards, their origin telling the study; the old record stays for undo.

    Raises `workload.model.parameters.ParameterError` for a standard outside what is possible.
    """
    for one in found:
        origin = (
            f"time study, {study.dates}, n = {one.count:g}{'' if one.seen == EVENTS else f' {one.seen}'}, measured "
            f"{one.measured:.3g} ± {one.error:.2g}, blended with {one.prior:.3g} at the weight of {one.prior_events:g} "
            f"{one.seen}"
        )
        assumptions = assumptions.changed({one.id: one.standard}, origin, {one.id: one.error})
    return assumptions


def standard_with_measurements(measured: float, count: float, prior: float, prior_weight: float = 5) -> float:
    """A standard blended from what was measured and what was assumed, weighted by how much was seen."""
    return (count * measured + prior_weight * prior) / (count + prior_weight)

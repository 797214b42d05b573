"""What a time study adds up to: by activity, by person and by week, and all work for each hour of intervention.

activity_table(study), person_table(study), week_table(study), intervention_ratio(study)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workload.model.units import hours
from workload.staffing.time_study.study import LABELS, TimeStudy


def activity_table(study: TimeStudy) -> pd.DataFrame:
    """Minutes and shares by activity, in the order of the method; lunch and breaks are no work and are left out.

    Columns: activity, label, entries, paid_minutes, outside_minutes, worked_minutes, share_of_paid, share_of_worked.
    `share_of_paid` is of the paid minutes inside the contract, `share_of_worked` of all minutes.
    """
    work = study.work
    minutes_of = (
        work.pivot_table(index="activity", columns="outside_contract", values="minutes", aggfunc="sum", fill_value=0.0)
        if len(work)
        else pd.DataFrame()
    )
    order = [code for code in LABELS if code in minutes_of.index]
    paid, outside = (
        minutes_of.get(flag, pd.Series(0.0, index=minutes_of.index)).reindex(order).to_numpy(float)
        for flag in (False, True)
    )
    counts = work["activity"].value_counts().reindex(order).to_numpy(int)
    worked = paid + outside
    return pd.DataFrame(
        {
            "activity": pd.Series(order, dtype=object),
            "label": pd.Series([LABELS[code] for code in order], dtype=object),
            "entries": counts,
            "paid_minutes": paid,
            "outside_minutes": outside,
            "worked_minutes": worked,
            "share_of_paid": _share(paid),
            "share_of_worked": _share(worked),
        }
    )


def _share(values: np.ndarray) -> np.ndarray:
    total = values.sum()
    return values / total if total else np.full(len(values), np.nan)


def person_weeks(study: TimeStudy, days_a_week: Mapping[str, int] | None = None) -> pd.Series:
    """Weeks that each person logged, as days with work ÷ the person's working days a week.

    Without a number of days for a person it is the most days that the person logged in one week. Days with only
    unpaid work (a weekend) are no days of the week's plan.
    """
    work = study.work
    if work.empty:
        return pd.Series(dict.fromkeys(study.people, 0.0), dtype=float, name="weeks")
    all_unpaid = work.groupby("therapist")["outside_contract"].transform("all")
    mine = work[~work["outside_contract"] | all_unpaid]
    days = mine.groupby("therapist")["date"].nunique()
    most = mine.groupby(["therapist", "week"])["date"].nunique().groupby("therapist").max()
    usual = pd.Series({name: (days_a_week or {}).get(name) or most.get(name, 1) for name in study.people}, dtype=float)
    return (days.reindex(study.people).fillna(0) / usual).rename("weeks")


def person_table(study: TimeStudy, days_a_week: Mapping[str, int] | None = None) -> pd.DataFrame:
    """One row per person: days, weeks, and hours a week paid, outside the contract, and together."""
    weeks = person_weeks(study, days_a_week)
    work = study.work
    sums = hours(work.groupby(["therapist", "outside_contract"])["minutes"].sum()).unstack(fill_value=0.0)
    sums = sums.reindex(index=study.people, columns=[False, True], fill_value=0.0)
    per = weeks.where(weeks > 0)
    days = work.groupby("therapist")["date"].nunique().reindex(study.people).fillna(0).astype(int)
    return pd.DataFrame(
        {
            "therapist": pd.Series(study.people, dtype=object),
            "days": days.to_numpy(),
            "weeks": weeks.to_numpy(),
            "paid_hours_per_week": (sums[False] / per).to_numpy(),
            "outside_hours_per_week": (sums[True] / per).to_numpy(),
            "worked_hours_per_week": (sums.sum(axis=1) / per).to_numpy(),
        }
    )


def week_table(study: TimeStudy) -> pd.DataFrame:
    """How far the weeks lie apart, by activity: hours a person logged in each week, all who logged together.

    Columns: activity, weeks, mean_hours, low_hours, high_hours, spread_hours, deviation_hours (of a sample; no value
    with one week). A week in which fewer days were logged is lower for that reason.
    """
    work = study.work
    people = work.groupby("week")["therapist"].nunique()
    table = hours(work.pivot_table(index="week", columns="activity", values="minutes", aggfunc="sum", fill_value=0.0))
    each = table.div(people, axis=0) if len(work) else table
    rows = [
        (
            code,
            len(each),
            *(getattr(each[code], name)() for name in ("mean", "min", "max")),
            each[code].max() - each[code].min(),
            each[code].std(ddof=1),
        )
        for code in LABELS
        if code in each
    ]
    return pd.DataFrame(
        rows, columns=["activity", "weeks", "mean_hours", "low_hours", "high_hours", "spread_hours", "deviation_hours"]
    )


@dataclass(frozen=True)
class InterventionRatio:
    """All work for each hour of IEP intervention (Flynn): of worked time, and of paid time alone. NaN without one."""

    worked_hours: float
    outside_hours: float
    intervention_hours: float
    paid_intervention_hours: float

    @property
    def worked(self) -> float:
        return self.worked_hours / self.intervention_hours if self.intervention_hours else float("nan")

    @property
    def paid(self) -> float:
        paid = self.worked_hours - self.outside_hours
        return paid / self.paid_intervention_hours if self.paid_intervention_hours else float("nan")


def intervention_ratio(study: TimeStudy) -> InterventionRatio:
    """Total hours over hours of IEP intervention (`direct`); service outside IEPs is part of the total only."""
    work = study.work
    direct, outside = work["activity"] == "direct", work["outside_contract"]
    return InterventionRatio(
        *(float(hours(work.loc[mask, "minutes"].sum())) for mask in (slice(None), outside, direct, direct & ~outside))
    )

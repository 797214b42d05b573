"""If nothing changes: evaluations that wait and minutes that are owed, month by month to June."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workload.model.units import hours, minutes
from workload.staffing.ratios import ratio
from workload.year_ahead.weeks import Year


def evaluation_backlog(year: Year) -> pd.DataFrame:
    """Evaluations due, done, waiting and late at the end of each month.

    In a week with more demand than capacity every kind of work is done in the same part; what is left of
    evaluations waits and is done in weeks with hours to spare. Waiting work is counted in evaluations of the
    year's average length. An evaluation that waits past its date is late (IDEA: 60 days, 34 CFR 300.301(c), or
    the state's).
    Columns: month, evaluations_due, evaluations_done, evaluations_waiting.
    """
    table = year.table
    due_hours, capacity = table["evaluations_hours"].to_numpy(), table["capacity_hours"].to_numpy()
    demand = table["demand_hours"].to_numpy()
    each = due_hours.sum() / year.evaluations_due.sum() if year.evaluations_due.sum() else 1.0
    waiting, rows = 0.0, []
    share = _spare_for_service(year)
    for at in range(len(table)):
        part = min(1.0, capacity[at] / demand[at]) if demand[at] > 0 else 1.0
        left = due_hours[at] * (1 - part)
        caught_up = min(waiting, max(0.0, capacity[at] - demand[at]) * share)
        waiting += left - caught_up
        rows.append((year.evaluations_due[at], (due_hours[at] - left + caught_up) / each, waiting / each))
    weekly = pd.DataFrame(rows, columns=["evaluations_due", "evaluations_done", "evaluations_waiting"])
    month = _months(year)
    monthly = weekly.groupby(month, sort=True).agg(
        {"evaluations_due": "sum", "evaluations_done": "sum", "evaluations_waiting": "last"}
    )
    return monthly.rename_axis("month").reset_index()


def _spare_for_service(year: Year) -> float:
    """The part of a spare hour that is left after everybody's allowances."""
    return 1 - year.answer.assumptions.category_share


def _months(year: Year) -> np.ndarray:
    """The first of the month of each week; days of August belong to September."""
    starts = pd.DatetimeIndex(year.table["week_start"])
    first = pd.Timestamp(year.weeks.mondays[0]).replace(day=1)
    months = starts.to_period("M").to_timestamp()
    if first.month == 8:
        months = months.where(months != first, first + pd.offsets.MonthBegin(1))
    return months.to_numpy()


def owed_by_month(year: Year) -> pd.DataFrame:
    """Student minutes that are not given if nothing changes, from the day on: an estimate, not a finding.

    Columns: month, student_minutes_not_given, owed_minutes (with what is already owed), owed_hours. A person's
    weekly exposure is that of the method, with the hours that the person has in that week.
    """
    answer, staffing = year.answer, year.answer.staffing
    demand = answer.demand
    student = staffing.by_person(demand.student_minutes) / demand.weeks
    therapist = staffing.by_person(demand.therapist_minutes) / demand.weeks
    open_share = year.weeks.open_share[:, None]
    short = np.maximum(0.0, staffing.workload[None, :] * open_share - year.available)
    exposed = minutes(short) * np.nan_to_num(ratio(student, therapist))[None, :]
    weekly = np.minimum(student[None, :] * open_share, exposed).sum(axis=1)
    first = year.weeks.place(answer.day)
    weekly[:first] = 0.0
    already = float(np.nansum(answer.lines["makeup_minutes_owed"]))
    monthly = pd.Series(weekly).groupby(_months(year), sort=True).sum()
    table = pd.DataFrame({"month": monthly.index, "student_minutes_not_given": monthly.to_numpy()})
    table["owed_minutes"] = already + table["student_minutes_not_given"].cumsum()
    table["owed_hours"] = hours(table["owed_minutes"])
    here = pd.Timestamp(answer.day).to_period("M").to_timestamp()
    return table[table["month"] >= here].reset_index(drop=True)

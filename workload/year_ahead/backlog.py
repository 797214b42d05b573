"""If nothing changes: evaluations that wait and minutes that are owed, month by month to June."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workload.model.units import hours
from workload.scenarios.cost import CostLine, Rates, weeks_to_come
from workload.staffing.gives_way import all_gives_way, sessions_give_way
from workload.staffing.tables import table_of_arrays
from workload.year_ahead.weeks import Year


def evaluation_backlog(year: Year) -> pd.DataFrame:
    """Evaluations due, done, waiting and late at the end of each month, if everything gives way alike.

    In a week with more demand than capacity every kind of work is done in the same part; what is left of
    evaluations waits and is done in weeks with hours to spare. Waiting work is counted in evaluations of the
    year's average length. If only sessions give way, no evaluation waits. An evaluation that waits past its date is
    late (IDEA: 60 days from consent, 34 CFR 300.301(c), or the state's).
    Columns: month, evaluations_due, evaluations_done, evaluations_waiting; waiting before + due − done = waiting.
    """
    table = year.table
    due_hours, capacity = table["evaluations_hours"].to_numpy(), table["capacity_hours"].to_numpy()
    demand = table["demand_hours"].to_numpy()
    each = due_hours.sum() / year.evaluations_due.sum() if year.evaluations_due.sum() else 1.0
    short = np.maximum(0.0, demand - capacity)
    part = all_gives_way(short, demand, np.zeros(len(demand)), np.zeros(len(demand))).share_of_others
    waiting, share, rows = 0.0, _spare_for_service(year), []
    for at in range(len(table)):
        left = due_hours[at] * part[at]
        caught_up = min(waiting, max(0.0, capacity[at] - demand[at]) * share)
        waiting += left - caught_up
        rows.append(waiting / each)
    months, first_week, month = np.unique(_months(year), return_index=True, return_inverse=True)
    due = np.bincount(month, year.evaluations_due)
    waits = np.array(rows)[np.append(first_week[1:], len(rows)) - 1]  # at the last week of each month
    # Work on an evaluation begins weeks before its date, so what is done is told by the dates: the table closes.
    done = np.append(0.0, waits[:-1]) + due - waits
    return pd.DataFrame(
        {"month": months, "evaluations_due": due, "evaluations_done": done, "evaluations_waiting": waits}
    )


def _spare_for_service(year: Year) -> float:
    """The part of a spare hour that is left after everybody's allowances."""
    return 1 - year.answer.assumptions.category_share


def _months(year: Year) -> np.ndarray:
    """The first of the month of each week; the week of the first day of school belongs to that day's month."""
    starts = year.table["week_start"].to_numpy()
    first = np.datetime64(year.answer.calendar.first_of(year.answer.day), starts.dtype.name[11:-1])
    return np.maximum(starts, first).astype("datetime64[M]").astype("datetime64[us]")


def owed_by_month(year: Year) -> pd.DataFrame:
    """What is not given if nothing changes, from the day on, with both ends of what gives way.

    Columns: month; if only sessions give way: student_minutes_not_given, owed_minutes (added up, with what is already
    owed), owed_hours (therapist hours that making them up would take, in groups as today), makeup_hours (those of people in
    post, from the day on); the same with `_alike` if everything gives way alike. Estimates of exposure, not findings. Without closings the open weeks of the calendar
    count as the instructional weeks that they hold.
    """
    answer, staffing = year.answer, year.answer.staffing
    student, therapist = staffing.session_minutes
    taught = answer.demand.taught_share(answer.day)
    open_share = year.weeks.open_share[:, None] * taught
    available = year.available * taught
    short = np.maximum(0.0, staffing.workload[None, :] * open_share - available)
    ends = {
        "": sessions_give_way(short, student * open_share, therapist * open_share),
        "_alike": all_gives_way(short, staffing.workload * open_share, student * open_share, therapist * open_share),
    }
    first, (months, month) = year.weeks.place(answer.day), np.unique(_months(year), return_inverse=True)
    already = float(np.nansum(answer.lines["makeup_minutes_owed"]))
    columns: dict[str, np.ndarray] = {}
    for end, lost in ends.items():
        minutes_lost, hours_lost = (
            _by_month(amount.sum(axis=1), first, month) for amount in (lost.student_minutes, lost.therapist_hours)
        )
        columns[f"student_minutes_not_given{end}"] = minutes_lost
        columns[f"owed_minutes{end}"] = already + minutes_lost.cumsum()
        columns[f"owed_hours{end}"] = hours(already) + hours_lost.cumsum()
        in_post = lost.therapist_hours[:, :-1].sum(axis=1)
        columns[f"makeup_hours{end}"] = _by_month(in_post, first, month).cumsum()
    left = months >= np.datetime64(answer.day, "M")
    return table_of_arrays({name: values[left] for name, values in {"month": months, **columns}.items()})


def _by_month(weekly: np.ndarray, first: int, month: np.ndarray) -> np.ndarray:
    """Sums of the weeks from the first on, by month. month  (weeks,) which of the months"""
    return np.bincount(month, np.where(np.arange(len(weekly)) < first, 0.0, weekly))


def cost_of_not_acting(
    year: Year, rates_in_force: Rates | None = None, evaluations_late: float = 0.0
) -> tuple[CostLine, ...]:
    """Dollars if nothing changes: from the day to the last day of school, and for a whole instructional year like the day.

    Make-up of the sessions that do not fit into the weeks of people in post, as the week strip adds them up; agency hours for
    Unassigned work; evaluations that come too late, bought outside. Minutes without a provider are counted as agency
    hours only. Evaluations wait only if everything gives way alike, so with any of them that is the rule for sessions, too:
    no missing hour is priced twice.
    """
    answer, prices = year.answer, rates_in_force or Rates()
    staffing, weeks = answer.staffing, answer.demand.weeks
    given, end = (staffing.given_way_alike, "_alike") if evaluations_late else (staffing.given_way, "")
    by_month = year.once(owed_by_month)
    to_come = float(by_month[f"makeup_hours{end}"].iloc[-1]) if len(by_month) else 0.0
    a_week, without = float(given.therapist_hours[:-1].sum()), float(staffing.workload[-1])
    hour, agency = prices["makeup_hour"], without * prices["agency"]
    outside = evaluations_late * prices["outside_evaluation"]
    return (
        CostLine("Make-up of minutes that do not fit", to_come * hour, a_week * weeks * hour, ("makeup_hour",)),
        CostLine(
            "Agency hours for work without a provider", agency * weeks_to_come(answer), agency * weeks, ("agency",)
        ),
        CostLine("Evaluations bought outside", outside, outside, ("outside_evaluation",)),
    )

"""The people in post: role, contract, presence on the day, day plan, duties of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from workload.model.coding import MISSING, Codes
from workload.model.roster import Roster, typed
from workload.work.travel import Plan, TravelTimes, legs, parse_day_plan

FTE_WHERE_NONE_IS_GIVEN = 1.0


@dataclass(frozen=True, eq=False)
class People:
    """One element for each person in `names` order; the last element is Unassigned.

    fte, hours_per_week are as given (NaN where not). `in_post` is false before the start and after the end;
    `on_leave` true on a day of leave. `travel_minutes` are the known minutes of a week's legs and `moves` the
    legs that count as one move each.
    """

    names: tuple[str, ...]  # without Unassigned
    is_ota: np.ndarray
    fte: np.ndarray
    hours_per_week: np.ndarray
    in_post: np.ndarray
    on_leave: np.ndarray
    supervisor: np.ndarray  # code of the supervising OT, MISSING where none
    otas_supervised: np.ndarray
    base_school: np.ndarray  # school codes, MISSING where none
    plans: tuple[Plan, ...]
    travel_minutes: np.ndarray
    moves: np.ndarray
    named_duty_hours: np.ndarray
    mtss_hours: np.ndarray
    employment: tuple[str, ...]
    posts_assumed: bool  # no Therapists sheet: everybody counted as an OT at 1.0 FTE

    @property
    def unassigned(self) -> int:
        """The code of the Unassigned row."""
        return len(self.names)


def therapists_table(roster: Roster, rows_in_force: np.ndarray) -> tuple[pd.DataFrame, bool]:
    """The Therapists table and whether it was made up from the service lines in force.

    Without a Therapists sheet each person who is named on a line in force is an OT at 1.0 FTE.
    """
    if len(roster.therapists):
        return roster.therapists, False
    names = sorted(roster.coded["therapist"].occurring(rows_in_force))
    return typed(
        "therapists", {"therapist": names, "role": ["OT"] * len(names), "fte": [FTE_WHERE_NONE_IS_GIVEN] * len(names)}
    ), bool(names)


def people_of(
    table: pd.DataFrame,
    assumed: bool,
    codes: Codes,
    schools: Codes,
    schools_served: np.ndarray,
    times: TravelTimes,
    day: date,
) -> People:
    """The people of the Therapists table in code order, with Unassigned at the end.

    schools_served  distinct schools of each person's lines in force, shape (people,)
    """
    table = table.set_index("therapist").reindex(list(codes.names))
    on = np.datetime64(day, "s")
    start, end, leave_start, leave_end = (
        table[name].to_numpy() for name in ("start", "end", "leave_start", "leave_end")
    )
    has_leave = ~(np.isnat(leave_start) & np.isnat(leave_end))
    supervisor = codes.column(table["supervisor"].to_numpy())
    is_ota = (table["role"] == "OTA").to_numpy()
    in_post = ~(start > on) & ~(end < on)
    supervisor[~is_ota] = MISSING
    # Dates of posts decide capacity; duties stay on the roster until it gives them to someone else.
    supervised = np.bincount(supervisor[supervisor >= 0], minlength=len(codes) + 1)
    plans = tuple(parse_day_plan(text if isinstance(text, str) else None) for text in table["days"])
    weekly = [_week(plan, times, served) for plan, served in zip(plans, schools_served, strict=True)]

    def with_unassigned(values, fill):
        return np.append(np.asarray(values), fill)

    return People(
        names=codes.names,
        is_ota=with_unassigned(is_ota, False),
        fte=with_unassigned(_fte(table), 0.0),
        hours_per_week=with_unassigned(table["hours_per_week"].to_numpy(dtype=float), 0.0),
        in_post=with_unassigned(in_post, False),
        on_leave=with_unassigned(has_leave & ~(leave_start > on) & ~(leave_end < on), False),
        supervisor=with_unassigned(supervisor, MISSING),
        otas_supervised=supervised,
        base_school=with_unassigned(schools.column(table["base_school"].to_numpy()), MISSING),
        plans=(*plans, ()),
        travel_minutes=with_unassigned([known for known, _ in weekly], 0.0),
        moves=with_unassigned([moves for _, moves in weekly], 0.0),
        named_duty_hours=with_unassigned(np.nan_to_num(table["named_duty_hours"].to_numpy(dtype=float)), 0.0),
        mtss_hours=with_unassigned(np.nan_to_num(table["mtss_hours"].to_numpy(dtype=float)), 0.0),
        employment=tuple(value if isinstance(value, str) else "employee" for value in table["employment"]),
        posts_assumed=assumed,
    )


def _fte(table: pd.DataFrame) -> np.ndarray:
    """Contracted FTE as given; 1.0 where neither FTE nor hours are given (intake has said so)."""
    fte = table["fte"].to_numpy(dtype=float, copy=True)
    fte[np.isnan(fte) & np.isnan(table["hours_per_week"].to_numpy(dtype=float))] = FTE_WHERE_NONE_IS_GIVEN
    return fte


def _week(plan: Plan, times: TravelTimes, schools_served: int) -> tuple[float, float]:
    """(minutes of the legs that are known, legs that count as one move) in a week."""
    if not plan:
        return 0.0, float(max(0, schools_served - 1))
    known = [times.leg(*leg)[0] for leg in legs(plan)]
    return float(sum(minutes for minutes in known if minutes is not None)), float(known.count(None))

"""The answer as tables: one row per therapist, per school, per (therapist, school), and the district.

Roll-ups are sums over sums. `gap_fte` is available minus required: negative is short.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from workload.model.roster import UNASSIGNED
from workload.model.units import hours
from workload.staffing.ratios import ratio
from workload.staffing.required import Staffing
from workload.work.activities import CODES

HOURS = tuple(f"{code}_hours" for code in CODES)
OT, OTA = "OT", "OTA"
TEXT = ("therapist", "role", "school", "employment")


def roles(staffing: Staffing) -> list[str | None]:
    """The role of each person; None for Unassigned."""
    return [OTA if ota else OT for ota in staffing.demand.people.is_ota[:-1]] + [None]


def cells_table(staffing: Staffing) -> pd.DataFrame:
    """One row per (therapist, school): hours by activity, workload, required, available and gap.

    Columns: therapist, role, school, student_hours, therapist_hours, the 15 activity hours, workload_hours,
    required_fte, available_fte, gap_fte.
    """
    demand, week = staffing.demand, staffing.full_week
    names, schools, role = (
        np.array(each, dtype=object) for each in (demand.therapists, demand.schools, roles(staffing))
    )
    table = pd.DataFrame(
        {
            "therapist": pd.Series(names[demand.therapist], dtype=object),
            "role": pd.Series(role[demand.therapist], dtype=object),
            "school": pd.Series(schools[demand.school], dtype=object),
            "student_hours": hours(demand.student_minutes) / demand.weeks,
            "therapist_hours": hours(demand.therapist_minutes) / demand.weeks,
            **dict(zip(HOURS, staffing.hours.T, strict=True)),
        }
    )
    table["workload_hours"] = staffing.hours.sum(axis=1)
    table["required_fte"] = table["workload_hours"] / week
    table["available_fte"] = staffing.available_fte
    table["gap_fte"] = table["available_fte"] - table["required_fte"]
    return table[cells_told(staffing)].reset_index(drop=True)


def cells_told(staffing: Staffing) -> np.ndarray:
    """(K,) cells with work or time: the others are no row of the table."""
    return (staffing.hours.sum(axis=1) > 0) | (staffing.available_fte > 0)


def therapists_table(staffing: Staffing) -> pd.DataFrame:
    """One row per person in post, in alphabetical order; Unassigned last and only when there is such work."""
    demand = staffing.demand
    table = _with_gap(
        staffing,
        staffing.person_hours,
        {
            "therapist": demand.therapists,
            "role": roles(staffing),
            "employment": [*demand.people.employment, ""],
            "schools": demand.schools_served,
            "caseload": demand.caseload_of_person,
            "student_hours": hours(staffing.by_person(demand.student_minutes)) / demand.weeks,
            "therapist_hours": hours(staffing.by_person(demand.therapist_minutes)) / demand.weeks,
            "contracted_fte": staffing.contracted_fte,
            "available_hours": staffing.available_hours,
            "available_fte": staffing.available_hours / staffing.full_week,
        },
        {
            "utilization": ratio(staffing.person_hours.sum(axis=1), staffing.available_hours),
            "student_minutes_at_risk": staffing.minutes_at_risk,
            "student_minutes_at_risk_alike": staffing.given_way_alike.student_minutes,
            "on_leave": demand.people.on_leave,
        },
    )
    has_unassigned = staffing.person_hours[-1].sum() > 0 or demand.caseload_of_person[-1] > 0
    return table if has_unassigned else table.iloc[:-1]


def schools_table(staffing: Staffing, listed: Mapping[str, Any] = MappingProxyType({})) -> pd.DataFrame:
    """One row per school, in alphabetical order; "No school" last and only when something stands there.

    listed  further columns, a value for each school of the demand
    """
    demand, known = staffing.demand, staffing.demand.people.posts_known
    table = _with_gap(
        staffing,
        staffing.school_hours,
        {
            "school": demand.schools,
            "caseload": demand.caseload_of_school,
            "student_hours": hours(staffing.by_school(demand.student_minutes)) / demand.weeks,
            "therapist_hours": hours(staffing.by_school(demand.therapist_minutes)) / demand.weeks,
            "available_fte": np.where(known, staffing.by_school(staffing.available_fte), np.nan),
        },
        listed,
    )
    last = table.iloc[-1]
    nothing = last["workload_hours"] == 0 and not last["available_fte"] > 0 and last["caseload"] == 0
    return table.iloc[:-1] if nothing else table


def _with_gap(
    staffing: Staffing,
    activity_hours: np.ndarray,
    columns: Mapping[str, Iterable[object]],
    last: Mapping[str, Any],
) -> pd.DataFrame:
    """A table with hours by activity, workload, required, gap and shortfall added, and the columns in `last` at its end."""
    made: dict[str, Any] = {
        name: np.array([*values], dtype=object) if name in TEXT else np.asarray(values)
        for name, values in columns.items()
    }
    made.update(zip(HOURS, activity_hours.T, strict=True))
    made["workload_hours"] = activity_hours.sum(axis=1)
    made["required_fte"] = made["workload_hours"] / staffing.full_week
    made["gap_fte"] = made["available_fte"] - made["required_fte"]
    made["shortfall_fte"] = np.maximum(0.0, -made["gap_fte"])
    return table_of_arrays({**made, **last})


def table_of_arrays(columns: Mapping[str, Any]) -> pd.DataFrame:
    """`pd.DataFrame(columns)` for arrays of one length, without the question what each might be: a quarter of its time."""
    arrays = list(columns.values())
    rows = pd.RangeIndex(len(arrays[0]))
    return pd.DataFrame._from_arrays(arrays, columns=_names(tuple(columns)), index=rows, verify_integrity=False)


@cache
def _names(columns: tuple[str, ...]) -> pd.Index:
    return pd.Index(columns)


def required_and_gap(staffing: Staffing) -> tuple[float, float]:
    """The district's FTE required and its gap; the gap is NaN while nobody has said who is in post."""
    workload, available, week = staffing.person_hours.sum(), staffing.available_hours.sum(), staffing.full_week
    return float(workload / week), float((available - workload) / week)


def district_figures(staffing: Staffing) -> pd.Series:
    """The district's figures as one labelled row; utilization is NaN when nobody is available.

    `shortfall_fte` is the positive part of the district's own gap; `shortfall_total_fte` adds up the persons
    who are short, so surplus in one post does not hide shortage in another.
    """
    demand = staffing.demand
    workload, available = staffing.person_hours.sum(), staffing.available_hours.sum()
    week, (required, gap) = staffing.full_week, required_and_gap(staffing)
    figures = {
        "caseload": demand.caseload,
        "students_evaluation_only": demand.events.evaluation_only,
        "service_lines": len(demand.lines.row),
        "student_hours": float(hours(demand.student_minutes.sum()) / demand.weeks),
        "therapist_hours": float(hours(demand.therapist_minutes.sum()) / demand.weeks),
        **dict(zip(HOURS, staffing.person_hours.sum(axis=0).tolist(), strict=True)),
        "workload_hours": float(workload),
        "available_hours": float(available),
        "utilization": float(ratio(workload, available)),
        "required_fte": required,
        "contracted_fte": float(staffing.contracted_fte.sum()),
        "available_fte": float(available / week),
        "gap_fte": gap,
        "shortfall_fte": float(np.maximum(0.0, (workload - available) / week)),
        "shortfall_total_fte": float(staffing.hours_short.sum() / week),
        "student_minutes_at_risk": float(staffing.minutes_at_risk.sum()),
        "student_minutes_at_risk_alike": float(staffing.given_way_alike.student_minutes.sum()),
    }
    return pd.Series(figures, dtype=object)


def by_role_table(staffing: Staffing) -> pd.DataFrame:
    """Required, available and gap FTE of OTs (with Unassigned) and OTAs, indexed by role."""
    is_ota, known = staffing.demand.people.is_ota, staffing.demand.people.posts_known
    required, available = (
        np.array([values[~is_ota].sum(), values[is_ota].sum()]) / staffing.full_week
        for values in (staffing.workload, staffing.available_hours)
    )
    available = np.where(known, available, np.nan)
    columns = {"required_fte": required, "available_fte": available, "gap_fte": available - required}
    return pd.DataFrame(columns, index=pd.Index([OT, OTA], name="role"))


def unsized_groups_fte(staffing: Staffing) -> dict[str, float]:
    """Required FTE of the district if group lines without a size are all individual, and if all are in groups.

    The second takes the assumed group size. Only direct time and work on behalf shrink with the group.
    """
    values = staffing.assumptions
    saved_minutes = staffing.demand.unsized_minutes.sum() * (1 - 1 / values["assumed_group_size"])
    saved_hours = hours(saved_minutes) / staffing.demand.weeks * (1 + values["on_behalf_ratio"])
    required = staffing.person_hours.sum() / staffing.full_week
    return {
        "all_individual": float(required),
        "all_in_groups": float(required - saved_hours / (1 - values.category_share) / staffing.full_week),
    }


def codes_for(therapists: pd.DataFrame) -> dict[str, str]:
    """A neutral code for each person in the order of the table: "OT 1", "OT 2", "OTA 1"."""
    numbered: dict[str | None, int] = {}
    codes = {}
    for name, role in zip(therapists["therapist"], therapists["role"], strict=True):
        if name == UNASSIGNED:
            continue
        numbered[role] = numbered.get(role, 0) + 1
        codes[name] = f"{role} {numbered[role]}"
    return codes

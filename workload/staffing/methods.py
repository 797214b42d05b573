"""The same district by other published methods: each a plain formula with its source and what it leaves out.

The results answer different questions; differences come from groups, overhead and travel, and a multiplier
that already holds meetings must never be added to itemized time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workload.staffing.range_ import Range
from workload.staffing.wisn import Staffing
from workload.units import hours

NC_HOURS_HIGH, NC_HOURS_LOW = 35, 40          # IEP hours of one FTE; the smaller divisor gives the larger need
NC_MULTIPLIER = 1.5
DIRECT_THRESHOLD_HOURS = 24
NYSED_USES = (1.0, 0.8)
HALF_HOUR_MINUTES = 30


@dataclass(frozen=True)
class MethodResult:
    """One method's required FTE for the district, low to high, with its force, source and limits."""

    method: str
    label: str
    low: float
    high: float
    force: str
    evidence: str
    source: str
    inputs: str
    leaves_out: str
    not_with: str = ""


def nc_iep_hours(student_minutes_per_week) -> float:
    """Sum of students' IEP hours a week, groups not collapsed. Source: NC Workload Assessment."""
    return float(hours(np.sum(student_minutes_per_week)))


def fte_of_hours(hours_per_week: float, full_week: float) -> float:
    """Hours a week over the hours of one full-time post."""
    return hours_per_week / full_week


def share_served(students: float, enrolled: float) -> float:
    """Students served over students enrolled, a share between 0 and 1."""
    return students / enrolled


def students_per_fte(students: float, fte: float) -> float:
    """Students served for each full-time post."""
    return students / fte


def fte_of_caseload(students: float, cap: float) -> float:
    """FTE by head count: students over the caseload of one full-time post."""
    return students / cap


def flynn_ratio(all_hours: float, iep_intervention_hours: float) -> float:
    """All hours worked for each hour of IEP intervention, from a time study. UNCG / Easterseals 2023."""
    return all_hours / iep_intervention_hours


def flynn_fte(iep_hours: float, flynn: float, scheduled_hours: float) -> float:
    """FTE from IEP hours a week, the Flynn ratio and the scheduled week."""
    return iep_hours * flynn / scheduled_hours


def nysed_staff(mandated_half_hours: float, days: float, half_hours_a_day: float, use: float) -> float:
    """Staff for mandated half-hour sessions a year when `use` of each day's half-hours is delivered.

    Source: NYSED Rate Setting Unit, Related Services Efficiency, 2007 (equation rebuilt from its labels).
    """
    return mandated_half_hours / (days * half_hours_a_day * use)


def delaware_units(k3: float, grades_4_12: float, basic: float, intensive: float, complex_: float) -> float:
    """Funding units for all related services together. Source: 14 Del. C. §1716A."""
    return (k3 + grades_4_12 + basic) / 57 + intensive / 5.5 + complex_ / 3


def three_to_one_cycle(weekly_minutes: float) -> tuple[float, float]:
    """(minutes a four-week cycle, minutes in each of its three direct weeks) when the total is kept."""
    cycle = weekly_minutes * 4
    return cycle, cycle / 3


def moments_half_width(share: float, moments: int) -> float:
    """Half-width of the 95 % interval of a share seen in random moments. Normal approximation."""
    return 1.96 * (share * (1 - share) / moments) ** 0.5


def methods_side_by_side(staffing: Staffing, spread: Range) -> list[MethodResult]:
    """Every method that the roster alone can feed, the house method first."""
    demand, week = staffing.demand, staffing.full_week
    required = float(staffing.workload.sum() / week)
    student_minutes = demand.student_minutes / demand.weeks
    direct = float(staffing.person_hours[:, 0].sum())
    iep_hours = nc_iep_hours(student_minutes)
    sessions = float(demand.student_minutes.sum() / HALF_HOUR_MINUTES)
    half_hours = week / 5 * 2
    days = demand.weeks * 5
    staff = [nysed_staff(sessions, days, half_hours, use) for use in NYSED_USES]
    return [
        MethodResult(
            "wisn-itemized", "Itemized workload (this tool's method)", min(spread.p10, required),
            max(spread.p90, required), "guidance", "V",
            "World Health Organization, Workload Indicators of Staffing Need; the standards are the district's",
            "every line, evaluation, meeting and trip", "nothing that the district has told",
            "do not add a multiplier to it"),
        MethodResult(
            "nc-iep-hours", "IEP hours (SLP benchmark)", fte_of_hours(iep_hours, NC_HOURS_LOW),
            fte_of_hours(iep_hours, NC_HOURS_HIGH), "guidance", "V-part",
            "North Carolina Workload Assessment for SLPs, a small sample",
            f"{iep_hours:.1f} student hours a week; 40 to 35 hours are one FTE",
            "groups are not collapsed; evaluations, meetings, travel are not counted apart"),
        MethodResult(
            "nc-direct-1.5", "Direct hours × 1.5", fte_of_hours(NC_MULTIPLIER * direct, week),
            fte_of_hours(NC_MULTIPLIER * direct, week), "guidance", "R",
            "North Carolina Workload Assessment; the division by the full week is ours",
            f"{direct:.1f} direct therapist hours a week, groups collapsed",
            "the district's own evaluations, travel and supervision",
            "the 1.5 already holds IEPs, conferences and Medicaid: never add itemized time"),
        MethodResult(
            "nysed-sessions", "Half-hour sessions (New York), 100 % and 80 % of the day", min(staff), max(staff), "guidance", "R",
            "New York State Education Department, Rate Setting Unit, 2007; equation rebuilt from its outputs",
            f"{sessions:,.0f} half-hour student sessions a year; {days:g} days of {half_hours:g} half-hours",
            "groups, evaluations, meetings, travel"),
        MethodResult(
            "direct-24", "24 direct hours a week", fte_of_hours(direct, DIRECT_THRESHOLD_HOURS),
            fte_of_hours(direct, DIRECT_THRESHOLD_HOURS), "guidance", "S",
            "OT Schoolhouse Podcast 168, 2025 (the phrase; its reasoning was not readable)",
            f"{direct:.1f} direct therapist hours a week", "everything but direct time; a rule of thumb"),
    ]

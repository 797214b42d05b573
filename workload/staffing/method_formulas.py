"""The published formulas themselves: from hours, heads or units to posts, each with its source and nothing else."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from workload.model.units import hours

NC_HOURS_HIGH, NC_HOURS_LOW = 35, 40  # IEP hours of one FTE; the smaller divisor gives the larger need
NC_MULTIPLIER = 1.5
DIRECT_THRESHOLD_HOURS = 24
NYSED_USES = (1.0, 0.8)
HALF_HOUR_MINUTES = 30
CYCLE_WEEKS, DIRECT_WEEKS = 4, 3  # the 3:1 model


def nc_iep_hours(student_minutes_per_week: ArrayLike) -> float:
    """Sum of students' IEP hours a week, groups not collapsed. Source: NC Workload Assessment."""
    return float(hours(np.sum(student_minutes_per_week)))


def fte_of_hours(hours_per_week: float, full_week: float) -> float:
    """Hours a week over the hours of one full-time post."""
    return hours_per_week / full_week


def fte_of_caseload(students: float, cap: float) -> float:
    """FTE by head count: students over the caseload of one full-time post."""
    return students / cap


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


def three_to_one_weeks(instructional_weeks: float) -> tuple[float, float]:
    """(direct weeks, indirect weeks) of the year: 27 and 9 of 36."""
    direct = instructional_weeks * DIRECT_WEEKS / CYCLE_WEEKS
    return direct, instructional_weeks - direct


def moments_half_width(share: float, moments: int) -> float:
    """Half-width of the 95 % interval of a share seen in random moments. Normal approximation."""
    return 1.96 * (share * (1 - share) / moments) ** 0.5

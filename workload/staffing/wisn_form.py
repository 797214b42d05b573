"""WHO's Workload Indicators of Staffing Need in its yearly form, for published examples and for checks.

The house method is the same form with weekly hours; see `staffing.wisn`.
"""

from __future__ import annotations

from collections.abc import Iterable


def available_working_time(possible_days: float, absent_days: float, hours_per_day: float) -> float:
    """Hours a year that one person can work: days less holidays, leave, sickness and training, times the day."""
    return (possible_days - absent_days) * hours_per_day


def allowance_factor(category_share):
    """Multiplier that a share of working time becomes: 1 / (1 - share). 20 % of the week is 1.25.

    Raises `ValueError` when the share leaves no time for work.
    """
    if not 0 <= category_share < 1:
        raise ValueError(f"the category share must be at least 0 and less than 1, got {category_share}")
    return 1 / (1 - category_share)


def required_staff(
    service_hours: float, available_hours: float, category_share: float = 0.0, individual_hours: float = 0.0
) -> float:
    """Staff required for a year's work. All hours are hours a year; available_hours are one person's.

    Source: World Health Organization, WISN user's manual.
    """
    service_staff = service_hours / available_hours
    return service_staff * allowance_factor(category_share) + individual_hours / available_hours


def wisn_ratio(existing: float, required: float) -> float:
    """Existing over required staff: below one is short."""
    return existing / required


def pooled_ratio(existing: Iterable[float], required: Iterable[float]) -> float:
    """The ratio of several units: sum over sum, never the mean of their ratios."""
    return sum(existing) / sum(required)


def standard_with_measurements(measured: float, count: int, prior: float, prior_weight: float = 5) -> float:
    """A standard blended from what was measured and what was assumed, weighted by how much was seen."""
    return (count * measured + prior_weight * prior) / (count + prior_weight)

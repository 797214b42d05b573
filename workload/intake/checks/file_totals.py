"""The whole file at a glance: how many students, how many minutes, who has the most, and whether that can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workload.intake.phrases.bounds import MOST_WEEKLY_MINUTES
from workload.intake.phrases.meanings import weeks_in_period
from workload.model.coding import codes_of, repeated
from workload.model.issues import WARNING, Issue

# Rules of thumb, as are the bounds for single rows: beyond them a slip of the whole file is likelier than services.
LEAST_MEDIAN_MINUTES = 5
FEWEST_STUDENTS = 5  # below this a median says little
LARGEST = 5


@dataclass(frozen=True)
class Panel:
    """What was read of all service rows together. Minutes are student minutes a week in a year of 36 weeks.

    All lines of the regular year count here, whatever their dates; rows that are alike in every column count once.
    largest is (pseudonym, weekly minutes), most first. `is_unusual` asks for a look before going on.
    """

    students: int = 0
    students_without_minutes: int = 0
    lines: int = 0
    weekly_minutes: float = 0.0
    median_weekly_minutes: float | None = None
    largest: tuple[tuple[str, float], ...] = ()
    is_unusual: bool = False


def panel_of(services: pd.DataFrame, codes: np.ndarray) -> Panel:
    """The panel of the roster's services table. codes: the number of each line's student, from 0 on."""
    if services.empty:
        return Panel()
    students = int(codes.max()) + 1
    weekly = weekly_minutes(services)
    weekly = np.where(_repeats(services, codes), 0.0, weekly)
    known = ~np.isnan(weekly)
    totals = np.bincount(codes[known], weekly[known], minlength=students)
    counted = np.flatnonzero(np.bincount(codes[known], minlength=students))
    own = totals[counted]
    median = float(np.median(own)) if len(own) else None
    order = counted[np.argsort(-own, kind="stable")][:LARGEST]
    is_odd = median is not None and not LEAST_MEDIAN_MINUTES <= median <= MOST_WEEKLY_MINUTES
    unusual = len(own) >= FEWEST_STUDENTS and is_odd
    return Panel(
        students,
        students - len(own),
        len(services),
        float(own.sum()),
        median,
        tuple((services["student"].iloc[int(np.argmax(codes == at))], float(totals[at])) for at in order),
        unusual,
    )


def weekly_minutes(services: pd.DataFrame) -> np.ndarray:
    """Student minutes a week of each line with the calendar every district starts from; NaN where the line does not
    say, and for lines outside of the regular year."""
    codes, periods = pd.factorize(services["period"].to_numpy(dtype=object))
    weeks = np.array([float(weeks_in_period(period)) for period in periods] + [np.nan])[codes]
    minutes = services["total_minutes"].to_numpy(dtype=float) / weeks
    return np.where(services["esy"].to_numpy(dtype=bool), np.nan, minutes)


def _repeats(services: pd.DataFrame, codes: np.ndarray) -> np.ndarray:
    """Which lines repeat an earlier one in everything but their place; a cheap look first, as most rosters have none."""
    again = repeated(codes, *(codes_of(services[name]) for name in ("total_minutes", "start")))
    if not again.any():
        return again
    own = services.loc[again].drop(columns=["file", "sheet", "row", "as_written"]).duplicated().to_numpy()
    again[again] = own
    return again


def unusual_totals(panel: Panel) -> Iterator[Issue]:
    """A warning when the file as a whole cannot be: hours read as minutes, or a factor of ten."""
    if not panel.is_unusual:
        return
    high = (panel.median_weekly_minutes or 0) > MOST_WEEKLY_MINUTES
    bound = f"more than {MOST_WEEKLY_MINUTES}" if high else f"less than {LEAST_MEDIAN_MINUTES}"
    yield Issue(
        "totals-unusual",
        WARNING,
        f"Half of the {panel.students:,} students have {panel.median_weekly_minutes:,.4g} "
        f"minutes a week or {'more' if high else 'less'}; {bound} is unusual for occupational therapy in schools. "
        f"Together they have {panel.weekly_minutes:,.0f} minutes a week. A whole column may be in another unit or period.",
        "Look at the unit and the period of the minutes before you use the answer. Nothing was changed.",
    )

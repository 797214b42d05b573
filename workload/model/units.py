"""Conversions of time and distance. The only place in the project that divides by sixty."""

from __future__ import annotations

from typing import Any

MINUTES_PER_HOUR = 60
DAYS_PER_SCHOOL_WEEK = 5
DAYS_PER_CALENDAR_WEEK = 7
KILOMETERS_PER_MILE = 1.609344
NOTHING_FTE = 1e-12  # no FTE, but the last digit of a sum
EARTH_RADIUS_MILES = 6371.0088 / KILOMETERS_PER_MILE  # mean radius, International Union of Geodesy


def hours(minutes: Any) -> Any:
    """Minutes to hours, exactly: 10 minutes are a sixth of an hour. Numbers or arrays.

    >>> hours(90)
    1.5
    """
    return minutes / MINUTES_PER_HOUR


def minutes(hours_: Any) -> Any:
    """Hours to minutes. Numbers or arrays.

    >>> minutes(1.5)
    90.0
    """
    return hours_ * MINUTES_PER_HOUR

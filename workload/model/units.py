"""Conversions of time and distance. The only place in the project that divides by sixty."""

MINUTES_PER_HOUR = 60
DAYS_PER_SCHOOL_WEEK = 5
DAYS_PER_CALENDAR_WEEK = 7
KILOMETERS_PER_MILE = 1.609344
EARTH_RADIUS_MILES = 6371.0088 / KILOMETERS_PER_MILE  # mean radius, International Union of Geodesy


def hours(minutes):
    """Minutes to hours, exactly: 10 minutes are a sixth of an hour. Numbers or arrays."""
    return minutes / MINUTES_PER_HOUR


def minutes(hours_):
    """Hours to minutes. Numbers or arrays."""
    return hours_ * MINUTES_PER_HOUR

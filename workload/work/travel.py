"""Travel between schools: day plans, legs, and the minutes of a leg."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

import numpy as np
import pandas as pd

from workload.model.units import EARTH_RADIUS_MILES, minutes

ROAD_FACTOR = 1.3  # road miles a great-circle mile; project choice, said wherever it is used
MILES_PER_HOUR = 30  # door to door in a district; project choice, said wherever it is used

Plan = tuple[tuple[str, ...], ...]


def parse_day_plan(text: str | None) -> Plan:
    """The schools of each working day: "Mon: Oak; Tue: Oak, Elm" gives (("Oak",), ("Oak", "Elm")).

    A day without schools is left out. No text gives an empty plan.
    """
    if not text:
        return ()
    days = []
    for part in text.replace("\n", ";").split(";"):
        names = part.split(":", 1)[-1]
        schools = tuple(name.strip() for name in names.split(",") if name.strip())
        if schools:
            days.append(schools)
    return tuple(days)


def great_circle_miles(latitude: float, longitude: float, latitude_2: float, longitude_2: float) -> float:
    """Distance over the earth's surface in miles (haversine, mean radius). Degrees in."""
    half_north = radians(latitude_2 - latitude) / 2
    half_east = radians(longitude_2 - longitude) / 2
    chord = sin(half_north) ** 2 + cos(radians(latitude)) * cos(radians(latitude_2)) * sin(half_east) ** 2
    return 2 * EARTH_RADIUS_MILES * asin(sqrt(min(1.0, chord)))


def drive_minutes(miles: float) -> float:
    """Minutes of a drive over so many great-circle miles: 1.3 road miles for each, at 30 miles an hour."""
    return minutes(miles * ROAD_FACTOR / MILES_PER_HOUR)


@dataclass(frozen=True, eq=False)
class TravelTimes:
    """What is known of the way between two schools."""

    table: Mapping[tuple[str, str], float]
    coordinates: Mapping[str, tuple[float, float]]
    arrival: float = 0.0  # minutes to sign in and set up, added to a drive that is known

    @classmethod
    def of(cls, travel: pd.DataFrame, schools: pd.DataFrame, arrival: float = 0.0) -> TravelTimes:
        """From the Travel and Schools tables. A pair that is listed twice keeps the longer time.

        arrival  minutes after each known drive; one move holds them already
        """
        table: dict[tuple[str, str], float] = {}
        for origin, destination, time in zip(travel["from"], travel["to"], travel["minutes"], strict=True):
            if isinstance(origin, str) and isinstance(destination, str) and time == time:
                table[origin, destination] = max(time, table.get((origin, destination), time))
        placed = zip(schools["school"], schools["latitude"], schools["longitude"], strict=True)
        coordinates = {
            name: (latitude, longitude)
            for name, latitude, longitude in placed
            if isinstance(name, str) and latitude == latitude and longitude == longitude
        }
        return cls(table, coordinates, arrival)

    def leg(self, origin: str, destination: str) -> tuple[float | None, str]:
        """(minutes, how known) of one leg; minutes are None where the leg counts as one move."""
        if origin == destination:
            return 0.0, "same school"
        for pair in ((origin, destination), (destination, origin)):
            if pair in self.table:
                return self.table[pair] + self.arrival, "Travel sheet"
        if origin in self.coordinates and destination in self.coordinates:
            miles = great_circle_miles(*self.coordinates[origin], *self.coordinates[destination])
            return drive_minutes(miles) + self.arrival, "coordinates"
        return None, "one move"


def legs(plan: Plan) -> Sequence[tuple[str, str]]:
    """The legs of a week: from each school of a day to the next one of that day."""
    return [pair for day in plan for pair in zip(day, day[1:], strict=False)]


def moves_by_visits(person: np.ndarray, visits: np.ndarray, count: int) -> np.ndarray:
    """Moves a week of each person who has no day plan, shape (count,).

    Each school but the busiest is one move for each session there, at most one a week: two sessions a year are no
    weekly trip.

    person  whose school it is, one element for each person and school
    visits  sessions a week there
    """
    trips, busiest = np.minimum(1.0, visits), np.zeros(count)
    np.maximum.at(busiest, person, trips)
    return np.bincount(person, trips, minlength=count) - busiest

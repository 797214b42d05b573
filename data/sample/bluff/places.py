"""The 24 invented schools of Bluff County, where they stand, and how long the drives between them take."""

from __future__ import annotations

import math
from dataclasses import dataclass

# South-west corner of the invented county. The rectangle is 35 miles wide and 25 miles high.
CORNER_LATITUDE = 42.300
CORNER_LONGITUDE = -100.800
MILES_PER_DEGREE_LATITUDE = 69.0
MILES_PER_DEGREE_LONGITUDE = 51.0
EARTH_RADIUS_MILES = 3958.8
ROAD_FACTOR = 1.3
ROAD_MILES_PER_HOUR = 30.0
SHORTEST_DRIVE_MINUTES = 4

GRADES = {
    "Elementary": ("K", "1", "2", "3", "4", "5"),
    "Middle": ("6", "7", "8"),
    "High": ("9", "10", "11", "12"),
    "Preschool": ("PK",),
    "Alternative": ("7", "8", "9", "10", "11", "12"),
}


@dataclass(frozen=True)
class School:
    """One school: its short code, name, level, enrollment, and place in degrees."""

    code: str
    name: str
    level: str
    enrollment: int | None
    latitude: float
    longitude: float
    region: str


def _school(code: str, name: str, level: str, enrollment: int, east: float, north: float, region: str) -> School:
    """A school ``east`` and ``north`` miles from the county's south-west corner."""
    latitude = round(CORNER_LATITUDE + north / MILES_PER_DEGREE_LATITUDE, 4)
    longitude = round(CORNER_LONGITUDE + east / MILES_PER_DEGREE_LONGITUDE, 4)
    return School(code, name, level, enrollment, latitude, longitude, region)


SCHOOLS: tuple[School, ...] = (
    _school("LIN", "Lincoln Elementary", "Elementary", 522, 9.8, 13.1, "Marrow Bluff"),
    _school("CRE", "Cedar Ridge Elementary", "Elementary", 486, 7.4, 15.0, "Marrow Bluff"),
    _school("PRV", "Prairie View Elementary", "Elementary", 457, 11.9, 14.6, "Marrow Bluff"),
    _school("SUN", "Sunset Hills Elementary", "Elementary", 431, 8.3, 10.9, "Marrow Bluff"),
    _school("WIL", "Willow Bend Elementary", "Elementary", 408, 11.2, 10.4, "Marrow Bluff"),
    _school("CRM", "Cedar Ridge Middle School", "Middle", 688, 7.7, 15.6, "Marrow Bluff"),
    _school("HAR", "Harrow Middle School", "Middle", 641, 10.6, 11.5, "Marrow Bluff"),
    _school("BCH", "Bluff County High School", "High", 1312, 9.1, 12.2, "Marrow Bluff"),
    _school("NBH", "North Bluff High School", "High", 1014, 10.9, 16.8, "Marrow Bluff"),
    _school("LBP", "Little Bluffs Preschool Center", "Preschool", 164, 10.1, 13.9, "Marrow Bluff"),
    _school("PTH", "Pathways Alternative School", "Alternative", 83, 8.8, 13.6, "Marrow Bluff"),
    _school("TES", "Tessaly Elementary", "Elementary", 396, 25.6, 14.2, "Tessaly"),
    _school("ORC", "Orchard Lane Elementary", "Elementary", 371, 27.3, 12.9, "Tessaly"),
    _school("TEM", "Tessaly Middle School", "Middle", 478, 26.1, 13.3, "Tessaly"),
    _school("TEH", "Tessaly High School", "High", 643, 26.9, 14.9, "Tessaly"),
    _school("STM", "Stone Mill Elementary", "Elementary", 264, 30.8, 9.7, "Tessaly"),
    _school("QFE", "Quill Fork Elementary", "Elementary", 312, 15.9, 3.2, "Quill Fork"),
    _school("QFM", "Quill Fork Middle School", "Middle", 354, 16.4, 3.9, "Quill Fork"),
    _school("QFH", "Quill Fork High School", "High", 429, 15.3, 4.4, "Quill Fork"),
    _school("FER", "Ferry Landing Elementary", "Elementary", 176, 23.0, 2.1, "Quill Fork"),
    _school("ANE", "Antler Creek Elementary", "Elementary", 191, 13.2, 22.7, "North Range"),
    _school("ANM", "Antler Creek Middle School", "Middle", 209, 13.6, 23.1, "North Range"),
    _school("DRY", "Dry Lake Elementary", "Elementary", 143, 3.1, 21.8, "North Range"),
    _school("WND", "Windmill Elementary", "Elementary", 229, 32.4, 20.6, "North Range"),
)

BY_CODE: dict[str, School] = {school.code: school for school in SCHOOLS}


def great_circle_miles(one: School, other: School) -> float:
    """Distance over the globe in miles (haversine)."""
    lat_1, lat_2 = math.radians(one.latitude), math.radians(other.latitude)
    half_lat = (lat_2 - lat_1) / 2
    half_lon = math.radians(other.longitude - one.longitude) / 2
    inner = math.sin(half_lat) ** 2 + math.cos(lat_1) * math.cos(lat_2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_MILES * math.asin(math.sqrt(inner))


def drive_minutes(one: School, other: School) -> int:
    """Whole drive minutes: great circle x 1.3 at 30 miles an hour, never under four."""
    hours = great_circle_miles(one, other) * ROAD_FACTOR / ROAD_MILES_PER_HOUR
    return max(SHORTEST_DRIVE_MINUTES, round(hours * 60))

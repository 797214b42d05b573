"""The invented students placed on the real schools of one county, to try travel times from coordinates."""

from __future__ import annotations

import csv
import statistics
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from .district import District
from .places import School


@dataclass(frozen=True)
class RealSchool:
    """A school of the federal directory with usable coordinates."""

    nces_id: str
    name: str
    level: str
    enrollment: int | None
    latitude: float
    longitude: float
    district: str


def _number(text: str) -> float | None:
    """A number, or nothing for the directory's own marks of a missing value."""
    try:
        return float(text)
    except ValueError:
        return None


def _level(low: str, high: str, name: str) -> str:
    """The level of a school from its lowest and highest grade."""
    if "alternative" in name.lower():
        return "Alternative"
    top = {"PK": -1, "KG": 0}.get(high, int(high) if high.isdigit() else 99)
    bottom = {"PK": -1, "KG": 0}.get(low, int(low) if low.isdigit() else 99)
    if top <= 0:
        return "Preschool"
    if bottom <= 2 and top <= 6:
        return "Elementary"
    if 5 <= bottom <= 7 and top <= 9:
        return "Middle"
    return "High" if bottom in (9, 10) and top == 12 else "Other"


def read_county(schools_csv: Path, county: str) -> list[RealSchool]:
    """Open schools of one county (``"King"`` or ``"King County"``) with a place and a plain, unique name."""
    wanted = county.lower().removesuffix(" county")
    with Path(schools_csv).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["County Name*"].lower().removesuffix(" county") == wanted]
    times = Counter(row["School Name"].strip() for row in rows)
    found: list[RealSchool] = []
    for row in rows:
        latitude, longitude = _number(row["Latitude"]), _number(row["Longitude"])
        name = row["School Name"].strip()
        # Names with the marks of a day plan would be cut apart in the Therapists sheet.
        plain = times[name] == 1 and not any(mark in name for mark in ",;:")
        if not plain or row["Status"] != "Open" or latitude is None or longitude is None:
            continue
        students = _number(row["Students*"])
        found.append(
            RealSchool(
                row["NCES School ID"],
                name,
                _level(row["Low Grade*"], row["High Grade*"], name),
                None if students is None else int(students),
                latitude,
                longitude,
                row["District"],
            )
        )
    return sorted(found, key=lambda school: school.nces_id)


def _nearest(schools: list[RealSchool]) -> list[RealSchool]:
    """The schools by their distance from the middle of the county's schools."""
    middle_lat = statistics.median(school.latitude for school in schools)
    middle_lon = statistics.median(school.longitude for school in schools)
    # Here a degree of longitude is about two thirds of one of latitude; enough for an order.
    return sorted(
        schools,
        key=lambda school: (
            (school.latitude - middle_lat) ** 2 + ((school.longitude - middle_lon) * 2 / 3) ** 2,
            school.nces_id,
        ),
    )


def on_real_schools(district: District, schools_csv: Path, county: str) -> District:
    """The district with its schools replaced by real ones of the same level, nearest the county's middle.

    Raises ``ValueError`` when the county has fewer usable schools than the district needs.
    """
    found = read_county(schools_csv, county)
    real = _nearest(found) if found else []
    if len(real) < len(district.schools):
        raise ValueError(f"{county} has {len(real)} schools with coordinates; {len(district.schools)} are needed.")
    free = list(real)
    by_level: dict[str, RealSchool] = {}
    for school in district.schools:
        same = next((each for each in free if each.level == school.level), None)
        if same is not None:
            by_level[school.code] = same
            free.remove(same)
    placed: list[School] = []
    for school in district.schools:
        chosen = by_level.get(school.code) or free.pop(0)
        placed.append(
            replace(
                school,
                name=chosen.name,
                enrollment=chosen.enrollment,
                latitude=chosen.latitude,
                longitude=chosen.longitude,
                region=chosen.district,
            )
        )
    return replace(district, schools=tuple(placed), travel=())

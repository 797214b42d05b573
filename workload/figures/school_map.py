"""The schools in miles from their middle: no tiles, nothing fetched, no degrees. A line joins schools of one therapist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, isnan, radians, sqrt

import pandas as pd

from workload.figures.chart import layout
from workload.figures.placing import Frame, text_positions
from workload.figures.school_marks import School, label_of, named_dots
from workload.figures.tones import Tones
from workload.model.roster import NO_SCHOOL, UNASSIGNED
from workload.model.units import EARTH_RADIUS_MILES
from workload.model.words import count, shown

HEIGHT, SMALL_SCREEN, BAR_MILES = 352, 300, 5
SMALLEST_DOT, LARGEST_DOT = 10, 22  # pixels
APART, ROUNDS = 1.1, 60  # dots are moved apart to so many of their diameters; the rest they may keep
MOST_NAMED = 8
Place = tuple[float, float]


def placed(schools: Sequence[School]) -> list[School]:
    return [school for school in schools if not (isnan(school.north) or isnan(school.east))]


def in_miles(schools: Sequence[School]) -> list[Place]:
    """(miles east, miles north) of the middle of the schools; plain enough for a district, true in both directions."""
    if not schools:
        return []
    north = sum(school.north for school in schools) / len(schools)
    east = sum(school.east for school in schools) / len(schools)
    mile = radians(1) * EARTH_RADIUS_MILES  # miles for each degree of latitude
    return [((school.east - east) * mile * cos(radians(north)), (school.north - north) * mile) for school in schools]


def shared(cells: pd.DataFrame, places: Mapping[str, Place]) -> list[tuple[str, str]]:
    """Pairs of schools that one therapist serves: for each therapist the shortest lines that join all of them.

    cells  `Answer.cells`: one row for each therapist and school
    """
    own = cells[(cells["therapist"] != UNASSIGNED) & (cells["school"] != NO_SCHOOL) & (cells["workload_hours"] > 0)]
    pairs: dict[tuple[str, str], None] = {}
    for _, schools in own.groupby("therapist", sort=True)["school"]:
        left = [school for school in dict.fromkeys(schools) if school in places]
        joined = left[:1]
        left = left[1:]
        while left:
            near, far = min(
                ((a, b) for a in joined for b in left),
                key=lambda pair: (_miles(places[pair[0]], places[pair[1]]), pair),
            )
            pairs[(min(near, far), max(near, far))] = None
            joined.append(far)
            left.remove(far)
    return list(pairs)


def farthest_shared(cells: pd.DataFrame, places: Mapping[str, Place]) -> float:
    """Miles, as the crow flies, between the two farthest schools of one therapist; 0 where nobody has two on the map."""
    own = cells[(cells["therapist"] != UNASSIGNED) & (cells["workload_hours"] > 0)]
    return max(
        (
            _miles(places[one], places[other])
            for _, schools in own.groupby("therapist")["school"]
            for one in schools
            for other in schools
            if one in places and other in places
        ),
        default=0.0,
    )


def _miles(one: Place, other: Place) -> float:
    return sqrt((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2)


def spread(points: Sequence[Place], least: Sequence[float]) -> list[Place]:
    """Points that would cover each other are moved apart a little; `least` is what each needs around itself, in miles."""
    at = [list(point) for point in points]
    for _ in range(ROUNDS):
        moved = False
        for first, a in enumerate(at):
            for second in range(first):
                b, wanted = at[second], (least[first] + least[second]) / 2
                across, up = a[0] - b[0], a[1] - b[1]
                away = sqrt(across * across + up * up)
                if away >= wanted:
                    continue
                if away < 1e-6:  # on the same spot: one goes to the east
                    across, up, away = 1.0, 0.0, 1.0
                    push = wanted / 2
                else:
                    push = (wanted - away) / 2
                for point, sign in ((a, 1), (b, -1)):
                    point[0] += sign * across / away * push
                    point[1] += sign * up / away * push
                moved = True
        if not moved:
            break
    return [(x, y) for x, y in at]


def map_chart(
    schools: Sequence[School], pairs: Sequence[tuple[str, str]], tones: Tones, chosen: str | None = None
) -> dict:
    """Dots by hours, filled where short, with the school's name as customdata; a bar of five miles.

    schools  with coordinates, see `placed`
    pairs    see `shared`
    """
    most = max((school.hours for school in schools), default=1.0) or 1.0
    sizes = [SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * sqrt(max(school.hours, 0) / most) for school in schools]
    points = in_miles(schools)
    mile = _pixels_a_mile(points)
    points = spread(points, [size * APART / mile for size in sizes])
    x, y = _spans(points)
    at = dict(zip((school.name for school in schools), points, strict=True))
    largest = sorted(schools, key=lambda school: (not school.short, -school.hours, school.name))[:MOST_NAMED]
    named = {school.name for school in largest} | {chosen}
    texts = [label_of(school.name) if school.name in named else "" for school in schools]
    frame = Frame(x, y, (x[1] - x[0]) * mile, (y[1] - y[0]) * mile)
    positions = text_positions(points, texts, frame, [size / 2 for size in sizes])
    joined = [(at[one], at[other]) for one, other in pairs if one in at and other in at]
    lines = {
        "type": "scatter",
        "mode": "lines",
        "x": [value for one, other in joined for value in (one[0], other[0], None)] or [None],
        "y": [value for one, other in joined for value in (one[1], other[1], None)] or [None],
        "line": {"color": tones.edge, "width": 1.5},
        "hoverinfo": "skip",
    }
    marks = named_dots(schools, points, [round(size, 1) for size in sizes], texts, positions, tones)
    low = y[0] + (y[1] - y[0]) * 0.04
    bar = {"type": "line", "x0": x[1] - BAR_MILES, "x1": x[1], "y0": low, "y1": low}
    small = {"size": 13, "color": tones.soft}
    words = tones.words(f"{BAR_MILES} miles", x=x[1], y=low, xanchor="right", yanchor="bottom", font=small)
    hidden = {"visible": False, "fixedrange": True}
    return {
        "data": [lines, marks],
        "layout": layout(
            HEIGHT,
            margin={"l": 6, "r": 6, "t": 10, "b": 6},
            shapes=[{**bar, "line": {"color": tones.ink, "width": 3}}],
            annotations=[words],
            xaxis={**hidden, "range": list(x), "constrain": "domain"},
            yaxis={**hidden, "range": list(y), "scaleanchor": "x", "scaleratio": 1, "constrain": "domain"},
        ),
    }


def _spans(points: Sequence[Place]) -> tuple[Place, Place]:
    """The ranges of both axes with a margin; wide enough for the bar, also around one school."""
    spans = []
    for axis in (0, 1):
        low, high = (
            min((point[axis] for point in points), default=0.0),
            max((point[axis] for point in points), default=0.0),
        )
        margin = max((high - low) * 0.12, BAR_MILES)
        spans.append((low - margin, high + margin))
    return spans[0], spans[1]


def _pixels_a_mile(points: Sequence[Place]) -> float:
    """Of the drawing on a small screen."""
    x, y = _spans(points)
    return min(SMALL_SCREEN / (x[1] - x[0]), (HEIGHT - 16) / (y[1] - y[0]))


def map_words(schools: Sequence[School], pairs: Sequence[tuple[str, str]], without: int = 0) -> str:
    """The map for a reader without it."""
    missing = (
        f" {count(without, 'school')} without coordinates {'is' if without == 1 else 'are'} not on it."
        if without
        else ""
    )
    if not schools:
        return f"No school to show on a map.{missing}"
    short = ", ".join(school.name for school in schools if school.short) or "none"
    lead = "Provisionally short of time" if schools[0].provisional else "Short of time"
    gaps = f" {lead}: {short}." if any(school.gap for school in schools) else ""
    joined = "; ".join(f"{one} and {other}" for one, other in pairs[:12])
    return (
        f"A map of {count(len(schools), 'school')}.{gaps} "
        f"One therapist serves both: {joined or 'no two of them'}.{missing}"
    )


def miles_words(miles: float) -> str:
    """Miles as a sentence has them."""
    return f"{shown(miles, 0)} miles"

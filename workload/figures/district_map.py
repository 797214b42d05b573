"""The districts of a run where they lie: which have less than they need, which have enough, and which tell no gap."""

from __future__ import annotations

from math import cos, radians

import pandas as pd

from workload.figures.chart import for_plotly, layout
from workload.figures.tones import Tones
from workload.model.words import count, gap_in_words
from workload.premises.records import FINAL

HEIGHT, DOT = 372, 11
LEAST_DEGREES = 0.25  # from north to south, so that districts beside each other do not fill the map
MARGIN = 0.08


def placed(districts: pd.DataFrame) -> pd.DataFrame:
    """The districts of which the manifest says where they lie."""
    return districts[districts["latitude"].notna() & districts["longitude"].notna()]


def district_map(districts: pd.DataFrame, tones: Tones) -> dict:
    """A dot a district, north up. Filled: final; hollow: a premise is open; gray: no gap is told.

    districts  rows with district, status, gap_fte, latitude and longitude, see `placed`
    """
    north, east = districts["latitude"].tolist(), districts["longitude"].tolist()
    middle = (min(north, default=0.0) + max(north, default=0.0)) / 2
    gaps = districts["gap_fte"].tolist()
    color = [tones.soft if gap != gap else tones.gap if gap < 0 else tones.accent for gap in gaps]
    final = [status == FINAL for status in districts["status"]]
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": east,
        "y": north,
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            f"{for_plotly(name)}: {_told(gap)} ({status})"
            for name, gap, status in zip(districts["district"], gaps, districts["status"], strict=True)
        ],
        "marker": {
            "size": DOT,
            "opacity": 1,
            "color": [each if sure else tones.card for each, sure in zip(color, final, strict=True)],
            "line": {"width": 2, "color": color},
        },
    }
    hidden = {"visible": False, "fixedrange": True}
    as_far = {"scaleanchor": "x", "scaleratio": 1 / max(cos(radians(middle)), 0.01)}  # a degree to the north is longer
    return {
        "data": [points],
        "layout": layout(
            HEIGHT,
            margin={"l": 6, "r": 6, "t": 10, "b": 6},
            xaxis={**hidden, "range": _span(east), "constrain": "domain"},
            yaxis={**hidden, "range": _span(north), "constrain": "domain", **as_far},
        ),
    }


def district_map_words(districts: pd.DataFrame, without: int) -> str:
    """The map for a reader without it. without  districts of which nobody says where they lie"""
    missing = f" {count(without, 'district')} without coordinates." if without else ""
    if districts.empty:
        return f"No district to show on a map.{missing}"
    short = int((districts["gap_fte"] < 0).sum())
    untold = int(districts["gap_fte"].isna().sum())
    return (
        f"A map of {count(len(districts), 'district')}: {short} with less than they need, "
        f"{len(districts) - short - untold} with enough, {untold} without a gap.{missing}"
    )


def _told(gap: float) -> str:
    words = gap_in_words(gap) or "no gap can be given"
    return f"{words} FTE" if words.startswith(("short", "room")) else words


def _span(degrees: list[float]) -> list[float]:
    low, high = min(degrees, default=0.0), max(degrees, default=0.0)
    margin = max((high - low) * MARGIN, LEAST_DEGREES / 2)
    return [low - margin, high + margin]

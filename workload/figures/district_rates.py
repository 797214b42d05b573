"""Need and available FTE for each 1,000 students with disabilities, district by district. No order, no names drawn."""

from __future__ import annotations

import pandas as pd

from workload.figures.chart import for_plotly, layout
from workload.figures.tones import Tones
from workload.model.words import count, shown

HEIGHT = 372
MARGIN = 1.12


def district_rates_chart(districts: pd.DataFrame, published: float, tones: Tones) -> dict:
    """A dot a district: need to the right, available upwards. Below the dotted line time is missing.

    districts  rows with district, status, required_per_1000 and available_per_1000
    published  OTs for each 1,000 students with disabilities as published for the nation, drawn as a level line
    """
    need, there = districts["required_per_1000"].tolist(), districts["available_per_1000"].tolist()
    end = max([*need, *there, published, 0.1]) * MARGIN
    short = [missing < needed for missing, needed in zip(there, need, strict=True)]
    final = [status == "final" for status in districts["status"]]
    axis = {"fixedrange": True, "gridcolor": tones.rule, "zeroline": False, "color": tones.soft, "nticks": 5}
    lines = [
        ([0, end], [0, end], {"color": tones.ink, "width": 2, "dash": "dot"}),
        ([0, end], [published, published], {"color": tones.soft, "width": 1, "dash": "dash"}),
    ]
    made = [
        {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip"} for x, y, line in lines
    ]
    color = [tones.gap if each else tones.accent for each in short]
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": need,
        "y": there,
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            f"{for_plotly(name)}: needs {shown(a, 2)}, has {shown(b, 2)} for each 1,000 ({status})"
            for name, a, b, status in zip(districts["district"], need, there, districts["status"], strict=True)
        ],
        "marker": {
            "size": 11,
            "opacity": 1,
            "color": [each if sure else tones.card for each, sure in zip(color, final, strict=True)],
            "line": {"width": 2, "color": color},
        },
    }
    small = {"size": 13, "color": tones.soft}
    words = {"xref": "paper", "yref": "paper", "showarrow": False, "font": small}
    top = {**words, "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "xshift": -24, "text": "FTE there"}
    return {
        "data": [*made, points],
        "layout": layout(
            HEIGHT,
            margin={"l": 34, "r": 10, "t": 24, "b": 44},
            annotations=[top],
            xaxis={**axis, "range": [0, end], "title": {"text": "FTE needed", "font": small}},
            yaxis={**axis, "range": [0, end]},
        ),
    }


def district_rates_words(districts: pd.DataFrame, published: float) -> str:
    """The picture for a reader without it."""
    if districts.empty:
        return "No district to show."
    short = int((districts["available_per_1000"] < districts["required_per_1000"]).sum())
    ends = {
        name: districts[name].quantile([0.25, 0.5, 0.75]).tolist()
        for name in ("required_per_1000", "available_per_1000")
    }
    said = [f"{word} {shown(low, 2)} to {shown(high, 2)}, in the middle {shown(middle, 2)}"
            for word, (low, middle, high) in zip(("need", "there is"), ends.values(), strict=True)]  # fmt: skip
    return (
        f"FTE for each 1,000 students with disabilities in {count(len(districts), 'district')}, {short} of them with less "
        f"than they need. The middle half: {'; '.join(said)}. Published for the nation: {shown(published, 1)}."
    )

"""The chart of the brief for the screen: what a week takes, by kind, and what everybody in post has."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workload.figures.chart import Chart, font, for_plotly, layout, row_axes, value_axis
from workload.figures.contrast import ink_on
from workload.figures.tones import LIGHT
from workload.report.packet_choices import Brand

HEIGHT, LEAST_SHARE = 285, 0.06  # below this share of the bar a number does not fit
TITLE = "Where do the hours of a week go?"


def hours_chart(work: Mapping, brand: Brand) -> Chart:
    """The chart of `story["work"]` in the packet's own colors, with the numbers as the packet writes them."""
    full = max(work["workload"], work["available"], 1.0)
    top = [
        _part(part["kind"], part["hours"], part["shown"], 0, brand.work[at % len(brand.work)], full)
        for at, part in enumerate(work["parts"])
    ]
    below = [_part("In post", work["available"], work["available_shown"], 1, brand.muted, full, False)]
    if work["missing"] > 0:
        below.append(_part("Missing", work["missing"], f"{work['missing_shown']} missing", 1, brand.tint, full, False))
    axes = row_axes(
        [
            f"The work takes<br>{work['workload_shown']} hours",
            work["people"].replace("\n", "<br>"),
        ],
        ["", ""],
    )
    figure = {
        "data": [*top, *below],
        "layout": layout(
            HEIGHT,
            barmode="stack",
            yaxis=axes["yaxis"],
            xaxis=value_axis("Hours a week", range=[0, full * 1.01]),
            showlegend=True,
            legend={
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "y": -0.35,
                "yanchor": "top",
                "traceorder": "normal",
                "font": font(12),
                "itemclick": False,
                "itemdoubleclick": False,
            },
        ),
    }
    rows = [(part["kind"], part["shown"]) for part in work["parts"]]
    rows += [
        ("All work", work["workload_shown"]),
        ("People in post", work["available_shown"]),
        ("Missing", work["missing_shown"]),
    ]
    return Chart(figure, TITLE, work["alt"], pd.DataFrame(rows, columns=["What", "Hours a week"]), work["note"])


def _part(name: str, hours: float, shown: str, row: int, color: str, full: float, in_legend: bool = True) -> dict:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [hours],
        "y": [row],
        "name": for_plotly(f"{name} {shown}"),
        "showlegend": in_legend,
        "text": [shown if hours / full > LEAST_SHARE else ""],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"color": ink_on(color), "size": 13},
        "hovertemplate": for_plotly(f"{name}: {shown}") + "<extra></extra>",
        "marker": {"color": color, "line": {"color": LIGHT.ink, "width": 0.6}},
        "width": [0.62],
    }

"""Need, what is there, and the gap between them over the months that were kept."""

from __future__ import annotations

import pandas as pd

from workload.figures.chart import Chart, empty_chart, layout, legend_above, table_of, value_axis
from workload.figures.states import number_of, state_texts
from workload.figures.tones import NAMED
from workload.model.words import fte, numbers
from workload.premises.records import PROVISIONAL

TITLE = "How did the year go? FTE required, FTE available and the gap, month by month"
COLUMNS = (
    "Month",
    "Students",
    "FTE required",
    "FTE available",
    "Gap, FTE",
    "Standing",
    "Same assumptions as the month before",
)
HEIGHT, UNKNOWN = 340, "not known"
LINES = (("required", NAMED.ink, "solid", "circle"), ("available", NAMED.accent, "dash", "square"))


def month_lines(table: pd.DataFrame) -> Chart:
    """A line for what is required, one for what is available, and the gap as bars from zero.

    table  `trend(months)`: day, caseload, required_fte, available_fte, gap_fte, status and same_assumptions
    """
    if len(table) < 2:
        return empty_chart(TITLE, "Two months are needed for a line.", "Keep another month on Year ahead.", COLUMNS)
    days = [f"{day:%b} {day.day}, {day.year}" for day in table["day"]]
    told = [_texts(need, have) for need, have in zip(table["required_fte"], table["available_fte"], strict=True)]
    need, have, gap = ([None if each[at] == UNKNOWN else number_of(each[at]) for each in told] for at in range(3))
    lines = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": days,
            "y": values,
            "name": name,
            "line": {"color": color, "width": 2.5, "dash": dash},
            "marker": {"symbol": mark, "size": 9, "color": color},
            "hoverinfo": "text",
            "hovertext": [f"{day}: {text[at]} FTE {name}" for day, text in zip(days, told, strict=True)],
            "cliponaxis": False,
        }
        for at, (values, (name, color, dash, mark)) in enumerate(zip((need, have), LINES, strict=True))
    ]
    bars = {
        "type": "bar",
        "x": days,
        "y": gap,
        "name": "gap",
        "marker": {"color": NAMED.gap},
        "width": 0.3,
        "hoverinfo": "text",
        "hovertext": [f"{day}: gap {text[2]} FTE" for day, text in zip(days, told, strict=True)],
    }
    known = [each for each in (*need, *have, *gap) if each is not None]
    ends = [min([0.0, *known]) * 1.1, max([0.0, *known]) * 1.1 or 1.0]
    figure = {
        "data": [bars, *lines],
        "layout": layout(
            HEIGHT,
            showlegend=True,
            legend=legend_above(),
            xaxis={"type": "category", "fixedrange": True, "color": NAMED.ink, "automargin": True},
            yaxis=value_axis("FTE", range=ends),
        ),
    }
    (need_was, _, gap_was), (need_is, _, gap_is) = told[0], told[-1]
    open_premises = int((table["status"] == PROVISIONAL).sum())
    mark = " (provisional)" if open_premises else ""
    alt = (
        f"From {days[0]} to {days[-1]} required FTE went from {need_was} to {need_is} and the gap from {gap_was} to {gap_is} FTE"
        + (f"; {open_premises} of {len(days)} months stand on open premises." if open_premises else ".")
    )
    made = table_of(
        COLUMNS,
        days,
        numbers(table["caseload"], 0),
        need,
        have,
        gap,
        ["provisional" if each == PROVISIONAL else each for each in table["status"]],
        ["" if at == 0 else "yes" if same else "no" for at, same in enumerate(table["same_assumptions"])],
    )
    found = f"The gap went from {gap_was} to {gap_is} FTE since {days[0]}{mark}"
    return Chart(figure, TITLE, alt, made, found=found)


def _texts(required: float, available: float) -> tuple[str, str, str]:
    """(required, available, gap) as they are written; a month in which nobody said who is in post has a need and no gap."""
    if available != available:
        return fte(required), UNKNOWN, UNKNOWN
    return state_texts(required, available)

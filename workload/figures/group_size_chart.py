"""Larger groups: the consultant's table, and the same when only direct time shrinks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workload.figures.chart import Chart, layout, legend_above, note_at, value_axis
from workload.figures.tones import NAMED
from workload.model.words import fte, numbers

GROUPS_TITLE = "What do larger groups save? FTE by average group size, on three readings"


def group_size_readings(table: pd.DataFrame) -> Chart:
    """The consultant's table as a line, and beside it the same when only direct time shrinks.

    table  `larger_groups.group_size_table`; each `direct_<percent>_fte` column becomes a line
    """
    shares = [name.removesuffix("_fte") for name in table if name.startswith("direct_") and name.endswith("_fte")]
    readings = [
        ("the whole week shrinks (published)", "published_fte", NAMED.soft, "circle"),
        *(
            (f"only the direct {name.removeprefix('direct_')}% shrinks", f"{name}_fte", color, symbol)
            for name, color, symbol in zip(
                shares, (NAMED.accent, NAMED.about, NAMED.soft), ("square", "diamond", "x"), strict=False
            )
        ),
    ]
    x = table["group_size"].tolist()
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": x,
            "y": table[column].tolist(),
            "name": name,
            "line": {"color": color, "width": 2.5},
            "marker": {"color": color, "symbol": symbol, "size": 9},
            "hoverinfo": "text",
            "cliponaxis": False,
            "hovertext": [
                f"{size:g} students a group, {name}: {fte(value)} FTE"
                for size, value in zip(x, table[column], strict=True)
            ],
        }
        for name, column, color, symbol in readings
    ]
    last = [
        note_at(fte(table[column].iloc[-1]), x=x[-1], y=float(table[column].iloc[-1]), xanchor="left", xshift=8)
        for _, column, _, _ in readings
    ]
    figure = {
        "data": data,
        "layout": layout(
            340,
            showlegend=True,
            legend=legend_above(),
            annotations=last,
            xaxis=value_axis("students in an average group", range=[min(x) - 0.05, max(x) + 0.12]),
            yaxis=value_axis("FTE", range=[0, float(np.nanmax(table["published_fte"])) * 1.1]),
        ),
    }
    now, then = table.iloc[0], table.iloc[-1]
    said = "; ".join(f"{name}: {fte(then[column])} FTE" for name, column, _, _ in readings)
    alt = (
        f"From {fte(now['published_fte'])} FTE at {now['group_size']:g} students a group to groups of "
        f"{then['group_size']:g}. {said}."
    )
    return Chart(
        figure,
        GROUPS_TITLE,
        alt,
        _group_table(table, shares),
        "Evaluations, meetings, notes and travel follow students, not sessions. Speech and language figures of one "
        "district, shown because the same reasoning is used for OT.",
        _groups_words(now, then, [column for _, column, _, _ in readings]),
    )


def _groups_words(now: pd.Series, then: pd.Series, columns: Sequence[str]) -> str:
    """What the largest groups save when the whole week is taken to shrink, and when only sessions do."""
    saved = [fte(now["published_fte"] - then[column]) for column in columns]
    return f"Larger groups save {saved[0]} FTE on paper" + (
        f", {saved[1]} where only sessions shrink" if len(saved) > 1 else ""
    )


def _group_table(table: pd.DataFrame, shares: Sequence[str]) -> pd.DataFrame:
    made = {
        "Students a group": numbers(table["group_size"], 1),
        "Students for each FTE, published": numbers(table["students_per_fte"], 1),
        "FTE, published": numbers(table["published_fte"], 1),
        "Saved, published, $": numbers(table["published_savings_dollars"], 0),
    }
    for name in shares:
        percent = name.removeprefix("direct_")
        made[f"FTE, {percent}% direct"] = numbers(table[f"{name}_fte"], 1)
        made[f"Saved, {percent}% direct, $"] = numbers(table[f"{name}_savings_dollars"], 0)
    return pd.DataFrame(made)

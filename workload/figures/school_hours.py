"""Which activity each school needs: a heat map of hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from workload.figures.activity_groups import GROUPS, group_hours
from workload.figures.chart import LOAD, NO_SCHOOLS, Chart, empty_chart, font, rows_figure, short_name
from workload.figures.masking import masked, masking_note, masking_words, shown_or_withheld
from workload.figures.tones import NAMED
from workload.model.roster import NO_SCHOOL
from workload.model.words import count, hours, rounded, within

MOST_SCHOOLS = 30
HEAT_TITLE = "Which building needs what? Hours of OT and OTA work a week by school and activity"


def hours_by_school_and_activity(schools: pd.DataFrame, smallest: int = 0) -> Chart:
    """Heat map of hours a week, school by activity group, with the total beside each school.

    schools  `Answer.schools`. The 30 with the most work are drawn, most first, "No school" last
    """
    records = [row for row in schools.to_dict("records") if row["workload_hours"] > 0]
    if not records:
        return empty_chart(HEAT_TITLE, NO_SCHOOLS, LOAD, _heat_table([], [], smallest).columns)
    hidden = masked(np.array([row["caseload"] for row in records]), smallest)
    order = sorted(
        range(len(records)),
        key=lambda at: (
            records[at]["school"] == NO_SCHOOL,
            hidden[at],
            0.0 if hidden[at] else -records[at]["workload_hours"],
            records[at]["school"],
        ),
    )
    records, hidden = [records[at] for at in order], hidden[order]
    notes = masking_note(hidden, smallest)
    seen = [row for row, gone in zip(records, hidden, strict=True) if not gone]
    table = _heat_table(records, hidden, smallest)
    if not seen:
        return replace(empty_chart(HEAT_TITLE, notes[0], "The numbers are withheld."), numbers=table)
    drawn = seen[:MOST_SCHOOLS]
    if len(drawn) < len(seen):
        notes.append(f"The {MOST_SCHOOLS} with the most work of {len(seen)} are drawn; the table has all.")
    largest = seen[0]
    totals = {group.label: sum(group_hours(row)[group.code] for row in seen) for group in GROUPS}
    alt = (
        f"Hours of work a week of {count(len(seen), 'school')} by activity. {largest['school']} has the most with "
        f"{hours(largest['workload_hours'])} hours. Over these schools "
        + ", ".join(
            f"{within(label)} takes {hours(value)}"
            for label, value in sorted(totals.items(), key=lambda item: -item[1])[:3]
        )
        + " hours."
    )
    return Chart(
        _heat_figure(drawn),
        HEAT_TITLE,
        " ".join([alt, *notes]),
        table,
        " ".join(["The stronger the color, the more hours. An empty place is no hours.", *notes]),
        f"{largest['school']} takes the most, {hours(largest['workload_hours'])} hours a week",
    )


def _heat_figure(drawn: list[dict]) -> dict:
    places = list(range(len(drawn)))
    cells = [[value if value > 0 else None for value in group_hours(row).values()] for row in drawn]
    most = max(value for row in cells for value in row if value is not None)
    shade = [[None if value is None else (value / most) ** 0.5 for value in row] for row in cells]
    text: dict[str, list] = {"x": [], "y": [], "text": [], "hovertext": [], "customdata": []}
    for place, row in enumerate(cells):
        for across, value in enumerate(row):
            if value is not None:
                text["x"].append(across)
                text["y"].append(place)
                text["text"].append(hours(value) if rounded(value, 1) else "&lt;0.1")
                school = drawn[place]["school"]
                text["hovertext"].append(f"{short_name(school)}: {GROUPS[across].label}, {hours(value)} hours a week")
                text["customdata"].append([None if school == NO_SCHOOL else school])
    data = [
        {
            "type": "heatmap",
            "z": shade,
            "x": list(range(len(GROUPS))),
            "y": places,
            "zmin": 0,
            "zmax": 1,
            "colorscale": [[0.0, NAMED.card], [1.0, NAMED.heat]],
            "showscale": False,
            "xgap": 2,
            "ygap": 2,
            "hoverinfo": "skip",
        }
    ]
    data.append(
        {
            "type": "scatter",
            "mode": "markers+text",
            **text,
            "textfont": {"color": NAMED.ink, "size": 12},
            "hoverinfo": "text",
            # A heat map cannot be clicked, so each cell has a clear mark over it that can.
            "marker": {"symbol": "square", "size": 24, "color": NAMED.clear, "line": {"width": 0}},
            "selected": {"textfont": {"color": NAMED.ink}},
            "unselected": {"textfont": {"color": NAMED.ink}},
        }
    )
    axis = {
        "side": "top",
        "tickmode": "array",
        "tickvals": list(range(len(GROUPS))),
        "fixedrange": True,
        "ticktext": [group.short for group in GROUPS],
        "tickangle": 0,
        "tickfont": font(11),
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "range": [-0.5, len(GROUPS) - 0.5],
        "ticks": "",
    }
    return rows_figure(
        data,
        [short_name(row["school"]) for row in drawn],
        [f"<b>{hours(row['workload_hours'])} h</b>" for row in drawn],
        axis,
        first=-0.5,
        extra=-20,
    )


def _heat_table(records: list[dict], hidden: Sequence[bool] | np.ndarray, smallest: int) -> pd.DataFrame:
    table = {
        "School": [row["school"] for row in records],
        "Students (caseload)": shown_or_withheld([row["caseload"] for row in records], hidden, 0),
    }
    for group in GROUPS:
        values = [group_hours(row)[group.code] for row in records]
        table[f"{group.label}, hours a week"] = shown_or_withheld(values, hidden, 1)
    table["All work, hours a week"] = shown_or_withheld([row["workload_hours"] for row in records], hidden, 1)
    table["Note"] = [masking_words(smallest) if gone else "" for gone in hidden]
    return pd.DataFrame(table)

"""One person's week, activity by activity."""

from __future__ import annotations

import pandas as pd

from workload.figures.chart import (
    Chart,
    empty_chart,
    layout,
    note_at,
    on_the_right,
    row_axes,
    rows_height,
    two_tone,
    value_axis,
)
from workload.figures.tones import NAMED, kind_marks
from workload.model.roster import UNASSIGNED
from workload.model.words import hours, numbers, within
from workload.work.activities import ACTIVITIES

NOBODY = "nobody yet (no therapist)"


def week_of_person(row: pd.Series, name: str | None = None) -> Chart:
    """One person's week: all work as one bar against the contract, then each activity, largest first.

    row   a row of `Answer.therapists`
    name  what to call the person; None takes the name of the file
    """
    title = "What fills this week? Hours a week by activity against the hours of the contract"
    parts = [(activity, float(row[f"{activity.code}_hours"])) for activity in ACTIVITIES] if len(row) else []
    parts = sorted(((activity, value) for activity, value in parts if value > 0), key=lambda part: -part[1])
    if not parts:
        return empty_chart(
            title,
            "No work is counted for this person on the day.",
            "Check the day, and whether services name this therapist.",
            ("Activity", "Hours a week", "How it comes about"),
        )
    work, available = sum(value for _, value in parts), float(row["available_hours"])
    labels = ["<b>All work</b>", *(activity.label for activity, _ in parts)]
    values = [work, *(value for _, value in parts)]
    kinds = kind_marks(activity.code for activity, _ in parts)
    marks = {
        "color": [NAMED.soft, *kinds["color"]],
        "line": {"width": 1, "color": [NAMED.soft, *kinds["line"]["color"]]},
    }
    places = list(range(len(values)))
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": places,
        "width": 0.72,
        "marker": marks,
        "hoverinfo": "text",
        "hovertext": [f"{label}: {hours(value)} hours a week" for label, value in zip(labels, values, strict=True)],
    }
    line, words = [], []
    if available > 0:
        line = two_tone(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [available, available],
                "hoverinfo": "skip",
                "y": [-0.5, len(values) - 0.5],
                "name": "hours of the contract",
            },
            core=2,
            halo=4.5,
        )
        words = [
            note_at(
                f"{hours(available)} hours of the contract",
                x=available,
                y=-0.62,
                yanchor="bottom",
                xanchor="right" if available > 0.4 * max(work, available) else "left",
            )
        ]
    person = NOBODY if row["therapist"] == UNASSIGNED else name or str(row["therapist"])
    top = max(work, available) * 1.04
    first = labels[1]
    there = f"{hours(available)} are available under the contract" if available > 0 else "no hours are available"
    sentence = f"The work of {person} takes {hours(work)} hours a week; {there}."
    return Chart(
        figure={
            "data": [bars, *line, on_the_right()],
            "layout": layout(
                rows_height(len(values), extra=20),
                xaxis=value_axis("hours a week", range=[0, top]),
                annotations=words,
                **row_axes(labels, [f"{hours(value)} h" for value in values], first=-1.3),
            ),
        },
        title=title,
        alt=f"{sentence} The largest part is {within(first)} with {hours(values[1])} hours a week.",
        table=pd.DataFrame(
            {
                "Activity": ["All work", *labels[1:]],
                "Hours a week": numbers(values, 1),
                "How it comes about": ["sum of the rows below", *(part.formula for part, _ in parts)],
            }
        ),
    )

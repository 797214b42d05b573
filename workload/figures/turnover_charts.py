"""Turnover: what a school would miss when somebody leaves, and which posts carry the most load."""

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
    short_name,
    value_axis,
)
from workload.figures.tones import NAMED
from workload.model.words import count, numbers, percent, shown
from workload.scenarios.turnover import DRIVERS, Resignation

LEAVING_TITLE = "What would this school miss? Student minutes a week that nobody would give, by school"
DRIVERS_TITLE = "Which posts carry the most load? Hours of work as a share of contract hours, %, by post"


def resignation_by_school(made: Resignation, post: str) -> Chart:
    """Minutes a week that would not be given at each school of a post, and the weeks until the threshold.

    post  what to call the post
    """
    columns = (
        "School",
        "Student minutes a week",
        "Share of the school's minutes, %",
        "Students",
        "Weeks until the threshold",
    )
    table = made.schools.sort_values(["student_minutes_per_week", "school"], ascending=[False, True])
    if table.empty:
        return empty_chart(LEAVING_TITLE, "This post has no students.", "Choose another post.", columns)
    minutes, names = table["student_minutes_per_week"].tolist(), [short_name(name) for name in table["school"]]
    shares = [percent(share) for share in table["share_of_school"]]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": minutes,
        "y": list(range(len(names))),
        "width": 0.6,
        "marker": {"color": NAMED.gap},
        "hoverinfo": "text",
        "hovertext": [
            f"{name}: {shown(value, 0)} minutes a week, {share} of the school's"
            for name, value, share in zip(names, minutes, shares, strict=True)
        ],
    }
    figure = {
        "data": [bars, on_the_right()],
        "layout": layout(
            rows_height(len(names), extra=10),
            xaxis=value_axis("student minutes a week", range=[0, max(minutes) * 1.04]),
            **row_axes(names, shares, heading="of the school", first=-1.4),
        ),
    }
    first = table.iloc[0]
    alt = (
        f"Without {post} {shown(made.student_minutes_per_week, 0)} student minutes a week would not be given. The most is "
        f"{shown(first['student_minutes_per_week'], 0)} minutes at {first['school']}, {percent(first['share_of_school'])} of "
        "the minutes there."
    )
    data = pd.DataFrame(
        dict(
            zip(
                columns,
                (
                    table["school"].tolist(),
                    numbers(minutes, 0),
                    numbers(table["share_of_school"] * 100, 0),
                    numbers(table["students"], 0),
                    numbers(table["weeks_to_threshold"], 1),
                ),
                strict=True,
            )
        )
    )
    return Chart(figure, LEAVING_TITLE, alt, data, "Red is time that students would miss.")


def load_drivers(view: pd.DataFrame) -> Chart:
    """Capacity used by each post, without names, with what makes the post heavy in words.

    view  `retention_view(answer)`
    """
    columns = (
        "Post",
        "Role",
        "Capacity used, %",
        "Schools",
        "Travel, hours a week",
        "Travel, % of contract",
        "Outside contract, hours a week",
        "What makes the post heavy",
    )
    if view.empty:
        return empty_chart(DRIVERS_TITLE, "Nobody is in post on the day.", "Check the day.", columns)
    known = view[view["utilization"].notna()]
    values = (known["utilization"] * 100).tolist()
    names = [f"{post}, {role}" for post, role in zip(known["post"], known["role"], strict=True)]
    data = pd.DataFrame(
        dict(
            zip(
                columns,
                (
                    view["post"].tolist(),
                    view["role"].tolist(),
                    numbers(view["utilization"] * 100, 0),
                    view["schools"].tolist(),
                    numbers(view["travel_hours"], 1),
                    numbers(view["travel_share"] * 100, 0),
                    numbers(view["outside_contract_hours"], 1),
                    view["drivers"].tolist(),
                ),
                strict=True,
            )
        )
    )
    if not values:
        return Chart(
            empty_chart(DRIVERS_TITLE, "Everybody in post is on leave.", "Check the day.").figure,
            DRIVERS_TITLE,
            "Nothing to draw. Everybody in post is on leave.",
            data,
        )
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(values))),
        "width": 0.62,
        "marker": {"color": NAMED.accent},
        "hoverinfo": "text",
        "hovertext": [
            f"{name}: {shown(value, 0)}%{'; ' + drivers if drivers else ''}"
            for name, value, drivers in zip(names, values, known["drivers"], strict=True)
        ],
    }
    full = {
        "type": "scatter",
        "mode": "lines",
        "x": [100, 100],
        "y": [-0.6, len(values) - 0.4],
        "hoverinfo": "skip",
        "line": {"color": NAMED.soft, "width": 1.5, "dash": "dash"},
    }
    over = int(sum(value > 100 * DRIVERS["utilization"] for value in values))
    figure = {
        "data": [bars, full, on_the_right()],
        "layout": layout(
            rows_height(len(values), extra=10),
            annotations=[note_at("the contract", x=100, y=-0.62, yanchor="bottom", xanchor="right")],
            xaxis=value_axis("work as % of the contract", range=[0, max(104, *values) * 1.03]),
            **row_axes(names, [shown(value, 0) + "%" for value in values], first=-1.4),
        ),
    }
    alt = f"{over} of {count(len(values), 'post')} have more work than contract. The fullest post is at {shown(max(values), 0)}%."
    note = (
        "The fullest post stands first. A letter is not a person's code on other pages, and changes when the load does."
    )
    return Chart(figure, DRIVERS_TITLE, alt, data, note)

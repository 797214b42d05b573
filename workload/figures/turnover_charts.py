"""Turnover: what a school would miss when somebody leaves, and which posts carry the most load."""

from __future__ import annotations

import pandas as pd

from workload.figures.chart import Chart, empty_chart, opening, row_bars, rows_figure, short_name, table_of, value_axis
from workload.figures.open_premise import so_far, told
from workload.figures.tones import NAMED
from workload.model.words import count, numbers, percent, shown, significant
from workload.scenarios.turnover import Resignation

LEAVING_TITLE = "What would this school miss? Student minutes a week that nobody would give, by school"
DRIVERS_TITLE = "How many posts carry too much? Posts by hours of work as a share of contract hours"
FULL, FAR_OVER = 100, 120  # % of the contract: the bands of the page People


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
    bars = row_bars(
        minutes,
        list(range(len(names))),
        [
            f"{name}: {shown(value, 0)} minutes a week, {share} of the school's"
            for name, value, share in zip(names, minutes, shares, strict=True)
        ],
        width=0.6,
        marker={"color": NAMED.gap},
    )
    figure = rows_figure(
        [bars],
        names,
        shares,
        value_axis("student minutes a week", range=[0, max(minutes) * 1.04]),
        heading="of the school",
        first=-1.4,
        extra=10,
    )
    first = table.iloc[0]
    alt = (
        f"Without {post} {shown(made.student_minutes_per_week, 0)} student minutes a week would not be given. The most is "
        f"{shown(first['student_minutes_per_week'], 0)} minutes at {first['school']}, {percent(first['share_of_school'])} of "
        "the minutes there."
    )
    data = table_of(
        columns,
        table["school"].tolist(),
        numbers(minutes, 0),
        numbers(table["share_of_school"] * 100, 0),
        numbers(table["students"], 0),
        numbers(table["weeks_to_threshold"], 1),
    )
    missed = shown(significant(made.student_minutes_per_week, 2), 0)
    found = f"About {missed} student minutes a week would not be given without {post}"
    opened = opening(figure, table["school"].tolist())
    return Chart(opened, LEAVING_TITLE, alt, data, "Red is time that students would miss.", found)


def load_drivers(view: pd.DataFrame, provisional: bool = False) -> Chart:
    """How many posts lie in each band of load; the table has each post without a name, with what makes it heavy in words.

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
        return empty_chart(DRIVERS_TITLE, "Nobody is in post on this date.", "Check the day.", columns)
    known = view[view["utilization"].notna()]
    values = (known["utilization"] * 100).tolist()
    data = table_of(
        columns,
        view["post"].tolist(),
        view["role"].tolist(),
        numbers(view["utilization"] * 100, 0),
        view["schools"].tolist(),
        numbers(view["travel_hours"], 1),
        numbers(view["travel_share"] * 100, 0),
        numbers(view["outside_contract_hours"], 1),
        view["drivers"].tolist(),
    )
    if not values:
        return Chart(
            empty_chart(DRIVERS_TITLE, "Everybody in post is on leave.", "Check the day.").figure,
            DRIVERS_TITLE,
            "Nothing to draw. Everybody in post is on leave.",
            data,
        )
    bands = {
        "more than 120% of the contract": sum(value > FAR_OVER for value in values),
        "100 to 120%": sum(FULL < value <= FAR_OVER for value in values),
        "100% or less": sum(value <= FULL for value in values),
    }
    texts = [count(number, "post") for number in bands.values()]
    bars = row_bars(
        list(bands.values()),
        list(range(len(bands))),
        [f"{text}: {band}" for band, text in zip(bands, texts, strict=True)],
        width=0.62,
        marker={"color": [NAMED.gap, NAMED.about, NAMED.accent]},
    )
    over = bands["more than 120% of the contract"] + bands["100 to 120%"]
    figure = rows_figure([bars], list(bands), texts, value_axis("posts", range=[0, max(bands.values()) * 1.04]))
    found = f"{over} of {count(len(values), 'post')} {'has' if over == 1 else 'have'} more work than contract"
    listed = "; ".join(f"{band}: {text}" for band, text in zip(bands, texts, strict=True))
    alt = told(f"{found}; {listed}", provisional=provisional)
    note = "Bands, and no list of posts by load. A post on leave has no week to be too full."
    return so_far(Chart(figure, DRIVERS_TITLE, alt, data, note, found), provisional)

"""Charts of what is not this year: the students of the next one, and the days that were kept."""

from __future__ import annotations

import pandas as pd

from workload.figures.chart import (
    Chart,
    empty_chart,
    layout,
    legend_above,
    on_the_right,
    row_axes,
    row_bars,
    rows_height,
    value_axis,
)
from workload.figures.states import number_of, state_texts
from workload.figures.tones import NAMED
from workload.model.words import fte, numbers, shown
from workload.year_ahead.forecast import Forecast

NEXT_TITLE = "How many students next year? Students by grade band: now, and low, likely and high next year"
EARLIER_TITLE = "How did it go? Required and available FTE on each day that was kept"


def next_year_students(forecast: Forecast) -> Chart:
    """Students now and next year by grade band, with the low and the high end.

    forecast  `next_year(...)`
    """
    table = forecast.table
    columns = ("Grade band", "Now", "Who stay", "Who come", "Next year, low", "Next year, likely", "Next year, high")
    names, places = table["band"].tolist(), list(range(len(table)))
    data = []
    for shift, column, name, color in (
        (-0.19, "students_now", "now", NAMED.about),
        (0.19, "students_likely", "next year", NAMED.accent),
    ):
        error = (
            {
                "error_x": {
                    "type": "data",
                    "symmetric": False,
                    "thickness": 2,
                    "width": 5,
                    "color": NAMED.soft,
                    "array": (table["students_high"] - table["students_likely"]).tolist(),
                    "arrayminus": (table["students_likely"] - table["students_low"]).tolist(),
                }
            }
            if shift > 0
            else {}
        )
        data.append(
            row_bars(
                table[column].tolist(),
                [place + shift for place in places],
                [
                    f"{band}: {shown(value, 0)} students {name}"
                    for band, value in zip(names, table[column], strict=True)
                ],
                width=0.34,
                name=name,
                marker={"color": color},
                showlegend=True,
                **error,
            )
        )
    right = [f"{shown(row['students_low'], 0)} to {shown(row['students_high'], 0)}" for _, row in table.iterrows()]
    figure = {
        "data": [*data, on_the_right()],
        "layout": layout(
            rows_height(2 * len(names), extra=20),
            showlegend=True,
            legend=legend_above(),
            barmode="overlay",
            xaxis=value_axis("students", range=[0, float(table[["students_now", "students_high"]].max().max()) * 1.06]),
            **row_axes(names, right, heading="likely", first=-1.4),
        ),
    }
    whole, (low, likely, high) = table.iloc[-1], forecast.required_fte
    alt = (
        f"{shown(whole['students_now'], 0)} students now; next year likely {shown(whole['students_likely'], 0)}, between "
        f"{shown(whole['students_low'], 0)} and {shown(whole['students_high'], 0)}. That needs about {fte(likely)} FTE, between "
        f"{fte(low)} and {fte(high)}."
    )
    made = pd.DataFrame(
        dict(
            zip(
                columns,
                (
                    names,
                    *(
                        numbers(table[name], 0)
                        for name in (
                            "students_now",
                            "continuing",
                            "arriving",
                            "students_low",
                            "students_likely",
                            "students_high",
                        )
                    ),
                ),
                strict=True,
            )
        )
    )
    found = f"About {shown(whole['students_likely'], 0)} students next year, {shown(whole['students_now'], 0)} now"
    note = "The thin line runs from the low to the high end, eight years of ten."
    return Chart(figure, NEXT_TITLE, alt, made, note, found)


def earlier_days(table: pd.DataFrame) -> Chart:
    """Required and available FTE of each snapshot, oldest first.

    table  `compared(snapshots)`
    """
    columns = (
        "Day",
        "FTE required",
        "FTE available",
        "Gap, FTE",
        "Caseload",
        "Student minutes at risk a week",
        "Change of FTE required",
        "Change of the gap",
        "Same assumptions as the day before",
    )
    if len(table) < 2:
        return empty_chart(
            EARLIER_TITLE, "There is no earlier snapshot to compare with.", "Load one that was saved earlier.", columns
        )
    days, places = [f"{day:%b} {day.day}, {day.year}" for day in table["day"]], list(range(len(table)))
    written = [
        state_texts(need, have) for need, have in zip(table["required_fte"], table["available_fte"], strict=True)
    ]
    data = [
        row_bars(
            table[column].tolist(),
            [place + shift for place in places],
            [f"{day}: {state[at]} FTE {name}" for day, state in zip(days, written, strict=True)],
            width=0.34,
            name=name,
            marker={"color": color},
            showlegend=True,
        )
        for at, shift, column, name, color in (
            (0, -0.19, "required_fte", "required", NAMED.soft),
            (1, 0.19, "available_fte", "available", NAMED.accent),
        )
    ]
    right = [gap for _, _, gap in written]
    figure = {
        "data": [*data, on_the_right()],
        "layout": layout(
            rows_height(2 * len(days), extra=20),
            showlegend=True,
            legend=legend_above(),
            barmode="overlay",
            xaxis=value_axis("FTE", range=[0, float(table[["required_fte", "available_fte"]].max().max()) * 1.06]),
            **row_axes(days, right, heading="gap, FTE", first=-1.4),
        ),
    }
    alt = (
        f"From {days[0]} to {days[-1]} required FTE went from {written[0][0]} to {written[-1][0]} and the gap from {right[0]} to "
        f"{right[-1]} FTE."
    )
    made = pd.DataFrame(
        dict(
            zip(
                columns,
                (
                    days,
                    *([number_of(state[at]) for state in written] for at in range(3)),
                    numbers(table["caseload"], 0),
                    numbers(table["student_minutes_at_risk"], 0),
                    numbers(table["required_fte_change"], 2),
                    numbers(table["gap_fte_change"], 2),
                    ["" if at == 0 else "yes" if same else "no" for at, same in enumerate(table["same_assumptions"])],
                ),
                strict=True,
            )
        )
    )
    found = f"The gap went from {right[0]} to {right[-1]} FTE since {days[0]}"
    return Chart(figure, EARLIER_TITLE, alt, made, found=found)

"""Charts of what is not this year: the students of the next one, and the days that were kept."""

from __future__ import annotations

import pandas as pd

from workload.figures.chart import Chart, empty_chart, legend_above, rows_figure, rows_height, table_of, value_axis
from workload.figures.row_marks import bar_of_pair
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
    names = table["band"].tolist()
    likely_to_ends = {
        "type": "data",
        "symmetric": False,
        "thickness": 2,
        "width": 5,
        "color": NAMED.soft,
        "array": (table["students_high"] - table["students_likely"]).tolist(),
        "arrayminus": (table["students_likely"] - table["students_low"]).tolist(),
    }
    data = [
        bar_of_pair(
            side,
            table[column].tolist(),
            [f"{band}: {shown(value, 0)} students {name}" for band, value in zip(names, table[column], strict=True)],
            name,
            color,
            **more,
        )
        for side, (column, name, color, more) in enumerate(
            (
                ("students_now", "now", NAMED.about, {}),
                ("students_likely", "next year", NAMED.accent, {"error_x": likely_to_ends}),
            )
        )
    ]
    right = [f"{shown(row['students_low'], 0)} to {shown(row['students_high'], 0)}" for _, row in table.iterrows()]
    figure = rows_figure(
        data,
        names,
        right,
        value_axis("students", range=[0, float(table[["students_now", "students_high"]].max().max()) * 1.06]),
        heading="likely",
        first=-1.4,
        height=rows_height(2 * len(names), extra=20),
        showlegend=True,
        legend=legend_above(),
        barmode="overlay",
    )
    whole, (low, likely, high) = table.iloc[-1], forecast.required_fte
    alt = (
        f"{shown(whole['students_now'], 0)} students now; next year likely {shown(whole['students_likely'], 0)}, between "
        f"{shown(whole['students_low'], 0)} and {shown(whole['students_high'], 0)}. That needs about {fte(likely)} FTE, between "
        f"{fte(low)} and {fte(high)}."
    )
    made = table_of(
        columns,
        names,
        *(
            numbers(table[name], 0)
            for name in ("students_now", "continuing", "arriving", "students_low", "students_likely", "students_high")
        ),
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
    days = [f"{day:%b} {day.day}, {day.year}" for day in table["day"]]
    written = [
        state_texts(need, have) for need, have in zip(table["required_fte"], table["available_fte"], strict=True)
    ]
    data = [
        bar_of_pair(
            side,
            table[f"{name}_fte"].tolist(),
            [f"{day}: {state[side]} FTE {name}" for day, state in zip(days, written, strict=True)],
            name,
            color,
        )
        for side, (name, color) in enumerate((("required", NAMED.soft), ("available", NAMED.accent)))
    ]
    right = [gap for _, _, gap in written]
    figure = rows_figure(
        data,
        days,
        right,
        value_axis("FTE", range=[0, float(table[["required_fte", "available_fte"]].max().max()) * 1.06]),
        heading="gap, FTE",
        first=-1.4,
        height=rows_height(2 * len(days), extra=20),
        showlegend=True,
        legend=legend_above(),
        barmode="overlay",
    )
    alt = (
        f"From {days[0]} to {days[-1]} required FTE went from {written[0][0]} to {written[-1][0]} and the gap from {right[0]} to "
        f"{right[-1]} FTE."
    )
    made = table_of(
        columns,
        days,
        *([number_of(state[at]) for state in written] for at in range(3)),
        numbers(table["caseload"], 0),
        numbers(table["student_minutes_at_risk"], 0),
        numbers(table["required_fte_change"], 2),
        numbers(table["gap_fte_change"], 2),
        ["" if at == 0 else "yes" if same else "no" for at, same in enumerate(table["same_assumptions"])],
    )
    found = f"The gap went from {right[0]} to {right[-1]} FTE since {days[0]}"
    return Chart(figure, EARLIER_TITLE, alt, made, found=found)

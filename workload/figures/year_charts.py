"""The year ahead: demand against capacity week by week, what waits, what is owed, next year, earlier snapshots."""

from __future__ import annotations

import pandas as pd

from workload.figures.chart import (
    Chart,
    empty_chart,
    font,
    layout,
    legend_above,
    note_at,
    two_tone,
    value_axis,
)
from workload.figures.palette import GAP, GROUPS, NEUTRAL, PAPER
from workload.model.words import count, hours, numbers, shown
from workload.year_ahead.evaluation_clock import NO_CONSENT, Clock
from workload.year_ahead.weeks import PARTS, Year

WEEKS_TITLE = "When does it break? Hours that each week asks for against the hours of those who are there"
WAITING_TITLE = (
    "How many evaluations wait if nothing changes? Evaluations that wait past their date at the end of each month"
)
OWED_TITLE = "How many minutes are owed if nothing changes? Student minutes owed at the end of each month, estimated"
COLOR = {group.code: group.color for group in GROUPS}
PART_STYLE = {
    "sessions": ("Sessions", COLOR["direct"], ""),
    "makeup": ("Make-up", COLOR["direct"], "/"),
    "other_service": ("Notes, consultation, MTSS", COLOR["other"], ""),
    "evaluations": ("Evaluations", COLOR["evaluation"], ""),
    "meetings": ("IEP meetings", COLOR["meetings"], ""),
    "reports": ("Progress reports", COLOR["meetings"], "x"),
    "category": ("Planning, staff time", COLOR["documentation"], ""),
    "individual": ("Travel, supervision, duties", COLOR["duties"], ""),
}


def month(day: pd.Timestamp) -> str:
    """ "Oct 2026"."""
    return f"{day:%b %Y}"


def week_strip(year: Year) -> Chart:
    """Stacked hours of each week by kind of work, the capacity as a line with a rim, and the 90th-percentile week.

    year  `year_ahead(...)`
    """
    table = year.table
    columns = [
        "Week of",
        "School days",
        *(f"{PART_STYLE[name][0]}, hours" for name in PARTS),
        "All work, hours",
        "Capacity, hours",
        "Capacity less work, hours",
    ]
    if not table["demand_hours"].sum():
        return empty_chart(
            WEEKS_TITLE,
            "There is no work to spread over the year.",
            "Load a roster on the page Data, or the sample on the page Home.",
            columns,
        )
    weeks = [f"{day:%b} {day.day}" for day in table["week_start"]]
    places = list(range(len(table)))
    data = [
        {
            "type": "bar",
            "x": places,
            "y": table[f"{name}_hours"].tolist(),
            "name": label,
            "width": 0.86,
            "hoverinfo": "text",
            "marker": {"color": color, "pattern": {"shape": shape, "fillmode": "overlay", "fgcolor": PAPER, "size": 6}},
            "showlegend": True,
            "hovertext": [
                f"Week of {week}: {label.lower()}, {hours(value)} hours"
                for week, value in zip(weeks, table[f"{name}_hours"], strict=True)
            ],
        }
        for name, (label, color, shape) in PART_STYLE.items()
        if table[f"{name}_hours"].sum() > 0
    ]
    line = {
        "type": "scatter",
        "mode": "lines",
        "line": {"shape": "hvh"},
        "x": places,
        "y": table["capacity_hours"].tolist(),
        "hoverinfo": "text",
        "name": "capacity",
        "hovertext": [
            f"Week of {week}: {hours(value)} hours of capacity"
            for week, value in zip(weeks, table["capacity_hours"], strict=True)
        ],
    }
    capacity = two_tone(line, core=2, halo=4.5)
    for one in capacity:
        one["line"] = {**one["line"], "shape": "hvh"}
    busy, top = year.busy_week_hours, float(max(table["demand_hours"].max(), table["capacity_hours"].max()))
    marked = {
        "type": "scatter",
        "mode": "lines",
        "x": [-0.5, len(places) - 0.5],
        "y": [busy, busy],
        "hoverinfo": "skip",
        "showlegend": False,
        "line": {"color": NEUTRAL, "width": 1.5, "dash": "dash"},
    }
    firsts = [
        at for at in places if at == 0 or table["week_start"].iloc[at].month != table["week_start"].iloc[at - 1].month
    ]
    across = {
        "tickmode": "array",
        "tickvals": firsts[1:] if len(firsts) > 1 and firsts[1] < 3 else firsts,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "tickfont": font(12),
        "range": [-0.6, len(places) - 0.4],
    }
    across["ticktext"] = [f"{table['week_start'].iloc[at]:%b}" for at in across["tickvals"]]
    words = [
        note_at(
            f"nine weeks of ten ask for at most {hours(busy)} hours",
            x=len(places) - 0.5,
            y=busy,
            xanchor="right",
            yanchor="bottom",
        ),
        note_at("solid line: hours of those who are there", x=-0.5, y=1.0, yref="paper", xanchor="left", yanchor="top"),
    ]
    figure = {
        "data": [*data, marked, *capacity],
        "layout": layout(
            430,
            barmode="stack",
            showlegend=True,
            legend=legend_above(),
            annotations=words,
            xaxis=across,
            yaxis=value_axis("hours a week", range=[0, max(top, busy) * 1.14]),
        ),
    }
    worst = table.loc[table["gap_hours"].idxmin()]
    open_weeks = int((table["open_days"] > 0).sum())
    alt = (
        f"{year.weeks_over} of {count(open_weeks, 'week')} with school ask for more hours than there are. Nine weeks of ten ask for "
        f"at most {hours(busy)} hours. The widest gap is the week of {worst['week_start']:%B} {worst['week_start'].day}: "
        f"{hours(worst['demand_hours'])} hours asked for, {hours(worst['capacity_hours'])} there."
    )
    data_table = pd.DataFrame(
        dict(
            zip(
                columns,
                (
                    table["week_start"].dt.date.tolist(),
                    table["open_days"].tolist(),
                    *(numbers(table[f"{name}_hours"], 1) for name in PARTS),
                    numbers(table["demand_hours"], 1),
                    numbers(table["capacity_hours"], 1),
                    numbers(table["gap_hours"], 1),
                ),
                strict=True,
            )
        )
    )
    note = "Nine weeks of ten stay below the dashed line: plan posts for it rather than for the average week."
    return Chart(figure, WEEKS_TITLE, alt, data_table, note)


def evaluations_waiting(table: pd.DataFrame, clock: Clock) -> Chart:
    """Evaluations that wait at the end of each month.

    table  `evaluation_backlog(year)`
    """
    columns = ("Month", "Due", "Done", "Waiting at the end")
    data = pd.DataFrame(
        dict(
            zip(
                columns,
                (
                    [month(day) for day in table["month"]],
                    numbers(table["evaluations_due"], 0),
                    numbers(table["evaluations_done"], 0),
                    numbers(table["evaluations_waiting"], 0),
                ),
                strict=True,
            )
        )
    )
    if not table["evaluations_due"].sum():
        return empty_chart(WAITING_TITLE, "No evaluation is due this year.", "Enter expected referrals.", columns)
    values = table["evaluations_waiting"].tolist()
    last, most = values[-1], max(values)
    alt = (
        f"{shown(table['evaluations_due'].sum(), 0)} evaluations come due in the school year. At the end of "
        f"{month(table['month'].iloc[-1])} {shown(last, 0)} still wait; the most in any month is {shown(most, 0)}."
    )
    note = (
        f"An evaluation that waits past its date is late: {clock.words}. {NO_CONSENT} Where a week is too full, every kind of work is "
        "assumed to be cut by the same share."
    )
    return Chart(
        _months(table["month"], values, [shown(value, 0) for value in values], "evaluations", GAP),
        WAITING_TITLE,
        alt,
        data,
        note,
    )


def owed_minutes(table: pd.DataFrame) -> Chart:
    """Owed minutes at the end of each month.

    table  `owed_by_month(year)`
    """
    columns = ("Month", "Not given in the month, minutes", "Owed at the end, minutes", "Owed at the end, hours")
    if table.empty or not table["owed_minutes"].max() > 0:
        return empty_chart(OWED_TITLE, "Every week fits, and nothing is owed.", "There is nothing to do here.", columns)
    values = table["owed_minutes"].tolist()
    data = pd.DataFrame(
        dict(
            zip(
                columns,
                (
                    [month(day) for day in table["month"]],
                    numbers(table["student_minutes_not_given"], 0),
                    numbers(values, 0),
                    numbers(table["owed_hours"], 0),
                ),
                strict=True,
            )
        )
    )
    alt = (
        f"If nothing changes, {shown(values[0], 0)} student minutes are owed at the end of {month(table['month'].iloc[0])} and "
        f"{shown(values[-1], 0)} at the end of {month(table['month'].iloc[-1])}."
    )
    return Chart(
        _months(table["month"], values, [shown(value, 0) for value in values], "student minutes", GAP),
        OWED_TITLE,
        alt,
        data,
        "An estimate of exposure from hours that do not fit, not a finding about any student.",
    )


def _months(days: pd.Series, values: list[float], texts: list[str], unit: str, color: str) -> dict:
    """Bars by month with their numbers over them."""
    places = list(range(len(values)))
    bars = {
        "type": "bar",
        "x": places,
        "y": values,
        "width": 0.66,
        "marker": {"color": color},
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": font(12),
        "hoverinfo": "text",
        "hovertext": [f"{month(day)}: {text} {unit}" for day, text in zip(days, texts, strict=True)],
    }
    across = {
        "tickmode": "array",
        "tickvals": places,
        "ticktext": [f"{day:%b}" for day in days],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "tickfont": font(12),
    }
    return {
        "data": [bars],
        "layout": layout(320, xaxis=across, yaxis=value_axis(unit, range=[0, max(values) * 1.16 or 1])),
    }

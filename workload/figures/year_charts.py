"""The year ahead, month by month: evaluations that wait, minutes that are owed."""

from __future__ import annotations

from functools import partial

import pandas as pd

from workload.figures.chart import Chart, empty_chart, font, layout, table_of, value_axis
from workload.figures.open_premise import so_far, told
from workload.figures.tones import NAMED
from workload.model.words import count, numbers, shown, significant
from workload.year_ahead.evaluation_clock import Kept

WAITING_TITLE = (
    "How many evaluations wait if nothing changes? Evaluations that wait past their date at the end of each month"
)
OWED_TITLE = "How many minutes are owed if nothing changes? Student minutes owed at the end of each month, estimated"


def month(day: pd.Timestamp) -> str:
    """ "Oct 2026"."""
    return f"{day:%b %Y}"


def evaluations_waiting(table: pd.DataFrame, kept: Kept, provisional: bool = False) -> Chart:
    """Evaluations that wait at the end of each month.

    table  `evaluation_backlog(year)`
    kept   what the file says of consents
    """
    columns = ("Month", "Due", "Done", "Waiting at the end")
    data = partial(
        table_of,
        columns,
        [month(day) for day in table["month"]],
        numbers(table["evaluations_due"], 0),
        numbers(table["evaluations_done"], 0),
        numbers(table["evaluations_waiting"], 0),
    )
    if not table["evaluations_due"].sum():
        return empty_chart(WAITING_TITLE, "No evaluation is due this year.", "Enter expected consents.", columns)
    values = table["evaluations_waiting"].tolist()
    last, most = values[-1], max(values)
    alt = told(
        f"{shown(table['evaluations_due'].sum(), 0)} evaluations come due in the school year",
        f"At the end of {month(table['month'].iloc[-1])} {shown(last, 0)} still wait; the most in any month is {shown(most, 0)}",
        provisional=provisional,
    )
    note = (
        f"An evaluation that waits past its date is late: {kept.clock.words}. Where a week is too full, every kind of work is "
        "assumed to be cut by the same share."
    )
    made = Chart(
        _months(table["month"], values, [shown(value, 0) for value in values], "evaluations", NAMED.gap),
        WAITING_TITLE,
        alt,
        data,
        note,
        f"{count(round(last), 'evaluation')} {'waits' if round(last) == 1 else 'wait'} past the date at the end of "
        f"{month(table['month'].iloc[-1])} if nothing changes",
    )
    return so_far(made, provisional)


def owed_minutes(table: pd.DataFrame, provisional: bool = False) -> Chart:
    """Owed minutes at the end of each month.

    table  `owed_by_month(year)`
    """
    columns = ("Month", "Not given in the month, minutes", "Owed at the end, minutes", "Owed at the end, hours")
    if table.empty or not table["owed_minutes"].max() > 0:
        fits = told("Every week fits, and nothing is owed", provisional=provisional)
        return empty_chart(OWED_TITLE, fits, "There is nothing to do here.", columns)
    values = table["owed_minutes"].tolist()
    data = partial(
        table_of,
        columns,
        [month(day) for day in table["month"]],
        numbers(table["student_minutes_not_given"], 0),
        numbers(values, 0),
        numbers(table["owed_hours"], 0),
    )
    alt = told(
        f"If nothing changes, about {about(values[0])} student minutes are owed at the end of {month(table['month'].iloc[0])} and "
        f"{about(values[-1])} at the end of {month(table['month'].iloc[-1])}",
        provisional=provisional,
    )
    made = Chart(
        _months(table["month"], values, [about(value) for value in values], "student minutes", NAMED.gap),
        OWED_TITLE,
        alt,
        data,
        "An estimate of exposure from hours that do not fit, not a finding about any student.",
        f"About {about(values[-1])} student minutes are owed at the end of {month(table['month'].iloc[-1])} "
        "if nothing changes",
    )
    return so_far(made, provisional)


def about(value: float) -> str:
    """An estimate as far as it bears figures: three of them."""
    return shown(significant(value, 3), 0)


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

"""The time study: paid and unpaid hours by activity, the model beside the study, shares of random moments."""

from __future__ import annotations

import pandas as pd

from workload.figures import chart
from workload.figures.row_marks import dumbbell, keys_above, line_through
from workload.figures.tones import NAMED, kind_marks
from workload.model.units import hours as hours_of
from workload.model.words import count, hours, numbers, percent, within

HOURS_TITLE = "Where do the hours go? Hours logged, paid and outside the contract, by activity"
MODEL_TITLE = "Does the model match the log? Hours a week of the people who logged, by activity"
MOMENTS_TITLE = "What were people doing at random moments? Share of moments at work, in %"
NO_LOG = "Nobody has logged any time yet."
LOG = "Upload a log, or type in a few days."
LETTERS = 44


def paid_and_unpaid(activities: pd.DataFrame) -> chart.Chart:
    """Hours logged by activity: inside the contract, and outside it with a pattern.

    activities  `study_tables.activity_table`
    """
    columns = (
        "Activity",
        "Paid hours",
        "Hours outside the contract",
        "All hours",
        "Share of paid hours, %",
        "Share of all hours, %",
        "Entries",
    )
    if activities.empty:
        return chart.empty_chart(HOURS_TITLE, NO_LOG, LOG, columns)
    rows = activities.sort_values("worked_minutes", ascending=False, kind="stable")
    paid, outside, worked = (hours_of(rows[f"{name}_minutes"]).tolist() for name in ("paid", "outside", "worked"))
    places, labels = list(range(len(rows))), rows["label"].tolist()
    data = [
        chart.row_bars(
            values,
            places,
            [f"{label}: {hours(value)} {what}" for label, value in zip(labels, values, strict=True)],
            width=0.7,
            name=name,
            marker=marker,
        )
        for values, what, name, marker in (
            (paid, "paid hours", "paid", {"color": NAMED.accent}),
            (
                outside,
                "hours outside the contract",
                "outside the contract, unpaid",
                {"color": NAMED.gap, "pattern": chart.HATCH},
            ),
        )
    ]
    right = [
        f"{hours(whole)} h" + (f", {hours(extra)} unpaid" if extra else "")
        for whole, extra in zip(worked, outside, strict=True)
    ]
    figure = chart.rows_figure(
        data,
        [chart.for_plotly(label, LETTERS) for label in labels],
        right,
        chart.value_axis("hours logged", range=[0, max(worked) * 1.04]),
        extra=30,
        barmode="stack",
        showlegend=True,
        legend=chart.legend_above(),
    )
    table = chart.table_of(
        columns,
        labels,
        numbers(paid, 1),
        numbers(outside, 1),
        numbers(worked, 1),
        numbers(rows["share_of_paid"] * 100, 1),
        numbers(rows["share_of_worked"] * 100, 1),
        rows["entries"].tolist(),
    )
    total, unpaid = sum(worked), sum(outside)
    first = rows.iloc[0]
    alt = (
        f"{hours(total)} hours of work were logged, {hours(unpaid)} of them outside the contract. The largest part is "
        f"{within(first['label'])} with {hours(worked[0])} hours, {percent(first['share_of_worked'])} of all."
    )
    return chart.Chart(
        chart.opening(figure, rows["activity"].tolist()),
        HOURS_TITLE,
        alt,
        table,
        "Lunch and breaks are not work and are left out. Unpaid time is shown apart and is never counted as capacity.",
        f"{labels[0]} takes {percent(first['share_of_worked'])} of the {hours(total)} hours logged",
    )


def model_beside_study(areas: pd.DataFrame) -> chart.Chart:
    """Two marks for each activity: what the model expects, and what was logged.

    areas  `model_against_log.areas_of_concern`, largest difference first
    """
    columns = (
        "Activity",
        "Model, hours a week",
        "Logged, hours a week",
        "Of that outside the contract",
        "Logged minus model",
        "What it says",
    )
    if areas.empty:
        return chart.empty_chart(
            MODEL_TITLE,
            "Nobody who logged is on the Therapists sheet.",
            "Write names in the log as in the roster.",
            columns,
        )
    labels = areas["label"].tolist()
    model, logged = areas["model_hours"].tolist(), areas["study_hours"].tolist()
    said = (
        [f"{label}: the model expects {hours(value)} hours a week" for label, value in zip(labels, model, strict=True)],
        [f"{label}: {hours(value)} hours a week logged" for label, value in zip(labels, logged, strict=True)],
    )
    right = [f"{hours(first)} → {hours(second)}" for first, second in zip(model, logged, strict=True)]
    top = max(*model, *logged) * 1.12
    figure = chart.rows_figure(
        dumbbell(model, logged, said, ("model", "logged")),
        [chart.for_plotly(label, LETTERS) for label in labels],
        right,
        chart.value_axis("hours a week, together", range=[0, top or 1]),
        first=-1.35,
        heading="model → logged",
        extra=20,
        annotations=keys_above(model[0], logged[0], "model", "logged"),
    )
    table = chart.table_of(
        columns,
        labels,
        numbers(model, 1),
        numbers(logged, 1),
        numbers(areas["outside_hours"], 1),
        numbers(areas["difference_hours"], 1),
        areas["sign"].tolist(),
    )
    alt = (
        f"Hours a week by activity, model beside log, {count(len(areas), 'activity', 'activities')}. "
        + "; ".join(
            f"{within(label)}: {hours(first)} in the model, {hours(second)} logged"
            for label, first, second in list(zip(labels, model, logged, strict=True))[:3]
        )
        + "."
    )
    return chart.Chart(
        chart.opening(figure, areas["activity"].tolist()),
        MODEL_TITLE,
        alt,
        table,
        "The largest difference stands first. A study of a week or two misses what comes at other times of the year, "
        "so less than the model is no proof of less work.",
        f"{labels[0]}: {hours(model[0])} hours a week by the model, {hours(logged[0])} by the log",
    )


def shares_of_moments(moments: pd.DataFrame) -> chart.Chart:
    """The share of each activity with its 95 % interval.

    moments  `random_moments.moments_table`
    """
    columns = ("Activity", "Times seen", "Moments", "Share, %", "Half-width, percentage points", "Low, %", "High, %")
    if moments.empty:
        return chart.empty_chart(
            MOMENTS_TITLE, "No random moment has been noted yet.", "Type in or upload what was seen.", columns
        )
    rows = moments.sort_values("share", ascending=False, kind="stable")
    labels, places = rows["label"].tolist(), list(range(len(rows)))
    low, high, share = ((rows[name] * 100).tolist() for name in ("low", "high", "share"))
    whiskers = (
        point
        for place, start, end in zip(places, low, high, strict=True)
        for point in (
            *((start, place - 0.15), (start, place + 0.15), (start, place)),
            *((end, place), (end, place - 0.15), (end, place + 0.15)),
            (None, None),
        )
    )
    half = rows["half_width"].tolist()
    right = [f"{percent(value / 100, 1)} ± {percent(width, 1)}" for value, width in zip(share, half, strict=True)]
    data = [
        chart.row_bars(
            share,
            places,
            [f"{label}: {text}" for label, text in zip(labels, right, strict=True)],
            width=0.62,
            marker=kind_marks(rows["activity"]),
        ),
        *chart.two_tone(line_through(whiskers), core=1.2, halo=3.2),
    ]
    figure = chart.rows_figure(
        data,
        [chart.for_plotly(label, LETTERS) for label in labels],
        right,
        chart.value_axis("share of moments at work, %", range=[0, max(high) * 1.06]),
    )
    number = int(rows["moments"].iloc[0])
    table = chart.table_of(
        columns,
        labels,
        rows["hits"].tolist(),
        rows["moments"].tolist(),
        numbers(share, 1),
        numbers((w * 100 for w in half), 1),
        numbers(low, 1),
        numbers(high, 1),
    )
    alt = f"Shares of {count(number, 'random moment')} at work. {labels[0]} has {right[0]}."
    return chart.Chart(
        figure,
        MOMENTS_TITLE,
        alt,
        table,
        "The thin line is the 95% interval: 1.96 × the root of share × (1 − share) ÷ moments. Moments at lunch are "
        "left out.",
        f"{labels[0]} was seen in {percent(share[0] / 100)} of {count(number, 'moment')} at work",
    )

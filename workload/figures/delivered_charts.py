"""Delivered minutes: what was delivered, what was not and why, and the share beside a published one."""

from __future__ import annotations

from calendar import month_abbr
from collections.abc import Sequence

import pandas as pd

from workload.figures import chart
from workload.figures.row_marks import upright
from workload.figures.tones import NAMED
from workload.model.words import NO_VALUE, count, numbers, percent, shown
from workload.staffing.delivered.compliance import REASONS

MINUTES_TITLE = "What was delivered, and why not the rest? Minutes of required time, by {by}"
SHARES_TITLE = "What share of required minutes was delivered? Delivered over required, in %, by school year"
NOTHING, BRING = "There are no delivered minutes yet.", "Upload a log or monthly totals, or type them in."
DELIVERED, NOT_SAID = "Delivered", "No reason given"
STYLES = {
    "provider_absence": (NAMED.about, ""),
    "evaluation": (NAMED.about, "+"),
    "student_absence": (NAMED.soft, "/"),
    "school_event": (NAMED.soft, "x"),
    "refusal": (NAMED.soft, "\\"),
    "other": (NAMED.soft, "."),
}
BY_WORDS = {"school": "school", "therapist": "therapist", "month": "month", "school_year": "school year"}
MOST_ROWS = 40


def delivered_and_not(
    table: pd.DataFrame, by: str, names: dict[str, str] | None = None, codes: dict[str, str] | None = None
) -> chart.Chart:
    """Stacked minutes: delivered, each reason, and what no reason was given for.

    table  `compliance_by(delivered, by)`
    names  what to call each row; a row that is missing in it is called "Person 3"
    codes  what a click on a row opens, by its key; a row without one opens nothing
    """
    title = MINUTES_TITLE.format(by=BY_WORDS[by])
    columns = (
        BY_WORDS[by].capitalize(),
        "Required, minutes",
        "Delivered, minutes",
        *(f"{label}, minutes" for label in REASONS.values()),
        f"{NOT_SAID}, minutes",
        "Delivered of required, %",
    )
    if table.empty or not table["required_minutes"].sum():
        return chart.empty_chart(title, NOTHING, BRING, columns)
    told = [
        _called(str(key), by) if names is None else names.get(key, f"Person {at}")
        for at, key in enumerate(table[by], 1)
    ]
    parts = [
        (DELIVERED, table["delivered_minutes"], (NAMED.accent, "")),
        *((label, table[f"{code}_minutes"], STYLES[code]) for code, label in REASONS.items()),
        (NOT_SAID, table["not_accounted_minutes"], (NAMED.gap, "")),
    ]
    data_table = chart.table_of(
        columns,
        told,
        numbers(table["required_minutes"], 0),
        *(numbers(values, 0) for _, values, _ in parts),
        numbers(table["compliance"] * 100, 1),
    )
    required, delivered = float(table["required_minutes"].sum()), float(table["delivered_minutes"].sum())
    alt = (
        f"Of {shown(required, 0)} required minutes {shown(delivered, 0)} were delivered, {percent(delivered / required, 1)}, "
        f"over {count(len(table), BY_WORDS[by])}."
    )
    note = "The share is delivered over required, sum over sum. Red is time for which no reason was given."
    if len(table) > MOST_ROWS:
        note += f" The first {MOST_ROWS} of {len(table)} are drawn; the table has all."
    opens = [None if codes is None else codes.get(key) for key in table[by]][:MOST_ROWS]
    found = f"{percent(delivered / required, 1)} of {shown(required, 0)} required minutes were delivered"
    return chart.Chart(
        chart.opening(_stacked(told, parts, table["compliance"]), opens), title, alt, data_table, note, found
    )


def _stacked(told: Sequence[str], parts: Sequence[tuple[str, pd.Series, tuple[str, str]]], shares: pd.Series) -> dict:
    """The first rows with their parts one after the other; parts of nothing are left out."""
    told, shares = told[:MOST_ROWS], shares.iloc[:MOST_ROWS]
    drawn = [(label, values.tolist()[:MOST_ROWS], style) for label, values, style in parts if values.sum()]
    data = [
        chart.row_bars(
            values,
            list(range(len(told))),
            [
                f"{chart.short_name(name)}: {label.lower()}, {shown(value, 0)} minutes"
                for name, value in zip(told, values, strict=True)
            ],
            name=label,
            width=0.7,
            marker={"color": color, "pattern": {**chart.HATCH, "shape": shape}},
        )
        for label, values, (color, shape) in drawn
    ]
    longest = max(sum(row) for row in zip(*(values for _, values, _ in drawn), strict=True))
    return chart.rows_figure(
        data,
        [chart.short_name(name) for name in told],
        [percent(share, 1) if share == share else "nothing required" for share in shares],
        chart.value_axis("minutes", range=[0, longest * 1.03], tickformat=",d"),
        first=-1.2,
        heading="delivered",
        extra=50,
        barmode="stack",
        showlegend=True,
        legend=chart.legend_above(),
    )


def _called(key: str, by: str) -> str:
    """A row's name: months in words, so that "2026-09" is "Sep 2026"."""
    if by == "month" and key[:4].isdigit():
        return f"{month_abbr[int(key[5:])]} {key[:4]}"
    return "Not given" if key == "not given" else key


def shares_by_year(own: pd.DataFrame | None, reference: pd.DataFrame, reference_name: str) -> chart.Chart:
    """The share of each school year: the district's own in one color, the published ones in another.

    own, reference  `compliance_by(..., "school_year")`; own may be None
    """
    rows = [
        (f"Your district, {row['school_year']}", row["compliance"], row["required_minutes"], True)
        for _, row in (own.iterrows() if own is not None else ())
        if row["compliance"] == row["compliance"]
    ]
    rows += [
        (f"{reference_name}, {row['school_year']}", row["compliance"], row["required_minutes"], False)
        for _, row in reference.iterrows()
    ]
    places, values = list(range(len(rows))), [share * 100 for _, share, _, _ in rows]
    bars = chart.row_bars(
        values,
        places,
        [f"{name}: {percent(share, 1)} of {shown(required, 0)} required minutes" for name, share, required, _ in rows],
        width=0.6,
        marker={"color": [NAMED.accent if mine else NAMED.soft for *_, mine in rows]},
    )
    figure = chart.rows_figure(
        [upright(100, len(rows), dash="dash"), bars],
        [chart.short_name(name) for name, *_ in rows],
        [percent(share, 1) for _, share, _, _ in rows],
        chart.value_axis("delivered of required minutes, %", range=[0, max(104, *values)]),
        first=-1.2,
        extra=20,
        annotations=[chart.note_at("all of it", x=100, y=-0.62, yanchor="bottom", xanchor="right")],
    )
    table = pd.DataFrame(
        {
            "Who and when": [name for name, *_ in rows],
            "Delivered of required, %": numbers(values, 1),
            "Required, minutes": numbers((required for _, _, required, _ in rows), 0),
        }
    )
    alt = (
        "Delivered over required minutes. "
        + "; ".join(f"{name}: {percent(share, 1)}" for name, share, _, _ in rows)
        + "."
    )
    return chart.Chart(
        figure,
        SHARES_TITLE,
        alt.replace(NO_VALUE, "unknown"),
        table,
        "A figure of one other district is no standard; it says what has been seen elsewhere.",
        f"{rows[0][0]}: {percent(rows[0][1], 1)} of required minutes were delivered",
    )

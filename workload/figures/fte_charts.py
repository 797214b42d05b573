"""FTE: how the required figure comes about, what it is made of, and what would move it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from workload.answer import Answer
from workload.figures.chart import (
    LOAD,
    Chart,
    empty_chart,
    font,
    layout,
    note_at,
    row_axes,
    row_bars,
    rows_figure,
    table_of,
    value_axis,
)
from workload.figures.row_marks import two_lines, upright
from workload.figures.tones import NAMED, kind_marks
from workload.model.parameters import parameters
from workload.model.units import NOTHING_FTE
from workload.model.words import fte, fte_number, fte_span, numbers, percent, shown, within
from workload.staffing.likely_range import Influence
from workload.work.activities import ACTIVITIES

PARTS_TITLE = "What is the required FTE made of? FTE by activity"
MOVES_TITLE = "How sure is it? Required FTE at the low and the high end of each assumption, the five that matter most"
MOST_INFLUENCES = 5
LABEL_LETTERS = 24


def required_by_activity(answer: Answer) -> Chart:
    """Sorted bars: the district's required FTE by activity."""
    columns = ("Activity", "FTE", "Share of required FTE, %", "Hours a week", "How it comes about")
    row, week = answer.district, answer.staffing.full_week
    parts = [(activity, float(row[f"{activity.code}_hours"])) for activity in ACTIVITIES]
    parts = sorted(((activity, value) for activity, value in parts if value > 0), key=lambda part: -part[1])
    if not parts:
        return empty_chart(PARTS_TITLE, "There is no work on this date.", LOAD, columns)
    total = float(row["workload_hours"])
    values, places = [value / week for _, value in parts], list(range(len(parts)))
    labels = [activity.label for activity, _ in parts]
    right = [f"{fte(value)} FTE, {percent(value * week / total)}" for value in values]
    bars = row_bars(
        values,
        places,
        [f"{label}: {text} of the required FTE" for label, text in zip(labels, right, strict=True)],
        width=0.7,
        marker=kind_marks(activity.code for activity, _ in parts),
    )
    figure = rows_figure([bars], labels, right, value_axis("FTE", range=[0, max(values) * 1.04]))
    data = partial(
        table_of,
        columns,
        labels,
        [fte_number(value) for value in values],
        numbers((value * week / total * 100 for value in values), 0),
        numbers((value for _, value in parts), 1),
        [activity.formula for activity, _ in parts],
    )
    alt = (
        f"The required {fte(total / week)} FTE of OTs and OTAs by activity. The largest parts are "
        + ", ".join(f"{within(label)} with {text}" for label, text in zip(labels[:3], right[:3], strict=True))
        + "."
    )
    found = f"{labels[0]} takes {percent(values[0] * week / total)} of the {fte(total / week)} FTE required"
    return Chart(figure, PARTS_TITLE, alt, data, found=found)


def what_moves_the_answer(influences: Sequence[Influence], required_fte: float) -> Chart:
    """The five assumptions that move the required FTE most, each alone from its low to its high end.

    required_fte  the district's required FTE under the assumptions in force
    """
    columns = (
        "Assumption",
        "Low end",
        "High end",
        "Required FTE at the low end",
        "Required FTE at the high end",
        "Difference, FTE",
        "Unit",
    )
    top = [one for one in influences if one.swing_fte > NOTHING_FTE][:MOST_INFLUENCES]
    if not top:
        return empty_chart(MOVES_TITLE, "No assumption moves the answer: there is no work to count.", LOAD, columns)
    known = [parameters()[one.id] for one in top]
    ends = [
        (_end(parameter.unit, one.low), _end(parameter.unit, one.high))
        for one, parameter in zip(top, known, strict=True)
    ]
    all_ends = [value for one in top for value in (one.required_fte_at_low, one.required_fte_at_high)]
    low, high = min(*all_ends, required_fte), max(*all_ends, required_fte)
    room = (high - low) * 0.42
    words = note_at(f"{fte(required_fte)} FTE required", x=required_fte, y=-0.62, yanchor="bottom")
    labels = [two_lines(parameter.label, LABEL_LETTERS) for parameter in known]
    figure = {
        "data": [*_to_the_ends(top, ends, required_fte), upright(required_fte, len(top), width=2)],
        "layout": layout(
            150 + 46 * len(top),
            barmode="overlay",
            annotations=[words],
            xaxis=value_axis("required FTE", range=[low - room, high + room]),
            **row_axes(labels, [""] * len(top), first=-1.2),
        ),
    }
    table = partial(
        table_of,
        columns,
        [parameter.label for parameter in known],
        *zip(*ends, strict=True),
        [fte_number(one.required_fte_at_low) for one in top],
        [fte_number(one.required_fte_at_high) for one in top],
        [fte_number(one.swing_fte) for one in top],
        [parameter.unit for parameter in known],
    )
    alt = (
        f"Each assumption alone, from its low to its high end, around {fte(required_fte)} FTE required. "
        + "; ".join(
            f"{parameter.label}: {fte(one.required_fte_at_low)} to {fte(one.required_fte_at_high)} FTE"
            for one, parameter in zip(top[:3], known, strict=False)
        )
        + "."
    )
    low, high = sorted(float(end) for end in (top[0].required_fte_at_low, top[0].required_fte_at_high))
    span = fte_span(low, high)
    moved = f"{span} FTE required" if " to " in span else f"by {shown(high - low, 2)} FTE"
    found = f"{known[0].label} moves it most: {moved}"
    note = "Beside each bar: the value assumed, and the FTE required with it."
    return Chart(figure, MOVES_TITLE, alt, table, note, found)


def _to_the_ends(top: Sequence[Influence], ends: Sequence[tuple[str, str]], required_fte: float) -> list[dict]:
    """From the FTE required to that at each end of each assumption, with the value assumed written there."""
    places, data = list(range(len(top))), []
    for side, color in ((0, NAMED.about), (1, NAMED.accent)):
        values = [(one.required_fte_at_low, one.required_fte_at_high)[side] for one in top]
        said = [
            f"{parameters()[one.id].label} at {end[side]}: {fte(value)} FTE required"
            for one, end, value in zip(top, ends, values, strict=True)
        ]
        marker = {"color": color, "line": {"color": NAMED.card, "width": 1}}
        lengths, base = [value - required_fte for value in values], [required_fte] * len(top)
        data.append(row_bars(lengths, places, said, base=base, width=0.62, marker=marker))
        data.append(
            {
                "type": "scatter",
                "mode": "text",
                "x": values,
                "y": places,
                "cliponaxis": False,
                "text": [f" {end[side]}: <b>{fte(value)}</b> " for end, value in zip(ends, values, strict=True)],
                "textposition": ["middle left" if length < 0 else "middle right" for length in lengths],
                "textfont": font(12),
                "hoverinfo": "skip",
            }
        )
    return data


def _end(unit: str, value: float) -> str:
    """An assumption's value with the shortest true writing; shares as percent."""
    if unit.startswith("share"):
        return percent(value, 1).replace(".0%", "%")
    text = shown(value, 2)
    short = text.rstrip("0").rstrip(".")
    return f"{short} {UNIT_WORDS.get(unit.split()[0], '')}".strip()


UNIT_WORDS = {"minutes": "min", "hours": "h"}

"""The bridge: from the FTE in post to the FTE needed, cause by cause, in the colors of the screen."""

from __future__ import annotations

from collections.abc import Sequence

from workload.figures.chart import NO_FADE, layout, row_bars, short_name
from workload.figures.open_premise import marked, told
from workload.figures.tones import Tones
from workload.model.words import fte, within
from workload.staffing.bridge import CAPACITY, NEED, SPARE, SUM, Step

ROOM_AT_THE_LEFT, ROOM_AT_THE_RIGHT, ROW, HEAD = 168, 52, 33, 26
LETTER = 6.8  # pixels of a letter of a label
_AVAILABLE = ("available", "in_post")


def bridge_chart(steps: Sequence[Step], tones: Tones, provisional: bool = False) -> dict:
    """Sums from 0, changes where they take place; the wash from what is there to what is needed is the gap.

    Each bar carries its step's code as customdata, so that a click can open it.
    """
    starts, ends, level = [], [], 0.0
    for step in steps:
        starts.append(0.0 if step.kind == SUM else level)
        level = step.fte if step.kind == SUM else level + step.fte
        ends.append(level)
    rows = [short_name(step.label) for step in steps]
    said = [
        fte(step.fte) if step.kind == SUM else ("+" if step.fte > 0 else "−") + fte(abs(step.fte)) for step in steps
    ]
    bars = row_bars(
        [abs(end - start) for start, end in zip(starts, ends, strict=True)],
        rows,
        [f"{step.label}: {text} FTE; {step.meaning}" for step, text in zip(steps, said, strict=True)],
        base=[min(pair) for pair in zip(starts, ends, strict=True)],
        customdata=[[step.code] for step in steps],
        marker=_colors(steps, tones),
        **NO_FADE,
    )
    notes = [
        tones.words(f"<b>{text}</b>" if step.kind == SUM else text, x=max(start, end), xshift=6, y=row, xanchor="left")
        for step, row, text, start, end in zip(steps, rows, said, starts, ends, strict=True)
    ]
    there, need = [end for step, end in zip(steps, ends, strict=True) if step.code in _AVAILABLE][-1], ends[-1]
    wash, short = _gap(there, need, tones) if need > there else ([], [])
    most = max(*starts, *ends) or 1.0
    left = max(ROOM_AT_THE_LEFT, round(LETTER * max(map(len, rows)) + 14))
    figure = {
        "data": [bars],
        "layout": layout(
            HEAD + ROW * len(steps),
            margin={"l": left, "r": ROOM_AT_THE_RIGHT, "t": HEAD, "b": 4},
            annotations=[*notes, *short],
            shapes=wash,
            bargap=0.28,
            xaxis={"visible": False, "range": [0, most * 1.02], "fixedrange": True},
            yaxis={
                "autorange": "reversed",
                "fixedrange": True,
                "ticks": "",
                "ticklabelstandoff": 8,
                "showgrid": False,
                "tickvals": rows,
                "ticktext": [
                    f"<b>{row}</b>" if step.kind == SUM else row for step, row in zip(steps, rows, strict=True)
                ],
                "tickfont": {"size": 14, "color": tones.ink},
            },
        ),
    }
    return marked(figure, provisional)


def _colors(steps: Sequence[Step], tones: Tones) -> dict:
    """Each bar by its kind; the last one, what is needed, stands apart."""
    fill = {SUM: tones.accent, CAPACITY: tones.clear, NEED: tones.gap, SPARE: tones.clear}
    edge = {SUM: tones.accent, CAPACITY: tones.soft, NEED: tones.gap, SPARE: tones.accent}
    color, line = ([*(by[step.kind] for step in steps[:-1]), tones.soft] for by in (fill, edge))
    return {"color": color, "line": {"width": 1.5, "color": line}}


def _gap(there: float, need: float, tones: Tones) -> tuple[list[dict], list[dict]]:
    """(the wash from what is there to what is needed, the words over it)."""
    wash = {"type": "rect", "x0": there, "x1": need, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
    place: dict = {"x": (there + need) / 2, "y": 1, "yref": "paper", "yanchor": "bottom"}
    words = tones.words(f"<b>short {fte(need - there)}</b>", **place, font={"size": 15, "color": tones.gap})
    return [{**wash, "fillcolor": tones.gap_wash, "line": {"width": 0}}], [words]


def bridge_words(steps: Sequence[Step], provisional: bool = False) -> str:
    """The bridge for a reader without the picture."""
    changes = "; ".join(
        f"{within(step.label)} {'plus' if step.fte > 0 else 'minus'} {fte(abs(step.fte))}"
        for step in steps
        if step.kind != SUM
    )
    ends = f"From {fte(steps[0].fte)} FTE in post to {fte(steps[-1].fte)} FTE needed"
    return told(ends, changes, provisional=provisional)

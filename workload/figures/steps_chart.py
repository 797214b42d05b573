"""What a scenario does to the shortage, lever by lever, in the grammar of the bridge: today, each lever, what is left."""

from __future__ import annotations

import pandas as pd

from workload.figures.chart import layout, row_bars, short_name
from workload.figures.open_premise import marked, told
from workload.figures.scenario_numbers import row_decimals, signed
from workload.figures.tones import Tones
from workload.model.words import rounded, shown, within
from workload.scenarios.compare import SCENARIO, TODAY, TOGETHER

ROOM_AT_THE_LEFT, ROOM_AT_THE_RIGHT, ROW, ABOVE = 150, 52, 34, 6


def rows_of(steps: pd.DataFrame) -> list[tuple[str, float, str, bool]]:
    """(label, FTE short, the number as it is written, whether it is a state). `steps` is `adding_up(...)`.

    Shortage counts to the right: what helps goes to the left. A step that changes need and hours alike is no row.
    """
    made = []
    digits = row_decimals(steps)
    for at, (name, gap) in enumerate(zip(steps["step"], steps["gap_fte"], strict=True)):
        short = rounded(-float(gap), 3)
        if name in (TODAY, SCENARIO):
            made.append((_state(name, short), short, shown(abs(short), digits[at]), True))
        elif short or name != TOGETHER:
            made.append((name if name != TOGETHER else "All of them together", short, signed(short, digits[at]), False))
    return made


def _state(name: str, short: float) -> str:
    word = "short" if short > 0 else "room" if short < 0 else "even"
    return f"{word.capitalize()} today" if name == TODAY else f"Then {word}" if word != "short" else "Still short"


def steps_chart(steps: pd.DataFrame, tones: Tones, provisional: bool = False) -> dict:
    """States as filled bars from 0, levers as floating ones: hollow where they help, filled where they add to the gap."""
    rows, level, starts = rows_of(steps), 0.0, []
    for _, short, _, state in rows:
        starts.append(0.0 if state else level)
        level = short if state else level + short
    ends = [start + short for start, (_, short, _, _) in zip(starts, rows, strict=True)]
    places = list(range(len(rows)))
    color = [tones.gap if short > 0 else tones.clear for _, short, _, _ in rows]
    edge = [tones.gap if short > 0 else tones.accent for _, short, _, _ in rows]
    bars = row_bars(
        [abs(end - start) for start, end in zip(starts, ends, strict=True)],
        places,
        [f"{short_name(label)}: {text} FTE" for label, _, text, _ in rows],
        base=[min(pair) for pair in zip(starts, ends, strict=True)],
        marker={"color": color, "line": {"width": 1.5, "color": edge}},
    )
    notes = [
        tones.words(f"<b>{text}</b>" if state else text, x=max(start, end), xshift=6, y=place, xanchor="left")
        for place, (_, _, text, state), start, end in zip(places, rows, starts, ends, strict=True)
    ]
    low, high = min(0.0, *ends, *starts), max(0.0, *ends, *starts)
    line = {"color": tones.soft, "width": 1}
    zero = {"type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "yref": "paper", "line": line}
    figure = {
        "data": [bars],
        "layout": layout(
            2 * ABOVE + ROW * len(rows),
            margin={"l": ROOM_AT_THE_LEFT, "r": ROOM_AT_THE_RIGHT, "t": ABOVE, "b": ABOVE},
            annotations=notes,
            shapes=[zero] if low < 0 else [],
            bargap=0.28,
            xaxis={"visible": False, "range": [low, high or 1.0], "fixedrange": True},
            yaxis={
                "range": [len(rows) - 0.5, -0.5],
                "fixedrange": True,
                "ticks": "",
                "ticklabelstandoff": 8,
                "showgrid": False,
                "zeroline": False,
                "tickvals": places,
                "ticktext": [f"<b>{label}</b>" if state else short_name(label) for label, _, _, state in rows],
                "tickfont": {"size": 14, "color": tones.ink},
            },
        ),
    }
    return marked(figure, provisional)


def steps_said(steps: pd.DataFrame, provisional: bool = False) -> str:
    """The steps for a reader without the picture."""
    first, *middle, last = rows_of(steps)
    levers = "".join(f"; {within(label)} {text}" for label, _, text, _ in middle)
    return told(f"{first[0]}: {first[2]} FTE{levers}", f"{last[0]}: {last[2]} FTE", provisional=provisional)

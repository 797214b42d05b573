"""How far sharing the work goes: hours that do not fit by number of moves, as steps down to what no move can change."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from workload.figures.chart import NO_FADE, layout, table_of
from workload.figures.open_premise import marked, told
from workload.figures.tones import Tones
from workload.model.words import count, hours, numbers
from workload.rebalance.proposal import FEW_MOVES, Proposal

COLUMNS = (
    "Moves",
    "Hours a week that do not fit",
    "Largest overload, % of contract",
    "Travel, hours a week",
    "Students who change therapist",
    "At most so much better exists, %",
    "Proven",
)
HEIGHT, ROOM = 250, 0.16


def moves_words(most: int | None) -> str:
    """The number of moves that was asked for, in words."""
    return "as many as help" if most is None else count(most, "move")


def sharing_chart(
    today: float, floor: float, proposals: Sequence[Proposal], tones: Tones, provisional: bool = False
) -> dict:
    """Steps from today's hours that do not fit; the dotted line is what will not fit however the work is shared.

    Each point carries the place of its proposal as customdata (-1 for today), so that a click can open it.
    """
    values = [today, *(one.score.overload_hours for one in proposals)]
    counts = [one.most_moves for one in proposals] or [
        *FEW_MOVES,
        None,
    ]  # before a search the places where its steps will be
    names = ["today", *("all" if most is None else str(most) for most in counts)]
    places, last = list(range(len(values))), len(names) - 1
    line = {"type": "scatter", "hoverinfo": "skip", "cliponaxis": False}
    floor_line = {
        **line,
        "mode": "lines",
        "x": [-0.4, last + 0.4],
        "y": [floor, floor],
        "line": {"color": tones.ink, "width": 2, "dash": "dot"},
    }
    steps = {
        **line,
        "mode": "lines+markers",
        "x": places,
        "y": values,
        "line": {"color": tones.gap, "width": 3, "shape": "hv"},
        "marker": {"size": 12, "color": tones.gap, "line": {"color": tones.card, "width": 2}},
        "customdata": [[at - 1] for at in places],
        "hoverinfo": "text",
        "hovertext": [
            f"{name}: {hours(value)} hours a week do not fit" for name, value in zip(names, values, strict=False)
        ],
        **NO_FADE,
    }
    low, high = min(floor, *values), max(floor, *values)
    span = (high - low) or 1.0
    notes = [
        tones.words(f"<b>{hours(value)}</b>", x=at, y=value, yshift=14)
        for at, value in zip(places, values, strict=True)
    ]
    rest = f"<b>{hours(floor)}</b> fit nobody: too few hours in all"
    notes.append(tones.words(rest, x=-0.4, y=floor, yshift=-12, xanchor="left"))
    axis = {"fixedrange": True, "showgrid": False, "zeroline": False, "tickfont": {"size": 14, "color": tones.ink}}
    figure = {
        "data": [floor_line, steps],
        "layout": layout(
            HEIGHT,
            margin={"l": 8, "r": 8, "t": 8, "b": 44},
            annotations=notes,
            xaxis={
                **axis,
                "range": [-0.5, last + 0.5],
                "tickvals": list(range(len(names))),
                "ticktext": names,
                "title": {"text": "moves", "font": {"size": 14, "color": tones.ink}, "standoff": 4},
            },
            yaxis={**axis, "visible": False, "range": [low - ROOM * 1.6 * span, high + ROOM * 1.6 * span]},
        ),
    }
    return marked(figure, provisional)


def sharing_words(today: float, floor: float, proposals: Sequence[Proposal], provisional: bool = False) -> str:
    """The steps for a reader without the picture."""
    return told(
        f"Today {hours(today)} hours a week do not fit",
        *(f"With {moves_words(one.most_moves)} it is {hours(one.score.overload_hours)}" for one in proposals),
        f"{hours(floor)} hours will not fit however the work is shared",
        provisional=provisional,
    )


def sharing_table(proposals: Sequence[Proposal]) -> pd.DataFrame:
    """Every number of moves with what it gains; today first."""
    rows = [
        ("Today", proposals[0].before, float("nan"), ""),
        *((moves_words(one.most_moves), one.score, one.gap * 100, "yes" if one.proven else "no") for one in proposals),
    ]
    made: list[Sequence] = [
        [name for name, *_ in rows],
        numbers((score.overload_hours for _, score, *_ in rows), 1),
        numbers((score.largest_overload * 100 for _, score, *_ in rows), 0),
        numbers((score.travel_hours for _, score, *_ in rows), 1),
        numbers((score.students_changing for _, score, *_ in rows), 0),
        numbers((gap for *_, gap, _ in rows), 1),
        [proven for *_, proven in rows],
    ]
    return table_of(COLUMNS, *made)

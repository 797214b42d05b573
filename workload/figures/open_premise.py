"""Charts of an answer over an open premise: each text of theirs that holds work against hours says that it may move."""

from __future__ import annotations

from dataclasses import replace

from workload.figures.chart import SMALL_SIZE, Chart
from workload.figures.tones import NAMED

WORD = "provisional"
LINE = 20  # pixels above the plot for the word


def told(*sentences: str, provisional: bool = False) -> str:
    """Sentences, each without its full stop, as the words of a chart; over an open premise each says that it is provisional."""
    end = f" ({WORD})." if provisional else "."
    return " ".join(f"{sentence}{end}" for sentence in sentences if sentence)


def marked(figure: dict, provisional: bool = True) -> dict:
    """The figure with the word in a line above the plot, and at the end of every text that a pointer opens."""
    if not provisional:
        return figure
    drawn, margin = figure["layout"], figure["layout"]["margin"]
    word = {
        "text": WORD,
        "showarrow": False,
        "font": {"size": SMALL_SIZE, "color": NAMED.ink},
        "xref": "paper",
        "yref": "paper",
        "x": 1,
        "y": 1,
        "xanchor": "right",
        "yanchor": "bottom",
        "yshift": margin["t"],
    }
    return {
        **figure,
        "data": [_pointed(trace) for trace in figure["data"]],
        "layout": {
            **drawn,
            "height": drawn["height"] + LINE,
            "margin": {**margin, "t": margin["t"] + LINE},
            "annotations": [*drawn.get("annotations", ()), word],
        },
    }


def _pointed(trace: dict) -> dict:
    return (
        {**trace, "hovertext": [f"{text} ({WORD})" for text in trace["hovertext"]]} if trace.get("hovertext") else trace
    )


def so_far(chart: Chart, provisional: bool) -> Chart:
    """The chart whose figure and heading say that it is provisional. Its `alt` is made with `told`."""
    if not provisional or not chart.found:
        return chart
    found = f"Provisionally: {chart.found[:1].lower()}{chart.found[1:]}"
    return replace(chart, figure=marked(chart.figure), found=found)

"""A chart of a document for the screen: the same told numbers as written, in the packet's own colors."""

from __future__ import annotations

from textwrap import wrap

import pandas as pd

from workload.figures.chart import Chart as Figure
from workload.figures.chart import font, for_plotly, layout, row_axes, rows_height, value_axis
from workload.figures.open_premise import marked
from workload.report.brief.drawn_blocks import step_colors, step_ends
from workload.report.packet_choices import Brand
from workload.report.sections.page_blocks import BRIDGE, Chart

LINE_LETTERS = 24  # of a label beside its bar, in at most two lines
ROOM = 1.18  # of the scale, so that a number at the end of a bar is not cut off
NUMBER = 0.1  # of the scale, what a number at the end of a bar takes at most on a narrow page


def screen_chart(chart: Chart, title: str, brand: Brand) -> Figure:
    """Bars on one scale with their numbers as written, and the same as a table."""
    colors = (brand.primary, brand.accent, brand.work[1 % len(brand.work)])
    names, rows = list(chart.series), len(chart.categories)
    if chart.kind == BRIDGE:
        of = step_colors(brand)
        ends = step_ends(chart)
        bars = [
            _bars(
                names[0],
                [end - start for start, end in ends],
                chart.shown[names[0]],
                [of[kind] for kind in chart.kinds],
                [start for start, _ in ends],
            )
        ]
        values = [max(pair) for pair in ends]
    else:
        bars = [
            _bars(name, list(chart.series[name]), chart.shown[name], [color] * rows)
            for name, color in zip(names, colors, strict=False)
        ]
        values = [abs(value) for name in names for value in chart.series[name] if value == value]
    top = max([*values, chart.line[1] if chart.line else 0.0, 0.1]) * ROOM
    low = min([0.0, *(value for name in names for value in chart.series[name] if chart.kind == "change")]) * ROOM
    labels = ["<br>".join(for_plotly(line) for line in wrap(label, LINE_LETTERS)[:2]) for label in chart.categories]
    axes = row_axes(labels, [""] * rows)
    marks = {"shapes": [_level(chart.line[1], rows, brand.accent)]} if chart.line else {}
    if chart.line and len(names) == 1:
        marks["annotations"] = _beyond(bars[0], chart.line[1], top * NUMBER)
    figure = {
        "data": bars,
        "layout": layout(
            rows_height(rows, 40 + 14 * len(names)),
            barmode="overlay" if chart.kind in (BRIDGE, "change") else "group",
            yaxis=axes["yaxis"],
            xaxis=value_axis("", range=[low, top]),
            showlegend=len(names) > 1,
            legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": font(12)},
            **marks,
        ),
    }
    table = pd.DataFrame({"": list(chart.categories), **{name: list(chart.shown[name]) for name in names}})
    return Figure(marked(figure, bool(chart.mark)), title, chart.words, table)


def _bars(name, lengths, shown, colors, base=None) -> dict:
    return {
        "type": "bar",
        "orientation": "h",
        "name": for_plotly(name),
        "x": lengths,
        "y": list(range(len(lengths))),
        **({"base": base} if base else {}),
        "text": [for_plotly(words) for words in shown],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": [for_plotly(words) + "<extra></extra>" for words in shown],
        "marker": {"color": colors},
    }


def _beyond(bar: dict, line: float, number: float) -> list[dict]:
    """The numbers that would stand on the line, set behind it; the bars keep the others."""
    on_it = [length < line < length + number for length in bar["x"]]
    bar["textposition"] = ["none" if is_on_it else "outside" for is_on_it in on_it]
    place = {"x": line, "xanchor": "left", "xshift": 4, "showarrow": False, "font": font(12)}
    return [{**place, "y": at, "text": bar["text"][at]} for at, is_on_it in enumerate(on_it) if is_on_it]


def _level(value: float, rows: int, color: str) -> dict:
    line = {"color": color, "dash": "dash", "width": 2}
    return {"type": "line", "x0": value, "x1": value, "y0": -0.5, "y1": rows - 0.5, "line": line}

"""A chart with its words and its table, and what all charts share.

Figures are plain Plotly dictionaries. Their text is in `NAMED.ink`, which Streamlit turns into the text color of the
theme, so the same figure works on light and on dark.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from textwrap import wrap

import pandas as pd

from workload.figures.tones import NAMED
from workload.model.kept import Keeps
from workload.model.words import cut_name

TYPEFACE = (
    '"Source Sans", "Source Sans 3", system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", '
    "Arial, sans-serif"
)  # what the reader's machine has; nothing is downloaded
FONT_SIZE, SMALL_SIZE = 13, 12
ROW_PIXELS, ABOVE_AND_BELOW_PIXELS = 26, 90
LOAD = "Load a roster on the page Data, or the sample on the page Home."  # the remedy of a chart without data
NO_SCHOOLS = "There are no schools with work to show."
NAME_LETTERS = 28  # longer names would leave no room for the bars at 700 pixels

HATCH = {"shape": "/", "fillmode": "overlay", "fgcolor": NAMED.card, "size": 7, "solidity": 0.3}
NO_FADE = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}  # a click changes no mark


@dataclass(frozen=True, eq=False)
class Chart(Keeps):
    """A figure with everything a reader without it needs.

    figure  a Plotly figure as a dictionary, without a title: the page shows `title` as a heading
    title   the question it answers, with units
    alt     two or three sentences made from its own numbers
    numbers the table, or what makes it: few readers open it
    note    what a reader must know to read it: marks explained, what is left out; belongs under the title
    found   what it has found, in a short sentence with its number: the heading on the page; empty for an empty chart
    """

    figure: dict
    title: str
    alt: str
    numbers: pd.DataFrame | Callable[[], pd.DataFrame]
    note: str = ""
    found: str = ""

    @cached_property
    def table(self) -> pd.DataFrame:
        """The same numbers, rounded as shown; masked and missing numbers are NaN and a note says why."""
        return self.numbers() if callable(self.numbers) else self.numbers

    @property
    def heading(self) -> str:
        """What stands over the figure: what was found, else the question."""
        return self.found or self.title

    @property
    def reading(self) -> str:
        """What stands under the heading: what is drawn in which unit, where the heading does not say it, and the note."""
        drawn = self.title.partition("? ")[2] if self.found else ""
        return " ".join(filter(None, (f"{drawn}." if drawn else "", self.note)))


def opening(figure: dict, codes: Sequence[object]) -> dict:
    """The figure whose marks carry what their rows stand for, so that a click can open it; None opens nothing.

    codes  one for each row, in the order in which rows are drawn
    """

    def carried(trace: dict) -> dict:
        marks = trace["type"] == "bar" or "markers" in trace.get("mode", "")
        if not marks or trace.get("hoverinfo") != "text" or len(trace["x"]) != len(codes):
            return trace
        return {**trace, "customdata": [[code] for code in codes], **NO_FADE}

    return {**figure, "data": [carried(trace) for trace in figure["data"]]}


def font(size: int = FONT_SIZE) -> dict:
    """Text in the color of the theme."""
    return {"size": size, "color": NAMED.ink}


def note_at(text: str, size: int = SMALL_SIZE, **place: object) -> dict:
    """An annotation without an arrow."""
    return {"text": text, "showarrow": False, "font": font(size), **place}


def layout(height: int, **more: object) -> dict:
    """The common layout, to which a chart adds its own."""
    return {
        "height": height,
        "paper_bgcolor": NAMED.clear,
        "plot_bgcolor": NAMED.clear,
        "separators": ".,",
        "showlegend": False,
        "font": {"family": TYPEFACE, **font()},
        "margin": {"l": 8, "r": 8, "t": 12, "b": 8, "pad": 4},
        "hoverlabel": {"align": "left", "font": {"family": TYPEFACE}},
        "dragmode": False,
        "bargap": 0.25,
        **more,
    }


def value_axis(title: str, **more: object) -> dict:
    """An axis of numbers that starts where its range says and is never cut off."""
    return {
        "title": {"text": title, "standoff": 10, "font": font()},
        "automargin": True,
        "zeroline": False,
        "gridcolor": NAMED.rule,
        "fixedrange": True,
        "tickfont": font(SMALL_SIZE),
        **more,
    }


def row_axes(labels: Sequence[str], right: Sequence[str], first: float = -0.6, heading: str = "") -> dict:
    """Two vertical axes for rows 0, 1, 2, ... from the top: names on the left, numbers on the right.

    An axis is only drawn with a trace on it: draw on "y" and add `on_the_right()`. `first` is where the rows
    begin; beyond -1 it leaves a row for words above the first one, where `heading` stands over the numbers.
    """
    at, left, right = list(range(len(labels))), list(labels), list(right)
    if heading:
        at, left, right = [-1, *at], ["", *left], [heading, *right]
    common = {
        "tickmode": "array",
        "tickvals": at,
        "range": [len(labels) - 0.4, first],
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "ticks": "",
        "tickfont": font(SMALL_SIZE),
    }
    return {
        "yaxis": {**common, "ticktext": left},
        "yaxis2": {**common, "ticktext": right, "overlaying": "y", "side": "right"},
    }


def row_bars(values: Sequence, places: Sequence, said: Sequence[str], **more: object) -> dict:
    """A bar in each row, from zero unless `more` has a base; `said` is what each says under the pointer."""
    return {"type": "bar", "orientation": "h", "x": values, "y": places, "hoverinfo": "text", "hovertext": said, **more}


def rows_figure(
    data: Sequence[dict],
    labels: Sequence[str],
    right: Sequence[str],
    across: dict,
    first: float = -0.6,
    heading: str = "",
    height: int | None = None,
    extra: int = 0,
    **more: object,
) -> dict:
    """The figure of rows from the top: names on the left, `data` drawn on the axis `across`, numbers on the right.

    first, heading  as in `row_axes`
    extra           pixels beside those that the rows take; `height` is all of them
    more            of the layout
    """
    tall = rows_height(len(labels), extra) if height is None else height
    axes = {"xaxis": across, **row_axes(labels, right, first, heading)}
    return {"data": [*data, on_the_right()], "layout": layout(tall, **axes, **more)}


def table_of(columns: Sequence[str], *values: Sequence) -> pd.DataFrame:
    """The table of a chart: for each column its values, as many as there are columns."""
    return pd.DataFrame(dict(zip(columns, values, strict=True)))


def on_the_right() -> dict:
    """A trace that nobody sees, for the axis on the right."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [0],
        "y": [0],
        "yaxis": "y2",
        "hoverinfo": "skip",
        "marker": {"color": NAMED.clear, "size": 1},
        "showlegend": False,
    }


def rows_height(rows: int, extra: int = 0) -> int:
    """Pixels for a chart of so many rows; few rows do not become thick bars."""
    return ABOVE_AND_BELOW_PIXELS + extra + ROW_PIXELS * max(rows, 3)


def for_plotly(text: object, letters: int | None = None) -> str:
    """Text from a file as Plotly shows it letter by letter: no markup, no formulas, one line.

    letters  longer text is cut in its middle; the table has the whole
    """
    text = str(text)
    if not text.isprintable():  # else only single spaces can be in it that are not letters
        text = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    text = " ".join(text.split())
    text = cut_name(text, letters) if letters else text
    for letter, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("$", "&#36;")):
        text = text.replace(letter, written)
    return text


def short_name(name: object) -> str:
    """A name for an axis or a label: safe, and cut where it is very long."""
    return for_plotly(name, NAME_LETTERS)


def two_tone(trace: dict, core: float = 2.5, halo: float = 5.5) -> list[dict]:
    """The trace as a line in the color of text with a rim of the background: seen on every color and on both themes."""
    made = []
    for color, width in ((NAMED.card, halo), (NAMED.ink, core)):
        part = {**trace, "showlegend": False}
        if "markers" in trace["mode"]:
            part["marker"] = {**trace.get("marker", {}), "color": color, "line": {"color": color, "width": width}}
        if "lines" in trace["mode"]:
            part["line"] = {"color": color, "width": width}
        if color == NAMED.card:
            part["hoverinfo"] = "skip"
        made.append(part)
    return made


def legend_above() -> dict:
    """A legend over the plot in the order of the stack."""
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1.0,
        "yanchor": "bottom",
        "traceorder": "normal",
        "font": font(SMALL_SIZE),
        "itemclick": False,
        "itemdoubleclick": False,
    }


def empty_chart(title: str, missing: str, remedy: str, columns: Sequence[str] = ()) -> Chart:
    """The chart that says what is missing and what to do."""
    lines = "<br>".join(for_plotly(line) for line in wrap(missing, 60) + wrap(remedy, 60))
    hidden = {"visible": False, "fixedrange": True}
    annotation = note_at(lines, 15, xref="paper", yref="paper", x=0.5, y=0.5)
    # Streamlit refuses a figure without a trace.
    nothing = {"type": "scatter", "x": [None], "y": [None], "hoverinfo": "skip"}
    figure = {"data": [nothing], "layout": layout(220, xaxis=hidden, yaxis=hidden, annotations=[annotation])}
    return Chart(figure, title, f"Nothing to draw. {missing} {remedy}", partial(pd.DataFrame, columns=list(columns)))

"""A chart whose marks can be clicked, in the colors of the theme. Each click has a twin for the keyboard on the page."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.ready_figure import ReadyFigure
from dashboard.parts.safe_text import plain
from workload.figures.chart import Chart
from workload.figures.tones import DARK, LIGHT, Tones, painted

Figure = dict | ReadyFigure | Chart
CALM = {"displayModeBar": False, "scrollZoom": False, "responsive": True}


def tones() -> Tones:
    """The colors of the theme that the reader has."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def ready(figure: Figure) -> ReadyFigure:
    """The figure with tones that stand in it by name in their colors: of a chart painted once, one that is ready as it is."""
    if isinstance(figure, Chart):
        return figure.once(_painted, tones())
    return figure if isinstance(figure, ReadyFigure) else ReadyFigure(painted(figure, tones()))


def _painted(chart: Chart, in_tones: Tones) -> ReadyFigure:
    return ReadyFigure(painted(chart.figure, in_tones))


def clicked(figure: Figure, key: str, alt: str) -> str | None:
    """Draw the figure as `ready` makes it; what the mark that was clicked stands for, None without a click."""
    got = st.plotly_chart(
        ready(figure),
        width="stretch",
        key=key,
        alt=plain(alt, 2_000),
        theme=None,
        config=CALM,
        on_select="rerun",
        selection_mode="points",
    )
    points = got.selection.points if got else []
    return points[0]["customdata"][0] if points and points[0].get("customdata") else None


def still(figure: Figure, key: str, alt: str) -> None:
    """Draw a figure in which there is nothing to open, as `clicked` does."""
    st.plotly_chart(ready(figure), width="stretch", key=key, alt=plain(alt, 2_000), theme=None, config=CALM)

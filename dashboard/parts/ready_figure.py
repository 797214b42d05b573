"""A finished figure for `st.plotly_chart`, without the check that Plotly makes of every dictionary on every run.

The figures of `workload.figures` are plain dictionaries that the tests have Plotly check once. Checking them again on
each run cost half of a page's time.
"""

from __future__ import annotations

from plotly.basedatatypes import BaseFigure


class ReadyFigure(BaseFigure):
    """A figure that is taken as it is. It can be shown, and nothing else."""

    def __init__(self, figure: dict) -> None:  # the base class would read and check every property
        self.__dict__["_figure"] = figure

    def to_dict(self) -> dict:
        """The figure as it was given."""
        return self.__dict__["_figure"]

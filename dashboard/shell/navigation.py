"""Every page: its group, file, title and address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

SCREENS = Path(__file__).parents[1] / "screens"


@dataclass(frozen=True)
class View:
    """One page. `name` is its file and its address, `place` the folder of it; the first page has the bare address."""

    group: str
    name: str
    title: str
    place: str

    @property
    def file(self) -> str:
        """The page for `st.page_link` and `st.switch_page`."""
        return str(SCREENS / self.place / f"{self.name}.py")


START = View("Data", "start", "Start", "home")
UPLOAD = View("Data", "upload", "Upload", "data")
CHECK = View("Data", "check", "Check", "data")
OVERVIEW = View("Staffing", "overview", "Overview", "answer")
THERAPISTS = View("Staffing", "therapists", "Therapists", "people")
SCHOOLS = View("Staffing", "schools", "Schools", "schools")
RULES = View("Staffing", "rules", "Rules & methods", "rules")
CALCULATOR = View("Evidence", "calculator", "Calculator", "calculator")
STUDY = View("Evidence", "time_study", "Time study", "people/time_study")
CONCERNS = View("Evidence", "concerns", "Concerns", "answer/concerns")
DELIVERED = View("Evidence", "delivered", "Delivered minutes", "people/delivered")
SCENARIOS = View("Decide", "scenarios", "Scenarios", "decide/scenarios")
REBALANCE = View("Decide", "rebalance", "Rebalance", "decide/rebalance")
YEAR = View("Decide", "year", "Year ahead", "decide/year_ahead")
REPORT = View("Present", "report", "Report", "report")
METHOD = View("Present", "method", "Method", "method")
ALL = (
    START,
    UPLOAD,
    CHECK,
    OVERVIEW,
    THERAPISTS,
    SCHOOLS,
    RULES,
    CALCULATOR,
    STUDY,
    CONCERNS,
    DELIVERED,
    SCENARIOS,
    REBALANCE,
    YEAR,
    REPORT,
    METHOD,
)


def pages() -> Mapping[str, list[st.Page]]:
    """The pages by group, for `st.navigation`."""
    made: dict[str, list[st.Page]] = {}
    for view in ALL:
        made.setdefault(view.group, []).append(
            st.Page(view.file, title=view.title, url_path=view.name, default=view is START)
        )
    return made

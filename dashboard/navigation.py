"""Every page: its group, file, title and address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

VIEWS = Path(__file__).parent / "views"


@dataclass(frozen=True)
class View:
    """One page. `name` is its file in `views/` and its address; the first page has the bare address."""

    group: str
    name: str
    title: str

    @property
    def file(self) -> str:
        """The page for `st.page_link` and `st.switch_page`."""
        return str(VIEWS / f"{self.name}.py")


START = View("Data", "start", "Start")
UPLOAD = View("Data", "upload", "Upload")
CHECK = View("Data", "check", "Check")
OVERVIEW = View("Staffing", "overview", "Overview")
THERAPISTS = View("Staffing", "therapists", "Therapists")
SCHOOLS = View("Staffing", "schools", "Schools")
RULES = View("Staffing", "rules", "Rules & methods")
CALCULATOR = View("Evidence", "calculator", "Calculator")
STUDY = View("Evidence", "time_study", "Time study")
CONCERNS = View("Evidence", "concerns", "Concerns")
DELIVERED = View("Evidence", "delivered", "Delivered minutes")
SCENARIOS = View("Decide", "scenarios", "Scenarios")
REBALANCE = View("Decide", "rebalance", "Rebalance")
YEAR = View("Decide", "year", "Year ahead")
REPORT = View("Present", "report", "Report")
METHOD = View("Present", "method", "Method")
ALL = (START, UPLOAD, CHECK, OVERVIEW, THERAPISTS, SCHOOLS, RULES, CALCULATOR, STUDY, CONCERNS, DELIVERED,
       SCENARIOS, REBALANCE, YEAR, REPORT, METHOD)


def pages() -> Mapping[str, list[st.Page]]:
    """The pages by group, for `st.navigation`."""
    made: dict[str, list[st.Page]] = {}
    for view in ALL:
        made.setdefault(view.group, []).append(
            st.Page(view.file, title=view.title, url_path=view.name, default=view is START))
    return made

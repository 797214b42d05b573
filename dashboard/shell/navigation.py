"""Every place and page: its file, title and address; and the addresses of earlier versions, which still work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

SCREENS = Path(__file__).parents[1] / "screens"


@dataclass(frozen=True)
class View:
    """One page. `name` is its file and its address, `folder` where the file is, `place` the place that it belongs to.

    A page with the name of its place stands in the bar at the top; the others are linked from there or from the foot.
    """

    name: str
    title: str
    folder: str
    place: str

    @property
    def file(self) -> str:
        """The page for `st.page_link` and `st.switch_page`."""
        return f"{SCREENS}/{self.folder}/{self.name}.py"


HOME = View("home", "Home", "home", "home")
DATA = View("data", "Data", "data", "data")
CHECK = View("check", "Rows and findings", "data", "data")
ANSWER = View("answer", "Answer", "answer", "answer")
PREMISES = View("premises", "What it stands on", "answer/premises", "answer")
CONCERNS = View("concerns", "Warning signs", "answer/concerns", "answer")
PEOPLE = View("people", "People", "people", "people")
STUDY = View("time_study", "Time study", "people/time_study", "people")
DELIVERED = View("delivered", "Delivered minutes", "people/delivered", "people")
SCHOOLS = View("schools", "Schools", "schools", "schools")
DECIDE = View("decide", "Decide", "decide/scenarios", "decide")
REBALANCE = View("rebalance", "Rebalance", "decide/rebalance", "decide")
YEAR = View("year", "Year ahead", "decide/year_ahead", "decide")
REPORT = View("report", "Report", "report", "report")
ASSUMPTIONS = View("assumptions", "Assumptions", "assumptions", "")
METHOD = View("method", "Method", "method", "")
RULES = View("rules", "Rules", "rules", "")
CALCULATOR = View("calculator", "Calculator", "calculator", "")
DISTRICTS = View("many_districts", "Many districts", "districts", "")
ACCESS = View("access", "Access", "access", "")  # on a server only, for whoever may see it: not among `ALL`

PLACES = (HOME, DATA, ANSWER, PEOPLE, SCHOOLS, DECIDE, REPORT)
FOOT = (ASSUMPTIONS, METHOD, RULES, CALCULATOR, DISTRICTS)
ALL = (
    HOME,
    DATA,
    CHECK,
    ANSWER,
    PREMISES,
    CONCERNS,
    PEOPLE,
    STUDY,
    DELIVERED,
    SCHOOLS,
    DECIDE,
    REBALANCE,
    YEAR,
    REPORT,
    *FOOT,
)
# What the first page of a place is called beside the other pages of that place.
WITHIN = {DATA: "Files and questions", ANSWER: "The answer", PEOPLE: "Weeks", DECIDE: "What if"}
# The first page is served at the bare address; its name is one more address that leads there.
ROOT = "root"
EARLIER = {"home": HOME, "start": HOME, "upload": DATA, "overview": ANSWER, "therapists": PEOPLE, "scenarios": DECIDE}


def within(place: str) -> tuple[View, ...]:
    """The pages of a place, its first page first; one page or none needs no row of links."""
    return tuple(view for view in ALL if place and view.place == place)


def moved(view: View) -> Callable[[], None]:
    """A page for an address of an earlier version: it goes to today's with the same query."""

    def go() -> None:
        st.switch_page(view.file, query_params=dict(st.query_params))

    return go


def pages(also: tuple[View, ...] = ()) -> list[st.Page]:
    """All pages, for `st.navigation`: the places in the bar, everything else without an entry there.

    also  pages that not everybody gets
    """
    earlier = [page(view, address) for address, view in EARLIER.items()]
    # What `st.navigation` marks as the one that may run is a copy of this run's own.
    return [_copied(each) for each in (*map(page, (*ALL, *also)), *earlier)]


def _copied(page: st.Page) -> st.Page:
    copied = object.__new__(type(page))
    copied.__dict__.update(page.__dict__)
    return copied


def page(view: View, earlier: str = "") -> st.Page:
    """The page of a view, or of an earlier address of it; for links, too. Where its file is, is looked up once."""
    known = (view.file, earlier)
    if known in _PAGES:
        return _PAGES[known]
    made = st.Page(
        moved(view) if earlier else view.file,
        title=view.title,
        url_path=earlier or (ROOT if view is HOME else view.name),
        default=view is HOME and not earlier,
        visibility="visible" if view in PLACES and not earlier else "hidden",
    )
    if get_script_run_ctx() is not None:  # outside a run it is a page in name only
        _PAGES[known] = made
    return made


_PAGES: dict[tuple[str, str], st.Page] = {}


def of(page: st.Page) -> View | None:
    """The view of a page that `st.navigation` gave back; None for an earlier address."""
    return next((view for view in ALL if view.name == page.url_path), HOME if page.url_path in ("", ROOT) else None)

"""A lever moved on the Scenarios page: its column of steps, the parts that run again, and the whole page run again."""

from __future__ import annotations

import logging
from dataclasses import replace
from itertools import count

from streamlit.testing.v1 import AppTest

from benchmarks.choices import empty_page as single_page
from benchmarks.page import FLOOR, SECONDS, empty_page
from benchmarks.rosters import DAY, roster
from benchmarks.timing import Ratio, compare
from dashboard.screens.decide.scenarios.lever_words import USUAL
from dashboard.shell import navigation
from dashboard.shell.session import DISTRICT, District
from workload.answer import analyze
from workload.scenarios.compare import compare as compare_scenario
from workload.scenarios.demand_levers import Regroup, ShiftDocumentation
from workload.scenarios.post_levers import AddPost, Telepractice
from workload.scenarios.scenario import Scenario

ROWS = 5_000
LEVERS = ("add", "regroup", "documentation", "telepractice")
METHOD = "the Method page run again"
MOST_OF_METHOD = 1.25  # a lever costs about what a page of text and tables costs


def opened(view: navigation.View) -> AppTest:
    """A page of the app on a roster of 5,000 service rows."""
    page = AppTest.from_file(str(navigation.SCREENS.parent / "app.py"), default_timeout=SECONDS)
    page.session_state[DISTRICT] = District(replace(roster(ROWS), digest=f"benchmark-{ROWS}"), None, DAY)
    page.session_state["day"] = DAY
    page.run()
    page.switch_page(view.file).run()
    assert not page.exception and not page.error
    return page


def with_levers(levers: tuple[str, ...]) -> AppTest:
    """The Scenarios page with these levers at their first values."""
    page = opened(navigation.DECIDE)
    for kind in levers:
        if kind in USUAL:
            next(box for box in page.toggle if (box.key or "").endswith(f"_{kind}")).set_value(True).run()
        else:
            next(box for box in page.selectbox if (box.key or "").startswith("add_lever_")).set_value(kind).run()
    assert not page.error and len(page.get("plotly_chart")) >= 2
    return page


def mover(page: AppTest):
    """What moves the FTE of the added post, as the browser does: only the parts that follow from it run again."""
    box = next(box for box in page.slider if (box.key or "").startswith("lever_") and box.key.endswith("_fte"))
    steps = count()

    def moved() -> None:
        # The widget is kept from the whole page: after a partial run AppTest knows of those parts only.
        box.set_value(1.1 + next(steps) % 20 / 10).run()

    moved()
    assert page.get("plotly_chart") and not page.sidebar.children
    return moved


def columns() -> list[Ratio]:
    """The column of all steps after one of four levers moved: the one that acts last, and the one that acts first."""
    answer = analyze(roster(ROWS), DAY)
    levers = (AddPost("OT", 1.0), Regroup(4.0), ShiftDocumentation(0.5), Telepractice("OT", 10.0))
    found = []
    for which, other in (
        ("last", (*levers[:3], Telepractice("OT", 12.0))),
        ("first", (levers[0], Regroup(3.5), *levers[2:])),
    ):
        before = compare_scenario(answer, Scenario("Before", other))
        assert len(before.columns["step"]) == 7  # what the screen has shown is known

        def moved(before=before):
            return compare_scenario(answer, Scenario("Moved", levers), known=before).columns

        found.append(
            compare(
                f"the column again, the lever of four that acts {which} moved, {ROWS:,} rows",
                moved,
                "an empty page run again",
                single_page(),
                target=2.5 if which == "last" else None,
            )
        )
    return found


def ratios() -> list[Ratio]:
    """The column alone; one lever of one and of four moved; the whole page run again, as after an assumption at the side."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    empty, method = empty_page(), opened(navigation.METHOD)
    found = columns()
    for levers in (LEVERS[:1], LEVERS):
        name = f"Scenarios, one lever of {len(levers)} moved, {ROWS:,} rows"
        moved = mover(with_levers(levers))
        found.append(compare(name, moved, FLOOR, empty.run))
        found.append(compare(name, moved, METHOD, method.run, target=MOST_OF_METHOD))
    whole = with_levers(LEVERS)
    found.append(compare(f"Scenarios with four levers run again whole, {ROWS:,} rows", whole.run, FLOOR, empty.run))
    found.append(compare(f"Scenarios with four levers run again whole, {ROWS:,} rows", whole.run, METHOD, method.run))
    return found

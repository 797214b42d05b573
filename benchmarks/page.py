"""A page run again by AppTest, against an empty page: the Overview as it is and with one assumption changed."""

from __future__ import annotations

import logging
import tempfile
from dataclasses import replace
from itertools import count
from pathlib import Path

from streamlit.testing.v1 import AppTest

from benchmarks.rosters import DAY, roster
from benchmarks.timing import Ratio, compare
from dashboard.shell import navigation
from dashboard.shell.session import ASSUMED, DISTRICT, District

EMPTY = "import streamlit as st\nst.text('ready')\n"
FLOOR = "an empty page of an app with as many pages"
SECONDS = 120


def empty_page() -> AppTest:
    """An app with as many pages as this one, each of one text, opened on the second."""
    folder = Path(tempfile.mkdtemp())
    names = [f"page_{at}" for at in range(len(navigation.ALL))]
    for name in names:
        (folder / f"{name}.py").write_text(EMPTY)
    listed = ", ".join(f"st.Page({str(folder / f'{name}.py')!r})" for name in names)
    (folder / "app.py").write_text(f"import streamlit as st\nst.navigation([{listed}]).run()\n")
    page = AppTest.from_file(str(folder / "app.py"), default_timeout=SECONDS).run()
    return page.switch_page(f"{names[1]}.py").run()


def overview(rows: int) -> AppTest:
    """The Overview, opened on a roster of that many service rows."""
    page = AppTest.from_file(str(navigation.SCREENS.parent / "app.py"), default_timeout=SECONDS)
    page.session_state[DISTRICT] = District(replace(roster(rows), digest=f"benchmark-{rows}"), None, DAY)
    page.session_state["day"] = DAY
    page.run()
    page.switch_page(navigation.ANSWER.file).run()
    assert not page.exception and len(page.get("plotly_chart")) >= 3
    return page


def ratios() -> list[Ratio]:
    """Run again as it is, and with an assumption moved, at two sizes."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    empty = empty_page()
    found = []
    for rows, target in ((5_000, 6), (150_000, 8)):
        page = overview(rows)
        found.append(compare(f"Overview run again, {rows:,} rows", page.run, FLOOR, empty.run, 5, target=target))
        steps = count()

        def moved(page=page, steps=steps):
            page.session_state[ASSUMED + "meeting_hours"] = 1.0 + next(steps) % 50 / 50
            page.run()

        found.append(compare(f"Overview after one assumption, {rows:,} rows", moved, FLOOR, empty.run, 5))
    return found

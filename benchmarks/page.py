"""Pages run again by AppTest, against an empty page: as they are and with one assumption changed."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from benchmarks.rosters import DAY, roster
from benchmarks.timing import Ratio, compare
from dashboard.shell import navigation
from dashboard.shell.session import ASSUMED, DISTRICT, District

EMPTY = "import streamlit as st\nst.text('ready')\n"
FLOOR = "an empty page of an app with as many pages"
OWN_FLOOR = "an empty page of the same app"
SECONDS = 120
ROWS, MOST = 5_000, 5  # a page run again costs at most five empty pages
# Every page that draws the answer. The others show rules, the method or a form.
MEASURED = (
    navigation.ANSWER,
    navigation.PREMISES,
    navigation.CONCERNS,
    navigation.PEOPLE,
    navigation.SCHOOLS,
    navigation.DECIDE,
    navigation.YEAR,
    navigation.REPORT,
    navigation.CHECK,
)


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


def opened(view: navigation.View, rows: int) -> AppTest:
    """A page, opened on a roster of that many service rows."""
    page = AppTest.from_file(str(navigation.SCREENS.parent / "app.py"), default_timeout=SECONDS)
    page.session_state[DISTRICT] = District(replace(roster(rows), digest=f"benchmark-{rows}"), None, DAY)
    page.session_state["day"] = DAY
    page.run()
    page.switch_page(view.file).run()
    assert not page.exception and not [each for each in page.error if "Reference:" in each.value]
    return page


def own_empty_page(rows: int) -> Callable[[], None]:
    """What runs a page of one text inside the frame of the app again: the line at the top, the rows of links, the foot."""
    blank = Path(tempfile.mkdtemp()) / "blank.py"
    blank.write_text(EMPTY)
    whole = navigation.View.file
    at_blank = property(lambda view: str(blank) if view is navigation.CALCULATOR else whole.fget(view))
    with patch.object(navigation.View, "file", at_blank):
        page = opened(navigation.CALCULATOR, rows)

    def run() -> None:
        with patch.object(navigation.View, "file", at_blank):
            page.run()
        assert [each.value for each in page.text] == ["ready"]

    run()
    return run


def every_page() -> list[Ratio]:
    """Every page run again as it is, at 5,000 rows, against the app's frame around nothing."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    empty = own_empty_page(ROWS)
    return [
        compare(f"{view.title} run again, {ROWS:,} rows", opened(view, ROWS).run, OWN_FLOOR, empty, 5, target=MOST)
        for view in navigation.ALL
    ]


def bytes_of(node: Any) -> int:
    """Bytes of a page as they go to the browser, before compression; what it has had before is not sent again."""
    own = getattr(node, "proto", None)
    return (own.ByteSize() if own is not None else 0) + sum(map(bytes_of, getattr(node, "children", {}).values()))


def sizes(views: Sequence[navigation.View] = navigation.ALL) -> str:
    """Every page at 5,000 rows: how many bytes a run of it makes at most."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    lines = [f"| {view.title} | {bytes_of(opened(view, ROWS).main) / 1_000:,.0f} |" for view in views]
    return "\n".join([f"| page, {ROWS:,} rows | kB a run, at most |", "| --- | ---: |", *lines])


def ratios() -> list[Ratio]:
    """Every page run again as it is, and with an assumption moved, at two sizes."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    empty = empty_page()
    found = []
    for rows, again, after in ((5_000, 6, 10), (150_000, 10, 20)):
        for view in MEASURED:
            page, steps = opened(view, rows), count()

            def moved(page=page, steps=steps):
                page.session_state[ASSUMED + "meeting_hours"] = 1.0 + next(steps) % 50 / 50
                page.run()

            name = f"{view.title}, {rows:,} rows"
            found.append(compare(f"{name}: run again", page.run, FLOOR, empty.run, 5, target=again))
            found.append(compare(f"{name}: after one assumption", moved, FLOOR, empty.run, 3, target=after))
    return found

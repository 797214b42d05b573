"""The page of a server on which another search is at work."""

from __future__ import annotations

import threading

from dashboard.screens.decide.rebalance import search_for_moves
from tests.dashboard.decide_pages import said, widget
from tests.dashboard.support import district, opened, visit
from workload.rebalance import search_line
from workload.rebalance.search_line import Line, Search


def test_the_page_says_why_a_search_has_not_begun(monkeypatch):
    line, go = Line(1), threading.Event()

    def waits(task, counts, progress, cancelled):
        while not go.wait(0.005) and not cancelled():
            yield task

    monkeypatch.setattr(search_line, "frontier", waits)
    monkeypatch.setattr(search_line, "LINE", line)
    Search("other", "other", line=line).start()
    at = visit(opened(district()).run(), "rebalance")
    widget(at, "button", "search_start").click().run()
    assert "One other search is to end first." in said(at)
    widget(at, "button", "search_end").click().run()
    assert "ended early" in said(at) or "One other search" not in said(at)
    assert search_for_moves.waiting_sentence(3) == "This server is busy: 3 other searches are to end first."
    go.set()

"""The ask on the answer page: money and start month beside each part, and the answer of the day it is needed by."""

from __future__ import annotations

from datetime import date

from dashboard.shell import cached
from dashboard.shell.beside_roster import BesideRoster
from tests.dashboard.support import everything, html_of, opened, record, visit
from workload.model.words import dollars, fte
from workload.scenarios.priced_ask import ask_on_both_days, priced_ask

NEEDED = date(2027, 1, 4)


def sample_page():
    return visit(opened(cached.sample().roster).run(), "answer")


def test_each_part_has_its_month_and_its_money():
    text = " ".join(html_of(sample_page()))
    asked = priced_ask(cached.sample_answer())
    for part in asked.parts:
        assert fte(part.fte) in text and dollars(asked.told_of(part).this_year) in text
    assert "from October 2026" in text and "are examples" in text


def test_a_day_it_is_needed_by_moves_the_month_and_stands_beside():
    at = sample_page()
    at.date_input(key="ask_needed_by").set_value(NEEDED).run()
    assert record(at, BesideRoster).needed_by == NEEDED
    today, needed = ask_on_both_days(cached.sample_answer(), NEEDED)
    text = " ".join(html_of(at))
    assert "from January 2027" in text and "January 4, 2027" in text
    assert fte(needed.required_fte) in text and fte(today.required_fte) in text
    assert not at.exception


def test_the_packet_is_of_the_day_that_the_answer_was_asked_for():
    at = sample_page()
    at.date_input(key="ask_needed_by").set_value(NEEDED).run()
    page = visit(at, "report")
    text = everything(page)
    assert not page.exception and "January 4, 2027" in text and "Still empty: by when" not in text

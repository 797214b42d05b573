"""By when the ask is needed: one thing in the state, one price of it on page, packet, terminal and in the JSON."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.shell import cached
from dashboard.shell.beside_roster import BesideRoster
from tests.dashboard.evidence import widget
from tests.dashboard.support import everything, html_of, opened, record, visit
from tests.report.packets import SAMPLE, sample_answer
from workload.__main__ import main
from workload.model.words import dollars, fte
from workload.report.answer_json import answer_json
from workload.report.audience import AUDIENCES
from workload.report.packet_choices import Settings
from workload.report.reader_view import View
from workload.report.sections.telling import Telling
from workload.report.terminal_lines import answer_lines
from workload.scenarios.priced_ask import bearable, priced_ask

NEEDED = date(2027, 1, 4)
DAYS = (None, date(2026, 11, 15), NEEDED, date(2027, 5, 3))  # before, in and after the leave that is covered


def sample_page(name: str):
    return visit(opened(cached.sample().roster).run(), name)


def press(at, label: str):
    next(one for one in at.button if one.label == label).click()
    return at.run()


@pytest.mark.parametrize("needed", DAYS)
def test_terminal_json_page_and_packet_price_each_part_alike(needed):
    answer, typed = sample_answer(), needed.isoformat() if needed else ""
    asked = priced_ask(answer, start=needed)
    told = [asked.told_of(part) for part in asked.parts]
    lines = "\n".join(answer_lines(answer, needed))
    page = sample_page("answer")
    if needed:
        page.date_input(key="ask_needed_by").set_value(needed).run()
    shown = " ".join(html_of(page))
    tell = Telling(View(answer, AUDIENCES["business"], Settings("Elm", needed_by=typed)))
    for part, amount in zip(asked.parts, told, strict=True):
        assert dollars(amount.this_year) in lines and dollars(amount.this_year) in shown, part
    assert [(one.this_year, one.full_year) for one in tell.positions] == [
        (one.this_year, one.full_year) for one in told
    ]
    written = [
        (bearable(fte_told / one["fte"] * one["dollars"]["this_year"], example=True), one["from"])
        for one, fte_told in zip(
            answer_json(answer, needed)["ask"]["parts"], (float(fte(part.fte)) for part in asked.parts), strict=True
        )
    ]
    assert written == [(one.this_year, part.start.isoformat()) for one, part in zip(told, asked.parts, strict=True)]


def test_a_day_is_written_alike_however_it_was_typed():
    for typed in ("2027-01-04", "1/4/2027", "January 4, 2027", "Jan 4 2027"):
        tell = Telling(View(sample_answer(), AUDIENCES["board"], Settings("Elm", needed_by=typed)))
        assert tell.ask.by == "January 4, 2027" and tell.start == NEEDED


def test_what_is_typed_under_report_stands_on_answer_and_the_other_way_round():
    at = sample_page("report")
    widget(at, "text_input", "packet_needed_by").set_value("1/4/2027")
    press(at, "Use these settings")
    assert record(at, BesideRoster).needed_by == NEEDED
    at = visit(at, "answer")
    assert at.date_input(key="ask_needed_by").value == NEEDED and "from January 2027" in " ".join(html_of(at))
    at.date_input(key="ask_needed_by").set_value(date(2027, 2, 1)).run()
    at = visit(at, "report")
    assert widget(at, "text_input", "packet_needed_by").value == "February 1, 2027"
    assert "January 4, 2027" not in everything(at)


def test_words_that_are_no_day_are_told_on_both_pages_until_a_day_takes_their_place():
    at = sample_page("report")
    widget(at, "text_input", "packet_needed_by").set_value("the start of spring")
    press(at, "Use these settings")
    at = visit(at, "answer")
    assert at.date_input(key="ask_needed_by").value is None
    assert "needed by the start of spring" in " ".join(html_of(at))
    at.date_input(key="ask_needed_by").set_value(NEEDED).run()
    assert "start of spring" not in everything(visit(at, "report"))


def test_a_day_that_is_over_is_refused_on_the_page_and_in_a_command(tmp_path, capsys):
    at = sample_page("report")
    widget(at, "text_input", "packet_needed_by").set_value("January 4, 2026")
    press(at, "Use these settings")
    assert "lies before October 1, 2026" in everything(at) and record(at, BesideRoster).needed_by is None

    for command in (["analyze"], ["report", "--audience", "board", "--out", str(tmp_path)]):
        ran = main([command[0], str(SAMPLE), "--day", "2026-10-01", "--needed-by", "2026-01-04", *command[1:]])
        assert ran == 64 and "lies before October 1, 2026" in capsys.readouterr().err

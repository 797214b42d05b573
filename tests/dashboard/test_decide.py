"""Scenarios, Rebalance and Year ahead: empty, stopped, nobody named; and the year in use."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from dashboard.screens.decide.year_ahead import calendar_inputs
from tests.dashboard.decide_pages import PAGES, answer, said, widget
from tests.dashboard.support import (
    app,
    district,
    everything,
    failed,
    hostile,
    html_of,
    opened,
    stopped,
    visit,
)
from workload.model.words import in_words
from workload.year_ahead.snapshots import snapshot_of
from workload.year_ahead.weeks import year_ahead


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_page_says_what_to_do_next(name):
    at = visit(app().run(), name)
    assert not failed(at) and "No roster is open yet" in at.info[0].value
    assert [button.label for button in at.button] == ["Open the sample district"]


@pytest.mark.parametrize("name", PAGES)
def test_an_error_in_the_file_stops_the_page(name):
    at = visit(opened(stopped()).run(), name)
    assert not failed(at) and "must be settled" in at.error[0].value and not at.metric


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("roster", [district, hostile])
def test_nobody_is_named_until_names_are_asked_for(name, roster):
    at = visit(opened(roster()).run(), name)
    if name == "scenarios":
        for tab in ("Money", "Side by side", "Save and share", "If somebody leaves", "Step by step"):
            at.session_state["scenario_part"] = tab
            at.run()
            assert not failed(at), tab
            assert not [
                person for person in roster().therapists["therapist"] if person in everything(at) and len(person) > 9
            ]
    assert not failed(at)
    assert not [person for person in roster().therapists["therapist"] if person in everything(at) and len(person) > 9]


def test_the_year_says_when_it_breaks_and_closings_change_it():
    at = visit(opened(district()).run(), "year")
    assert not failed(at) and "No day without school is entered yet" in str(html_of(at))
    before = str(html_of(at))
    widget(at, "button", "year_usual").click().run()
    assert not failed(at) and "8 holidays" in said(at) and str(html_of(at)) != before
    widget(at, "button", "holidays_drop_0").click().run()
    assert "7 holidays" in said(at)


def test_a_week_of_the_year_opens_by_its_name_too():
    at = visit(opened(district()).run(), "year")
    monday = year_ahead(answer()).table["week_start"].iloc[6].date()
    next(box for box in at.selectbox if box.key == "week").set_value(in_words(monday)).run()
    assert not failed(at) and f"Week of {monday:%b} {monday.day}" in str(html_of(at))


def test_usual_closings_are_days_of_the_school_year():
    for year in range(2024, 2032):
        spans = calendar_inputs.example_holidays(year)
        assert len(spans) == 8 and all(
            date(year, 9, 1) <= start <= end <= date(year + 1, 6, 30) for start, end in spans
        )
        winter = max(spans, key=lambda span: (span[1] - span[0]).days if span[0].month == 12 else 0)
        assert winter[0] <= date(year, 12, 25) <= winter[1]
        assert any(start.month == 11 and start.weekday() == 2 for start, _ in spans)
        assert any(day.month == 5 and day.day >= 25 for day, _ in spans)


def test_what_waits_and_is_owed_is_shown_month_by_month():
    at = visit(opened(district()).run(), "year")
    at.session_state["year_part"] = "If nothing changes"
    at.run()
    assert not failed(at) and len(at.get("plotly_chart")) == 3


def test_too_little_history_is_refused_in_words():
    at = visit(opened(district()).run(), "year")
    at.session_state["year_part"] = "Next year"
    at.run()
    assert not failed(at) and "needs the rosters of 3 school years in a row; there is 1" in said(at)


def test_snapshots_are_compared_and_a_file_that_is_none_is_refused():
    at = visit(opened(district()).run(), "year")
    at.session_state["year_part"] = "Earlier snapshots"
    at.run()
    earlier = json.dumps(replace(snapshot_of(answer()), day=date(2026, 5, 1)).as_dict()).encode()
    assert b"Therapist" not in earlier and b"School" not in earlier
    at.file_uploader[0].upload("may.json", earlier).run()
    assert not failed(at) and "From May 1, 2026" in said(at)
    at = visit(opened(district()).run(), "year")
    at.session_state["year_part"] = "Earlier snapshots"
    at.run()
    at.file_uploader[0].upload("bad.json", b"[" * 5_000).run()
    assert not failed(at) and "is not a snapshot" in said(at)

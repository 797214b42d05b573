"""What a page keeps between runs never outlives what it follows from: a change of any input shows on the page."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.parts import live_chart
from dashboard.shell.beside_roster import BesideRoster
from dashboard.shell.cached import DRAWN_KEPT, Shelf
from dashboard.shell.session import ASSUMED, DISTRICT, District
from tests.dashboard.gap_words import charts
from tests.dashboard.support import bring, district, everything, failed, opened, record, unfold, visit
from tests.support.rosters import DAY
from workload.answer import Answer, analyze
from workload.figures.fte_charts import required_by_activity
from workload.figures.tones import DARK, LIGHT, painted
from workload.model.confirmations import Confirmation
from workload.model.parameters import parameters
from workload.model.school_calendar import SchoolCalendar

DRAWING = ("answer", "people", "schools", "year", "report", "decide", "premises")


def drawn(at: AppTest) -> str:
    """Everything on the page: its words, its numbers, its pictures and its tables."""
    tables = [each.value.to_csv() for each in (*at.dataframe, *at.table)]
    return everything(at) + repr([figure for _, figure, _ in charts(at)]) + repr(tables)


@pytest.mark.parametrize("name", DRAWING)
def test_an_assumption_shows_on_the_page_as_on_one_that_has_kept_nothing(name):
    at = visit(opened(district()).run(), name)
    before = drawn(at)
    at.session_state[ASSUMED + "meeting_hours"] = 4.0
    after = drawn(at.run())
    fresh = opened(district())
    fresh.session_state[ASSUMED + "meeting_hours"] = 4.0
    assert not failed(at) and after != before and after == drawn(visit(fresh.run(), name))
    at.session_state[ASSUMED + "meeting_hours"] = float(parameters()["meeting_hours"].value)
    assert drawn(at.run()) == before


@pytest.mark.parametrize("name", ("answer", "people", "schools", "year", "report"))
def test_another_district_another_day_shown_names_and_said_premises_show_on_the_page(name):
    at = visit(opened(district()).run(), name)
    seen = [drawn(at)]
    at.session_state["day"] = date(2027, 3, 1)
    seen.append(drawn(at.run()))
    at.session_state[DISTRICT] = District(replace(district(8), digest="another"), None, date(2027, 3, 1))
    seen.append(drawn(at.run()))
    assert not failed(at) and len(set(seen)) == len(seen)


def test_a_calendar_and_a_confirmed_premise_show_where_they_are_told():
    at = visit(opened(district()).run(), "premises")
    before = drawn(at)
    bring(at, replace(record(at, BesideRoster), confirmed={"leaves": Confirmation("R. Lead", "2026-11-30")}))
    assert drawn(at.run()) != before
    at = visit(opened(district()).run(), "year")
    before = drawn(at)
    closed = SchoolCalendar(None, None, ((date(2026, 12, 21), date(2027, 1, 1)),))
    bring(at, replace(record(at, BesideRoster), calendar=closed))
    assert drawn(at.run()) != before


def test_names_that_are_shown_stand_on_the_page_at_once_and_go_again():
    at = visit(opened(district()).run(), "people")
    before = drawn(at)
    at.session_state["show_names"] = True
    assert "Therapist 0" in drawn(at.run())
    at.session_state["show_names"] = False
    assert drawn(at.run()) == before and "Therapist 0" not in before


def test_fields_that_were_never_opened_are_not_there_and_stay_once_they_were():
    at = opened(district())
    del at.session_state["_opened"]
    at = visit(at.run(), "year")
    assert not [each for each in at.number_input if str(each.key).startswith("consents_")]
    unfold(at, "year_inputs")
    assert len([each for each in at.number_input if str(each.key).startswith("consents_")]) == 12
    at.number_input(key="consents_3").set_value(4).run()
    assert "4 expected consents" in everything(at)
    at.session_state["year_inputs"] = False
    assert at.run().number_input(key="consents_3").value == 4 and "4 expected consents" in everything(at)


def test_what_an_answer_keeps_does_not_grow_with_every_list_that_was_looked_at():
    def kept() -> int:
        return max(len(each._made_once) for each in gc.get_objects() if isinstance(each, Answer))

    gc.collect()  # answers of other tests
    at = visit(opened(replace(district(), digest="many-lists")).run(), "schools")
    seen = []
    for smallest in range(5, 5 + DRAWN_KEPT):
        at.session_state["smallest"], at.session_state["region"] = smallest, ("North", "South")[smallest % 2]
        at.run()
        seen.append(kept())
    assert not failed(at) and seen[-1] == seen[1]


def test_a_shelf_keeps_what_was_asked_for_last_and_makes_the_rest_again():
    shelf, made = Shelf(2), []

    def get(of: str) -> str:
        return shelf.get(of, lambda: made.append(of) or of)

    assert [get(each) for each in "ababcbca"] == list("ababcbca")
    assert made == ["a", "b", "c", "a"] and len(shelf.made) == 2 < DRAWN_KEPT


def test_a_kept_picture_is_painted_for_each_theme(monkeypatch):
    chart = required_by_activity(analyze(district(), DAY))
    for tones in (LIGHT, DARK, LIGHT):
        monkeypatch.setattr(live_chart, "tones", lambda tones=tones: tones)
        assert live_chart.ready(chart).to_dict() == painted(chart.figure, tones)


@pytest.mark.parametrize("part", ("Step by step", "Money", "Side by side", "Save and share", "If somebody leaves"))
def test_a_number_of_a_lever_shows_at_once_in_whatever_stands_below_the_levers(part):
    at = visit(opened(district()).run(), "decide")  # as most come here: by the steps, and without a lever yet
    at = at.radio(key="scenario_part").set_value(part).run()
    at = at.toggle(key="switch_0_add").set_value(True).run()
    before = set(everything(at).splitlines())
    after = set(
        everything(at.slider(key="lever_1_0_fte").set_value(2.0).run()).splitlines()
    )  # the parts that ran again
    assert not failed(at)
    changed = set(everything(at.run()).splitlines()) - before
    assert changed and changed <= after

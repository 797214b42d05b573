"""My week where something is unusual: no name in the month, leave, cells that are empty; and what the packet says of weeks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time

import pandas as pd
import pytest

from dashboard.screens.mine.own_corrections_panel import line_words
from dashboard.screens.report import packet_settings
from dashboard.shell import cached, keeping, through_the_year
from dashboard.shell.session import DISTRICT
from tests.dashboard.test_own_work_pages import DAY, NOW, OWN, open_store_of, pressed, served, tables, text
from tests.store.test_packing import sample
from workload.model.parameters import Assumptions
from workload.store import check_in_rounds, months, people_kept
from workload.store.months import Month
from workload.store.roles import LEAD, THERAPIST, NotAllowedError
from workload.store.therapist_week import RIGHT, newest_day, own_week, say

__all__ = ["served"]  # a fixture
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def weeks_in_packet(monkeypatch):
    """(weeks right, of) of every packet's settings that a page has asked for."""
    seen, current = [], packet_settings.current

    def watched(*given):
        settings = current(*given)
        seen.append((settings.weeks_right, settings.weeks_of))
        return settings

    monkeypatch.setattr(packet_settings, "current", watched)
    return seen


def test_a_packet_says_of_confirmed_weeks_only_what_was_said_of_its_rows(served, weeks_in_packet):
    boss, as_person = served
    own = open_store_of(boss, f"{THERAPIST}@d.example")
    say(own, own_week(own, OWN), RIGHT, "", 0, NOW)
    lead = as_person(f"{LEAD}@d.example")
    lead.switch_page("screens/report/report.py").run()
    assert not lead.exception and weeks_in_packet and weeks_in_packet[-1][0] == 1
    opened = lead.session_state[DISTRICT]
    services = opened.roster.services
    doubled = services.assign(minutes_per_session=services["minutes_per_session"] * 2)
    lead.session_state[DISTRICT] = replace(opened, roster=replace(opened.roster, services=doubled, digest="changed"))
    lead.run()
    assert not lead.exception and not weeks_in_packet[-1][0]
    lead.session_state[DISTRICT] = opened
    lead.session_state["day"] = NOVEMBER
    lead.run()
    assert not lead.exception and not weeks_in_packet[-1][0]


def test_somebody_whose_name_is_not_in_the_month_is_told_so_and_hears_of_refusals(served):
    boss, as_person = served
    people_kept.give_role(boss, "x@d.example", THERAPIST, "Somebody Else", NOW)
    at = as_person("x@d.example")
    assert "Your name is not in the month of October 1, 2026; tell your lead." in _infos(at)
    assert "No month" not in _infos(at)
    at.date_input(key="own_log_day").set_value(DAY)
    at.run()
    pressed(at, "own_log_add")
    at.time_input(key="own_log_start").set_value(time(8, 15))
    pressed(at, "own_log_add")
    assert "is logged already" in text(at)


def _infos(at) -> str:
    return " ".join(each.value for each in at.info)


def test_the_newest_day_is_there_for_somebody_without_a_row_and_for_nobody_else(served):
    boss, _ = served
    people_kept.give_role(boss, "x@d.example", THERAPIST, "Somebody Else", NOW)
    own = open_store_of(boss, "x@d.example")
    assert own_week(own, "Somebody Else") is None and newest_day(own, "Somebody Else") == DAY
    with pytest.raises(NotAllowedError):
        newest_day(own, OWN)


def test_the_week_of_somebody_on_leave_says_so_and_gives_the_contract(served):
    boss, as_person = served
    roster = sample().roster
    people = roster.therapists.copy()
    mine = people["therapist"] == OWN
    people.loc[mine, "leave_start"], people.loc[mine, "leave_end"] = pd.Timestamp(2026, 9, 1), pd.Timestamp(2027, 3, 1)
    months.take(boss, Month(NOVEMBER, replace(roster, therapists=people, digest="away"), Assumptions()), NOW)
    own = open_store_of(boss, f"{THERAPIST}@d.example")
    week = own_week(own, OWN)
    assert week.on_leave and week.figures["contract_hours"] > 0
    shown = re.sub("<[^>]+>", "", tables(as_person(f"{THERAPIST}@d.example")))
    assert "you are on leave on November 1, 2026" in shown
    assert f"{week.figures['contract_hours']:.1f} contract hours a week" in shown
    assert "no value" not in shown and "too much" not in shown and "week of 0.0" not in shown


@pytest.mark.parametrize(
    ("sessions", "minutes", "words"),
    [
        (0.5, 30.0, "S1, Oak, 0.5 x 30 min"),
        (1.5, 30.0, "S1, Oak, 1.5 x 30 min"),
        (2.0, 45.0, "S1, Oak, 2 x 45 min"),
        (float("nan"), 30.0, "S1, Oak, 30 min"),
        (1.0, float("nan"), "S1, Oak, 1 session"),
        (2.0, None, "S1, Oak, 2 sessions"),
        (None, None, "S1, Oak"),
    ],
)
def test_a_line_is_written_as_the_file_has_it_and_without_what_is_empty(sessions, minutes, words):
    row = {"student": "S1", "school": "Oak", "sessions": sessions, "minutes_per_session": minutes}
    assert line_words(row) == words
    assert line_words({**row, "school": None}) == words.replace(", Oak", "")


def test_two_months_are_compared_again_when_one_was_kept_with_another_state_or_names_are_seen(served, monkeypatch):
    boss, _ = served
    months.take(boss, Month(NOVEMBER, sample().roster, Assumptions()), NOW)
    keys, names = [], [True]
    monkeypatch.setattr(through_the_year, "months", lambda: months.heads(boss))
    monkeypatch.setattr(keeping, "may", lambda _: names[-1])
    monkeypatch.setattr(cached, "drawn", lambda _, key, make: keys.append(key))
    through_the_year.months_between(DAY, NOVEMBER)
    through_the_year.months_between(DAY, NOVEMBER)
    months.take(boss, Month(NOVEMBER, sample().roster, Assumptions(), state="TX"), NOW)
    through_the_year.months_between(DAY, NOVEMBER)
    names.append(False)
    through_the_year.months_between(DAY, NOVEMBER)
    assert keys[0] == keys[1] and len(set(keys)) == 3


def test_ticks_of_the_check_in_by_link_stay_when_the_answer_is_refused(served, monkeypatch):
    from streamlit.testing.v1 import AppTest

    from dashboard.screens.mine import check_in_form
    from workload.store.database import StoreError

    boss, _ = served
    token = check_in_rounds.open_round(boss, DAY, DAY, NOW)
    monkeypatch.setattr(check_in_form.session, "today", lambda: DAY)

    def refused(*_):
        raise StoreError("The store is busy.")

    monkeypatch.setattr(check_in_form, "add_answer", refused)
    at = AppTest.from_string("from dashboard.screens.mine import check_in_form\ncheck_in_form.show()")
    at.query_params["c"] = token
    at.run()
    ticked = at.checkbox[0].key
    at.checkbox(key=ticked).check()
    next(each for each in at.button if each.label == "Send my answers").click().run()
    assert "The store is busy" in text(at) and at.checkbox(key=ticked).value
    forms = [each.proto.form for each in at.get("form")]
    assert forms and not any(each.clear_on_submit for each in forms), "a browser empties such a form also when refused"

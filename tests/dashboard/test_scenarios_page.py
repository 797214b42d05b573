"""Scenarios: levers pulled, copied, linked, refused in words; schools moved one by one."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.screens.decide.posts_in_order import able
from dashboard.screens.decide.scenarios import scenario_files, scenario_words
from dashboard.screens.decide.scenarios.lever_words import LEVERS, USUAL
from dashboard.screens.decide.scenarios.open_scenarios import ScenarioRecord
from tests.dashboard.decide_pages import answer, gap_in, pull, said, scenarios, widget, with_lever
from tests.dashboard.support import (
    district,
    failed,
    heading,
    hostile,
    html_of,
    opened,
    record,
    visit,
)
from tests.support.rosters import DAY
from workload.answer import analyze
from workload.explain.headline import headline
from workload.figures.scenario_numbers import adding_up
from workload.model.words import rounded
from workload.scenarios.compare import compare
from workload.scenarios.demand_levers import ThreeToOne
from workload.scenarios.lever_starts import start_of
from workload.scenarios.levers import KINDS
from workload.scenarios.people_levers import LosePost
from workload.scenarios.post_levers import AddPost
from workload.scenarios.scenario import Scenario, from_link, to_link


def test_every_lever_has_its_words_and_starts_at_a_value_that_does_something():
    assert set(LEVERS) == set(KINDS)
    at = scenarios(opened(hostile()))
    found = analyze(hostile(), DAY)
    can = [kind for kind in LEVERS if start_of(kind, found) is not None]
    for kind in can:
        pull(at, kind)
        assert not failed(at), kind
    levers = record(at, ScenarioRecord).board.open.levers
    assert [lever.kind for lever in levers] == can and not any(lever.is_zero for lever in levers)
    assert sum((button.key or "").startswith("remove_") for button in at.button) == len(set(can) - set(USUAL))


def test_a_lever_that_can_do_nothing_here_is_off_and_says_so():
    roster = district()
    away = roster.therapists.assign(leave_start=pd.NaT, leave_end=pd.NaT)
    assert not away.equals(roster.therapists)
    at = scenarios(opened(replace(roster, therapists=away, digest="nobody-away")))
    switch = next(each for each in at.toggle if (each.key or "").endswith("_leave_cover"))
    assert switch.disabled and "nothing to change here" in switch.label


def test_a_lever_moves_the_figures_of_the_library_and_undo_takes_it_back():
    at = with_lever("add")
    widget(at, "slider", "lever_").set_value(2.0).run()
    expected = compare(answer(), Scenario("Any", (AddPost(fte=2.0),)))
    assert gap_in(at) == scenario_words.written("gap_fte", expected.scenario.figures)
    assert at.table[0].value["Gap, FTE"].tolist() == scenario_words.steps_words(adding_up(expected.steps))["Gap, FTE"]
    at.run()
    widget(at, "button", "scenario_undo").click().run()
    assert widget(at, "slider", "lever_").value == 1.0
    widget(at, "button", "scenario_undo").click().run()
    assert not at.slider
    assert widget(at, "button", "scenario_undo").disabled


def test_a_number_that_moves_runs_only_what_it_changes_and_the_next_one_knows_of_it():
    at = with_lever("add", with_lever("agency", opened(district())))
    fte = widget(at, "slider", "lever_")
    hours = next(box for box in at.number_input if (box.key or "").endswith("_hours_per_week"))
    fte.set_value(2.0).run()
    assert (
        not failed(at)
        and heading(at)
        and not at.selectbox
        and not [box for box in at.toggle if box.key != "hide_small"]
    )  # neither levers nor the frame again
    hours.set_value(20.0).run()  # drawn before the other one moved
    levers = record(at, ScenarioRecord).board.open.levers
    assert (levers[0].hours_per_week, levers[1].fte) == (20.0, 2.0)
    expected = compare(answer(), Scenario("Any", levers)).scenario.figures
    assert gap_in(at) == scenario_words.written("gap_fte", expected)
    fte.set_value(0.0).run()  # a lever that does nothing any more says so
    assert "changes nothing yet" in said(at)


def short_district():
    """A district that is short: everybody has twice the students."""
    return next(roster for roster in map(district, range(1, 40)) if analyze(roster, DAY).district["gap_fte"] < -0.5)


def test_close_the_gap_adds_what_is_needed_and_the_primary_button_leads_to_the_packet():
    at = scenarios(opened(short_district()))
    assert heading(at).startswith("Test County: short")
    next(button for button in at.button if button.label == "Close the gap exactly").click().run()
    assert not failed(at) and ("the gap is closed" in heading(at) or "room" in heading(at))
    assert widget(at, "slider", "lever_").value > 0
    assert not [button for button in at.button if button.label == "Close the gap exactly"]
    (primary,) = [button for button in at.button if button.proto.type == "primary"]
    assert primary.label == "Make the packet with this"
    primary.click().run()
    offered = next(each for each in at.multiselect if each.label == "Scenarios that the packet offers")
    assert not failed(at) and offered.value == ["Scenario 1"]


def test_a_difference_is_the_difference_of_the_figures_that_are_shown():
    at = with_lever("add", scenarios(opened(short_district())))
    found = analyze(short_district(), DAY)
    expected = compare(found, Scenario("Any", (AddPost(fte=1.0),)))
    before, step, after = adding_up(expected.steps)["gap_fte"]
    assert rounded(after - before, 3) == step
    assert gap_in(at) == scenario_words.written("gap_fte", expected.scenario.figures)


def test_the_peak_stands_beside_the_average_for_weeks_without_sessions():
    at = scenarios()
    assert "weeks with sessions" not in str(html_of(at))
    pull(at, "three_to_one")
    expected = compare(answer(), Scenario("Any", (ThreeToOne(indirect_weeks=1),))).scenario.figures
    assert scenario_words.peak(expected) and f"weeks with sessions {scenario_words.peak(expected)}" in " ".join(
        re.sub(r"<[^>]+>", "", each) for each in html_of(at)
    )


def test_today_is_written_as_on_the_answer():
    at = scenarios()
    figures = answer().district
    words = scenario_words.written("gap_fte", figures)
    assert words in headline(answer()) and gap_in(at) == words and heading(at).startswith("Test County:")


def test_scenarios_are_copied_renamed_chosen_compared_and_deleted():
    at = with_lever("add")
    widget(at, "button", "scenario_copy").click().run()
    at.session_state["scenario_part"] = "Save and share"
    at.run()
    widget(at, "text_input", "name_").set_value("With an agency").run()
    at.session_state["scenario_part"] = "Side by side"
    at.run()
    assert not failed(at)
    assert list(at.table[0].value.columns) == ["Figure", "Today", "Scenario 1", "With an agency"]
    widget(at, "button", "scenario_delete").click().run()
    assert list(at.table[0].value.columns) == ["Figure", "Today", "Scenario 1"]


def test_a_refused_value_is_said_in_a_sentence_and_changes_nothing():
    at = with_lever("convert")
    widget(at, "selectbox", f"lever_{record(at, ScenarioRecord).version}_0_therapist").set_value(0).run()
    boxes = [box for box in at.selectbox if (box.key or "").endswith("_to")]
    boxes[0].set_value("OTA").run()
    supervisor = next(box for box in at.selectbox if (box.key or "").endswith("_supervisor"))
    supervisor.set_value(0).run()
    assert not failed(at)
    assert "cannot supervise itself" in said(at)
    widget(at, "button", "scenario_undo").click().run()
    assert "cannot supervise itself" not in said(at)


def test_a_link_opens_a_scenario_once_and_holds_no_name():
    found = answer()
    scenario = Scenario("If Therapist 00 leaves", (LosePost(0), AddPost(fte=1.5, schools=("School A",))))
    link = scenario_files.link_of(scenario, found)
    again = from_link(link, found.demand.schools)
    assert again.levers == scenario.levers and "Therapist" not in again.name
    at = opened(district())
    at.query_params["scenario"] = link
    visit(at.run(), "scenarios")  # changing the page forgets the address, so it is set again
    at.query_params["scenario"] = link
    at.run()
    assert not failed(at)
    assert record(at, ScenarioRecord).board.open.levers == scenario.levers
    at.run()
    assert record(at, ScenarioRecord).board.open.levers == scenario.levers and len(at.slider) == 1


def test_the_address_follows_the_open_scenario_and_holds_nobody():
    at = with_lever("add")
    held = at.query_params["scenario"]
    link = held if isinstance(held, str) else held[0]
    assert from_link(link, answer().demand.schools).levers == (AddPost(fte=1.0),)
    widget(at, "button", "scenario_undo").click().run()
    assert "scenario" not in at.query_params


@pytest.mark.parametrize("link", ["nonsense", "eJw", "A" * 30_000, "⚑", to_link(Scenario("x", (LosePost(99),)), ())])
def test_a_link_that_cannot_be_opened_is_refused_in_a_sentence(link):
    at = scenarios()
    at.query_params["scenario"] = link
    at.run()
    assert not failed(at) and "could not be opened" in said(at)


def test_a_file_that_is_no_scenario_is_refused_and_one_that_is_opens():
    at = scenarios()
    at.session_state["scenario_part"] = "Save and share"
    at.run()
    uploader = widget(at, "file_uploader", "scenario_file")
    uploader.upload("s.toml", b"\xff\xfe nothing").run()
    assert not failed(at) and "not a scenario file" in said(at)
    widget(at, "file_uploader", "scenario_file").upload(
        "t.toml", b'name = "Spring"\n[[lever]]\nkind = "agency"\nhours_per_week = 12\n'
    ).run()
    assert not failed(at) and "Spring" in widget(at, "text_input", "name_").value


def test_a_pilot_is_compared_with_the_rest():
    at = with_lever("add")
    widget(at, "multiselect", "pilot_").set_value(["School A", "School B"]).run()
    assert not failed(at) and "How does the pilot compare with the rest?" in said(at)
    assert list(at.table[1].value["Schools"]) == [
        "Pilot, before",
        "All others, before",
        "Pilot, after",
        "All others, after",
    ]


def test_shares_are_typed_as_percent():
    at = with_lever("frequency")
    next(box for box in at.number_input if (box.key or "").endswith("_change")).set_value(-12.5).run()
    assert not failed(at) and record(at, ScenarioRecord).board.open.levers[0].change == -0.125


def test_schools_are_redistributed_move_by_move():
    at = with_lever("redistribute")
    next(button for button in at.button if button.label == "Take back").click().run()
    demand = answer().demand
    people = able(answer())
    cell = next(
        one
        for one in range(len(demand.therapist))
        if demand.therapist[one] == people[0] and demand.student_minutes[one] > 0
    )
    for part, value in (
        ("school", demand.schools[demand.school[cell]]),
        ("from", int(demand.therapist[cell])),
        ("to", people[1]),
    ):
        next(box for box in at.selectbox if (box.key or "").endswith(f"_moves_{part}")).set_value(value)
    next(box for box in at.number_input if (box.key or "").endswith("_moves_share")).set_value(50.0)
    next(button for button in at.button if button.label == "Add this move").click().run()
    assert not failed(at)
    assert record(at, ScenarioRecord).board.open.levers[0].moves == (
        (demand.schools[demand.school[cell]], people[0], people[1], 0.5),
    )
    next(button for button in at.button if button.label == "Take back").click().run()
    assert record(at, ScenarioRecord).board.open.levers[0].moves == ()

"""Rebalance: a search on the page, a proposal opened, changed by hand and used in a scenario, and refusals in words."""

from __future__ import annotations

import re
import time
from types import SimpleNamespace

import pytest

from dashboard.screens.decide.rebalance import constraint_widgets, what_sharing_gains
from dashboard.screens.decide.rebalance.rebalance_record import RebalanceRecord
from dashboard.screens.decide.scenarios import scenario_files
from dashboard.screens.decide.scenarios.open_scenarios import ScenarioRecord
from tests.dashboard.decide_pages import answer, pull, said, widget
from tests.dashboard.support import district, everything, failed, heading, html_of, opened, record, visit
from workload.model.words import hours
from workload.rebalance.constraints import fewest_hours_over
from workload.rebalance.problem import CONSTRAINTS, MOST_MOVES
from workload.rebalance.proposal import SECONDS_EACH, task_of
from workload.rebalance.search_line import Search
from workload.scenarios.outcome import apply
from workload.scenarios.scenario import from_link


def searched(at):
    """The page after its search has ended."""
    widget(at, "button", "search_start").click().run()
    search = record(at, RebalanceRecord).search
    assert search.ended.wait(timeout=180)
    return at.run(), search


def test_what_no_move_can_change_is_said_before_the_search():
    at = visit(opened(district()).run(), "rebalance")
    least = fewest_hours_over(task_of(answer()).problem)
    assert ("Sharing can find room for at most" in heading(at)) == (least > 0.05)
    assert "groups and classes" in str(html_of(at)) and f"{hours(least)} hours will not fit" in alts(at)


def alts(at) -> str:
    """What the charts say to a reader who does not see them."""
    return " ".join(chart.proto.alt for chart in at.get("plotly_chart"))


def test_the_search_moves_from_the_first_second_and_knows_its_place():
    search = Search("key", task_of(answer()))
    assert search.done == 0 and search.seconds == 0
    search.began = search.stepped = time.monotonic() - SECONDS_EACH / 2
    assert 0.5 / len(search.counts) <= search.done <= 1 / len(search.counts)
    search.stepped -= 10 * SECONDS_EACH
    assert search.done == 1 / len(search.counts)  # a count never tells more than itself


def test_what_changes_is_said_school_by_school_and_a_click_opens_another_proposal():
    at, search = searched(visit(opened(district()).run(), "rebalance"))
    found = search.proposals[2]
    lines = [each.value for each in at.markdown if each.value.startswith("- ")]
    assert len(lines) == found.moves()["school"].nunique()
    assert all(re.search(r"\d+ students? from OT", line.replace("\\", "")) for line in lines)
    assert f"With 1 move it is {hours(search.proposals[0].score.overload_hours)}" in alts(at)


def test_the_finding_says_what_sharing_can_do_and_then_what_it_did():
    assert what_sharing_gains.sentence(0.0, 0.0, []) == (
        "Every week fits its contract; sharing can only save travel",
        "",
        "",
    )
    assert what_sharing_gains.sentence(100.0, 84.0, [])[1:] == ("16.0", "of 100.0 hours that do not fit")
    assert what_sharing_gains.sentence(100.0, 0.0, [])[1] == "100.0"
    few = SimpleNamespace(score=SimpleNamespace(overload_hours=90.0, moves=2))
    more = SimpleNamespace(score=SimpleNamespace(overload_hours=85.04, moves=7))
    assert what_sharing_gains.sentence(100.0, 84.0, [few, more])[:2] == (
        "7 moves would take 100.0 hours that do not fit to",
        "85.0",
    )


def test_the_search_proposes_few_moves_and_they_can_be_changed_by_hand():
    at, search = searched(visit(opened(district()).run(), "rebalance"))
    assert not failed(at) and not search.running
    assert [one.most_moves for one in search.proposals] == [1, 2, 3, 5, 10, None]
    assert all(
        later.score.points <= one.score.points + 1e-9
        for one, later in zip(search.proposals, search.proposals[1:], strict=False)
    )
    words = " ".join(html_of(at))
    assert "moves: hours that do not fit go from" in words and "With these weights" in words
    at.session_state["by_hand_panel"] = True
    at.run()
    moved = next(iter(search.proposals[2].moves()["block"]))
    widget(at, "selectbox", "hand_block").set_value(int(moved))
    widget(at, "selectbox", "hand_to").set_value(int(search.task.today[moved]))
    next(button for button in at.button if button.label == "Change").click().run()
    assert not failed(at) and "Changed by hand at 1 block" in said(at)
    assert f"{search.proposals[2].score.moves - 1} move" in " ".join(html_of(at))
    widget(at, "button", "hand_back").click().run()
    assert "Changed by hand" not in said(at)
    widget(at, "radio", "proposal_").set_value(4).run()
    visit(visit(at, "answer"), "rebalance")  # changes by hand would come to stand on another one
    assert widget(at, "radio", "proposal_").value == 4


def test_a_proposal_becomes_a_scenario_with_its_hours_and_joins_another_one():
    at, search = searched(visit(opened(district()).run(), "rebalance"))
    widget(at, "button", "use_moves").click().run()
    assert (
        not failed(at) and "now in the scenario Moves from Rebalance." in said(at) and "no student, no name" in said(at)
    )
    board, found = record(at, ScenarioRecord).board, search.proposals[2]
    assert board.open.name == "Moves from Rebalance" and len(board.scenarios) == 1
    hours = apply(answer(), board.open).people["workload_hours"].tolist()[:-1]
    assert hours == pytest.approx(found.people()["hours_after"].tolist(), abs=1e-9)
    link = scenario_files.link_of(board.open, answer())
    assert from_link(link, answer().demand.schools).levers == board.open.levers
    at = visit(at, "scenarios")
    assert not failed(at) and len([button for button in at.button if button.label == "Take back"]) == found.score.moves
    pull(at, "add")
    at = visit(at, "rebalance")
    widget(at, "radio", "proposal_").set_value(0).run()
    assert "now in the scenario" not in said(at)
    widget(at, "selectbox", "use_in_").set_value(0).run()
    widget(at, "button", "use_moves").click().run()
    levers = record(at, ScenarioRecord).board.open.levers
    assert [one.kind for one in levers] == ["add", "groups"] and len(levers[1].moves) == 1


def test_work_that_nobody_has_can_be_given_out():
    at = visit(opened(district()).run(), "rebalance")
    widget(at, "toggle", "give_unassigned").set_value(True).run()
    at, search = searched(at)
    assert not failed(at) and (search.task.today == len(answer().demand.people.names)).any()
    widget(at, "radio", "proposal_").set_value(5).run()
    assert (
        not failed(at)
        and "without a therapist" in " ".join(html_of(at))
        and "No therapist" in at.table[0].value["From"].tolist()
    )


def test_a_search_can_be_ended_and_keeps_what_it_found():
    at = visit(opened(district()).run(), "rebalance")
    widget(at, "button", "search_start").click().run()
    search = record(at, RebalanceRecord).search
    search.cancel.set()
    assert search.ended.wait(timeout=60)
    at.run()
    assert not failed(at) and "ended early" in said(at)


def test_constraints_that_cannot_hold_together_are_named_with_what_to_loosen():
    at = visit(opened(district()).run(), "rebalance")
    widget(at, "toggle", "strict_rules").set_value(True).run()
    widget(at, "number_input", "most_schools").set_value(1).run()
    at, search = searched(at)
    assert not failed(at) and search.refusal is not None
    assert "Loosen one of them" in said(at) and "To loosen it:" in said(at)


def test_a_changed_constraint_makes_the_proposals_old():
    at, _ = searched(visit(opened(district()).run(), "rebalance"))
    widget(at, "number_input", "most_schools").set_value(6).run()
    assert "Something has been changed since this search" in said(at)


def test_every_constraint_has_words_and_a_way_to_loosen_it():
    assert set(constraint_widgets.CONSTRAINTS) == {*CONSTRAINTS, MOST_MOVES}


def test_a_failure_of_the_search_is_shown_with_a_reference_and_without_its_text():
    at = visit(opened(district()).run(), "rebalance")
    widget(at, "button", "search_start").click().run()
    search = record(at, RebalanceRecord).search
    search.cancel.set()
    search.ended.wait(timeout=60)
    search.failure = RuntimeError("Therapist 00 has 99 students")
    at.run()
    assert failed(at) and "99 students" not in everything(at)

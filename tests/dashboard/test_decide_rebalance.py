"""Rebalance: a search on the page, a proposal opened, changed by hand and used in a scenario, and refusals in words."""

from __future__ import annotations

import pytest

from dashboard.screens.decide.rebalance import constraint_widgets
from dashboard.screens.decide.rebalance.rebalance_record import RebalanceRecord
from dashboard.screens.decide.scenarios import scenario_files
from dashboard.screens.decide.scenarios.open_scenarios import ScenarioRecord
from tests.dashboard.support import district, everything, failed, opened, record, visit
from tests.dashboard.test_decide import answer, said, widget
from workload.rebalance.constraints import fewest_hours_over
from workload.rebalance.problem import CONSTRAINTS, MOST_MOVES
from workload.rebalance.proposal import task_of
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
    assert ("will not fit however the work is shared" in said(at)) == (
        least > 0.05
    ) and "groups and classes could move." in said(at)


def test_the_search_proposes_few_moves_and_they_can_be_changed_by_hand():
    at, search = searched(visit(opened(district()).run(), "rebalance"))
    assert not failed(at) and not search.running
    assert [one.most_moves for one in search.proposals] == [1, 2, 3, 5, 10, None]
    assert all(
        later.score.points <= one.score.points + 1e-9
        for one, later in zip(search.proposals, search.proposals[1:], strict=False)
    )
    assert "moves: hours that do not fit go from" in said(at) and "by what counts how much" in said(at)
    at.session_state["by_hand_panel"] = True
    at.run()
    moved = next(iter(search.proposals[2].moves()["block"]))
    widget(at, "selectbox", "hand_block").set_value(int(moved))
    widget(at, "selectbox", "hand_to").set_value(int(search.task.today[moved]))
    next(button for button in at.button if button.label == "Change").click().run()
    assert not failed(at) and "Changed by hand at 1 block" in said(at)
    assert f"{search.proposals[2].score.moves - 1} move" in said(at)
    widget(at, "button", "hand_back").click().run()
    assert "Changed by hand" not in said(at)


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
    widget(at, "selectbox", "add_lever_").set_value("add").run()
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
    assert not failed(at) and "without a therapist" in said(at) and "No therapist" in at.table[0].value["From"].tolist()


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
    assert set(constraint_widgets.SAID) == set(constraint_widgets.LOOSEN) == {*CONSTRAINTS, MOST_MOVES}


def test_a_failure_of_the_search_is_shown_with_a_reference_and_without_its_text():
    at = visit(opened(district()).run(), "rebalance")
    widget(at, "button", "search_start").click().run()
    search = record(at, RebalanceRecord).search
    search.cancel.set()
    search.ended.wait(timeout=60)
    search.failure = RuntimeError("Therapist 00 has 99 students")
    at.run()
    assert failed(at) and "99 students" not in everything(at)

"""Scenarios: rates and money, what stays open, and figures that open to their steps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.screens.decide.scenarios import scenario_money, scenario_words
from dashboard.screens.decide.scenarios.open_scenarios import Board, free_name
from tests.dashboard.decide_pages import answer, said, scenarios, widget, with_lever
from tests.dashboard.support import failed
from workload.figures.scenario_numbers import adding_up
from workload.scenarios.compare import compare
from workload.scenarios.cost import Rates
from workload.scenarios.post_levers import AddPost
from workload.scenarios.priced_words import added_cost
from workload.scenarios.scenario import Scenario
from workload.year_ahead.backlog import cost_of_not_acting
from workload.year_ahead.weeks import year_ahead


def test_rates_are_examples_until_they_are_changed_and_money_follows():
    at = with_lever("add")
    at.session_state["scenario_part"] = "Money"
    at.run()
    assert not failed(at) and "9 of 11 rates are examples" in said(at)
    before = at.table[0].value["Change, first year"].iloc[-1]
    next(box for box in at.number_input if (box.key or "").endswith("_salary_ot")).set_value(100_000.0).run()
    assert "8 of 11 rates are examples" in said(at) and "Your own" in said(at)
    assert at.table[0].value["Change, first year"].iloc[-1] != before


def test_money_adds_up_in_whole_dollars_and_agrees_with_the_steps():
    comparison = compare(answer(), Scenario("Any", (AddPost(fte=1.3),)))
    steps = adding_up(comparison.steps)
    table = scenario_money.cost_words(comparison.today.costs, comparison.scenario.costs)

    def number(text: str) -> int:
        return int(text.replace("$", "").replace(",", "").replace("−", "-"))

    for name in list(table.columns)[1:]:
        column = [number(text) for text in table[name]]
        assert sum(column[:-1]) == column[-1], name
    assert number(table["Scenario, first year"].iloc[-1]) == steps["cost_first_year_dollars"].iloc[-1]
    assert added_cost(comparison.today.figures, comparison.scenario.figures)[0] == number(
        table["Change, first year"].iloc[-1]
    )


def test_what_a_scenario_leaves_open_is_never_more_than_what_doing_nothing_costs_when_posts_are_added():
    found = answer()
    comparison = compare(found, Scenario("Any", (AddPost(fte=1.5),)))
    left = cost_of_not_acting(year_ahead(replace(found, staffing=comparison.scenario.situation.staffing)))
    nothing = cost_of_not_acting(year_ahead(found))
    for field in ("yearly", "first_year"):
        assert sum(getattr(line, field) for line in left) < sum(getattr(line, field) for line in nothing)
    same = compare(found, Scenario("Nothing"))
    assert [
        line.yearly
        for line in cost_of_not_acting(year_ahead(replace(found, staffing=same.scenario.situation.staffing)))
    ] == [line.yearly for line in cost_of_not_acting(year_ahead(found))]


def test_a_figure_of_a_scenario_opens_to_steps_that_end_in_it():
    comparison = compare(answer(), Scenario("Any", (AddPost(fte=1.5),)))
    steps = adding_up(comparison.steps)
    made = scenario_words.opened(comparison, steps, "gap_fte", Rates(), answer())
    assert [step.sign for step in made.steps] == ["", "+", "="]
    assert sum(step.value for step in made.steps[:-1]) == pytest.approx(made.value)


def test_one_resignation_opens_to_its_schools():
    at = scenarios()
    at.session_state["scenario_part"] = "If somebody leaves"
    at.run()
    widget(at, "selectbox", "leaving_post").select_index(0).run()
    assert not failed(at) and "would miss" in said(at)


def test_a_name_that_is_taken_gets_a_number_and_the_last_scenario_is_emptied():
    board = Board((Scenario("A", (AddPost(fte=1),)),))
    assert free_name("A", board) == "A (2)" and free_name("B", board) == "B"
    assert board.with_added(board.open).at == 1
    assert board.without_open().scenarios[0].levers == ()

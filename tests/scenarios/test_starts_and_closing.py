"""Where levers start and what closes a gap: each start does something, and no tenth less would do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.scenarios.scenarios import answer_of, seeds
from workload.model.words import rounded
from workload.scenarios.closing import closed, shown_short, with_added
from workload.scenarios.cost import Rates
from workload.scenarios.lever_starts import STARTS, start_of
from workload.scenarios.levers import KINDS
from workload.scenarios.outcome import outcome_of
from workload.scenarios.post_levers import AddPost
from workload.scenarios.scenario import Scenario


def figures(answer, levers):
    return outcome_of(answer, Scenario("Any", levers), levers, Rates()).figures


@pytest.mark.parametrize("kind", STARTS)
def test_a_lever_starts_at_a_value_that_moves_a_figure(kind):
    tried = 0
    for seed in range(1, 9):
        answer = answer_of(seed)
        start = start_of(kind, answer)
        if start is None:
            continue
        lever = KINDS[kind](**start)
        assert not lever.is_zero
        tried += figures(answer, (lever,)) != figures(answer, ())
    assert tried >= 2


def test_every_lever_but_the_moves_of_rebalance_has_a_start():
    assert set(KINDS) - set(STARTS) == {"groups"}


@settings(max_examples=25)
@given(seeds)
def test_a_closed_gap_is_closed_as_it_is_shown_and_a_tenth_less_leaves_some(seed):
    answer = answer_of(seed)
    made = closed(answer, Scenario("Any"))
    assert shown_short(figures(answer, made.levers)) == 0
    if made.levers:
        less = with_added(made, rounded(made.levers[0].fte - 0.1, 1))
        assert shown_short(figures(answer, less.levers)) > 0


@pytest.mark.parametrize("seed", [7, 8, 9])
def test_a_post_that_brings_hours_of_its_own_needs_more_than_what_is_short(seed):
    """With far schools and staff time for each person, adding what is short leaves some short."""
    answer = answer_of(seed)
    own = {"travel_minutes_per_move": 120, "staff_time_hours_per_person": 3.0}
    answer = answer.under(answer.assumptions.changed(own, "test"))
    short = rounded(shown_short(figures(answer, ())), 1)
    assert shown_short(figures(answer, with_added(Scenario("Any"), short).levers)) > 0
    made = closed(answer, Scenario("Any"))
    assert made.levers[0].fte > short and shown_short(figures(answer, made.levers)) == 0


def test_closing_changes_the_added_post_that_is_there_and_keeps_every_other_lever():
    answer = next(answer for answer in map(answer_of, range(1, 60)) if answer.district["gap_fte"] < -0.5)
    start = Scenario("Any", (AddPost(fte=0.1), AddPost(fte=0.1, role="OTA")))
    made = closed(answer, start)
    assert [lever.role for lever in made.levers] == ["OT", "OTA"] and made.levers[1] == start.levers[1]
    assert made.levers[0].fte > 0.1

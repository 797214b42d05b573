"""A proposal of Rebalance as a lever: the same hours for everybody, nothing lost, and nobody in the file or the address."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios.scenarios import answer_of, seeds
from tests.scenarios.test_levers import district, plain
from tests.support.rosters import DAY
from workload.answer import analyze
from workload.rebalance.constraints import Rules
from workload.rebalance.proposal import evaluate, rebalance, task_of
from workload.rebalance.proposal_lever import moves_of
from workload.scenarios.blocks import GRANULARITIES
from workload.scenarios.compare import compare
from workload.scenarios.group_levers import EVERYTHING, MoveGroups, groups_of
from workload.scenarios.lever_fields import LeverError
from workload.scenarios.outcome import apply
from workload.scenarios.people_levers import LosePost
from workload.scenarios.scenario import Scenario, from_link, from_toml, to_link, to_toml
from workload.scenarios.scenario_state import COLUMNS, today

some = settings(max_examples=40, deadline=None)


def random_proposal(seed, granularity=GRANULARITIES[0], unassigned=False, share=0.4, rules=None):
    """Any assignment: what people may do by hand, allowed or not."""
    random = Random(seed)
    task = task_of(answer_of(seed), rules, granularity=granularity, include_unassigned=unassigned)
    people = task.problem.shape[1]
    assignment = np.array(
        [random.randrange(people) if random.random() < share else one for one in task.today], dtype=int
    )
    return evaluate(task, assignment)


def hours_of(answer, lever):
    return apply(answer, Scenario("Moves", (lever,))).people["workload_hours"].to_numpy()[:-1]


@some
@given(seeds, st.sampled_from(GRANULARITIES), st.booleans())
def test_everybody_has_the_hours_of_the_proposal(seed, granularity, unassigned):
    made = random_proposal(seed, granularity, unassigned)
    answer = made.task.answer
    expected = made.people()["hours_after"].to_numpy()[: len(answer.demand.people.names)]
    assert hours_of(answer, moves_of(made)) == pytest.approx(expected, abs=1e-9)


@settings(max_examples=8, deadline=None)
@given(seeds)
def test_the_best_proposals_and_blocks_kept_together_have_the_same_hours_too(seed):
    answer = answer_of(seed)
    plainly = task_of(answer).problem
    there = np.flatnonzero(plainly.school == plainly.school[0]).tolist()
    rules = Rules(keep_together=(tuple(there),), most_schools=None, schools_per_day=None, base_school=False)
    for task in (task_of(answer), task_of(answer, rules)):
        made = evaluate(task, task.today) if task.rules == rules else rebalance(task, 3)
        assert hours_of(answer, moves_of(made)) == pytest.approx(made.people()["hours_after"].to_numpy(), abs=1e-9)


@some
@given(seeds)
def test_moves_neither_make_nor_lose_work(seed):
    made = random_proposal(seed)
    situation = apply(made.task.answer, Scenario("Moves", (moves_of(made),))).situation
    counted = len(COLUMNS) - 2
    assert situation.sums[:, :counted].sum(axis=0) == pytest.approx(
        today(made.task.answer).sums[:, :counted].sum(axis=0), rel=1e-9, abs=1e-6
    )
    assert (situation.sums > -1e-6).all()


@some
@given(seeds)
def test_the_students_who_change_are_those_of_the_proposal(seed):
    made = random_proposal(seed)
    figures = apply(made.task.answer, Scenario("Moves", (moves_of(made),))).figures
    assert figures["students_changing_therapist"] == pytest.approx(made.score.students_changing, abs=1e-6)


@some
@given(seeds, st.sampled_from(GRANULARITIES))
def test_a_file_and_a_link_bring_the_moves_back_and_hold_no_student_and_no_label(seed, granularity):
    made = random_proposal(seed, granularity)
    answer = made.task.answer
    scenario = Scenario("Shared", (moves_of(made),))
    file, link = to_toml(scenario), to_link(scenario, answer.demand.schools)
    assert from_toml(file) == scenario and from_link(link, answer.demand.schools) == scenario
    for text in (file, link):
        assert not [name for name in (*answer.demand.lines.students, *answer.demand.people.names) if name in text]
        assert "group" not in text.replace('kind = "groups"', "") and "grade" not in text
    assert "School" not in link


def three(lines, **services):
    people = (("Ann", "OT", 1.0, None), ("Bea", "OT", 1.0, None), ("Cal", "OTA", 1.0, "Ann"))
    return district(lines, people, plain(meeting_hours=9), services=services)


def test_a_group_is_named_by_its_number_among_the_groups_there():
    answer = three(
        [("Ann", "Oak", 5), ("Ann", "Oak", 7), ("Ann", "Elm", 1), ("Bea", "Elm", 2)], grade=["2", "1", "1", "1"]
    )
    lever = MoveGroups((("Oak", 0, 1, 2),), groups_of(answer).mark)  # grade 1 is number 1, grade 2 is number 2
    after = apply(answer, Scenario("One", (lever,))).people.set_index("therapist")["workload_hours"]
    before = answer.people.set_index("therapist")["workload_hours"]
    assert before["Ann"] - after["Ann"] == pytest.approx(5.25)  # five hours and a meeting, no travel less
    assert after["Bea"] - before["Bea"] == pytest.approx(5.25 + 0.25)  # and a drive to a second school
    whole = MoveGroups((("Oak", 0, 1, EVERYTHING),), groups_of(answer).mark)
    assert before["Ann"] - hours_of(answer, whole)[0] == pytest.approx(12.5)  # Oak is where Ann is at home


def test_an_ota_gets_the_sessions_and_the_supervising_ot_the_meetings():
    answer = three([("Bea", "Oak", 10), ("Ann", "Oak", 1), ("Cal", "Oak", 1)])
    after = hours_of(answer, MoveGroups((("Oak", 1, 2, EVERYTHING),), groups_of(answer).mark))
    assert after - answer.staffing.workload[:-1] == pytest.approx([0.25, -10.25, 10])


def test_consultation_that_an_ota_has_goes_along_with_its_hours():
    answer = three(
        [("Cal", "Oak", 10), ("Ann", "Oak", 1), ("Bea", "Oak", 1)], delivery=["consult", "individual", "individual"]
    )
    task = task_of(answer)
    block = next(at for at, owner in enumerate(task.today) if owner == 2)
    made = evaluate(task, np.where(np.arange(len(task.today)) == block, 1, task.today))
    change = (made.people()["hours_after"] - made.people()["hours_before"]).tolist()
    assert change == pytest.approx([-0.25, 10.25, -10])
    assert hours_of(answer, moves_of(made)) == pytest.approx(made.people()["hours_after"].to_numpy(), abs=1e-9)


def test_moves_made_for_other_groups_are_refused():
    answer = three([("Ann", "Oak", 5), ("Ann", "Oak", 7), ("Bea", "Elm", 1)], grade=["2", "1", "1"])
    other = three([("Ann", "Oak", 5), ("Ann", "Oak", 7), ("Bea", "Elm", 1)], grade=["2", "3", "1"])
    lever = MoveGroups((("Oak", 0, 1, 1),), groups_of(answer).mark)
    assert compare(answer, Scenario("Right", (lever,))).scenario.figures["students_changing_therapist"] == 1
    for found, moves in (
        (other, lever),
        (answer, replace(lever, moves=(("Oak", 0, 1, 9),))),
        (answer, replace(lever, mark="")),
    ):
        with pytest.raises(LeverError, match="Search again on Rebalance"):
            apply(found, Scenario("Wrong", (moves,)))


@pytest.mark.parametrize("moves", [(("Oak", 0, 1),), (("Oak", 0, -1, 2),), (("Oak", 0, 1, "x"),), 3, ("Oak",)])
def test_a_move_that_cannot_be_is_refused(moves):
    with pytest.raises((LeverError, TypeError)):
        MoveGroups(moves, "ab12")
    with pytest.raises(LeverError, match="letters and digits"):
        MoveGroups((), "not a mark")


def test_work_that_another_lever_took_away_is_not_moved_and_a_pilot_moves_only_its_own():
    answer = three([("Ann", "Oak", 5), ("Ann", "Elm", 7), ("Bea", "Elm", 1)])
    lever = MoveGroups((("Oak", 0, 1, EVERYTHING), ("Elm", 0, 1, EVERYTHING)), groups_of(answer).mark)
    both = apply(answer, Scenario("Both", (LosePost(0), lever)))
    assert both.situation.staffing.workload[1] == pytest.approx(answer.staffing.workload[1])
    assert any("2 of 2 moves" in note for note in both.notes)
    piloted = apply(answer, Scenario("Pilot", (lever,), ("Oak",))).situation.staffing.workload
    assert piloted[0] == pytest.approx(7.25 + 1)  # a meeting, and an hour of supervision
    assert analyze(answer.roster, DAY, answer.assumptions).staffing.workload == pytest.approx(answer.staffing.workload)

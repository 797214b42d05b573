"""Who may serve what: a leave has no hours on the day, and work that nobody has may be given out or stay."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios.scenarios import answer_of, seeds
from tests.scenarios.test_levers import district, plain
from workload.rebalance.constraints import Rules, fewest_hours_over
from workload.rebalance.proposal import evaluate, rebalance, task_of

some = settings(max_examples=25, deadline=None)


def on_leave():
    """Ann has 20 hours at Oak and is on leave; Bea has 10 there and room for more; Cal is on leave without work."""
    people = (("Ann", "OT", 1.0, None), ("Bea", "OT", 1.0, None), ("Cal", "OT", 1.0, None))
    dates = {"leave_start": ["2026-09-01", None, "2026-09-01"], "leave_end": ["2026-12-01", None, "2026-12-01"]}
    lines = [("Ann", "Oak", 10), ("Ann", "Oak", 10), ("Bea", "Oak", 10)]
    return district(lines, people, plain(), services={"grade": ["1", "2", "3"]}, therapists=dates)


@some
@given(seeds)
def test_everybody_has_the_hours_that_are_there_on_the_day(seed):
    answer = answer_of(seed)
    capacity = task_of(answer).problem.capacity_hours
    assert capacity.tolist() == answer.people["available_hours"].tolist()[: len(capacity)]


def test_who_is_on_leave_has_no_hours_and_gets_nothing_more():
    task = task_of(on_leave())
    assert task.problem.capacity_hours.tolist() == [0, 40, 0]
    assert task.problem.score(task.today).overload_hours == pytest.approx(20)
    mine = task.today == 0
    assert task.problem.allowed[mine, 0].all() and not task.problem.allowed[~mine, 0].any()
    assert not task.problem.allowed[:, 2].any()


def test_the_work_of_a_leave_goes_to_those_who_have_room():
    made = rebalance(task_of(on_leave()))
    assert made.proven and made.score.overload_hours == 0
    assert made.people()["hours_after"].tolist() == pytest.approx([0, 30, 0])
    one = rebalance(task_of(on_leave()), 1)
    assert one.proven and one.score.overload_hours == pytest.approx(10)


def test_a_leave_does_not_change_on_how_many_days_a_post_works():
    rules = Rules(most_schools=None, schools_per_day=1, strict=True)
    assert task_of(on_leave(), rules).problem.most_schools.tolist() == [5, 5, 5]


def with_open_work():
    people = (("Ann", "OT", 1.0, None), ("Bea", "OT", 1.0, None))
    lines = [("Ann", "Oak", 30), ("Bea", "Oak", 30), (None, "Oak", 8), (None, "Elm", 25)]
    return district(lines, people, plain(), services={"grade": ["1", "2", "3", "4"]})


def test_work_that_nobody_has_is_given_out_and_stays_where_nobody_may_take_it():
    rules = Rules(not_allowed=frozenset({(0, "Elm"), (1, "Elm")}))
    task = task_of(with_open_work(), rules, include_unassigned=True)
    assert task.problem.score(task.today).overload_hours == pytest.approx(33)  # nobody has no hours
    made = rebalance(task)
    assert made.proven and made.score.students_changing == 0
    assert sorted(made.people()["hours_after"].tolist()) == pytest.approx([25, 30, 38])
    assert task_of(with_open_work()).problem.shape == (2, 2, 3)


@some
@given(seeds)
def test_with_open_work_the_hours_of_today_are_those_of_the_answer_and_nobody_has_the_rest(seed):
    answer = answer_of(seed)
    task, count = task_of(answer, include_unassigned=True), len(answer.demand.people.names)
    hours = evaluate(task, task.today).people()["hours_before"].to_numpy()
    assert hours[:count] == pytest.approx(answer.staffing.workload[:-1], abs=1e-9)
    open_ = np.flatnonzero(task.today == count)
    assert hours[count:].sum() == pytest.approx(task.problem.full_hours[open_].sum(), abs=1e-9)
    assert not task.problem.allowed[task.today != count, count:].any() and task.problem.violations(task.today) == []


@some
@given(seeds, st.randoms(use_true_random=False))
def test_no_assignment_has_fewer_hours_over_than_is_said(seed, random):
    problem = task_of(answer_of(seed), include_unassigned=bool(seed % 2)).problem
    least = fewest_hours_over(problem)
    for _ in range(20):
        tried = np.array([random.choice(np.flatnonzero(allowed).tolist()) for allowed in problem.allowed])
        assert problem.score(tried).overload_hours >= least - 1e-9

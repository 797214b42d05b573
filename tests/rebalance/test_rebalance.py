"""Rebalancing: the best is the best, constraints hold, few moves first, the same twice, conflicts have names."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios.scenarios import answer_of, seeds
from tests.scenarios.test_levers import district, plain
from workload.model.coding import MISSING
from workload.rebalance import problem as names
from workload.rebalance.constraints import Rules, RulesError
from workload.rebalance.local_search import Board, descent, greedy
from workload.rebalance.problem import Problem, Weights
from workload.rebalance.proof import solve
from workload.rebalance.proposal import (
    FEW_MOVES,
    Infeasible,
    edited,
    evaluate,
    first_answer,
    frontier,
    rebalance,
    task_of,
)
from workload.scenarios.blocks import BY_SCHOOL, blocks_of

few = settings(max_examples=12, deadline=None)


def random_problem(seed, blocks=6, people=3, schools=4, most_schools=3, most_moves=None):
    """A small problem with an OTA under the first OT, base schools and some pairs that are not allowed."""
    random = np.random.default_rng(seed)
    hours, events = random.uniform(2, 9, blocks), random.uniform(0, 2, blocks)
    owner, school = random.integers(0, people, blocks), random.integers(0, schools, blocks)
    allowed = random.random((blocks, people)) < 0.85
    allowed[np.arange(blocks), owner] = True
    is_ota = np.zeros(people, bool)
    is_ota[-1] = True
    served = np.zeros((people, schools), bool)
    served[owner, school] = True
    only = is_ota[:, None] & ~(served & ~served[0])
    base = random.integers(0, schools, people)
    return Problem(
        hours + events,
        hours,
        events,
        random.integers(1, 9, blocks).astype(float),
        owner,
        school,
        random.uniform(0, 2, people),
        random.uniform(8, 20, people),
        random.uniform(0, 3, (people, schools)),
        is_ota,
        np.where(is_ota, 0, MISSING),
        allowed,
        np.maximum(most_schools, served.sum(axis=1)),
        np.where(served[np.arange(people), base], base, MISSING),
        only,
        Weights(),
        most_moves,
    )


def brute_force(problem):
    """The best allowed assignment of all."""
    blocks, people, _ = problem.shape
    tried = (np.array(one) for one in product(range(people), repeat=blocks))
    return min(problem.score(one).points for one in tried if not problem.violations(one))


@pytest.mark.parametrize("most_moves", (None, 1, 2, 3))
@pytest.mark.parametrize("seed", range(8))
def test_the_solver_finds_what_trying_everything_finds(seed, most_moves):
    problem = random_problem(seed, most_moves=most_moves)
    solved = solve(problem, problem.owner, gap=0.0)
    assert solved.status == "proven"
    assert problem.violations(solved.assignment) == []
    assert problem.score(solved.assignment).points == pytest.approx(brute_force(problem), abs=1e-6)
    assert solved.bound <= problem.score(solved.assignment).points + 1e-6
    from_nothing = solve(problem, None, gap=0.0)
    assert problem.score(from_nothing.assignment).points == pytest.approx(brute_force(problem), abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(seeds, st.booleans())
def test_the_points_that_a_move_is_said_to_save_are_those_it_saves(seed, one_on_leave):
    problem = random_problem(seed)
    if one_on_leave:
        problem = replace(
            problem, capacity_hours=np.where(np.arange(problem.shape[1]) == 0, 0.0, problem.capacity_hours)
        )
    board, before = Board(problem, problem.owner), problem.score(problem.owner).points
    gains = board.gains()
    for block, person in zip(*np.nonzero(np.isfinite(gains)), strict=True):
        trial = problem.owner.copy()
        trial[block] = person
        assert problem.violations(trial) == []
        if not problem.is_ota[[person, problem.owner[block]]].any():
            assert gains[block, person] == pytest.approx(before - problem.score(trial).points, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_the_local_search_keeps_the_constraints_and_is_never_worse_than_its_start(seed):
    problem = random_problem(seed, blocks=14, people=5, schools=6, most_moves=4)
    found = descent(problem, problem.owner)
    assert problem.violations(found) == []
    assert problem.score(found).points <= problem.score(problem.owner).points + 1e-9


@few
@given(seeds)
def test_before_any_move_the_hours_are_those_of_the_answer(seed):
    answer = answer_of(seed)
    for granularity in ("group or class", BY_SCHOOL):
        task = task_of(answer, granularity=granularity)
        assert task.problem.hours(task.today) == pytest.approx(answer.staffing.workload[:-1], abs=1e-9)
        assert task.problem.violations(task.today) == []


@few
@given(seeds)
def test_every_line_with_a_therapist_is_in_one_block_and_no_student_is_parted(seed):
    answer = answer_of(seed)
    blocks, lines = blocks_of(answer), answer.demand.lines
    assert ((blocks.line_block == MISSING) == (lines.therapist == MISSING)).all()
    seen = {}
    for block, student, therapist, school in zip(
        blocks.line_block, lines.student, lines.therapist, lines.school, strict=True
    ):
        if block != MISSING:
            assert seen.setdefault((student, therapist, school), block) == block
            assert blocks.owner[block] == therapist
    groups = answer.roster.services["group_id"].to_numpy()[lines.row]
    for group, block, therapist, school in zip(groups, blocks.line_block, lines.therapist, lines.school, strict=True):
        if isinstance(group, str) and block != MISSING:
            assert seen.setdefault((group, therapist, school), block) == block


def test_more_moves_are_never_worse_and_one_move_is_the_best_single_move():
    task = task_of(answer_of(7, students=60))
    proposals = list(frontier(task, FEW_MOVES))
    points = [task.problem.score(task.today).points, *(one.score.points for one in proposals)]
    assert all(later <= earlier + 1e-9 for earlier, later in zip(points, points[1:], strict=False))
    assert [one.most_moves for one in proposals] == [1, 2, 3, 5, 10]
    assert all(one.score.moves <= one.most_moves and not task.problem.violations(one.assignment) for one in proposals)
    singles = []
    for block, person in np.argwhere(task.problem.allowed):
        trial = task.today.copy()
        trial[block] = person
        if not task.problem.violations(trial):
            singles.append(task.problem.score(trial).points)
    assert proposals[0].score.points == pytest.approx(min(singles), rel=1e-3)
    assert proposals[-1].score.points < proposals[-1].before.points
    assert len(proposals[0].moves()) == 1


def test_the_same_question_gets_the_same_answer():
    one, other = (rebalance(task_of(answer_of(5))) for _ in range(2))
    assert (one.assignment == other.assignment).all()
    assert one.score == other.score and one.binding == other.binding


def balanced():
    """Ann has 60 hours at Oak in three grades, Bea none; both are based at Oak."""
    people = (("Ann", "OT", 1.0, None), ("Bea", "OT", 1.0, None), ("Cal", "OTA", 1.0, "Ann"))
    lines = [("Ann", "Oak", 20)] * 3 + [("Bea", "Elm", 1), ("Cal", "Oak", 1)]
    return district(
        lines,
        people,
        plain(meeting_hours=9),
        services={
            "grade": ["1", "2", "3", "4", "5"],
            "delivery": ["individual"] * 2 + ["consult"] + ["individual"] * 2,
        },
    )


def test_the_overload_goes_where_there_is_room_and_consultation_stays_with_ots():
    task = task_of(balanced())
    made = rebalance(task)
    assert made.proven and made.gap <= 0.01
    assert made.score.largest_overload == 0
    consult = next(at for at, label in enumerate(task.blocks.label) if label == "Oak, grade 3")
    assert made.assignment[consult] != 2
    assert made.people()["hours_after"].sum() == pytest.approx(
        made.people()["hours_before"].sum()
        + made.people()["travel_hours_after"].sum()
        - made.people()["travel_hours_before"].sum()
    )


def test_a_student_who_must_not_move_stays_and_a_pair_that_is_not_allowed_is_not_made():
    answer = balanced()
    students = answer.demand.lines.students
    pinned = rebalance(task_of(answer, Rules(never_move=frozenset(students.tolist()))))
    assert pinned.score.moves == 0
    assert names.NEVER_MOVE in pinned.binding
    barred = task_of(answer, Rules(not_allowed=frozenset({(1, "Oak"), (2, "Oak")}) - {(2, "Oak")}))
    assert not (
        (rebalance(barred).assignment == 1) & (barred.problem.school == answer.demand.schools.index("Oak"))
    ).any()


def test_named_blocks_stay_together():
    answer = balanced()
    task = task_of(answer, Rules(keep_together=((0, 1),)))
    assert (0, 1) in task.problem.members
    assert len(task.today) == len(task.blocks.label) - 1


def test_constraints_that_cannot_hold_together_are_named_and_no_others():
    answer = balanced()
    student = answer.demand.lines.students[0]
    rules = Rules(never_move=frozenset({student}), not_allowed=frozenset({(0, "Oak")}))
    with pytest.raises(Infeasible) as refusal:
        rebalance(task_of(answer, rules))
    assert refusal.value.constraints == (names.NEVER_MOVE, names.NOT_ALLOWED)
    assert "never move; not licensed or not allowed" in str(refusal.value)
    with pytest.raises(Infeasible) as refusal:
        rebalance(task_of(answer, Rules(most_schools=0, strict=True, base_school=False)))
    assert refusal.value.constraints == (names.MOST_SCHOOLS,)


def test_what_the_roster_does_not_have_is_refused():
    with pytest.raises(RulesError, match="1 of 1 students"):
        task_of(balanced(), Rules(never_move=frozenset({"nobody"})))
    with pytest.raises(RulesError, match="not in this roster"):
        task_of(balanced(), Rules(not_allowed=frozenset({(9, "Oak")})))
    with pytest.raises(RulesError, match="there are 5"):
        task_of(balanced(), Rules(keep_together=((0, 99),)))


def test_a_roster_without_therapists_is_refused_and_one_without_lines_has_nothing_to_move():
    with pytest.raises(RulesError, match="nobody to share"):
        task_of(district([], ()))
    made = rebalance(task_of(district([])))
    assert made.score.points == 0 and len(made.moves()) == 0


def test_a_proposal_edited_by_hand_tells_its_numbers_and_what_it_breaks():
    task = task_of(balanced())
    made, broken = edited(evaluate(task, task.today), {0: 1})
    assert made.score.moves == 1 and broken == []
    assert made.people()["hours_after"][1] > made.people()["hours_before"][1]
    consult = next(at for at, label in enumerate(task.blocks.label) if label == "Oak, grade 3")
    assert edited(made, {consult: 2})[1] == ["not allowed for this person"]


def test_meetings_follow_a_student_to_an_ot_and_stay_with_the_supervisor_of_an_ota():
    task = task_of(balanced())  # a student's meetings are a quarter of an hour a week
    block = next(at for at, label in enumerate(task.blocks.label) if label == "Oak, grade 1")
    to_ot, to_ota = (edited(evaluate(task, task.today), {block: person})[0].people() for person in (1, 2))
    travel = (to_ot["travel_hours_after"] - to_ot["travel_hours_before"])[1]
    change = to_ot["hours_after"] - to_ot["hours_before"]
    assert change[0] == pytest.approx(-20.25) and change[1] == pytest.approx(20.25 + travel)
    change = to_ota["hours_after"] - to_ota["hours_before"]
    assert change[0] == pytest.approx(-20) and change[2] == pytest.approx(20)


def test_progress_is_told_and_a_cancelled_search_still_answers():
    task = task_of(answer_of(7, students=60))
    told = []
    made = rebalance(task, progress=lambda *one: told.append(one), cancelled=lambda: True)
    assert made.score.points <= task.problem.score(task.today).points
    assert task.problem.violations(made.assignment) == []
    assert rebalance(task, progress=lambda *one: told.append(one)).status == "proven" and told


def test_the_first_answer_is_never_worse_than_greedy_or_today():
    task = task_of(answer_of(11, students=80))
    points = task.problem.score(first_answer(task.problem)).points
    assert points <= task.problem.score(task.today).points + 1e-9
    plainly = greedy(task.problem)
    assert task.problem.violations(plainly) or points <= task.problem.score(plainly).points + 1e-9


def test_importing_the_room_does_not_load_the_solver():
    import subprocess
    import sys

    code = "import sys, workload.rebalance.proposal; sys.exit('highspy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0

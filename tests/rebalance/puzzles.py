"""Small assignment problems with every rule in them, and their best answer by trying everything."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from workload.model.coding import MISSING
from workload.rebalance.problem import Problem, Weights


def puzzle(seed: int) -> Problem:
    """Three or four people, five or six blocks at two to four schools; which rules hold is drawn too."""
    random = np.random.default_rng(seed)
    people, blocks, schools = (3, 6, int(random.integers(2, 5))) if seed % 2 else (4, 5, int(random.integers(2, 5)))
    events = random.uniform(0, 2, blocks) * (random.random() < 0.7)
    direct, owner = random.uniform(1, 9, blocks), random.integers(0, people, blocks)
    allowed = random.random((blocks, people)) < 0.8
    allowed[np.arange(blocks), owner] = True
    is_ota = np.arange(people) >= people - random.integers(0, 3)
    fixed = random.uniform(-4, 6, people)
    capacity = random.uniform(5, 20, people)
    capacity[random.random(people) < 0.15] = 0.0
    fixed[random.random(people) < 0.15] += 25.0
    return with_rules(
        random,
        Problem(
            direct + events,
            direct,
            events,
            random.integers(1, 12, blocks).astype(float),
            owner,
            random.integers(0, schools, blocks),
            fixed,
            capacity,
            random.uniform(0, 3, (people, schools)),
            is_ota,
            np.where(is_ota & (random.random(people) < 0.8), 0, MISSING),
            allowed,
            np.full(people, 10_000),
            np.full(people, MISSING),
            np.zeros((people, schools), bool),
            Weights(*(random.choice([0.0, 1.0, 4.0]) * np.array([10.0, 2.0, 1.0, 0.1]))),
        ),
    )


def with_rules(random, problem: Problem) -> Problem:
    """The same with limits on schools, base schools, supervision, moves, and blocks of nobody: each at times."""
    blocks, people, schools = problem.shape
    served = problem.served(problem.owner) > 0
    if random.random() < 0.5:
        problem = replace(problem, most_schools=np.maximum(served.sum(axis=1), random.integers(0, 3, people)))
    if random.random() < 0.5:
        base = random.integers(0, schools, people)
        problem = replace(problem, must_serve=np.where(served[np.arange(people), base], base, MISSING))
    if random.random() < 0.6:
        problem = replace(problem, supervised_only=problem.is_ota[:, None] & ~(served & ~served[0]))
    if random.random() < 0.4:
        problem = problem.limited(int(random.integers(0, 4)))
    if random.random() < 0.4:
        problem = replace(problem, owner=np.where(random.random(blocks) < 0.3, MISSING, problem.owner))
    return problem


def every_answer(problem: Problem) -> list[tuple[float, np.ndarray]]:
    """(points, assignment) of all that keep the rules, best first: all at once, and not by the library's own score."""
    blocks, people, schools = problem.shape
    tried = np.array(list(product(*map(np.flatnonzero, problem.allowed))), dtype=int).reshape(-1, blocks)
    does = tried[:, :, None] == np.arange(people)  # (tried, block, person)
    serves = does.transpose(0, 2, 1).astype(int) @ (problem.school[:, None] == np.arange(schools)) > 0
    moved = (tried != problem.owner) & (problem.owner != MISSING)

    kept = (serves.sum(axis=2) <= problem.most_schools).all(axis=1)
    based = np.flatnonzero(problem.must_serve != MISSING)
    kept &= serves[:, based, problem.must_serve[based]].all(axis=1)
    for ota in np.flatnonzero(problem.is_ota & (problem.supervisor != MISSING)):
        alone = serves[:, ota] & ~serves[:, problem.supervisor[ota]]
        kept &= ~(alone & problem.supervised_only[ota]).any(axis=1)
    if problem.most_moves is not None:
        kept &= moved.sum(axis=1) <= problem.most_moves

    with_ota, answers = problem.is_ota[tried], problem.supervisor[tried][:, :, None] == np.arange(people)
    own = does * np.where(with_ota, problem.direct_hours, problem.full_hours)[:, :, None]
    passed_on = (answers & with_ota[:, :, None]) * problem.event_hours[:, None]
    travel = (serves * problem.travel_hours).sum(axis=2)
    over = np.maximum(0.0, problem.fixed_hours + (own + passed_on).sum(axis=1) + travel - problem.capacity_hours)
    relative = np.divide(over, problem.capacity_hours, out=np.zeros_like(over), where=problem.capacity_hours > 0)
    weights = problem.weights
    points = (
        weights.largest_overload * relative.max(axis=1)
        + weights.overload * over.sum(axis=1)
        + weights.travel * travel.sum(axis=1)
        + weights.student_change * moved @ problem.students
    )
    found = np.flatnonzero(kept)
    return [(float(points[one]), tried[one]) for one in found[np.argsort(points[found], kind="stable")]]

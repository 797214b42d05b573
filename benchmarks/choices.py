"""Decisions: a lever moved against an empty page and the floor; the solver's gap and CPU on made-up districts."""

from __future__ import annotations

import time

import numpy as np

from benchmarks.calculation import FLOOR, floor
from benchmarks.rosters import DAY, roster
from benchmarks.timing import Ratio, compare
from workload.answer import analyze
from workload.intake import load as reading
from workload.model.coding import MISSING
from workload.model.packaged_data import DATA
from workload.rebalance.local_search import greedy, kicked
from workload.rebalance.problem import Problem, Weights
from workload.rebalance.proof import solve
from workload.rebalance.proposal import rebalance, task_of
from workload.scenarios.compare import compare as compare_scenario
from workload.scenarios.demand_levers import Regroup, ShiftDocumentation
from workload.scenarios.outcome import apply
from workload.scenarios.post_levers import AddPost, Telepractice
from workload.scenarios.scenario import Scenario
from workload.scenarios.scenario_state import base_of

SAMPLE, SECRET = DATA / "sample" / "bluff_county.xlsx", b"benchmark" * 4
SHORT_OF_STAFF = 1.15  # work over contract hours
LOADS = (0.9, 0.95, 0.97, 1.0, 1.05, SHORT_OF_STAFF, 1.3)  # where work just fits is the hardest puzzle
SIZES = (
    *((10, 30, 3, load) for load in LOADS),
    *((40, 120, 2, load) for load in LOADS),
    (300, 1_200, 1, SHORT_OF_STAFF),
)  # therapists, blocks, seeds, load
SECONDS = {10: 60.0, 40: 120.0, 300: 300.0}
LEVERS = (AddPost("OT", 1.0), Regroup(4.0), ShiftDocumentation(0.5), Telepractice("OT", 10.0))


def levers() -> list[Ratio]:
    """One scenario moved on screen and taken apart, at two sizes, against an empty page's rerun and the floor."""
    found = []
    for rows in (5_000, 150_000):
        answer = analyze(roster(rows), DAY)
        base_of(answer)

        def moved(answer=answer):
            return apply(answer, Scenario("Moved", LEVERS[:1])).figures

        def taken_apart(answer=answer):
            return compare_scenario(answer, Scenario("Moved", LEVERS)).steps

        found.append(compare(f"one lever, {rows:,} rows", moved, FLOOR, floor(rows)))
        found.append(compare(f"four levers taken apart, {rows:,} rows", taken_apart, FLOOR, floor(rows), 5))
        if rows == 5_000:
            empty = empty_page()
            found.append(compare(f"one lever, {rows:,} rows", moved, "an empty page run again", empty, target=2))
            before = compare_scenario(answer, Scenario("Before", (*LEVERS[:3], Telepractice("OT", 12.0))))
            assert len(before.steps) == 7  # what the screen has shown is known

            def moved_again(answer=answer, before=before):
                return compare_scenario(answer, Scenario("Moved", LEVERS), known=before).steps

            found.append(
                compare(
                    f"one of four levers moved, the column again, {rows:,} rows",
                    moved_again,
                    "an empty page run again",
                    empty,
                )
            )
    return found


def empty_page():
    """An empty Streamlit script, run again."""
    from streamlit.testing.v1 import AppTest

    page = AppTest.from_string("import streamlit as st")
    page.run()
    return page.run


def district(therapists: int, blocks: int, seed: int, load: float = SHORT_OF_STAFF, nearest: int = 12) -> Problem:
    """Schools on a square of 30 miles, one block each; today's owner is one of the four nearest therapists."""
    random = np.random.default_rng(seed)
    place = random.random((blocks, 2)) * 30
    base = random.integers(0, blocks, therapists)
    capacity = random.choice([37.5, 37.5, 30, 22.5], therapists)
    hours = random.gamma(4, 1, blocks)
    hours *= capacity.sum() * load / hours.sum()
    drive = np.sqrt(((place[base][:, None] - place[None]) ** 2).sum(axis=2)) * 1.3 / 30
    near = np.argsort(drive.T, axis=1)[:, : min(nearest, therapists)]
    allowed = np.zeros((blocks, therapists), bool)
    allowed[np.arange(blocks)[:, None], near] = True
    owner = near[np.arange(blocks), random.integers(0, min(4, therapists), blocks)]
    nobody, everyone = np.zeros(therapists, bool), np.full(therapists, MISSING)
    return Problem(
        hours,
        hours,
        np.zeros(blocks),
        np.round(hours * 1.5),
        owner,
        np.arange(blocks),
        np.zeros(therapists),
        capacity,
        drive,
        nobody,
        everyone,
        allowed,
        np.full(therapists, blocks),
        everyone,
        np.zeros((therapists, blocks), bool),
        Weights(),
    )


def solver(sizes=SIZES) -> str:
    """A Markdown table: points of today, greedy, local search and solver, the proven gap, CPU seconds of each."""
    lines = [
        "| therapists × blocks | load | seed | today | greedy | local search | solver | bound | gap | CPU s: greedy | local | solver |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for therapists, blocks, seeds, load in sizes:
        limit = SECONDS[therapists]
        for seed in range(seeds):
            problem = district(therapists, blocks, seed, load)
            plainly, greedy_s = timed(lambda problem=problem: greedy(problem))
            near, local_s = timed(lambda problem=problem, start=plainly: kicked(problem, start))
            best, solver_s = timed(
                lambda problem=problem, start=near, limit=limit: solve(problem, start, seconds=limit)
            )
            points = problem.score(best.assignment).points
            lines.append(
                f"| {therapists} × {blocks:,} | {load:g} | {seed} | {problem.score(problem.owner).points:,.1f} | "
                f"{problem.score(plainly).points:,.1f} | {problem.score(near).points:,.1f} | {points:,.1f} | "
                f"{best.bound:,.1f} | {(points - best.bound) / points * 100:.2f} % | {greedy_s:.3f} | {local_s:.2f} | "
                f"{solver_s:.1f} |"
            )
    return "\n".join((*lines, "", one_move()))


def one_move() -> str:
    """At most one move on the sample, every single one tried, as a sentence."""
    answer = analyze(reading.load([(SAMPLE.name, SAMPLE.read_bytes())], secret=SECRET).roster, DAY)
    task = task_of(answer)
    tried, seconds = timed(lambda: rebalance(task, most_moves=1))
    blocks = len(task.problem.members)
    return f"At most one move on the sample, {blocks} blocks: {tried.status} in {seconds:.2f} CPU s (target ≤ 0.2)."


def timed(work):
    """(result, CPU seconds)"""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def ratios() -> list[Ratio]:
    """The levers, and the first answer against the proven one; the gaps are in `solver()`."""
    found = levers()
    for therapists, blocks in ((10, 30), (40, 120)):
        problem = district(therapists, blocks, 0)
        start = kicked(problem, greedy(problem))
        found.append(
            compare(
                f"local search, {therapists} × {blocks}",
                lambda p=problem: kicked(p, greedy(p)),
                "HiGHS to 1 % from it",
                lambda p=problem, s=start: solve(p, s, seconds=SECONDS[p.shape[1]]),
                3,
                target=0.3,
            )
        )
    return found


if __name__ == "__main__":
    print(solver())

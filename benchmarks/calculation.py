"""The calculation against two bincounts over ready codes, against plain pandas, and one assumption changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from benchmarks import peer
from benchmarks.rosters import DAY, roster, sizes
from benchmarks.timing import Ratio, compare
from workload.answer import analyze
from workload.model.parameters import Assumptions
from workload.model.roster import Roster
from workload.staffing.likely_range import range_of
from workload.staffing.required import staffing_of
from workload.work.demand import demand_of

SIZES = (5_000, 150_000, 1_000_000)
BEFORE_SOME_BEGIN = date(2026, 7, 3)  # a fifth of the lines has not begun
ANOTHER_DAY_MOST = {150_000: 30.0, 1_000_000: 30.0}
FLOOR = "two NumPy bincounts over ready codes"


def floor(rows: int):
    """A sum for each therapist and one for each school over integer codes that are already there."""
    random = np.random.default_rng(0)
    _, people, schools = sizes(rows)
    person, school, weight = random.integers(0, people, rows), random.integers(0, schools, rows), random.random(rows)
    return lambda: (np.bincount(person, weight), np.bincount(school, weight))


def everything(data: Roster, assumptions: Assumptions, day: date = DAY):
    """Hours of every person and school, workload, gaps."""
    staffing = staffing_of(demand_of(data, day, assumptions), assumptions)
    return staffing.workload, staffing.school_hours, staffing.minutes_at_risk


def ratios() -> list[Ratio]:
    """From the columns (names coded anew) and from codes, at three sizes; against the peer up to 150,000."""
    assumptions, found = Assumptions(), []
    for rows in SIZES:
        data = roster(rows)
        rounds = 7 if rows < 1_000_000 else 3
        found.append(
            compare(
                f"from columns, {rows:,} rows",
                lambda data=data: everything(replace(data), assumptions),
                FLOOR,
                floor(rows),
                rounds,
            )
        )
        found.append(
            compare(
                f"from codes, {rows:,} rows",
                lambda data=data: everything(data, assumptions),
                FLOOR,
                floor(rows),
                rounds,
                target=ANOTHER_DAY_MOST.get(rows),
            )
        )
        found.append(
            compare(
                f"from codes before a fifth begins, {rows:,} rows",
                lambda data=data: everything(data, assumptions, BEFORE_SOME_BEGIN),
                FLOOR,
                floor(rows),
                rounds,
                target=ANOTHER_DAY_MOST.get(rows),
            )
        )
        mine = analyze(data, DAY, assumptions).district["required_fte"]
        theirs = peer.required_fte(data, assumptions)
        if abs(mine - theirs) > 1e-6:
            raise AssertionError(f"the peer answers {theirs}, the library {mine}: the ratio would mean nothing")
        found.append(
            compare(
                f"from columns, {rows:,} rows",
                lambda data=data: everything(replace(data), assumptions),
                "plain pandas group-bys, same answer",
                lambda data=data: peer.required_fte(data, assumptions),
                min(rounds, 5),
                target={5_000: 0.4, 150_000: 0.5, 1_000_000: 0.3}[rows],
            )
        )
    return found


def changes() -> list[Ratio]:
    """A slider moved: new assumptions to every figure, against the whole calculation from codes."""
    assumptions, found = Assumptions(), []
    moved = assumptions.changed({"meeting_hours": 2.0}, "benchmark")
    for rows in SIZES:
        data = roster(rows)
        answer = analyze(data, DAY, assumptions)

        def slider(answer=answer):
            staffing = staffing_of(answer.demand, moved)
            return staffing.workload, staffing.school_hours, staffing.minutes_at_risk

        rounds = 7 if rows < 1_000_000 else 3
        found.append(
            compare(
                f"the range of 2,000 draws, {rows:,} rows",
                lambda answer=answer: range_of(answer.staffing),
                "the whole calculation from codes",
                lambda data=data: everything(data, assumptions),
                rounds,
                target=1,
            )
        )
        found.append(
            compare(
                f"one assumption, {rows:,} rows",
                slider,
                "the whole calculation from codes",
                lambda data=data: everything(data, assumptions),
                rounds,
                target=0.25,
            )
        )
        most = {150_000: 3}.get(rows)
        found.append(compare(f"one assumption, {rows:,} rows", slider, FLOOR, floor(rows), rounds, target=most))
    return found

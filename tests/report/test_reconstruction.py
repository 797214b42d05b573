"""A reader who computes learns no withheld count and no child's plan, from one packet or from two in a row.

The attacks are run twice: on what leaves, where they must fail, and on the same figures with the gate's rounding taken
away, where they must find the true value; so the attack is real and the gate is what stops it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import linprog

from tests.report.packets import rows_of
from tests.report.reader import (
    EVALUATION_ONLY,
    NOT_IEP,
    PLANS,
    Small,
    answer_of,
    exact,
    halves,
    plans_that_fit,
    possible,
    said_by,
    small_district,
    with_leave,
)
from workload.report import gate
from workload.report.audience import AUDIENCES
from workload.report.open_tables import table_files
from workload.report.packet import make_packet
from workload.report.packet_choices import Settings
from workload.report.reader_view import View

SEEDS = range(4)
SMALLEST = Settings().smallest_count


def tables_of(district: Small, audience: str = "board") -> dict[str, bytes]:
    """The tables of a packet by file name."""
    view = View(answer_of(district), AUDIENCES[audience], Settings())
    return {f"tables-{name}": data for name, data in table_files(view)}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_told_is_the_truth_within_its_step(seed):
    answer = answer_of(small_district(seed))
    told, true = said_by(tables_of(small_district(seed))), exact(answer)
    assert len(set(told) & set(true)) >= 12
    for name in set(told) & set(true):
        assert abs(told[name] - true[name]) <= halves(name) + 1e-9, name


@pytest.mark.parametrize("seed", SEEDS)
def test_withheld_counts_cannot_be_computed_from_the_tables_and_could_be_without_rounding(seed):
    district = small_district(seed)
    told, true = said_by(tables_of(district)), exact(answer_of(district))
    assert "students_evaluation_only" not in told
    not_iep = sum(district.counts[at] for at in NOT_IEP)
    low, high = possible(district, told, NOT_IEP)
    assert low <= not_iep <= high and high - low >= 2 * SMALLEST
    # "fewer than 10" stays 1 to 9
    assert possible(district, told, EVALUATION_ONLY, known={EVALUATION_ONLY[0]: (1, 9)}) == (1, 9)
    assert possible(district, true, NOT_IEP, rounded=False) == (not_iep, not_iep)
    only = district.counts[EVALUATION_ONLY[0]]
    assert possible(district, true, EVALUATION_ONLY, rounded=False) == (only, only)


@pytest.mark.parametrize("seed", SEEDS)
def test_two_packets_in_a_row_do_not_tell_a_new_childs_plan_and_would_without_rounding(seed):
    before, plan = small_district(seed), PLANS[seed * 3 % len(PLANS)]
    after = replace(before, newcomer=plan)
    told = [said_by(tables_of(district)) for district in (before, after)]
    fitting = plans_that_fit(before, *told)
    weekly = [minutes * sessions for minutes, sessions in fitting]
    assert plan in fitting and max(weekly) >= 4 * min(weekly) and len(fitting) >= 6
    true = [exact(answer_of(district)) for district in (before, after)]
    assert plans_that_fit(before, *true, rounded=False) == [plan]


@pytest.mark.parametrize("audience", ["board", "union", "families"])
def test_no_file_says_more_than_the_tables(audience, monkeypatch):
    """Districts whose tables are the same have the same packet, byte by byte, although their children's minutes differ."""
    ladder = [replace(small_district(7), longer=longer) for longer in (0, 1, 2, 3)]
    made = [make_packet(answer_of(district), audience) for district in ladder]
    same = 0
    for one, other in pairwise(made):
        tables = [{name: data for name, data in files.items() if name.startswith("tables-")} for files in (one, other)]
        if tables[0] == tables[1]:
            same += 1
            assert {name for name in one if one[name] != other[name]} == set()
    assert same >= 2, "some of these districts must look alike"
    assert len({answer_of(district).district["required_fte"] for district in ladder}) == len(ladder)
    monkeypatch.setattr(gate, "stepped", lambda value, step: value)
    weak = [make_packet(answer_of(district), audience) for district in ladder[:2]]
    differ = {name.rpartition(".")[2] for name in weak[0] if weak[0][name] != weak[1][name]}
    assert differ >= ({"csv", "parquet"} if audience != "families" else set())


@pytest.mark.parametrize("audience", ["board", "union"])
def test_every_number_of_every_table_is_on_its_step(audience):
    import io

    import pandas as pd

    for name, data in tables_of(with_leave(3), audience).items():
        table = pd.read_parquet(io.BytesIO(data)) if name.endswith(".parquet") else pd.DataFrame(rows_of(data))
        if "assumptions" in name or "dictionary" in name:
            continue
        for column in table.columns:
            for value in pd.to_numeric(table[column], errors="coerce").dropna():
                assert float(value) == round(float(value), 2), (name, column, value)


def pinned(answer, rows: list[dict[str, str]], total: str, rounded: bool = True) -> list[str]:
    """Whose time at a school, or at all, a reader of the schools' table knows to a tenth of an FTE.

    The reader knows who has time at which school. Unknown is how much; the solver gives the ends of what fits.
    """
    cells = answer.cells[(answer.cells["available_fte"] > 0) & (answer.cells["therapist"] != "Unassigned")]
    names = [row["school"] for row in rows]
    room, equal, sides = 0.05 if rounded else 1e-6, [], []
    together = next((name for name in names if name not in set(answer.schools["school"])), None)
    of_row = cells["school"].where(cells["school"].isin(names), together).to_numpy()
    for row in rows:
        if row["available_fte"]:
            equal.append((of_row == row["school"]).astype(float))
            sides.append(float(row["available_fte"]))
    if total:
        equal.append(np.ones(len(cells)))
        sides.append(float(total))
    if not equal:
        return []
    matrix, right = np.array(equal), np.array(sides)
    limits = {"A_ub": np.vstack((matrix, -matrix)), "b_ub": np.concatenate((right + room, room - right))}
    people = cells["therapist"].to_numpy()
    found = []
    for goal, who in [
        *((people == name, name) for name in dict.fromkeys(people)),
        *((np.arange(len(cells)) == at, f"{people[at]} at {of_row[at]}") for at in range(len(cells))),
    ]:
        ends = [linprog(sign * goal.astype(float), **limits, bounds=(0, 5)) for sign in (1, -1)]
        low, high = ends[0].fun, -ends[1].fun
        if low > room and high - low <= 2 * room + 1e-6:
            found.append(who)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_nobodys_time_can_be_computed_with_people_on_leave(seed):
    district = with_leave(seed)
    answer, files = answer_of(district), tables_of(district)
    total = said_by(files).get("available_fte")
    assert pinned(answer, rows_of(files["tables-schools.csv"]), "" if total is None else str(total)) == []
    assert "contracted_fte" not in said_by(files), "one person is on leave: contracts less time would be that contract"


def test_counting_people_on_leave_as_present_would_let_the_attack_find_somebody(monkeypatch):
    true = gate.withheld_time
    monkeypatch.setattr(gate, "withheld_time", lambda present, serves, *rest: true(serves, serves, *rest))
    found = 0
    for seed in range(12):
        files = tables_of(with_leave(seed))
        found += bool(pinned(answer_of(with_leave(seed)), rows_of(files["tables-schools.csv"]), ""))
    assert found >= 3

"""What holds for every roster: the properties of the method, on rosters drawn by Hypothesis."""

from __future__ import annotations

import copy
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.rosters import DAY, as_roster, assumptions_of, random_assumptions, random_tables
from workload.answer import analyze
from workload.explain.activity_steps import OF_EVENTS, OF_LINES
from workload.figures.activity_groups import GROUPS
from workload.figures.tones import THIRDS
from workload.model.parameters import Assumptions
from workload.model.units import hours
from workload.report.answer_json import answer_json
from workload.report.kinds_of_work import INSIDE, OUTSIDE
from workload.staffing.required import PRESENT, workload_hours
from workload.staffing.tables import HOURS
from workload.work.activities import ACTIVITIES, CATEGORY, CODES, FROM_FEATURES, INDIVIDUAL, SERVICE, coefficients

seeds = st.integers(0, 10_000)
thorough = settings(max_examples=25, deadline=None)
SERVICE_HOURS = [f"{activity.code}_hours" for activity in ACTIVITIES if activity.kind == SERVICE]


def answer_of(tables, overrides=None):
    return analyze(as_roster(tables), DAY, assumptions_of(overrides or {}))


def close(mine, theirs):
    """Whether two JSON answers are the same up to the last bits of a sum."""
    if isinstance(mine, dict):
        return mine.keys() == theirs.keys() and all(close(mine[key], theirs[key]) for key in mine)
    if isinstance(mine, list):
        return len(mine) == len(theirs) and all(close(*pair) for pair in zip(mine, theirs, strict=True))
    if isinstance(mine, float) and isinstance(theirs, float):
        return mine == pytest.approx(theirs, abs=1e-9, rel=1e-9)
    return mine == theirs


def figures(answer):
    """The numbers of an answer, without what speaks of places in the file."""
    return {name: part for name, part in answer_json(answer).items() if name not in ("issues",)}


@thorough
@given(seeds)
def test_hours_in_are_hours_out_by_person_school_and_district(seed):
    answer = answer_of(random_tables(seed), random_assumptions(seed))
    therapists, schools, district = answer.therapists, answer.schools, answer.district
    for table in (therapists, schools, answer.cells):
        assert np.allclose(table[list(HOURS)].sum(axis=1), table["workload_hours"], atol=1e-9)
        for column in (*HOURS, "workload_hours", "required_fte", "available_fte", "student_hours", "therapist_hours"):
            assert table[column].sum() == pytest.approx(district[column], abs=1e-9)
    assert sum(district[column] for column in HOURS) == pytest.approx(district["workload_hours"], abs=1e-9)


@thorough
@given(seeds)
def test_every_row_is_counted_or_left_out_with_a_reason(seed):
    tables = random_tables(seed)
    answer = answer_of(tables)
    assert len(answer.lines) + sum(answer.excluded.values()) == len(tables["services"])


@thorough
@given(seeds, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(seed, random):
    tables = random_tables(seed)
    shuffled = {table: random.sample(rows, len(rows)) for table, rows in tables.items()}
    assert close(figures(answer_of(shuffled)), figures(answer_of(tables)))


@thorough
@given(seeds)
def test_more_minutes_more_students_or_a_longer_evaluation_never_lower_the_need(seed):
    random, tables = Random(seed), random_tables(seed)
    before = answer_of(tables).district["required_fte"]
    more_minutes = copy.deepcopy(tables)
    random.choice(more_minutes["services"])["minutes_per_session"] += 15
    more_students = copy.deepcopy(tables)
    more_students["services"].append({**random.choice(tables["services"]), "student_id": "NEW"})
    for changed in (more_minutes, more_students):
        assert answer_of(changed).district["required_fte"] >= before - 1e-12
    for longer in ({"evaluation_initial_hours": 7}, {"reevaluation_hours": 5}):
        assert answer_of(tables, longer).district["required_fte"] >= before - 1e-12


@thorough
@given(seeds)
def test_minutes_written_weekly_monthly_or_yearly_give_the_same_answer_when_the_totals_agree(seed):
    tables = random_tables(seed)
    written = {}
    for period, factor in (("week", 1), ("month", 4), ("year", 36)):
        rewritten = copy.deepcopy(tables)
        for row in rewritten["services"]:
            row["period"], row["sessions"] = period, (1 + row["minutes_per_session"] % 2) * factor
        written[period] = figures(answer_of(rewritten))
        # Another number of weeks would change what a yearly total is a week: the ends of that premise may differ, and
        # with them whether it is open.
        for part in ("premises", "status"):
            del written[period][part]
        del written[period]["ask"]["status"]
    assert close(written["week"], written["month"])
    assert close(written["week"], written["year"])


@thorough
@given(seeds)
def test_splitting_a_therapists_lines_over_two_people_changes_no_service_hours(seed):
    tables = random_tables(seed)
    tables["evaluations"] = []
    for row in tables["services"]:
        row.pop("group_id", None)
        row["start"] = None
    split = copy.deepcopy(tables)
    first = split["therapists"][0]
    split["therapists"].append({**first, "therapist": "Therapist 00 B", "mtss_hours": None})
    for number, row in enumerate(split["services"]):
        if row["therapist"] == first["therapist"] and number % 2:
            row["therapist"] = "Therapist 00 B"
    before, after = answer_of(tables).district, answer_of(split).district
    for column in SERVICE_HOURS:
        assert after[column] == pytest.approx(before[column], abs=1e-9)


@thorough
@given(seeds)
def test_a_persons_result_does_not_depend_on_who_else_is_in_the_file(seed):
    here, there = random_tables(seed), random_tables(seed + 1)
    for table, column in (
        ("services", "student_id"),
        ("evaluations", "student_id"),
        ("therapists", "therapist"),
        ("services", "therapist"),
        ("therapists", "supervisor"),
        ("evaluations", "therapist"),
    ):
        for row in there[table]:
            if row.get(column) not in (None, "Vacant", "TBD"):
                row[column] = "Other " + row[column]
    here["evaluations"], there["evaluations"] = here["evaluations"][:5], there["evaluations"][:5]
    together = {table: here[table] + (there[table] if table not in ("schools", "travel") else []) for table in here}
    if bool(here["evaluations"]) != bool(together["evaluations"]):
        return  # whether evaluations are listed at all is a fact of the district
    alone = {row["therapist"]: row for row in figures(answer_of(here))["therapists"]}
    crowd = {row["therapist"]: row for row in figures(answer_of(together))["therapists"]}
    for name in alone.keys() - {"Unassigned"}:
        assert close(crowd[name], alone[name])


@thorough
@given(seeds)
def test_moving_a_slider_and_reading_everything_again_give_the_same(seed):
    tables, overrides = random_tables(seed), random_assumptions(seed)
    moved = answer_of(tables).under(assumptions_of(overrides))
    assert len(moved.lines) == len(answer_of(tables).lines)
    assert close(figures(moved), figures(answer_of(tables, overrides)))


@thorough
@given(seeds)
def test_the_same_seed_gives_the_same_range_and_the_range_is_ordered(seed):
    tables = random_tables(seed)
    one, other = answer_of(tables).range, answer_of(tables).range
    assert (one.p10, one.p90) == (other.p10, other.p90)
    assert one.p10 <= one.p90
    people = answer_of(tables).therapists
    assert (people["required_fte_p10"] <= people["required_fte_p90"] + 1e-12).all()


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=20), st.floats(0, 0.95), st.floats(0, 100))
def test_scalar_input_and_column_input_give_the_same(values, share, individual):
    column = workload_hours(np.array(values), share, individual)
    assert column.tolist() == [workload_hours(value, share, individual) for value in values]
    assert hours(np.array(values)).tolist() == [hours(value) for value in values]


def test_a_share_that_leaves_no_time_is_refused():
    with pytest.raises(ValueError, match="less than 1"):
        workload_hours(10, 1.0, 0)


def test_twenty_percent_of_the_week_is_a_mark_up_of_twenty_five():
    assert workload_hours(100, 0.2, 0) == pytest.approx(125)


def test_every_activity_of_the_method_is_calculated_and_has_its_place_in_each_picture():
    """One that was only declared would be nought in every answer, without a word."""
    assert CODES[: len(FROM_FEATURES)] == FROM_FEATURES
    assert set(coefficients(Assumptions().values)) == set(FROM_FEATURES)
    staffing = analyze(as_roster(random_tables(1)), DAY, Assumptions()).staffing
    own = {"mtss", *(one.code for one in ACTIVITIES if one.kind == INDIVIDUAL)}
    assert own == set(staffing._of_person) - {PRESENT}
    assert {one.code for one in ACTIVITIES if one.kind == CATEGORY} == {"planning", "staff_time"}
    for parts in (GROUPS, INSIDE, OUTSIDE):
        assert sorted(code for part in parts for code in part.activities) == sorted(CODES)
    assert set(CODES) <= {code for third in THIRDS for code in third.activities}
    assert {*OF_LINES, *OF_EVENTS} == set(FROM_FEATURES)

"""Another day of a roster that is known already, by what is kept with it, equals the whole calculation made afresh."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.rosters import DAY, as_roster, assumptions_of, random_assumptions, random_tables
from workload.answer import analyze
from workload.model.roster import roster_of
from workload.model.school_year import school_year
from workload.scenarios.demand_levers import Regroup, ShiftDocumentation
from workload.scenarios.outcome import apply
from workload.scenarios.post_levers import AddPost
from workload.scenarios.scenario import Scenario
from workload.work.own_events import Brought
from workload.work.posts import Posts
from workload.work.row_facts import Facts

seeds = st.integers(0, 10_000)
days = st.integers(-500, 500).map(lambda days: DAY + timedelta(days))
TABLES = ("people", "schools", "cells", "by_role", "lines", "events")


def twins(tables, random):
    """The tables with rows that stand twice, that replace others, and OTAs with two supervisors."""
    rows = tables["services"]
    again = [dict(row) for row in random.sample(rows, min(len(rows), 4))]
    newer = [
        {**row, "start": DAY + timedelta(random.randrange(-60, 60))} for row in random.sample(rows, min(len(rows), 4))
    ]
    ots = [person["therapist"] for person in tables["therapists"] if person["role"] == "OT"]
    people = [
        {**person, "supervisor": ";".join(ots[:2])} if person["role"] == "OTA" and random.random() < 0.5 else person
        for person in tables["therapists"]
    ]
    return {**tables, "services": rows + again + newer, "therapists": people if random.random() < 0.8 else []}


def drawn(seed):
    random = Random(seed)
    return as_roster(twins(random_tables(seed, students=random.choice([1, 8, 40])), random)), random


def same(one, other):
    """Every table and figure of two answers, to the last digit."""
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
    pd.testing.assert_series_equal(one.district, other.district, check_exact=True)
    assert (one.excluded, one.rows_counted) == (other.excluded, other.rows_counted)
    assert one.demand.features.tobytes() == other.demand.features.tobytes()
    for name in ("caseload_of_person", "caseload_of_school", "schools_served", "fate"):
        assert getattr(one.demand, name).tolist() == getattr(other.demand, name).tolist(), name


@given(seeds, days, days, st.booleans())
def test_a_second_day_is_what_it_would_be_alone(seed, first, second, stopped):
    roster, random = drawn(seed)
    assumptions = assumptions_of({**random_assumptions(seed), **({"renewals": "stop"} if stopped else {})})
    other = assumptions_of({"instructional_weeks": 30, "travel_arrival_minutes": 3, "makeup_overdue_weeks": 9})
    before = analyze(roster, first, other)
    same(before.on(second).under(assumptions), analyze(replace(roster), second, assumptions))


@given(seeds, days, days)
def test_a_scenario_on_another_day_is_what_it_would_be_alone(seed, first, second):
    roster, _ = drawn(seed)
    on_the_day, alone = analyze(roster, first).on(second), analyze(replace(roster), second)
    for lever in (AddPost("OT", 1.0), Regroup(4.0), ShiftDocumentation(0.5)):
        one, other = (apply(answer, Scenario("Drawn", (lever,))).situation.staffing for answer in (on_the_day, alone))
        assert one.school_hours.tobytes() == other.school_hours.tobytes()
        assert one.workload.tobytes() == other.workload.tobytes()
        assert one.school_hours.sum() == pytest.approx(one.workload.sum(), abs=1e-9)


@pytest.mark.parametrize(("made", "kept"), [(Facts, "_in_year"), (Posts, "_week"), (Brought, "_kept")])
def test_two_sessions_at_once_each_get_the_calendar_that_they_asked_for(made, kept):
    """The other one asks at the very moment at which the first one's is kept."""
    roster, _ = drawn(11)
    mine, other = assumptions_of({}), assumptions_of({"instructional_weeks": 20, "travel_arrival_minutes": 30})
    lines = analyze(roster, DAY).demand.lines

    def asked(facts, assumptions):
        if made is Facts:
            return facts.in_year(assumptions).student_minutes
        if made is Brought:
            year = school_year(DAY if assumptions is mine else DAY + timedelta(365))
            return facts.in_pairs(lines, year)["reevaluation"]
        return facts.week(assumptions["travel_arrival_minutes"])[0]

    class Interrupted(made):
        def __setattr__(self, name, value):
            super().__setattr__(name, value)
            if name == kept and value is not None and "interrupted" not in vars(self):
                self.interrupted = True
                asked(self, other)

    alone, together = asked(made(replace(roster)), mine), Interrupted(roster)
    assert asked(together, mine).tolist() == alone.tolist()
    assert asked(together, other).tolist() == asked(made(replace(roster)), other).tolist() != alone.tolist()


def test_parts_of_one_student_are_told_as_one_student():
    """Three OTs at two schools each have a sixth: added up as floating numbers, the six are a little less than one."""
    line = {"student": "A", "plan": "IEP", "delivery": "individual", "minutes_per_session": 30.0, "sessions": 1.0}
    rows = [{**line, "therapist": ot, "school": school} for ot in ("Ana", "Ben", "Cam") for school in ("Elm", "Oak")]
    services = {name: [row[name] for row in rows] for name in rows[0]} | {"period": ["week"] * 6}
    answer = analyze(roster_of(services=services), DAY)
    assert answer.demand.events.part.tolist() == pytest.approx([1 / 6] * 6)
    said = {issue.code: issue.message for issue in answer.issues}
    assert "each of 1 student." in said["evaluations-assumed"]
    assert said["reevaluations-assumed"].startswith("1 student")

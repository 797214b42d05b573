"""Hours of persons and schools come from sums made once; they are the sums of the cells all the same."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.rosters import DAY, as_roster, assumptions_of, random_assumptions, random_tables
from workload.answer import analyze
from workload.model.roster import UNASSIGNED
from workload.staffing import likely_range
from workload.staffing.required import staffing_of
from workload.work.demand import demand_of


@given(st.integers(0, 5_000), st.integers(0, 5_000))
def test_persons_and_schools_are_the_sums_of_their_cells(seed, other):
    assumptions = assumptions_of(random_assumptions(other))
    staffing = staffing_of(demand_of(as_roster(random_tables(seed)), DAY, assumptions), assumptions)
    np.testing.assert_allclose(staffing.person_hours, staffing.by_person(staffing.hours), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(staffing.school_hours, staffing.by_school(staffing.hours), rtol=1e-12, atol=1e-12)


def test_nobody_makes_the_cells_for_the_figures_of_persons_and_schools():
    assumptions = assumptions_of({})
    staffing = staffing_of(demand_of(as_roster(random_tables(1)), DAY, assumptions), assumptions)
    assert staffing.workload.sum() == pytest.approx(staffing.school_hours.sum())
    assert "hours" not in vars(staffing)


@pytest.mark.parametrize("seed", range(4))
def test_one_draw_at_the_values_in_force_is_the_required_fte(seed):
    """Of every kind of work, so that none is left out of the range or counted the other way round."""
    shares = {"planning_share": 0.06, "staff_time_share": 0.04}
    each = {"supervision_hours_per_ota": 1.5, "staff_time_hours_per_person": 0.5}
    assumptions = assumptions_of(shares | each)
    staffing = staffing_of(demand_of(as_roster(random_tables(seed)), DAY, assumptions), assumptions)
    likely = {id: np.array([value]) for id, (_, value, _) in likely_range.spans(staffing).items()}
    features = staffing.demand.features.sum(axis=0, keepdims=True)
    people = likely_range._people_sums(staffing).sum(axis=0, keepdims=True)
    found = likely_range.required_fte(staffing, likely, features, people)[0, 0]
    assert found == pytest.approx(staffing.workload.sum() / staffing.full_week, rel=1e-12)


def test_the_habits_of_a_person_go_together_by_a_half():
    """The rank correlation of the 21 pairs of 7 habits, 10,000 draws each: a mean of 0.50, give or take 0.006."""
    drawn = likely_range._quantiles(tuple(likely_range.HABITS), likely_range.DEFAULT_SEED)
    correlated = np.corrcoef(np.array(list(drawn.values())))
    assert correlated[np.triu_indices(7, 1)].mean() == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(("without_hours", "known"), [(0, True), (1, False), (6, False)])
def test_posts_are_known_where_nobodys_hours_are_missing(without_hours, known):
    tables = random_tables(1)
    for at, row in enumerate(tables["therapists"]):
        row |= {"fte": None if at < without_hours else 1.0, "hours_per_week": None, "start": None, "end": None}
    people = demand_of(as_roster(tables), DAY, assumptions_of({})).people
    assert int(people.posts_unknown.sum()) == without_hours and people.posts_known is known


def test_staff_time_for_each_person_is_that_of_everybody_in_post_on_leave_or_not():
    """2 hours each: of a person there and of one on leave, not of one who has left nor of work without a therapist."""
    tables = {
        "services": [
            {
                "student_id": "S0",
                "plan": "504",
                "delivery": "individual",
                "minutes_per_session": 30,
                "sessions": 1,
                "period": "week",
            }
        ],
        "therapists": [
            {"therapist": "A", "role": "OT", "fte": 1.0},
            {"therapist": "B", "role": "OT", "fte": 0.5, "leave_start": "2026-09-01", "leave_end": "2026-12-18"},
            {"therapist": "C", "role": "OT", "fte": 1.0, "end": "2026-09-30"},
        ],
    }
    changed = {"staff_time_hours_per_person": 2, "staff_time_share": 0}
    found = analyze(as_roster(tables), date(2026, 10, 1), assumptions_of(changed)).people
    assert dict(zip(found["therapist"], found["staff_time_hours"], strict=True)) == pytest.approx(
        {"A": 2, "B": 2, "C": 0, UNASSIGNED: 0}
    )

"""Hours of persons and schools come from sums made once; they are the sums of the cells all the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.rosters import DAY, as_roster, assumptions_of, random_assumptions, random_tables
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

"""Hours of persons and schools come from sums made once; they are the sums of the cells all the same."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.rosters import DAY, as_roster, assumptions_of, random_assumptions, random_tables
from workload.answer import analyze
from workload.model.parameters import parameters
from workload.model.roster import UNASSIGNED
from workload.staffing import likely_range
from workload.staffing.required import presence, staffing_of, workload_hours
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


def test_a_share_of_the_week_is_divided_out_and_is_less_than_all_of_it():
    assert workload_hours(16.0, 0.2, 1.5) == pytest.approx(21.5) and workload_hours(16.0, 0, 1.5) == 17.5
    for share in (-0.1, 1.0):
        with pytest.raises(ValueError, match="category share"):
            workload_hours(16.0, share, 0)


def test_days_of_absence_take_a_part_of_the_paid_days_and_never_all():
    """40 paid weeks have 200 days; the shortest year that may be set has 100, and nobody can be away on more than 60."""
    for days, weeks, there in ((10, 40, 0.95), (60, 20, 0.4)):
        assumed = assumptions_of({"absence_days_per_year": days, "contract_weeks": weeks})
        assert presence(assumed) == pytest.approx(there)
    least, most = parameters()["contract_weeks"].minimum, parameters()["absence_days_per_year"].maximum
    assert (least, most) == (20, 60)


def test_hours_are_not_worked_out_for_another_year_than_the_roster_was_read_for():
    demand = demand_of(as_roster(random_tables(0)), DAY, assumptions_of({}))
    with pytest.raises(ValueError, match="another number of instructional weeks"):
        staffing_of(demand, assumptions_of({"instructional_weeks": 35}))


def test_a_span_goes_with_the_districts_own_value_as_far_as_it_is_possible():
    """Notes of 5 minutes, 2 to 8, are 10 here: 4 to 16; 40 would be 16 to 64, and nobody writes for more than 60.

    Meetings of re-evaluations have no usual share: whatever is set, none to all of them may be held apart.
    """
    spans = {}
    for notes in (10, 40):
        assumptions = assumptions_of(
            {"documentation_minutes_per_session": notes, "reevaluation_own_meeting_share": 0.3}
        )
        staffing = staffing_of(demand_of(as_roster(random_tables(0)), DAY, assumptions), assumptions)
        spans[notes] = likely_range.spans(staffing)
    assert spans[10]["documentation_minutes_per_session"] == pytest.approx((4, 10, 16))
    assert spans[40]["documentation_minutes_per_session"] == pytest.approx((16, 40, 60))
    assert spans[10]["reevaluation_own_meeting_share"] == pytest.approx((0, 0.3, 1))


def test_a_measurement_as_uncertain_as_the_span_takes_the_root_of_a_half_of_it():
    """(0 + 1 + 16 − 0 − 0 − 4) ÷ 18 = 13/18 is the variance of 0, 1, 4. A value without a span has none to shrink."""
    assert likely_range._shrunk(0, 1, 4, (13 / 18) ** 0.5) == pytest.approx((1 - 0.5**0.5, 1, 1 + 3 * 0.5**0.5))
    assert likely_range._shrunk(0, 1, 4, None) == (0, 1, 4)
    assert likely_range._shrunk(0, 1, 4, 0.0) == (1, 1, 1)
    assert likely_range._shrunk(2, 2, 2, 0.0) == (2, 2, 2)


def test_a_quarter_of_the_draws_of_0_1_and_4_lies_below_the_likely_value():
    at = np.array([0, 1 / 16, 1 / 4, 2 / 3, 11 / 12, 1])
    assert likely_range._triangular(at, 0.0, 1.0, 4.0).tolist() == pytest.approx([0, 0.5, 1, 2, 3, 4])
    assert likely_range._triangular(at, 1.0, 2.0, 5.0).tolist() == pytest.approx([1, 1.5, 2, 3, 4, 5])
    assert likely_range._triangular(at, 2.0, 2.0, 2.0).tolist() == [2] * 6


def test_the_range_is_the_tenth_fiftieth_and_ninetieth_hundredth_of_the_draws():
    """The district's of all 10,000, a person's of the first 2,000, always of the same ones."""
    staffing = staffing_of(demand_of(as_roster(random_tables(3)), DAY, assumptions_of({})), assumptions_of({}))
    draws, people = likely_range.draw(staffing, 20_261_001), likely_range._people_sums(staffing)
    drawn = likely_range.required_fte(staffing, draws, staffing.demand.features_by_person, people)
    assert drawn.shape[1] == 10_000
    whole, each = likely_range.range_of(staffing), likely_range.range_of_persons(staffing)
    assert (whole.p10, whole.p50, whole.p90) == pytest.approx(np.quantile(drawn.sum(axis=0), (0.1, 0.5, 0.9)))
    np.testing.assert_allclose((each.p10, each.p50, each.p90), np.quantile(drawn[:, :2000], (0.1, 0.5, 0.9), axis=1))


def test_how_far_an_assumption_moves_the_answer_is_the_distance_of_its_ends():
    assert likely_range.Influence("meeting_hours", 1, 2, 3.0, 2.5).swing_fte == 0.5


def test_the_draws_of_a_value_are_spread_evenly_over_its_span():
    places = np.sort(likely_range._quantiles(("meeting_hours", "planning_share"), 1)["planning_share"])
    assert places == pytest.approx((np.arange(10_000) + 0.5) / 10_000)


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

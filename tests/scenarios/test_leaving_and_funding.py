"""What a resignation costs and where the money comes from, worked by hand; every value with its source."""

from datetime import date
from math import isnan

import pytest

from tests.scenarios.test_levers import district
from tests.support.rosters import DAY, as_roster
from workload.answer import analyze
from workload.intake.load import load
from workload.model.packaged_data import sample_file
from workload.model.sources import unfit
from workload.rules.packs import federal
from workload.scenarios.cost import SCHOOL_SHARE, CostLine, Rates, state_wages
from workload.scenarios.funding import CARDS, against_budget, cost_per_student, effort_caution, funding, years_to_come
from workload.scenarios.leaving_cost import leaving_cost, newcomers, ramp_hours, size_of, turnover_values

RATES = Rates().changed({"salary_ot": 90_000, "benefits_share": 0.5, "agency": 100})


@pytest.fixture(scope="module")
def sample():
    data = sample_file()
    return analyze(load([(data.name, data.read_bytes())], secret=b"0" * 32).roster, date(2026, 10, 1))


def test_every_value_says_where_it_comes_from():
    for one in turnover_values().values():
        assert not list(unfit(one.force, one.evidence, one.by)) and one.source and one.help and one.unit
        assert one.minimum <= one.value <= one.maximum
        if one.id.startswith("replacement"):
            assert "teachers" in one.population and "no figure for therapists" in one.population


def test_the_ramp_by_hand():
    """37.5 hours, 12 weeks, from one half evenly to all: on average a quarter is missing, 9.375 hours a week, 112.5."""
    assert ramp_hours(37.5, 12, 0.5) == pytest.approx(112.5)
    assert ramp_hours(37.5, 12, 1.0) == 0


def test_a_resignation_by_hand():
    """A full-time OT of a 40-hour week: 480 hours vacant, at 100 dollars 48,000. A year costs 135,000, an hour
    135,000 / (40 x 36) = 93.75: so 45,000 of pay are saved. Replacing 11,860; the ramp 40 x 12 / 4 = 120 hours, 11,250;
    12 hours of a mentor 1,125. In all 27,235, which pays 0.2 FTE (27,000 a year, 519.23 a week) for 52.5 weeks.
    """
    answer = district([("Ann", "Oak", 60)])
    cost = leaving_cost(answer, 0, RATES)
    assert [round(line.first_year, 2) for line in cost.lines] == [48_000, -45_000, 11_860, 11_250, 1_125]
    assert cost.dollars == pytest.approx(27_235)
    assert cost.weeks_of_help == pytest.approx(27_235 / (27_000 / 52))
    quick = leaving_cost(answer, 0, RATES, {"weeks_vacant": 0, "ramp_weeks": 0})
    assert quick.dollars == pytest.approx(11_860)


def test_the_published_figure_follows_the_enrollment(sample):
    assert size_of(sample) == "replacement_medium"  # 10,401 students
    assert size_of(district([("Ann", "Oak", 60)])) == "replacement_small"  # not known


def test_the_new_therapist_of_the_sample_is_overfull(sample):
    """Who began on August 17 is 6.4 weeks in post on October 1; the ramp says 0.5 + 0.5 x 6.43 / 12 = 77 %."""
    found = newcomers(sample)
    assert len(found) == 1
    row = found.iloc[0]
    assert row["weeks_in_post"] == pytest.approx(45 / 7) and row["gives"] == pytest.approx(0.5 + 0.5 * 45 / 7 / 12)
    assert row["overfull"] and row["in_ramp"] and row["utilization"] == pytest.approx(1.35, abs=0.02)


def test_the_sources_pay_and_local_money_the_rest():
    """500,000 a year: 60,000 of the grant, 40,000 Medicaid, 100,000 of the state leave 300,000 local, 60 %."""
    given = {"part_b": 60_000, "medicaid": 40_000, "state": 100_000}
    today = funding(500_000, given)
    assert (today.local, today.state_and_local) == (300_000, 400_000)
    assert [round(line.share, 2) for line in today.lines] == [0.12, 0.08, 0.2, 0.6]
    assert not today.is_over and funding(100_000, given).is_over
    assert funding(0, {}).lines[-1].share == 0


def test_less_state_and_local_money_is_a_caution_and_never_a_finding():
    less = effort_caution(funding(500_000, {}), funding(450_000, {}))
    assert "$50,000" in less and "300.203" in less and "300.204" in less and "ask the business office" in less
    assert effort_caution(funding(500_000, {}), funding(500_000, {})) == ""
    assert effort_caution(funding(500_000, {}), funding(550_000, {})) == ""


def test_the_budget_and_the_cost_of_a_student():
    assert against_budget(0, 100) == ""
    assert against_budget(600_000, 500_000) == "The budget of $600,000 leaves $100,000."
    assert against_budget(400_000, 500_000) == "The budget of $400,000 is $100,000 too little."
    assert cost_per_student(1_200, district([("Ann", "Oak", 60)])) == pytest.approx(1_200)
    assert isnan(cost_per_student(1_200, analyze(as_roster({"services": [], "therapists": []}), DAY)))


def test_a_salary_schedule_that_rises_by_hand():
    """100,000 of salaries and 50,000 of an agency, 6,000 of start-up in the first year. At 3 % a year: 156,000, then
    103,000 + 50,000, then 106,090 + 50,000."""
    lines = (
        CostLine("OT salary and benefits", 100_000, 100_000, ("salary_ot", "benefits_share")),
        CostLine("Agency and contract hours", 50_000, 50_000, ("agency", "agency_ota")),
        CostLine("Start-up", 6_000, 0, ("start_up_post",)),
    )
    assert years_to_come(lines, 0.03, 3) == pytest.approx((156_000, 153_000, 156_090))
    assert years_to_come(lines, 0, 2) == (156_000, 150_000) and len(years_to_come(lines, 0.01)) == 5


def test_the_cards_beside_the_money_are_there():
    assert set(CARDS) <= {rule.id for rule in federal().rules}


def test_a_states_wage_is_the_mean_of_all_employers_times_what_schools_pay_by_hand():
    """Alabama, May 2023: 94,680 x 0.895 = 84,738.6 and 63,590 x 0.853 = 54,242.3. 77,170 / 86,210 = 0.895."""
    ot, ota = state_wages()["AL", "salary_ot"], state_wages()["AL", "salary_ota"]
    assert (ot.mean, ot.estimate) == (94_680, 84_700) and (ota.mean, ota.estimate) == (63_590, 54_200)
    assert 77_170 / 86_210 == pytest.approx(0.895, abs=5e-4) == SCHOOL_SHARE["salary_ot"]
    assert "an estimate" in ot.words and "May 2023" in ot.words and "0.895" in ot.words
    means = sorted(
        one.mean for (_, id), one in state_wages().items() if id == "salary_ot" and one.state != "Puerto Rico"
    )
    assert (means[0], means[-1]) == (80_590, 113_550) and all(one.estimate < one.mean for one in state_wages().values())

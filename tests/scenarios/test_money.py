"""Money: rates with their source, posts priced as the roster says, the published case, the cost of not acting."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.scenarios.scenarios import answer_of
from tests.scenarios.test_levers import district, outcome
from workload.model.parameters import Assumptions
from workload.model.sources import unfit
from workload.scenarios.cost import RateError, Rates, rates, savings, total, weeks_to_come
from workload.scenarios.outcome import apply
from workload.scenarios.people_levers import Convert, LeaveCover, LosePost
from workload.scenarios.post_levers import AddPost, AgencyPost, Telepractice
from workload.scenarios.scenario import Scenario
from workload.year_ahead.backlog import cost_of_not_acting, owed_by_month
from workload.year_ahead.weeks import year_ahead

CASE = tomllib.loads((Path(__file__).parents[1] / "cases" / "choices.toml").read_text())["santa_barbara"]
OWN = Rates().changed(
    {
        "salary_ot": 100_000,
        "salary_ota": 60_000,
        "benefits_share": 0.25,
        "agency": 100,
        "telepractice": 90,
        "mileage": 0.5,
        "start_up_post": 8_000,
        "start_up_telepractice": 2_000,
    }
)


def test_the_published_case_comes_out():
    first, later = savings(CASE["county_dollars"], CASE["own_first_year_dollars"], CASE["start_up_dollars"])
    assert (first, later) == (CASE["saved_first_year_dollars"], CASE["saved_yearly_dollars"])


def test_every_rate_says_its_unit_force_and_source():
    assert len(rates()) >= 10
    for rate in rates().values():
        assert rate.unit and rate.label and rate.help and rate.source
        assert not list(unfit(rate.force, rate.evidence, rate.by))
        assert rate.minimum <= rate.value <= rate.maximum
    assert Rates().source("agency")[0] == "example"
    assert OWN.source("agency") == ("contract", "set by the district")
    assert OWN.source("makeup_hour")[0] == "example"


@pytest.mark.parametrize("value", (-1, 501, True, "100", float("nan")))
def test_a_rate_that_cannot_be_is_refused(value):
    with pytest.raises(RateError, match="possible is 0 to 500"):
        Rates().changed({"agency": value})
    with pytest.raises(RateError, match="no rate called"):
        Rates().changed({"bribes": 1})


def effect(answer, lever):
    before = apply(answer, Scenario("None"), OWN).figures
    after = apply(answer, Scenario("One", (lever,)), OWN).figures
    return (
        after["cost_first_year_dollars"] - before["cost_first_year_dollars"],
        after["cost_yearly_dollars"] - before["cost_yearly_dollars"],
    )


def test_posts_cost_salary_and_benefits_and_a_start_up_in_the_first_year():
    answer = district([("Ann", "Oak", 60)])
    assert effect(answer, AddPost("OT", 0.5, ("Oak",))) == pytest.approx((62_500 + 4_000, 62_500))
    assert effect(answer, AgencyPost("OT", 10, ("Oak",))) == pytest.approx((36_000, 36_000))
    assert effect(answer, Telepractice("OT", 10, 0.1, ("Oak",))) == pytest.approx((32_400 + 500, 32_400))
    assert effect(answer, LosePost(0)) == pytest.approx((-125_000, -125_000))


def test_the_roster_s_own_cost_of_a_post_goes_before_the_rates():
    answer = district([("Ann", "Oak", 30)], therapists={"annual_cost": [90_000.0]})
    assert effect(answer, LosePost(0, 0.5)) == pytest.approx((-45_000, -45_000))
    hired = district([("Ann", "Oak", 30)], therapists={"employment": ["agency"], "hourly_rate": [70.0]})
    assert effect(hired, LosePost(0)) == pytest.approx((-40 * 36 * 70, -40 * 36 * 70))


def test_converting_costs_the_difference_of_the_roles():
    people = (("Ann", "OT", 1.0, None), ("Bea", "OTA", 0.6, "Ann"))
    answer = district([("Ann", "Oak", 30), ("Bea", "Oak", 10)], people, therapists={"annual_cost": [None, 40_000.0]})
    assert effect(answer, Convert(1, "OT")) == pytest.approx((30_000, 30_000))


def test_leave_cover_is_bought_until_the_leave_ends_and_mileage_follows_travel():
    answer = district([("Ann", "Oak", 30)], therapists={"leave_start": ["2026-09-15"], "leave_end": ["2026-10-15"]})
    weeks = 11 / 5 * 36 / 43.4  # 11 days of school to October 15; 36 weeks lie in the 43.4 from September to June
    assert effect(answer, LeaveCover(0, 0.5)) == pytest.approx((40 * 0.5 * weeks * 100, 0))
    driving = district([("Ann", "Oak", 10), ("Ann", "Elm", 10)])
    line = next(one for one in outcome(driving).costs if one.label == "Mileage")
    assert line.yearly == pytest.approx(0.25 * 30 * 36 * Rates()["mileage"])


def test_not_acting_costs_make_up_agency_hours_and_outside_evaluations():
    answer = district([("Ann", "Oak", 50), (None, "Oak", 8)])
    year, prices = year_ahead(answer), OWN.changed({"makeup_hour": 60})
    makeup, agency, outside = cost_of_not_acting(year, prices)
    assert makeup.yearly == pytest.approx(10 * 60 * 36)
    assert agency.yearly == pytest.approx(8 * 100 * 36)
    assert outside.yearly == 0
    assert makeup.first_year == pytest.approx(60 * owed_by_month(year)["makeup_hours"].iloc[-1])
    assert 10 * 60 * weeks_to_come(answer) <= makeup.first_year <= 10 * 60 * (weeks_to_come(answer) + 1)
    assert 0 < weeks_to_come(answer) <= 36


def test_with_evaluations_bought_outside_everything_gives_way_alike_so_that_no_hour_is_priced_twice():
    year = year_ahead(district([("Ann", "Oak", 50), (None, "Oak", 8)], assumptions=Assumptions()))
    alone, beside = (cost_of_not_acting(year, OWN, evaluations_late=late) for late in (0, 3))
    assert beside[2].yearly == pytest.approx(3 * 1200)
    assert beside[0].first_year == pytest.approx(
        OWN["makeup_hour"] * owed_by_month(year)["makeup_hours_alike"].iloc[-1]
    )
    assert 0 < beside[0].first_year < 0.99 * alone[0].first_year and beside[1] == alone[1]


def test_make_up_ends_with_the_leave_as_the_week_strip_says():
    away = {"leave_start": ["2026-09-15"], "leave_end": ["2026-10-31"]}
    answer = district([("Ann", "Oak", 30)], therapists=away)
    [makeup, *_] = cost_of_not_acting(year_ahead(answer), OWN)
    assert 0 < makeup.first_year < 6 * 30 * OWN["makeup_hour"] < makeup.yearly


@pytest.mark.parametrize("seed", range(10))
def test_the_kinds_of_cost_add_up_to_the_figures(seed):
    made = apply(answer_of(seed), Scenario("Some", (AddPost("OT", 1.0), LosePost(0))))
    assert total(made.costs) == pytest.approx(
        (made.figures["cost_first_year_dollars"], made.figures["cost_yearly_dollars"])
    )

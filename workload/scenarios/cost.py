"""Money: what the posts of a situation cost, what not acting costs, and one way of providing against another.

Every rate is the district's own or an example that says so (`data/costs.toml`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from types import MappingProxyType

import numpy as np

from workload.answer import Answer
from workload.model.packaged_data import DATA, entries_in
from workload.model.sources import cited
from workload.scenarios.scenario_state import Situation
from workload.staffing.required import capacity
from workload.work.activities import CODES
from workload.work.travel import MILES_PER_HOUR

EMPLOYEE, TELEPRACTICE = "employee", "telepractice"
TRAVEL = CODES.index("travel")


class RateError(ValueError):
    """A rate that cannot be used; the message is a plain sentence."""


@dataclass(frozen=True)
class Rate:
    """One rate with its unit, meaning, force and source."""

    id: str
    value: float
    unit: str
    label: str
    help: str
    force: str
    source: str
    minimum: float
    maximum: float
    evidence: str = "P"  # how well the source was read, see `sources.READ`
    by: str = "project"  # who published it, see `sources.PUBLISHERS`
    population: str = ""
    year: str = ""
    link: str = ""

    @property
    def cited(self) -> str:
        """The source with about whom, when and how well it was read."""
        return cited(self.source, self.population, self.year, self.evidence)


@cache
def rates() -> Mapping[str, Rate]:
    return MappingProxyType({id: Rate(id=id, **entry) for id, entry in entries_in("costs").items()})


@dataclass(frozen=True)
class Rates:
    """The rates in force: `rates["agency"]`. Changing makes a new record."""

    values: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType({id: float(rate.value) for id, rate in rates().items()})
    )
    own: frozenset[str] = frozenset()

    def __getitem__(self, id: str) -> float:
        return self.values[id]

    def changed(self, overrides: Mapping[str, object]) -> Rates:
        """These rates with the district's own values. Raises `RateError`."""
        values = dict(self.values)
        for id, value in overrides.items():
            if id not in rates():
                raise RateError(f"There is no rate called {id}.")
            rate = rates()[id]
            if (
                isinstance(value, bool)
                or not isinstance(value, int | float)
                or not (rate.minimum <= value <= rate.maximum)
            ):
                raise RateError(
                    f"{rate.label}: {value} was given; possible is {rate.minimum:g} to {rate.maximum:g} {rate.unit}."
                )
            values[id] = float(value)
        return replace(self, values=MappingProxyType(values), own=self.own | set(overrides))

    def source(self, id: str) -> tuple[str, str]:
        """(force, source) of the rate in force."""
        return ("contract", "set by the district") if id in self.own else (rates()[id].force, rates()[id].cited)

    def full_cost(self, is_ota: bool) -> float:
        """Salary and benefits of 1.0 FTE for a year."""
        return self["salary_ota" if is_ota else "salary_ot"] * (1 + self["benefits_share"])

    def hourly(self, employment: str, is_ota: bool) -> float:
        """What an hour of somebody who is not an employee costs."""
        return self["telepractice"] if employment == TELEPRACTICE else self["agency_ota" if is_ota else "agency"]


@dataclass(frozen=True)
class CostLine:
    """Dollars of one kind: in the first year, in each year after it, and the rates behind it."""

    label: str
    first_year: float
    yearly: float
    rates: tuple[str, ...] = ()


def total(lines: Iterable[CostLine]) -> tuple[float, float]:
    """(first year, each later year) of some lines."""
    lines = tuple(lines)
    return sum(line.first_year for line in lines), sum(line.yearly for line in lines)


def cost_lines(situation: Situation, rates_in_force: Rates) -> tuple[CostLine, ...]:
    """What a situation costs in a year, by kind. A post's own cost or rate in the roster goes before the rates."""
    posts, lines = post_costs(situation, rates_in_force), []
    of_kind = np.bincount(_kinds(situation), posts, minlength=len(KINDS))
    for (kind, used), amount in zip(KINDS.items(), of_kind.tolist(), strict=True):
        lines.append(CostLine(kind, amount, amount, used))
    driven = float(situation.staffing.person_hours[:, TRAVEL].sum()) * MILES_PER_HOUR * situation.base.demand.weeks
    mileage = driven * rates_in_force["mileage"]
    lines.append(CostLine("Mileage", mileage, mileage, ("mileage",)))
    cover = sum(one.hours * rates_in_force.hourly("agency", one.is_ota) for one in situation.bought)
    lines.append(CostLine("Leave cover", float(cover), 0.0, ("agency", "agency_ota")))
    lines.append(
        CostLine("Start-up", _start_up(situation, rates_in_force), 0.0, ("start_up_post", "start_up_telepractice"))
    )
    return tuple(lines)


KINDS = {
    "OT salary and benefits": ("salary_ot", "benefits_share"),
    "OTA salary and benefits": ("salary_ota", "benefits_share"),
    "Agency and contract hours": ("agency", "agency_ota"),
    "Telepractice hours": ("telepractice",),
}


def _employments(situation: Situation) -> np.ndarray:
    return np.array(situation.people.employment, dtype=object)


def _kinds(situation: Situation) -> np.ndarray:
    """(P - 1,) the place of each post in `KINDS`."""
    employment = _employments(situation)
    return np.where(
        employment == EMPLOYEE, situation.people.is_ota[:-1].astype(int), np.where(employment == TELEPRACTICE, 3, 2)
    )


def post_costs(situation: Situation, rates_in_force: Rates) -> np.ndarray:
    """(P - 1,) dollars a year of each post, in the order of the people."""
    people, base = situation.people, situation.base
    count, before = len(people.names), len(base.demand.people.names)
    fte, contract = _contracts(situation)
    is_ota, was_ota, employment = people.is_ota[:count], situation.was_ota[:count], _employments(situation)
    by_role = np.array([rates_in_force.full_cost(False), rates_in_force.full_cost(True)])
    agency = np.array([rates_in_force.hourly("agency", False), rates_in_force.hourly("agency", True)])
    hourly = np.where(employment == TELEPRACTICE, rates_in_force["telepractice"], agency[is_ota.astype(int)])
    salaried, rate = fte * by_role[is_ota.astype(int)], hourly.copy()
    # What the roster itself says of a post goes before the rates; a new role adds the difference of the rates.
    own_rate = base.hourly_rate[:before]
    kept_role = is_ota[:before] == was_ota[:before]
    rate[:before] = np.where(np.isnan(own_rate) | ~kept_role, hourly[:before], own_rate)
    kept = (1 - situation.lost[:before]) * base.demand.people.in_post[:before]
    change = (by_role[is_ota.astype(int)] - by_role[was_ota.astype(int)])[:before] * fte[:before]
    own_cost = base.annual_cost[:before]
    salaried[:before] = np.where(np.isnan(own_cost), salaried[:before], own_cost * kept + change)
    return np.where(employment == EMPLOYEE, salaried, contract * base.demand.weeks * rate)


def _contracts(situation: Situation) -> tuple[np.ndarray, np.ndarray]:
    """(FTE, hours a week) that are paid for, shapes (P - 1,). A leave is paid; its cover is paid apart."""
    base, people = situation.base.demand, situation.people
    week = float(situation.assumptions["hours_per_week"])
    fte, _ = capacity(situation.demand, situation.assumptions)
    own_fte, _ = capacity(base, situation.assumptions)
    before, count = len(base.people.names), len(people.names)
    paid_fte = fte[:count].copy()
    paid_fte[:before] = own_fte[:before] * (1 - situation.lost[:before])
    stated = np.where(np.isnan(people.hours_per_week[:count]), paid_fte * week, people.hours_per_week[:count])
    own = base.people.hours_per_week[:before]
    stated[:before] = np.where(
        np.isnan(own), paid_fte[:before] * week, own * base.people.in_post[:before] * (1 - situation.lost[:before])
    )
    return paid_fte, stated


def _start_up(situation: Situation, rates_in_force: Rates) -> float:
    people, week = situation.people, float(situation.assumptions["hours_per_week"])
    dollars = 0.0
    for at in np.flatnonzero(situation.added[: len(people.names)]):
        rate = {EMPLOYEE: "start_up_post", TELEPRACTICE: "start_up_telepractice"}.get(people.employment[at])
        dollars += people.hours_per_week[at] / week * rates_in_force[rate] if rate else 0.0
    return float(dollars)


def weeks_to_come(answer: Answer, day: date | None = None) -> float:
    """Weeks with school from a day (the answer's) to the last day of school, by the district's calendar."""
    return answer.demand.school_weeks(day or answer.day)


def savings(other_cost: float, own_cost: float, start_up_cost: float = 0.0) -> tuple[float, float]:
    """(first year, later years) saved by the district's own way, in dollars. Start-up cost falls in the first year only.

    own_cost is the first year's cost with the start-up cost inside.
    """
    return other_cost - own_cost, other_cost - (own_cost - start_up_cost)


WAGES = DATA / "reference" / "bls_oews_ot_ota_by_state_2023.csv"
RATE_OF = {"29-1122": "salary_ot", "31-2011": "salary_ota"}
SCHOOL_SHARE = {"salary_ot": 0.895, "salary_ota": 0.853}
SOURCE = "BLS Occupational Employment and Wage Statistics, May 2023, mean of all employers"
TO = 100  # dollars: an estimate has no more digits


@dataclass(frozen=True)
class StateWage:
    """A state's mean of all employers, and what a school would pay of it. Dollars a year without benefits."""

    state: str
    mean: float
    estimate: float
    share: float

    @property
    def words(self) -> str:
        """The estimate with how it was made."""
        return (
            f"{self.state}: about ${self.estimate:,.0f} in a school, an estimate: ${self.mean:,.0f}, the mean of all employers in May "
            f"2023 (BLS), times {self.share:g}, what schools paid of the national mean in May 2019."
        )


@cache
def state_wages() -> Mapping[tuple[str, str], StateWage]:
    """(postal code, id of the rate) -> the wage; a state without a published mean has none."""
    with WAGES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["soc"] in RATE_OF and row["annual_mean"].strip()]
    made = {}
    for row in rows:
        id, mean = RATE_OF[row["soc"]], float(row["annual_mean"])
        share = SCHOOL_SHARE[id]
        made[row["abbreviation"], id] = StateWage(row["state"], mean, round(mean * share / TO) * TO, share)
    return MappingProxyType(made)

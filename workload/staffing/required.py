"""The answer: workload, required and available FTE in the form of WHO's Workload Indicators of Staffing Need.

    workload = service / (1 - category share) + individual hours        required FTE = workload / full week

Everything here is arithmetic on the pair table; no row of the roster is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from workload.model.parameters import Assumptions
from workload.model.units import DAYS_PER_SCHOOL_WEEK, hours
from workload.staffing.gives_way import GivenWay, all_gives_way, sessions_give_way
from workload.work.activities import CODES, FROM_FEATURES, coefficients
from workload.work.demand import FEATURES, Demand

Hours = TypeVar("Hours", float, np.ndarray)
AT = {code: at for at, code in enumerate(CODES)}


def workload_hours(service_hours: Hours, category_share: float, individual_hours: Hours) -> Hours:
    """Hours a week that the work takes. Numbers or arrays.

    The category share is a share of the whole week, so it is divided out: 20 % of the week is a mark-up of
    25 %. Raises `ValueError` when it is not in 0 <= share < 1. Source: WHO, WISN user's manual.
    """
    if not 0 <= category_share < 1:
        raise ValueError(f"the category share must be at least 0 and less than 1, got {category_share}")
    return service_hours / (1 - category_share) + individual_hours


@dataclass(frozen=True, eq=False)
class Staffing:
    """The answer for every cell, person and school. Hours are hours a week; shapes as in `Demand`."""

    demand: Demand
    assumptions: Assumptions
    hours: np.ndarray  # (K, 15) by activity
    available_fte: np.ndarray  # (K,)
    contracted_fte: np.ndarray  # (P,)
    available_hours: np.ndarray  # (P,)

    @property
    def full_week(self) -> float:
        """Hours a week of a full-time post."""
        return float(self.assumptions["hours_per_week"])

    def _by(self, codes: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
        """Sums of cell values by a code, shape (count, ...)."""
        if values.ndim == 1:
            return np.bincount(codes, values, minlength=count)
        width = values.shape[1]
        flat = (codes[:, None] * width + np.arange(width)).ravel()
        return np.bincount(flat, values.ravel(), minlength=count * width).reshape(count, width)

    def by_person(self, values: np.ndarray) -> np.ndarray:
        """Cell values summed for each person, Unassigned last."""
        return self._by(self.demand.therapist, values, len(self.demand.therapists))

    def by_school(self, values: np.ndarray) -> np.ndarray:
        """Cell values summed for each school, No school last."""
        return self._by(self.demand.school, values, len(self.demand.schools))

    @cached_property
    def person_hours(self) -> np.ndarray:
        """(P, 15)"""
        return self.by_person(self.hours)

    @cached_property
    def school_hours(self) -> np.ndarray:
        """(S, 15)"""
        return self.by_school(self.hours)

    @cached_property
    def workload(self) -> np.ndarray:
        """(P,) hours a week"""
        return self.person_hours.sum(axis=1)

    @cached_property
    def hours_short(self) -> np.ndarray:
        """(P,) hours a week that do not fit; NaN where nobody knows what there is."""
        return np.maximum(0, self.workload - self.available_hours)

    @cached_property
    def minutes_at_risk(self) -> np.ndarray:
        """(P,) estimated student minutes a week that do not fit if only sessions give way.

        The hours short are turned into student minutes by the person's own ratio of student to therapist
        minutes, and never exceed the minutes owed. An exposure, not a finding about anyone.
        """
        return self.given_way.student_minutes

    @property
    def given_way(self) -> GivenWay:
        """What a week leaves out if only sessions give way."""
        return sessions_give_way(self.hours_short, *self.session_minutes)

    @property
    def given_way_alike(self) -> GivenWay:
        """What a week leaves out if everything gives way alike."""
        return all_gives_way(self.hours_short, self.workload, *self.session_minutes)

    @cached_property
    def session_minutes(self) -> tuple[np.ndarray, np.ndarray]:
        """(student, therapist) minutes a week of each person's lines, shapes (P,)."""
        demand = self.demand
        return (
            self.by_person(demand.student_minutes) / demand.weeks,
            self.by_person(demand.therapist_minutes) / demand.weeks,
        )


def staffing_of(demand: Demand, assumptions: Assumptions) -> Staffing:
    """The answer under the assumptions. Milliseconds at any size of the roster.

    Raises `ValueError` when the calendar settings differ from those that the demand was read with.
    """
    if demand.weeks != assumptions["instructional_weeks"]:
        raise ValueError("the demand was read for another number of instructional weeks")
    people = demand.people
    service = _service_hours(demand, assumptions)
    share = _share_by_service(demand, service.sum(axis=1))
    made = np.zeros((len(demand.therapist), len(CODES)))
    made[:, : len(FROM_FEATURES)] = service
    present = np.append(people.in_post[:-1], False)
    individual = {
        "mtss": people.mtss_hours,
        "travel": hours(people.travel_minutes + people.moves * assumptions["travel_minutes_per_move"]),
        "supervision": people.otas_supervised * assumptions["supervision_hours_per_ota"],
        "named_duty": people.named_duty_hours,
    }
    for code, of_person in individual.items():
        made[:, AT[code]] = share * of_person[demand.therapist]
    total_service = made[:, : AT["mtss"] + 1].sum(axis=1)
    category = assumptions.category_share
    whole = workload_hours(total_service, category, 0)
    made[:, AT["planning"]] = whole * assumptions["planning_share"]
    made[:, AT["staff_time"]] = whole * assumptions["staff_time_share"] + (
        share * (assumptions["staff_time_hours_per_person"] * present)[demand.therapist]
    )
    contracted, available = capacity(demand, assumptions)
    has_plan = np.array([bool(plan) for plan in people.plans])[demand.therapist]
    cell_share = np.where(has_plan, demand.planned, _share_of_person(demand, service.sum(axis=1)))
    return Staffing(
        demand,
        assumptions,
        made,
        cell_share * available[demand.therapist] / assumptions["hours_per_week"],
        contracted,
        available,
    )


def _service_hours(demand: Demand, assumptions: Assumptions) -> np.ndarray:
    """(K, 9) hours a week of the activities that follow from the features."""
    # Twelve scaled columns: a matrix product would wake the threads of the linear algebra library for nothing.
    made = np.zeros((len(demand.therapist), len(FROM_FEATURES)))
    for activity, costs in coefficients(assumptions.values).items():
        for feature, cost in costs.items():
            made[:, AT[activity]] += demand.features[:, FEATURES.index(feature)] * cost
    return made


def _share_by_service(demand: Demand, service: np.ndarray) -> np.ndarray:
    """(K,) each cell's share of its person's service hours that have a school; else all at the base school."""
    return _share_of_person(demand, np.where(demand.school < len(demand.schools) - 1, service, 0.0))


def _share_of_person(demand: Demand, amount: np.ndarray) -> np.ndarray:
    """(K,) each cell's share of its person's amount; all at the base school (else No school) where it is zero."""
    of_person = np.bincount(demand.therapist, amount, minlength=len(demand.therapists))[demand.therapist]
    base = demand.people.base_school[demand.therapist]
    at_base = demand.school == np.where(base < 0, len(demand.schools) - 1, base)
    return np.divide(amount, of_person, out=at_base.astype(float), where=of_person > 0)


def capacity(demand: Demand, assumptions: Assumptions) -> tuple[np.ndarray, np.ndarray]:
    """(contracted FTE, available hours a week) of each person, shapes (P,).

    While nobody has said who is in post there is no value for anybody: a part of the posts gives no gap.
    FTE as given, else hours over the full week. Nobody counts before their start or after their end; nobody
    is available on a day of leave; days of absence are taken off what the others can give.
    """
    people, week = demand.people, assumptions["hours_per_week"]
    fte = np.where(np.isnan(people.fte), people.hours_per_week / week, people.fte)
    available = np.where(np.isnan(people.hours_per_week), people.fte * week, people.hours_per_week)
    there = people.in_post & ~people.on_leave
    if not people.posts_known:
        return np.full(len(fte), np.nan), np.full(len(fte), np.nan)
    return np.where(people.in_post, fte, 0.0), np.where(there, available * presence(assumptions), 0.0)


def presence(assumptions: Assumptions) -> float:
    """The share of the paid days on which a post is there: 1 − days of absence ÷ (5 × paid weeks)."""
    return max(0.0, 1 - assumptions["absence_days_per_year"] / (DAYS_PER_SCHOOL_WEEK * assumptions["contract_weeks"]))


def with_values(assumptions: Assumptions, draws: Mapping[str, np.ndarray]) -> dict[str, object]:
    """The values in force with some replaced by arrays of draws, for `coefficients`."""
    return {**assumptions.values, **draws}

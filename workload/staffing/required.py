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
from workload.work.demand import Demand
from workload.work.pair_sums import FEATURES

Hours = TypeVar("Hours", float, np.ndarray)
AT = {code: at for at, code in enumerate(CODES)}
PRESENT = "present"  # staff time that each person in post has, whatever the service


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
    def hours(self) -> np.ndarray:
        """(K, 15) by activity; made when somebody opens the cells: persons and schools do not need them."""
        whose = self.demand.therapist
        own = {code: self._share * of_person[whose] for code, of_person in self._of_person.items()}
        return _by_activity(_service_hours(self.demand.features, self.assumptions), own, self.assumptions)

    @cached_property
    def person_hours(self) -> np.ndarray:
        """(P, 15) from the features summed once: what follows from them is linear in them."""
        service = _service_hours(self.demand.features_by_person, self.assumptions)
        return _by_activity(service, self._of_person, self.assumptions)

    @cached_property
    def school_hours(self) -> np.ndarray:
        """(S, 15) in the same way; a person's own hours are shared by the service at each school."""
        demand, count = self.demand, len(self.demand.schools)
        there = {
            code: np.bincount(demand.school, self._share * of_person[demand.therapist], minlength=count)
            if of_person.any()
            else np.zeros(count)
            for code, of_person in self._of_person.items()
        }
        return _by_activity(_service_hours(demand.features_by_school, self.assumptions), there, self.assumptions)

    @cached_property
    def available_fte(self) -> np.ndarray:
        """(K,) by the day plan, else by the service in each cell."""
        demand = self.demand
        has_plan = np.array([bool(plan) for plan in demand.people.plans])[demand.therapist]
        share = np.where(has_plan, demand.planned, _share_of_person(demand, self._service))
        return share * self.available_hours[demand.therapist] / self.full_week

    @cached_property
    def _service(self) -> np.ndarray:
        """(K,) service hours of each cell, all activities that follow from the features together."""
        cost = np.zeros(len(FEATURES))
        for costs in coefficients(self.assumptions.values).values():
            for feature, each in costs.items():
                cost[FEATURES.index(feature)] += each
        return np.einsum(
            "kf,f->k", self.demand.features, cost
        )  # a matrix product would wake the threads of its library

    @cached_property
    def _share(self) -> np.ndarray:
        """(K,) each cell's share of its person's service hours that have a school; else all at the base school."""
        with_school = self._service.copy()
        with_school[self.demand.no_school] = 0.0
        return _share_of_person(self.demand, with_school)

    @cached_property
    def _of_person(self) -> dict[str, np.ndarray]:
        """(P,) hours a week of what belongs to a person as a whole, and the staff time that each has (`PRESENT`)."""
        people, values = self.demand.people, self.assumptions
        present = np.append(people.in_post[:-1], False)
        return {
            "mtss": people.mtss_hours,
            "travel": hours(people.travel_minutes + people.moves * values["travel_minutes_per_move"]),
            "supervision": people.otas_supervised * values["supervision_hours_per_ota"],
            "named_duty": people.named_duty_hours,
            PRESENT: values["staff_time_hours_per_person"] * present,
        }

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
        return self.demand.session_minutes


def staffing_of(demand: Demand, assumptions: Assumptions) -> Staffing:
    """The answer under the assumptions. Milliseconds at any size of the roster.

    Raises `ValueError` when the calendar settings differ from those that the demand was read with.
    """
    if demand.weeks != assumptions["instructional_weeks"]:
        raise ValueError("the demand was read for another number of instructional weeks")
    return Staffing(demand, assumptions, *capacity(demand, assumptions))


def _by_activity(service: np.ndarray, own: Mapping[str, np.ndarray], assumptions: Assumptions) -> np.ndarray:
    """(N, 15) hours a week by activity of some cells, persons or schools.

    service  (N, 9) hours that follow from the features
    own      (N,) each, by the codes of individual hours and `PRESENT`
    """
    made = np.zeros((len(CODES), len(service))).T
    made[:, : len(FROM_FEATURES)] = service
    for code in ("mtss", "travel", "supervision", "named_duty"):
        made[:, AT[code]] = own[code]
    whole = workload_hours(made[:, : AT["mtss"] + 1].sum(axis=1), assumptions.category_share, 0)
    made[:, AT["planning"]] = whole * assumptions["planning_share"]
    made[:, AT["staff_time"]] = whole * assumptions["staff_time_share"] + own[PRESENT]
    return made


def _service_hours(features: np.ndarray, assumptions: Assumptions) -> np.ndarray:
    """(N, 9) hours a week of the activities that follow from the features, (N, len(FEATURES))."""
    made = np.zeros((len(FROM_FEATURES), len(features))).T  # twelve scaled columns, each in one piece
    for activity, costs in coefficients(assumptions.values).items():
        for feature, cost in costs.items():
            made[:, AT[activity]] += features[:, FEATURES.index(feature)] * cost
    return made


def _share_of_person(demand: Demand, amount: np.ndarray) -> np.ndarray:
    """(K,) each cell's share of its person's amount; all at the base school (else No school) where it is zero."""
    of_person = np.bincount(demand.therapist, amount, minlength=len(demand.therapists))
    share = amount / np.where(of_person > 0, of_person, np.inf)[demand.therapist]
    share[demand.base_cell[~(of_person > 0)]] = 1.0
    return share


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
    """The share of the paid days on which a post is there: 1 − days of absence ÷ (5 × paid weeks). Never none of them."""
    return 1 - assumptions["absence_days_per_year"] / (DAYS_PER_SCHOOL_WEEK * assumptions["contract_weeks"])


def with_values(assumptions: Assumptions, draws: Mapping[str, np.ndarray]) -> dict[str, object]:
    """The values in force with some replaced by arrays of draws, for `coefficients`."""
    return {**assumptions.values, **draws}

"""The pair table in the hands of a scenario: sums that can be moved between people without touching the rows.

A `Base` is read once from an answer; every lever turns one `Situation` into another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.model.coding import MISSING, distinct_pairs
from workload.model.parameters import Assumptions
from workload.staffing.required import Staffing, staffing_of
from workload.work.demand import Demand
from workload.work.pair_sums import EVENT_FEATURES, FEATURES
from workload.work.people import People
from workload.work.travel import moves_by_visits

# What is known of a cell beside the features. `at_home` counts the students whom nobody has moved yet, `unserved`
# those who had no therapist to begin with.
EXTRA = (
    "student_minutes",
    "therapist_minutes",
    "unsized_minutes",
    "group_minutes",
    "group_student_minutes",
    "group_sessions",
    "direct_visits",
    "consult_visits",
    "students",
    "at_home",
    "unserved",
)
COLUMNS = (*FEATURES, *EXTRA)
AT = {name: at for at, name in enumerate(COLUMNS)}
EVENTS = np.array([AT[name] for name in EVENT_FEATURES])


@dataclass(frozen=True, eq=False)
class Base:
    """What scenarios need of an answer beyond the pair table; read from the rows once.

    sums         (K, len(COLUMNS))
    own_events   (K, events) events that would be an OTA's own if the OTA were an OT (they stand with the supervisor)
    annual_cost, hourly_rate, leave_weeks   (P,) as the roster gives them; NaN where it does not
    """

    answer: Answer
    sums: np.ndarray
    own_events: np.ndarray
    annual_cost: np.ndarray
    hourly_rate: np.ndarray
    leave_weeks: np.ndarray

    @property
    def demand(self) -> Demand:
        return self.answer.demand


# What is kept must not hold the pair table that it is kept by, or neither would ever be freed.
_READ: WeakKeyDictionary[Demand, dict[str, np.ndarray]] = WeakKeyDictionary()


def base_of(answer: Answer) -> Base:
    """The base of an answer; made at the first call, kept as long as its pair table lives."""
    if answer.demand not in _READ:
        _READ[answer.demand] = _read(answer)
    return Base(answer, **_READ[answer.demand])


def _read(answer: Answer) -> dict[str, np.ndarray]:
    demand, lines, roster = answer.demand, answer.demand.lines, answer.roster
    n_schools, unassigned = len(demand.schools), demand.people.unassigned
    therapist = np.where(lines.therapist == MISSING, unassigned, lines.therapist)
    school = np.where(lines.school == MISSING, n_schools - 1, lines.school)
    keys = demand.therapist * n_schools + demand.school
    place = np.searchsorted(keys, therapist * n_schools + school)
    group = roster.coded["delivery"].is_("group")[lines.row]

    def summed(values):
        return np.bincount(place, values, minlength=len(keys))

    cells, _ = distinct_pairs(place, lines.student, max(len(lines.students), 1))
    students = np.bincount(cells, minlength=len(keys)).astype(float)
    nobody = demand.therapist == unassigned
    extra = (
        demand.student_minutes,
        demand.therapist_minutes,
        demand.unsized_minutes,
        summed(lines.therapist_minutes * group),
        summed(lines.student_minutes * group),
        summed(lines.sessions * group),
        summed(lines.sessions),
        summed(lines.visits * lines.is_consult),
        students,
        np.where(nobody, 0.0, students),
        np.where(nobody, students, 0.0),
    )
    sums = np.column_stack((demand.features, *extra))
    return {"sums": sums, "own_events": _own_events(answer, keys), **_posts(answer)}


def _posts(answer: Answer) -> dict[str, np.ndarray]:
    """Cost and leave of each post as the Therapists sheet gives them, in code order, shape (P,)."""
    names = list(answer.demand.people.names)
    table = answer.roster.therapists.drop_duplicates("therapist").set_index("therapist").reindex(names)
    weeks = []
    for end in table["leave_end"]:
        last: date | None = None if pd.isna(end) else end.date()
        weeks.append(answer.demand.school_weeks(answer.day, last))
    return {
        "annual_cost": np.append(table["annual_cost"].to_numpy(dtype=float), np.nan),
        "hourly_rate": np.append(table["hourly_rate"].to_numpy(dtype=float), np.nan),
        "leave_weeks": np.append(np.array(weeks, dtype=float), 0.0),
    }


def _own_events(answer: Answer, keys: np.ndarray) -> np.ndarray:
    """(K, events) at the cells of OTAs: events of their students that now fall to somebody else."""
    demand, events, people, lines = answer.demand, answer.demand.events, answer.demand.people, answer.demand.lines
    found = np.zeros((len(keys), len(EVENT_FEATURES)))
    owner = np.append(lines.therapist, MISSING)[events.line]
    listed = np.flatnonzero(events.from_sheet)
    if len(listed):
        named = pd.Index(people.names).get_indexer(
            pd.Index(answer.roster.evaluations["therapist"].to_numpy()[events.row[listed]])
        )
        owner[listed] = np.where(named == MISSING, owner[listed], named)
    at_ota = np.flatnonzero((owner != MISSING) & people.is_ota[owner] & people.in_post[owner])
    if not len(at_ota):
        return found
    wanted = owner[at_ota] * len(demand.schools) + events.school[at_ota]
    place = np.searchsorted(keys, wanted)
    here = (place < len(keys)) & (keys[np.minimum(place, len(keys) - 1)] == wanted)
    for column, name in enumerate(EVENT_FEATURES):
        np.add.at(found[:, column], place[here], getattr(events, name)[at_ota[here]])
    return found


@dataclass(frozen=True)
class BoughtHours:
    """Hours that are bought once, such as cover until a leave ends."""

    hours: float
    is_ota: bool


@dataclass(frozen=True, eq=False)
class Situation:
    """A pair table that a scenario has changed. Cells are unique (therapist, school) pairs in any order.

    undelivered     student minutes a week that the scenario itself leaves out
    pilot           (S,) schools in which the scenario acts; None is everywhere
    indirect_weeks  (P,) of each cycle of four weeks, those without direct sessions
    added, lost     (P,) posts that the scenario made; share of a post that it took away
    was_ota         (P,) role before the scenario
    """

    base: Base
    assumptions: Assumptions
    people: People
    therapist: np.ndarray
    school: np.ndarray
    sums: np.ndarray
    planned: np.ndarray
    pilot: np.ndarray | None
    indirect_weeks: np.ndarray
    added: np.ndarray
    lost: np.ndarray
    was_ota: np.ndarray
    undelivered: float = 0.0
    bought: tuple[BoughtHours, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def schools(self) -> tuple[str, ...]:
        return self.base.demand.schools

    def column(self, name: str) -> np.ndarray:
        """(K,) one column of the sums."""
        return self.sums[:, AT[name]]

    @cached_property
    def demand(self) -> Demand:
        """The pair table in the form that the staffing calculation reads."""
        count = len(self.people.names) + 1
        students = np.bincount(self.therapist, self.column("students"), minlength=count)
        served = self.therapist[(self.column("students") > 0) & (self.school < len(self.schools) - 1)]
        return replace(
            self.base.demand,
            people=self.people,
            therapist=self.therapist,
            school=self.school,
            planned=self.planned,
            features=self.sums[:, : len(FEATURES)],
            student_minutes=self.column("student_minutes"),
            therapist_minutes=self.column("therapist_minutes"),
            unsized_minutes=self.column("unsized_minutes"),
            caseload_of_person=np.rint(students).astype(int),
            schools_served=np.bincount(served, minlength=count),
        )

    @cached_property
    def staffing(self) -> Staffing:
        """The same calculation again; today's is there already."""
        answer = self.base.answer
        if (
            self.sums is self.base.sums
            and self.people is answer.demand.people
            and (self.assumptions is answer.assumptions)
        ):
            return answer.staffing
        return staffing_of(self.demand, self.assumptions)

    def cells_at(self, names: tuple[str, ...]) -> np.ndarray:
        """(K,) bool: cells at the named schools (none named: every school), inside the pilot if there is one."""
        if not names and self.pilot is None:
            return np.ones(len(self.school), bool)
        chosen = np.ones(len(self.schools), bool)
        if names:
            chosen = np.isin(np.array(self.schools, dtype=object), list(names))
        if self.pilot is not None:
            chosen = chosen & self.pilot
        return chosen[self.school]

    def people_in_pilot(self) -> np.ndarray:
        """(P,) bool: people who give more than half of their service time in the pilot; everybody without one."""
        count = len(self.people.names) + 1
        if self.pilot is None:
            return np.ones(count, bool)
        minutes = self.column("therapist_minutes")
        inside = np.bincount(self.therapist, minutes * self.pilot[self.school], minlength=count)
        return inside > np.bincount(self.therapist, minutes, minlength=count) / 2

    def moves_by_visits(self) -> np.ndarray:
        """(P,) moves a week of each person, had nobody a day plan."""
        visits = (self.column("direct_visits") + self.column("consult_visits")) / self.base.demand.weeks
        somewhere = self.school < len(self.schools) - 1
        return moves_by_visits(self.therapist, visits * somewhere, len(self.people.names) + 1)

    def scaled(self, columns: tuple[str, ...], factor: np.ndarray) -> Situation:
        """These sums with some columns multiplied cell by cell."""
        sums = self.sums.copy()
        for name in columns:
            sums[:, AT[name]] *= factor
        return replace(self, sums=sums)

    def noted(self, note: str) -> Situation:
        """The same with one more sentence to show."""
        return replace(self, notes=(*self.notes, note))


def today(answer: Answer, pilot_schools: tuple[str, ...] = ()) -> Situation:
    """The situation before any lever. `pilot_schools`: act only there."""
    base, demand = base_of(answer), answer.demand
    count = len(demand.people.names) + 1
    pilot = np.isin(np.array(demand.schools, dtype=object), list(pilot_schools)) if pilot_schools else None
    return Situation(
        base,
        answer.assumptions,
        demand.people,
        demand.therapist,
        demand.school,
        base.sums,
        demand.planned,
        pilot,
        np.zeros(count, int),
        np.zeros(count, bool),
        np.zeros(count),
        demand.people.is_ota.copy(),
    )

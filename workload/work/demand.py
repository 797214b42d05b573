"""The pair table: everything the roster asks for, summed once per therapist and school.

Whatever an assumption or lever scales is linear in the few sums kept here, so moving a slider never touches
the rows again. Only the number of instructional weeks and the meaning of a month reach back to the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from workload.model.coding import MISSING, Codes, distinct_pairs
from workload.model.parameters import Assumptions
from workload.model.roster import NO_SCHOOL, UNASSIGNED, Roster
from workload.model.school_calendar import SchoolCalendar, open_weeks
from workload.model.school_year import weeks_left
from workload.work.events import Events, evaluations_this_year, events_of
from workload.work.people import People, in_post_on, people_of, therapists_table
from workload.work.renewals import CARRY, carried
from workload.work.services import IN_FORCE, Lines, fates, lines_in_force
from workload.work.travel import TravelTimes, moves_by_visits, parse_day_plan

# What is summed for each therapist and school. Minutes and sessions are a year's, makeup minutes a week's.
FEATURES = (
    "direct_minutes",
    "consult_minutes",
    "makeup_minutes",
    "sessions",
    "initial",
    "reevaluation",
    "students_initial",
    "students_reevaluation",
    "iep",
    "plan_504",
)
EVENT_FEATURES = FEATURES[4:]
# Changing one of these means reading the rows again.
ROW_SETTINGS = ("instructional_weeks", "month", "renewals", "makeup_overdue_weeks", "travel_arrival_minutes")


@dataclass(frozen=True, eq=False)
class Demand:
    """The pair table of a roster on a day.

    A cell is a (therapist, school) pair, sorted by therapist then school; Unassigned and No school have the
    last codes. Every person has at least one cell. Shapes: K cells, P people with Unassigned, S schools with
    No school.
    """

    day: date
    weeks: float
    people: People
    schools: tuple[str, ...]  # with No school at the end
    therapist: np.ndarray  # (K,)
    school: np.ndarray  # (K,)
    features: np.ndarray  # (K, len(FEATURES))
    student_minutes: np.ndarray  # (K,) a year, consult included
    therapist_minutes: np.ndarray  # (K,) a year, consult included
    unsized_minutes: np.ndarray  # (K,) therapist minutes a year of group lines without a group size
    planned: np.ndarray  # (K,) share of the person's day plan; 0 without a plan
    caseload_of_person: np.ndarray  # (P,)
    caseload_of_school: np.ndarray  # (S,)
    schools_served: np.ndarray  # (P,)
    caseload: int
    lines: Lines
    events: Events
    fate: np.ndarray  # (rows of roster.services,)
    passed: np.ndarray  # (rows of roster.services,) rows past their review that go on under `carry`
    left: frozenset[str]  # students of whom somebody has said that they left
    calendar: SchoolCalendar  # what somebody has said of the school year
    overdue_weeks: float  # in which minutes whose due date has passed are made up

    @cached_property
    def therapists(self) -> tuple[str, ...]:
        """Names in code order, Unassigned last."""
        return (*self.people.names, UNASSIGNED)

    def weeks_until(self, due: date | None) -> float:
        """Calendar weeks from the day to a due date, at least one; without one to the last day of school."""
        return weeks_left(self.day, due or self.calendar.last_of(self.day), self.overdue_weeks)

    @cached_property
    def features_by_person(self) -> np.ndarray:
        """(P, len(FEATURES)) summed once: no assumption but a calendar setting changes it."""
        return _summed_by(self.therapist, self.features, len(self.therapists))

    @cached_property
    def session_minutes(self) -> tuple[np.ndarray, np.ndarray]:
        """(student, therapist) minutes a week of each person's lines, shapes (P,)."""
        minutes = np.column_stack((self.student_minutes, self.therapist_minutes))
        student, therapist = _summed_by(self.therapist, minutes, len(self.therapists)).T / self.weeks
        return student, therapist

    @cached_property
    def features_by_school(self) -> np.ndarray:
        """(S, len(FEATURES)) summed once."""
        return _summed_by(self.school, self.features, len(self.schools))

    @cached_property
    def base_cell(self) -> np.ndarray:
        """(P,) the cell of each person's base school, else of No school; in a scenario the cells stand in any order."""
        base = self.people.base_school[self.therapist]
        cells = np.flatnonzero(self.school == np.where(base < 0, len(self.schools) - 1, base))
        return cells[np.argsort(self.therapist[cells], kind="stable")]

    @cached_property
    def no_school(self) -> np.ndarray:
        """Places of the cells of No school."""
        return np.flatnonzero(self.school == len(self.schools) - 1)

    def taught_share(self, day: date) -> float:
        """What an open week of the calendar counts as in the school year of a day.

        One where closings were entered; without any, the instructional weeks lie evenly in the open ones.
        """
        open_ = open_weeks(day, self.calendar)
        return 1.0 if self.calendar.closings or not open_ else min(1.0, self.weeks / open_)

    def school_weeks(self, since: date, until: date | None = None) -> float:
        """Weeks with school from a day to another (to the last day of school), both included."""
        whole = open_weeks(since, self.calendar, since)
        if until is not None and until < self.calendar.last_of(since):
            whole -= open_weeks(since, self.calendar, until + timedelta(1))
        return max(0.0, whole) * self.taught_share(since)


def _summed_by(codes: np.ndarray, features: np.ndarray, count: int) -> np.ndarray:
    """Sums of the columns by a code, shape (count, columns)."""
    return np.array([np.bincount(codes, column, minlength=count) for column in features.T]).T


def demand_of(
    roster: Roster,
    day: date,
    assumptions: Assumptions,
    left: frozenset[str] = frozenset(),
    calendar: SchoolCalendar | None = None,
) -> Demand:
    """Reads the rows of the roster once, for the day and the calendar settings of the assumptions.

    left      students of whom somebody has said that they left at their review
    calendar  first and last day of school and closings, where somebody has said them
    """
    calendar = calendar or SchoolCalendar()
    goes_on = carried(roster, day, left, calendar.said_last(day))
    renewed = goes_on if assumptions["renewals"] == CARRY else np.zeros_like(goes_on)
    fate = fates(roster, day, renewed)
    in_force = np.flatnonzero(fate == IN_FORCE)
    table, assumed = therapists_table(roster, in_force)
    codes, schools = Codes.of(table["therapist"]), _schools(roster, table, in_force, day)
    present = in_post_on(table.set_index("therapist").reindex(list(codes.names)), day)
    lines = lines_in_force(roster, fate, renewed, codes, present, schools, assumptions)
    n_people, n_schools = len(codes) + 1, len(schools) + 1
    therapist = np.where(lines.therapist == MISSING, len(codes), lines.therapist)
    school = np.where(lines.school == MISSING, len(schools), lines.school)
    served, at = distinct_pairs(therapist, school, n_schools)
    schools_served = np.bincount(served[at < len(schools)], minlength=n_people)
    times = TravelTimes.of(roster.travel, roster.schools, assumptions["travel_arrival_minutes"])
    cell_of_line = therapist * n_schools + school
    # Looking a cell up in a table of all pairs is cheaper than searching it among those that there are.
    place_of = np.empty(n_people * n_schools, dtype=np.int32)
    place_of[served * n_schools + at] = np.arange(len(served))
    pair = place_of[cell_of_line]
    visits = np.bincount(pair, lines.visits / assumptions["instructional_weeks"], minlength=len(served))
    visits[at == len(schools)] = 0.0
    moves = moves_by_visits(served, visits, n_people)[:-1]
    people = people_of(table, assumed, codes, schools, moves, times, day)
    events = events_of(roster, lines, people, codes, schools, day)
    keys, planned_keys, planned = _cells(therapist, school, events, people, schools)
    place_of[keys] = np.arange(len(keys))
    place = {"line": place_of[cell_of_line], "event": place_of[events.therapist * n_schools + events.school]}

    def summed(values: np.ndarray, of: str = "line") -> np.ndarray:
        return np.bincount(place[of], values, minlength=len(keys))

    direct = ~lines.is_consult
    # Each feature lies in one piece, so that scaling one reads nothing of the others.
    features = np.array(
        [
            summed(lines.therapist_minutes * direct),
            summed(lines.therapist_minutes * lines.is_consult),
            summed(makeup_minutes(roster, lines, day, calendar, assumptions["makeup_overdue_weeks"])),
            summed(lines.sessions),
            *(summed(getattr(events, name), "event") for name in EVENT_FEATURES),
        ]
    ).T
    share = np.zeros(len(keys))
    share[place_of[planned_keys]] = planned
    pairs_person = distinct_pairs(therapist, lines.student, len(lines.students))[0]
    pairs_school = distinct_pairs(school, lines.student, len(lines.students))[0]
    return Demand(
        day=day,
        weeks=float(assumptions["instructional_weeks"]),
        people=people,
        schools=(*schools.names, NO_SCHOOL),
        therapist=keys // n_schools,
        school=keys % n_schools,
        features=features,
        student_minutes=summed(lines.student_minutes),
        therapist_minutes=summed(lines.therapist_minutes),
        unsized_minutes=summed(lines.therapist_minutes * lines.group_size_unknown),
        planned=share,
        caseload_of_person=np.bincount(pairs_person, minlength=n_people),
        caseload_of_school=np.bincount(pairs_school, minlength=n_schools),
        schools_served=schools_served,
        caseload=len(lines.students),
        lines=lines,
        events=events,
        fate=fate,
        passed=goes_on,
        left=left,
        calendar=calendar,
        overdue_weeks=float(assumptions["makeup_overdue_weeks"]),
    )


def _schools(roster: Roster, table: pd.DataFrame, in_force: np.ndarray, day: date) -> Codes:
    """Every school of the Schools sheet and any other with work, a base or a planned day."""
    planned = [
        name
        for text in table["days"]
        for part in parse_day_plan(text if isinstance(text, str) else None)
        for name in part
    ]
    return Codes.of(
        roster.schools["school"],
        roster.coded["school"].occurring(in_force),
        roster.evaluations["school"].to_numpy()[evaluations_this_year(roster, day)],
        table["base_school"],
        planned,
    )


def makeup_minutes(
    roster: Roster, lines: Lines, day: date, calendar: SchoolCalendar, overdue_weeks: float
) -> np.ndarray:
    """Minutes owed a week until they are due, else until the last day of school, shape (lines,)."""
    owed = np.nan_to_num(roster.services["compensatory_minutes"].to_numpy()[lines.row])
    minutes = np.zeros(len(owed))
    due = roster.services["compensatory_due"].to_numpy()[lines.row]
    for at in np.flatnonzero(owed):
        by = None if np.isnat(due[at]) else due[at].astype("datetime64[D]").item()
        minutes[at] = owed[at] / weeks_left(day, by or calendar.last_of(day), overdue_weeks)
    return minutes


def _cells(
    therapist: np.ndarray, school: np.ndarray, events: Events, people: People, schools: Codes
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sorted keys of all cells, and the keys and shares of the day plans."""
    width = len(schools) + 1
    base = np.where(people.base_school == MISSING, len(schools), people.base_school)
    planned: dict[int, float] = {}
    for person, plan in enumerate(people.plans):
        for day in plan:
            for name in day:
                key = person * width + schools.code(name)
                planned[key] = planned.get(key, 0.0) + 1 / len(day) / len(plan)
    everybody = np.arange(len(base)) * width + base
    planned_keys = np.fromiter(planned, dtype=np.int64, count=len(planned))
    everywhere = np.sort(
        np.concatenate((therapist * width + school, events.therapist * width + events.school, everybody, planned_keys))
    )
    keys = everywhere[np.concatenate(([True], everywhere[1:] != everywhere[:-1]))]
    return keys, planned_keys, np.fromiter(planned.values(), dtype=float, count=len(planned))

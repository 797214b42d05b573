"""The pair table: everything the roster asks for, summed once per therapist and school.

Whatever an assumption or lever scales is linear in the few sums kept here, so moving a slider never touches
the rows again. Only the number of instructional weeks and the meaning of a month reach back to the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from workload.model.coding import MISSING
from workload.model.kept import Keeps
from workload.model.parameters import Assumptions
from workload.model.roster import NO_SCHOOL, UNASSIGNED, Roster
from workload.model.school_calendar import SchoolCalendar, open_weeks
from workload.model.school_year import weeks_left
from workload.work.events import Events, events_of
from workload.work.pair_sums import cells_of, moves_of, served_by
from workload.work.people import People, people_of
from workload.work.posts import Posts
from workload.work.renewals import CARRY, carried
from workload.work.row_facts import Facts, Loads
from workload.work.services import IN_FORCE, Lines, fates, lines_in_force
from workload.work.there import There, people_there, schools_there

# Changing one of these means reading the rows again.
ROW_SETTINGS = ("instructional_weeks", "month", "renewals", "makeup_overdue_weeks", "travel_arrival_minutes")


@dataclass(frozen=True, eq=False)
class Demand(Keeps):
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
    features: np.ndarray  # (K, len(FEATURES) of `pair_sums`)
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
        student, therapist = (
            np.bincount(self.therapist, minutes, minlength=len(self.therapists)) / self.weeks
            for minutes in (self.student_minutes, self.therapist_minutes)
        )
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
    sums = (np.bincount(codes, column, minlength=count) if column.any() else np.zeros(count) for column in features.T)
    return np.array(list(sums)).T


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
    facts, posts = roster.once(Facts), roster.once(Posts)
    goes_on = carried(roster, day, left, calendar.said_last(day))
    renewed = goes_on if assumptions["renewals"] == CARRY else np.zeros_like(goes_on)
    fate = fates(roster, day, renewed)
    out = np.flatnonzero(fate != IN_FORCE)
    occurs = facts.pairs_without(out)
    whom, where = (
        people_there(posts, facts.pair_named[occurs], day),
        schools_there(roster, facts.pair_school[occurs], day),
    )
    lines = lines_in_force(facts, out, renewed, whom, where, assumptions)
    weeks, overdue_weeks = (float(assumptions[id]) for id in ("instructional_weeks", "makeup_overdue_weeks"))
    served = served_by(lines, occurs, _owed_of_pairs(lines, day, calendar, overdue_weeks), whom, where)
    moves = moves_of(served, weeks, whom, where)
    people = people_of(posts, whom, where, moves, assumptions["travel_arrival_minutes"], day)
    events = events_of(roster, lines, people, whom, where, day)
    return Demand(
        day=day,
        weeks=weeks,
        people=people,
        schools=(*where.names.names, NO_SCHOOL),
        **cells_of(served, people, events, _planned(posts, where), where),
        caseload_of_person=_caseloads(lines, facts.pair_named, facts.of_named, whom),
        caseload_of_school=_caseloads(lines, facts.pair_school, facts.of_school, where),
        schools_served=np.bincount(served.therapist[served.school < where.nobody], minlength=whom.size),
        caseload=lines.caseload,
        lines=lines,
        events=events,
        fate=fate,
        left=left,
        calendar=calendar,
        overdue_weeks=overdue_weeks,
    )


def _planned(posts: Posts, schools: There) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Person, school and share of the day plans."""
    person, school, share = posts.planned  # nobody has a plan without a Therapists sheet, and with one everybody counts
    return person, schools.code[school], share


def _caseloads(lines: Lines, of_pair: np.ndarray, several: Loads, there: There) -> np.ndarray:
    """(there + 1,) different students of each person or school on the day; who does not stand apart is counted together.

    of_pair  (pairs,) whose each pair is
    several  the students with several rows
    """
    students = np.bincount(of_pair, lines.singles_of_pair, minlength=len(there.apart))
    of_several, rest = several.counted(lines.several_in_force, ~there.apart)
    apart, found = there.apart & (there.code != MISSING), np.zeros(there.size, dtype=np.int64)
    found[there.code[apart]] = (students + of_several)[apart]
    found[-1] = students[~there.apart].sum() + rest
    return found


def _owed_of_pairs(lines: Lines, day: date, calendar: SchoolCalendar, overdue_weeks: float) -> np.ndarray:
    """(pairs,) minutes owed a week."""
    if not len(lines.facts.owed):
        return np.zeros(len(lines.pair_school))
    minutes = makeup_minutes(lines, day, calendar, overdue_weeks)
    return np.bincount(lines.pair, minutes, minlength=len(lines.pair_school))


def makeup_minutes(lines: Lines, day: date, calendar: SchoolCalendar, overdue_weeks: float) -> np.ndarray:
    """Minutes owed a week until they are due, else until the last day of school, shape (lines,)."""
    minutes = np.zeros(len(lines.row))
    if not len(lines.facts.owed):
        return minutes
    owed, due = (lines.facts.column(name)[lines.row] for name in ("compensatory_minutes", "compensatory_due"))
    for at in np.flatnonzero(np.nan_to_num(owed)):
        by = None if np.isnat(due[at]) else due[at].astype("datetime64[D]").item()
        minutes[at] = owed[at] / weeks_left(day, by or calendar.last_of(day), overdue_weeks)
    return minutes

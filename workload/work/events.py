"""Evaluations, meetings and reports: how many a year, whose, and in which school (method, section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from workload.model.coding import MISSING
from workload.model.roster import Roster
from workload.model.school_year import school_year
from workload.work.own_events import EVERYBODY, Own, expanded, own_events, responsible_ots
from workload.work.people import People
from workload.work.posts import Posts
from workload.work.services import Lines
from workload.work.there import There, evaluations_this_year


def _column(name: str) -> property:
    """One of the columns of the events, opened when it is asked for."""

    def column(self: Events) -> np.ndarray:
        return self.columns[name]

    return property(column)


@dataclass(frozen=True, eq=False)
class Events:
    """What each event row adds to the counts of a therapist and school.

    One element is one student (or one Evaluations row), or the part of it that one of several OTs has. Sums need none
    of the columns; they are made when somebody opens them. `cell_` arrays are of places where events may fall; several
    may be the same (therapist, school).
    """

    own: Own
    listed: Mapping[str, np.ndarray] | None  # columns of the Evaluations rows, if any fall in the year
    evaluation_only: int  # distinct students with an evaluation this year and no line in force

    @property
    def sheet_rules(self) -> bool:
        """An Evaluations sheet is there."""
        return self.own.brought.sheet_rules

    @property
    def dated(self) -> int:
        """Students whose own re-evaluation date ruled."""
        return self.own.dated

    @property
    def cell_therapist(self) -> np.ndarray:
        """With Unassigned as the last code."""
        return self._with_listed("therapist", self.own.therapist)

    @property
    def cell_school(self) -> np.ndarray:
        """With No school as the last code."""
        return self._with_listed("school", self.own.school)

    @property
    def happens(self) -> np.ndarray:
        """(cells,) where events fall."""
        own = self.own.in_cells(EVERYBODY) > 0
        return own if self.listed is None else np.append(own, np.ones(len(self.listed["part"]), bool))

    def in_cells(self, name: str) -> np.ndarray:
        """(cells,) sums of one of the counts."""
        return self._with_listed(name, self.own.in_cells(name))

    def _with_listed(self, name: str, own: np.ndarray) -> np.ndarray:
        return own if self.listed is None else np.concatenate((own, self.listed[name]))

    @property
    def date_of(self) -> np.ndarray:
        """(students,) date of the re-evaluation of each student with a line in force, NaT for none."""
        return self.own.date_of

    @cached_property
    def columns(self) -> dict[str, np.ndarray]:
        """All columns, (events,) each."""
        return {name: self._with_listed(name, values) for name, values in self.own.columns.items()}

    therapist = _column("therapist")  # codes with Unassigned as the last one
    school = _column("school")  # codes with No school as the last one
    student = _column("student")  # codes in Lines.students, MISSING for a student without a line in force
    line = _column("line")  # positions in Lines of the newest line behind it, MISSING where there is none
    row = _column("row")  # rows in roster.evaluations, or in roster.services for a student's own events
    from_sheet = _column("from_sheet")  # True where the row is an Evaluations row
    part = _column("part")  # of the student's or the row's events that this OT has at this school
    initial = _column("initial")  # a number a year, like the other counts
    reevaluation = _column("reevaluation")
    students_initial = _column("students_initial")  # 1 where the default rate of initial evaluations applies
    students_reevaluation = _column("students_reevaluation")
    iep = _column("iep")
    plan_504 = _column("plan_504")


def events_of(roster: Roster, lines: Lines, people: People, whom: There, where: There, day: date) -> Events:
    """All events of the school year of the day, at the people and schools that are there."""
    own = own_events(roster, lines, people, where.nobody, school_year(day))
    listed, evaluation_only = None, 0
    if len(row := evaluations_this_year(roster, day)):
        listed, evaluation_only = _from_sheet(roster, row, lines, people, whom, where, own.columns)
    return Events(own, listed, evaluation_only)


def _from_sheet(
    roster: Roster,
    row: np.ndarray,
    lines: Lines,
    people: People,
    whom: There,
    where: There,
    shares: dict[str, np.ndarray],
) -> tuple[dict[str, np.ndarray], int]:
    """Some Evaluations rows as event columns, and the number of evaluation-only students.

    A row with a name falls to that OT or to the OTA's supervisors; one without to the OTs of the student.
    """
    table = roster.evaluations
    student_names = table["student"].to_numpy()[row]
    known = len(lines.students)
    student = pd.Index(lines.students).get_indexer(pd.Index(student_names)) if known else np.full(len(row), MISSING)
    named = whom.names.column(table["therapist"].to_numpy()[row])
    own_school = where.code[roster.once(Posts).evaluated_at[row]]
    # First by the parts of the student's own OTs and schools, as far as the row does not say whose and where it is.
    first, last = (
        np.append(np.searchsorted(shares["student"], np.arange(len(lines.students)), side), 0)[student]
        for side in ("left", "right")
    )
    asks = (student != MISSING) & ((named == MISSING) | (own_school == MISSING))
    at, offset = expanded(np.where(asks, last - first, 1))
    share = np.where(asks[at], first[at] + offset, np.where(student[at] == MISSING, MISSING, first[at]))
    part = np.where(asks[at], np.append(shares["part"], 1.0)[share], 1.0)
    # Then by the OTs who answer for the person named.
    position, ot = responsible_ots(named[at], people)
    part, at, share = part[position] / np.bincount(position, minlength=len(at))[position], at[position], share[position]
    ot = np.where(named[at] == MISSING, np.append(shares["therapist"], people.unassigned)[share], ot)
    line = np.append(shares["line"], MISSING)[share]
    school = np.where(own_school[at] == MISSING, np.append(shares["school"], where.nobody)[share], own_school[at])
    kind = table["type"].to_numpy()[row][at]
    nothing = np.zeros(len(at))
    without_line = {name for name in student_names[student == MISSING] if isinstance(name, str)}
    return {
        "therapist": ot,
        "school": school,
        "student": student[at],
        "line": line,
        "row": row[at],
        "from_sheet": np.ones(len(at), bool),
        "part": part,
        "initial": (kind == "initial") * part,
        "reevaluation": (kind == "reevaluation") * part,
        **dict.fromkeys(("students_initial", "students_reevaluation", "iep", "plan_504"), nothing),
    }, len(without_line)

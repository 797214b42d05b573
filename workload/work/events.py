"""Evaluations, meetings and reports: how many a year, whose, and in which school (method, section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from workload.model.coding import MISSING, Codes
from workload.model.roster import Roster
from workload.model.school_year import school_year
from workload.work.people import People
from workload.work.services import Lines, newest_lines


@dataclass(frozen=True, eq=False)
class Events:
    """What each event row adds to the counts of a therapist and school.

    One element is one student (or one Evaluations row): `therapist` and `school` are codes with Unassigned and
    No school as the last code; each count is a number a year.
    """

    therapist: np.ndarray
    school: np.ndarray
    student: np.ndarray  # code in Lines.students, MISSING for a student without a line in force
    row: np.ndarray  # row in roster.evaluations, or in roster.services for a student's own events
    from_sheet: np.ndarray  # True where the row is an Evaluations row
    initial: np.ndarray
    reevaluation: np.ndarray
    students_initial: np.ndarray  # 1 where the default rate of initial evaluations applies
    students_reevaluation: np.ndarray
    iep: np.ndarray
    sheet_rules: bool  # an Evaluations sheet is there
    dated: int  # students whose own re-evaluation date ruled
    evaluation_only: int  # distinct students with an evaluation this year and no line in force


def responsible_ot(therapist: np.ndarray, people: People) -> np.ndarray:
    """The OT who answers for the work of each therapist code: an OTA's supervisor, else Unassigned."""
    ot = np.where(therapist == MISSING, people.unassigned, therapist)
    ot = np.where(people.is_ota[ot], people.supervisor[ot], ot)
    return np.where(ot == MISSING, people.unassigned, ot)


def evaluations_this_year(roster: Roster, day: date) -> np.ndarray:
    """Positions of the Evaluations rows that fall in the school year of the day (completed, else due)."""
    when = roster.evaluations["completed"].fillna(roster.evaluations["due"]).to_numpy()
    first, last = school_year(day)
    return np.flatnonzero((when >= np.datetime64(first, "s")) & (when <= np.datetime64(last, "s")))


def events_of(roster: Roster, lines: Lines, people: People, codes: Codes, schools: Codes, day: date) -> Events:
    """All events of the school year of the day."""
    newest = newest_lines(lines)
    ot = responsible_ot(lines.therapist[newest], people)
    school = np.where(lines.school[newest] == MISSING, len(schools), lines.school[newest])
    count = len(lines.students)
    has_iep = np.zeros(count)
    has_iep[lines.student[roster.coded["plan"].is_("IEP")[lines.row]]] = 1
    sheet_rules = len(roster.evaluations) > 0
    nothing = np.zeros(count)
    reevaluation, unknown, dated = (nothing, nothing, 0) if sheet_rules else _from_dates(roster, lines, has_iep, day)
    own = {
        "therapist": ot,
        "school": school,
        "student": np.arange(count),
        "row": lines.row[newest],
        "from_sheet": np.zeros(count, bool),
        "initial": nothing,
        "reevaluation": reevaluation,
        "students_initial": nothing if sheet_rules else np.ones(count),
        "students_reevaluation": unknown,
        "iep": has_iep,
    }
    listed, evaluation_only = _from_sheet(roster, lines, people, codes, schools, ot, school, day)
    return Events(
        **{name: np.concatenate((own[name], listed[name])) for name in own},
        sheet_rules=sheet_rules,
        dated=dated,
        evaluation_only=evaluation_only,
    )


def _from_dates(roster: Roster, lines: Lines, has_iep: np.ndarray, day: date):
    """Re-evaluations by date and students left to the default rate: shapes (students,), and how many are dated."""
    dates = roster.services["reeval_date"].to_numpy()[lines.row]
    first, last = school_year(day)
    at = lines.order[~np.isnat(dates[lines.order])]  # the newest line that has a date speaks
    date_of = np.full(len(lines.students), np.datetime64("NaT", "s"))
    date_of[lines.student[at]] = dates[at]
    known = ~np.isnat(date_of)
    due = (date_of >= np.datetime64(first, "s")) & (date_of <= np.datetime64(last, "s"))
    return (
        (due & (has_iep > 0)).astype(float),
        (~known & (has_iep > 0)).astype(float),
        int((known & (has_iep > 0)).sum()),
    )


def _from_sheet(roster, lines, people, codes, schools, ot_of_student, school_of_student, day):
    """The Evaluations rows of the year as event columns, and the number of evaluation-only students."""
    row = evaluations_this_year(roster, day)
    table = roster.evaluations
    student_names = table["student"].to_numpy()[row]
    known = len(row) and len(lines.students)  # an index over the students is only built when somebody asks
    student = pd.Index(lines.students).get_indexer(pd.Index(student_names)) if known else np.full(len(row), MISSING)
    by_student = np.append(ot_of_student, people.unassigned)[student]
    named = codes.column(table["therapist"].to_numpy()[row])
    by_name = responsible_ot(named, people)
    therapist = np.where(named == MISSING, by_student, by_name)
    school = schools.column(table["school"].to_numpy()[row])
    school = np.where(school == MISSING, np.append(school_of_student, len(schools))[student], school)
    kind = table["type"].to_numpy()[row]
    nothing = np.zeros(len(row))
    without_line = {name for name in student_names[student == MISSING] if isinstance(name, str)}
    return {
        "therapist": therapist,
        "school": school,
        "student": student,
        "row": row,
        "from_sheet": np.ones(len(row), bool),
        "initial": (kind == "initial").astype(float),
        "reevaluation": (kind == "reevaluation").astype(float),
        "students_initial": nothing,
        "students_reevaluation": nothing,
        "iep": nothing,
    }, len(without_line)

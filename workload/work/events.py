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
from workload.work.services import Lines, newest_date, newest_lines

SAME_MINUTES = 1e-12  # relative: minutes that differ by less are equal


@dataclass(frozen=True, eq=False)
class Events:
    """What each event row adds to the counts of a therapist and school.

    One element is one student (or one Evaluations row), or the part of it that one of several OTs has: `therapist`
    and `school` are codes with Unassigned and No school as the last code; each count is a number a year.
    """

    therapist: np.ndarray
    school: np.ndarray
    student: np.ndarray  # code in Lines.students, MISSING for a student without a line in force
    line: np.ndarray  # position in Lines of the newest line behind it, MISSING where there is none
    row: np.ndarray  # row in roster.evaluations, or in roster.services for a student's own events
    from_sheet: np.ndarray  # True where the row is an Evaluations row
    part: np.ndarray  # of the student's or the row's events that this OT has at this school
    initial: np.ndarray
    reevaluation: np.ndarray
    students_initial: np.ndarray  # 1 where the default rate of initial evaluations applies
    students_reevaluation: np.ndarray
    iep: np.ndarray
    plan_504: np.ndarray
    sheet_rules: bool  # an Evaluations sheet is there
    dated: int  # students whose own re-evaluation date ruled
    date_of: np.ndarray  # (students,) that date, NaT for none
    evaluation_only: int  # distinct students with an evaluation this year and no line in force


@dataclass(frozen=True, eq=False)
class _Shares:
    """Who answers for each student: one element for each student, OT and school, with its part of one."""

    student: np.ndarray
    therapist: np.ndarray
    school: np.ndarray
    line: np.ndarray
    part: np.ndarray


def responsible_ots(therapist: np.ndarray, people: People) -> tuple[np.ndarray, np.ndarray]:
    """The OTs who answer for the work of each therapist code: an OTA's supervisors, else Unassigned.

    Returns (position in `therapist`, code of an OT); a position stands as often as it has OTs.
    """
    nobody = (people.unassigned,)
    answering = [
        nobody if not there else (codes or nobody) if ota else (code,)
        for code, (there, ota, codes) in enumerate(zip(people.in_post, people.is_ota, people.supervisors, strict=True))
    ]
    flat = np.array([code for codes in answering for code in codes], dtype=np.int64)
    many = np.array([len(codes) for codes in answering])
    who = np.where(therapist == MISSING, people.unassigned, therapist)
    position, offset = _expanded(many[who])
    return position, flat[(np.cumsum(many) - many)[who[position]] + offset]


def _expanded(many: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each position as often as it is counted, and the number of the repetition from zero."""
    position = np.repeat(np.arange(len(many)), many)
    return position, np.arange(len(position)) - (np.cumsum(many) - many)[position]


def evaluations_this_year(roster: Roster, day: date) -> np.ndarray:
    """Positions of the Evaluations rows that fall in the school year of the day (completed, else due, else consent)."""
    table = roster.evaluations
    when = table["completed"].fillna(table["due"]).fillna(table["consent"]).to_numpy()
    first, last = school_year(day)
    return np.flatnonzero((when >= np.datetime64(first, "s")) & (when <= np.datetime64(last, "s")))


def events_of(roster: Roster, lines: Lines, people: People, codes: Codes, schools: Codes, day: date) -> Events:
    """All events of the school year of the day."""
    shares = _shares(lines, people, len(schools))
    count = len(lines.students)
    has_iep, has_504 = (_with_plan(roster, lines, plan) for plan in ("IEP", "504"))
    has_504 = has_504 * (1 - has_iep)  # one team meets: where there is an IEP its meeting is held
    sheet_rules = len(roster.evaluations) > 0
    nothing = np.zeros(count)
    no_date = np.full(count, np.datetime64("NaT", "s"))
    reevaluation, unknown, date_of = (
        (nothing, nothing, no_date) if sheet_rules else _from_dates(roster, lines, people, has_iep, day)
    )
    of_student = {
        "initial": nothing,
        "reevaluation": reevaluation,
        "students_initial": nothing if sheet_rules else np.ones(count),
        "students_reevaluation": unknown,
        "iep": has_iep,
        "plan_504": has_504,
    }
    own = {
        "therapist": shares.therapist,
        "school": shares.school,
        "student": shares.student,
        "line": shares.line,
        "row": lines.row[shares.line],
        "from_sheet": np.zeros(len(shares.student), bool),
        "part": shares.part,
        **{name: values[shares.student] * shares.part for name, values in of_student.items()},
    }
    listed, evaluation_only = _from_sheet(roster, lines, people, codes, schools, shares, day)
    return Events(
        **{name: np.concatenate((own[name], listed[name])) for name in own},
        sheet_rules=sheet_rules,
        dated=int((~np.isnat(date_of) & (has_iep > 0)).sum()),
        date_of=date_of,
        evaluation_only=evaluation_only,
    )


def _shares(lines: Lines, people: People, no_school: int) -> _Shares:
    """The OT of each student's newest line.

    Several people of one role share evenly, an OTA's part between the supervising OTs. A part is done at the school
    where the person's newest lines have most minutes; equal schools share it.
    """
    newest = newest_lines(lines, people.is_ota)
    student, who = lines.student[newest], lines.therapist[newest]
    school = np.where(lines.school[newest] == MISSING, no_school, lines.school[newest])
    part = np.ones(len(newest))
    several = np.bincount(student, minlength=1)[student] > 1 if len(student) else np.zeros(0, bool)
    if several.any():
        table = pd.DataFrame({"student": student, "who": who, "school": school, "line": newest})[several]
        table["minutes"] = lines.student_minutes[newest[several]]
        table = table.groupby(["student", "who", "school"], as_index=False).agg({"line": "min", "minutes": "sum"})
        table["somewhere"] = table["school"] != no_school
        person = table.groupby(["student", "who"])
        table = table[table["somewhere"] == person["somewhere"].transform("max")]
        person = table.groupby(["student", "who"])
        table = table[table["minutes"] >= person["minutes"].transform("max") * (1 - SAME_MINUTES)]
        people_of_student = table.groupby("student")["who"].transform("nunique").to_numpy()
        table["part"] = 1 / people_of_student / table.groupby(["student", "who"])["line"].transform("size").to_numpy()
        only = {"student": student, "who": who, "school": school, "line": newest, "part": part}
        student, who, school, newest, part = (
            np.concatenate((values[~several], table[name].to_numpy())) for name, values in only.items()
        )
    position, ot = responsible_ots(who, people)
    part = part[position] / np.bincount(position, minlength=len(who))[position]
    order = np.argsort(student[position], kind="stable")
    return _Shares(*(values[order] for values in (student[position], ot, school[position], newest[position], part)))


def _with_plan(roster: Roster, lines: Lines, plan: str) -> np.ndarray:
    """1 for each student with a line in force under that plan, shape (students,)."""
    found = np.zeros(len(lines.students))
    found[lines.student[roster.coded["plan"].is_(plan)[lines.row]]] = 1
    return found


def _from_dates(
    roster: Roster, lines: Lines, people: People, has_iep: np.ndarray, day: date
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Re-evaluations by date, students left to the default rate, and the date of each: shapes (students,)."""
    date_of = newest_date(lines, roster.services["reeval_date"].to_numpy()[lines.row], people.is_ota)
    first, last = school_year(day)
    known = ~np.isnat(date_of)
    due = (date_of >= np.datetime64(first, "s")) & (date_of <= np.datetime64(last, "s"))
    return (
        (due & (has_iep > 0)).astype(float),
        (~known & (has_iep > 0)).astype(float),
        date_of,
    )


def _from_sheet(
    roster: Roster, lines: Lines, people: People, codes: Codes, schools: Codes, shares: _Shares, day: date
) -> tuple[dict[str, np.ndarray], int]:
    """The Evaluations rows of the year as event columns, and the number of evaluation-only students.

    A row with a name falls to that OT or to the OTA's supervisors; one without to the OTs of the student.
    """
    row = evaluations_this_year(roster, day)
    table = roster.evaluations
    student_names = table["student"].to_numpy()[row]
    known = len(row) and len(lines.students)  # an index over the students is only built when somebody asks
    student = pd.Index(lines.students).get_indexer(pd.Index(student_names)) if known else np.full(len(row), MISSING)
    named = codes.column(table["therapist"].to_numpy()[row])
    own_school = schools.column(table["school"].to_numpy()[row])
    # First by the parts of the student's own OTs and schools, as far as the row does not say whose and where it is.
    first, last = (
        np.append(np.searchsorted(shares.student, np.arange(len(lines.students)), side), 0)[student]
        for side in ("left", "right")
    )
    asks = (student != MISSING) & ((named == MISSING) | (own_school == MISSING))
    at, offset = _expanded(np.where(asks, last - first, 1))
    share = np.where(asks[at], first[at] + offset, np.where(student[at] == MISSING, MISSING, first[at]))
    part = np.where(asks[at], np.append(shares.part, 1.0)[share], 1.0)
    # Then by the OTs who answer for the person named.
    position, ot = responsible_ots(named[at], people)
    part, at, share = part[position] / np.bincount(position, minlength=len(at))[position], at[position], share[position]
    ot = np.where(named[at] == MISSING, np.append(shares.therapist, people.unassigned)[share], ot)
    line = np.append(shares.line, MISSING)[share]
    school = np.where(own_school[at] == MISSING, np.append(shares.school, len(schools))[share], own_school[at])
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

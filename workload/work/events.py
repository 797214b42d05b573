"""Evaluations, meetings and reports: how many a year, whose, and in which school (method, section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from workload.model.coding import MISSING, Codes, by_code
from workload.model.roster import Roster
from workload.model.school_year import school_year
from workload.work.people import People
from workload.work.posts import Posts
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
    cell: np.ndarray  # which (pair of the lines, OT who answers for its person)


@dataclass(frozen=True, eq=False)
class EventCells:
    """Where events fall: each has the code of a (therapist, school), and several codes may say the same one."""

    of_event: np.ndarray  # (events,)
    therapist: np.ndarray  # (codes,)
    school: np.ndarray  # (codes,)


def responsible_ots(therapist: np.ndarray, people: People) -> tuple[np.ndarray, np.ndarray]:
    """The OTs who answer for the work of each therapist code: an OTA's supervisors, else Unassigned.

    Returns (position in `therapist`, code of an OT); a position stands as often as it has OTs.
    """
    flat, many = people.answering
    who = np.where(therapist == MISSING, people.unassigned, therapist)
    if len(flat) == len(many):  # one OT for everybody
        return np.arange(len(who)), flat[who]
    position, offset = _expanded(many[who])
    return position, flat[(np.cumsum(many) - many)[who[position]] + offset]


def _expanded(many: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each position as often as it is counted, and the number of the repetition from zero."""
    position = np.repeat(np.arange(len(many)), many)
    return position, np.arange(len(position)) - (np.cumsum(many) - many)[position]


def evaluations_this_year(roster: Roster, day: date) -> np.ndarray:
    """Positions of the Evaluations rows that fall in the school year of the day (completed, else due, else consent)."""
    when = roster.once(Posts).evaluated
    first, last = school_year(day)
    return np.flatnonzero((when >= np.datetime64(first, "s")) & (when <= np.datetime64(last, "s")))


def events_of(
    roster: Roster, lines: Lines, people: People, codes: Codes, school_codes: np.ndarray, no_school: int, day: date
) -> tuple[Events, EventCells]:
    """All events of the school year of the day, and where they fall.

    school_codes  (schools + 1,) the day's code of each school of `Posts`, the last for none
    """
    shares, cells = _shares(lines, people, no_school)
    count = len(lines.students)
    has_iep, has_504 = (_with_plan(lines, plan) for plan in ("IEP", "504"))
    has_504 = has_504 * (1 - has_iep)  # one team meets: where there is an IEP its meeting is held
    sheet_rules = len(roster.evaluations) > 0
    nothing = np.zeros(count)
    no_date = np.full(count, np.datetime64("NaT", "s"))
    reevaluation, unknown, date_of = (
        (nothing, nothing, no_date) if sheet_rules else _from_dates(lines, people, has_iep, day)
    )
    of_student = {
        "initial": nothing,
        "reevaluation": reevaluation,
        "students_initial": nothing if sheet_rules else np.ones(count),
        "students_reevaluation": unknown,
        "iep": has_iep,
        "plan_504": has_504,
    }
    if len(shares.student) > count:  # else each student has one OT, in the order of the students
        of_student = {name: values[shares.student] * shares.part for name, values in of_student.items()}
    columns = {
        "therapist": shares.therapist,
        "school": shares.school,
        "student": shares.student,
        "line": shares.line,
        "row": lines.row[shares.line],
        "from_sheet": np.zeros(len(shares.student), bool),
        "part": shares.part,
        **of_student,
    }
    row, evaluation_only = evaluations_this_year(roster, day), 0
    if len(row):
        listed, evaluation_only = _from_sheet(roster, row, lines, people, codes, school_codes, no_school, shares)
        cells = EventCells(
            np.concatenate((cells.of_event, len(cells.school) + np.arange(len(listed["part"])))),
            np.concatenate((cells.therapist, listed["therapist"])),
            np.concatenate((cells.school, listed["school"])),
        )
        columns = {name: np.concatenate((values, listed[name])) for name, values in columns.items()}
    events = Events(
        **columns,
        sheet_rules=sheet_rules,
        dated=int((~np.isnat(date_of) & (has_iep > 0)).sum()),
        date_of=date_of,
        evaluation_only=evaluation_only,
    )
    return events, cells


def _shares(lines: Lines, people: People, no_school: int) -> tuple[_Shares, EventCells]:
    """The OT of each student's newest line, and where those events fall.

    Several people of one role share evenly, an OTA's part between the supervising OTs. A part is done at the school
    where the person's newest lines have most minutes; equal schools share it.
    """
    line = newest_lines(lines, people.is_ota)
    part = np.ones(len(line))
    student = lines.student[line]
    several = np.bincount(student, minlength=1)[student] > 1
    if several.any():
        shared, parts = _shared(lines, line[several])
        line, part = np.concatenate((line[~several], shared)), np.concatenate((part[~several], parts))
    pair = lines.pair[line]
    # Who answers and where is a matter of the pairs of person and school, which are few.
    of_pair, ot = responsible_ots(lines.pair_therapist, people)
    school = np.where(lines.pair_school == MISSING, no_school, lines.pair_school)
    many = np.bincount(of_pair, minlength=len(school))
    if len(ot) == len(school):
        cell = pair
    else:
        at, offset = _expanded(many[pair])
        line, part, cell = line[at], part[at] / many[pair[at]], (np.cumsum(many) - many)[pair[at]] + offset
    order = by_code(lines.student[line], len(lines.students))
    line, part, cell = line[order], part[order], cell[order]
    cells = EventCells(cell, ot, school[of_pair])
    return _Shares(lines.student[line], ot[cell], cells.school[cell], line, part, cell), cells


def _shared(lines: Lines, newest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(lines, the part of each student's events that falls to the person and school of each line).

    newest  the lines of students with several newest ones
    """
    who, school = lines.therapist[newest], lines.school[newest]
    order = np.lexsort((newest, school == MISSING, school, who, lines.student[newest]))
    newest, who, school = newest[order], who[order], school[order]
    student, minutes = lines.student[newest], lines.student_minutes[newest]
    person = np.cumsum(_changes(student, who)) - 1
    first = _changes(student, who, school)
    place = np.cumsum(first) - 1
    newest, person, school, minutes = newest[first], person[first], school[first], np.bincount(place, minutes)
    somewhere = school != MISSING
    kept = somewhere | (np.bincount(person, somewhere)[person] == 0)
    most = np.zeros(person.max() + 1)
    np.maximum.at(most, person[kept], minutes[kept])
    kept &= minutes >= most[person] * (1 - SAME_MINUTES)
    newest, person, student = newest[kept], person[kept], lines.student[newest[kept]]
    people_of_student = np.bincount(student[_changes(person)], minlength=len(lines.students))
    return newest, 1 / people_of_student[student] / np.bincount(person)[person]


def _changes(*columns: np.ndarray) -> np.ndarray:
    """Where a row differs from the one before it; the first does."""
    found = np.zeros(len(columns[0]), bool)
    found[:1] = True
    for column in columns:
        found[1:] |= column[1:] != column[:-1]
    return found


def _with_plan(lines: Lines, plan: str) -> np.ndarray:
    """1 for each student with a line in force under that plan, shape (students,)."""
    found = np.zeros(len(lines.students))
    found[lines.student[lines.facts.with_plan(plan)[lines.row]]] = 1
    return found


def _from_dates(
    lines: Lines, people: People, has_iep: np.ndarray, day: date
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Re-evaluations by date, students left to the default rate, and the date of each: shapes (students,)."""
    date_of = newest_date(lines, lines.facts.reevaluations[lines.row], people.is_ota)
    first, last = school_year(day)
    known = ~np.isnat(date_of)
    due = (date_of >= np.datetime64(first, "s")) & (date_of <= np.datetime64(last, "s"))
    return (
        (due & (has_iep > 0)).astype(float),
        (~known & (has_iep > 0)).astype(float),
        date_of,
    )


def _from_sheet(
    roster: Roster,
    row: np.ndarray,
    lines: Lines,
    people: People,
    codes: Codes,
    school_codes: np.ndarray,
    no_school: int,
    shares: _Shares,
) -> tuple[dict[str, np.ndarray], int]:
    """Some Evaluations rows as event columns, and the number of evaluation-only students.

    A row with a name falls to that OT or to the OTA's supervisors; one without to the OTs of the student.
    """
    table = roster.evaluations
    student_names = table["student"].to_numpy()[row]
    known = len(lines.students)
    student = pd.Index(lines.students).get_indexer(pd.Index(student_names)) if known else np.full(len(row), MISSING)
    named = codes.column(table["therapist"].to_numpy()[row])
    own_school = school_codes[roster.once(Posts).evaluated_at[row]]
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
    school = np.where(own_school[at] == MISSING, np.append(shares.school, no_school)[share], own_school[at])
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

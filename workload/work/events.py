"""Evaluations, meetings and reports: how many a year, whose, and in which school (method, section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from workload.model.coding import MISSING, Codes
from workload.model.roster import Roster
from workload.model.school_year import school_year
from workload.work.people import People
from workload.work.posts import Posts
from workload.work.services import Lines, newest_date, newest_rows

SAME_MINUTES = 1e-12  # relative: minutes that differ by less are equal


COUNTS = ("initial", "reevaluation", "students_initial", "students_reevaluation", "iep", "plan_504")


@dataclass(frozen=True, eq=False)
class Own:
    """Who answers for the events of each student: one element for each student, OT and school, with its part of one."""

    row: np.ndarray  # in roster.services, of the newest line behind it
    part: np.ndarray
    cell: np.ndarray  # which (pair of the facts, OT who answers for its person)
    whole: bool  # every part is one


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

    lines: Lines
    own: Own
    of_student: Mapping[str, np.ndarray | bool]  # (students of the file,) who has one; or whether everybody has
    listed: Mapping[str, np.ndarray] | None  # columns of the Evaluations rows, if any fall in the year
    cell_therapist: np.ndarray  # with Unassigned as the last code
    cell_school: np.ndarray  # with No school as the last code
    sheet_rules: bool  # an Evaluations sheet is there
    date_of_file: np.ndarray  # (students of the file,) date of the re-evaluation, NaT for none
    dated: int  # students whose own re-evaluation date ruled
    evaluation_only: int  # distinct students with an evaluation this year and no line in force

    @cached_property
    def happens(self) -> np.ndarray:
        """(cells,) where events fall."""
        return np.bincount(self._cells, minlength=len(self.cell_school)) > 0

    def in_cells(self, name: str) -> np.ndarray:
        """(cells,) sums of one of the counts."""
        found, parts = np.zeros(len(self.cell_school)), None if self.own.whole else self.own.part
        has = self.of_student[name]
        if isinstance(has, bool):
            found += np.bincount(self.own.cell, parts, minlength=len(found)) if has else 0.0
        elif has.any():
            own = has[self._student_in_file]
            found += np.bincount(self.own.cell, own if parts is None else own * parts, minlength=len(found))
        if self.listed is not None:
            found[len(found) - len(self.listed[name]) :] += self.listed[name]
        return found

    @cached_property
    def _student_in_file(self) -> np.ndarray:
        return self.lines.facts.student[self.own.row]

    @property
    def _cells(self) -> np.ndarray:
        if self.listed is None:
            return self.own.cell
        return np.concatenate((self.own.cell, len(self.cell_school) - 1 - np.arange(len(self.listed["part"]))))

    @cached_property
    def date_of(self) -> np.ndarray:
        """(students,) date of the re-evaluation of each student with a line in force, NaT for none."""
        return self.date_of_file[self.lines.seen]

    @cached_property
    def columns(self) -> dict[str, np.ndarray]:
        """All columns, (events,) each."""
        own = columns_of(self.lines, self.own, self.cell_therapist, self.cell_school, self.of_student)
        if self.listed is None:
            return own
        return {name: np.concatenate((values, self.listed[name])) for name, values in own.items()}

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


def columns_of(
    lines: Lines, own: Own, therapist: np.ndarray, school: np.ndarray, of_student: Mapping[str, np.ndarray | bool]
) -> dict[str, np.ndarray]:
    """The columns of the students' own events, in the order of the students."""
    in_file = lines.facts.student[own.row]
    order = np.argsort(in_file, kind="stable")
    row, part, cell, in_file = own.row[order], own.part[order], own.cell[order], in_file[order]
    return {
        "therapist": therapist[cell],
        "school": school[cell],
        "student": (np.cumsum(lines.seen) - 1)[in_file],
        "line": np.searchsorted(lines.row, row),
        "row": row,
        "from_sheet": np.zeros(len(row), bool),
        "part": part,
        **{
            name: (has if isinstance(has, bool) else has[in_file]) * part
            for name, has in ((name, of_student[name]) for name in COUNTS)
        },
    }


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
) -> Events:
    """All events of the school year of the day.

    school_codes  (schools + 1,) the day's code of each school of `Posts`, the last for none
    """
    own, therapist, school = _own(lines, people, no_school)
    facts, seen = lines.facts, lines.seen
    has_iep, has_504 = (facts.has_plan(plan, lines.in_force, seen) for plan in ("IEP", "504"))
    sheet_rules = len(roster.evaluations) > 0
    date_of = np.full(len(seen), np.datetime64("NaT", "s")) if sheet_rules else newest_date(lines, people.is_ota)
    known, (first, last) = ~np.isnat(date_of), school_year(day)
    due = (date_of >= np.datetime64(first, "s")) & (date_of <= np.datetime64(last, "s")) & has_iep
    of_student = {
        "initial": False,
        "reevaluation": due,
        "students_initial": not sheet_rules,
        "students_reevaluation": False if sheet_rules else ~known & has_iep,
        "iep": has_iep,
        "plan_504": has_504 & ~has_iep,  # one team meets: where there is an IEP its meeting is held
    }
    listed, evaluation_only = None, 0
    if len(row := evaluations_this_year(roster, day)):
        shares = columns_of(lines, own, therapist, school, of_student)
        listed, evaluation_only = _from_sheet(roster, row, lines, people, codes, school_codes, no_school, shares)
        therapist, school = (
            np.concatenate((mine, listed[name])) for name, mine in (("therapist", therapist), ("school", school))
        )
    return Events(
        lines=lines,
        own=own,
        of_student=of_student,
        listed=listed,
        cell_therapist=therapist,
        cell_school=school,
        sheet_rules=sheet_rules,
        date_of_file=date_of,
        dated=int((known & has_iep).sum()),
        evaluation_only=evaluation_only,
    )


def _own(lines: Lines, people: People, no_school: int) -> tuple[Own, np.ndarray, np.ndarray]:
    """The OT of each student's newest line; therapist and school of the cells where those events may fall.

    Several people of one role share evenly, an OTA's part between the supervising OTs. A part is done at the school
    where the person's newest lines have most minutes; equal schools share it.
    """
    facts = lines.facts
    single, newest = newest_rows(lines, people.is_ota)
    parts = np.ones(len(newest))
    many_of = np.bincount(facts.student[newest], minlength=1)[facts.student[newest]]
    if (several := many_of > 1).any():
        shared, shares = _shared(lines, newest[several])
        newest, parts = np.concatenate((newest[~several], shared)), np.concatenate((parts[~several], shares))
    row, part = np.concatenate((single, newest)), np.concatenate((np.ones(len(single)), parts))
    # Who answers and where is a matter of the pairs of person and school, which are few.
    of_pair, ot = responsible_ots(lines.pair_therapist, people)
    school = np.where(lines.pair_school == MISSING, no_school, lines.pair_school)
    cell = facts.pair[row]
    if len(ot) > len(school):
        many = np.bincount(of_pair, minlength=len(school))
        at, offset = _expanded(many[cell])
        row, part, cell = row[at], part[at] / many[cell[at]], (np.cumsum(many) - many)[cell[at]] + offset
    return Own(row, part, cell, bool((part == 1).all())), ot, school[of_pair]


def _shared(lines: Lines, newest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(rows, the part of each student's events that falls to the person and school of each row).

    newest  the rows of students with several newest ones
    """
    facts, pair = lines.facts, lines.facts.pair[newest]
    who, school = lines.pair_therapist[pair], lines.pair_school[pair]
    order = np.lexsort((newest, school == MISSING, school, who, facts.student[newest]))
    newest, who, school = newest[order], who[order], school[order]
    student, minutes = facts.student[newest], lines.of_rows.student_minutes[newest]
    person = np.cumsum(_changes(student, who)) - 1
    first = _changes(student, who, school)
    place = np.cumsum(first) - 1
    newest, person, school, minutes = newest[first], person[first], school[first], np.bincount(place, minutes)
    somewhere = school != MISSING
    kept = somewhere | (np.bincount(person, somewhere)[person] == 0)
    most = np.zeros(person.max() + 1)
    np.maximum.at(most, person[kept], minutes[kept])
    kept &= minutes >= most[person] * (1 - SAME_MINUTES)
    newest, person, student = newest[kept], person[kept], facts.student[newest[kept]]
    people_of_student = np.bincount(student[_changes(person)], minlength=len(lines.seen))
    return newest, 1 / people_of_student[student] / np.bincount(person)[person]


def _changes(*columns: np.ndarray) -> np.ndarray:
    """Where a row differs from the one before it; the first does."""
    found = np.zeros(len(columns[0]), bool)
    found[:1] = True
    for column in columns:
        found[1:] |= column[1:] != column[:-1]
    return found


def _from_sheet(
    roster: Roster,
    row: np.ndarray,
    lines: Lines,
    people: People,
    codes: Codes,
    school_codes: np.ndarray,
    no_school: int,
    shares: dict[str, np.ndarray],
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
        np.append(np.searchsorted(shares["student"], np.arange(len(lines.students)), side), 0)[student]
        for side in ("left", "right")
    )
    asks = (student != MISSING) & ((named == MISSING) | (own_school == MISSING))
    at, offset = _expanded(np.where(asks, last - first, 1))
    share = np.where(asks[at], first[at] + offset, np.where(student[at] == MISSING, MISSING, first[at]))
    part = np.where(asks[at], np.append(shares["part"], 1.0)[share], 1.0)
    # Then by the OTs who answer for the person named.
    position, ot = responsible_ots(named[at], people)
    part, at, share = part[position] / np.bincount(position, minlength=len(at))[position], at[position], share[position]
    ot = np.where(named[at] == MISSING, np.append(shares["therapist"], people.unassigned)[share], ot)
    line = np.append(shares["line"], MISSING)[share]
    school = np.where(own_school[at] == MISSING, np.append(shares["school"], no_school)[share], own_school[at])
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

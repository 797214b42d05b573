"""Service lines: which count on the day, what each owes the student, what it costs the therapist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from workload.model.coding import MISSING
from workload.model.parameters import Assumptions
from workload.model.roster import COUNTED, Roster
from workload.work.facts import Facts

IN_FORCE, ESY, NOT_STARTED, ENDED, SUPERSEDED, DUPLICATE = range(6)
FATES = (COUNTED, "esy", "not-started", "ended", "superseded", "duplicate")


def fates(roster: Roster, day: date, renewed: np.ndarray | None = None) -> np.ndarray:
    """How each service row ends on the day: codes into `FATES`, shape (rows,).

    renewed  rows that go on although their date has passed (`work.renewals.carried`); none where it is left out

    Extended-school-year lines are outside the regular year. Old and new lines of one student, service,
    delivery, school and setting that are both in force: the newest start wins; lines that start together
    all count. Rows that are alike in every column count once.
    """
    facts, on = roster.once(Facts), np.datetime64(day, "s").astype(np.int64)
    fate = np.full(len(roster.services), IN_FORCE)
    rows, ends = facts.ends
    over = rows[ends < on]
    fate[over if renewed is None else over[~renewed[over]]] = ENDED
    fate[facts.start > on] = NOT_STARTED
    fate[facts.esy] = ESY
    rivals, promise = facts.rivals
    at = np.flatnonzero(fate[rivals] == IN_FORCE)
    if not len(at):
        return fate
    begun, newest = facts.start[rivals], np.full(promise.max() + 1, np.iinfo(np.int64).min)
    np.maximum.at(newest, promise[at], begun[at])
    late = begun[at] == newest[promise[at]]
    fate[rivals[at[~late]]] = SUPERSEDED
    at = at[late]
    first = np.full(facts.alike.max() + 1, len(rivals))
    np.minimum.at(first, facts.alike[at], at)
    fate[rivals[at[first[facts.alike[at]] != at]]] = DUPLICATE
    return fate


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines in force, one array element each. Minutes are for the instructional year.

    `row` is the position in `roster.services`; `therapist` and `school` are codes (`MISSING`: none).
    """

    facts: Facts
    row: np.ndarray
    pair: np.ndarray  # which (person named, school) of the facts
    pair_named: np.ndarray  # (pairs,) the day's code of the person named
    pair_therapist: np.ndarray  # (pairs,) likewise, nobody where that person is not in post on the day
    pair_school: np.ndarray  # (pairs,) the day's code of the school
    student: np.ndarray
    students: np.ndarray  # pseudonyms in code order
    student_minutes: np.ndarray
    therapist_minutes: np.ndarray
    visits: np.ndarray  # sessions a year, consult included
    is_consult: np.ndarray
    is_renewed: np.ndarray  # (rows,) in force because its review renews it

    @cached_property
    def named(self) -> np.ndarray:
        """Who is named, in post or not."""
        return self.pair_named[self.pair]

    @cached_property
    def therapist(self) -> np.ndarray:
        """Nobody where the person named is not in post on the day."""
        return self.pair_therapist[self.pair]

    @cached_property
    def school(self) -> np.ndarray:
        return self.pair_school[self.pair]

    @cached_property
    def sessions(self) -> np.ndarray:
        """Direct sessions a year; 0 for consult."""
        return np.where(self.is_consult, 0.0, self.visits)

    @cached_property
    def group_size_unknown(self) -> np.ndarray:
        return self.facts.unsized[self.row]

    @cached_property
    def start(self) -> np.ndarray:
        """As integers, a missing start smallest."""
        return self.facts.start[self.row]

    @cached_property
    def renewed(self) -> np.ndarray:
        return self.is_renewed[self.row]

    @cached_property
    def order(self) -> np.ndarray:
        """Positions from the oldest line to the newest, for what a line says of its student (a grade, a date)."""
        return np.lexsort((self.school, self.student_minutes, self.start))


def lines_in_force(
    roster: Roster,
    row: np.ndarray,
    renewed: np.ndarray,
    therapist_codes: np.ndarray,
    in_post: np.ndarray,
    school_codes: np.ndarray,
    assumptions: Assumptions,
) -> Lines:
    """The lines that count, with student and therapist minutes (method, section 2).

    row              positions of the lines in force
    therapist_codes  (people + 1,) the day's code of each person of the facts, the last for nobody; likewise schools
    in_post          (people + 1,) who is in post on the day; the lines of the others have nobody
    """
    facts = roster.once(Facts)
    student_minutes, visits = facts.in_year(assumptions)
    named = therapist_codes[facts.pair_named]
    student, students = _reranked(facts.student[row], roster.coded["student"].names)
    return Lines(
        facts=facts,
        row=row,
        pair=facts.pair[row],
        pair_named=named,
        pair_therapist=np.where(in_post[facts.pair_named], named, MISSING),
        pair_school=school_codes[facts.pair_school],
        student=student,
        students=students,
        student_minutes=student_minutes[row],
        therapist_minutes=_therapist_minutes(facts, student_minutes, row)[row],
        visits=visits[row],
        is_consult=facts.is_consult[row],
        is_renewed=renewed,
    )


def _reranked(codes: np.ndarray, names: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Codes without gaps, and the names that still occur."""
    seen = np.zeros(len(names), bool)
    seen[codes] = True
    return (codes, names) if seen.all() else ((np.cumsum(seen) - 1)[codes], names[seen])


def _therapist_minutes(facts: Facts, student_minutes: np.ndarray, row: np.ndarray) -> np.ndarray:
    """Therapist minutes of each row, shape (rows,). A group session costs its longest member in force once."""
    minutes = student_minutes / facts.share_one
    rows, group, member, of_member = facts.groups
    if len(rows):
        in_force = np.zeros(len(minutes), bool)
        in_force[row] = True
        own = student_minutes[rows] * in_force[rows]
        of_one = np.bincount(member, own)  # a student with two lines in a group is one member
        longest = np.zeros(group.max() + 1)
        np.maximum.at(longest, of_member, of_one)
        together = np.bincount(group, own)
        share = np.divide(longest, together, out=np.zeros_like(longest), where=together > 0)
        minutes[rows] = own * share[group]
    return minutes


def newest_lines(lines: Lines, is_ota: np.ndarray) -> np.ndarray:
    """Positions of each student's newest lines: one, or several that no rule tells apart.

    Newest is the latest start; among equals an OT's line goes before an OTA's, and that before one with nobody.

    is_ota  by therapist code, the last is nobody
    """
    at = np.flatnonzero(np.bincount(lines.student, minlength=1)[lines.student] > 1)  # a single line is the newest
    student = lines.student[at]
    latest = _greatest(student, lines.facts.start[lines.row[at]])
    best = latest.copy()
    best[latest] = _greatest(student[latest], _rank(lines, at[latest], is_ota))
    older = np.zeros(len(lines.row), bool)
    older[at[~best]] = True
    return np.flatnonzero(~older)


def newest_date(lines: Lines, dates: np.ndarray, is_ota: np.ndarray) -> np.ndarray:
    """The date of each student's newest line that has one; shape (students,), NaT for none.

    Of equally new lines the OT's speaks, then the later date.

    dates  (lines,)
    """
    found = np.full(len(lines.students), np.datetime64("NaT", "s"))
    at = np.flatnonzero(~np.isnat(dates))
    found[lines.student[at]] = dates[at]
    at = at[np.bincount(lines.student[at], minlength=1)[lines.student[at]] > 1]  # who has one date is done
    at = at[_greatest(lines.student[at], lines.facts.start[lines.row[at]])]
    at = at[_greatest(lines.student[at], _rank(lines, at, is_ota))]
    at = at[_greatest(lines.student[at], dates[at].astype(np.int64))]
    found[lines.student[at]] = dates[at]
    return found


def _greatest(codes: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Where a whole number is the greatest of its code."""
    greatest = np.full(codes.max(initial=-1) + 1, np.iinfo(np.int64).min)
    np.maximum.at(greatest, codes, values)
    return values == greatest[codes]


def _rank(lines: Lines, at: np.ndarray, is_ota: np.ndarray) -> np.ndarray:
    """2 for a line of an OT, 1 of an OTA, 0 where nobody serves; of the lines at some positions."""
    therapist = lines.pair_therapist[lines.pair[at]]
    return np.where(therapist == MISSING, 0, np.where(is_ota[therapist], 1, 2))

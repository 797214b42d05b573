"""Service lines: which count on the day, what each owes the student, what it costs the therapist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from workload.model.coding import MISSING
from workload.model.parameters import Assumptions
from workload.model.roster import COUNTED, Roster
from workload.work.row_facts import NOBODY, OT, OTA, Facts, InYear
from workload.work.there import There

IN_FORCE, ESY, NOT_STARTED, ENDED, SUPERSEDED, DUPLICATE = range(6)
NO_DATE = np.datetime64("NaT", "s").astype(np.int64)  # the smallest integer
FATES = (COUNTED, "esy", "not-started", "ended", "superseded", "duplicate")


def fates(roster: Roster, day: date, renewed: np.ndarray | None = None) -> np.ndarray:
    """How each service row ends on the day: codes into `FATES`, shape (rows,).

    renewed  rows that go on although their date has passed (`work.renewals.carried`); none where it is left out

    Extended-school-year lines are outside the regular year. Old and new lines of one student, service,
    delivery, school and setting that are both in force: the newest start wins; lines that start together
    all count. Rows that are alike in every column count once.
    """
    facts, on = roster.once(Facts), np.datetime64(day, "s").astype(np.int64)
    fate = np.where(facts.start > on, np.int8(NOT_STARTED), np.int8(IN_FORCE))
    rows, ends = facts.ends
    over = rows[ends < on]
    over = over[fate[over] == IN_FORCE]
    fate[over if renewed is None else over[~renewed[over]]] = ENDED
    fate[facts.esy] = ESY
    rivals, promise = facts.rivals
    at = np.flatnonzero(fate[rivals] == IN_FORCE)
    if not len(at):
        return fate
    begun, newest = facts.start[rivals], np.full(len(rivals), np.iinfo(np.int64).min)
    np.maximum.at(newest, promise[at], begun[at])
    late = begun[at] == newest[promise[at]]
    fate[rivals[at[~late]]] = SUPERSEDED
    at = at[late]
    first = np.full(len(rivals), len(rivals))
    np.minimum.at(first, facts.alike[at], at)
    fate[rivals[at[first[facts.alike[at]] != at]]] = DUPLICATE
    return fate


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines in force, one array element each. Minutes are for the instructional year.

    `row` is the position in `roster.services`; `therapist` and `school` are codes (`MISSING`: none).
    """

    facts: Facts
    in_force: np.ndarray  # (rows,) of all rows of the file; what is `of_rows` is of them, too
    out: np.ndarray  # the other rows
    pair_named: np.ndarray  # (pairs,) the day's code of the person named in each pair of the facts
    pair_therapist: np.ndarray  # (pairs,) likewise, nobody where that person is not in post on the day
    pair_school: np.ndarray  # (pairs,) the day's code of the school
    of_rows: InYear
    therapist_minutes_of_rows: np.ndarray  # means nothing for lines that are not in force
    renewed_of_rows: np.ndarray  # in force because its review renews it

    @cached_property
    def row(self) -> np.ndarray:
        return np.flatnonzero(self.in_force)

    @cached_property
    def seen(self) -> np.ndarray:
        """(students of the file,) who has a line in force."""
        found = np.zeros(self.facts.students, bool)
        found[self.facts.student[self.row]] = True
        return found

    @cached_property
    def out_single(self) -> np.ndarray:
        """Rows that are not in force of students who have no other row."""
        return self.out[self.facts.is_single[self.out]]

    @cached_property
    def singles_of_pair(self) -> np.ndarray:
        """(pairs,) students with one row in the file, which is in force."""
        gone = np.bincount(self.facts.pair[self.out_single], minlength=len(self.pair_school))
        return self.facts.singles_of_pair - gone

    @cached_property
    def several_in_force(self) -> np.ndarray:
        """(rows of `Facts.several`,) which are in force."""
        return self.in_force[self.facts.several.row]

    @property
    def caseload(self) -> int:
        """Students with a line in force."""
        several = self.facts.several
        return int(self.singles_of_pair.sum() + np.count_nonzero(np.bincount(several.student[self.several_in_force])))

    @cached_property
    def pair(self) -> np.ndarray:
        """Which (person named, school) of the facts."""
        return self.facts.pair[self.row]

    @cached_property
    def student(self) -> np.ndarray:
        codes = self.facts.student[self.row]
        return codes if self.seen.all() else (np.cumsum(self.seen) - 1)[codes]

    @cached_property
    def students(self) -> np.ndarray:
        """Pseudonyms in code order."""
        return self.facts.coded["student"].names[self.seen]

    @cached_property
    def student_minutes(self) -> np.ndarray:
        return self.of_rows.student_minutes[self.row]

    @cached_property
    def therapist_minutes(self) -> np.ndarray:
        return self.therapist_minutes_of_rows[self.row]

    @cached_property
    def visits(self) -> np.ndarray:
        """Sessions a year, consult included."""
        return self.of_rows.visits[self.row]

    @cached_property
    def is_consult(self) -> np.ndarray:
        return self.facts.is_consult[self.row]

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
        """In force because its review renews it."""
        return self.renewed_of_rows[self.row]

    @cached_property
    def order(self) -> np.ndarray:
        """Positions from the oldest line to the newest, for what a line says of its student (a grade, a date)."""
        return np.lexsort((self.school, self.student_minutes, self.start))


def lines_in_force(
    facts: Facts,
    out: np.ndarray,
    renewed: np.ndarray,
    people: There,
    schools: There,
    assumptions: Assumptions,
) -> Lines:
    """The lines that count, with student and therapist minutes (method, section 2).

    out      the rows that do not
    renewed  (rows,) which do because their review renews them
    """
    of_rows, named = facts.in_year(assumptions), people.code[facts.pair_named]
    in_force = np.ones(len(renewed), bool)
    in_force[out] = False
    return Lines(
        facts=facts,
        in_force=in_force,
        out=out,
        pair_named=named,
        pair_therapist=np.where(people.apart[facts.pair_named], named, MISSING),
        pair_school=schools.code[facts.pair_school],
        of_rows=of_rows,
        therapist_minutes_of_rows=_therapist_minutes(facts, of_rows, in_force),
        renewed_of_rows=renewed,
    )


def _therapist_minutes(facts: Facts, of_rows: InYear, in_force: np.ndarray) -> np.ndarray:
    """Therapist minutes of each row, shape (rows,). A group session costs its longest member in force once."""
    rows, group, member, of_member = facts.groups
    if not len(rows):
        return of_rows.alone
    minutes, own = of_rows.alone.copy(), of_rows.student_minutes[rows] * in_force[rows]
    of_one = np.bincount(member, own)  # a student with two lines in a group is one member
    together = np.bincount(group, own)
    longest = np.zeros_like(together)
    np.maximum.at(longest, of_member, of_one)
    minutes[rows] = own * np.divide(longest, together, out=np.zeros_like(longest), where=together != 0)[group]
    return minutes


def newest_rows(lines: Lines, is_ota: np.ndarray) -> np.ndarray:
    """Which of the rows of students with several rows are the newest in force: positions in `Facts.several`.

    Newest is the latest start; among equals an OT's line goes before an OTA's, and that before one with nobody. A
    student can have several that no rule tells apart.

    is_ota  by therapist code, the last is nobody
    """
    return _newest(lines, is_ota, lines.several_in_force)


def newest_date(lines: Lines, is_ota: np.ndarray, newest: np.ndarray) -> np.ndarray:
    """The date of the re-evaluation of each student with several rows, from the newest line that has one; NaT for none.

    Of equally new lines the OT's speaks, then the later date.

    newest  the newest rows; where one of a student's has a date, no older line speaks
    """
    several = lines.facts.several
    dates, found = several.reevaluation, np.full(several.students, NO_DATE)
    np.maximum.at(found, several.student[newest], dates[newest])
    older = (found == NO_DATE)[several.student] & (dates != NO_DATE)
    if older.any():
        at = _newest(lines, is_ota, older & lines.several_in_force)
        np.maximum.at(found, several.student[at], dates[at])
    return found.astype("datetime64[s]")


def _newest(lines: Lines, is_ota: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Of some rows of students with several the newest of each student: positions in `Facts.several`."""
    several = lines.facts.several
    rank = np.where(is_ota[lines.pair_therapist], OTA, OT)
    rank[lines.pair_therapist == MISSING] = NOBODY
    return several.greatest(rows, several.begun + rank[several.pair])

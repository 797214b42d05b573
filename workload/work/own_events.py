"""The events of each student's own plan: at whom they fall, and where (method, section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from workload.model.coding import MISSING
from workload.model.roster import Roster
from workload.work.people import People
from workload.work.row_facts import Facts
from workload.work.services import Lines, newest_date, newest_rows

SAME_MINUTES = 1e-12  # relative: minutes that differ by less are equal
COUNTS = ("initial", "reevaluation", "students_initial", "students_reevaluation", "iep", "plan_504")
EVERYBODY = "everybody"
Year = tuple[date, date]


class Brought:
    """What students add to the counts in a school year, and for those with one row of the file where."""

    def __init__(self, roster: Roster):
        self.facts = roster.once(Facts)
        self.sheet_rules = len(roster.evaluations) > 0
        self._kept: tuple[Year, dict[str, np.ndarray]] | None = None

    def by(self, has_iep: np.ndarray, has_504: np.ndarray, date_of: np.ndarray, year: Year) -> dict[str, np.ndarray]:
        """{count: which of some students add one to it}, from their plans in force and dates of re-evaluation."""
        assumed = np.full(len(has_iep), not self.sheet_rules)  # an Evaluations sheet rules alone
        first, last = (np.datetime64(each, "s") for each in year)
        return {
            "initial": np.zeros(len(has_iep), bool),
            "reevaluation": has_iep & (date_of >= first) & (date_of <= last) & assumed,
            "students_initial": assumed,
            "students_reevaluation": has_iep & np.isnat(date_of) & assumed,
            "iep": has_iep,
            "plan_504": has_504 & ~has_iep,  # one team meets: where there is an IEP its meeting is held
        }

    def by_rows(self, rows: np.ndarray, year: Year) -> dict[str, np.ndarray]:
        """The same of students who have one row each."""
        under = self.facts.under_plan
        return self.by(under["IEP"][rows], under["504"][rows], self.facts.reevaluations[rows], year)

    def in_pairs(self, lines: Lines, year: Year) -> dict[str, np.ndarray]:
        """{count: (pairs,) sums} of students with one row."""
        kept = self._kept  # looked at once: sessions that share a roster ask for different years at the same time
        if kept is None or kept[0] != year:
            self._kept = kept = (year, self._summed(np.flatnonzero(self.facts.is_single), year))
        if not len(lines.out_single):
            return kept[1]
        without = self._summed(lines.out_single, year)
        return {name: sums - without[name] for name, sums in kept[1].items()}

    def _summed(self, rows: np.ndarray, year: Year) -> dict[str, np.ndarray]:
        pair, pairs = self.facts.pair[rows], len(self.facts.pair_school)
        return {
            name: np.bincount(pair, has, minlength=pairs) if has.any() else np.zeros(pairs)
            for name, has in self.by_rows(rows, year).items()
        }


@dataclass(frozen=True, eq=False)
class Newest:
    """Whose lines speak for the students with several rows: one element for each student, person and school."""

    row: np.ndarray  # in roster.services
    part: np.ndarray  # of one
    student: np.ndarray  # which of the students with several rows
    brings: Mapping[str, np.ndarray]  # (students with several rows,) which of them add one to a count
    date_of: np.ndarray  # (students with several rows,) date of the re-evaluation, NaT for none


@dataclass(frozen=True, eq=False)
class Own:
    """The events of the students with a line in force, and at whom and where they fall.

    Whom and where is a matter of the pairs of person and school, which are few; the students stand for themselves only
    where somebody opens the columns. Shapes: (cells,) where no other is said.
    """

    lines: Lines
    brought: Brought
    year: Year
    newest: Newest
    pair: np.ndarray  # the pair of the facts
    among: np.ndarray  # how many OTs answer for the pair's person: each has an equal part
    therapist: np.ndarray  # code of an OT who answers for the pair's person, Unassigned last
    school: np.ndarray  # code, No school last

    @cached_property
    def _single_in_pairs(self) -> dict[str, np.ndarray]:
        return {EVERYBODY: self.lines.singles_of_pair, **self.brought.in_pairs(self.lines, self.year)}

    @cached_property
    def _pair_of_newest(self) -> np.ndarray:
        return self.lines.facts.pair[self.newest.row]

    def in_cells(self, name: str) -> np.ndarray:
        """Sums of one of the counts, or of everybody."""
        sums, newest = self._single_in_pairs[name], self.newest
        if name == EVERYBODY:
            sums = sums + np.bincount(self._pair_of_newest, newest.part, minlength=len(sums))
        elif newest.brings[name].any():
            brings = newest.brings[name][newest.student] * newest.part
            sums = sums + np.bincount(self._pair_of_newest, brings, minlength=len(sums))
        return sums if len(self.pair) == len(sums) else sums[self.pair] / self.among  # one OT for each pair, or several

    @property
    def dated(self) -> int:
        """Students with an IEP whose own date of re-evaluation rules."""
        if self.brought.sheet_rules:
            return 0
        single, several = self._single_in_pairs, self.newest.brings
        return int(
            single["iep"].sum()
            - single["students_reevaluation"].sum()
            + several["iep"].sum()
            - several["students_reevaluation"].sum()
        )

    @cached_property
    def single_rows(self) -> np.ndarray:
        """Rows in force of the students who have no other row."""
        facts = self.lines.facts
        return self.lines.row[facts.is_single[self.lines.row]]

    @cached_property
    def date_of(self) -> np.ndarray:
        """(students with a line in force,) date of the re-evaluation, NaT for none."""
        facts, seen = self.lines.facts, self.lines.seen
        found = np.full(len(seen), np.datetime64("NaT", "s"))
        if not self.brought.sheet_rules:
            found[facts.student[self.single_rows]] = facts.reevaluations[self.single_rows]
            found[facts.student[facts.several.row]] = self.newest.date_of[facts.several.student]
        return found[seen]

    @cached_property
    def columns(self) -> dict[str, np.ndarray]:
        """The columns of `Events`, in the order of the students."""
        facts, single, newest = self.lines.facts, self.single_rows, self.newest
        row, part = np.concatenate((single, newest.row)), np.concatenate((np.ones(len(single)), newest.part))
        of_single = self.brought.by_rows(single, self.year)
        counts = {
            name: np.concatenate((of_single[name], newest.brings[name][newest.student])).astype(float)
            for name in COUNTS
        }
        # A pair's cells stand together.
        many = np.bincount(self.pair, minlength=len(facts.pair_school))
        order = np.argsort(facts.student[row], kind="stable")
        at, offset = expanded(many[facts.pair[row[order]]])
        at = order[at]
        row = row[at]
        cell = (np.cumsum(many) - many)[facts.pair[row]] + offset
        part = part[at] / self.among[cell]
        return {
            "therapist": self.therapist[cell],
            "school": self.school[cell],
            "student": (np.cumsum(self.lines.seen) - 1)[facts.student[row]],
            "line": np.searchsorted(self.lines.row, row),
            "row": row,
            "from_sheet": np.zeros(len(row), bool),
            "part": part,
            **{name: values[at] * part for name, values in counts.items()},
        }


def responsible_ots(therapist: np.ndarray, people: People) -> tuple[np.ndarray, np.ndarray]:
    """The OTs who answer for the work of each therapist code: an OTA's supervisors, else Unassigned.

    Returns (position in `therapist`, code of an OT); a position stands as often as it has OTs.
    """
    flat, many = people.answering
    who = np.where(therapist == MISSING, people.unassigned, therapist)
    if len(flat) == len(many):  # one OT for everybody
        return np.arange(len(who)), flat[who]
    position, offset = expanded(many[who])
    return position, flat[(np.cumsum(many) - many)[who[position]] + offset]


def expanded(many: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each position as often as it is counted, and the number of the repetition from zero."""
    position = np.repeat(np.arange(len(many)), many)
    return position, np.arange(len(position)) - (np.cumsum(many) - many)[position]


def own_events(roster: Roster, lines: Lines, people: People, no_school: int, year: Year) -> Own:
    """The OT of each student's newest line, and where that student's events may fall.

    Several people of one role share evenly, an OTA's part between the supervising OTs. A part is done at the school
    where the person's newest lines have most minutes; equal schools share it.
    """
    brought, (pair, ot) = roster.once(Brought), responsible_ots(lines.pair_therapist, people)
    school = np.where(lines.pair_school == MISSING, no_school, lines.pair_school)
    many = np.bincount(pair, minlength=len(school))
    return Own(lines, brought, year, _newest(brought, lines, people, year), pair, many[pair], ot, school[pair])


def _newest(brought: Brought, lines: Lines, people: People, year: Year) -> Newest:
    several, at = lines.facts.several, newest_rows(lines, people.is_ota)
    date_of = newest_date(lines, people.is_ota, at)
    iep, plan_504 = (several.has(lines.several_in_force & several.under_plan[plan]) for plan in ("IEP", "504"))
    rows, student = several.row[at], several.student[at]
    brings = brought.by(iep, plan_504, date_of, year)
    parts, many = np.ones(len(rows)), (np.bincount(student) > 1)[student]
    if many.any():
        shared, theirs, shares = _shared(lines, rows[many], student[many])
        rows, student = (np.concatenate(each) for each in ((rows[~many], shared), (student[~many], theirs)))
        parts = np.concatenate((parts[~many], shares))
    return Newest(rows, parts, student, brings, date_of)


def _shared(lines: Lines, newest: np.ndarray, student: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(rows, their students, the part of each student's events that falls to the person and school of each row).

    newest, student  the rows of students with several newest ones
    """
    pair = lines.facts.pair[newest]
    who, school = lines.pair_therapist[pair], lines.pair_school[pair]
    order = np.lexsort((newest, school, who, student))
    newest, who, school, student = newest[order], who[order], school[order], student[order]
    minutes = lines.of_rows.student_minutes[newest]
    person = np.cumsum(_changes(student, who)) - 1
    first = _changes(student, who, school)
    place = np.cumsum(first) - 1
    newest, student, person, school = newest[first], student[first], person[first], school[first]
    minutes = np.bincount(place, minutes)
    somewhere = school != MISSING
    kept = somewhere | (np.bincount(person, somewhere)[person] == 0)
    most = np.zeros(len(minutes))
    np.maximum.at(most, person[kept], minutes[kept])
    kept &= minutes >= most[person] * (1 - SAME_MINUTES)
    newest, person, student = newest[kept], person[kept], student[kept]
    people_of_student = np.bincount(student[_changes(person)])
    return newest, student, 1 / people_of_student[student] / np.bincount(person)[person]


def _changes(*columns: np.ndarray) -> np.ndarray:
    """Where a row differs from the one before it; the first does."""
    found = np.zeros(len(columns[0]), bool)
    found[:1] = True
    for column in columns:
        found[1:] |= column[1:] != column[:-1]
    return found

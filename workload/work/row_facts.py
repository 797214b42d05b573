"""What no day and no assumption changes of a roster's tables: worked out once and kept with it.

Another day is then masks over these codes and sums by them. Codes are of every name that the file holds; a day on
which some of them do not occur leaves those out (`demand`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from workload.model.coding import MISSING, ranks
from workload.model.parameters import Assumptions
from workload.model.roster import Roster
from workload.model.school_year import periods_in_year
from workload.work.posts import Posts

MINUTES_OF_A_USUAL_SESSION = 30  # where a plan states only total minutes: max(1, minutes / 30) sessions a period
PROMISE = ("service", "delivery", "setting", "school")  # and the student
WHERE_IT_STANDS = ["file", "sheet", "row", "as_written"]
RANKS = KINDS = 3
NOBODY, OTA, OT = range(RANKS)  # who decides between lines that start together: the greatest
DIRECT, UNSIZED, CONSULT = range(KINDS)  # of lines; the unsized are direct, too


@dataclass(frozen=True, eq=False)
class InYear:
    """Amounts of each service row in the instructional year, shape (rows,)."""

    student_minutes: np.ndarray
    alone: np.ndarray  # therapist minutes where no named group shares them
    visits: np.ndarray  # sessions, consult included


@dataclass(frozen=True, eq=False)
class Loads:
    """The students with several rows of some people or schools; entries are the different (whose, student)."""

    entry: np.ndarray  # (rows of `Several`,) of each row
    whose: np.ndarray  # (entries,) code of a person or school
    student: np.ndarray  # (entries,)
    students: int  # with several rows, how many they are

    def counted(self, rows: np.ndarray, together: np.ndarray) -> tuple[np.ndarray, int]:
        """(different students of each person or school, different students of some of them together).

        rows      (rows of `Several`,) whether a row counts
        together  (people or schools,) who is counted together
        """
        there = np.zeros(len(self.whose), bool)
        there[self.entry[rows]] = True
        different = np.zeros(self.students, bool)
        different[self.student[there & together[self.whose]]] = True
        return np.bincount(self.whose[there], minlength=len(together)), int(np.count_nonzero(different))


@dataclass(frozen=True, eq=False)
class Several:
    """Rows of the students who have more than one, in the order of the students. Shapes: (these rows,)."""

    row: np.ndarray
    student: np.ndarray  # which of these students it is, from zero
    first: np.ndarray  # (students,) where the rows of each begin
    pair: np.ndarray  # of person named and school
    begun: np.ndarray  # greater for a later start, by steps of `RANKS`
    under_plan: dict[str, np.ndarray]  # {plan: whether the row stands under it}
    reevaluation: np.ndarray  # date in seconds, as an integer; the smallest where there is none

    @property
    def students(self) -> int:
        """How many students have several rows."""
        return len(self.first)

    def has(self, rows: np.ndarray) -> np.ndarray:
        """(students,) who has one of some rows."""
        return np.logical_or.reduceat(rows, self.first) if self.students else rows

    def greatest(self, rows: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Positions of the rows with the greatest whole number of their student's, some rows alone looked at."""
        if not self.students:
            return self.row
        values = np.where(rows, values, np.iinfo(np.int64).min)
        return np.flatnonzero(rows & (values == np.maximum.reduceat(values, self.first)[self.student]))


class Facts:
    """Of the service lines: dates, codes, amounts for a period, and which lines have to do with one another.

    Shapes: (rows,) of `roster.services` where no other is said.
    """

    def __init__(self, roster: Roster):
        self.services, self.coded = roster.services, roster.coded
        self.posts = roster.once(Posts)
        self._in_year: tuple[tuple[float, ...], InYear] | None = None

    def column(self, name: str) -> np.ndarray:
        """A column as it stands in the table."""
        return self.services[name].to_numpy()

    # -- dates

    @cached_property
    def start(self) -> np.ndarray:
        """Seconds; a missing start is the smallest integer, so that a line without one is the oldest."""
        return self.column("start").astype("datetime64[s]").astype(np.int64)

    @cached_property
    def ends(self) -> tuple[np.ndarray, np.ndarray]:
        """(rows that have an end, that end in seconds)."""
        end = self.column("end").astype("datetime64[s]")
        at = np.flatnonzero(~np.isnat(end))
        return at, end[at].astype(np.int64)

    @cached_property
    def esy(self) -> np.ndarray:
        """Rows of the extended school year."""
        return np.flatnonzero(self.column("esy"))

    # -- lines that may replace one another

    @cached_property
    def rivals(self) -> tuple[np.ndarray, np.ndarray]:
        """(rows that share student, service, delivery, school and setting with another row, which promise it is)."""
        rows = np.flatnonzero(~self.is_single)  # a single line has no rival
        promise = self.student[rows]
        for name in PROMISE:
            promise = _joined(promise, self.coded[name].codes[rows])
        several = np.bincount(promise)[promise] > 1
        return rows[several], ranks(promise[several])[0]

    @cached_property
    def alike(self) -> np.ndarray:
        """One integer for each rival; rows with the same in every column that is not a place in the file have the same."""
        rows, promise = self.rivals
        together = _joined(promise, self.start[rows])
        twins = np.flatnonzero(np.bincount(together)[together] > 1)
        content = self.services.iloc[rows[twins]].drop(columns=WHERE_IT_STANDS)
        same = together[twins]
        for name in content.columns:
            same = _joined(same, pd.factorize(content[name].to_numpy())[0])
        found = len(rows) + np.arange(len(rows))
        found[twins] = same
        return ranks(found)[0]

    # -- who and where

    @cached_property
    def _pairs(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        width = len(self.posts.schools) + 1
        named = self.coded["therapist"].into(self.posts.codes)
        named = np.where(named == MISSING, len(self.posts.codes), named)
        school = self.coded["school"].into(self.posts.schools)
        school = np.where(school == MISSING, width - 1, school)
        pair, keys = _in_order(*ranks(named * width + school))  # so that the pairs of a day stand nearly in order
        return pair, keys // width, keys % width

    @property
    def pair(self) -> np.ndarray:
        """Which (person named, school) each row speaks of."""
        return self._pairs[0]

    @property
    def pair_named(self) -> np.ndarray:
        """(pairs,) code of the person named; the last code where nobody is."""
        return self._pairs[1]

    @property
    def pair_school(self) -> np.ndarray:
        """(pairs,) code of the school; the last code where none is."""
        return self._pairs[2]

    @cached_property
    def student(self) -> np.ndarray:
        """Codes into the names of `coded["student"]`."""
        return self.coded["student"].codes.astype(np.int64)

    # -- students: most have one line, of which all is known whatever the day

    @property
    def students(self) -> int:
        """How many students the file has."""
        return len(self.coded["student"].names)

    @cached_property
    def is_single(self) -> np.ndarray:
        """Whether the row's student has no other row."""
        return (np.bincount(self.student) == 1)[self.student]

    @cached_property
    def several(self) -> Several:
        """The rows of the students who have more than one."""
        rows = np.flatnonzero(~self.is_single)
        rows = rows[np.argsort(self.student[rows], kind="stable")]
        student = ranks(self.student[rows])[0]
        return Several(
            row=rows,
            student=student,
            first=np.unique(student, return_index=True)[1],
            pair=self.pair[rows],
            begun=np.unique_inverse(self.start[rows])[1] * RANKS,
            under_plan={plan: under[rows] for plan, under in self.under_plan.items()},
            reevaluation=self.reevaluations[rows].astype(np.int64),
        )

    @cached_property
    def singles_of_pair(self) -> np.ndarray:
        """(pairs,) rows of students who have no other row."""
        return np.bincount(self.pair[self.is_single], minlength=len(self.pair_school))

    @cached_property
    def of_named(self) -> Loads:
        """The students with several rows of each person named."""
        return self._loads(self.pair_named)

    @cached_property
    def of_school(self) -> Loads:
        """The same of each school."""
        return self._loads(self.pair_school)

    def _loads(self, of_pair: np.ndarray) -> Loads:
        several = self.several
        entry, keys = ranks(of_pair[several.pair] * several.students + several.student)
        return Loads(entry, *np.divmod(keys, several.students), several.students)

    @cached_property
    def under_plan(self) -> dict[str, np.ndarray]:
        """{plan: whether the row stands under it}."""
        return {plan: self.coded["plan"].is_(plan) for plan in ("IEP", "504")}

    @cached_property
    def rows_of_pair(self) -> np.ndarray:
        """(pairs,) how many rows each pair has."""
        return np.bincount(self.pair, minlength=len(self.pair_school))

    def pairs_without(self, out: np.ndarray) -> np.ndarray:
        """(pairs,) which have a row left where some rows do not count."""
        return self.rows_of_pair > np.bincount(self.pair[out], minlength=len(self.rows_of_pair))

    @cached_property
    def pair_and_kind(self) -> np.ndarray:
        """The pair and the kind of each row in one integer: what sums of lines are made by."""
        kind = np.where(self.is_consult, CONSULT, np.where(self.unsized, UNSIZED, DIRECT))
        return self.pair + kind * len(self.pair_school)

    # -- amounts

    @cached_property
    def is_consult(self) -> np.ndarray:
        return self.coded["delivery"].is_("consult")

    @cached_property
    def per_period(self) -> np.ndarray:
        """Student minutes in a period, NaN where nothing says them."""
        total = self.column("total_minutes")
        return np.where(np.isnan(total), self.column("minutes_per_session") * self.column("sessions"), total)

    @cached_property
    def sessions_per_period(self) -> np.ndarray:
        """Sessions in a period, consult included: as stated, else what the minutes ask for."""
        sessions, minutes = self.column("sessions"), self.per_period
        unstated = np.where(minutes > 0, np.maximum(1, minutes / MINUTES_OF_A_USUAL_SESSION), 0.0)
        return np.where(np.isnan(sessions), unstated, sessions)

    def in_year(self, assumptions: Assumptions) -> InYear:
        """What each line owes in the instructional year; kept for the calendar that was asked for last."""
        names = self.coded["period"].names
        times = tuple(float(periods_in_year(name, assumptions)) for name in names)
        kept = (
            self._in_year
        )  # looked at once: sessions that share a roster ask for different calendars at the same time
        if kept is None or kept[0] != times:
            periods = np.array((*times, np.nan))[self.coded["period"].codes]
            minutes, visits = (
                np.nan_to_num(amount * periods) for amount in (self.per_period, self.sessions_per_period)
            )
            self._in_year = kept = (times, InYear(minutes, minutes / self.share_one, visits))
        return kept[1]

    @cached_property
    def share_one(self) -> np.ndarray:
        """Students among whom a session's minutes are divided by a stated group size; one where no size divides."""
        size = np.nan_to_num(self.column("group_size"))
        return np.where(~self.in_group & ~self.is_consult, np.maximum(size, 1.0), 1.0)

    @cached_property
    def in_group(self) -> np.ndarray:
        """Whether the line belongs to a group that the file names."""
        return (self.coded["group_id"].codes != MISSING) & ~self.is_consult

    @cached_property
    def unsized(self) -> np.ndarray:
        """Group lines of which nobody has said with how many."""
        nowhere = (self.coded["group_id"].codes == MISSING) & np.isnan(self.column("group_size"))
        return self.coded["delivery"].is_("group") & nowhere

    @cached_property
    def groups(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """(rows in named groups, the group of each, its member, the group of each member).

        A group is that of one person named; a student with two lines in it is one member.
        """
        rows = np.flatnonzero(self.in_group)
        group = _joined(self.coded["group_id"].codes[rows], self.pair_named[self.pair[rows]])
        member = _joined(group, self.student[rows])
        return rows, group, member, group[np.unique(member, return_index=True)[1]]

    @cached_property
    def owed(self) -> np.ndarray:
        """Rows with compensatory minutes."""
        return np.flatnonzero(np.nan_to_num(self.column("compensatory_minutes")))

    @cached_property
    def reevaluations(self) -> np.ndarray:
        """Dates of re-evaluations, NaT where there is none."""
        return self.column("reeval_date").astype("datetime64[s]")


def _in_order(which: np.ndarray, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same ranks with the keys in ascending order."""
    order = np.argsort(keys)
    place = np.empty(len(keys), dtype=np.int64)
    place[order] = np.arange(len(keys))
    return place[which], keys[order]


def _joined(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """One small integer for each distinct (left, right), whole numbers of any size and sign."""
    right, distinct = ranks(right)
    return ranks(ranks(left)[0] * len(distinct) + right)[0]

"""Service lines: which count on the day, what each owes the student, what it costs the therapist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from workload.model.coding import MISSING, Coded, Codes
from workload.model.parameters import Assumptions
from workload.model.roster import COUNTED, Roster
from workload.model.school_year import periods_in_year

MINUTES_OF_A_USUAL_SESSION = 30  # where a plan states only total minutes: max(1, minutes / 30) sessions a period

IN_FORCE, ESY, NOT_STARTED, ENDED, SUPERSEDED, DUPLICATE = range(6)
FATES = (COUNTED, "esy", "not-started", "ended", "superseded", "duplicate")


def fates(roster: Roster, day: date, renewed: np.ndarray | None = None) -> np.ndarray:
    """How each service row ends on the day: codes into `FATES`, shape (rows,).

    renewed  rows that go on although their date has passed (`work.renewals.carried`); none where it is left out

    Extended-school-year lines are outside the regular year. Old and new lines of one student, service,
    delivery, school and setting that are both in force: the newest start wins; lines that start together
    all count. Rows that are alike in every column count once.
    """
    services, on = roster.services, np.datetime64(day, "s")
    start, end = services["start"].to_numpy(), services["end"].to_numpy()
    fate = np.full(len(services), IN_FORCE)
    fate[(end < on) if renewed is None else (end < on) & ~renewed] = ENDED
    fate[start > on] = NOT_STARTED
    fate[services["esy"].to_numpy()] = ESY
    alive = np.flatnonzero(fate == IN_FORCE)
    student = roster.coded["student"].codes
    alive = alive[np.bincount(student[alive] + 1)[student[alive] + 1] > 1]  # a single line has no rival
    if not len(alive):
        return fate
    promise = _same_promise(roster, alive)
    # NaT sorts as the smallest integer, so a line without a start is the oldest.
    begun = start[alive].astype("int64")
    newest = np.full(promise.max() + 1, np.iinfo(np.int64).min)
    np.maximum.at(newest, promise, begun)
    fate[alive[begun < newest[promise]]] = SUPERSEDED
    still = begun == newest[promise]
    alive, promise = alive[still], promise[still]
    candidates = alive[np.bincount(promise)[promise] > 1]
    if len(candidates):
        content = services.iloc[candidates].drop(columns=["file", "sheet", "row", "as_written"])
        fate[candidates[content.duplicated().to_numpy()]] = DUPLICATE
    return fate


def _same_promise(roster: Roster, rows: np.ndarray) -> np.ndarray:
    """One integer for each (student, service, delivery, school, setting), shape (rows,)."""
    key = np.zeros(len(rows), dtype=np.int64)
    for column in ("service", "delivery", "setting", "school", "student"):
        coded = roster.coded[column]
        key = key * (len(coded.names) + 1) + coded.codes[rows] + 1
    order = np.argsort(key, kind="stable")
    ranks = np.cumsum(np.concatenate(([0], key[order][1:] != key[order][:-1])))
    promise = np.empty(len(rows), dtype=np.int64)
    promise[order] = ranks
    return promise


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines in force, one array element each. Minutes are for the instructional year.

    `row` is the position in `roster.services`; `therapist` and `school` are codes (`MISSING`: none).
    """

    row: np.ndarray
    student: np.ndarray
    therapist: np.ndarray  # nobody where the person named is not in post on the day
    named: np.ndarray  # who is named, in post or not
    school: np.ndarray
    student_minutes: np.ndarray
    therapist_minutes: np.ndarray
    sessions: np.ndarray  # direct sessions a year; 0 for consult
    visits: np.ndarray  # sessions a year, consult included
    is_consult: np.ndarray
    group_size_unknown: np.ndarray
    students: np.ndarray  # pseudonyms in code order
    start: np.ndarray  # as integers, a missing start smallest
    renewed: np.ndarray  # in force because its review renews it

    @cached_property
    def order(self) -> np.ndarray:
        """Positions from the oldest line to the newest, for what a line says of its student (a grade, a date)."""
        return np.lexsort((self.school, self.student_minutes, self.start))


def lines_in_force(
    roster: Roster,
    fate: np.ndarray,
    renewed: np.ndarray,
    therapists: Codes,
    in_post: np.ndarray,
    schools: Codes,
    assumptions: Assumptions,
) -> Lines:
    """The lines that count, with student and therapist minutes (method, section 2).

    in_post  (therapists,) who is in post on the day; the lines of the others have nobody
    """
    row = np.flatnonzero(fate == IN_FORCE)
    services, coded = roster.services, roster.coded
    per_session, sessions, total, group_size = (
        services[name].to_numpy()[row] for name in ("minutes_per_session", "sessions", "total_minutes", "group_size")
    )
    periods = _periods(coded["period"], assumptions)[row]
    per_period = np.where(np.isnan(total), per_session * sessions, total)
    student_minutes = np.nan_to_num(per_period * periods)
    is_consult = coded["delivery"].is_("consult")[row]
    unstated = np.where(per_period > 0, np.maximum(1, per_period / MINUTES_OF_A_USUAL_SESSION), 0.0)
    visits = np.nan_to_num(np.where(np.isnan(sessions), unstated, sessions) * periods)
    named, school = coded["therapist"].into(therapists)[row], coded["school"].into(schools)[row]
    student, students = _reranked(coded["student"].codes[row], coded["student"].names)
    group_id = coded["group_id"].codes[row]
    therapist_minutes = _therapist_minutes(student_minutes, named, student, group_id, group_size, is_consult)
    unsized = coded["delivery"].is_("group")[row] & (group_id == MISSING) & np.isnan(group_size)
    return Lines(
        row=row,
        student=student,
        therapist=np.where(np.append(in_post, False)[named], named, MISSING),
        named=named,
        school=school,
        student_minutes=student_minutes,
        therapist_minutes=therapist_minutes,
        sessions=np.where(is_consult, 0.0, visits),
        visits=visits,
        is_consult=is_consult,
        group_size_unknown=unsized,
        students=students,
        start=services["start"].to_numpy()[row].astype("int64"),
        renewed=renewed[row],
    )


def _reranked(codes: np.ndarray, names: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Codes without gaps, and the names that still occur."""
    seen = np.zeros(len(names), bool)
    seen[codes] = True
    return (np.cumsum(seen) - 1)[codes], names[seen]


def _periods(period: Coded, assumptions: Assumptions) -> np.ndarray:
    """Periods in the year for each row; NaN where no period is given (a line without minutes)."""
    return np.array([periods_in_year(name, assumptions) for name in period.names] + [np.nan])[period.codes]


def _therapist_minutes(
    student_minutes: np.ndarray,
    therapist: np.ndarray,
    student: np.ndarray,
    group_id: np.ndarray,
    group_size: np.ndarray,
    is_consult: np.ndarray,
) -> np.ndarray:
    """Therapist minutes of each line, shape (lines,). A group session costs its longest member once."""
    minutes = student_minutes.copy()
    in_group = (group_id != MISSING) & ~is_consult
    sized = ~in_group & ~is_consult & (np.nan_to_num(group_size) > 1)
    minutes[sized] = student_minutes[sized] / group_size[sized]
    at = np.flatnonzero(in_group)
    if len(at):
        group = _ranks(group_id[at].astype(np.int64) * (therapist.max() + 2) + therapist[at] + 1)
        member = _ranks(group * (student.max() + 1) + student[at])
        of_member = np.bincount(member, student_minutes[at])  # a student with two lines in a group is one member
        longest = np.zeros(group.max() + 1)
        np.maximum.at(longest, group, of_member[member])
        together = np.bincount(group, student_minutes[at])
        share = np.divide(longest, together, out=np.zeros_like(longest), where=together > 0)
        minutes[at] = student_minutes[at] * share[group]
    return minutes


def _ranks(keys: np.ndarray) -> np.ndarray:
    """Small integers for keys, shape kept."""
    return pd.factorize(keys)[0]


def newest_lines(lines: Lines, is_ota: np.ndarray) -> np.ndarray:
    """Positions of each student's newest lines: one, or several that no rule tells apart.

    Newest is the latest start; among equals an OT's line goes before an OTA's, and that before one with nobody.

    is_ota  by therapist code, the last is nobody
    """
    rank = _rank(lines, is_ota)
    newest = np.full(len(lines.students), np.iinfo(np.int64).min)
    np.maximum.at(newest, lines.student, lines.start)
    latest = lines.start == newest[lines.student]
    best = np.zeros(len(lines.students), dtype=np.int64)
    np.maximum.at(best, lines.student[latest], rank[latest])
    return np.flatnonzero(latest & (rank == best[lines.student]))


def newest_date(lines: Lines, dates: np.ndarray, is_ota: np.ndarray) -> np.ndarray:
    """The date of each student's newest line that has one; shape (students,), NaT for none.

    Of equally new lines the OT's speaks, then the later date.

    dates  (lines,)
    """
    found = np.full(len(lines.students), np.datetime64("NaT", "s"))
    at = np.flatnonzero(~np.isnat(dates))
    at = at[np.lexsort((dates[at], _rank(lines, is_ota)[at], lines.start[at]))]
    found[lines.student[at]] = dates[at]
    return found


def _rank(lines: Lines, is_ota: np.ndarray) -> np.ndarray:
    """2 for a line of an OT, 1 of an OTA, 0 where nobody serves."""
    return np.where(lines.therapist == MISSING, 0, np.where(is_ota[lines.therapist], 1, 2))

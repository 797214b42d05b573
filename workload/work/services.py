"""Service lines: which count on the day, what each owes the student, what it costs the therapist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from workload.model.coding import MISSING, Coded, Codes
from workload.model.parameters import Assumptions
from workload.model.roster import COUNTED, Roster
from workload.model.school_year import periods_in_year

MINUTES_OF_A_USUAL_SESSION = 30  # where a plan states only total minutes; method: sessions = minutes / 30

IN_FORCE, ESY, NOT_STARTED, ENDED, SUPERSEDED, DUPLICATE = range(6)
FATES = (COUNTED, "esy", "not-started", "ended", "superseded", "duplicate")


def fates(roster: Roster, day: date) -> np.ndarray:
    """How each service row ends on the day: codes into `FATES`, shape (rows,).

    Extended-school-year lines are outside the regular year. Old and new lines of one student, service,
    delivery, school and setting that are both in force: the newest start wins; lines that start together
    all count. Rows that are alike in every column count once.
    """
    services, on = roster.services, np.datetime64(day, "s")
    start, end = services["start"].to_numpy(), services["end"].to_numpy()
    fate = np.full(len(services), IN_FORCE)
    fate[end < on] = ENDED
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
    therapist: np.ndarray
    school: np.ndarray
    student_minutes: np.ndarray
    therapist_minutes: np.ndarray
    sessions: np.ndarray  # direct sessions a year; 0 for consult
    is_consult: np.ndarray
    group_size_unknown: np.ndarray
    students: np.ndarray  # pseudonyms in code order
    order: np.ndarray  # positions, the newest line of a student after the student's others


def lines_in_force(
    roster: Roster, fate: np.ndarray, therapists: Codes, schools: Codes, assumptions: Assumptions
) -> Lines:
    """The lines that count, with student and therapist minutes (method, section 2)."""
    row = np.flatnonzero(fate == IN_FORCE)
    services, coded = roster.services, roster.coded
    per_session, sessions, total, group_size = (
        services[name].to_numpy()[row] for name in ("minutes_per_session", "sessions", "total_minutes", "group_size")
    )
    periods = _periods(coded["period"], assumptions)[row]
    per_period = np.where(np.isnan(total), per_session * sessions, total)
    student_minutes = np.nan_to_num(per_period * periods)
    is_consult = coded["delivery"].is_("consult")[row]
    known_sessions = np.where(np.isnan(sessions), student_minutes / MINUTES_OF_A_USUAL_SESSION, sessions * periods)
    therapist, school = coded["therapist"].into(therapists)[row], coded["school"].into(schools)[row]
    student, students = _reranked(coded["student"].codes[row], coded["student"].names)
    group_id = coded["group_id"].codes[row]
    therapist_minutes = _therapist_minutes(student_minutes, therapist, student, group_id, group_size, is_consult)
    unsized = coded["delivery"].is_("group")[row] & (group_id == MISSING) & np.isnan(group_size)
    start = services["start"].to_numpy()[row].astype("int64")
    order = _newest_last(student, start, student_minutes, therapist, school)
    return Lines(
        row,
        student,
        therapist,
        school,
        student_minutes,
        therapist_minutes,
        np.where(is_consult, 0.0, np.nan_to_num(known_sessions)),
        is_consult,
        unsized,
        students,
        order,
    )


def _reranked(codes: np.ndarray, names: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Codes without gaps, and the names that still occur."""
    seen = np.zeros(len(names), bool)
    seen[codes] = True
    return (np.cumsum(seen) - 1)[codes], names[seen]


def _newest_last(student, start, student_minutes, therapist, school) -> np.ndarray:
    """Positions of the lines such that the newest line of each student comes after the student's others.

    Ties end with names, so that the order of rows never decides; codes are sorted names. Only the lines of
    students with several need sorting.
    """
    several = np.bincount(student, minlength=1)[student] > 1 if len(student) else np.zeros(0, bool)
    at = np.flatnonzero(several)
    sorted_ = np.lexsort(
        (_nameless_first(school[at]), _nameless_first(therapist[at]), student_minutes[at], start[at], student[at])
    )
    return np.concatenate((np.flatnonzero(~several), at[sorted_]))


def _nameless_first(codes: np.ndarray) -> np.ndarray:
    """Sort key that puts the first name of the alphabet last and a missing name first."""
    return np.where(codes == MISSING, np.iinfo(np.int64).min, -codes)


def _periods(period: Coded, assumptions: Assumptions) -> np.ndarray:
    """Periods in the year for each row; NaN where no period is given (a line without minutes)."""
    return np.array([periods_in_year(name, assumptions) for name in period.names] + [np.nan])[period.codes]


def _therapist_minutes(student_minutes, therapist, student, group_id, group_size, is_consult):
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


def newest_lines(lines: Lines) -> np.ndarray:
    """Position in `lines` of each student's newest line, shape (students,).

    Newest is the latest start; among equals the line with more minutes, then the therapist and the school
    that come first in the alphabet.
    """
    newest = np.full(len(lines.students), MISSING)
    newest[lines.student[lines.order]] = lines.order
    return newest

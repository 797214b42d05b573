"""Service lines: which count on the day, what each owes the student, what it costs the therapist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from workload.parameters import Assumptions
from workload.roster import Roster
from workload.school_year import periods_in_year
from workload.work.coding import MISSING, Codes

MINUTES_OF_A_USUAL_SESSION = 30  # where a plan states only total minutes; method: sessions = minutes / 30

IN_FORCE, ESY, NOT_STARTED, ENDED, SUPERSEDED, DUPLICATE = range(6)
FATES = ("counted", "esy", "not-started", "ended", "superseded", "duplicate")


def fates(services: pd.DataFrame, day: date) -> np.ndarray:
    """How each service row ends on the day: codes into `FATES`, shape (rows,).

    Extended-school-year lines are outside the regular year. Old and new lines of one student, service,
    delivery, school and setting that are both in force: the newest start wins; lines that start together
    all count. Rows that are alike in every column count once.
    """
    on = np.datetime64(day, "s")
    start, end = services["start"].to_numpy(), services["end"].to_numpy()
    fate = np.full(len(services), IN_FORCE)
    fate[end < on] = ENDED
    fate[start > on] = NOT_STARTED
    fate[services["esy"].to_numpy()] = ESY
    alive = np.flatnonzero(fate == IN_FORCE)
    if not len(alive):
        return fate
    group = _line_keys(services, alive)
    # NaT sorts as the smallest integer, so a line without a start is the oldest.
    begun = start[alive].astype("int64")
    newest = np.full(group.max() + 1, np.iinfo(np.int64).min)
    np.maximum.at(newest, group, begun)
    fate[alive[begun < newest[group]]] = SUPERSEDED
    alive = alive[begun == newest[group]]
    shared = np.bincount(group)[group[begun == newest[group]]] > 1   # only lines with company can be duplicates
    candidates = alive[shared]
    if len(candidates):
        content = services.iloc[candidates].drop(columns=["file", "sheet", "row", "as_written"])
        fate[candidates[content.duplicated().to_numpy()]] = DUPLICATE
    return fate


def _line_keys(services: pd.DataFrame, alive: np.ndarray) -> np.ndarray:
    """One integer for each (student, service, delivery, school, setting), shape (alive,)."""
    key = np.zeros(len(alive), dtype=np.int64)
    for column in ("student", "service", "delivery", "school", "setting"):
        codes, names = pd.factorize(services[column].to_numpy()[alive])
        key = key * (len(names) + 1) + codes + 1
        if column != "student":  # keep the numbers small: re-rank after each column
            key = pd.factorize(key)[0].astype(np.int64)
    return key


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
    sessions: np.ndarray             # direct sessions a year; 0 for consult
    is_consult: np.ndarray
    group_size_unknown: np.ndarray
    students: tuple[str, ...]
    order: np.ndarray                # positions sorted by student, the newest line of a student last


def lines_in_force(roster: Roster, fate: np.ndarray, therapists: Codes, schools: Codes,
                   assumptions: Assumptions) -> Lines:
    """The lines that count, with student and therapist minutes (method, section 2)."""
    row = np.flatnonzero(fate == IN_FORCE)
    services = roster.services
    column = {name: services[name].to_numpy()[row] for name in (
        "student", "school", "delivery", "minutes_per_session", "sessions", "period", "total_minutes", "group_size",
        "group_id", "therapist", "start")}
    periods = _periods(column["period"], assumptions)
    per_session, sessions, total = (column[name] for name in ("minutes_per_session", "sessions", "total_minutes"))
    per_period = np.where(np.isnan(total), per_session * sessions, total)
    student_minutes = np.nan_to_num(per_period * periods)
    is_consult = column["delivery"] == "consult"
    known_sessions = np.where(np.isnan(sessions), student_minutes / MINUTES_OF_A_USUAL_SESSION, sessions * periods)
    therapist = therapists.column(column["therapist"])
    school = schools.column(column["school"])
    student_codes, student_names = pd.factorize(column["student"])
    therapist_minutes, unknown = _therapist_minutes(
        student_minutes, therapist, student_codes, column["group_id"], column["group_size"], column["delivery"], is_consult)
    start = column["start"].astype("int64")
    # Ties end with names, so that the order of rows never decides. Codes are sorted names.
    order = np.lexsort((_nameless_first(school), _nameless_first(therapist), student_minutes, start, student_codes))
    return Lines(row, student_codes, therapist, school, student_minutes, therapist_minutes,
                 np.where(is_consult, 0.0, np.nan_to_num(known_sessions)), is_consult, unknown,
                 tuple(student_names), order)


def _nameless_first(codes: np.ndarray) -> np.ndarray:
    """Sort key that puts the first name of the alphabet last and a missing name first."""
    return np.where(codes == MISSING, np.iinfo(np.int64).min, -codes)


def _periods(period: np.ndarray, assumptions: Assumptions) -> np.ndarray:
    """Periods in the year for each line; NaN where no period is given (a line without minutes)."""
    codes, names = pd.factorize(period)
    in_year = np.array([periods_in_year(name, assumptions) for name in names] + [np.nan], dtype=float)
    return in_year[codes]


def _therapist_minutes(student_minutes, therapist, student, group_id, group_size, delivery, is_consult):
    """Therapist minutes of each line and whether its group size is unknown. All shapes (lines,)."""
    minutes = student_minutes.copy()
    in_group = pd.notna(group_id) & ~is_consult
    sized = ~in_group & ~is_consult & (np.nan_to_num(group_size) > 1)
    minutes[sized] = student_minutes[sized] / group_size[sized]
    if in_group.any():
        at = np.flatnonzero(in_group)
        names = pd.factorize(group_id[at])[0].astype(np.int64)
        group = pd.factorize(names * (therapist.max() + 2) + therapist[at] + 1)[0].astype(np.int64)
        member = pd.factorize(group * (student.max() + 1) + student[at])[0]
        of_member = np.bincount(member, student_minutes[at])      # a student with two lines in a group is one member
        longest = np.zeros(group.max() + 1)
        np.maximum.at(longest, group, of_member[member])
        together = np.bincount(group, student_minutes[at])
        share = np.divide(longest, together, out=np.zeros_like(longest), where=together > 0)
        minutes[at] = student_minutes[at] * share[group]
    unknown = (delivery == "group") & ~in_group & np.isnan(group_size)
    return minutes, unknown


def newest_lines(lines: Lines) -> np.ndarray:
    """Position in `lines` of each student's newest line, shape (students,).

    Newest is the latest start; among equals the line with more minutes, then the therapist and the school
    that come first in the alphabet.
    """
    newest = np.full(len(lines.students), MISSING)
    newest[lines.student[lines.order]] = lines.order
    return newest

"""Two open lines of one student that may be one service: moved to another school, or changed in its minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from workload.intake.answers.findings import NOTHING, Findings, Question
from workload.model.coding import codes_of, repeated
from workload.model.issues import WARNING, Issue
from workload.model.words import count, first_few

BOTH, NEWEST, UPPER, TWO = "both", "newest", "upper", "two"
MOVED, CHANGED, ELSEWHERE = "moved-lines", "changed-lines", "two-schools"
LISTED = 5
PROMISE = ["student", "delivery", "setting", "plan"]
ONE_DAY = np.timedelta64(1, "D")
NEVER = np.datetime64("NaT", "s")
LONG_AGO = np.datetime64("2000-01-01", "s")
WORDS = {
    MOVED: "have open lines at two schools that began at different times: the student may have moved",
    ELSEWHERE: "have open lines at two schools, and nothing says which is newer: the student may have moved",
    CHANGED: "have two open lines with one therapist that differ only in their minutes: one may replace the other",
}

BOTH_COUNT = (BOTH, "Yes, the student gets both")
TWO_STUDENTS = (TWO, "Yes: each school has a student of its own, and they share a name")
NEWER = (NEWEST, "No, the newer line has replaced the older one")
CHOICES = {
    ELSEWHERE: (
        BOTH_COUNT,
        (NEWEST, "No, only the lower row of each student is in force"),
        (UPPER, "No, only the upper row of each student is in force"),
        TWO_STUDENTS,
    ),
    MOVED: (BOTH_COUNT, NEWER, TWO_STUDENTS),
}


def lines_open_twice(
    services: pd.DataFrame, answers: Mapping[str, str], students: np.ndarray
) -> tuple[pd.DataFrame, Findings]:
    """The lines, with an end for the ones that a newer line has replaced, where a person has said so.

    Both lines count until then, which is told with their rows and asked once for each kind.

    students  the code of each line's student
    """
    said = NOTHING
    for about, pairs in _pairs(services, students).items():
        if not len(pairs):
            continue
        answer = answers.get(about, "")
        if answer in (NEWEST, UPPER):
            services = _older_ended(services, pairs if answer == NEWEST else pairs[:, ::-1])
        elif answer == TWO:
            services = _told_apart(services, pairs)
        elif not answer:
            said += _ask(services, about, pairs)
    return services, said


def _pairs(services: pd.DataFrame, students: np.ndarray) -> dict[str, np.ndarray]:
    """Kind -> pairs of line positions (the older, the newer), shape (pairs, 2)."""
    column = {name: services[name].to_numpy() for name in services} | {"student": students}
    regular = (column["total_minutes"] > 0) & ~column["esy"].astype(bool) & pd.isna(column["slot"])
    at = np.flatnonzero(regular)
    for names in (PROMISE[:1], PROMISE):  # first the students alone: most have one line
        at = at[repeated(*(codes_of(column[name][at]) for name in names))]
    key = _codes(at, PROMISE, column)
    at = at[np.lexsort((column["row"][at], column["start"][at].astype(np.int64), key))]  # no start comes first
    sizes = np.bincount(key)
    of_group, begins = np.repeat(sizes, sizes), np.repeat(np.cumsum(sizes) - sizes, sizes)
    # Each line beside every line of its group, which stands from `begins` on.
    left = np.repeat(np.arange(len(at)), of_group)
    right = begins[left] + np.arange(len(left)) - np.repeat(np.cumsum(of_group) - of_group, of_group)
    pairs = np.column_stack((at[left], at[right]))[left != right]
    one, other = pairs.T

    def same(name: str) -> np.ndarray:
        return codes[name][one] == codes[name][other]

    codes = {name: np.full(len(services), -1) for name in ("school", "therapist", "group_id", "period")}
    for name, own in codes.items():
        own[at] = pd.factorize(column[name][at])[0]
    start, end, minutes = column["start"], column["end"], column["total_minutes"]
    undated = np.isnat(start)
    later = (undated[one] & ~undated[other]) | (start[one] < start[other])
    same_start = (start[one] == start[other]) | (undated[one] & undated[other])
    overlap = (np.isnat(end[one]) | undated[other] | (end[one] >= start[other])) & (
        np.isnat(end[other]) | undated[one] | (end[other] >= start[one])
    )
    above = same_start & (one < other)  # in the order of the file: rows of two sheets may have one number
    elsewhere = overlap & ~same("school") & (codes["school"][one] >= 0) & (codes["school"][other] >= 0)
    alike = overlap & above & same("school") & same("therapist") & same("group_id")
    changed = alike & ((minutes[one] != minutes[other]) | ~same("period"))
    return {MOVED: pairs[elsewhere & later], ELSEWHERE: pairs[elsewhere & above], CHANGED: pairs[changed]}


def _codes(at: np.ndarray, names: Sequence[str], column: Mapping[str, np.ndarray]) -> np.ndarray:
    """One number for each combination of values of the lines at these positions."""
    key = np.zeros(len(at), dtype=np.int64)
    for name in names:
        codes = pd.factorize(column[name][at])[0] + 1
        key = key * (codes.max(initial=0) + 1) + codes
    # Sorting is many times cheaper than `np.unique`, which hashes.
    order = np.argsort(key, kind="stable")
    numbers = np.zeros(len(at), dtype=np.int64)
    numbers[order[1:]] = np.cumsum(key[order[1:]] != key[order[:-1]])
    return numbers


def _older_ended(services: pd.DataFrame, pairs: np.ndarray) -> pd.DataFrame:
    """The older line of each pair ends the day before the newer one begins."""
    end = services["end"].to_numpy().copy()
    start = services["start"].to_numpy()
    for older, newer in pairs:
        begins = start[newer]
        end[older] = LONG_AGO if np.isnat(begins) or begins == start[older] else begins - ONE_DAY
    left = np.fmin(services["exit"].to_numpy(), np.where(end == services["end"].to_numpy(), NEVER, end))
    return services.assign(end=end, exit=left)  # an exit, too: an end alone might be a review that renews the line


def _told_apart(services: pd.DataFrame, pairs: np.ndarray) -> pd.DataFrame:
    """One student at several schools as one of each: the first school by its name keeps the pseudonym, the next one's
    ends in -2."""
    student, school = services["student"], services["school"].fillna("")
    shared = student.isin(student.iloc[np.unique(pairs)])
    place = school[shared].groupby(student[shared]).rank(method="dense").astype(int)
    further = place[place > 1]
    return services.assign(student=student.mask(student.index.isin(further.index), student + "-" + place.astype(str)))


def _ask(services: pd.DataFrame, about: str, pairs: np.ndarray) -> Findings:
    at = np.flatnonzero(np.bincount(pairs.ravel()))
    student, file, sheet, row = (services[name].to_numpy()[at].tolist() for name in ("student", "file", "sheet", "row"))
    students = len(set(student))
    rows = tuple(map(int, row))
    who = count(students, "student")
    words = WORDS[about] if students > 1 else WORDS[about].replace("have", "has", 1)
    said = NOTHING + Issue(
        "lines-open-twice",
        WARNING,
        f"{who} {words} (rows {first_few(rows, LISTED)}). Both lines count.",
        "Answer the question about these rows, or give the older line an end.",
        file=file[0],
        sheet=sheet[0],
        row=rows[0],
        rows=rows,
    )
    return said + Question(
        f"file:{about}",
        f"{who} {words}. Do both lines count?",
        CHOICES.get(about, (BOTH_COUNT, NEWER)),
        tuple(zip(file, sheet, rows, strict=True)),
        suggestion=NEWEST if about == MOVED else "",
        applied=BOTH,
    )

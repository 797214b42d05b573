"""Renewals: an annual review renews a plan, so a line that ends at the review goes on (method, section 1).

A file of October says of most lines that they end at the student's next review. Read as plain dates, the need
would melt away month by month although every service goes on.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from workload.model.coding import MISSING
from workload.model.roster import Roster

CARRY, STOP = "carry", "stop"
NEAR_DAYS = 14  # an end so close to the annual review is the review's date
YEAR_END, YEAR_END_DAYS = (6, 30), 45  # ends so close to June 30 are ends of a school year
GATHERED_SHARE = 0.5  # of the ends: with more of them at the year's end all are real ends
SECONDS_PER_DAY = 86_400
KEY_WIDTH = 1 << 21  # more days than any date has, so that (student, day) fits one integer


def ends_are_renewals(roster: Roster) -> np.ndarray:
    """Whether the end of each service row is the date of an annual review, shape (rows,).

    Where the file has review dates: within two weeks of one of the student's. Where it has none: every end, if the
    ends are spread over the year instead of gathering at its end.
    """
    end, review = (_days(roster.services[name].to_numpy()) for name in ("end", "iep_date"))
    has_end = end != MISSING
    if not has_end.any():
        return has_end
    if (review != MISSING).any():
        student = roster.coded["student"].codes.astype(np.int64)
        known = np.unique((student * KEY_WIDTH + review)[review != MISSING])
        own = student * KEY_WIDTH + end
        first = np.searchsorted(known, own - NEAR_DAYS)
        near = known[np.minimum(first, len(known) - 1)]
        return has_end & (first < len(known)) & (near <= own + NEAR_DAYS)
    regular = has_end & ~roster.services["esy"].to_numpy()
    ends = pd.DatetimeIndex(roster.services["end"].to_numpy()[regular])
    june = pd.to_datetime({"year": ends.year, "month": YEAR_END[0], "day": YEAR_END[1]})
    gathered = np.abs((ends - pd.DatetimeIndex(june)).days) <= YEAR_END_DAYS
    return has_end & bool(len(ends) and gathered.mean() <= GATHERED_SHARE)


def carried(roster: Roster, day: date, left: frozenset[str] = frozenset(), last_day: date | None = None) -> np.ndarray:
    """The service rows that have passed their review and go on, shape (rows,).

    A renewed line goes on until a newer line of the same student and service has begun (not earlier than two weeks
    before the old one's end), until the student's exit, or until the last day of school.

    left      students of whom somebody has said that they left instead
    last_day  of school in the year of the day, where the calendar says it; else the school year ends on June 30
    """
    if last_day is not None and day > last_day:
        return np.zeros(len(roster.services), bool)
    on, passed = np.datetime64(day, "s"), np.zeros(len(roster.services), bool)
    rows, start, end, exit_, newer = roster.once(_renewable)
    rows = rows[~(start > on) & (end < on) & ~(exit_ < on) & ~(newer <= on)]
    if left and len(rows):
        student = roster.coded["student"]
        rows = rows[~np.isin(student.names.astype(object), list(left))[student.codes[rows]]]
    passed[rows] = True
    return passed


def _renewable(roster: Roster) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(rows of the regular year whose end is a review, their start, end and exit, when a newer line replaces each).

    A line is replaced by one of the same student and service that begins later, but not in the middle of it: that one
    was added to the plan. NaT where no line does.
    """
    rows = np.flatnonzero(ends_are_renewals(roster) & ~roster.services["esy"].to_numpy())
    start, end, exit_ = (roster.services[name].to_numpy() for name in ("start", "end", "exit"))
    newer = np.full(len(rows), np.datetime64("NaT", "s"))
    if len(rows):
        student, service = roster.coded["student"], roster.coded["service"]
        key = student.codes.astype(np.int64) * (len(service.names) + 1) + service.codes + 1
        began = _days(start)
        beginning = np.flatnonzero(~roster.services["esy"].to_numpy() & (began != MISSING))
        stood = key[beginning] * KEY_WIDTH + began[beginning]
        order = np.lexsort((start[beginning].astype("datetime64[s]").astype(np.int64), stood))
        stood, beginning = stood[order], beginning[order]
        newer_from = np.maximum(began[rows] + 1, _days(end[rows]) - NEAR_DAYS)
        at = np.searchsorted(stood, key[rows] * KEY_WIDTH + newer_from)
        found = at < len(stood)
        found[found] = stood[at[found]] < (key[rows[found]] + 1) * KEY_WIDTH
        newer[found] = start[beginning[at[found]]]
    return rows, start[rows], end[rows], exit_[rows], newer


def _days(stamps: np.ndarray) -> np.ndarray:
    """Dates as whole days; `MISSING` where there is none."""
    return np.where(np.isnat(stamps), MISSING, stamps.astype("datetime64[s]").astype("int64") // SECONDS_PER_DAY)

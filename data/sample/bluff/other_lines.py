"""Lines that do not count on the day, or not twice: superseded, ended, not yet begun, and summer lines."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from .places import BY_CODE
from .profiles import PROFILES
from .promises import DAY, Ids, Line, caseload, owe, school_weekday


def superseded(rng: random.Random, lines: list[Line]) -> list[Line]:
    """Old lines of 14 students whose new IEP began in September: both are in force for some weeks."""
    fresh = [
        line
        for line in lines
        if line.delivery != "group" and line.start >= date(2026, 8, 31) and line.student.evaluation != "initial done"
    ]
    old = []
    for line in rng.sample(fresh, 14):
        minutes, sessions = (20, line.sessions) if line.minutes == 30 else (30, line.sessions)
        old.append(
            replace(
                line,
                minutes=minutes,
                sessions=sessions,
                start=line.start - timedelta(days=357),
                end=max(DAY, line.start) + timedelta(days=rng.randrange(7, 22)),
                owed=None,
                owed_due=None,
            )
        )
    return old


def ended(rng: random.Random, ids: Ids, lines: list[Line]) -> list[Line]:
    """Lines that stopped before the day: 18 students who left service, 7 who gave up a consulting line."""
    gone_lines = []
    for line in rng.sample([each for each in lines if each.delivery == "individual"], 18):
        start = school_weekday(date(2025, 9, 2) + timedelta(days=rng.randrange(90)))
        end = school_weekday(date(2026, 5, 4) + timedelta(days=rng.randrange(140)))
        gone = replace(line.student, student_id=ids.next(), iep_date=None, reeval_date=None, evaluation=None)
        gone_lines.append(replace(line, student=gone, start=start, end=end, owed=None, owed_due=None))
    for line in rng.sample([each for each in lines if each.delivery == "group"], 7):
        gone_lines.append(
            replace(
                line,
                delivery="consult",
                minutes=30,
                sessions=1,
                period="month",
                group_id=None,
                group_size=None,
                start=line.start - timedelta(days=364),
                end=date(2026, 6, 5),
            )
        )
    return gone_lines


def later_and_summer(lines: list[Line]) -> list[Line]:
    """Two lines that begin later in October, and three summer (ESY) lines that are never part of the year."""
    steady = [
        line
        for line in lines
        if line.delivery == "individual"
        and line.minutes == 30
        and line.sessions == 1
        and line.period == "week"
        and line.end is not None
        and line.end > date(2027, 2, 1)
        and line.owed is None
    ]
    # Five different students, spread over the district.
    chosen = steady[:: max(1, len(steady) // 5)][:5]
    later = [replace(line, sessions=2, start=date(2026, 10, 19)) for line in chosen[:2]]
    summer = [
        replace(line, sessions=2, start=date(2026, 6, 15), end=end, esy=True)
        for line, end in zip(chosen[2:], (None, date(2027, 7, 30), date(2026, 7, 24)), strict=True)
    ]
    return later + summer


def make_lines(rng: random.Random) -> tuple[list[Line], Ids]:
    """All lines of the district in the order of the file, and the source of further student ids."""
    ids = Ids(rng)
    active = [line for name, profile in PROFILES.items() for line in caseload(rng, ids, name, profile)]
    active = owe(active)
    others = superseded(rng, active) + ended(rng, ids, active) + later_and_summer(active)
    order = list(BY_CODE)
    lines = sorted(
        active + others,
        key=lambda line: (
            order.index(line.student.school),
            line.student.student_id,
            line.delivery,
            line.esy,
            line.start,
        ),
    )
    return lines, ids

"""One promise, written the many ways offices write it. Every phrase says exactly what the line says."""

from __future__ import annotations

import random

from .promises import Line

WORDS = {1: "one", 2: "two", 3: "three", 4: "four", 6: "six"}
TIMES = {1: "once", 2: "twice", 3: "three times", 4: "four times", 6: "six times"}
# A direct line written as a total only is read as half-hour sessions, so only half-hour lines may be.
HALF_HOUR = 30


def _weekly(m: int, s: int) -> list[str]:
    plural = "s" if s > 1 else ""
    return [
        f"{s} x {m} min weekly",
        f"{s} x {m} min Weekly",
        f"{s}x{m} weekly",
        f"{s} x {m} minutes Weekly",
        f"{m} min x {s} Times = {m * s} min Weekly",
        f"{s} x {m} min served Weekly",
        f"{s}Wx{m}",
        f"{WORDS[s].capitalize()} {m} minute session{plural}, weekly",
        f"{m} min {s}x/week",
        f"{s} session{plural} weekly for {m} minutes each",
        f"{s}x weekly for {m}m each",
        f"{s}x/week for {m}-minute sessions",
        f"{m} minutes {TIMES[s]} weekly",
        f"{m} min x {s}/week",
        f"{m} minutes {TIMES[s]} per week",
        f"OT {s} x {m} min/wk",
    ]


def _in_sessions(m: int, s: int, period: str) -> list[str]:
    """Phrases that name the sessions."""
    if period == "week":
        return _weekly(m, s)
    if period == "month":
        return [
            f"{s} x {m} min monthly",
            f"{s}x{m} monthly",
            f"{s}Mx{m}",
            f"{m} min x {s} Times = {m * s} min Monthly",
            f"{s} x {m} minutes per month",
        ]
    if period == "quarter":
        return [
            f"{s} x {m} min quarterly",
            f"{m} min x {s} Times = {m * s} min Quarterly",
            f"{s} x {m} minutes per quarter",
            f"{s} x {m} min / 9 wks",
        ]
    if period == "year":
        return [
            f"{s} x {m} min yearly",
            f"{m} min x {s} Times = {m * s} min Yearly",
            f"{s} x {m} minutes per year",
        ]
    if period == "two weeks":
        return [f"every other week {m} min", f"EOW {m}", f"{m} min every other week"] if s == 1 else []
    return [f"{s} x {m} / {period}", f"{s} x {m} min / {period}"]


def _in_total(total: int, period: str, consult: bool) -> list[str]:
    """Phrases that name only the minutes of the whole period."""
    phrases = {
        "week": [
            f"{total} minutes per week",
            f"{total} min Weekly",
            f"{total} mpw",
            f"{total} minutes weekly",
        ],
        "month": [
            f"{total} min Monthly",
            f"{total} minutes per month",
            f"{total} Min served monthly",
            f"{total} mpm",
        ],
        "quarter": [f"{total} minutes per quarter", f"{total} min / 9 wks"],
        "year": [f"{total} min Yearly", f"{total} min/yr"],
    }.get(period, [])
    if consult and period == "month":
        phrases = [
            *phrases,
            f"{total} minutes per month of consultation",
            f"{total} minutes monthly consultative OT",
        ]
    if consult and period == "year" and total % 60 == 0:
        phrases = [*phrases, f"{total // 60} hours a year"]
    return phrases


def phrases_for(line: Line) -> list[str]:
    """Every clear phrase for this line."""
    phrases = _in_sessions(line.minutes, line.sessions, line.period)
    consult = line.delivery == "consult"
    if consult or (line.minutes == HALF_HOUR and line.sessions == 1):
        phrases = phrases + _in_total(line.minutes * line.sessions, line.period, consult)
    if line.minutes == HALF_HOUR and line.sessions == 1 and line.period == "week" and not consult:
        phrases = [
            *phrases,
            "1/2 hour weekly",
            ".5 hr/wk",
            "One session 30 minutes per week",
            "30 min Weekly (direct)",
            "30 minutes weekly for fine motor skills",
        ]
    if line.minutes == HALF_HOUR and line.sessions == 2 and line.period == "week":
        phrases = [*phrases, "thirty (30) minutes two (2) times weekly", "Two 30 minute sessions, weekly"]
    return phrases


def phrase(rng: random.Random, line: Line) -> str:
    """One phrase for this line."""
    return rng.choice(phrases_for(line))

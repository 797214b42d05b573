"""Weekdays and parts of a cycle in a frequency phrase, said as times a week: "30 min MWF", "Mon & Wed 9:00-9:30"."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from workload.intake.phrases.meanings import Part
from workload.model.units import DAYS_PER_SCHOOL_WEEK

DAY = r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?)s?\.?"
APART = r"\s*(?:,|/|&|\+|and|;)\s*(?:and\s+)?"
NAMED = re.compile(rf"\b(?:on\s+|every\s+|each\s+)?{DAY}(?:{APART}{DAY})*(?![a-z])")
SPAN = re.compile(r"\b(?:on\s+)?mon(?:day)?\.?\s*(?:-|to|thru|through)\s*fri(?:day)?\b")
# Letters for days: several in the order of the week, together or with signs between them. "m/w" may be minutes a week.
TOGETHER = re.compile(
    r"(?<![a-z])(mtwthf|mtwrf|mtwth|mtwr|mtw|mwth|mwf|mth|tuth|tth|twth|thf|wth|wf|mf|mw|tr)(?![a-z'])"
)
LETTERS = re.compile(r"(?<![a-z\d])(?!m\s*/\s*w\b(?!\s*[-/,&]))(?:m|tu|t|w)(?:\s*[-/,&]\s*(?:tu|th|t|w|r|f))+(?![a-z])")
LETTER = re.compile(r"th|tu|[mtwrf]")
CLOCKS = re.compile(r"\b(\d{1,2}):(\d{2})\s*(?:[ap]\.?m\.?)?\s*(?:-|to)\s*(\d{1,2}):(\d{2})\s*(?:[ap]\.?m\.?)?")
LONGEST_MINUTES, MINUTES_PER_HOUR = 180, 60
NUMBER = {"one": 1, "two": 2, "three": 3, "four": 4, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6}
OF_WEEKS = re.compile(
    r"[,;]?\s*(?:for|in|during)?\s*(?:the\s+first\s+)?\b(one|two|three|\d)\s+(?:weeks?\s+)?(?:out\s+of|of)\s+(?:every\s+|each\s+)?"
    r"(four|\d)\s+weeks?\b"
)
OF_MONTH = re.compile(
    r"[,;]?\s*(?:for|in|during)?\s*(?:the\s+)?(?:first\s+)?\b(one|two|three|\d)\s+weeks?\s+(?:of|in|per)\s+(?:each|every|the|a)\s+month\b"
)


def with_times(text: str) -> str:
    """The tidied text with its weekdays as times a week and clock times between them as minutes."""
    found, days = SPAN.subn(" 5 times weekly ", text, count=1)
    if not days:
        for pattern in (NAMED, TOGETHER, LETTERS):
            match = pattern.search(text)
            if match:
                count = _count(match[0], pattern)
                found, days = f"{text[: match.start()]} {count} times weekly {text[match.end() :]}", 1
                break
    if not days:
        return text
    clock = CLOCKS.search(found)
    if clock and (length := clock_minutes(clock[0])):
        found = f"{found[: clock.start()]} {length} min {found[clock.end() :]}"
    return " ".join(found.split())


def clock_minutes(text: str) -> int | None:
    """Minutes between two clock times, "9:00-9:30"; None for another text and for no length of a session."""
    clock = CLOCKS.fullmatch(text)
    if clock is None:
        return None
    start, end = (int(clock[at]) * MINUTES_PER_HOUR + int(clock[at + 1]) for at in (1, 3))
    length = end - start if end > start else end + 12 * MINUTES_PER_HOUR - start
    return length if 0 < length <= LONGEST_MINUTES else None


def _count(text: str, pattern: re.Pattern[str]) -> int:
    """How many days a run of weekdays names."""
    if pattern is NAMED:
        return len(set(re.findall(r"mon|tue|wed|thu|fri", text)))
    return len(LETTER.findall(text))


def part_of_cycle(text: str) -> tuple[str, int, str] | None:
    """(the phrase without it, weeks of service, the cycle) of "for 3 out of 4 weeks"; None for other phrases."""
    month = OF_MONTH.search(text)
    if month and month[1] in NUMBER:
        return _without(text, month), NUMBER[month[1]], "month"
    weeks = OF_WEEKS.search(text)
    if weeks and {weeks[1], weeks[2]} <= NUMBER.keys() and NUMBER[weeks[1]] < NUMBER[weeks[2]]:
        return _without(text, weeks), NUMBER[weeks[1]], f"{NUMBER[weeks[2]] * DAYS_PER_SCHOOL_WEEK}-day cycle"
    return None


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}".strip()


def in_cycle(parts: tuple[Part, ...], weeks: int, cycle: str) -> tuple[Part, ...] | None:
    """Weekly services as services of some weeks of a longer cycle; None where one is not weekly."""
    made = []
    for part in parts:
        if part.period != "week" or part.total_minutes is None:
            return None
        sessions = part.sessions or Fraction(1)
        each, total = part.minutes_per_session or part.total_minutes / sessions, part.total_minutes * weeks
        made.append(
            replace(part, period=cycle, sessions=sessions * weeks, minutes_per_session=each, total_minutes=total)
        )
    return tuple(made) or None

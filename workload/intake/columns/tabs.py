"""What the name of a tab says about its rows: students who left or wait, another year, the summer, another plan."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workload.intake.cells.dates import first_year_of
from workload.intake.columns.heading_words import all_facts
from workload.intake.columns.looks import SCHOOL_WORD
from workload.model.columns import normalized

LEFT, WAITING, OTHER_YEAR, SUMMER, PLAN_504, MTSS = "left", "waiting", "other-year", "summer", "504", "mtss"
OTHERS = "others"  # another service
TIMES = "times"
TIMES_WORDS = re.compile(r"\b(?:schedules?|timetables?|calendar|weekly grid)\b")
LEFT_WORDS = re.compile(
    r"\b(?:dismiss\w*|exit\w*|inactive|withdrawn|withdrew|discharg\w*|archived?|graduat\w*|dropped|former|past|"
    r"no longer\b.*|not (?:served|active|eligible)|off caseload|moved|closed|transferred|discontinued|dnq|previous|prior|last year|deleted|removed)\b|\bold(?: (?:list|caseload|roster|students?|data|ot))?$"
)
WAITING_WORDS = re.compile(
    r"\b(?:wait ?list\w*|waiting|pending|referrals?|referred|to be evaluated|screenings?|new referrals)\b"
)
SUMMER_WORDS = re.compile(r"\b(?:esy|summer|extended school year)\b")
WORDS = {
    LEFT: "students who have left",
    WAITING: "students who wait or are referred",
    OTHER_YEAR: "another school year",
    SUMMER: "the summer (extended school year)",
    OTHERS: "another service",
    TIMES: "a schedule, which says when and not how much",
}


def tab_says(name: str, tabs: Sequence[str]) -> str:
    """What a tab's name says, beside the other tabs of services in the file; empty for an ordinary tab."""
    text = normalized(name)
    if SCHOOL_WORD.search(name):
        return ""  # a tab of a school, which may be called Summer Hill or Old Mill
    year = first_year_of(name)
    if year is not None:
        years = [own for tab in tabs if (own := first_year_of(tab)) is not None]
        aside = (LEFT_WORDS, WAITING_WORDS, SUMMER_WORDS, re.compile(r"\b(?:504|mtss|rti)\b"))
        plain = any(
            first_year_of(tab) is None and not any(words.search(normalized(tab)) for words in aside)
            for tab in tabs
            if tab != name
        )
        if year < max(years) or (plain and len(tabs) > 1):
            return OTHER_YEAR
    said = all_facts(name)
    if said & {"other", "whole"} and not said & {"ot", "ota", "unknown"}:
        return OTHERS
    if TIMES_WORDS.search(text) and any(not TIMES_WORDS.search(normalized(tab)) for tab in tabs):
        return TIMES
    if LEFT_WORDS.search(text):
        return LEFT
    if WAITING_WORDS.search(text):
        return WAITING
    if SUMMER_WORDS.search(text):
        return SUMMER
    if re.search(r"\b504\b", text):
        return PLAN_504
    return MTSS if re.search(r"\b(?:mtss|rti)\b", text) else ""

"""Two days in one cell: "11/30/26 - 1/15/27", "8/20/2026 to 5/28/2027", "from 11/2/2026"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from workload.intake.cells.cells import tidy
from workload.intake.cells.dates import read_date, read_day_first
from workload.intake.open.opened import Value
from workload.model.columns import SERVICES

MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2}"
DAY = re.compile(
    rf"\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}(?:/(?:\d{{4}}|\d\d))?(?![\d/])|{MONTH}(?:,?\s+\d{{4}})?(?![\d/])",
    re.IGNORECASE,
)
HAS_YEAR = re.compile(r"\d{4}|/\d{1,2}/\d\d$")
FROM = re.compile(
    r"\b(?:from|start(?:s|ing|ed)?|begin(?:s|ning)?|since|as of|out|eff(?:ective)?|desde)\b", re.IGNORECASE
)
UNTIL = re.compile(
    r"\b(?:until|till?|thru|through|to(?!\s+(?:start|begin|work|full|school))|ends?|ending|hasta)\b|^\s*[-\u2013]",
    re.IGNORECASE,
)
# What may stand between both days: "11/30/26 (est.), returning about 1/15/27", and not "through 12/1/26, part-time to 1/5/27".
BETWEEN = re.compile(
    r"(?:[\s,;()\u2013\u2014.-]|until|till?|thru|through|to|ends?|ending|back|return(?:s|ed|ing)?|hasta|regresa|expected|est|approx\w*|"
    r"planned|anticipated|about|date|on|in|el|a)*",
    re.IGNORECASE,
)
IN_PART = re.compile(r"\b(?:intermittent\w*|part\w*|reduced|half|\d+\s*%|0?\.\d+)(?!\w)", re.IGNORECASE)
# The first day of work, not the last of leave; not "not returning", and "back surgery" is no return at all.
BACK = re.compile(r"\b(?:back|return(?:s|ed|ing)?|regresa)\b", re.IGNORECASE)
TO_THE_DAY = re.compile(
    r"(?:\W|to|work|on|about|around|approx\w*|est|estimated|expected|planned|anticipated|date|in|by|from|leave|el|a|"
    r"full|time|(?:mon|tue|wed|thu|fri)[a-z]*)*",
    re.IGNORECASE,
)
NEVER = re.compile(r"\b(?:not|no|never|won['\u2019]?t|isn['\u2019]?t)\b", re.IGNORECASE)
Days = tuple[date | None, date | None]


def days_of(cell: Value, day_first: bool = False) -> Days | None:
    """First and last day that a cell names; one of them is None where only the other is said. None for anything else."""
    if isinstance(cell, date | datetime) or not isinstance(cell, str):
        return None  # one day alone may be the first or the last
    text = tidy(cell)
    if IN_PART.search(text):
        return None  # somebody who is there for a part of the time is not away
    found = list(DAY.finditer(text))
    read: Callable = read_day_first if day_first else read_date
    if len(found) == 2:
        before, between = text[: found[0].start()], text[found[0].end() : found[1].start()]
        if not BETWEEN.fullmatch(between) or max(_last(UNTIL, before), _last(BACK, before)) > _last(FROM, before):
            return None
        written = [each.group() for each in found]
        last = _day(read, written[1]) if HAS_YEAR.search(written[1]) else None
        if last is None:
            return None
        if BACK.search(text[found[0].end() : found[1].start()]):
            last -= timedelta(days=1)
        first = _day(read, written[0] if HAS_YEAR.search(written[0]) else _in_year(written[0], last.year))
        if first is not None and first > last and not HAS_YEAR.search(written[0]):
            first = _day(read, _in_year(written[0], last.year - 1))
        return (first, last) if first is not None and first <= last else None
    if len(found) != 1 or not HAS_YEAR.search(found[0].group()):
        return None
    day, before = _day(read, found[0].group()), text[: found[0].start()]
    begins, ends, back = (_last(word, before) for word in (FROM, UNTIL, BACK))
    if day is None or begins == ends == back or 0 <= max(ends, back) < begins:  # "back from leave 9/1/26" is over
        return None
    if back > max(begins, ends) and (NEVER.search(before) or not _leads_to_the_day(before)):
        return None
    if begins > max(ends, back):  # "out until 1/5/27": the nearer word says it
        return day, None
    return None, day if ends > back else day - timedelta(days=1)


def _leads_to_the_day(before: str) -> bool:
    """Whether nothing but small words stands between "back" and the day."""
    return bool(TO_THE_DAY.fullmatch(before, list(BACK.finditer(before))[-1].end()))


def _last(word: re.Pattern[str], text: str) -> int:
    return max((each.start() for each in word.finditer(text)), default=-1)


def _in_year(text: str, year: int) -> str:
    return f"{text}/{year}" if "/" in text else f"{text}, {year}"


def _day(read: Callable, text: str) -> date | None:
    found = read(text, SERVICES.column("start"))
    return found if isinstance(found, date) else None

"""Day plans as people write them: "Mon: Oak; Tue: Oak, Elm", "M/W Lincoln; T Oak", one line a day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workload.intake.cells.cells import tidy

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
SPELLED = {
    "mon": 0,
    "monday": 0,
    "mo": 0,
    "m": 0,
    "tue": 1,
    "tues": 1,
    "tuesday": 1,
    "tu": 1,
    "t": 1,
    "wed": 2,
    "weds": 2,
    "wednesday": 2,
    "we": 2,
    "w": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "thursday": 3,
    "th": 3,
    "r": 3,
    "fri": 4,
    "friday": 4,
    "fr": 4,
    "f": 4,
}
NAME = r"(?:monday|mon|mo|tuesday|tues|tue|tu|wednesday|weds|wed|we|thursday|thurs|thur|thu|th|friday|fri|fr|m|t|w|r|f)"
LEAD = re.compile(
    rf"(?P<days>{NAME}(?:\s*(?:,|/|&|\+|-|\u2013|and|to)\s*{NAME})*)(?:\s*[:=\u2013-]\s*|\s+)(?P<rest>\S.*)",
    re.IGNORECASE,
)
RUN = re.compile(r"(?P<days>(?:M|Tu|Th|TH|T|W|R|F){2,5})(?:\s*[:=-]\s*|\s+)(?P<rest>\S.*)")
# A comma divides two days only where the name of a day follows: "M: Oak, T: Elm", "Mon Oak, Tue Elm".
ONE_DAY = re.compile(
    rf"[;\n|]|,\s*(?={NAME}(?:\s*(?:/|&|-|\u2013)\s*{NAME})*\s*[:=]|(?:mon|tue|wed|thu|fri)[a-z]*\.?\s)", re.IGNORECASE
)
APART = re.compile(r"[,/&+]")
# Days without any school: "M-F", "M/W/F", "Mon (am), Wed".
ONLY_DAYS = re.compile(
    rf"(?:(?:{NAME}|am|pm|a\.m\.|p\.m\.|half|all|day|days|full|only|and|to|through|alt|every other)(?![a-z])|[\s,/&+;:.()\u2013-])+"
    r"|(?:M|Tu|Th|TH|T|W|R|F){2,5}",
    re.IGNORECASE,
)
Plan = tuple[tuple[str, tuple[str, ...]], ...]


def read_day_plan(text: str, known: Sequence[str] = ()) -> Plan | None:
    """((day, schools as written), ...) in the order of the week; None when the text names no days, or no schools.

    known  names of schools, which are matched before a text is split: "Lincoln/Roosevelt K-8" is one school
    """
    schools: dict[int, tuple[str, ...]] = {}
    if has_only_days(text):
        return None
    for part in ONE_DAY.split(text):
        part = tidy(part)
        if not part:
            continue
        lead = LEAD.fullmatch(part) or RUN.fullmatch(part)
        if lead is None:
            return None
        named = _named(lead["rest"], known)
        for day in _days(lead["days"]):
            schools[day] = (*schools.get(day, ()), *named)
    return tuple((DAYS[day], schools[day]) for day in sorted(schools)) or None


def has_only_days(text: str) -> bool:
    """Whether a text names days and no school: "M/W/F"."""
    return bool(ONLY_DAYS.fullmatch(tidy(text)))


def _named(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """The schools of one day, known names first."""
    kept: list[str] = []
    for name in sorted((name for name in known if APART.search(name)), key=len, reverse=True):
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        if pattern.search(text):
            text = pattern.sub(f"\0{len(kept)}\0", text)
            kept.append(name)
    parts = (part.strip() for part in APART.split(text))
    return tuple(kept[int(part.strip("\0"))] if part.startswith("\0") else part for part in parts if part)


def _days(text: str) -> list[int]:
    found = [SPELLED[name.lower()] for name in re.findall(NAME, text, re.IGNORECASE)]
    if re.search(r"-|\u2013|\bto\b", text) and len(found) == 2:
        return list(range(found[0], found[1] + 1))
    return found


def as_text(plan: Plan) -> str:
    """The plan as the calculation reads it: "Mon: Oak; Tue: Oak, Elm"."""
    return "; ".join(f"{day}: {', '.join(schools)}" for day, schools in plan)

"""What a heading can mean in a table: the words say facts, the facts name columns, each with points.

candidates(SERVICES, "Consult Min/Month")
# [Candidate("minutes_per_period", points=..., period="month", unit="minutes", kind="consult")]
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from workload.intake.columns.heading_words import FILLER, PERIODS, UNKNOWN, UNNEEDED, facts_of
from workload.model.columns import SERVICES, TABLE, Table, compact
from workload.model.units import DAYS_PER_SCHOOL_WEEK

WHOLE_NAME, ALL_WORDS = 10.0, 8.0  # points of a heading that is a declared name, or all of whose words say it
UNKNOWN_WORD, UNKNOWN_BESIDE_ONE, OTHER_FACT, SOFT_FACT = 1.5, 2.5, 4.0, 0.5
LEAST = 4.5  # with fewer points the words do not say it
TOTALS = {"week": "minutes_per_week", "month": "minutes_per_month", "year": "minutes_per_year"}
ASSISTANT = "assistant"  # a column of OTAs beside the one of OTs
PERIOD_OF = {**{name: name for name in PERIODS}, "two-weeks": "two weeks", "six-weeks": "six weeks"}
CYCLE = re.compile(r"\b(\d{1,2})[\s-]*(?:school\s+)?days?\s*(?:cycle|rotation)?\b", re.IGNORECASE)
# A number of weeks that has no name of its own: "min per 3 wks" is a cycle of 15 school days.
OTHER_WEEKS = re.compile(
    r"(?:\b(?:per|every|each)\s*|/\s*)(3|5|7|8|10|[12]\d|3[0-5])[\s-]*(?:wks?|weeks?)\b", re.IGNORECASE
)
UNITS, SOME_UNITS = (
    "units",
    "some units",
)  # of fifteen minutes, as billing counts; of a length that the heading does not say
QUARTER_HOUR = re.compile(r"\b15\b")
LONG_PERIODS = {"12": "trimester", "18": "semester"}
KINDS = {"direct": "direct", "individual": "individual", "group": "group", "consult": "consult"}
AMOUNTS = frozenset(
    {
        "minutes_per_session",
        "sessions",
        "frequency_text",
        "minutes_per_period",
        "minutes_per_week",
        "minutes_per_month",
        "minutes_per_year",
        "hours_per_week",
        "period",
        "time_unit",
    }
)
# Facts that may stand beside any reading of a table without changing it.
BESIDE: Mapping[str, frozenset[str]] = {
    "services": frozenset({"ot", "ota", "planned", "related", "student", "service"}),
    "therapists": frozenset({"staff", "ot", "planned", "related", "service"}),
    "schools": frozenset({"school"}),
    "evaluations": frozenset({"student", "evaluation", "ot"}),
    "travel": frozenset({"travel", "school"}),
    "time_log": frozenset({"staff", "ot"}),
}


@dataclass(frozen=True)
class Candidate:
    """One thing that a heading may mean. Period, unit and kind are what the heading says of an amount."""

    name: str
    points: float
    period: str = ""
    unit: str = ""
    kind: str = ""

    @property
    def slot(self) -> tuple[str, str, str]:
        """What only one column of a sheet can be: of amounts there is one for each kind and period."""
        apart = self.name in AMOUNTS or self.kind == ASSISTANT
        return (self.name, self.kind, self.period) if apart else (self.name, "", "")


@dataclass(frozen=True)
class Said:
    """What the words of a heading say apart from the column: whose service, given or promised, needed or not."""

    other_service: bool = False  # another service
    whole_school: bool = False  # all of special education, or the whole school
    delivered: bool = False
    unneeded: bool = False
    of_a_day: bool = False  # hours a day: of work, and of no student's occupational therapy
    known: bool = False  # every word is known
    is_ot: bool = False
    limit: bool = False  # the most there may be
    summer: bool = False  # the extended school year


@lru_cache(maxsize=8192)
def said(heading: str) -> Said:
    """Whose column it is."""
    tokens = facts_of(heading)
    facts = frozenset().union(*tokens) if tokens else frozenset()
    is_ot = bool(facts & {"ot", "ota"})
    names_staff = "staff" in facts
    return Said(
        other_service="other" in facts and not is_ot,
        whole_school="whole" in facts and not is_ot,
        delivered="delivered" in facts and not names_staff,
        unneeded=UNNEEDED in facts or bool(facts & {"teacher", "family", "birth"}) and "student" not in facts,
        of_a_day={"hours", "day"} <= facts and not is_ot and "student" not in facts,
        known=bool(tokens) and UNKNOWN not in facts,
        is_ot=is_ot,
        limit="limit" in facts,
        summer="esy" in facts,
    )


@lru_cache(maxsize=8192)
def candidates(table_name: str, heading: str) -> tuple[Candidate, ...]:
    """What the heading can mean in the table by its words, best first."""
    table = TABLE[table_name]
    found: dict[str, Candidate] = {}
    whole = _whole_name(table, heading)
    if whole:
        found[whole] = _dressed(table, whole, WHOLE_NAME, heading)
    tokens = facts_of(heading)
    about = said(heading)
    blocked = (
        about.unneeded
        or about.delivered
        or (about.limit and table is SERVICES)
        or (table is SERVICES and about.other_service)
    )
    if not blocked and tokens:
        for name, patterns in _patterns(table).items():
            if name in AMOUNTS and (about.whole_school or about.summer or about.of_a_day):
                continue
            points = max((_points(table.name, pattern, tokens) for pattern in patterns), default=0.0)
            if points >= LEAST and points > found.get(name, _NONE).points:
                found[name] = _dressed(table, name, points, heading)
    return tuple(sorted(found.values(), key=lambda each: -each.points))


_NONE = Candidate("", 0.0)


def _whole_name(table: Table, heading: str) -> str | None:
    """The column that the heading names as a whole, by one of its declared names."""
    known = table.by_heading
    first_line = heading.split("\n")[0]
    for text in (heading.replace("\n", " "), first_line):
        if (name := known.get(compact(text))) is not None:
            return name
    return None


@lru_cache(maxsize=64)
def _patterns_of(table_name: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    return {
        column.name: tuple(tuple(says.split()) for says in column.says)
        for column in TABLE[table_name].columns
        if column.says
    }


def _patterns(table: Table) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    return _patterns_of(table.name)


def _points(table: str, pattern: tuple[str, ...], tokens: tuple[frozenset[str], ...]) -> float:
    """Points of one pattern: every fact of it must be said by a word of its own; other words cost points."""
    free = list(tokens)
    for fact in pattern:
        meant = frozenset(PERIODS) if fact == "PER" else frozenset((fact,))
        at = min(
            (place for place, facts in enumerate(free) if facts & meant),
            key=lambda place: len(free[place]),
            default=None,
        )
        if at is None:
            return 0.0
        del free[at]
    return ALL_WORDS + 0.25 * len(pattern) - sum(_cost(table, facts, pattern) for facts in free)


def _cost(table: str, facts: frozenset[str], pattern: tuple[str, ...]) -> float:
    """What a word that the pattern does not need takes away."""
    if FILLER in facts:
        return 0.0
    if facts & frozenset(pattern):
        return SOFT_FACT / 2
    if facts & BESIDE[table] or "whole" in facts:
        return SOFT_FACT
    if "number" in facts and frozenset(pattern) & {"sessions", "minutes"}:
        return 0.0  # "# of visits", "Sess #"
    if UNKNOWN in facts:
        return UNKNOWN_WORD if len(pattern) > 1 else UNKNOWN_BESIDE_ONE
    if facts & _ANY_AMOUNT and frozenset(pattern) & _ANY_AMOUNT:
        return 2 * SOFT_FACT
    if table == "services" and facts & KINDS.keys() and frozenset(pattern) & _MEASURES:
        return 0.0
    return OTHER_FACT


_ANY_AMOUNT = frozenset({"minutes", "time", "amount", "service"})
_MEASURES = frozenset({"minutes", "hours", "time", "sessions", "session", "length", "frequency", "amount", "service"})


def dressed(table: Table, name: str, heading: str) -> Candidate:
    """A decided column with what its heading says of the amount."""
    return replace(_dressed(table, name, WHOLE_NAME, heading), name=name)


def _dressed(table: Table, name: str, points: float, heading: str) -> Candidate:
    """The candidate with the period, unit and kind that the heading says of an amount."""
    tokens = facts_of(heading)
    facts = frozenset().union(*tokens) if tokens else frozenset()
    if table is SERVICES and name == "therapist" and "ota" in facts and "ot" not in facts:
        return Candidate(name, points, kind=ASSISTANT)
    if table is not SERVICES or name not in AMOUNTS:
        return Candidate(name, points)
    period = next((PERIOD_OF[name] for name in PERIODS if name in facts), "") if name != "time_unit" else ""
    if cycle := CYCLE.search(heading):
        period = f"{int(cycle[1])}-day cycle"
    if weeks := OTHER_WEEKS.search(heading):
        period = LONG_PERIODS.get(weeks[1], f"{int(weeks[1]) * DAYS_PER_SCHOOL_WEEK}-day cycle")
    period = "" if period == "biweekly" else period  # twice a week, or every two weeks: a person says which
    kind = next((KINDS[fact] for fact in KINDS if fact in facts), "")
    unit = "hours" if "hours" in facts and "minutes" not in facts else "minutes" if "minutes" in facts else ""
    if "units" in facts and name.startswith("minutes"):
        unit = UNITS if "minutes" in facts and QUARTER_HOUR.search(heading) else SOME_UNITS
    if name in ("frequency_text", "period"):
        period = ""
    if name == "minutes_per_period" and period in TOTALS and unit != "hours":
        name = TOTALS[period]
    elif name == "minutes_per_period" and (period, unit) == ("week", "hours"):
        name = "hours_per_week"
    if name in (*TOTALS.values(), "hours_per_week"):
        period = name.rsplit("_", 1)[1]
        unit = "hours" if name == "hours_per_week" else unit
    return Candidate(name, points, period, unit, kind)

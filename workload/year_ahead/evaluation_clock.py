"""The clock of a first evaluation: so many days from the parent's consent, in the days of the state.

Federal law counts 60 calendar days from consent (34 CFR 300.301(c)(1)), or the state's own time; a referral starts no
clock. The file says nothing of consents, so what comes of them is told only where somebody types them in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from workload.model.school_calendar import SchoolCalendar
from workload.model.units import DAYS_PER_SCHOOL_WEEK
from workload.rules.packs import evaluation_clock, federal_clock
from workload.rules.rule import EVIDENCE, FORCES, Rule

CALENDAR_DAYS, SCHOOL_DAYS, BUSINESS_DAYS = "calendar days", "school days", "business days"
UNITS = (CALENDAR_DAYS, SCHOOL_DAYS, BUSINESS_DAYS)
NO_CONSENT = (
    "No column of the file says when a parent consented, so the file's due dates are taken as they are and no clock is "
    "worked out from them."
)


@dataclass(frozen=True)
class Clock:
    """days  from the parent's consent, counted in `unit`: calendar days, school days or business days (Monday to Friday)."""

    days: int
    unit: str = CALENDAR_DAYS

    @property
    def words(self) -> str:
        """ "60 calendar days from the parent's consent"."""
        return f"{self.days} {self.unit} from the parent's consent"

    def due(self, consent: date, calendar: SchoolCalendar | None = None) -> date:
        """The last day for an evaluation after a consent; school days are those of the calendar."""
        if self.unit == CALENDAR_DAYS:
            return consent + timedelta(self.days)
        calendar, day, left = calendar or SchoolCalendar(), consent, self.days
        while left:
            day += timedelta(1)
            counts = calendar.is_open(day) if self.unit == SCHOOL_DAYS else day.weekday() < DAYS_PER_SCHOOL_WEEK
            left -= counts
        return day


FEDERAL = Clock(60)  # 34 CFR 300.301(c)(1)


def rule_of(state: str | None, day: date) -> Rule:
    """The rule that sets the clock: the state's where one was found, else the federal one."""
    return evaluation_clock(state, day) or federal_clock()


def clock_of(state: str | None, day: date) -> Clock:
    """The clock in a state on a day; the federal one without a state or where none of its own was found."""
    rule = rule_of(state, day)
    return Clock(int(rule.value or 0), rule.unit)


def clock_sentence(state: str | None, day: date) -> str:
    """From what the clock runs, in which days, and who says so."""
    rule = rule_of(state, day)
    whose = "Federal law" if rule.kind == "federal" else "The state's rule"
    said = f"{whose}: {rule.value:g} {rule.unit} from {rule.begins}, to {rule.until}"
    return f"{said} ({rule.citation}; {FORCES[rule.force]}, {EVIDENCE[rule.evidence]}). A referral does not start it."

"""The clock of a first evaluation: so many days from the parent's consent, in the days of the state.

Federal law counts 60 calendar days from consent (34 CFR 300.301(c)(1)), or the state's own time; a referral starts no
clock. Where the Evaluations sheet has the day of consent, a first evaluation that is not done falls due by the clock and not by
the file's due date; without it the due date is taken as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.model.school_calendar import SchoolCalendar
from workload.model.units import DAYS_PER_SCHOOL_WEEK
from workload.model.words import count
from workload.rules.packs import evaluation_clock, federal_clock
from workload.rules.rule import EVIDENCE, FORCES, Rule
from workload.work.there import evaluations_this_year

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


@dataclass(frozen=True)
class Kept:
    """First evaluations of the school year held against the clock, on the day of the answer.

    clock      from each consent
    in_time, late     done by the last day of the clock, and after it
    past, running     not done: the clock is over before the day, and is not
    without    without a date of consent: their due dates are taken as the file has them
    """

    clock: Clock
    in_time: int
    late: int
    past: int
    running: int
    without: int

    @property
    def known(self) -> int:
        """First evaluations with a date of consent."""
        return self.in_time + self.late + self.past + self.running

    @property
    def words(self) -> str:
        """What the file's consents say of the clock; that it has none where it has none."""
        if not self.known:
            return NO_CONSENT
        rest = f"; {self.without} without one keep the due date of the file" if self.without else ""
        return (
            f"The file says when the parent consented for {count(self.known, 'first evaluation')}{rest}. By the clock "
            f"{self.in_time} {'was' if self.in_time == 1 else 'were'} done in time, {self.late} late, {self.past} "
            f"{'is' if self.past == 1 else 'are'} not done and past the last day, {self.running} still running."
        )


def falls_due(evaluation: pd.Series, clock: Clock, calendar: SchoolCalendar | None = None) -> date | None:
    """The day by which an evaluation of the sheet has to be done; None where the row says neither due date nor consent.

    A first evaluation with a date of consent follows the clock, whatever due date is written; others their due date.
    """
    due, consent = (None if pd.isna(evaluation[name]) else evaluation[name].date() for name in ("due", "consent"))
    if consent is not None and (due is None or evaluation["type"] == "initial"):
        return clock.due(consent, calendar)
    return due


def clock_kept(answer: Answer, clock: Clock) -> Kept:
    """The first evaluations that the answer counts, by what became of their clock."""
    table = answer.roster.evaluations.iloc[evaluations_this_year(answer.roster, answer.day)]
    table = table[table["type"] == "initial"]
    consented = table[table["consent"].notna()]
    last = pd.to_datetime([falls_due(row, clock, answer.calendar) for _, row in consented.iterrows()])
    done = consented["completed"].to_numpy()
    finished, over = ~np.isnat(done), last < np.datetime64(answer.day)
    in_time = finished & (done <= last.to_numpy())
    return Kept(
        clock,
        int(in_time.sum()),
        int((finished & ~in_time).sum()),
        int((~finished & over).sum()),
        int((~finished & ~over).sum()),
        len(table) - len(consented),
    )


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
    said = f"{whose}: {rule.value:g} {rule.unit} from {rule.begins}" + (f", to {rule.until}" if rule.until else "")
    return f"{said} ({rule.citation}; {FORCES[rule.force]}, {EVIDENCE[rule.evidence]}). A referral does not start it."

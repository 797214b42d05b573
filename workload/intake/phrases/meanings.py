"""What a frequency phrase can mean: the records that the phrase reader hands out.

A phrase is the way an IEP states a service ("2 x 30 min weekly"). It ends in one of four grades:

* ``A`` clear, and no calendar is needed to get minutes a week;
* ``B`` clear, but the minutes a week depend on the school calendar;
* ``C`` more than one reading is possible: ``question`` says what to ask, ``choices`` are the answers,
  and ``parts`` stays empty until somebody has answered;
* ``D`` no minutes can be derived. The student still counts, the minutes do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from workload.model.school_year import PERIODS, WEEKS_IN_PERIOD, cycle_days
from workload.model.units import DAYS_PER_SCHOOL_WEEK

# Length of a period in instructional weeks with the calendar every district starts from (36 weeks, a school
# month of four). Only for checks and for examples; the calculation uses the district's own calendar.
DEFAULT_WEEKS = {
    **{period: Fraction(weeks) for period, weeks in WEEKS_IN_PERIOD.items()},
    "day": Fraction(1, DAYS_PER_SCHOOL_WEEK),
    "month": Fraction(4),
    "year": Fraction(36),
}
NO_CALENDAR_NEEDED = frozenset({"week", "two weeks"})

# Frequency codes of two record systems; the empty code is a value of its own in the first.
CODE_SYSTEMS: Mapping[str, Mapping[str, str]] = {
    "enrich": {"01": "day", "02": "week", "03": "month", "": "year"},
    "calpads": {"10": "day", "20": "week", "30": "month", "40": "year"},
}


@dataclass(frozen=True)
class Span:
    """A number, or a range of numbers when ``low < high``."""

    low: Fraction
    high: Fraction

    @property
    def is_range(self) -> bool:
        """True when the text gave two different numbers."""
        return self.low != self.high

    def times(self, other: Span | Fraction) -> Span:
        """The product, low with low and high with high."""
        if isinstance(other, Span):
            return Span(self.low * other.low, self.high * other.high)
        return Span(self.low * other, self.high * other)


@dataclass(frozen=True)
class Part:
    """One service described by a phrase. ``total_minutes`` are student minutes per ``period``; ``None`` means that the
    phrase does not say."""

    minutes_per_session: Fraction | None = None
    sessions: Fraction | None = None
    period: str | None = None
    total_minutes: Fraction | None = None
    delivery: str | None = None  # individual, group, consult
    group_size: int | None = None
    esy: bool = False  # extended school year: outside the regular year
    until: date | None = None
    starts: date | None = None


@dataclass(frozen=True)
class Choice:
    """One possible answer. ``parts`` is empty when the answer leads to a further question."""

    key: str
    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Reading:
    """What one cell says. ``key`` is the tidied text under which an answer to this very cell is kept."""

    text: str
    grade: str
    parts: tuple[Part, ...] = ()
    question: str | None = None
    choices: tuple[Choice, ...] = ()
    leftovers: str = ""
    notices: tuple[str, ...] = ()
    question_kind: str | None = None
    key: str = ""


@dataclass(frozen=True)
class PhraseContext:
    """What neighboring columns, the file or the user already said.

    ``answers`` maps a question kind, or the ``key`` of one reading, to the key of a choice. Under the key of
    one reading several choices may be joined with "+", or a corrected phrase may stand instead.
    The other fields are the same answers under plain names.
    """

    default_period: str | None = None  # settles "period-missing"
    number_means: str | None = None  # what a bare number is: "minutes", "hours" or "sessions"
    day: date | None = (
        None  # some day of the school year that the file speaks of; tells the year of a date such as 12/20
    )
    answers: Mapping[str, str] = field(default_factory=dict)

    def with_answer(self, kind: str, key: str) -> PhraseContext:
        """The same context after one more question was answered."""
        return replace(self, answers={**self.answers, kind: key})

    def plain_answer(self, kind: str) -> str | None:
        """The answer to ``kind`` that one of the plainly named fields gives."""
        return {"period-missing": self.default_period, "bare-number": self.number_means}.get(kind)


def weeks_in_period(period: str) -> Fraction:
    """Weeks in one ``period`` with the default calendar; raises ``ValueError`` for an unknown period."""
    if period in DEFAULT_WEEKS:
        return DEFAULT_WEEKS[period]
    days = cycle_days(period)
    if days is None:
        raise ValueError(f"{period!r} is not a period; expected one of {PERIODS} or 'N-day cycle'")
    return Fraction(days, DAYS_PER_SCHOOL_WEEK)


def weekly_minutes(parts: tuple[Part, ...]) -> Fraction | None:
    """Student minutes a week in the regular year with the default calendar, ESY parts left out.

    ``None`` when no part has minutes. A part that runs only from a later date on is not counted.
    """
    counted = [
        (part, part.total_minutes / weeks_in_period(part.period))
        for part in parts
        if part.total_minutes is not None and part.period is not None
    ]
    if not counted:
        return None
    return sum((weekly for part, weekly in counted if not part.esy and part.starts is None), Fraction(0))


def grade_of(parts: tuple[Part, ...]) -> str:
    """A, B or D for parts that are settled."""
    with_minutes = [part for part in parts if part.total_minutes is not None and part.period is not None]
    if not with_minutes:
        return "D"
    return "A" if all(part.period in NO_CALENDAR_NEEDED for part in with_minutes) else "B"


def show_number(number: Fraction) -> str:
    """A number the way a person writes it: 30, 22.5, 8.33."""
    if number.denominator == 1:
        return str(number.numerator)
    return f"{float(number):.2f}".rstrip("0").rstrip(".")


def show_span(span: Span) -> str:
    """A number or a range in words: "30" or "20 to 30"."""
    return show_number(span.low) + (f" to {show_number(span.high)}" if span.is_range else "")

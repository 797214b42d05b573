"""Cells as Excel delivers them, as the tokens of a phrase: numbers, times, durations and dates."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from workload.intake.phrases.meanings import Span, show_number
from workload.intake.phrases.tokens import Token, number, tidy, tokens_of

MINUTES_PER_DAY = 1440
DAYS_AS_TIME = Fraction(1, 10)  # a smaller number may be a time, which Excel stores as a part of a day
LARGEST_NUMBER = 100_000  # a larger number is an identifier
TYPED_DECIMALS = 100  # nobody types more digits than hundredths for hours


def cell_tokens(value: object) -> tuple[str, list[Token]]:
    """How a cell is shown, and its tokens. Never raises for a value that a spreadsheet reader hands out."""
    value = _plain(value)
    if isinstance(value, bool):
        value = "yes" if value else ""
    if isinstance(value, timedelta | time):
        return _time(value)
    if isinstance(value, date):
        return _date(value)
    if isinstance(value, int | float | Fraction):
        return _number(value)
    shown = "" if value is None else str(value)
    return shown, tokens_of(tidy(shown))


def exact_number(value: int | float | Fraction) -> Fraction:
    """The number that a person typed behind a stored number: 0.33 is 33/100, 0.333333333 is a third."""
    near = Fraction(value).limit_denominator(10_000)
    return near if abs(near - Fraction(value)) < Fraction(1, 10**8) else Fraction(value)


def _plain(value: object) -> object:
    """Numbers and dates of other libraries as those of the standard library; their missing values as None."""
    for method in ("to_pydatetime", "to_pytimedelta", "item"):
        convert = getattr(value, method, None)
        if callable(convert):
            try:
                value = convert()
            except (TypeError, ValueError):
                return str(value)
            break
    return None if str(value) in ("NaT", "<NA>") else value


def _time(value: time | timedelta) -> tuple[str, list[Token]]:
    length = value if isinstance(value, timedelta) else timedelta(hours=value.hour, minutes=value.minute)
    minutes = round(length.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    shown = f"{'-' if minutes < 0 else ''}{hours}:{rest:02d}"
    if minutes < 0:
        return shown, [Token("UNKNOWN", shown)]
    return shown, [Token("CLOCK", shown, numbers=tuple(Span(Fraction(n), Fraction(n)) for n in (hours, rest)))]


def _date(value: date) -> tuple[str, list[Token]]:
    if isinstance(value, datetime) and value.year < 1905 and (value.hour or value.minute):
        return _time(value.time())
    if value.year == 1900:  # a small number that was formatted as a date; Excel counts a 29 February 1900
        serial = (date(value.year, value.month, value.day) - date(1899, 12, 31)).days
        return _number(serial + (value.month > 2))
    shown = f"{value.day}-{value:%b}"
    return shown, tokens_of(tidy(shown))


def _number(value: int | float | Fraction) -> tuple[str, list[Token]]:
    if isinstance(value, float) and not math.isfinite(value):
        return "", []
    exact = exact_number(value)
    if abs(exact) > LARGEST_NUMBER:
        return str(value), [Token("UNKNOWN", str(value))]
    of_day = exact * MINUTES_PER_DAY
    if (
        0 < exact < DAYS_AS_TIME
        and (exact * TYPED_DECIMALS).denominator > 1
        and abs(of_day - round(of_day)) < Fraction(1, 1000)
    ):
        return _time(timedelta(minutes=round(of_day)))
    shown = show_number(exact)
    return shown, [Token("UNKNOWN", "-"), number(-exact)] if exact < 0 else [number(exact)]

"""Numbers and phrases as people read them. The only place that rounds for display.

Rounding is half up: 0.25 is shown as 0.3. FTE have one decimal (two below 0.1), hours one, percent none.
"""

from __future__ import annotations

import math
from calendar import month_name
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from workload.analysis import Answer

NO_VALUE = "no value"
SMALL_FTE = 0.1          # below it one decimal would hide the difference between something and nothing
EVEN_FTE = 0.05          # a gap that one decimal shows as nothing
SIGNIFICANT = 12         # sums in another order differ in the 16th digit; that must not turn a half around


def rounded(value: float | None, digits: int) -> float:
    """The value rounded half up (away from zero); NaN where there is no value."""
    if value is None or not math.isfinite(value):
        return math.nan
    exact = Decimal(f"{value:.{SIGNIFICANT}g}")
    return float(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)) + 0.0   # + 0.0: never minus zero


def shown(value: float | None, digits: int = 1) -> str:
    """The value rounded half up, with US separators: 1234.25 is "1,234.3". No value is said in words."""
    number = rounded(value, digits)
    return NO_VALUE if math.isnan(number) else f"{number:,.{digits}f}"


def numbers(values: Iterable[float | None], digits: int) -> list[float]:
    """A column rounded for display, still numbers."""
    return [rounded(value, digits) for value in values]


def fte_digits(value: float | None) -> int:
    """Decimals of an FTE: two below 0.1, else one; zero has one."""
    return 2 if value is not None and 0 < abs(rounded(value, 2)) < SMALL_FTE else 1


def fte(value: float | None) -> str:
    """An FTE without its unit: "3.2", "0.04"."""
    return shown(value, fte_digits(value))


def fte_number(value: float | None) -> float:
    """An FTE as it is shown, still a number."""
    return rounded(value, fte_digits(value))


def hours(value: float | None) -> str:
    """Hours without their unit: "28.9"."""
    return shown(value, 1)


def percent(share: float | None, digits: int = 0) -> str:
    """A share of one as percent: 0.374 is "37%"."""
    text = shown(None if share is None else share * 100, digits)
    return text if text == NO_VALUE else f"{text}%"


def count(number: int, one: str, many: str = "") -> str:
    """"1 school", "24 schools"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def within(label: str) -> str:
    """A label as it stands inside a sentence: "direct service", but "IEP meetings"."""
    first = label.split(" ")[0]
    return label if sum(letter.isupper() for letter in first) > 1 else label[:1].lower() + label[1:]


def gap_phrase(gap_fte: float) -> str:
    """"short 3.2 FTE", "has room for 0.4 FTE" or "even". The gap is available minus required."""
    if rounded(gap_fte, 2) == 0:
        return "even"
    return f"short {fte(-gap_fte)} FTE" if gap_fte < 0 else f"has room for {fte(gap_fte)} FTE"


def in_words(day: date) -> str:
    """"October 1, 2026"."""
    return f"{month_name[day.month]} {day.day}, {day.year}"


def headline(answer: Answer, district_name: str = "") -> str:
    """What the district needs, has and lacks in two sentences, as plain text.

    The three numbers agree as they stand: where one decimal would make needed minus had differ from the gap
    by rounding, all three get more decimals.
    """
    name, row, day = district_name.strip() or "The district", answer.district, in_words(answer.day)
    required, available = row["required_fte"], row["available_fte"]
    if not required and not available:
        return (f"{name}: there is nothing to count on {day}. No service is in force and nobody is in post; "
                "check the day, or load a roster.")
    if not required:
        return f"{name} has {fte(available)} FTE of {_who(answer)} time, and no service is in force on {day}."
    digits = agreeing_digits(required, available)
    needs = f"{name} needs {shown(required, digits)} FTE of {_who(answer)} time for the services on its plans of {day}"
    if not available:
        nobody = "everyone in post is on leave" if row["contracted_fte"] else "nobody is in post"
        return f"{needs}, and {nobody}. {_gap(answer, digits)}."
    return f"{needs} and has {shown(available, digits)}. {_gap(answer, digits)}.{_hidden(answer)}"


def _who(answer: Answer) -> str:
    """"OT", or "OT and OTA" where OTAs are part of either number."""
    ota = answer.by_role.loc["OTA"]
    return "OT and OTA" if ota["required_fte"] or ota["available_fte"] else "OT"


def agreeing_digits(required: float, available: float) -> int:
    """The fewest decimals, from one, at which shown needed minus shown had is the shown gap."""
    start = 2 if required < SMALL_FTE or 0 < available < SMALL_FTE else 1
    for digits in range(start, 4):
        difference = rounded(required, digits) - rounded(available, digits)
        if rounded(difference, digits) == rounded(required - available, digits):
            return digits
    return start


def _gap(answer: Answer, digits: int) -> str:
    gap, spread = answer.district["gap_fte"], answer.range
    worst, best = answer.district["available_fte"] - spread.p90, answer.district["available_fte"] - spread.p10
    if abs(gap) < EVEN_FTE and answer.district["available_fte"]:
        said = "That is about even"
    elif gap < 0:
        said = f"It is short {shown(-gap, digits)} FTE"
    else:
        said = f"It has room for {shown(gap, digits)} FTE"
    low, high = rounded(worst, digits), rounded(best, digits)
    if low == high:
        return said
    if low < 0 < high or abs(gap) < EVEN_FTE:
        return f"{said} (likely between {_side(low, digits)} and {_side(high, digits)})"
    first, last = sorted((abs(low), abs(high)))
    return f"{said} (likely between {shown(first, digits)} and {shown(last, digits)})"


def _side(gap: float, digits: int) -> str:
    if gap == 0:
        return "even"
    return f"short {shown(-gap, digits)} FTE" if gap < 0 else f"room for {shown(gap, digits)} FTE"


def _hidden(answer: Answer) -> str:
    """A sentence where the district's own gap hides work that does not fit where it is."""
    short = answer.district["shortfall_total_fte"]
    if answer.district["gap_fte"] < -EVEN_FTE or short < EVEN_FTE:
        return ""
    return f" Even so, {fte(short)} FTE of work does not fit the week of those who have it, or has no therapist."

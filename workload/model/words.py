"""Numbers and phrases as people read them. The only place that rounds for display.

Rounding is half up: 0.25 is shown as 0.3. FTE have one decimal (two below 0.1), hours one, percent none.
"""

from __future__ import annotations

import math
import re
from calendar import month_name
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

NO_VALUE = "no value"
NOT_KNOWN = "not known yet"
MONTHS = tuple(name.lower() for name in month_name[1:])
SPELLED_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
ISO_DAY, SLASHED_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
SMALL_FTE = 0.1  # below it one decimal would hide the difference between something and nothing
FTE_DIGITS = 1  # of an FTE that stands alone
EVEN_FTE = 0.05  # a gap that one decimal shows as nothing
NEAR_A_HALF, LARGE = 1e-4, 1e7  # of the last digit shown; above it 12 significant digits may end before that digit
NO_DECIMALS_LEFT = 1e15
ESTIMATE_DIGITS, MINUTES_STEP = 2, 500.0  # what an estimate bears; minutes a week are told outside in such steps
SIGNIFICANT = 12  # sums in another order differ in the 16th digit; that must not turn a half around


def rounded(value: float | None, digits: int) -> float:
    """The value rounded half up (away from zero); NaN where there is no value."""
    if value is None or not math.isfinite(value):
        return math.nan
    size = -value if value < 0 else value  # this runs hundreds of times for a page
    if size >= NO_DECIMALS_LEFT:
        return float(value)
    scaled = size * 10.0**digits
    if digits >= 0 and scaled <= LARGE and not -NEAR_A_HALF < scaled % 1 - 0.5 < NEAR_A_HALF:
        made = math.floor(scaled + 0.5) / 10.0**digits
        return (-made if value < 0 else made) + 0.0
    exact = Decimal(f"{value:.{SIGNIFICANT}g}")
    return float(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)) + 0.0  # + 0.0: never minus zero


def shown(value: float | None, digits: int = 1) -> str:
    """The value rounded half up, with US separators: 1234.25 is "1,234.3". No value is said in words."""
    number = rounded(value, digits)
    return NO_VALUE if math.isnan(number) else f"{number:,.{digits}f}"


def numbers(values: Iterable[float | None], digits: int) -> list[float]:
    """A column rounded as `rounded` does, still numbers: all at once, and one by one only what lies near a half."""
    given = (
        values.astype(float)  # a copy
        if isinstance(values, np.ndarray) and values.dtype.kind in "fiu"
        else np.array([math.nan if value is None else float(value) for value in values])
    )
    given[~np.isfinite(given)] = math.nan
    scaled = np.minimum(np.abs(given), NO_DECIMALS_LEFT) * 10.0**digits
    made = np.copysign(np.floor(scaled + 0.5) / 10.0**digits, given) + 0.0
    for at in np.flatnonzero((np.abs(scaled % 1 - 0.5) < NEAR_A_HALF) | (scaled > LARGE)):
        made[at] = rounded(given[at], digits)
    return made.tolist()


def fte_digits(value: float | None) -> int:
    """Decimals of an FTE: two below 0.1, else one; zero has one."""
    return 2 if value is not None and 0 < abs(rounded(value, 2)) < SMALL_FTE else FTE_DIGITS


def fte(value: float | None) -> str:
    """An FTE without its unit.

    >>> fte(3.25), fte(0.04), fte(None)
    ('3.3', '0.04', 'no value')
    """
    return shown(value, fte_digits(value))


def fte_number(value: float | None) -> float:
    """An FTE as it is shown, still a number."""
    return rounded(value, fte_digits(value))


def fte_span(low: float, high: float) -> str:
    """ "2.1 to 3.2", or one number where both are the same as written."""
    return fte(low) if fte(low) == fte(high) else f"{fte(low)} to {fte(high)}"


def hours(value: float | None) -> str:
    """Hours without their unit: "28.9"."""
    return shown(value, 1)


def percent(share: float | None, digits: int = 0) -> str:
    """A share of one as percent: 0.374 is "37%"."""
    text = shown(None if share is None else share * 100, digits)
    return text if text == NO_VALUE else f"{text}%"


def cut_name(name: str, longest: int) -> str:
    """A name of at most so many letters, cut in the middle: two schools with one beginning differ at their ends.

    >>> cut_name("Saint Bartholomew Academy Campus 3", 20), cut_name("Oak", 20)
    ('Saint Barth…Campus 3', 'Oak')
    """
    if len(name) <= longest:
        return name
    end = longest * 2 // 5
    return f"{name[: longest - 1 - end].rstrip()}…{name[-end:].lstrip()}"


def capacity_used(share: float, posts_known: bool = True) -> str:
    """Work over contract hours as percent; in words where nobody is there, and where nobody has said who is.

    >>> capacity_used(1.28), capacity_used(float("nan")), capacity_used(float("nan"), posts_known=False)
    ('128%', 'nobody is there', 'not known yet')
    """
    if share == share:
        return percent(share)
    return "nobody is there" if posts_known else NOT_KNOWN


def count(number: int, one: str, many: str = "") -> str:
    """ "1 school", "24 schools"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def first_few(names: Sequence[object], most: int) -> str:
    """ "A, B, and more": the first of a list, and that there are more."""
    return ", ".join(map(str, names[:most])) + (", and more" if len(names) > most else "")


def within(label: str) -> str:
    """A label as it stands inside a sentence: "direct service", but "IEP meetings"."""
    first = label.split(" ")[0]
    return label if sum(letter.isupper() for letter in first) > 1 else label[:1].lower() + label[1:]


def gap_in_words(gap: float) -> str:
    """A gap as people say it: "short 3.2", "room 0.4", "even"; empty where none is told."""
    if gap != gap:
        return ""
    return "even" if abs(gap) < EVEN_FTE else f"short {fte(-gap)}" if gap < 0 else f"room {fte(gap)}"


def in_words(day: date) -> str:
    """ "October 1, 2026"."""
    return f"{month_name[day.month]} {day.day}, {day.year}"


def day_in(text: str) -> date | None:
    """The day of "January 4, 2027", "2027-01-04" or "1/4/2027" (month first, as in the US); None for anything else."""
    spelled, iso, slashed = (form.fullmatch(text.strip()) for form in (SPELLED_DAY, ISO_DAY, SLASHED_DAY))
    if spelled:
        parts = int(spelled[3]), month_of(spelled[1]), int(spelled[2])
    elif iso:
        parts = int(iso[1]), int(iso[2]), int(iso[3])
    elif slashed:
        parts = int(slashed[3]), int(slashed[1]), int(slashed[2])
    else:
        return None
    try:
        return date(*parts)
    except ValueError:  # no such day
        return None


def month_of(word: str) -> int:
    """1 to 12 for a month or its first three letters or more; 0 for another word."""
    return next((at for at, name in enumerate(MONTHS, 1) if name.startswith(word.lower())), 0)


def month_and_year(day: date) -> str:
    """ "October 2026"."""
    return f"{month_name[day.month]} {day.year}"


def significant(value: float, digits: int) -> float:
    """The value with so many significant digits, rounded half up: 268,422 with two is 270,000."""
    if not value or not math.isfinite(value):
        return value
    return rounded(value, digits - 1 - math.floor(math.log10(abs(value))))


def about(value: float, step: float = MINUTES_STEP) -> float:
    """An estimate as "about" tells it: to two digits, yet no coarser than the step in which it is told outside.

    6,191 minutes are about 6,200 and 16,584 about 16,500; so what staff read agrees with what the public reads.
    """
    if not value or not math.isfinite(value):
        return value
    fine = min(step, 10.0 ** (math.floor(math.log10(abs(value))) + 1 - ESTIMATE_DIGITS))
    return rounded(rounded(value / fine, 0) * fine, 4)


def about_words(value: float, step: float = MINUTES_STEP) -> str:
    """`about` as it is written, whole: "6,200"."""
    return shown(about(value, step), 0)


def dollars(value: float) -> str:
    """Whole dollars with their sign: "$110,000", "−$2,500"."""
    return ("−" if rounded(value, 0) < 0 else "") + "$" + shown(abs(value), 0)


def agreeing_digits(required: float, available: float) -> int:
    """The fewest decimals, from one, at which shown needed minus shown had is the shown gap."""
    start = 2 if required < SMALL_FTE or 0 < available < SMALL_FTE else 1
    for digits in range(start, 4):
        difference = rounded(required, digits) - rounded(available, digits)
        if rounded(difference, digits) == rounded(required - available, digits):
            return digits
    return start

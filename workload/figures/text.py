"""Numbers and phrases as people read them. The only place that rounds for display.

Rounding is half up: 0.25 is shown as 0.3. FTE have one decimal (two below 0.1), hours one, percent none.
"""

from __future__ import annotations

import math
from calendar import month_name
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from workload.analysis import Answer

NO_VALUE = "no value"
SMALL_FTE = 0.1          # below it one decimal would hide the difference between something and nothing
EVEN_FTE = 0.05          # a gap that one decimal shows as nothing
NEAR_A_HALF, LARGE = 1e-4, 1e7     # of the last digit shown; above it 12 significant digits may end before that digit
NO_DECIMALS_LEFT = 1e15
SIGNIFICANT = 12         # sums in another order differ in the 16th digit; that must not turn a half around


def rounded(value: float | None, digits: int) -> float:
    """The value rounded half up (away from zero); NaN where there is no value."""
    if value is None or not math.isfinite(value):
        return math.nan
    if abs(value) >= NO_DECIMALS_LEFT:
        return float(value)
    exact = Decimal(f"{value:.{SIGNIFICANT}g}")
    return float(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)) + 0.0   # + 0.0: never minus zero


def shown(value: float | None, digits: int = 1) -> str:
    """The value rounded half up, with US separators: 1234.25 is "1,234.3". No value is said in words."""
    number = rounded(value, digits)
    return NO_VALUE if math.isnan(number) else f"{number:,.{digits}f}"


def numbers(values: Iterable[float | None], digits: int) -> list[float]:
    """A column rounded as `rounded` does, still numbers: all at once, and one by one only what lies near a half."""
    given = np.array([math.nan if value is None else float(value) for value in values])
    given[~np.isfinite(given)] = math.nan
    scaled = np.minimum(np.abs(given), NO_DECIMALS_LEFT) * 10.0 ** digits
    made = np.copysign(np.floor(scaled + 0.5) / 10.0 ** digits, given) + 0.0
    for at in np.flatnonzero((np.abs(scaled % 1 - 0.5) < NEAR_A_HALF) | (scaled > LARGE)):
        made[at] = rounded(given[at], digits)
    return made.tolist()


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


SHORT, EVEN, ROOM = "short", "even", "room"


@dataclass(frozen=True)
class Side:
    """Which side of even a gap is on, and by how many FTE, as written."""

    kind: str
    fte: str


@dataclass(frozen=True)
class Standing:
    """What the headline says with every number already rounded and written, so that a language only phrases it.

    required, available  FTE, empty for none
    on_leave             whether somebody has a post but nobody is there on the day
    spread               the ends of the likely gap; `across` says that they may lie on different sides of even
    unfitted             FTE of work that has no place although the district as a whole is not short; empty for none
    """

    day: date
    otas: bool
    required: str = ""
    available: str = ""
    on_leave: bool = False
    gap: Side = Side(EVEN, "")
    spread: tuple[Side, Side] | None = None
    across: bool = False
    unfitted: str = ""


def standing_of(answer: Answer) -> Standing:
    """The one place that decides which numbers a headline has and with how many decimals.

    The three numbers agree as they stand: where one decimal would make needed minus had differ from the gap
    by rounding, all three get more decimals.
    """
    row, ota = answer.district, answer.by_role.loc["OTA"]
    required, available, gap = row["required_fte"], row["available_fte"], row["gap_fte"]
    otas = bool(ota["required_fte"] or ota["available_fte"])
    if not required:
        return Standing(answer.day, otas, available=fte(available) if available else "")
    digits = agreeing_digits(required, available)
    even = bool(abs(gap) < EVEN_FTE and available)
    low, high = (_side(available - end, digits) for end in (answer.range.p90, answer.range.p10))
    across = bool(abs(gap) < EVEN_FTE) or (low.kind, high.kind) == (SHORT, ROOM)
    ends = (low, high) if across else tuple(sorted((low, high), key=lambda side: float(side.fte.replace(",", ""))))
    short = row["shortfall_total_fte"]
    return Standing(
        answer.day, otas, shown(required, digits), shown(available, digits) if available else "",
        bool(not available and row["contracted_fte"]),
        Side(EVEN if even else SHORT if gap < 0 else ROOM, shown(abs(gap), digits)),
        None if low == high else ends, across,
        "" if not available or gap < -EVEN_FTE or short < EVEN_FTE else fte(short))


def _side(gap: float, digits: int) -> Side:
    written = rounded(gap, digits)
    return Side(EVEN if written == 0 else SHORT if written < 0 else ROOM, shown(abs(written), digits))


def agreeing_digits(required: float, available: float) -> int:
    """The fewest decimals, from one, at which shown needed minus shown had is the shown gap."""
    start = 2 if required < SMALL_FTE or 0 < available < SMALL_FTE else 1
    for digits in range(start, 4):
        difference = rounded(required, digits) - rounded(available, digits)
        if rounded(difference, digits) == rounded(required - available, digits):
            return digits
    return start


def headline(answer: Answer, district_name: str = "") -> str:
    """What the district needs, has and lacks in two sentences, as plain text."""
    name, said = district_name.strip() or "The district", standing_of(answer)
    who, day = "OT and OTA" if said.otas else "OT", in_words(said.day)
    if not said.required and not said.available:
        return (f"{name}: there is nothing to count on {day}. No service is in force and nobody is in post; "
                "check the day, or load a roster.")
    if not said.required:
        return f"{name} has {said.available} FTE of {who} time, and no service is in force on {day}."
    needs = f"{name} needs {said.required} FTE of {who} time for the services on its plans of {day}"
    if not said.available:
        nobody = "everyone in post is on leave" if said.on_leave else "nobody is in post"
        return f"{needs}, and {nobody}. {_gap(said)}."
    even_so = f" Even so, {said.unfitted} FTE of work does not fit the week of those who have it, or has no therapist."
    return f"{needs} and has {said.available}. {_gap(said)}.{even_so if said.unfitted else ''}"


def _gap(said: Standing) -> str:
    gap = {SHORT: f"It is short {said.gap.fte} FTE", ROOM: f"It has room for {said.gap.fte} FTE", EVEN: "That is about even"}
    if said.spread is None:
        return gap[said.gap.kind]
    low, high = (_end(side) if said.across else side.fte for side in said.spread)
    return f"{gap[said.gap.kind]} (likely between {low} and {high})"


def _end(side: Side) -> str:
    return {SHORT: f"short {side.fte} FTE", ROOM: f"room for {side.fte} FTE", EVEN: "even"}[side.kind]

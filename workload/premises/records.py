"""A premise: something that the answer stands on, whether it is known, and what the FTE would be if it were otherwise."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

GIVEN, CONFIRMED, ASSUMED, OPEN = "given", "confirmed", "assumed", "open"
FINAL, PROVISIONAL, NEED_ONLY = "final", "provisional", "need-only"
POSTS, STANDARDS = "posts", "standards"
LARGE_SHARE = 0.1  # of the required FTE: what moves the gap by more is not assumed in silence
SAME = 1e-9


@dataclass(frozen=True)
class Ends:
    """The lowest and highest FTE if the premise were otherwise; NaN where it cannot be told."""

    low: float
    high: float

    @classmethod
    def of(cls, *values: float) -> Ends:
        """Around some values; values that are not known are left aside."""
        known = [value for value in values if value == value]
        return cls(min(known), max(known)) if known else cls(math.nan, math.nan)


@dataclass(frozen=True)
class Premise:
    """One premise.

    text      a sentence in plain words
    touches   rows, lines, students or people that it is about
    required, gap  FTE at its other ends
    action    what settles it
    """

    id: str
    state: str
    text: str
    touches: int
    required: Ends
    gap: Ends
    action: str
    now: tuple[float, float] = field(default=(math.nan, math.nan), repr=False)  # required and gap as answered
    who: str = ""
    when: str = ""

    @property
    def effect_fte(self) -> float:
        """How far its other ends move the gap, or the need where no gap is told."""
        required, gap = self.now
        ends, now = (self.gap, gap) if gap == gap and self.gap.low == self.gap.low else (self.required, required)
        return max((abs(end - now) for end in (ends.low, ends.high) if end == end and now == now), default=0.0)

    @property
    def turns_the_answer(self) -> bool:
        """Whether another end changes the sign of the gap or moves it by more than a tenth of the required FTE."""
        required, gap = self.now
        if self.effect_fte > LARGE_SHARE * required + SAME:
            return True
        return any(
            end == end and gap == gap and (end < -SAME) != (gap < -SAME) for end in (self.gap.low, self.gap.high)
        )


def status_of(premises: Iterable[Premise]) -> str:
    """Final without an open premise, need-only while nobody has said who is in post, else provisional."""
    open_ = {premise.id for premise in premises if premise.state == OPEN}
    return NEED_ONLY if POSTS in open_ else PROVISIONAL if open_ else FINAL


def to_settle(premises: Iterable[Premise]) -> list[Premise]:
    """What is open or assumed, in the order of its effect: the open ones first."""
    left = [premise for premise in premises if premise.state in (OPEN, ASSUMED)]
    return sorted(
        left, key=lambda premise: (premise.state != OPEN, premise.id != POSTS, -premise.effect_fte, premise.id)
    )


STATE_WORDS = {GIVEN: "from your file", CONFIRMED: "confirmed", ASSUMED: "assumed", OPEN: "open"}


def states_said(states: Sequence[str]) -> str:
    """How many premises there are of each state: "8 from your file, 2 confirmed, 2 assumed"."""
    return ", ".join(f"{states.count(state)} {said}" for state, said in STATE_WORDS.items() if state in states)

"""The one gate: which counts, rows, shares and times may leave the district, and how coarsely they are told.

Three things are kept back outside. A count below the smallest one, with further rows so that it cannot be found by
subtraction. The time of fewer than `FEWEST_PEOPLE` people. And every digit that would tell one child: each figure is
told in steps larger than one child's week, and figures that rest on the same quantity are worked out from its one told
value, so that two grids never close in on it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from workload.model.words import MINUTES_STEP, about_words, fte, hours, numbers, percent, rounded, shown

NOT_SHOWN = "not shown"

LOWEST_SHARE, HIGHEST_SHARE = 0.05, 0.95  # shares of students beyond these ends are capped
FEWEST_PEOPLE = 3  # whose time is told together; with two, each would know the other's
# Steps outside. One child takes about an hour of a therapist's week and seldom more than three; an FTE step of 0.1 is
# 3.75 hours of a 37.5-hour week. Two packets that differ by one child differ by no step or by one, whatever the plan.
COUNT_STEP = 5  # students, lines, rows
FTE_STEP = 0.1
HOURS_STEP = 5.0  # hours a week
HALF_HOURS_STEP = 50.0  # half-hour sessions a year, worked out from told hours
OWED_MINUTES_STEP, OWED_HOURS_STEP = 5000.0, 100.0  # by the end of a year: more than one child can be owed
DOLLARS_STEP = 5000.0  # of waiting, which follows from owed hours
SHARE_STEPS = (0.01, 0.05, 0.10, 0.25)


def withheld(counts: np.ndarray, smallest: int) -> np.ndarray:
    """Which rows are withheld, shape as `counts`. The rows are one group with a published total.

    Rows below `smallest`, and the next larger ones until (sum of the withheld) - (largest of them) >= smallest.
    """
    counts = np.asarray(counts, float)
    hidden = counts < smallest
    if not hidden.any():
        return hidden
    for at in np.argsort(counts, kind="stable"):
        if _safe(counts[hidden], smallest):
            break
        hidden[at] = True
    return hidden


def _safe(counts: np.ndarray, smallest: int) -> bool:
    return counts.sum() - counts.max(initial=0) >= smallest


def withheld_time(present: np.ndarray, serves: np.ndarray) -> np.ndarray:
    """Of which rows the available time is withheld, shape (rows,).

    present  (rows, people) who has time where on the day
    serves   (rows, people) who has work or time where; a person on leave serves and is not present

    Rows where one person has time, as it would be that person's, and rows where people serve and none has time, as
    0.0 would tell of their leave. With them further rows, those of the fewest people first, until what a published
    total leaves over is the time of `FEWEST_PEOPLE` in two rows or more.
    """
    people = present.sum(axis=1)
    served = serves.any(axis=1) | (people > 0)
    hidden = served & (people < 2)
    if not hidden.any():
        return hidden
    for row in np.argsort(people, kind="stable"):
        if hidden.sum() > 1 and present[hidden].any(axis=0).sum() >= FEWEST_PEOPLE:
            break
        hidden[row] |= served[row]
    return hidden


def stepped(value: float, step: float) -> float:
    """The value to the nearest step, half up; NaN stays NaN. 534.2 in steps of 5 is 535."""
    return rounded(rounded(value / step, 0) * step, 4)


def steps(values: np.ndarray, step: float) -> list[float]:
    """A column as `stepped` gives each."""
    return numbers(np.array(numbers(values / step, 0)) * step, 4)


@dataclass(frozen=True)
class Gate:
    """The gate of one packet. `open` is an internal packet: everything passes as it is."""

    smallest: int
    open: bool = False

    def rows(self, counts: np.ndarray) -> np.ndarray:
        """Which rows are withheld; none of them when the gate is open."""
        return np.zeros(len(counts), bool) if self.open else withheld(counts, self.smallest)

    def times(self, present: np.ndarray, serves: np.ndarray) -> np.ndarray:
        """Of which rows the time of the people is withheld; of none when the gate is open."""
        return np.zeros(len(present), bool) if self.open else withheld_time(present, serves)

    def of_few(self, people: np.ndarray) -> bool:
        """Whether a figure about these people is withheld: some, but fewer than `FEWEST_PEOPLE`, are persons."""
        return not self.open and 0 < int(np.count_nonzero(people)) < FEWEST_PEOPLE

    def hides(self, count: float | None) -> bool:
        """Whether a single count is withheld. None and zero say nothing about anybody."""
        return not self.open and count is not None and 0 < count < self.smallest

    def fte(self, value: float) -> float:
        """An FTE as it is told."""
        return float(value) if self.open else stepped(value, FTE_STEP)

    def ftes(self, values: Iterable[float]) -> list[float]:
        """A column of FTE as it is told."""
        return [float(value) for value in values] if self.open else numbers(values, 1)

    def wholes(self, counts: np.ndarray) -> list[float]:
        told = np.maximum(steps(counts, COUNT_STEP), float(self.smallest))
        hidden = (counts > 0) & (counts < self.smallest)
        return np.where(self.open | (counts == 0), counts, np.where(hidden, math.nan, told)).tolist()

    def hours(self, value: float) -> float:
        """Hours a week as they are told."""
        return float(value) if self.open else stepped(value, HOURS_STEP)

    def minutes(self, value: float) -> float:
        """Minutes a week as they are told."""
        return float(value) if self.open else stepped(value, MINUTES_STEP)

    def step(self, value: float, step: float) -> float:
        """Any other figure in steps of its own."""
        return float(value) if self.open else stepped(value, step)

    def about_words(self, value: float, step: float = MINUTES_STEP) -> str:
        """An estimate as it is written: in its step outside, by the rule of "about" inside."""
        return (
            NOT_SHOWN if np.isnan(value) else about_words(value, step) if self.open else shown(stepped(value, step), 0)
        )

    def fte_words(self, value: float) -> str:
        """A told FTE as it is written: "3.2", or that it is not shown."""
        if np.isnan(value):
            return NOT_SHOWN
        return fte(value) if self.open else shown(value, 1)

    def hours_words(self, value: float) -> str:
        """Told hours as they are written: "535" outside, "534.2" inside."""
        if np.isnan(value):
            return NOT_SHOWN
        return hours(value) if self.open else shown(value, 0)

    def whole(self, count: float) -> float:
        """A count as a number: to the nearest five outside, never below the smallest count; NaN where it is withheld."""
        if self.open or not count:
            return float(count)
        return math.nan if self.hides(count) else max(stepped(count, COUNT_STEP), float(self.smallest))

    def count(self, count: float | None) -> str:
        """A count of students as it may be written: "50", "none", "fewer than 10"."""
        if count is None:
            return ""
        if self.hides(count) or math.isnan(count):
            return f"fewer than {self.smallest}"
        return f"{self.whole(count):,.0f}" if count else "none"

    def ratio(self, over: float, under: float, step_over: float, step_under: float) -> float:
        """`over` / `under`, both as told, no finer than their own steps bear; NaN where even a quarter would claim too much."""
        if not under or not np.isfinite(over + under):
            return math.nan
        if self.open:
            return over / under
        error = (step_over + step_under * over / under) / under / 2
        step = next((step for step in SHARE_STEPS if step >= error), None)
        return math.nan if step is None else stepped(over / under, step)

    def share(self, share: float) -> str:
        """A share of students or of their minutes as percent, capped at the ends: "over 95%"."""
        if self.open:
            return percent(share)
        if not np.isfinite(share):
            return NOT_SHOWN
        if share > HIGHEST_SHARE:
            return f"over {percent(HIGHEST_SHARE)}"
        return f"under {percent(LOWEST_SHARE)}" if share < LOWEST_SHARE else percent(share)

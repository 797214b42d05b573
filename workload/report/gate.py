"""The one gate for small cells: which counts, rows and shares may leave the district.

A count below the smallest one is withheld. So that it cannot be found by subtraction, further rows are withheld with it
until even a reader who knows one of the withheld rows is left with a rest of at least the smallest count. The withheld
rows appear as one row together, so that every table still adds up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workload.model.words import percent

LOWEST_SHARE, HIGHEST_SHARE = 0.05, 0.95  # shares of students beyond these ends are capped


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


def withheld_posts(serves: np.ndarray, fewest: int) -> np.ndarray:
    """Of which rows the time of the people who serve there is withheld, shape (rows,).

    serves  (rows, people) who has work or time where
    fewest  people whose time stays together in what is withheld

    Rows that one person serves, as their time would be that person's; with them further rows, those of the fewest people
    first, until what a published total leaves over is the time of `fewest` people in two rows or more.
    """
    people = serves.sum(axis=1)
    hidden = people == 1
    if not hidden.any():
        return hidden
    for at in np.argsort(people, kind="stable"):
        if hidden.sum() > 1 and serves[hidden].any(axis=0).sum() >= fewest:
            break
        hidden[at] |= people[at] > 0
    return hidden


@dataclass(frozen=True)
class Gate:
    """The gate of one packet. `open` is an internal packet: everything passes."""

    smallest: int
    open: bool = False

    def rows(self, counts: np.ndarray) -> np.ndarray:
        """Which rows are withheld; none of them when the gate is open."""
        return np.zeros(len(counts), bool) if self.open else withheld(counts, self.smallest)

    def posts(self, serves: np.ndarray, fewest: int) -> np.ndarray:
        """Of which rows the time of the people is withheld; of none when the gate is open."""
        return np.zeros(len(serves), bool) if self.open else withheld_posts(serves, fewest)

    def hides(self, count: float | None) -> bool:
        """Whether a single count is withheld. None and zero say nothing about anybody."""
        return not self.open and count is not None and 0 < count < self.smallest

    def count(self, count: float | None) -> str:
        """A count of students as it may be written: "48", "none", "fewer than 10"."""
        if count is None:
            return ""
        if self.hides(count):
            return f"fewer than {self.smallest}"
        return f"{count:,.0f}" if count else "none"

    def share(self, share: float) -> str:
        """A share of students or of their minutes as percent, capped at the ends: "over 95%"."""
        if self.open or not np.isfinite(share):
            return percent(share)
        if share > HIGHEST_SHARE:
            return f"over {percent(HIGHEST_SHARE)}"
        return f"under {percent(LOWEST_SHARE)}" if share < LOWEST_SHARE else percent(share)

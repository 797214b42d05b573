"""Small counts: what a shared view does not show about a handful of children."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from workload.model.words import count, numbers


def masked(students: np.ndarray, smallest: int) -> np.ndarray:
    """Which rows are withheld: those with fewer students than `smallest`, shape as `students`.

    One row alone could be found by subtracting the others from the district, so the next smallest is
    withheld with it.
    """
    students = np.asarray(students, float)
    hidden = students < smallest
    if hidden.sum() == 1 and (~hidden).any():
        next_one = np.where(hidden, np.inf, students).argmin()
        hidden = hidden.copy()
        hidden[next_one] = True
    return hidden


def masking_words(smallest: int) -> str:
    """What the table says instead of the numbers: they are few, or would give those of a school with few away."""
    return f"fewer than {smallest} students, or hidden with one"


def masking_note(hidden: np.ndarray, smallest: int) -> list[str]:
    """One sentence with the count of withheld rows, or none."""
    number = int(np.sum(hidden))
    return (
        [
            f"{count(number, 'row')} with fewer than {smallest} students, or withheld to protect such a row, "
            f"{'is' if number == 1 else 'are'} not shown."
        ]
        if number
        else []
    )


def shown_or_withheld(values: Iterable[float], hidden: Sequence[bool] | np.ndarray, digits: int) -> list[float]:
    """A column rounded for display, still numbers; NaN where withheld."""
    return [np.nan if gone else value for value, gone in zip(numbers(values, digits), hidden, strict=True)]

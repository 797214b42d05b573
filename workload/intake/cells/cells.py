"""One cell: its tidy text, how it is shown to a person, and what is wrong with it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, time

from workload.intake.cells.cell_words import MISSING_MARKS
from workload.intake.open.opened import CellProblem
from workload.model.columns import SOFT

LONGEST_SHOWN = 60
MARKS = "*\u2020\u2021"  # behind a number or a name they point to a note


@dataclass(frozen=True)
class Problem:
    """Why a cell could not be read as it was meant, and what to do. `shown` is the cell as it stands."""

    code: str
    message: str
    remedy: str
    shown: str = ""


def tidy(value: object) -> str:
    """Text as it is compared and kept: composed, soft characters and control marks out, blanks collapsed."""
    text = str(value)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(SOFT).replace("\u2212", "-")
    return " ".join(text.split())


def shown(value: object) -> str:
    """A cell as a person would read it aloud, cut to a length that fits a line."""
    if isinstance(value, CellProblem):
        return value.text[:LONGEST_SHOWN]
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return tidy(value)[:LONGEST_SHOWN]


def is_missing(text: str) -> bool:
    """Whether a tidy text stands for "nothing here": blank, a dash, N/A, TBD."""
    return text.casefold() in MISSING_MARKS

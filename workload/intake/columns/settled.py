"""A column that is settled, and one that only a person can settle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workload.intake.columns.heading_meaning import Candidate

MARK = "mark"  # the unit of a column whose heading is the amount and whose cells are marks
SHOWN_NOWHERE = ("id", "name", "text", "school", "therapist")  # kinds whose values are never part of a sentence
BOTH = "both"
EXACT, BY_WORDS, BY_VALUES, BY_NEIGHBORS, BY_PERSON = (
    "exact alias",
    "by its words",
    "by its values",
    "by its neighbors",
    "your answer",
)


@dataclass(frozen=True)
class OpenColumn:
    """Columns whose meaning only a person can tell: what each could be, as (choice, label), and what looks right."""

    heading: str
    index: int
    message: str
    choices: tuple[tuple[str, str], ...]
    samples: tuple[str, ...] = ()
    about: str = ""  # "": one column; else the column that several headings claim
    suggestion: str = ""
    indexes: tuple[int, ...] = ()
    applied: str = ""  # the reading that stands until somebody answers


@dataclass(frozen=True)
class Settled:
    """One column that is read: what it is, how that is known, and what else it could have been."""

    candidate: Candidate
    sure: str
    others: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.candidate.name


@dataclass(frozen=True, eq=False)
class Decided:
    """Every column of a sheet: read, asked about, or left aside with the reason."""

    columns: Mapping[int, Settled]
    open_columns: tuple[OpenColumn, ...] = ()
    fates: Mapping[int, str] = field(default_factory=dict)

"""Findings about the rows of a sheet, with their places filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from workload.intake.answers.findings import NOTHING, Findings, Place, Question, merged
from workload.intake.cells.cells import Problem
from workload.model.columns import IDENTIFYING
from workload.model.issues import WARNING, Issue
from workload.model.words import count, first_few

ROWS_LISTED = 5


class Rows(Protocol):
    """Rows of one sheet by position: what a finding has to know of them to name its place."""

    @property
    def file(self) -> str:
        """The name of the file."""

    @property
    def sheet(self) -> str:
        """The name of the sheet."""

    @property
    def sheet_rows(self) -> Sequence[int]:
        """The row in the sheet of each position."""

    def heading(self, name: str) -> str:
        """The heading as written of a canonical column."""

    def places(self, at: Iterable[int]) -> tuple[Place, ...]:
        """File, sheet and sheet row of each position."""


@dataclass(frozen=True)
class Kept:
    """Positions of the rows that stay, how many of the others went for which reason, and what is said of that."""

    at: Sequence[int]
    excluded: Mapping[str, int] = field(default_factory=dict)
    said: Findings = NOTHING

    def then(self, later: Kept) -> Kept:
        """Both steps as one: the rows that stay after the later step."""
        return Kept(later.at, dict(Counter(self.excluded) + Counter(later.excluded)), self.said + later.said)


def of_cell(
    block: Rows,
    at: int,
    column: str,
    problem: Problem,
    *,
    code: str = "",
    meaning: str = "",
    rows: tuple[int, ...] = (),
) -> Issue:
    """A cell that could not be read, at its place. The value of a personal column is never repeated."""
    personal = column in IDENTIFYING
    # The sentences about ids never hold the id; other sentences may hold the value.
    message = "This cell could not be read." if personal and not problem.code.startswith("id-") else problem.message
    return Issue(
        code or problem.code,
        WARNING,
        f"{message} {meaning}".strip(),
        problem.remedy,
        file=block.file,
        sheet=block.sheet,
        row=block.sheet_rows[at],
        column=block.heading(column),
        value="" if personal else problem.shown,
        rows=rows,
    )


def of_rows(
    block: Rows, at: Sequence[int], code: str, severity: str, message: str, remedy: str = "", **place: str
) -> Findings:
    """One finding for many rows of a sheet: how many, and the place of the first. Nothing where there is no row."""
    if not len(at):
        return NOTHING
    # Not str.format: the message may hold words of the file, and braces with them.
    said = message.replace("{rows}", count(len(at), "row"))
    return NOTHING + Issue(
        code,
        severity,
        f"{said} ({_listed(block, at)}).",
        remedy,
        file=block.file,
        sheet=block.sheet,
        row=block.sheet_rows[at[0]],
        rows=tuple(block.sheet_rows[each] for each in at),
        **place,
    )


def told_and_asked(
    block: Rows, at: Sequence[int], code: str, message: str, remedy: str, question: Question, column: str = ""
) -> Findings:
    """One warning for many rows, and the question that settles it, about the same rows, column and text."""
    told = of_rows(block, at, code, WARNING, message, remedy, column=column, value=question.written)
    return told + replace(question, rows=block.places(at), column=column)


def of_column(
    block: Rows,
    column: str,
    problems: Mapping[int, Problem],
    rows: Sequence[int] | None = None,
    meaning: str = "",
) -> Findings:
    """The cells of a column that could not be read: one finding for each distinct content, with its rows.

    problems are by position; rows turns a position into one of the block.
    """
    alike: dict[tuple[str, str], list[int]] = {}
    for at, problem in problems.items():
        alike.setdefault((problem.code, problem.shown), []).append(at if rows is None else rows[at])
    first = {(problem.code, problem.shown): problem for problem in problems.values()}
    said = []
    for key, places in alike.items():
        so = "" if len(places) == 1 else f"So it is in {count(len(places), 'row')} ({_listed(block, places)})."
        own = tuple(block.sheet_rows[each] for each in places) if len(places) > 1 else ()
        said.append(of_cell(block, places[0], column, first[key], meaning=f"{meaning} {so}".strip(), rows=own))
    return merged(said)


def _listed(block: Rows, at: Sequence[int]) -> str:
    """The first few sheet rows of a finding."""
    return f"row{'s' if len(at) > 1 else ''} {first_few([block.sheet_rows[each] for each in at], ROWS_LISTED)}"

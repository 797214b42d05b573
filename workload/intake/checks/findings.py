"""Findings and open questions of intake, with their places filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workload.intake.columns.mapped_column import IDENTIFYING
from workload.intake.rows.cells import Problem
from workload.intake.rows.data_rows import Block
from workload.model.issues import NOTICE, WARNING, Issue

ROWS_LISTED = 5
Place = tuple[str, str, int]  # file, sheet, sheet row


@dataclass(frozen=True)
class Question:
    """Something only a person can tell. `ImportMap.with_answer(key, choice)` keeps the answer.

    choices are (choice, label); rows are the places that the answer touches. suggestion is the choice that
    looks right, if one does; nothing is taken from it until it is answered.
    """

    key: str
    message: str
    choices: tuple[tuple[str, str], ...]
    rows: tuple[Place, ...] = ()
    column: str = ""
    written: str = ""
    suggestion: str = ""
    applied: str = ""  # the reading that the answer shown stands on until somebody answers
    free: str = ""  # "phrase", "column", "name" or "date": what may be typed where none of the choices is right
    typed_key: str = ""  # where what is typed is kept, if not under the key: the one text that it is about


@dataclass
class Findings:
    """Collects what loading finds. One of these lives as long as one load."""

    issues: list[Issue] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)

    def add(self, code: str, severity: str, message: str, remedy: str = "", **place: object) -> None:
        """One finding."""
        self.issues.append(Issue(code, severity, message, remedy, **place))

    def cell(
        self,
        block: Block,
        at: int,
        column: str,
        problem: Problem,
        *,
        code: str = "",
        meaning: str = "",
        severity: str = WARNING,
        rows: tuple[int, ...] = (),
    ) -> None:
        """A cell that could not be read, at its place. The value of a personal column is never repeated."""
        personal = column in IDENTIFYING
        # The sentences about ids never hold the id; other sentences may hold the value.
        message = "This cell could not be read." if personal and not problem.code.startswith("id-") else problem.message
        self.add(
            code or problem.code,
            severity,
            f"{message} {meaning}".strip(),
            problem.remedy,
            file=block.file,
            sheet=block.sheet,
            row=block.sheet_rows[at],
            column=block.heading(column),
            value="" if personal else problem.shown,
            rows=rows,
        )

    def rows(
        self, code: str, severity: str, block: Block, at: Sequence[int], message: str, remedy: str = "", **place: object
    ) -> None:
        """One finding for many rows of a sheet: how many, and the place of the first."""
        if len(at):
            # Not str.format: the message may hold words of the file, and braces with them.
            said = message.replace("{rows}", _rows(len(at)))
            self.add(
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

    def ask(self, question: Question) -> None:
        """One open question; the same question from another sheet adds its rows."""
        known = self.questions.get(question.key)
        if known:
            question = replace(known, rows=(*known.rows, *question.rows))
        self.questions[question.key] = question

    def problems(
        self,
        block: Block,
        column: str,
        problems: Mapping[int, Problem],
        rows: Sequence[int] | None = None,
        meaning: str = "",
    ) -> None:
        """The cells of a column that could not be read: one finding for each distinct content, with its rows.

        problems are by position; rows turns a position into one of the block.
        """
        alike: dict[tuple[str, str], list[int]] = {}
        for at, problem in problems.items():
            alike.setdefault((problem.code, problem.shown), []).append(at if rows is None else rows[at])
        first = {(problem.code, problem.shown): problem for problem in problems.values()}
        for key, at in alike.items():
            count = "" if len(at) == 1 else f"So it is in {_rows(len(at))} ({_listed(block, at)})."
            self.cell(
                block,
                at[0],
                column,
                first[key],
                meaning=f"{meaning} {count}".strip(),
                rows=tuple(block.sheet_rows[each] for each in at) if len(at) > 1 else (),
            )


def _listed(block: Block, at: Sequence[int]) -> str:
    """The first few sheet rows of a finding."""
    more = ", and more" if len(at) > ROWS_LISTED else ""
    return (
        f"row{'s' if len(at) > 1 else ''} {', '.join(str(block.sheet_rows[each]) for each in at[:ROWS_LISTED])}{more}"
    )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


__all__ = ["Findings", "NOTICE", "Place", "Question", "WARNING"]

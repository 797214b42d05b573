"""Findings about uploaded data: what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

ERROR, WARNING, NOTICE = "error", "warning", "notice"
SEVERITIES = (ERROR, WARNING, NOTICE)


@dataclass(frozen=True)
class Issue:
    """One finding about uploaded data.

    An `error` stops the calculation. A `warning` is answered around: what was not counted is said.
    A `notice` tells of an assumption or of something left out by design. `row` is the sheet's own row number,
    counted from 1; `value` never holds a name, a birth date or a note.
    """

    code: str
    severity: str
    message: str
    remedy: str = ""
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    rows: tuple[int, ...] = ()  # every row that it speaks of, where it speaks of several

    @property
    def place(self) -> str:
        """Where to look, as one reads it aloud: file, sheet, row, column."""
        parts = [
            self.file,
            self.sheet and f"sheet {self.sheet}",
            self.row and f"row {self.row}",
            self.column and f"column {self.column}",
        ]
        return ", ".join(str(part) for part in parts if part)

    def as_line(self) -> str:
        """One line for a terminal."""
        place = f"{self.place}: " if self.place else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{self.severity}: {place}{self.message}{remedy}".replace("\n", " ")

    def as_dict(self) -> dict[str, object]:
        """The record of the JSON contract."""
        return {**asdict(self), "rows": list(self.rows or ([self.row] if self.row else []))}


def stops(issues: Iterable[Issue]) -> bool:
    """Whether any finding stops the calculation."""
    return any(issue.severity == ERROR for issue in issues)


def ordered(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Errors first, then warnings, then notices; inside each by place."""
    return tuple(
        sorted(
            issues,
            key=lambda issue: (
                SEVERITIES.index(issue.severity),
                issue.code,
                issue.file,
                issue.sheet,
                issue.row or 0,
                issue.column,
            ),
        )
    )

"""A time log that is typed in: entries added, corrected and removed, each step undoable; and what an entry must hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

import pandas as pd

from workload.model.columns import normalized
from workload.staffing.time_study.study import LABELS, WORDS_TO_CODE, clock_minutes, plain_entries

FIELDS = ("therapist", "date", "activity", "start", "end", "minutes", "outside_contract")
ADD, EDIT, REMOVE = "add", "edit", "remove"
LABEL_LIST = tuple(LABELS.values())
Entry = Mapping[str, object]


@dataclass(frozen=True)
class LogEdit:
    """One change: entries added, one cell changed, or one entry removed."""

    kind: str
    entries: tuple[Entry, ...] = ()
    row: int = -1
    field: str = ""
    value: object = None


@dataclass(frozen=True)
class TypedLog:
    """What was typed in, as steps: the changes of one step are taken back together."""

    steps: tuple[tuple[LogEdit, ...], ...] = ()

    @property
    def entries(self) -> list[dict[str, object]]:
        """The entries as they stand now."""
        return replayed([edit for step in self.steps for edit in step])

    def changed(self, *edits: LogEdit) -> TypedLog:
        """With one step more; without edits the same."""
        return TypedLog((*self.steps, edits)) if edits else self

    def undone(self) -> TypedLog:
        """Without the last step."""
        return TypedLog(self.steps[:-1])


def replayed(edits: Sequence[LogEdit]) -> list[dict[str, object]]:
    """The entries after all changes."""
    rows: list[dict[str, object]] = []
    for edit in edits:
        if edit.kind == ADD:
            rows += [dict(entry) for entry in edit.entries]
        elif edit.kind == REMOVE and edit.row < len(rows):
            del rows[edit.row]
        elif edit.kind == EDIT and edit.row < len(rows):
            rows[edit.row][edit.field] = edit.value
    return rows


def joined(files: Iterable[pd.DataFrame], entries: Iterable[Entry]) -> pd.DataFrame | None:
    """Uploaded logs and typed entries as one log; None when there is no entry."""
    filled = [part for part in (*files, plain_entries(map(as_entry, entries))) if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else None


def as_entry(row: Entry) -> dict[str, object]:
    """A typed row as an entry of the Time log sheet: activity by its code, empty cells missing.

    Clock times count where both are given; minutes only where they are not.
    """
    timed = bool(row.get("start")) and bool(row.get("end"))
    minutes = row.get("minutes")
    return {
        "therapist": row.get("therapist") or None,
        "date": row.get("date"),
        "activity": code_of(row.get("activity")),
        "start": row.get("start") or None,
        "end": row.get("end") or None,
        "minutes": None if timed or minutes != minutes else minutes,
        "outside_contract": bool(row.get("outside_contract")),
    }


def code_of(label: object) -> str | None:
    return WORDS_TO_CODE.get(normalized(label).replace(" ", "_")) if isinstance(label, str) else None


def clock(moment: time) -> str:
    """ "08:05" for a time of day."""
    return f"{moment.hour:02}:{moment.minute:02}"


def problem_of(start: time | None, end: time | None, minutes: float | None, day: date | None) -> str:
    """Why an entry cannot be added, as a sentence; empty when it can."""
    if day is None:
        return "Choose the day."
    if (start is None) != (end is None):
        return "Give both the start and the end, or leave both empty and give the minutes."
    if start is None and not minutes:
        return "Give a start and an end, or the minutes."
    if start is not None and end is not None and end <= start:
        return (
            f"The end, {clock(end)}, is not after the start, {clock(start)}. Work over midnight is two entries, one for "
            "each day."
        )
    return ""


def is_clock(text: object) -> bool:
    """Whether a typed cell is a clock time, or empty."""
    return not text or clock_minutes(str(text)) is not None

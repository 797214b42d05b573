"""The time log that is brought beside the roster's own: uploaded and typed in, with every change undoable.

Kept in the session: `log_files` (rows by file), `log_ops` (what was typed, one entry a change) and, made of both, `log`,
which the answer reads beside the roster's own sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

import pandas as pd

from dashboard.shell import cached, session
from workload.model.columns import normalized
from workload.model.issues import Issue
from workload.staffing.time_study.study import LABELS, WORDS_TO_CODE, clock_minutes, plain_entries

FIELDS = ("therapist", "date", "activity", "start", "end", "minutes", "outside_contract")
FILES, OPS, READ = "log_files", "log_ops", "log_issues"
ADD, EDIT, REMOVE = "add", "edit", "remove"
Entry = Mapping[str, object]


@dataclass(frozen=True)
class Op:
    """One change: entries added, one cell changed, or one entry removed."""

    kind: str
    entries: tuple[Entry, ...] = ()
    row: int = -1
    field: str = ""
    value: object = None


def replayed(ops: Sequence[Op]) -> list[dict[str, object]]:
    """The entries after all changes."""
    rows: list[dict[str, object]] = []
    for op in ops:
        if op.kind == ADD:
            rows += [dict(entry) for entry in op.entries]
        elif op.kind == REMOVE and op.row < len(rows):
            del rows[op.row]
        elif op.kind == EDIT and op.row < len(rows):
            rows[op.row][op.field] = op.value
    return rows


def typed() -> list[dict[str, object]]:
    """The entries that were typed in, as they stand now."""
    return replayed(session.kept(OPS, ()))


def change(*ops: Op) -> None:
    """Apply changes, together one step for undo."""
    if ops:
        session.keep(OPS, (*session.kept(OPS, ()), *ops))
        session.keep("log_steps", (*session.kept("log_steps", ()), len(ops)))
        rebuild()


def undo() -> None:
    """Take the last step back."""
    steps = session.kept("log_steps", ())
    if steps:
        session.keep(OPS, session.kept(OPS)[: -steps[-1]])
        session.keep("log_steps", steps[:-1])
        session.keep("log_version", session.kept("log_version", 0) + 1)
        rebuild()


def steps() -> int:
    """How many steps can be taken back."""
    return len(session.kept("log_steps", ()))


def files() -> Mapping[str, pd.DataFrame]:
    """The uploaded logs by file name."""
    return session.kept(FILES, {})


def read_issues() -> tuple[Issue, ...]:
    """What reading the uploaded logs found."""
    return tuple(issue for found in session.kept(READ, {}).values() for issue in found)


def take(name: str, data: bytes) -> str:
    """Read an uploaded log together with the roster's files, so that names are settled; a sentence when it holds none."""
    from workload.intake.load import load

    roster_files = session.kept_files()
    if session.district().is_sample:
        roster_files = [(cached.SAMPLE.name, cached.SAMPLE.read_bytes())]
    others = [(other, content) for other, content in roster_files if other != name]
    loaded = load(
        [*others, (name, data)], secret=session.secret(), answers=session.import_map(), edits=session.imported().edits
    )
    report = next(each for each in loaded.files if each.name == name)
    if report.refusal is not None:
        return f"{report.refusal.message} {report.refusal.remedy}"
    log = loaded.roster.time_log
    rows = log[log["file"] == name].reset_index(drop=True)
    if rows.empty:
        return (
            "No entries of a time log were found in this file. It needs the columns therapist, date and activity, and "
            "minutes or start and end."
        )
    sheets = set(rows["sheet"])
    session.keep(FILES, {**files(), name: rows})
    session.keep(
        READ,
        {
            **session.kept(READ, {}),
            name: tuple(issue for issue in loaded.roster.issues if issue.file == name and issue.sheet in sheets),
        },
    )
    rebuild()
    return ""


def drop(name: str) -> None:
    """Leave an uploaded log out again."""
    session.keep(FILES, {other: rows for other, rows in files().items() if other != name})
    session.keep(READ, {other: found for other, found in session.kept(READ, {}).items() if other != name})
    rebuild()


def rebuild() -> None:
    """Join the uploaded logs and what was typed in; the answer adds the roster's own sheet."""
    parts = [*files().values(), plain_entries(map(as_entry, typed()))]
    filled = [part for part in parts if len(part)]
    session.keep("log", pd.concat(filled, ignore_index=True) if filled else None)
    session.keep("log_key", cached.digest(typed(), *(rows.to_csv() for rows in files().values())))


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
    """The code of an activity's label."""
    return WORDS_TO_CODE.get(normalized(label).replace(" ", "_")) if isinstance(label, str) else None


def clock(at: time) -> str:
    """ "08:05" for a time of day."""
    return f"{at.hour:02}:{at.minute:02}"


def problem_of(start: time | None, end: time | None, minutes: float | None, day: date | None) -> str:
    """Why an entry cannot be added, as a sentence; empty when it can."""
    if day is None:
        return "Choose the day."
    if (start is None) != (end is None):
        return "Give both the start and the end, or leave both empty and give the minutes."
    if start is None and not minutes:
        return "Give a start and an end, or the minutes."
    if start is not None and end <= start:
        return (
            f"The end, {clock(end)}, is not after the start, {clock(start)}. Work over midnight is two entries, one for "
            "each day."
        )
    return ""


def is_clock(text: object) -> bool:
    """Whether a typed cell is a clock time, or empty."""
    return not text or clock_minutes(str(text)) is not None


LABEL_LIST = tuple(LABELS.values())

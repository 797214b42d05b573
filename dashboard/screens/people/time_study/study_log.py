"""The time log that is brought beside the roster's own: uploaded and typed in, with every change undoable."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import pandas as pd

from dashboard.shell import cached, session, through_the_year
from dashboard.shell.beside_roster import BesideRoster
from workload.model.issues import Issue
from workload.staffing.time_study.log_edits import LogEdit, TypedLog, joined

OWN_LOGS = "What therapists have logged on this server"


@dataclass(slots=True)
class StudyRecord:
    """What the time study keeps for the session; the joined log stands in `BesideRoster`, where the answer reads it.

    files, issues  the uploaded logs and what reading them found, by file name
    versions       in the keys of the tables that are typed into, so that they start anew
    grid_seen      the number of the last stretch of the week grid that was kept
    moments        random moments (therapist, activity code), one entry an addition
    """

    KEPT: ClassVar[tuple[str, ...]] = ("files", "issues", "typed", "moments")

    files: dict[str, pd.DataFrame] = field(default_factory=dict)
    issues: dict[str, tuple[Issue, ...]] = field(default_factory=dict)
    typed: TypedLog = TypedLog()
    typed_version: int = 0
    grid_version: int = 0
    grid_seen: int = 0
    moments: tuple[list[dict[str, str]], ...] = ()
    log_refused: str = ""
    moments_refused: str = ""
    entry_problem: str = ""
    grid_problem: str = ""
    typed_problem: str = ""
    standards_problem: str = ""


def record() -> StudyRecord:
    return session.record(StudyRecord)


def change(*edits: LogEdit) -> None:
    """Apply changes, together one step for undo."""
    record().typed = record().typed.changed(*edits)
    rebuild()


def undo() -> None:
    """Take the last step back."""
    record().typed = record().typed.undone()
    record().typed_version += 1
    rebuild()


def take(name: str, data: bytes) -> str:
    """Read an uploaded log together with the roster's files, so that names are settled; a sentence when it holds none."""
    from workload.intake.load import load

    roster_files = session.imported().files
    if session.opened().is_sample:
        roster_files = ((cached.SAMPLE.name, cached.SAMPLE.read_bytes()),)
    others = [(other, content) for other, content in roster_files if other != name]
    loaded = load(
        [*others, (name, data)],
        secret=session.secret(),
        answers=session.imported().answers,
        edits=session.imported().edits,
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
    record().files[name] = rows
    record().issues[name] = tuple(
        issue for issue in loaded.roster.issues if issue.file == name and issue.sheet in sheets
    )
    rebuild()
    return ""


def count_own_logs() -> None:
    """Take in what therapists have typed on this server under their own sign-in, in the place of what was taken before."""
    entries = [entry for log in through_the_year.own_logs() for entry in log.entries]
    table = joined([], entries)
    if table is not None:
        record().files[OWN_LOGS], record().issues[OWN_LOGS] = table, ()
        rebuild()


def own_logs_are_counted() -> bool:
    """Whether what therapists have typed so far is what counts."""
    table = joined([], [entry for log in through_the_year.own_logs() for entry in log.entries])
    counted = record().files.get(OWN_LOGS)
    return counted is not None and table is not None and counted.to_csv() == table.to_csv()


def drop(name: str) -> None:
    """Leave an uploaded log out again."""
    del record().files[name], record().issues[name]
    rebuild()


def rebuild() -> None:
    """Join the uploaded logs and what was typed in; the answer adds the roster's own sheet."""
    files, entries, beside = record().files.values(), record().typed.entries, session.record(BesideRoster)
    beside.log = joined(files, entries)
    beside.log_key = cached.digest(entries, *(rows.to_csv() for rows in files))

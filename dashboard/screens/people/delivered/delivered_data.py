"""Delivered minutes that were brought in: files and typed rows, students as pseudonyms from the first moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import pandas as pd

from dashboard.parts import log_people
from dashboard.shell import session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.columns import EXAMPLE_PREFIX
from workload.model.issues import Issue
from workload.staffing.delivered import delivered_file
from workload.staffing.delivered.compliance import REASONS, Delivered, delivered_of
from workload.staffing.delivered.from_fidelity import ReadReport, delivered_of_report


@dataclass(slots=True)
class DeliveredRecord:
    """Kept for the session, by file name where it is of a file.

    files     minutes that count; reports are fidelity reports, and promised says what their promised minutes are of
    typed     the rows that were typed in
    """

    KEPT: ClassVar[tuple[str, ...]] = ("files", "reports", "promised", "typed")

    files: dict[str, Delivered] = field(default_factory=dict)
    reports: dict[str, pd.DataFrame] = field(default_factory=dict)
    promised: dict[str, str | None] = field(default_factory=dict)
    typed: tuple[dict[str, object], ...] = ()
    refused: str = ""
    typed_problem: str = ""


def record() -> DeliveredRecord:
    return session.record(DeliveredRecord)


def files() -> Mapping[str, Delivered]:
    """What each uploaded file holds."""
    return {**record().files, **{name: with_names(read.delivered) for name, read in reports().items()}}


def reports() -> Mapping[str, ReadReport]:
    """What each fidelity report holds, as far as it counts."""
    return {
        name: delivered_of_report(report, session.day(), record().promised.get(name))
        for name, report in record().reports.items()
    }


def current() -> Delivered | None:
    """Everything together; None when nothing counts."""
    typed = record().typed
    return delivered_file.joined([*files().values(), *((with_names(delivered_of(typed)),) if typed else ())])


def issues() -> tuple[Issue, ...]:
    """What could not be read in the files."""
    return tuple(issue for part in files().values() for issue in part.issues)


def take(name: str, data: bytes) -> str:
    """Read a file of monthly totals, a log of sessions or a fidelity report; a sentence when it holds none of them."""
    from workload.intake.open.opening import open_file

    found = delivered_file.delivered_in(open_file(name, data), session.secret())
    if not found.refusal:
        drop(name)
        if found.report is not None:
            record().reports[name] = found.report
        elif found.delivered is not None:
            record().files[name] = with_names(found.delivered)
    return found.refusal


def drop(name: str) -> None:
    """Leave a file out again."""
    for kept in (record().files, record().reports, record().promised):
        kept.pop(name, None)


def with_names(delivered: Delivered) -> Delivered:
    """Therapists and schools written as the roster that is open writes them."""
    if session.district() is None:
        return delivered
    roster = session.opened().roster
    return delivered_file.written_as(
        delivered, roster.therapists["therapist"].dropna(), roster.schools["school"].dropna()
    )


def template() -> bytes:
    """The empty sheet for monthly totals."""
    from workload.report.table_files import as_xlsx

    headings = [
        "Student ID",
        "School",
        "Therapist",
        "Month",
        "Required minutes",
        "Delivered minutes",
        *REASONS.values(),
    ]
    example = [
        f"{EXAMPLE_PREFIX}-1",
        "Oak Elementary",
        "Avery Example",
        "2026-09",
        240,
        180,
        60,
        *[0] * (len(REASONS) - 1),
    ]
    return as_xlsx({"Delivered minutes": pd.DataFrame([example], columns=headings)})


def labels_of(answer: Answer | None, delivered: Delivered | None) -> Labels:
    """What people of the roster and of the minutes are called."""
    names: Iterable[str] = delivered.rows["therapist"].dropna() if delivered is not None else ()
    return log_people.labels_for(answer, names)

"""Delivered minutes that were brought in: files and typed rows, students as pseudonyms from the first moment."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from dashboard.shell import session
from workload.model.columns import EXAMPLE_PREFIX, normalized
from workload.model.issues import Issue
from workload.staffing.delivered.compliance import COLUMN_OF, REASONS, Delivered, delivered_from_log, delivered_of
from workload.staffing.delivered.from_fidelity import ReadReport, delivered_of_report

FILES, TYPED = "delivered_files", "delivered_typed"
REPORTS, PROMISED = "delivered_reports", "delivered_promised"
TOTALS, LOG = ("required_minutes", "delivered_minutes"), ("minutes", "outcome")
PSEUDONYM = re.compile(r"S-[A-Z2-7]{10}")
TYPED_FILE = "Typed in"
Record = Mapping[str, object]


def files() -> Mapping[str, Delivered]:
    """What each uploaded file holds."""
    return {**session.kept(FILES, {}), **{name: with_names(read.delivered) for name, read in reports().items()}}


def reports() -> Mapping[str, ReadReport]:
    """What each fidelity report holds, as far as it counts."""
    said = session.kept(PROMISED, {})
    return {
        name: delivered_of_report(report, session.day(), said.get(name))
        for name, report in session.kept(REPORTS, {}).items()
    }


def promised_of(name: str) -> str | None:
    """What the promised minutes of a report are of, where somebody has said it."""
    return session.kept(PROMISED, {}).get(name)


def say_promised(name: str, promised: str | None) -> None:
    """Take over what the promised minutes of a report are of."""
    session.keep(PROMISED, {**session.kept(PROMISED, {}), name: promised})


def typed() -> tuple[dict[str, object], ...]:
    """The rows that were typed in."""
    return session.kept(TYPED, ())


def current() -> Delivered | None:
    """Everything together; None when nothing counts."""
    parts = [*files().values(), *((with_names(delivered_of(typed())),) if typed() else ())]
    rows = [part.rows for part in parts if len(part.rows)]
    issues = tuple(issue for part in parts for issue in part.issues)
    return Delivered(pd.concat(rows, ignore_index=True), issues) if rows else None


def issues() -> tuple[Issue, ...]:
    """What could not be read in the files."""
    return tuple(issue for part in files().values() for issue in part.issues)


def take(name: str, data: bytes) -> str:
    """Read a file of monthly totals, a log of sessions or a fidelity report; a sentence when it holds none of them."""
    from workload.intake.fidelity import delivered_minutes
    from workload.intake.open.opening import open_file
    from workload.intake.records import records_in

    opened = open_file(name, data)
    if opened.refusal is not None:
        return f"{opened.refusal.message} {opened.refusal.remedy}"
    report = delivered_minutes(opened, session.secret())
    if report is not None:
        return _take_report(name, report)
    found, make = records_in(opened, TOTALS, COLUMN_OF), delivered_of
    if found.refusal is not None:
        found, make = records_in(opened, LOG, COLUMN_OF), delivered_from_log
    if found.refusal is not None:
        return (
            "No sheet has the columns for monthly totals (required minutes, delivered minutes) or for a log of sessions "
            "(minutes, outcome), and none is a fidelity report that is known. Give them a heading, or start from the "
            "empty sheet."
        )
    try:
        made = make(with_pseudonyms(found.records))
    except ValueError as problem:
        return f"This file was not read: {problem}"
    placed = tuple(replace(issue, file=name, sheet=found.sheet, row=found.rows[issue.row - 1]) for issue in made.issues)
    if made.rows.empty:
        return "No row of this file could be read. " + (
            f"{placed[0].message} {placed[0].remedy}" if placed else "It is empty."
        )
    drop(name)
    session.keep(FILES, {**session.kept(FILES, {}), name: replace(with_names(made), issues=placed)})
    return ""


def _take_report(name: str, report: pd.DataFrame) -> str:
    if report.empty:
        return (
            "This is a fidelity report, and no row of it is occupational therapy of a student. Export it again with "
            "occupational therapy."
        )
    drop(name)
    session.keep(REPORTS, {**session.kept(REPORTS, {}), name: report})
    return ""


def drop(name: str) -> None:
    """Leave a file out again."""
    for kept in (FILES, REPORTS, PROMISED):
        session.keep(kept, {other: made for other, made in session.kept(kept, {}).items() if other != name})


def with_pseudonyms(records: Sequence[Record]) -> list[dict[str, object]]:
    """The records with a pseudonym in place of each student, the same one as in the roster."""
    from workload.intake.rows.identity import identities
    from workload.model.pseudonyms import pseudonyms

    headings = {heading for record in records for heading in record if COLUMN_OF.get(normalized(heading)) == "student"}
    made = [dict(record) for record in records]
    for heading in headings:
        cells = [record.get(heading) for record in made]
        coded = pseudonyms(identities({"student_id": cells}, len(cells))[0], session.secret())
        for record, cell, code in zip(made, cells, coded, strict=True):
            record[heading] = cell if isinstance(cell, str) and PSEUDONYM.fullmatch(cell) else code
    return made


def with_names(made: Delivered) -> Delivered:
    """Therapists and schools written as the roster writes them, where only case and spaces differ."""
    if session.district() is None:
        return made
    roster, rows = session.district().roster, made.rows.copy()
    for column, known in (("therapist", roster.therapists["therapist"]), ("school", roster.schools["school"])):
        same = {normalized(name): name for name in known.dropna()}
        rows[column] = [same.get(normalized(text), text) if isinstance(text, str) else None for text in rows[column]]
    return replace(made, rows=rows)


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

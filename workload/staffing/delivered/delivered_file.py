"""A file of delivered minutes: monthly totals, a log of sessions or a fidelity report, students as pseudonyms at once.

found = delivered_in(open_file(name, data), secret)
found.delivered, found.report, found.refusal        # one of the three
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from workload.intake.fidelity import delivered_minutes
from workload.intake.open.opened import Opened
from workload.intake.records import records_in
from workload.intake.rows.identity import identities
from workload.model.columns import normalized
from workload.model.pseudonyms import pseudonyms
from workload.staffing.delivered.compliance import COLUMN_OF, Delivered, delivered_from_log, delivered_of

TOTALS, LOG = ("required_minutes", "delivered_minutes"), ("minutes", "outcome")
PSEUDONYM = re.compile(r"S-[A-Z2-7]{10}(?:-\d+)?")


@dataclass(frozen=True, eq=False)
class DeliveredFile:
    """What a file holds: minutes that count, or a fidelity report, or a sentence why it holds neither."""

    delivered: Delivered | None = None
    report: pd.DataFrame | None = None
    refusal: str = ""


def delivered_in(opened: Opened, secret: bytes) -> DeliveredFile:
    """Read an opened file. Never raises for anything it can hold."""
    if opened.refusal is not None:
        return DeliveredFile(refusal=f"{opened.refusal.message} {opened.refusal.remedy}")
    report = delivered_minutes(opened, secret)
    if report is not None:
        return (
            DeliveredFile(report=report)
            if len(report)
            else DeliveredFile(
                refusal="This is a fidelity report, and no row of it is occupational therapy of a student. Export it again with "
                "occupational therapy."
            )
        )
    found, make = records_in(opened, TOTALS, COLUMN_OF), delivered_of
    if found.refusal is not None:
        found, make = records_in(opened, LOG, COLUMN_OF), delivered_from_log
    if found.refusal is not None:
        return DeliveredFile(
            refusal="No sheet has the columns for monthly totals (required minutes, delivered minutes) or for a log of sessions "
            "(minutes, outcome), and none is a fidelity report that is known. Give them a heading, or start from the "
            "empty sheet."
        )
    try:
        made = make(with_pseudonyms(found.records, secret))
    except ValueError as problem:
        return DeliveredFile(refusal=f"This file was not read: {problem}")
    issues = tuple(
        replace(issue, file=opened.name, sheet=found.sheet, row=found.rows[(issue.row or 1) - 1])
        for issue in made.issues
    )
    if made.rows.empty:
        why = f"{issues[0].message} {issues[0].remedy}" if issues else "It is empty."
        return DeliveredFile(refusal=f"No row of this file could be read. {why}")
    return DeliveredFile(replace(made, issues=issues))


def with_pseudonyms(records: Sequence[Mapping[str, object]], secret: bytes) -> list[dict[str, object]]:
    """The records with a pseudonym in place of each student, the same one as in the roster; a pseudonym stays."""
    headings = {heading for record in records for heading in record if COLUMN_OF.get(normalized(heading)) == "student"}
    coded = [dict(record) for record in records]
    for heading in headings:
        cells: list[Any] = [record.get(heading) for record in coded]
        codes = pseudonyms(identities({"student_id": cells}, len(cells))[0], secret)
        for record, cell, code in zip(coded, cells, codes, strict=True):
            record[heading] = cell if isinstance(cell, str) and PSEUDONYM.fullmatch(cell) else code
    return coded


def written_as(delivered: Delivered, therapists: Iterable[str], schools: Iterable[str]) -> Delivered:
    """Therapists and schools written as the roster writes them, where only case and spaces differ."""
    rows = delivered.rows.copy()
    for column, known in (("therapist", therapists), ("school", schools)):
        same = {normalized(name): name for name in known}
        rows[column] = [same.get(normalized(text), text) if isinstance(text, str) else None for text in rows[column]]
    return replace(delivered, rows=rows)


def joined(parts: Iterable[Delivered]) -> Delivered | None:
    """Everything together; None when nothing counts."""
    parts = list(parts)
    rows = [part.rows for part in parts if len(part.rows)]
    issues = tuple(issue for part in parts for issue in part.issues)
    return Delivered(pd.concat(rows, ignore_index=True), issues) if rows else None

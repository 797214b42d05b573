"""From the bytes of a district's files to a roster, with everything that was understood and left open.

loaded = load([("roster.xlsx", data)], secret=secret)
loaded.roster, loaded.files, loaded.questions, loaded.panel

opened = open_files([("roster.xlsx", data)])          # the slow part, once
load(opened, secret=secret, answers=answers)          # again after each answer
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from workload.intake.answers.findings import Findings, Question, merged
from workload.intake.answers.import_map import ImportMap
from workload.intake.blocks.sheets import sheets_of
from workload.intake.blocks.tab_findings import ask_names_of_tabs
from workload.intake.by_hand.corrected_cells import Edits, corrected
from workload.intake.checks.anything_left import whether_anything_is_left
from workload.intake.checks.checked import checked
from workload.intake.checks.file_totals import Panel
from workload.intake.checks.import_report import FileReport, reports_of
from workload.intake.names.named_tables import named_tables
from workload.intake.open.limits import Limits
from workload.intake.open.opened import Opened
from workload.intake.open.opening import open_file
from workload.intake.rows.all_rows import joined, rows_of
from workload.model.column_fates import ASKED
from workload.model.columns import THERAPISTS
from workload.model.issues import ERROR, NOTICE, Issue, ordered
from workload.model.known import Known
from workload.model.later_keys import told_later
from workload.model.pseudonyms import keys_of
from workload.model.roster import Roster
from workload.model.uncollected import uncollected

File = tuple[str, bytes] | Opened


@dataclass(frozen=True, eq=False)
class Loaded:
    """A district as read: the roster, what was understood of each file, and what only a person can answer."""

    roster: Roster
    files: tuple[FileReport, ...] = ()
    questions: tuple[Question, ...] = ()
    panel: Panel = Panel()


def posts_file(name: str, content: bytes) -> tuple[str, bytes]:
    """A file of posts, called like their sheet whatever its own name is: a table without sheets is read as what it is called."""
    return f"{THERAPISTS.sheet}{PurePath(name).suffix}", content


def open_files(files: Sequence[File], limits: Limits = Limits()) -> tuple[Opened, ...]:
    """The files opened in the child process; those that are open already stay as they are."""
    return tuple(each if isinstance(each, Opened) else open_file(*each, limits) for each in files)


def load(
    files: Sequence[File],
    *,
    secret: bytes,
    answers: ImportMap = ImportMap(),
    edits: Edits = Edits(),
    limits: Limits = Limits(),
) -> Loaded:
    """Read a district's files, given as (name, bytes) or opened before. Several files are one district.

    secret   key of the pseudonyms: the same secret gives the same pseudonyms next month; one that was changed has several
    answers  what a person has decided before (`ImportMap`)
    edits    cells that a person has corrected on the screen; the files stay as they are

    Never raises for anything a file can hold: a file that cannot be read is an issue. The roster is empty, and
    an error says why, when there is nothing to calculate from.

    Each step takes what the one before has made, and returns what it makes with what it has to say.
    """
    opened = open_files(files, limits)
    with uncollected():
        return _read(opened, secret, answers, edits)


def _read(opened: Sequence[Opened], secret: bytes, answers: ImportMap, edits: Edits) -> Loaded:
    as_corrected, by_corrections = corrected(opened, edits, answers)
    sheets = [
        sheet for file in as_corrected if not file.refusal for sheet in sheets_of(file.name, file.sheets, answers)
    ]
    blocks = [block for sheet in sheets for block in sheet.blocks]
    first, *later = keys_of(secret)
    rows = rows_of(blocks, first, answers)
    named = named_tables(joined(rows), answers, first)
    tables = checked(named.tables, answers.answers)
    reports = reports_of(opened, sheets, rows)
    by_tabs = ask_names_of_tabs(tab for sheet in sheets for tab in sheet.unnamed)
    of_rows = iter(rows)
    by_sheets = (part for sheet in sheets for part in (sheet.said, *(next(of_rows).said for _ in sheet.blocks)))
    said = merged((*map(_of_file, opened), *by_sheets, by_tabs, by_corrections, named.said, tables.said))
    said = whether_anything_is_left(opened, sheets, rows, tables.frames["services"], said)
    roster = Roster(
        **tables.frames,
        issues=ordered(said.issues),
        row_counts=tuple(each.count for each in rows),
        digest=_digest(opened, secret, answers, edits),
        name=PurePath(opened[0].name).stem if opened else "",
        known=Known(
            columns=frozenset(f"{block.table}.{name.partition('@')[0]}" for block in blocks for name in block.cells),
            open_columns=tuple(
                column.heading for block in blocks for column in block.found.fates if column.fate == ASKED
            ),
            questions=len(said.questions),
            rows_waiting=sum(each.count.waiting for each in rows),
            vacant=named.vacant,
        ),
    )
    return told_later(Loaded(roster, reports, tuple(said.questions.values()), tables.panel), later)


def _of_file(opened: Opened) -> Findings:
    """Why a file was not read, or what was noticed on opening it."""
    if opened.refusal:
        return merged([Issue(opened.refusal.code, ERROR, opened.refusal.message, opened.refusal.remedy, opened.name)])
    return merged(
        Issue(
            notice.code,
            NOTICE,
            notice.message,
            notice.remedy,
            opened.name,
            notice.sheet,
            notice.rows[0] if notice.rows else None,
        )
        for notice in (*opened.notices, *(notice for sheet in opened.sheets for notice in sheet.notices))
    )


def _digest(opened: Sequence[Opened], secret: bytes, answers: ImportMap, edits: Edits) -> str:
    """The key of every cache: the files, the decisions, the corrections and the secret that made the roster."""
    made = hashlib.sha256(hashlib.sha256(secret).digest())
    for each in opened:
        made.update(f"{each.name}\0{each.sha256}\0".encode())
    made.update(json.dumps(answers.as_dict(), sort_keys=True).encode())
    made.update(edits.digest.encode())
    return made.hexdigest()

"""From the bytes of a district's files to a roster, with everything that was understood and left open.

loaded = load([("roster.xlsx", data)], secret=secret)
loaded.roster, loaded.files, loaded.questions, loaded.panel

opened = open_files([("roster.xlsx", data)])          # the slow part, once
load(opened, secret=secret, answers=answers)          # again after each answer
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import PurePath

import numpy as np
import pandas as pd

from workload.intake.answers.corrected_cells import Edits, Place, tell_lost, with_edits
from workload.intake.answers.import_map import NEITHER, ImportMap
from workload.intake.anything_left import whether_anything_is_left
from workload.intake.checks.file_totals import Panel, panel_of, unusual_totals
from workload.intake.checks.findings import Findings, Question
from workload.intake.checks.import_report import FileReport, SheetReport, TableReport
from workload.intake.checks.roster_checks import check, without_fake_points
from workload.intake.columns.sheets import SheetBlocks, blocks_of, tables_of
from workload.intake.names.member_districts import settle_members
from workload.intake.names.member_schools import schools_of
from workload.intake.names.one_spelling import link
from workload.intake.names.people_spelling import vacant_posts
from workload.intake.open.limits import Limits
from workload.intake.open.opened import Opened, RawSheet
from workload.intake.open.opening import open_file
from workload.intake.rows.data_rows import Block
from workload.intake.rows.open_lines import lines_open_twice
from workload.intake.rows.overlap import without_overlap
from workload.intake.rows.service_rows import ServiceRows, read_services
from workload.intake.rows.sharing import alike_but_for_therapist
from workload.intake.rows.table_rows import read_table
from workload.model.column_fates import ASKED
from workload.model.columns import TABLES
from workload.model.issues import ERROR, NOTICE, WARNING, Issue, ordered
from workload.model.known import Known
from workload.model.roster import DAY, NUMBER, ROSTER_COLUMNS, SOURCE_COLUMNS, Roster, RowCount, typed

SERVICES = "services"
File = tuple[str, bytes] | Opened
NO_DAY, EPOCH, SECONDS_PER_DAY = -1, date(1970, 1, 1).toordinal(), 86_400
# What an empty cell of a choice means, by table.
EMPTY_MEANS = {
    table.name: {
        column.name: column.empty
        for column in table.columns
        if column.kind == "choice" and column.kept and column.empty
    }
    for table in TABLES
    if table.name != SERVICES
}


@dataclass(frozen=True, eq=False)
class Loaded:
    """A district as read: the roster, what was understood of each file, and what only a person can answer."""

    roster: Roster
    files: tuple[FileReport, ...] = ()
    questions: tuple[Question, ...] = ()
    panel: Panel = Panel()


@dataclass(eq=False)
class _Load:
    """What one load has gathered so far."""

    found: Findings = field(default_factory=Findings)
    parts: list[tuple[str, dict[str, list]]] = field(default_factory=list)
    services: list[tuple[Block, ServiceRows]] = field(default_factory=list)
    counts: list[RowCount] = field(default_factory=list)
    files: list[FileReport] = field(default_factory=list)
    edited: set[Place] = field(default_factory=set)
    not_read: list[tuple[str, SheetBlocks]] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    open_columns: list[str] = field(default_factory=list)


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

    secret   key of the pseudonyms: the same secret gives the same pseudonyms next month
    answers  what a person has decided before (`ImportMap`)
    edits    cells that a person has corrected on the screen; the files stay as they are

    Never raises for anything a file can hold: a file that cannot be read is an issue. The roster is empty, and
    an error says why, when there is nothing to calculate from.
    """
    state = _Load()
    opened = open_files(files, limits)
    for each in opened:
        _read_file(each, secret, answers, edits, state)
    tell_lost(edits, opened, state.edited, state.found)
    tables = _joined(state.parts)
    members = settle_members(tables, answers.answers, secret, state.found)
    vacant = vacant_posts(tables["therapists"])
    link(tables, answers, state.found, schools_of(tables, members, answers, state.found))
    frames = {table: _frame(table, tables[table]) for table in ROSTER_COLUMNS}
    frames[SERVICES] = alike_but_for_therapist(frames[SERVICES], answers.answers, state.found)
    frames[SERVICES] = lines_open_twice(frames[SERVICES], answers.answers, state.found)
    state.found.issues += check(frames)
    frames["schools"] = without_fake_points(frames["schools"])
    panel = panel_of(frames[SERVICES])
    state.found.issues += unusual_totals(panel)
    whether_anything_is_left(opened, state, frames)
    roster = Roster(
        **frames,
        issues=ordered(state.found.issues),
        row_counts=tuple(state.counts),
        digest=_digest(opened, secret, answers, edits),
        name=PurePath(opened[0].name).stem if opened else "",
        known=Known(
            columns=frozenset(state.columns),
            open_columns=tuple(state.open_columns),
            questions=len(state.found.questions),
            rows_waiting=sum(count.waiting for count in state.counts),
            vacant=vacant,
        ),
    )
    return Loaded(roster, tuple(state.files), tuple(state.found.questions.values()), panel)


def _read_file(opened: Opened, secret: bytes, answers: ImportMap, edits: Edits, state: _Load) -> None:
    found = state.found
    if opened.refusal:
        found.add(opened.refusal.code, ERROR, opened.refusal.message, opened.refusal.remedy, file=opened.name)
        state.files.append(FileReport(opened.name, opened.kind, refusal=opened.refusal))
        return
    for notice in (*opened.notices, *(notice for sheet in opened.sheets for notice in sheet.notices)):
        found.add(
            notice.code,
            NOTICE,
            notice.message,
            notice.remedy,
            file=opened.name,
            sheet=notice.sheet,
            row=notice.rows[0] if notice.rows else None,
        )
    sheets = []
    stored = [_mended(opened.name, sheet, answers, edits, state) for sheet in opened.sheets]
    tables = tables_of(stored, answers)
    tabs = [
        sheet.name
        for sheet, each in zip(stored, tables, strict=True)
        if any(table.table.name == SERVICES for table in each.tables)
    ]
    for sheet, each in zip(stored, tables, strict=True):
        understood = blocks_of(opened.name, sheet, each, tabs, answers, found)
        if not understood.blocks:
            state.not_read.append((opened.name, understood))
        sheets.append(_read_sheet(understood, secret, answers, state))
    state.files.append(FileReport(opened.name, opened.kind, tuple(sheets)))
    if len({block.sheet for block, _ in state.services if block.file == opened.name}) == 1:
        _no_tab_names(found)  # one sheet of services is not one of many tabs


def _mended(file: str, sheet: RawSheet, answers: ImportMap, edits: Edits, state: _Load) -> RawSheet:
    """The sheet with a person's corrections in it."""
    mended = edits.of(file, sheet.name)
    if not mended:
        return sheet
    sheet, made = with_edits(sheet, mended, answers)
    state.edited |= {(file, sheet.name, *place) for place in made}
    return sheet


def _no_tab_names(found: Findings) -> None:
    for key in [
        key for key, question in found.questions.items() if key.startswith("sheet:") and question.applied == NEITHER
    ]:
        del found.questions[key]


def _read_sheet(understood: SheetBlocks, secret: bytes, answers: ImportMap, state: _Load) -> SheetReport:
    reports = []
    for block in understood.blocks:
        state.columns |= {f"{block.table}.{name.partition('@')[0]}" for name in block.cells}
        state.open_columns += [column.heading for column in block.found.fates if column.fate == ASKED]
        if block.table == SERVICES:
            rows = read_services(block, secret, answers, None, state.found)
            state.services.append((block, rows))
            without_overlap(state.services, state.found)
            reports.append(TableReport.of(block, rows.count, rows.grades, rows.students))
        else:
            rows = read_table(block, secret, answers, state.found)
            reports.append(TableReport.of(block, rows.count))
        state.parts.append((block.table, rows.columns))
        state.counts.append(rows.count)
    return SheetReport(
        understood.sheet,
        understood.visible,
        tuple(reports),
        understood.skipped,
        understood.headings,
        understood.recognized,
        understood.proposal,
    )


# --- from columns to frames -----------------------------------------------------------------------------


def _joined(parts: Sequence[tuple[str, dict[str, list]]]) -> dict[str, dict[str, list]]:
    """The columns of all parts of each table, one below the other. A column that a part lacks is missing there."""
    tables: dict[str, dict[str, list]] = {table: {} for table in ROSTER_COLUMNS}
    for table in ROSTER_COLUMNS:
        own = [columns for name, columns in parts if name == table]
        names = dict.fromkeys(name for columns in own for name in columns)
        if len(own) == 1:
            tables[table] = dict(own[0])
        elif own:
            tables[table] = {
                name: [value for columns in own for value in (columns.get(name) or [None] * len(columns["row"]))]
                for name in names
            }
    return tables


def _frame(table: str, columns: Mapping[str, list]) -> pd.DataFrame:
    """The typed table. Blank roles, employments and flags take the meaning of an empty cell."""
    if not columns:
        return _empty(table).copy()
    kinds = {**ROSTER_COLUMNS[table], **SOURCE_COLUMNS}
    made = {}
    for name, values in columns.items():
        kind = kinds.get(name)
        if kind == NUMBER:
            made[name] = np.array([np.nan if value is None else value for value in values], dtype=float)
        elif kind == DAY:
            made[name] = _days(values)
        elif kind == "flag":
            made[name] = np.array([bool(value) for value in values], dtype=bool)
        elif kind:
            made[name] = values
    if made:
        for name, value in EMPTY_MEANS.get(table, {}).items():
            made[name] = [cell or value for cell in made.get(name, [None] * len(made["row"]))]
    return typed(table, made, len(columns.get("row", ())))


@cache
def _empty(table: str) -> pd.DataFrame:
    return typed(table, {}, 0)


def _days(values: Sequence[date | None]) -> np.ndarray:
    """Dates as numpy days in seconds; counting from the ordinal is many times cheaper than parsing."""
    ordinals = np.array([NO_DAY if value is None else value.toordinal() for value in values], dtype=np.int64)
    seconds = (ordinals - EPOCH) * SECONDS_PER_DAY
    seconds[ordinals == NO_DAY] = np.iinfo(np.int64).min  # not a time
    return seconds.view("datetime64[s]")


def _digest(opened: Sequence[Opened], secret: bytes, answers: ImportMap, edits: Edits) -> str:
    """The key of every cache: the files, the decisions, the corrections and the secret that made the roster."""
    made = hashlib.sha256(hashlib.sha256(secret).digest())
    for each in opened:
        made.update(f"{each.name}\0{each.sha256}\0".encode())
    made.update(json.dumps(answers.as_dict(), sort_keys=True).encode())
    made.update(edits.digest.encode())
    return made.hexdigest()


# --- is there anything to calculate from? ---------------------------------------------------------------


__all__ = ["Issue", "Loaded", "WARNING", "load", "open_files"]

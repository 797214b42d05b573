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
from workload.intake.checks.file_totals import Panel, panel_of, unusual_totals
from workload.intake.checks.findings import Findings, Question
from workload.intake.checks.import_report import FileReport, SheetReport, TableReport
from workload.intake.checks.roster_checks import check, without_fake_points
from workload.intake.columns.headings import AMOUNT, IDENTITY
from workload.intake.columns.looks import MOST
from workload.intake.columns.sheets import SheetBlocks, ask_use, blocks_of, tables_of
from workload.intake.names.member_districts import settle_members
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
from workload.model.column_fates import ASKED, EMPTY, PERSONAL, READ
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
STUDENT_COLUMNS = "a student id or name, and minutes or a frequency"


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
    settle_members(tables)
    vacant = vacant_posts(tables["therapists"])
    link(tables, answers, state.found)
    frames = {table: _frame(table, tables[table]) for table in ROSTER_COLUMNS}
    frames[SERVICES] = alike_but_for_therapist(frames[SERVICES], answers.answers, state.found)
    frames[SERVICES] = lines_open_twice(frames[SERVICES], answers.answers, state.found)
    state.found.issues += check(frames)
    frames["schools"] = without_fake_points(frames["schools"])
    panel = panel_of(frames[SERVICES])
    state.found.issues += unusual_totals(panel)
    _whether_anything_is_left(opened, state, frames)
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


def _whether_anything_is_left(opened: Sequence[Opened], state: _Load, frames: Mapping[str, pd.DataFrame]) -> None:
    """An error, and the way forward, when nothing can be calculated: no sheet, no rows, no minutes, other services."""
    found, counts = state.found, [count for count in state.counts if count.table == SERVICES]
    if not opened:
        found.add("no-file", ERROR, "No file was given.", "Choose the roster of the district.")
    if not any(each.refusal is None for each in opened):
        return
    place = {"file": opened[0].name} if len(opened) == 1 else {}
    services = frames[SERVICES]
    if len(services):
        if not (services["total_minutes"] > 0).any():
            _no_amounts(state, len(services), place)
        return
    if not counts:
        _no_services(opened, state, place)
        return
    others = sum(count.excluded.get("other-service", 0) for count in counts)
    if others and others == sum(count.read for count in counts) - sum(
        number for count in counts for reason, number in count.excluded.items() if reason != "other-service"
    ):
        listed = "; ".join(issue.message for issue in found.issues if issue.code == "other-services")
        found.add(
            "only-other-services",
            ERROR,
            f"None of the {others:,} rows is occupational therapy. {listed}",
            "Check that the export holds occupational therapy, or answer which service it is.",
            **place,
        )
        return
    _ask_column(state, "student", IDENTITY, "says who the student is")
    read = sum(count.read for count in counts)
    unreadable = sum(count.unreadable for count in counts)
    found.add(
        "no-students",
        ERROR,
        "The services sheet has no rows with a student."
        if not unreadable
        else f"None of the {read:,} rows of the services sheet could be read.",
        "Fill in one row for each student and service."
        if not unreadable
        else "Correct the rows that are listed as warnings, or answer the questions about them.",
        **place,
        sheet=counts[0].sheet,
    )


def _no_amounts(state: _Load, lines: int, place: Mapping[str, str]) -> None:
    """No amount, no answer: which column says how much is asked."""
    rows = "The 1 row does not say" if lines == 1 else f"None of the {lines:,} rows says"
    state.found.add(
        "no-amounts",
        ERROR,
        f"{rows} how much service the plan promises, so nothing can be calculated.",
        "Add the minutes and how often, for example 30 minutes, 2 times a week, or say which column holds them.",
        **place,
    )
    _ask_column(state, "amount", AMOUNT, "says how much service a student gets")


def _ask_column(state: _Load, about: str, names: frozenset[str], what: str) -> None:
    """Which column of a services sheet without one of these names it is; the one whose values look so is suggested."""
    for block, _ in state.services:
        columns = [each for each in block.found.fates if each.fate not in (READ, PERSONAL, EMPTY) and each.heading]
        if not columns or {column.name for column in block.found.columns} & names:
            continue
        looks = block.found.looks
        likely = [each.heading for each in columns if about == "amount" and looks[each.index].phrases > MOST]
        state.found.ask(
            Question(
                f"file:{about}:{block.found.fingerprint}",
                f"Which column of {block.sheet} {what}?",
                (
                    *(
                        (each.heading, each.heading + (f" ({', '.join(each.samples)})" if each.samples else ""))
                        for each in columns
                    ),
                    ("", "None of them: the file does not say it"),
                ),
                ((block.file, block.sheet, block.found.header_row),),
                suggestion=likely[0] if len(likely) == 1 else "",
            )
        )


def _no_services(opened: Sequence[Opened], state: _Load, place: Mapping[str, str]) -> None:
    """No sheet of services: what was looked for, what each sheet has, and a question for each that may be one."""
    only_text = all(each.kind == "csv" for each in opened if each.refusal is None)
    said = "; ".join(
        f"{'the file' if only_text else sheet.sheet} has {', '.join(sheet.headings[:12])}"
        + (", and more" if len(sheet.headings) > 12 else "")
        if sheet.headings
        else f"{'the file' if only_text else sheet.sheet} has no row of headings"
        for _, sheet in state.not_read
    )
    known = next((sheet.skipped for _, sheet in state.not_read if sheet.recognized or " is " in sheet.skipped[:13]), "")
    remedy = (
        f"Give each column a heading in the first row: {STUDENT_COLUMNS}. The template shows how."
        if only_text
        else f"Add a sheet named Services with {STUDENT_COLUMNS}, or say which sheet it is. The template shows how."
    )
    state.found.add(
        "no-services",
        ERROR,
        f"No {'list' if only_text else 'sheet'} with services was found. Looked for: {STUDENT_COLUMNS}. Found: {said or 'nothing'}.",
        next((issue.remedy for issue in state.found.issues if issue.code == "wrong-report"), remedy)
        if known
        else remedy,
        **place,
    )
    for file, sheet in state.not_read:
        if sheet.proposal is not None:
            ask_use(file, sheet, state.found)


__all__ = ["Issue", "Loaded", "WARNING", "load", "open_files"]

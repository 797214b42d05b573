"""Which tables of a sheet are read, and what is said about the ones that are not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workload.intake.answers.import_map import NEITHER, READ, SKIP, ImportMap
from workload.intake.checks.findings import Findings, Question
from workload.intake.columns.found_tables import FoundTable, find_tables
from workload.intake.columns.headings import OTHER_REPORTS, table_named
from workload.intake.columns.preset_rules import with_rules
from workload.intake.columns.presets import Recognized
from workload.intake.open.opened import RawSheet
from workload.intake.rows.data_rows import Block, take_rows
from workload.model.columns import normalized
from workload.model.issues import NOTICE, WARNING

HELP_SHEETS = frozenset({"how to fill this in", "instructions", "readme", "help", "notes", "legend"})
ORDINARY_TABS = re.compile(r"(?:sheet|tab(?:elle)?|page|table|data|export|report|results?)[\s_-]*\d*", re.IGNORECASE)
LISTED = 25
MOSTLY_BLANK = 0.5  # share of blank cells from which a name may stand once above its rows


@dataclass(frozen=True, eq=False)
class SheetBlocks:
    """A sheet with the blocks that are read, or the reason why none is."""

    sheet: str
    visible: str
    blocks: tuple[Block, ...] = ()
    skipped: str = ""
    headings: int = 0
    recognized: Recognized | None = None  # a known report that is no roster


def blocks_of(file: str, sheet: RawSheet, answers: ImportMap, found: Findings) -> SheetBlocks:
    """The tables of a sheet with their rows; skipped sheets are told with their headings."""
    if sheet.rows == 0:
        return SheetBlocks(sheet.name, sheet.visible, skipped="The sheet is empty.")
    if normalized(sheet.name) in HELP_SHEETS:
        return SheetBlocks(sheet.name, sheet.visible, skipped="The sheet explains the others.")
    named = answers.header_rows.get(sheet.name, "")
    tables = find_tables(sheet, answers.columns, int(named) if named.isdigit() else None)
    place = {"file": file, "sheet": sheet.name}
    if tables.refused:
        return _refused_report(tables.refused, sheet, tables.headings, place, found)
    if tables.report:
        _, what, remedy = OTHER_REPORTS[tables.report]
        found.add("wrong-report", WARNING, f"This sheet is {what}. It was not read.", remedy, **place)
        return SheetBlocks(sheet.name, sheet.visible, (), f"The sheet is {what}.", tables.headings)
    if not tables.tables:
        return _no_table(file, sheet, tables.headings, found)
    if not _is_wanted(file, sheet, tables.tables, answers, found):
        return SheetBlocks(sheet.name, sheet.visible, (), "The sheet is hidden.", tables.headings)
    if sheet.hidden_rows:
        found.add(
            "hidden-rows",
            NOTICE,
            f"{len(sheet.hidden_rows):,} hidden rows of this sheet were read, too.",
            "Delete the rows in Excel if they should not count.",
            **place,
            row=sheet.hidden_rows[0],
        )
    _tell_hidden_columns(sheet, tables.tables, place, found)
    _tell_colors(sheet, tables.tables, place, found)
    filled = frozenset(heading for heading, answer in answers.fill_down.items() if answer == "yes")
    blocks = tuple(with_rules(take_rows(file, sheet, table, filled)) for table in tables.tables)
    for block in blocks:
        _tell_report(block, found)
        _tell_columns(block, found)
        _name_of_tab(block, answers, found)
        _ask_fill_down(block, answers, found)
    return SheetBlocks(sheet.name, sheet.visible, blocks, "", tables.headings)


def _tell_hidden_columns(
    sheet: RawSheet, tables: Sequence[FoundTable], place: Mapping[str, str], found: Findings
) -> None:
    read = [column for table in tables for column in table.columns if column.index + 1 in sheet.hidden_columns]
    if read:
        columns = "1 hidden column was" if len(read) == 1 else f"{len(read)} hidden columns were"
        found.add(
            "hidden-columns",
            NOTICE,
            f"{columns} read, too: {', '.join(each.heading for each in read)}.",
            "Delete the columns in Excel if they should not count.",
            **place,
        )


def _tell_colors(sheet: RawSheet, tables: Sequence[FoundTable], place: Mapping[str, str], found: Findings) -> None:
    """Colors are not read. Rows of the tables that are colored or struck through are counted by what one sees."""
    inside = [range(sheet.sheet_row(table.first), sheet.sheet_row(table.last)) for table in tables]
    rows = {
        look: [row for row in marked if any(row in each for each in inside)]
        for look, marked in sheet.colored_rows.items()
    }
    counted = sorted(((len(marked), look) for look, marked in rows.items() if marked), reverse=True)
    if counted:
        listed = ", ".join(f"{number:,} {look}" for number, look in counted)
        total = len(set().union(*rows.values()))
        found.add(
            "colors-not-read",
            NOTICE,
            f"Colors and struck-through text are not read. {total:,} "
            f"{'row is' if total == 1 else 'rows are'} marked that way: {listed}.",
            "If a color means something, such as a student who has left, add a column that says it.",
            **place,
            row=min(row for marked in rows.values() for row in marked),
        )


def _refused_report(
    known: Recognized, sheet: RawSheet, headings: int, place: Mapping[str, str], found: Findings
) -> SheetBlocks:
    """A known report without what is needed: its name, what it is, and what to export in its place."""
    what, remedy = known.preset.refusal
    found.add(
        "wrong-report",
        WARNING,
        f"This sheet is {known.preset.name}, {what}. It was not read as services.",
        remedy,
        **place,
    )
    return SheetBlocks(sheet.name, sheet.visible, (), f"The sheet is {known.preset.name}, {what}.", headings, known)


def _no_table(file: str, sheet: RawSheet, headings: int, found: Findings) -> SheetBlocks:
    reason = (
        f"{headings} headings were found, but not those of a roster table."
        if headings >= 2
        else "No row of headings was found."
    )
    severity = WARNING if table_named(sheet.name) else NOTICE
    found.add(
        "sheet-skipped",
        severity,
        f"This sheet was not read. {reason}",
        "Nothing to do if it holds no roster. Otherwise use the headings of the template.",
        file=file,
        sheet=sheet.name,
    )
    return SheetBlocks(sheet.name, sheet.visible, (), reason, headings)


def _is_wanted(file: str, sheet: RawSheet, tables: Sequence[FoundTable], answers: ImportMap, found: Findings) -> bool:
    """Visible sheets are read, very hidden ones never; a hidden one is a question."""
    answer = answers.sheets.get(sheet.name)
    if answer == SKIP:
        return False
    if sheet.visible == "visible" or answer == READ:
        return True
    what = ", ".join(table.table.sheet for table in tables)
    rows = sum(table.last - table.first for table in tables)
    found.add(
        "sheet-hidden",
        WARNING,
        f"This hidden sheet looks like {what} ({rows:,} rows). It was not read.",
        "Unhide it in Excel, or answer that it should be read.",
        file=file,
        sheet=sheet.name,
    )
    if sheet.visible == "hidden":
        found.ask(
            Question(
                f"sheet:{sheet.name}",
                f"Should the hidden sheet {sheet.name} be read? It looks like {what}.",
                ((READ, "Read it"), (SKIP, "Leave it out")),
                ((file, sheet.name, tables[0].header_row),),
                written=sheet.name,
                applied=SKIP,
            )
        )
    return False


def _name_of_tab(block: Block, answers: ImportMap, found: Findings) -> None:
    """A tab for each person or school: its name may be the missing column. A person says so."""
    missing = [name for name in ("therapist", "school") if name not in block.cells]
    if block.table != "services" or not missing or not block.sheet_rows:
        return
    answer = answers.sheets.get(block.sheet)
    if answer in missing:
        block.cells[answer] = [block.sheet] * len(block.sheet_rows)
    elif answer != NEITHER and table_named(block.sheet) is None and not ORDINARY_TABS.fullmatch(block.sheet):
        labels = {"therapist": "It is the therapist of all its rows", "school": "It is the school of all its rows"}
        found.ask(
            Question(
                f"sheet:{block.sheet}",
                f"What is the name of the sheet, {block.sheet}?",
                (*((name, labels[name]) for name in missing), (NEITHER, "Neither a person nor a school")),
                ((block.file, block.sheet, block.found.header_row),),
                written=block.sheet,
                applied=NEITHER,
            )
        )


def _ask_fill_down(block: Block, answers: ImportMap, found: Findings) -> None:
    """A school or person written once above its rows: a person says whether blank cells mean the same as above."""
    for heading, at in block.filled_down.items():
        found.rows(
            "cells-filled-down",
            NOTICE,
            block,
            at,
            f"The blank cells of {heading} were filled from the cell above in {{rows}}, as answered",
            "Correct the answer if blank cells mean that nothing is known.",
            column=heading,
        )
    for column in block.found.columns:
        if (
            block.table != "services"
            or column.name not in ("school", "therapist")
            or column.heading in answers.fill_down
        ):
            continue
        values = block.cells[column.name]
        blank = [at for at, value in enumerate(values) if value in (None, "")]
        runs = sum(1 for value in values if value not in (None, ""))
        if blank and blank[0] > 0 and len(blank) >= MOSTLY_BLANK * len(values) and runs > 1:
            found.ask(
                Question(
                    f"fill_down:{column.heading}",
                    f"In the column {column.heading}, do blank cells mean the same as above?",
                    (("yes", "Yes, the one above"), ("no", f"No, no {column.name} is given")),
                    tuple((block.file, block.sheet, block.sheet_rows[at]) for at in blank),
                    column.heading,
                    applied="no",
                )
            )


def _tell_report(block: Block, found: Findings) -> None:
    """Which known report the sheet is, what to know about it, and what it cannot give."""
    known = block.found.recognized
    if known:
        said = " ".join((*known.preset.notes, *known.preset.cannot))
        found.add(
            "report-recognized",
            NOTICE,
            f"The headings are those of {known.preset.name} ({known.sure}). {said}",
            "Check the meaning of each column if it is another report.",
            file=block.file,
            sheet=block.sheet,
            row=block.found.header_row,
        )


def _tell_columns(block: Block, found: Findings) -> None:
    """Columns that were not read, and headings that a person must settle."""
    table = block.found
    place = {"file": block.file, "sheet": block.sheet}
    for heading, what in table.sensitive:
        found.add(
            "sensitive-column",
            NOTICE,
            f"The column looks like {what}. It was dropped unread.",
            "Remove the column before sharing the file.",
            **place,
            column=heading,
        )
    dropped = [
        heading
        for heading in table.unmapped
        if heading not in dict(table.sensitive) and heading not in {each.heading for each in table.open_columns}
    ]
    if dropped:
        listed = ", ".join(dropped[:LISTED]) + (", and more" if len(dropped) > LISTED else "")
        found.add(
            "columns-dropped",
            NOTICE,
            f"{_columns(len(dropped))} not needed and not read: {listed}.",
            "Nothing to do, unless one of them belongs to the roster.",
            **place,
        )
    if table.without_heading:
        found.add(
            "column-without-heading",
            NOTICE,
            f"Columns without a heading were not read: {', '.join(table.without_heading)}.",
            "Give the column a heading if it should be read.",
            **place,
        )
    for each in table.open_columns:
        found.add(
            "column-unclear",
            WARNING,
            f"{each.message} The column was not read.",
            "Answer the question about this column.",
            **place,
            column=each.heading,
        )
        found.ask(
            Question(
                f"column:{table.fingerprint}:{each.heading}",
                f"{each.heading}: {each.message}",
                each.choices,
                ((block.file, block.sheet, table.header_row),),
                each.heading,
                "; ".join(each.samples),
            )
        )


def _columns(count: int) -> str:
    return "1 column is" if count == 1 else f"{count} columns are"

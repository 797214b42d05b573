"""Which tables of a sheet are read, and what is said about the ones that are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workload.intake.findings import Findings, Question
from workload.intake.headers import FoundTable, find_tables
from workload.intake.headings import OTHER_REPORTS, table_named
from workload.intake.map_file import ImportMap
from workload.intake.raw import RawSheet
from workload.intake.rows import Block, take_rows
from workload.issues import NOTICE, WARNING
from workload.tables import normalized

READ, SKIP = "read", "skip"
HELP_SHEETS = frozenset({"how to fill this in", "instructions", "readme", "help", "notes", "legend"})
NEITHER = "neither"
ORDINARY_TABS = re.compile(r"(?:sheet|tab(?:elle)?|page|table|data|export|report|results?)[\s_-]*\d*", re.IGNORECASE)
LISTED = 25


@dataclass(frozen=True, eq=False)
class SheetBlocks:
    """A sheet with the blocks that are read, or the reason why none is."""

    sheet: str
    visible: str
    blocks: tuple[Block, ...] = ()
    skipped: str = ""
    headings: int = 0


def blocks_of(file: str, sheet: RawSheet, answers: ImportMap, found: Findings) -> SheetBlocks:
    """The tables of a sheet with their rows; skipped sheets are told with their headings."""
    if sheet.rows == 0:
        return SheetBlocks(sheet.name, sheet.visible, skipped="The sheet is empty.")
    if normalized(sheet.name) in HELP_SHEETS:
        return SheetBlocks(sheet.name, sheet.visible, skipped="The sheet explains the others.")
    tables = find_tables(sheet, answers.columns)
    place = {"file": file, "sheet": sheet.name}
    if tables.report:
        _, what, remedy = OTHER_REPORTS[tables.report]
        found.add("wrong-report", WARNING, f"This sheet is {what}. It was not read.", remedy, **place)
        return SheetBlocks(sheet.name, sheet.visible, (), f"The sheet is {what}.", tables.headings)
    if not tables.tables:
        return _no_table(file, sheet, tables.headings, found)
    if not _is_wanted(file, sheet, tables.tables, answers, found):
        return SheetBlocks(sheet.name, sheet.visible, (), "The sheet is hidden.", tables.headings)
    if sheet.hidden_rows:
        found.add("hidden-rows", NOTICE, f"{len(sheet.hidden_rows):,} hidden rows of this sheet were read, too.",
                  "Delete the rows in Excel if they should not count.", **place, row=sheet.hidden_rows[0])
    filled = frozenset(heading for heading, answer in answers.fill_down.items() if answer == "yes")
    blocks = tuple(take_rows(file, sheet, table, filled) for table in tables.tables)
    for block in blocks:
        _tell_columns(block, found)
        _name_of_tab(block, answers, found)
    return SheetBlocks(sheet.name, sheet.visible, blocks, "", tables.headings)


def _no_table(file: str, sheet: RawSheet, headings: int, found: Findings) -> SheetBlocks:
    reason = (f"{headings} headings were found, but not those of a roster table." if headings >= 2 else
              "No row of headings was found.")
    severity = WARNING if table_named(sheet.name) else NOTICE
    found.add("sheet-skipped", severity, f"This sheet was not read. {reason}",
              "Nothing to do if it holds no roster. Otherwise use the headings of the template.", file=file,
              sheet=sheet.name)
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
    found.add("sheet-hidden", WARNING, f"This hidden sheet looks like {what} ({rows:,} rows). It was not read.",
              "Unhide it in Excel, or answer that it should be read.", file=file, sheet=sheet.name)
    if sheet.visible == "hidden":
        found.ask(Question(f"sheet:{sheet.name}", f"Should the hidden sheet {sheet.name} be read? It looks like {what}.",
                           ((READ, "Read it"), (SKIP, "Leave it out")), ((file, sheet.name, tables[0].header_row),),
                           written=sheet.name, applied=SKIP))
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
        found.ask(Question(
            f"sheet:{block.sheet}", f"What is the name of the sheet, {block.sheet}?",
            (*((name, labels[name]) for name in missing), (NEITHER, "Neither a person nor a school")),
            ((block.file, block.sheet, block.found.header_row),), written=block.sheet, applied=NEITHER))


def _tell_columns(block: Block, found: Findings) -> None:
    """Columns that were not read, and headings that a person must settle."""
    table = block.found
    place = {"file": block.file, "sheet": block.sheet}
    for heading, what in table.sensitive:
        found.add("sensitive-column", NOTICE, f"The column looks like {what}. It was dropped unread.",
                  "Remove the column before sharing the file.", **place, column=heading)
    dropped = [heading for heading in table.unmapped if heading not in dict(table.sensitive)
               and heading not in {each.heading for each in table.open_columns}]
    if dropped:
        listed = ", ".join(dropped[:LISTED]) + (", and more" if len(dropped) > LISTED else "")
        found.add("columns-dropped", NOTICE, f"{_columns(len(dropped))} not needed and not read: {listed}.",
                  "Nothing to do, unless one of them belongs to the roster.", **place)
    if table.without_heading:
        found.add("column-without-heading", NOTICE, "Columns without a heading were not read: "
                  f"{', '.join(table.without_heading)}.", "Give the column a heading if it should be read.", **place)
    for each in table.open_columns:
        found.add("column-unclear", WARNING, f"{each.message} The column was not read.",
                  "Answer the question about this column.", **place, column=each.heading)
        found.ask(Question(f"column:{table.fingerprint}:{each.heading}", f"{each.heading}: {each.message}", each.choices,
                           ((block.file, block.sheet, table.header_row),), each.heading, "; ".join(each.samples)))


def _columns(count: int) -> str:
    return "1 column is" if count == 1 else f"{count} columns are"

"""Which tables of a sheet are read, and what is said about the ones that are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workload.intake.answers.import_map import LEAVE_OUT, READ, SKIP, ImportMap
from workload.intake.checks.findings import Findings, Question
from workload.intake.columns.column_findings import LISTED, tell_columns, tell_hidden_columns, tell_report
from workload.intake.columns.found_tables import FoundTable, FoundTables, find_tables
from workload.intake.columns.heading_meaning import said
from workload.intake.columns.headings import table_named
from workload.intake.columns.other_reports import CALCULATOR, SUMMARY, is_calculator, summary_of_schools
from workload.intake.columns.preset_rules import with_rules
from workload.intake.columns.presets import Recognized
from workload.intake.columns.tab_findings import ask_fill_down, is_read_all_the_same, meaning_of_tab, name_of_tab
from workload.intake.columns.tabs import LEFT, OTHER_YEAR, OTHERS, WAITING, WORDS, tab_says
from workload.intake.open.opened import RawSheet
from workload.intake.rows.data_rows import Block, take_rows
from workload.model.columns import SERVICES, TABLE, normalized
from workload.model.issues import NOTICE, WARNING

HELP_SHEETS = frozenset(
    {"how to fill this in", "start here", "instructions", "readme", "help", "notes", "legend", "key"}
)


@dataclass(frozen=True, eq=False)
class SheetBlocks:
    """A sheet with the blocks that are read, or the reason why none is. `proposal` is for the map by hand."""

    sheet: str
    visible: str
    blocks: tuple[Block, ...] = ()
    skipped: str = ""
    headings: tuple[str, ...] = ()
    recognized: Recognized | None = None  # a known report that is no roster
    proposal: FoundTable | None = None


def tables_of(sheets: Sequence[RawSheet], answers: ImportMap) -> list[FoundTables]:
    """The tables of every sheet of a file; none for empty sheets and for those that explain the others."""
    return [
        FoundTables() if sheet.rows == 0 or normalized(sheet.name) in HELP_SHEETS else find_tables(sheet, answers)
        for sheet in sheets
    ]


def blocks_of(
    file: str, sheet: RawSheet, tables: FoundTables, tabs: Sequence[str], answers: ImportMap, found: Findings
) -> SheetBlocks:
    """The tables of a sheet with their rows; skipped sheets are told with their headings.

    tabs  names of the sheets of the file that hold services
    """
    if sheet.rows == 0:
        return SheetBlocks(sheet.name, sheet.visible, skipped="The sheet is empty.")
    if normalized(sheet.name) in HELP_SHEETS:
        return SheetBlocks(sheet.name, sheet.visible, skipped="The sheet explains the others.")
    place = {"file": file, "sheet": sheet.name}
    if answers.tables.get(sheet.name) == LEAVE_OUT:
        return SheetBlocks(
            sheet.name, sheet.visible, (), "Left out, as answered.", tables.headings, None, _first(tables)
        )
    if tables.refused:
        return _refused_report(tables.refused, sheet, tables.headings, place, found)
    if tables.report:
        found.add(
            "wrong-report",
            WARNING,
            f"This sheet is {tables.report.what}. It was not read.",
            tables.report.remedy,
            **place,
        )
        return SheetBlocks(sheet.name, sheet.visible, (), f"The sheet is {tables.report.what}.", tables.headings)
    if not tables.tables:
        return _no_table(file, sheet, tables, found)
    if not _is_wanted(file, sheet, tables.tables, answers, found):
        return SheetBlocks(sheet.name, sheet.visible, (), "The sheet is hidden.", tables.headings, None, _first(tables))
    says = tab_says(sheet.name, tabs) if any(each.table is SERVICES for each in tables.tables) else ""
    if says == OTHERS and _names_its_service(tables):
        says = ""
    if says in (LEFT, WAITING, OTHER_YEAR, OTHERS) and not is_read_all_the_same(
        file, sheet, says, tables, tabs, answers, found
    ):
        return SheetBlocks(
            sheet.name,
            sheet.visible,
            (),
            f"The sheet is named for {WORDS[says]}.",
            tables.headings,
            None,
            _first(tables),
        )
    if sheet.hidden_rows:
        found.add(
            "hidden-rows",
            NOTICE,
            f"{len(sheet.hidden_rows):,} hidden rows of this sheet were read, too.",
            "Delete the rows in Excel if they should not count.",
            **place,
            row=sheet.hidden_rows[0],
        )
    tell_hidden_columns(sheet, tables.tables, place, found)
    _tell_colors(sheet, tables.tables, place, found)
    filled = frozenset(heading for heading, answer in answers.fill_down.items() if answer == "yes")
    blocks = tuple(
        with_rules(take_rows(file, sheet, table, filled, answers.answers.get(f"bands:{table.fingerprint}", "")))
        for table in tables.tables
    )
    for block in blocks:
        tell_report(block, found)
        tell_columns(block, answers, found)
        meaning_of_tab(block, says, answers, found)
        name_of_tab(block, says, tabs, answers, found)
        ask_fill_down(block, answers, found)
    return SheetBlocks(sheet.name, sheet.visible, blocks, "", tables.headings)


def _names_its_service(tables: FoundTables) -> bool:
    """Whether a column says of each row which service it is, or a heading speaks of OT: more than the tab's name says."""
    return any(
        column.name == "service" or said(column.heading).is_ot
        for table in tables.tables
        for column in table.fates
        if column.heading
    )


def _first(tables: FoundTables) -> FoundTable | None:
    return tables.tables[0] if tables.tables else tables.proposal


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
    known: Recognized, sheet: RawSheet, headings: tuple[str, ...], place: Mapping[str, str], found: Findings
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


def _no_table(file: str, sheet: RawSheet, tables: FoundTables, found: Findings) -> SheetBlocks:
    """A sheet that is not understood: what was looked for, what was found, and how to say what it is."""
    headings, code = tables.headings, "sheet-skipped"
    listed = ", ".join(headings[:LISTED]) + (", and more" if len(headings) > LISTED else "")
    if len(headings) < 2:
        reason = "No row of headings was found."
        remedy = "Put a heading over each column: the student, how long, how often, the school, the therapist."
    else:
        reason = f"{len(headings)} headings were found, but not those of a roster table: {listed}."
        remedy = "Nothing to do if it holds no roster. Otherwise say what the sheet and its columns are."
    if len(headings) >= 2 and summary_of_schools(headings):
        reason, remedy = f"The sheet is {SUMMARY.what}.", SUMMARY.remedy
        code = "wrong-report"
    elif is_calculator(sheet):
        reason, remedy, code = f"The sheet is {CALCULATOR.what}.", CALCULATOR.remedy, "wrong-report"
    severity = WARNING if table_named(sheet.name) else NOTICE
    found.add(code, severity, f"This sheet was not read. {reason}", remedy, file=file, sheet=sheet.name)
    return SheetBlocks(sheet.name, sheet.visible, (), reason, headings, None, tables.proposal)


def ask_use(file: str, sheet: SheetBlocks, found: Findings) -> None:
    """The way forward for a sheet that is not understood, where nothing else can be read: what is it?"""
    found.ask(
        Question(
            f"use:{sheet.sheet}",
            f"The sheet {sheet.sheet} was not understood. What is it?",
            (
                *((table.name, f"{table.sheet}: {table.meaning}") for table in TABLE.values()),
                (LEAVE_OUT, "Leave it out"),
            ),
            ((file, sheet.sheet, sheet.proposal.header_row if sheet.proposal else 1),),
            written=sheet.sheet,
            suggestion=SERVICES.name if sheet.proposal and sheet.proposal.table is SERVICES else "",
            applied=LEAVE_OUT,
        )
    )


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

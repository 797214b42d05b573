"""Which tables of a sheet are read, and what is said about the ones that are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workload.intake.answers.findings import NOTHING, Findings, Question
from workload.intake.answers.import_map import LEAVE_OUT, READ, SKIP, ImportMap
from workload.intake.blocks import tab_findings
from workload.intake.blocks.column_findings import LISTED, tell_columns, tell_hidden_columns, tell_report
from workload.intake.blocks.data_rows import Block, take_rows
from workload.intake.blocks.preset_rules import with_rules
from workload.intake.columns.column_choice import COUNTED
from workload.intake.columns.found_tables import FoundTable, FoundTables, find_tables
from workload.intake.columns.heading_meaning import said as facts_said
from workload.intake.columns.headings import IDENTITY, table_named
from workload.intake.columns.looks import MOST
from workload.intake.columns.other_reports import (
    CALCULATOR,
    ON_ITS_SIDE,
    SUMMARY,
    OtherReport,
    is_calculator,
    is_on_its_side,
    summary_of_schools,
)
from workload.intake.columns.presets import Recognized
from workload.intake.columns.tabs import LEFT, OTHER_YEAR, OTHERS, TIMES, WAITING, WORDS, tab_says
from workload.intake.open.opened import RawSheet
from workload.model.columns import SERVICES, TABLE, normalized
from workload.model.issues import NOTICE, WARNING, Issue
from workload.model.words import first_few

HELP_SHEETS = frozenset(
    {"how to fill this in", "start here", "instructions", "readme", "help", "notes", "legend", "key"}
)


@dataclass(frozen=True, eq=False)
class SheetBlocks:
    """A sheet with the blocks that are read, or the reason why none is. `proposal` is for the map by hand."""

    file: str
    sheet: str
    visible: str
    blocks: tuple[Block, ...] = ()
    skipped: str = ""
    headings: tuple[str, ...] = ()
    recognized: Recognized | None = None  # a known report that is no roster
    proposal: FoundTable | None = None
    said: Findings = NOTHING
    unnamed: tuple[tab_findings.UnnamedTab, ...] = ()  # tabs of which only a person can say what they are named for


def sheets_of(file: str, sheets: Sequence[RawSheet], answers: ImportMap) -> list[SheetBlocks]:
    """The sheets of a file with the rows of their tables; what a sheet is depends on the others as well."""
    tables = [
        FoundTables() if sheet.rows == 0 or normalized(sheet.name) in HELP_SHEETS else find_tables(sheet, answers)
        for sheet in sheets
    ]
    tabs = [
        sheet.name
        for sheet, each in zip(sheets, tables, strict=True)
        if any(table.table is SERVICES for table in each.tables)
    ]
    made = [_blocks_of(file, sheet, each, tabs, answers) for sheet, each in zip(sheets, tables, strict=True)]
    if len({each.sheet for each in made if any(block.found.table is SERVICES for block in each.blocks)}) == 1:
        # One sheet of services is not one of many tabs.
        made = [replace(each, unnamed=tuple(tab for tab in each.unnamed if tab.several)) for each in made]
    return made


def _blocks_of(file: str, sheet: RawSheet, tables: FoundTables, tabs: Sequence[str], answers: ImportMap) -> SheetBlocks:
    """The tables of a sheet with their rows; skipped sheets are told with their headings.

    tabs  names of the sheets of the file that hold services
    """
    made = SheetBlocks(file, sheet.name, sheet.visible)
    if sheet.rows == 0:
        return replace(made, skipped="The sheet is empty.")
    if normalized(sheet.name) in HELP_SHEETS:
        return replace(made, skipped="The sheet explains the others.")
    made = replace(made, headings=tables.headings)
    first = tables.tables[0] if tables.tables else tables.proposal
    if answers.tables.get(sheet.name) == LEAVE_OUT:
        return replace(made, skipped="Left out, as answered.", proposal=first)
    if tables.refused:
        return _other_report(
            made, tables.refused, OtherReport(tables.refused.preset.name, *tables.refused.preset.refusal)
        )
    if tables.report:
        return _other_report(made, None, tables.report)
    if not tables.tables:
        return _no_table(made, sheet, tables)
    if all(map(_counts_students, tables.tables)):
        return _other_report(made, None, SUMMARY)
    wanted, said = _is_wanted(file, sheet, tables.tables, answers)
    if not wanted:
        return replace(made, skipped="The sheet is hidden.", proposal=first, said=said)
    says = tab_says(sheet.name, tabs) if any(each.table is SERVICES for each in tables.tables) else ""
    if says == OTHERS and _names_its_service(tables):
        says = ""
    if says in (LEFT, WAITING, OTHER_YEAR, OTHERS, TIMES):
        wanted, about = tab_findings.is_read_all_the_same(file, sheet, says, tables, tabs, answers)
        said += about
        if not wanted:
            return replace(made, skipped=f"The sheet is named for {WORDS[says]}.", proposal=first, said=said)
    said += _tell_hidden_rows(sheet, file)
    said += tell_hidden_columns(file, sheet, tables.tables)
    said += _tell_colors(sheet, tables.tables, file)
    filled = frozenset(heading for heading, answer in answers.fill_down.items() if answer == "yes")
    blocks, unnamed = [], []
    for table in tables.tables:
        bands_are = answers.answers.get(f"{tab_findings.BANDS}:{table.fingerprint}", "")
        block = with_rules(take_rows(file, sheet, table, filled, bands_are))
        said += tell_report(block) + tell_columns(block, answers) + tab_findings.tell_titles(block)
        block, by_meaning = tab_findings.meaning_of_tab(block, says, answers)
        block, by_name, tab = tab_findings.name_of_tab(block, says, tabs, answers)
        said += by_meaning + by_name + tab_findings.ask_fill_down(block, answers) + tab_findings.ask_bands(block)
        blocks.append(block)
        unnamed += [tab] if tab else []
    return replace(made, blocks=tuple(blocks), said=said, unnamed=tuple(unnamed))


def _counts_students(table: FoundTable) -> bool:
    """ "School", "Students", "Min/wk" without anybody's name or id: a count and a sum for each school."""
    names = {each.name for each in table.columns}
    counted = any(
        COUNTED.search(each.heading) and table.looks[each.index].numeric > MOST for each in table.fates if not each.name
    )
    return table.table is SERVICES and not names & IDENTITY and counted


def _names_its_service(tables: FoundTables) -> bool:
    """Whether a column says of each row which service it is, or a heading speaks of OT: more than the tab's name says."""
    return any(
        column.name == "service" or facts_said(column.heading).is_ot
        for table in tables.tables
        for column in table.fates
        if column.heading
    )


def _tell_hidden_rows(sheet: RawSheet, file: str) -> Findings:
    if not sheet.hidden_rows:
        return NOTHING
    return NOTHING + Issue(
        "hidden-rows",
        NOTICE,
        f"{len(sheet.hidden_rows):,} hidden rows of this sheet were read, too.",
        "Delete the rows in Excel if they should not count.",
        file=file,
        sheet=sheet.name,
        row=sheet.hidden_rows[0],
    )


def _tell_colors(sheet: RawSheet, tables: Sequence[FoundTable], file: str) -> Findings:
    """Colors are not read. Rows of the tables that are colored or struck through are counted by what one sees."""
    inside = [range(sheet.sheet_row(table.first), sheet.sheet_row(table.last)) for table in tables]
    rows = {
        look: [row for row in marked if any(row in each for each in inside)]
        for look, marked in sheet.colored_rows.items()
    }
    counted = sorted(((len(marked), look) for look, marked in rows.items() if marked), reverse=True)
    if not counted:
        return NOTHING
    listed = ", ".join(f"{number:,} {look}" for number, look in counted)
    total = len(set().union(*rows.values()))
    return NOTHING + Issue(
        "colors-not-read",
        NOTICE,
        f"Colors and struck-through text are not read. {total:,} "
        f"{'row is' if total == 1 else 'rows are'} marked that way: {listed}.",
        "If a color means something, such as a student who has left, add a column that says it.",
        file=file,
        sheet=sheet.name,
        row=min(row for marked in rows.values() for row in marked),
    )


def _other_report(made: SheetBlocks, known: Recognized | None, report: OtherReport) -> SheetBlocks:
    """A report that is no roster: what it is, and what to export in its place. Of a known one also its name."""
    is_what, read_as = (f"{report.name}, {report.what}", " as services") if known else (report.what, "")
    told = Issue(
        "wrong-report",
        WARNING,
        f"This sheet is {is_what}. It was not read{read_as}.",
        report.remedy,
        file=made.file,
        sheet=made.sheet,
    )
    return replace(made, skipped=f"The sheet is {is_what}.", recognized=known, said=NOTHING + told)


def _no_table(made: SheetBlocks, sheet: RawSheet, tables: FoundTables) -> SheetBlocks:
    """A sheet that is not understood: what was looked for, what was found, and how to say what it is."""
    if is_on_its_side(sheet) and not is_calculator(sheet):  # its first row names students, and is not repeated
        return _other_report(replace(made, headings=()), None, ON_ITS_SIDE)
    headings, code = tables.headings, "sheet-skipped"
    if len(headings) < 2:
        reason = "No row of headings was found."
        remedy = "Put a heading over each column: the student, how long, how often, the school, the therapist."
    else:
        reason = f"{len(headings)} headings were found, but not those of a roster table: {first_few(headings, LISTED)}."
        remedy = "Nothing to do if it holds no roster. Otherwise say what the sheet and its columns are."
    if len(headings) >= 2 and summary_of_schools(headings):
        reason, remedy = f"The sheet is {SUMMARY.what}.", SUMMARY.remedy
        code = "wrong-report"
    elif is_calculator(sheet):
        reason, remedy, code = f"The sheet is {CALCULATOR.what}.", CALCULATOR.remedy, "wrong-report"
    severity = WARNING if table_named(sheet.name) else NOTICE
    told = Issue(code, severity, f"This sheet was not read. {reason}", remedy, file=made.file, sheet=sheet.name)
    return replace(made, skipped=reason, proposal=tables.proposal, said=NOTHING + told)


def ask_use(sheet: SheetBlocks) -> Question:
    """The way forward for a sheet that is not understood, where nothing else can be read: what is it?"""
    return Question(
        f"use:{sheet.sheet}",
        f"The sheet {sheet.sheet} was not understood. What is it?",
        (
            *((table.name, f"{table.sheet}: {table.meaning}") for table in TABLE.values()),
            (LEAVE_OUT, "Leave it out"),
        ),
        ((sheet.file, sheet.sheet, sheet.proposal.header_row if sheet.proposal else 1),),
        written=sheet.sheet,
        suggestion=SERVICES.name if sheet.proposal and sheet.proposal.table is SERVICES else "",
        applied=LEAVE_OUT,
    )


def _is_wanted(file: str, sheet: RawSheet, tables: Sequence[FoundTable], answers: ImportMap) -> tuple[bool, Findings]:
    """Visible sheets are read, very hidden ones never; a hidden one is a question."""
    answer = answers.sheets.get(sheet.name)
    if answer in (SKIP, READ) or sheet.visible == "visible":
        return answer != SKIP, NOTHING
    what = ", ".join(table.table.sheet for table in tables)
    rows = sum(table.last - table.first for table in tables)
    said = NOTHING + Issue(
        "sheet-hidden",
        WARNING,
        f"This hidden sheet looks like {what} ({rows:,} rows). It was not read.",
        "Unhide it in Excel, or answer that it should be read.",
        file=file,
        sheet=sheet.name,
    )
    if sheet.visible == "hidden":
        said += Question(
            f"sheet:{sheet.name}",
            f"Should the hidden sheet {sheet.name} be read? It looks like {what}.",
            ((READ, "Read it"), (SKIP, "Leave it out")),
            ((file, sheet.name, tables[0].header_row),),
            written=sheet.name,
            applied=SKIP,
        )
    return False, said

"""Which tables of a sheet are read, and what is said about the ones that are not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workload.intake.answers.import_map import LEAVE_OUT, NEITHER, READ, SKIP, ImportMap
from workload.intake.checks.findings import Findings, Question
from workload.intake.columns import decide as fates
from workload.intake.columns.found_tables import FoundTable, FoundTables, find_tables
from workload.intake.columns.headings import IDENTITY, table_named
from workload.intake.columns.preset_rules import with_rules
from workload.intake.columns.presets import Recognized
from workload.intake.columns.tabs import LEFT, MTSS, OTHER_YEAR, PLAN_504, SUMMER, WAITING, WORDS, tab_says
from workload.intake.open.opened import RawSheet
from workload.intake.rows.data_rows import Block, take_rows
from workload.model.columns import SERVICES, TABLE, normalized
from workload.model.issues import NOTICE, WARNING

HELP_SHEETS = frozenset(
    {"how to fill this in", "start here", "instructions", "readme", "help", "notes", "legend", "key"}
)
ORDINARY_TABS = re.compile(
    r"(?:sheet|tab(?:elle)?|page|table|data|export|report|results?|active|current|all|iep|ot|students?|main|master)[\s_-]*\d*",
    re.IGNORECASE,
)
LISTED = 25
MOSTLY_BLANK = 0.5  # share of blank cells from which a name may stand once above its rows


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
    if says in (LEFT, WAITING, OTHER_YEAR) and not _is_read_all_the_same(file, sheet, says, tables, answers, found):
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
    _tell_hidden_columns(sheet, tables.tables, place, found)
    _tell_colors(sheet, tables.tables, place, found)
    filled = frozenset(heading for heading, answer in answers.fill_down.items() if answer == "yes")
    blocks = tuple(
        with_rules(take_rows(file, sheet, table, filled, answers.answers.get(f"bands:{table.fingerprint}", "")))
        for table in tables.tables
    )
    for block in blocks:
        _tell_report(block, found)
        _tell_columns(block, answers, found)
        _meaning_of_tab(block, says, answers, found)
        _name_of_tab(block, says, answers, found)
        _ask_fill_down(block, answers, found)
    return SheetBlocks(sheet.name, sheet.visible, blocks, "", tables.headings)


def _first(tables: FoundTables) -> FoundTable | None:
    return tables.tables[0] if tables.tables else tables.proposal


def _is_read_all_the_same(
    file: str, sheet: RawSheet, says: str, tables: FoundTables, answers: ImportMap, found: Findings
) -> bool:
    """A tab that is named for students who left, who wait, or for another year: left out, and asked."""
    answer = answers.sheets.get(sheet.name)
    if answer is not None:
        return answer != SKIP
    rows = sum(table.last - table.first for table in tables.tables)
    found.add(
        "sheet-set-aside",
        WARNING,
        f"This sheet is named for {WORDS[says]} ({rows:,} rows). It was not read.",
        "Answer the question about this sheet if its students are served now.",
        file=file,
        sheet=sheet.name,
    )
    found.ask(
        Question(
            f"sheet:{sheet.name}",
            f"Are the students of the sheet {sheet.name} served now?",
            ((SKIP, "No, leave the sheet out"), (READ, "Yes, read it")),
            ((file, sheet.name, tables.tables[0].header_row),),
            written=sheet.name,
            suggestion=SKIP,
            applied=SKIP,
        )
    )
    return False


def _meaning_of_tab(block: Block, says: str, answers: ImportMap, found: Findings) -> None:
    """A tab of summer lines, of 504 plans or of MTSS says so of all its rows, where no column does."""
    answer = answers.sheets.get(block.sheet)
    rows = len(block.sheet_rows)
    if block.table != "services" or not rows:
        return
    for meaning, column, value, words in (
        (PLAN_504, "plan", "504", "504 plans"),
        (MTSS, "plan", "MTSS", "MTSS"),
        (SUMMER, "esy", "yes", "the summer"),
    ):
        if (says == meaning and answer != READ or answer == meaning == "504") and column not in block.cells:
            block.cells[column] = [value] * rows
            found.add(
                "tab-meaning",
                NOTICE,
                f"The tab's name says that its {rows:,} rows are {words}. They are read so.",
                "Rename the tab, or answer that it should be read as it stands, if that is not so.",
                file=block.file,
                sheet=block.sheet,
            )


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
    headings = tables.headings
    listed = ", ".join(headings[:LISTED]) + (", and more" if len(headings) > LISTED else "")
    if len(headings) < 2:
        reason = "No row of headings was found."
        remedy = "Put a heading over each column: the student, how long, how often, the school, the therapist."
    else:
        reason = f"{len(headings)} headings were found, but not those of a roster table: {listed}."
        remedy = "Nothing to do if it holds no roster. Otherwise say what the sheet and its columns are."
    severity = WARNING if table_named(sheet.name) else NOTICE
    found.add("sheet-skipped", severity, f"This sheet was not read. {reason}", remedy, file=file, sheet=sheet.name)
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


def _name_of_tab(block: Block, says: str, answers: ImportMap, found: Findings) -> None:
    """A tab for each person or school: its name may be the missing column. A person says so."""
    missing = [name for name in ("therapist", "school") if name not in block.cells]
    if block.table != "services" or not missing or not block.sheet_rows or says:
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


def _tell_columns(block: Block, answers: ImportMap, found: Findings) -> None:
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
    _tell_fates(table, place, found)
    if table.without_heading:
        found.add(
            "column-without-heading",
            NOTICE,
            f"Columns without a heading were not read: {', '.join(table.without_heading)}.",
            "Give the column a heading if it should be read.",
            **place,
        )
    for each in table.open_columns:
        _ask_open_column(block, each, found)
    _ask_about_the_rest(block, answers, found)


FATES_TOLD = (
    (
        fates.CEILING,
        "columns-ceiling",
        "a ceiling, not a size, and not counted",
        "Add a column with the real number where it matters.",
    ),
    # fate, code, what is said of one column and of several, remedy
    (
        fates.UNNEEDED,
        "columns-dropped",
        "not needed and not read",
        "Nothing to do, unless one of them belongs to the roster.",
    ),
    (
        fates.OTHER_SERVICE,
        "columns-other-service",
        "about another service and left out",
        "Nothing to do if that is so.",
    ),
    (
        fates.DELIVERED,
        "columns-delivered",
        "about what was delivered, not about what is promised, and not read",
        "Nothing to do. Give delivered minutes to the page Delivered minutes.",
    ),
    (fates.REPEATS, "columns-repeat", "the same as a column that is read", "Nothing to do."),
    (
        fates.SECOND,
        "columns-second",
        "not read, because another column says the same more clearly",
        "Check the columns that are read.",
    ),
    (fates.TOTAL_OF, "columns-total", "the total of other columns, which are read", "Nothing to do."),
    (
        fates.LEFT_OUT,
        "columns-left-out",
        "left out, as answered",
        "Change the answer if one of them belongs to the roster.",
    ),
    (
        fates.UNKNOWN,
        "columns-not-understood",
        "not understood and not read",
        "Say what they are if one of them belongs to the roster.",
    ),
)


def _tell_fates(table: FoundTable, place: Mapping[str, str], found: Findings) -> None:
    """One notice for each fate of the columns that are not read."""
    helping = {column.index for column in table.helpers}
    for fate, code, words, remedy in FATES_TOLD:
        headings = [
            each.heading for each in table.fates if each.fate == fate and each.heading and each.index not in helping
        ]
        if headings:
            listed = ", ".join(headings[:LISTED]) + (", and more" if len(headings) > LISTED else "")
            found.add(code, NOTICE, f"{_columns(len(headings))} {words}: {listed}.", remedy, **place)


def _ask_open_column(block: Block, each: fates.OpenColumn, found: Findings) -> None:
    """A column whose meaning only a person can tell, or several that may each be the one."""
    table = block.found
    found.add(
        "column-unclear",
        WARNING,
        each.message
        if each.applied
        else f"{each.message} {'None of them was' if each.about else 'The column was'} not read.",
        "Answer the question about this column.",
        file=block.file,
        sheet=block.sheet,
        column=each.heading,
    )
    key = f"which:{table.fingerprint}:{each.about}" if each.about else f"column:{table.fingerprint}:{each.heading}"
    found.ask(
        Question(
            key,
            each.message if each.about else f"{each.heading}: {each.message}",
            each.choices,
            ((block.file, block.sheet, table.header_row),),
            each.heading,
            "; ".join(each.samples),
            each.suggestion,
            each.applied,
            free="" if each.about else "column",
        )
    )


def _ask_about_the_rest(block: Block, answers: ImportMap, found: Findings) -> None:
    """One question for all columns of a sheet that look as if they mattered and are not understood."""
    table = block.found
    open_already = {index for each in table.open_columns for index in (each.index, *each.indexes)}
    rest = [
        each for each in table.fates if each.fate == fates.ASKED and each.heading and each.index not in open_already
    ]
    key = f"unread:{table.fingerprint}"
    if not rest:
        return
    listed = ", ".join(each.heading for each in rest[:LISTED]) + (", and more" if len(rest) > LISTED else "")
    if answers.answers.get(key) == "none":
        return
    found.add(
        "columns-not-understood",
        WARNING,
        f"{_columns(len(rest))} not understood and not read, and may matter: {listed}.",
        "Say what each of them is, or that none is needed.",
        file=block.file,
        sheet=block.sheet,
        column=rest[0].heading,
    )
    found.ask(
        Question(
            f"file:{key}",
            f"{_columns(len(rest))} not understood: {listed}. {'Is it' if len(rest) == 1 else 'Is one of them'} needed?",
            (("none", "No, leave them out" if len(rest) > 1 else "No, leave it out"),),
            ((block.file, block.sheet, table.header_row),),
            rest[0].heading,
            applied="none",
            free="column",
        )
    )


def _columns(count: int) -> str:
    return "1 column is" if count == 1 else f"{count} columns are"


def has_students(sheet: SheetBlocks) -> bool:
    """Whether a sheet that was not read names students all the same."""
    return bool(sheet.proposal and {column.name for column in sheet.proposal.columns} & IDENTITY)

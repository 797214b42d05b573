"""What is said about the columns of a table, and the questions about those that are not clear."""

from __future__ import annotations

from collections.abc import Sequence

from workload.intake.answers.findings import NOTHING, Findings, Question
from workload.intake.answers.import_map import ImportMap
from workload.intake.blocks.data_rows import Block
from workload.intake.columns.found_tables import FoundTable
from workload.intake.columns.settled import OpenColumn
from workload.intake.open.opened import RawSheet
from workload.model import column_fates as fates
from workload.model.issues import NOTICE, WARNING, Issue
from workload.model.words import count, first_few

LISTED = 25


def tell_hidden_columns(file: str, sheet: RawSheet, tables: Sequence[FoundTable]) -> Findings:
    read = [column for table in tables for column in table.columns if column.index + 1 in sheet.hidden_columns]
    if not read:
        return NOTHING
    columns = count(len(read), "hidden column was", "hidden columns were")
    return NOTHING + Issue(
        "hidden-columns",
        NOTICE,
        f"{columns} read, too: {', '.join(each.heading for each in read)}.",
        "Delete the columns in Excel if they should not count.",
        file,
        sheet.name,
    )


def tell_report(block: Block) -> Findings:
    """Which known report the sheet is, what to know about it, and what it cannot give."""
    known = block.found.recognized
    if not known:
        return NOTHING
    notes = " ".join((*known.preset.notes, *known.preset.cannot))
    return NOTHING + Issue(
        "report-recognized",
        NOTICE,
        f"The headings are those of {known.preset.name} ({known.sure}). {notes}",
        "Check the meaning of each column if it is another report.",
        file=block.file,
        sheet=block.sheet,
        row=block.found.header_row,
    )


def tell_columns(block: Block, answers: ImportMap) -> Findings:
    """Columns that were not read, and headings that a person must settle."""
    table, said = block.found, NOTHING
    for heading, what in table.sensitive:
        said += Issue(
            "sensitive-column",
            NOTICE,
            f"The column looks like {what}. It was dropped unread.",
            "Remove the column before sharing the file.",
            block.file,
            block.sheet,
            column=heading,
        )
    said += _tell_fates(block)
    if table.without_heading:
        said += Issue(
            "column-without-heading",
            NOTICE,
            f"Columns without a heading were not read: {', '.join(table.without_heading)}.",
            "Give the column a heading if it should be read.",
            block.file,
            block.sheet,
        )
    for each in table.open_columns:
        said += _ask_open_column(block, each)
    return said + _ask_about_the_rest(block, answers)


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


def _tell_fates(block: Block) -> Findings:
    """One notice for each fate of the columns that are not read."""
    helping, said = {column.index for column in block.found.helpers}, NOTHING
    for fate, code, words, remedy in FATES_TOLD:
        headings = [
            each.heading
            for each in block.found.fates
            if each.fate == fate and each.heading and each.index not in helping
        ]
        if headings:
            listed = first_few(headings, LISTED)
            said += Issue(
                code,
                NOTICE,
                f"{count(len(headings), 'column is', 'columns are')} {words}: {listed}.",
                remedy,
                block.file,
                block.sheet,
            )
    return said


def _ask_open_column(block: Block, each: OpenColumn) -> Findings:
    """A column whose meaning only a person can tell, or several that may each be the one."""
    table = block.found
    said = NOTHING + Issue(
        "column-unclear",
        WARNING,
        each.message
        if each.applied
        else f"{each.message} {'None of them was' if each.about else 'The column was not'} read.",
        "Answer the question about this column.",
        file=block.file,
        sheet=block.sheet,
        column=each.heading,
    )
    key = f"which:{table.fingerprint}:{each.about}" if each.about else f"column:{table.fingerprint}:{each.heading}"
    return said + Question(
        key,
        each.message if each.about else f"{each.heading}: {each.message}",
        each.choices,
        ((block.file, block.sheet, table.header_row),),
        each.heading,
        "; ".join(each.samples),
        each.suggestion,
        each.applied,
        free="column",
    )


def _ask_about_the_rest(block: Block, answers: ImportMap) -> Findings:
    """One question for all columns of a sheet that look as if they mattered and are not understood."""
    table = block.found
    open_already = {index for each in table.open_columns for index in (each.index, *each.indexes)}
    rest = [
        each for each in table.fates if each.fate == fates.ASKED and each.heading and each.index not in open_already
    ]
    key = f"unread:{table.fingerprint}"
    if not rest or answers.answers.get(key) == "none":
        return NOTHING
    listed = first_few([each.heading for each in rest], LISTED)
    said = NOTHING + Issue(
        "columns-not-understood",
        WARNING,
        f"{count(len(rest), 'column is', 'columns are')} not understood and not read, and may matter: {listed}.",
        "Say what each of them is, or that none is needed.",
        file=block.file,
        sheet=block.sheet,
        column=rest[0].heading,
    )
    return said + Question(
        f"file:{key}",
        f"{count(len(rest), 'column is', 'columns are')} not understood: {listed}. {'Is it' if len(rest) == 1 else 'Is one of them'} needed?",
        (("none", "No, leave them out" if len(rest) > 1 else "No, leave it out"),),
        ((block.file, block.sheet, table.header_row),),
        rest[0].heading,
        applied="none",
        free="column",
    )

"""What a tab's name and its blank cells say of its rows, and the questions about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workload.intake.answers.findings import NOTHING, Findings, Question, merged
from workload.intake.answers.import_map import NEITHER, READ, SKIP, ImportMap
from workload.intake.answers.row_findings import of_rows
from workload.intake.blocks.band_rows import CONSULT, is_of_consultation
from workload.intake.blocks.data_rows import Block, tells_kinds
from workload.intake.columns.found_tables import FoundTables
from workload.intake.columns.headings import table_named
from workload.intake.columns.looks import SCHOOL_WORD
from workload.intake.columns.tabs import MTSS, OTHERS, PLAN_504, SUMMER, WORDS, tab_says
from workload.intake.open.opened import RawSheet
from workload.model.coded_list import filled
from workload.model.issues import NOTICE, WARNING, Issue

# Words of tabs that name neither a person nor a school. A tab of nothing else needs no question.
ORDINARY_WORDS = re.compile(
    r"(?:sheet|tab(?:elle)?|page|table|data|export|report|results?|active|current|all|ieps?|ota?|cota|students?|pupils?|kids|main|"
    r"master|caseloads?|rosters?|lists?|504s?|plans?|services?|direct|consult|minutes|related|sped|copy|final|draft|new|updated?|"
    r"sy|as|of|the|and|hr|staff|employees|personnel|fall|spring|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|k|pk|prek|tk|grades?|\d+)"
)
A_PERSON = re.compile(r"[A-Z]\.?\s+[A-Z][a-z'\u2019-]+|[A-Z][\w'\u2019-]+,\s*[A-Z][\w.]*")  # "K. Rivers", "Rivers, Kim"
BANDS = "bands"  # what texts alone over rows say of them
TAB_NAMES = "tab-names"  # what the names of all tabs of services are
MOSTLY_BLANK = 0.5  # share of blank cells from which a name may stand once above its rows


def is_read_all_the_same(
    file: str, sheet: RawSheet, says: str, tables: FoundTables, tabs: Sequence[str], answers: ImportMap
) -> tuple[bool, Findings]:
    """A tab that is named for students who left, who wait, or for another year: left out, and asked."""
    answer = answers.sheets.get(sheet.name)
    if answer is not None:
        return answer != SKIP, NOTHING
    rows = sum(table.last - table.first for table in tables.tables)
    said = NOTHING + Issue(
        "sheet-set-aside",
        WARNING,
        f"This sheet is named for {WORDS[says]} ({rows:,} rows). It was not read.",
        "Say that the sheet is read if its students are ours.",
        file=file,
        sheet=sheet.name,
    )
    if says == OTHERS and any(tab_says(tab, tabs) != OTHERS for tab in tabs):
        return False, said  # beside a sheet of our own service nobody needs to be asked
    ask = "given occupational therapy" if says == OTHERS else "served now"
    return False, said + Question(
        f"sheet:{sheet.name}",
        f"Are the students of the sheet {sheet.name} {ask}?",
        ((SKIP, "No, leave the sheet out"), (READ, "Yes, read it")),
        ((file, sheet.name, tables.tables[0].header_row),),
        written=sheet.name,
        suggestion=SKIP,
        applied=SKIP,
    )


def meaning_of_tab(block: Block, says: str, answers: ImportMap) -> tuple[Block, Findings]:
    """A tab of summer lines, of consultation, of 504 plans or of MTSS says so of all its rows, where no column does."""
    said = NOTHING
    answer = answers.sheets.get(block.sheet)
    rows = len(block.sheet_rows)
    if not says and is_of_consultation(block.sheet) and not tells_kinds(block.found, block.cells):
        says = CONSULT
    if block.table != "services" or not rows:
        return block, said
    for meaning, column, value, words in (
        (PLAN_504, "plan", "504", "504 plans"),
        (MTSS, "plan", "MTSS", "MTSS"),
        (SUMMER, "esy", "yes", "the summer"),
        (CONSULT, "delivery", CONSULT, "consultation"),
    ):
        if (says == meaning and answer != READ or answer == meaning == "504") and column not in block.cells:
            block = block.with_cells(**{column: [value] * rows})
            said += Issue(
                "tab-meaning",
                NOTICE,
                f"The tab's name says that its {rows:,} rows are {words}. They are read so.",
                "Rename the tab, or answer that it should be read as it stands, if that is not so.",
                file=block.file,
                sheet=block.sheet,
            )
    return block, said


@dataclass(frozen=True, eq=False)
class UnnamedTab:
    """A tab whose name may be what a column is missing; `several` where other tabs of its file have names as well."""

    block: Block
    missing: tuple[str, ...]
    several: bool


def name_of_tab(
    block: Block, says: str, tabs: Sequence[str], answers: ImportMap
) -> tuple[Block, Findings, UnnamedTab | None]:
    """A tab for each person or school: its name may be the missing column. Told, or to be asked for all tabs at once.

    A name with a word of schools in it is a school; of other names a person says it.
    """
    missing = tuple(name for name in ("therapist", "school") if name not in block.cells)
    if block.table != "services" or not missing or not block.sheet_rows or says or not _is_a_name(block.sheet):
        return block, NOTHING, None
    said, several = NOTHING, len([tab for tab in tabs if _is_a_name(tab)]) > 1
    answer = answers.sheets.get(block.sheet) or (answers.answers.get(TAB_NAMES) if several else None)
    if answer is None and "school" in missing and SCHOOL_WORD.search(block.sheet):
        answer = "school"
        said += Issue(
            "tab-meaning",
            NOTICE,
            f"The tab is named for a school. It is taken for the school of its {len(block.sheet_rows):,} rows.",
            "Add a school column if they are at another one.",
            file=block.file,
            sheet=block.sheet,
        )
    if answer in missing:
        block = block.with_cells(**{answer: [block.sheet] * len(block.sheet_rows)})
    return block, said, UnnamedTab(block, missing, several) if answer is None else None


def _is_a_name(tab: str) -> bool:
    words = re.findall(r"[a-z]+|\d+\w*", tab.casefold())
    return table_named(tab) is None and not all(map(ORDINARY_WORDS.fullmatch, words))


def ask_names_of_tabs(tabs: Iterable[UnnamedTab]) -> Findings:
    """What the names of tabs are: one question for the tabs of all files that have several, else one for each."""
    by_key: dict[str, list[UnnamedTab]] = {}
    for tab in tabs:
        by_key.setdefault(f"file:{TAB_NAMES}" if tab.several else f"sheet:{tab.block.sheet}", []).append(tab)
    return merged(_ask_names(key, alike) for key, alike in by_key.items())


def _ask_names(key: str, tabs: Sequence[UnnamedTab]) -> Question:
    last, names = tabs[-1], ", ".join(tab.block.sheet for tab in tabs)
    ask, whose = (
        ("What are the names of the sheets", "their") if last.several else ("What is the name of the sheet", "its")
    )
    labels = {"therapist": f"The therapist of all {whose} rows", "school": f"The school of all {whose} rows"}
    return Question(
        key,
        f"{ask}, {names}?",
        (*((name, labels[name]) for name in last.missing), (NEITHER, "Neither people nor schools")),
        tuple((tab.block.file, tab.block.sheet, tab.block.found.header_row) for tab in tabs),
        written=names,
        suggestion="therapist" if "therapist" in last.missing and A_PERSON.fullmatch(last.block.sheet) else "",
        applied=NEITHER,
    )


def tell_titles(block: Block) -> Findings:
    """A therapist or school that stands above the headings is the one of every row."""
    what = " and ".join(block.above)
    return merged(
        [
            Issue(
                "title-meaning",
                NOTICE,
                f"What stands above the headings is taken for the {what} of all {len(block.sheet_rows):,} rows.",
                f"Add a column for the {what} if that is not so.",
                file=block.file,
                sheet=block.sheet,
            )
        ]
        if block.above and block.sheet_rows
        else []
    )


def ask_bands(block: Block) -> Findings:
    """Texts that stand alone over rows, "Kim Vale": what they say of the rows, asked once for a sheet."""
    labels = {"therapist": "The therapist of the rows below", "school": "The school of the rows below"}
    missing = [name for name in labels if name not in block.cells]
    if block.table != "services" or not block.bands.unsaid or not missing:
        return NOTHING
    first = block.row_of(block.bands.unsaid[0])
    return NOTHING + Question(
        f"file:{BANDS}:{block.found.fingerprint}",
        f"In the sheet {block.sheet} a text stands alone over other rows, first in row {first}. What does it say?",
        (*((name, labels[name]) for name in missing), (NEITHER, "Neither: it is a title or a note")),
        tuple((block.file, block.sheet, block.row_of(at)) for at in block.bands.unsaid),
        applied=NEITHER,
    )


def ask_fill_down(block: Block, answers: ImportMap) -> Findings:
    """A school or person written once above its rows: a person says whether blank cells mean the same as above."""
    said = NOTHING
    for heading, at in block.filled_down.items():
        said += of_rows(
            block,
            at,
            "cells-filled-down",
            NOTICE,
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
        values = block.cells[column.key]
        holds = filled(values)
        if holds.all():
            continue
        blank, runs = (~holds).nonzero()[0].tolist(), int(holds.sum())
        if blank and blank[0] > 0 and len(blank) >= MOSTLY_BLANK * len(values) and runs > 1:
            said += Question(
                f"fill_down:{column.heading}",
                f"In the column {column.heading}, do blank cells mean the same as above?",
                (("yes", "Yes, the one above"), ("no", f"No, no {column.name} is given")),
                block.places(blank),
                column.heading,
                applied="no",
            )
    return said

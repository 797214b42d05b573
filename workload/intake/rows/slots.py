"""Rows that are alike in every column that is read: repeats, or several sessions that another column tells apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from workload.intake.answers.findings import NOTHING, Findings, Question
from workload.intake.answers.import_map import ImportMap
from workload.intake.answers.row_findings import of_rows, told_and_asked
from workload.intake.blocks.data_rows import Block
from workload.intake.cells.cells import shown
from workload.intake.cells.dates import first_year_of
from workload.intake.cells.joint_cells import CLOCK
from workload.intake.columns.mapped_column import MappedColumn
from workload.intake.open.opened import Value
from workload.model.coded_list import as_array, constant, objects
from workload.model.coding import codes_of, repeated
from workload.model.column_fates import PERSONAL, READ
from workload.model.issues import NOTICE, WARNING, Issue

SESSION_WORDS = re.compile(
    r"\b(?:day|days|weekday|time|start time|end time|period|session|slot|am/pm|block|visit|#)\b", re.IGNORECASE
)
SOURCE = frozenset({"file", "sheet", "row", "as_written", "slot"})
LOOKED_AT_FIRST = ("student", "total_minutes", "start")
EACH, REPEAT = "each", "repeat"


def slots_of(
    block: Block, columns: Mapping[str, list], numbers: Mapping[int, str], answers: ImportMap
) -> tuple[list[str | None], Findings]:
    """For each line the text that tells it from an equal one: its day, time or session number; None where none does.

    numbers  sheet row -> number of the session that stood behind the student's name
    """
    rows = columns["row"]
    named = {**block.days, **numbers}
    slots: list[str | None] = [named.get(row) for row in rows] if named else constant(None, len(rows))
    groups = [] if numbers else _alike(columns)
    if not groups:
        return slots, NOTHING
    key = f"repeats:{block.found.fingerprint}"
    if named:
        return _by_days(
            block,
            [at for group in groups for at in group if _differ([slots[each] for each in group])],
            rows,
            slots,
            answers.answers.get(key, ""),
        )
    place = {row: at for at, row in enumerate(block.sheet_rows)}
    aside = [
        column
        for column in block.found.fates
        if (column.fate not in (READ, PERSONAL) and not column.name or column.unit == CLOCK)
        and block.found.looks
        and block.found.looks[column.index].values
        and not all(first_year_of(shown(value)) for value in block.found.looks[column.index].values)  # asked by itself
    ]
    telling = _telling(block, groups, columns["row"], place, aside)
    if not telling:
        return slots, NOTHING
    is_session = [column for column in telling if SESSION_WORDS.search(column.heading)]
    answer = answers.answers.get(key, "")
    if answer == REPEAT or not (answer == EACH or is_session):
        return slots, NOTHING if answer else _ask(block, groups, columns["row"], telling, key)
    used = is_session or telling
    cells = {column.heading: block.column_cells(column.index) for column in used}
    rows = sorted({columns["row"][at] for group in groups for at in group})
    for at in (at for group in groups for at in group):
        slots[at] = (
            " ".join(
                shown(values[place[columns["row"][at]]])
                for values in cells.values()
                if values[place[columns["row"][at]]] is not None
            )
            or None
        )
    if answer:
        return slots, NOTHING
    return slots, of_rows(
        block,
        [place[row] for row in rows],
        "sessions-by-row",
        NOTICE,
        f"{{rows}} differ only in {', '.join(cells)}, so each counts as a session of its own",
        "Nothing to do if each row is a session.",
        column=next(iter(cells)),
    )


def _by_days(
    block: Block, at: Sequence[int], rows: Sequence[int], slots: list[str | None], answer: str
) -> tuple[list[str | None], Findings]:
    """Lines alike but for the day that stands over them: "60 min/wk" under two days may be said twice, so it is asked."""
    if answer == REPEAT:
        repeats = frozenset(at)
        return [None if each in repeats else slot for each, slot in enumerate(slots)], NOTHING
    if answer or not at:
        return slots, NOTHING
    place = {row: number for number, row in enumerate(block.sheet_rows)}
    question = Question(
        f"file:repeats:{block.found.fingerprint}",
        "Rows of one student are alike except for the day of the week above them. Is each a session of its own?",
        ((EACH, "Yes, count each row"), (REPEAT, "No, they repeat one another: count once")),
        applied=EACH,
    )
    told = "{rows} differ only in the day of the week above them, so each counts as a session of its own"
    remedy = "Answer the question about these rows."
    alike = sorted({place[rows[each]] for each in at})
    return slots, told_and_asked(block, alike, "sessions-by-row", told, remedy, question)


def _alike(columns: Mapping[str, list]) -> list[list[int]]:
    """Groups of lines that are alike in every column of the roster."""
    names = [name for name in columns if name not in SOURCE]
    seen: dict[tuple, list[int]] = {}
    # A cheap look first, as most rosters have no such line.
    codes = (as_array(columns[name], lambda cells: codes_of(objects(cells))) for name in LOOKED_AT_FIRST)
    for at in np.flatnonzero(repeated(*codes)).tolist():
        cells = (columns[name][at] for name in names)
        seen.setdefault(tuple(cell if cell == cell else None for cell in cells), []).append(at)
    return [group for group in seen.values() if len(group) > 1 and len({columns["row"][at] for at in group}) > 1]


def _telling(
    block: Block, groups, rows: Sequence[int], place: Mapping[int, int], aside: Sequence[MappedColumn]
) -> list[MappedColumn]:
    """Columns that are not read and differ between the lines of some group."""
    found = []
    for column in aside:
        cells = block.column_cells(column.index)
        if any(_differ([cells[place[rows[at]]] for at in group]) for group in groups):
            found.append(column)
    return found


def _differ(values: Sequence[Value]) -> bool:
    return len({shown(value) for value in values if value is not None}) > 1


def _ask(block: Block, groups, rows: Sequence[int], telling: Sequence[MappedColumn], key: str) -> Findings:
    places = sorted({rows[at] for group in groups for at in group})
    headings = ", ".join(column.heading for column in telling)
    said = NOTHING + Issue(
        "rows-alike",
        WARNING,
        f"{len(places):,} rows are alike in every column that is read and differ in {headings}. Alike rows count once.",
        "Answer the question about these rows.",
        file=block.file,
        sheet=block.sheet,
        row=places[0],
        rows=tuple(places),
        column=telling[0].heading,
    )
    return said + Question(
        f"file:{key}",
        f"Rows of one student are alike except for {headings}. Is each a session of its own?",
        ((REPEAT, "No, they repeat one another: count once"), (EACH, "Yes, count each row")),
        tuple((block.file, block.sheet, row) for row in places),
        telling[0].heading,
        applied=REPEAT,
    )

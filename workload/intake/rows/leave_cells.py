"""A leave whose first and last day stand in one cell of a staff list: "11/30/26 - 1/15/27", "FMLA from 11/2/2026"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workload.intake.answers.findings import NOTHING, Findings
from workload.intake.answers.row_findings import of_rows
from workload.intake.blocks.data_rows import Block
from workload.intake.cells.cell_words import NO
from workload.intake.cells.cells import is_missing, shown, tidy
from workload.intake.cells.date_spans import days_of
from workload.intake.open.opened import Value
from workload.model.issues import WARNING

CELL, FIRST, LAST = "leave_dates", "leave_start", "leave_end"


def with_leaves(
    block: Block, cells: Mapping[str, Sequence[Value]], at: Sequence[int]
) -> tuple[dict[str, Sequence[Value]], Findings]:
    """The cells with first and last days of leaves in columns of their own, and what is said of those that tell none.

    What else stands in the cell, such as a reason, goes no further.
    """
    made = {name: values for name, values in cells.items() if name != CELL}
    if CELL not in cells:
        return made, NOTHING
    rows = len(block.sheet_rows)
    first, last = (list(cells.get(name) or [None] * rows) for name in (FIRST, LAST))
    unclear: list[int] = []
    for here in at:
        if first[here] not in (None, "") or last[here] not in (None, "") or _says_nothing(cells[CELL][here]):
            continue
        days = days_of(cells[CELL][here], block.day_first)
        if days is None:
            unclear.append(here)
        else:
            first[here], last[here] = days
    made |= {FIRST: first, LAST: last}
    return made, of_rows(
        block,
        unclear,
        "leave-unclear",
        WARNING,
        "The cell speaks of a leave and does not say from which day to which day, with the year, the person is away altogether in "
        "{rows}. The person counts as there",
        'Type both days, for example "11/30/2026 - 1/15/2027", or clear the cell.',
        column=block.heading(CELL),
    )


def _says_nothing(cell: Value) -> bool:
    text = tidy(cell) if isinstance(cell, str) else "" if cell is None else shown(cell)
    return is_missing(text) or text.casefold() in NO

"""Ids that Excel has rounded, "1.23E+09": their digits are lost, and only a person can say which rows are one student."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workload.intake.answers.findings import NOTHING, Findings, Question
from workload.intake.answers.import_map import ImportMap
from workload.intake.blocks.data_rows import Block
from workload.intake.cells.cells import tidy
from workload.intake.cells.values import SCIENTIFIC
from workload.intake.open.opened import Value
from workload.model.coded_list import where

ROUNDED, SAME, EACH = "rounded-ids", "same", "each"
NAMES = frozenset({"student_name", "last_name"})  # beside one of them a name says who the student is


def waits_for_id(block: Block, at: int) -> bool:
    """Whether a row of the block is one that the question is about."""
    return "student_id" in block.cells and not NAMES & block.cells.keys() and _is_rounded(block.cells["student_id"][at])


def rounded_ids(
    block: Block, kept: Sequence[int], cells: Mapping[str, Sequence[Value]], answers: ImportMap
) -> tuple[Mapping[str, Sequence[Value]], Findings]:
    """The cells with such ids told apart as a person has said; until then the rows wait for one question."""
    at = [] if "student_id" not in cells or NAMES & cells.keys() else where(cells["student_id"], _is_rounded)
    if not at:
        return cells, NOTHING
    answer = answers.answers.get(ROUNDED)
    if answer in (SAME, EACH):
        ids = list(cells["student_id"])
        for each in at:
            ids[each] = (
                f"{tidy(str(ids[each]))} {'as shown' if answer == SAME else f'row {block.sheet_rows[kept[each]]}'}"
            )
        return {**cells, "student_id": ids}, NOTHING
    return cells, NOTHING + Question(
        f"file:{ROUNDED}",
        "Excel has rounded some ids, so that several students may have the same one. Which rows are one student? "
        "Better is to export the file again with the ids as text: only then do they find the student next month.",
        (
            (EACH, "Each of these rows is a student of its own"),
            (SAME, "Rows with the same id, as it is shown, are one student"),
        ),
        block.places(kept[each] for each in at),
        block.heading("student_id"),
    )


def _is_rounded(cell: Value) -> bool:
    # Digits alone, as most ids are, need no second look.
    return isinstance(cell, str) and not cell.isdigit() and bool(SCIENTIFIC.fullmatch(tidy(cell)))

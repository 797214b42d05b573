"""Sheets that repeat the rows of another sheet (campus tabs, summaries): reported and not added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workload.intake.checks.findings import Findings
from workload.intake.rows.data_rows import Block
from workload.intake.rows.service_rows import ServiceRows
from workload.model.issues import WARNING

OVERLAP = "overlap"
AMOUNTS = ("student", "minutes_per_session", "sessions", "period", "total_minutes")
ALSO = ("school", "therapist", "start", "delivery")
MOST = 0.5  # share of a sheet's lines that must stand in another sheet before they are left out


def without_overlap(read: Sequence[tuple[Block, ServiceRows]], found: Findings) -> None:
    """Leave out the lines of the last sheet that an earlier, differently built sheet has already.

    Sheets with the same columns are left alone: their rows that are alike in every column are found, and counted
    once, by the calculation.
    """
    *earlier, (block, rows) = read
    repeated: set[int] = set()
    first = None
    for other, others in earlier:
        if set(other.cells) == set(block.cells):
            continue
        shared = [name for name in ALSO if name in block.cells and name in other.cells]
        known = set(_keys(others, shared))
        same = {row for row, key in enumerate(_keys(rows, shared)) if key in known}
        if same and len(same) >= MOST * len(rows.columns["student"]):
            repeated |= same
            first = first or other
    if repeated:
        _leave_out(block, rows, repeated, first, found)


def _keys(rows: ServiceRows, shared: Sequence[str]) -> list[tuple]:
    columns = (*(rows.columns[name] for name in AMOUNTS), *(rows.columns[name] for name in shared))
    return [tuple(None if value != value else value for value in key) for key in zip(*columns, strict=True)]


def _leave_out(block: Block, rows: ServiceRows, repeated: set[int], first: Block, found: Findings) -> None:
    kept = [at for at in range(len(rows.columns["student"])) if at not in repeated]
    left = len({rows.columns["row"][at] for at in repeated} - {rows.columns["row"][at] for at in kept})
    found.add(
        "sheets-overlap",
        WARNING,
        f"{len(repeated):,} rows of this sheet stand in sheet {first.sheet} as well. They count once.",
        "Nothing to do if this sheet repeats the other one.",
        file=block.file,
        sheet=block.sheet,
        row=rows.columns["row"][min(repeated)],
    )
    for name, values in rows.columns.items():
        rows.columns[name] = [values[at] for at in kept]
    rows.count = replace(rows.count, counted=rows.count.counted - left, excluded={**rows.count.excluded, OVERLAP: left})

"""The first and last day of a line that stand in one cell: "8/20/2026 - 5/28/2027"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from workload.intake.blocks.data_rows import DAYS_IN_ONE, Block
from workload.intake.cells.cells import is_missing, shown
from workload.intake.cells.date_spans import days_of
from workload.intake.open.opened import Value


def with_both_days(block: Block, cells: Mapping[str, Sequence[Value]]) -> dict[str, Sequence[Value]]:
    """The cells with start and end in columns of their own, where they have none.

    A cell that does not say both days is asked about like any end that cannot be read: its line is not taken as endless.
    """
    made = {name: values for name, values in cells.items() if name != DAYS_IN_ONE}
    if DAYS_IN_ONE in cells:
        spans = cells[DAYS_IN_ONE]
        starts, ends = (list(cells.get(name) or [None] * len(spans)) for name in ("start", "end"))
        for at, span in enumerate(spans):
            if is_missing(shown(span)) or starts[at] not in (None, "") or ends[at] not in (None, ""):
                continue
            starts[at], ends[at] = days_of(span, block.day_first) or (None, _unread(span))
        made |= {"start": starts, "end": ends}
    return made


def _unread(span: Value) -> str:
    """What is asked about: a day alone is the first or the last."""
    alone = isinstance(span, date | datetime | int | float) or "/" in shown(span) and " " not in shown(span)
    return f"{shown(span)} (first or last day)" if alone else shown(span)

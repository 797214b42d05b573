"""The rows of one block as typed columns, with what is said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from workload.intake.answers.findings import NOTHING, Findings
from workload.intake.blocks.data_rows import Block
from workload.model.roster import RowCount


@dataclass(frozen=True, eq=False)
class TypedRows:
    """Column of the roster -> one value for each row (for each line of a services sheet), in the order of the sheet."""

    block: Block
    columns: Mapping[str, list]
    count: RowCount
    said: Findings = NOTHING
    grades: Mapping[str, int] = field(default_factory=Counter)  # rows by how sure the reading of the minutes is
    students: int = 0

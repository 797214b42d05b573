"""The rows of all blocks of a district, and the tables that they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workload.intake.answers.import_map import ImportMap
from workload.intake.blocks.data_rows import Block
from workload.intake.rows.overlap import without_overlap
from workload.intake.rows.service_rows import read_services
from workload.intake.rows.table_rows import read_table
from workload.intake.rows.typed_rows import TypedRows
from workload.model.columns import SERVICES
from workload.model.roster import ROSTER_COLUMNS


def rows_of(blocks: Sequence[Block], secret: bytes, answers: ImportMap) -> list[TypedRows]:
    """The typed rows of each block, in the order of the blocks; sheets that repeat others are left out."""
    return without_overlap(
        [(read_services if block.found.table is SERVICES else read_table)(block, secret, answers) for block in blocks]
    )


def joined(parts: Iterable[TypedRows]) -> dict[str, dict[str, list]]:
    """The columns of all parts of each table, one below the other. A column that a part lacks is missing there."""
    tables: dict[str, dict[str, list]] = {table: {} for table in ROSTER_COLUMNS}
    for table in ROSTER_COLUMNS:
        own = [part.columns for part in parts if part.block.table == table]
        names = dict.fromkeys(name for columns in own for name in columns)
        if len(own) == 1:
            tables[table] = dict(own[0])
        elif own:
            tables[table] = {
                name: [value for columns in own for value in (columns.get(name) or [None] * len(columns["row"]))]
                for name in names
            }
    return tables

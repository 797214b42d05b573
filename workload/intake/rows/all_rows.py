"""The rows of all blocks of a district, and the tables that they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from workload.intake.answers.import_map import ImportMap
from workload.intake.blocks.data_rows import Block
from workload.intake.rows.service_rows import read_services
from workload.intake.rows.table_rows import read_table
from workload.intake.rows.typed_rows import TypedRows
from workload.model.columns import SERVICES
from workload.model.issues import WARNING, Issue
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


OVERLAP = "overlap"
AMOUNTS = ("student", "minutes_per_session", "sessions", "period", "total_minutes")
ALSO = ("school", "therapist", "start", "delivery")
MOST = 0.5  # share of a sheet's lines that must stand in another sheet before they are left out


def without_overlap(read: Sequence[TypedRows]) -> list[TypedRows]:
    """Sheets of services without the lines that an earlier, differently built sheet has already.

    Sheets with the same columns are left alone: their rows that are alike in every column are found, and counted
    once, by the calculation.
    """
    made: list[TypedRows] = []
    for rows in read:
        earlier = [other for other in made if other.block.table == "services"]
        made.append(_without_lines_of(earlier, rows) if rows.block.table == "services" else rows)
    return made


def _without_lines_of(earlier: Sequence[TypedRows], rows: TypedRows) -> TypedRows:
    repeated: set[int] = set()
    first = None
    for other in earlier:
        if set(other.block.cells) == set(rows.block.cells):
            continue
        shared = [name for name in ALSO if name in rows.block.cells and name in other.block.cells]
        known = set(_keys(other, shared))
        same = {row for row, key in enumerate(_keys(rows, shared)) if key in known}
        if same and len(same) >= MOST * len(rows.columns["student"]):
            repeated |= same
            first = first or other.block
    return _left_out(rows, repeated, first) if first else rows


def _keys(rows: TypedRows, shared: Sequence[str]) -> list[tuple]:
    columns = (*(rows.columns[name] for name in AMOUNTS), *(rows.columns[name] for name in shared))
    return [tuple(None if value != value else value for value in key) for key in zip(*columns, strict=True)]


def _left_out(rows: TypedRows, repeated: set[int], first: Block) -> TypedRows:
    row, block = rows.columns["row"], rows.block
    kept = [at for at in range(len(row)) if at not in repeated]
    left = len({row[at] for at in repeated} - {row[at] for at in kept})
    told = Issue(
        "sheets-overlap",
        WARNING,
        f"{len(repeated):,} rows of this sheet stand in sheet {first.sheet} as well. They count once.",
        "Nothing to do if this sheet repeats the other one.",
        file=block.file,
        sheet=block.sheet,
        row=row[min(repeated)],
    )
    count = replace(rows.count, counted=rows.count.counted - left, excluded={**rows.count.excluded, OVERLAP: left})
    columns = {name: [values[at] for at in kept] for name, values in rows.columns.items()}
    return replace(rows, columns=columns, count=count, said=rows.said + told)

"""What was understood of each file, for the import report on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workload.intake.columns.found_tables import FoundTable
from workload.intake.columns.mapped_column import MappedColumn
from workload.intake.columns.presets import Recognized
from workload.intake.open.opened import Refusal
from workload.intake.rows.data_rows import Block
from workload.model.roster import RowCount


@dataclass(frozen=True, eq=False)
class TableReport:
    """One table of a sheet as understood: where its headings stand, what each column was taken for, what was dropped.

    grades counts service rows by the reading of their minutes: "plain" numbers, A to D for phrases,
    "unreadable". fingerprint is the key for decisions about the columns. recognized names the known report that
    the headings are (`recognized.preset.name`, `recognized.sure`).
    """

    table: str
    header_row: int
    header_rows: int
    columns: tuple[MappedColumn, ...]
    dropped: tuple[str, ...]
    sensitive: tuple[tuple[str, str], ...]
    rows: RowCount
    fingerprint: str
    grades: Mapping[str, int] = field(default_factory=dict)
    students: int = 0
    carried: tuple[str, ...] = ()
    recognized: Recognized | None = None
    fates: tuple[MappedColumn, ...] = ()  # every column of the sheet with its fate

    @classmethod
    def of(
        cls, block: Block, count: RowCount, grades: Mapping[str, int] | None = None, students: int = 0
    ) -> TableReport:
        """The report of a block after its rows were read."""
        found = block.found
        return cls(
            block.table,
            found.header_row,
            found.header_rows,
            (*found.columns, *found.helpers),
            found.unmapped,
            found.sensitive,
            count,
            found.fingerprint,
            dict(grades or {}),
            students,
            block.carried,
            found.recognized,
            found.fates,
        )


@dataclass(frozen=True, eq=False)
class SheetReport:
    """One sheet: its tables, or why it was skipped. headings is how many headings its likeliest row has."""

    name: str
    visible: str
    tables: tuple[TableReport, ...] = ()
    skipped: str = ""
    headings: tuple[str, ...] = ()
    recognized: Recognized | None = None  # a known report that is no roster
    proposal: FoundTable | None = None  # the likeliest table of a sheet that was not read


@dataclass(frozen=True, eq=False)
class FileReport:
    """One file: its kind by content, its sheets, or the refusal."""

    name: str
    kind: str
    sheets: tuple[SheetReport, ...] = ()
    refusal: Refusal | None = None

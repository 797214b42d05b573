"""What was understood of each file, for the import report on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workload.intake.blocks.sheets import SheetBlocks
from workload.intake.columns.found_tables import FoundTable
from workload.intake.columns.mapped_column import MappedColumn
from workload.intake.columns.presets import Recognized
from workload.intake.open.opened import Opened, Refusal
from workload.intake.rows.typed_rows import TypedRows
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
    def of(cls, rows: TypedRows) -> TableReport:
        """The report of a block after its rows were read."""
        block, found = rows.block, rows.block.found
        return cls(
            block.table,
            found.header_row,
            found.header_rows,
            (*found.columns, *found.helpers),
            found.unmapped,
            found.sensitive,
            rows.count,
            found.fingerprint,
            dict(rows.grades),
            rows.students,
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


def reports_of(
    opened: Sequence[Opened], sheets: Sequence[SheetBlocks], rows: Sequence[TypedRows]
) -> tuple[FileReport, ...]:
    """What was understood of each file; sheets and rows stand in the order of the files."""
    of_sheets, of_blocks, reports = iter(sheets), iter(rows), []

    def of_sheet(sheet: SheetBlocks) -> SheetReport:
        return SheetReport(
            sheet.sheet,
            sheet.visible,
            tuple(TableReport.of(next(of_blocks)) for _ in sheet.blocks),
            sheet.skipped,
            sheet.headings,
            sheet.recognized,
            sheet.proposal,
        )

    for file in opened:
        own = () if file.refusal else tuple(of_sheet(next(of_sheets)) for _ in file.sheets)
        reports.append(FileReport(file.name, file.kind, own, file.refusal))
    return tuple(reports)

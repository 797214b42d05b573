"""How much of an unknown file is looked at before it is refused: every limit, with its reason."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Limits for one uploaded file. Raise a field for a large state agency; each says what it bounds."""

    file_bytes: int = 25 * MEGABYTE  # of the uploaded file; a roster of 5,000 students needs under 1 MB
    zip_entries: int = 2_000  # parts of a workbook, which is a zip; real rosters have fewer than a hundred
    sheets: int = 60  # of a workbook
    part_bytes: int = 128 * MEGABYTE  # of one part, counted while it is unpacked
    total_bytes: int = 256 * MEGABYTE  # of all parts together, counted while they are unpacked
    rows: int = 200_000  # a sheet may have values down to this row
    columns: int = 512  # a sheet may have values out to this column (SR)
    cells: int = 3_200_000  # of a sheet with a value: 150,000 rows of 20 columns, and headings
    area: int = 12_000_000  # rows times columns of a sheet, because readers also store the gaps
    text_characters: int = 32_767  # of one cell, which is Excel's own limit
    cell_formats: int = 65_490  # of a workbook, which is Excel's own limit
    xml_depth: int = 64  # XML elements that stand inside each other
    merges: int = 65_536  # merged ranges of a sheet; the rest would be ignored by name
    memory_bytes: int = 1536 * MEGABYTE  # of the process that reads the file, where the system can say so
    cpu_seconds: int = 20  # for which that process may compute, where the system can say so
    wall_seconds: int = 60  # on the clock, after which it is stopped
    answer_bytes: int = 384 * MEGABYTE  # that it may hand back
    queue_seconds: int = 120  # that an upload waits for its turn while other files are being read

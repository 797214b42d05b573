"""How much of an unknown file is looked at before it is refused: every limit, with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

MEGABYTE = 1024 * 1024


def _limit(default: int, sentence: str) -> int:
    return field(default=default, metadata={"sentence": sentence})


@dataclass(frozen=True)
class Limits:
    """Limits for one uploaded file. Raise a field for a large state agency; each says what it bounds."""

    file_bytes: int = _limit(
        25 * MEGABYTE, "The uploaded file may have this many bytes; a roster of 5,000 students needs under 1 MB."
    )
    zip_entries: int = _limit(
        2_000, "A workbook is a zip of parts, and may have this many; real rosters have fewer than a hundred."
    )
    sheets: int = _limit(60, "A workbook may have this many sheets.")
    part_bytes: int = _limit(128 * MEGABYTE, "One part may have this many bytes, counted while it is unpacked.")
    total_bytes: int = _limit(
        256 * MEGABYTE, "All parts together may have this many bytes, counted while they are unpacked."
    )
    rows: int = _limit(200_000, "A sheet may have values down to this row.")
    columns: int = _limit(512, "A sheet may have values out to this column (SR).")
    cells: int = _limit(
        3_200_000, "A sheet may have this many cells with a value: 150,000 rows of 20 columns, and headings."
    )
    area: int = _limit(12_000_000, "Rows times columns of a sheet may reach this, because readers also store the gaps.")
    text_characters: int = _limit(32_767, "One cell may hold this many characters, which is Excel's own limit.")
    cell_formats: int = _limit(65_490, "A workbook may have this many cell formats, which is Excel's own limit.")
    xml_depth: int = _limit(64, "XML elements may stand inside each other to this depth.")
    merges: int = _limit(65_536, "A sheet may have this many merged ranges; the rest would be ignored by name.")
    memory_bytes: int = _limit(
        1536 * MEGABYTE, "The process that reads the file may use this much memory, where the system can say so."
    )
    cpu_seconds: int = _limit(
        20, "The process that reads the file may compute for this long, where the system can say so."
    )
    wall_seconds: int = _limit(60, "The process that reads the file is stopped after this time on the clock.")
    answer_bytes: int = _limit(384 * MEGABYTE, "The process that reads the file may hand back this many bytes.")
    queue_seconds: int = _limit(120, "An upload waits this long for its turn while other files are being read.")

    @classmethod
    def sentences(cls) -> dict[str, str]:
        """Every limit's name and its reason in one sentence."""
        return {each.name: each.metadata["sentence"] for each in fields(cls)}

"""Lengths of time that no reader can hold, taken out of a sheet before it is read once more.

A workbook keeps a length of time as a number of days. One number far too large under such a format, as when somebody formats a
column of numbers as hours, stops the reader of values at its row, and with it the sheet.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Collection, Iterator

from workload.intake.open.limits import Limits
from workload.intake.open.opened import CellProblem, column_number
from workload.intake.open.preflight import BookFacts, each_element
from workload.intake.open.sheet_scan import Found
from workload.intake.open.xlsb_scan import ROW, records
from workload.intake.open.zip_parts import Part, list_parts, read_small

MOST_DAYS = 999_999_999  # that a length of time of the reader's language can have
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_ELAPSED_OF_EXCEL = 46  # the number of Excel's own format "[h]:mm:ss"
_VALUE = re.compile(rb"<((?:\w+:)?)v>\s*(-?(?:\d{9,}[\d.]*|[\d.]+[eE]\+?\d+)(?:[eE]\+?\d+)?)\s*</(?:\w+:)?v>")
_ATTRIBUTE = re.compile(rb"\b([a-z]+)\s*=\s*[\"']([^\"']*)[\"']")
_PLACE = re.compile(rb"\$?([A-Za-z]+)\$?(\d+)")
# Record numbers of a binary workbook: an empty cell, cells with a number, a format, the cell formats.
_BLANK, _SHORT_NUMBER, _NUMBERS, _FORMAT, _CELL_FORMAT, _CELL_FORMATS, _END = 1, 2, (5, 9), 44, 47, 617, 618


def without_long_durations(
    data: bytes, kind: str, facts: BookFacts, limits: Limits, names: Collection[str]
) -> bytes | None:
    """The workbook with such cells of these sheets empty, which become problems of the sheets; None where there are none."""
    from workload.intake.open.distinct_book import with_sheets

    parts = list_parts(data, limits)
    styles = next(
        (part for part in parts if part.key.endswith("/styles.bin" if kind == "xlsb" else "/styles.xml")), None
    )
    if styles is None:
        return None
    read, emptied = (_elapsed_binary, _emptied_binary) if kind == "xlsb" else (_elapsed, _emptied)
    formats = read(read_small(data, styles, limits, limits.part_bytes))
    changed: dict[str, bytes] = {}
    for part, name in _parts_of(parts, facts, names):
        sheet, found = emptied(read_small(data, part, limits, limits.part_bytes), formats)
        if found:
            facts.sheets[name].problems.update(found)
            changed[part.key] = sheet
    return with_sheets(data, parts, changed) if changed else None


def _parts_of(parts: list[Part], facts: BookFacts, names: Collection[str]) -> Iterator[tuple[Part, str]]:
    keys = {facts.sheets[name].part: name for name in names if name in facts.sheets}
    return ((part, keys[part.key]) for part in parts if part.key in keys)


def _problem(days: float) -> CellProblem:
    return CellProblem("duration", f"{days:,.0f} days" if abs(days) < 1e15 else f"{days:g} days")


def _is_too_long(days: float) -> bool:
    return not abs(days) < MOST_DAYS


# --- Open XML -------------------------------------------------------------------------------------


def _elapsed(styles: bytes) -> set[bytes]:
    """The numbers of the cell formats that show a length of time, as the sheets write them."""
    elapsed, found, inside, count = {str(_ELAPSED_OF_EXCEL)}, set(), [""], [0]

    def see(tag: str, attributes: dict[str, str]) -> None:
        if tag in ("cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
            inside[0] = tag
        elif tag == "numFmt" and _ELAPSED.search(attributes.get("formatCode", "")):
            elapsed.add(attributes.get("numFmtId", ""))
        elif tag == "xf" and inside[0] == "cellXfs":
            if attributes.get("numFmtId") in elapsed:
                found.add(b"%d" % count[0])
            count[0] += 1

    each_element(styles, see)
    return found


def _emptied(sheet: bytes, formats: Collection[object]) -> tuple[bytes, Found]:
    """The sheet without the values that are too long under one of the formats, and where they stood."""
    kept, at = [], 0
    found: Found = {}
    for value in _VALUE.finditer(sheet):
        days, opens = float(value[2]), b"<" + value[1] + b"c"
        start = max(sheet.rfind(opens + end, at, value.start()) for end in (b" ", b"\n", b"\t", b"\r"))
        if start < 0 or not _is_too_long(days):
            continue
        attributes = dict(_ATTRIBUTE.findall(sheet[start : sheet.find(b">", start)]))
        place = _PLACE.fullmatch(attributes.get(b"r", b""))
        if place and attributes.get(b"t", b"n") == b"n" and attributes.get(b"s") in formats:
            found[int(place[2]), column_number(place[1].decode())] = _problem(days)
            kept.append(sheet[at : value.start()])
            at = value.end()
    return b"".join([*kept, sheet[at:]]), found


# --- binary ---------------------------------------------------------------------------------------


def _elapsed_binary(styles: bytes) -> set[int]:
    elapsed, found, counts, count = {_ELAPSED_OF_EXCEL}, set(), False, 0
    for number, at, size in records(styles):
        if number in (_CELL_FORMATS, _END):
            counts = number == _CELL_FORMATS
        elif number == _FORMAT and size >= 6:
            length = struct.unpack_from("<I", styles, at + 2)[0]
            if _ELAPSED.search(styles[at + 6 : min(at + 6 + 2 * length, at + size)].decode("utf-16-le", "replace")):
                elapsed.add(struct.unpack_from("<H", styles, at)[0])
        elif number == _CELL_FORMAT and counts and size >= 4:
            if struct.unpack_from("<H", styles, at + 2)[0] in elapsed:
                found.add(count)
            count += 1
    return found


def _emptied_binary(sheet: bytes, formats: Collection[object]) -> tuple[bytes, Found]:
    made, row = bytearray(sheet), 0
    found: Found = {}
    for number, at, size in records(sheet):
        if number == ROW and size >= 4:
            row = struct.unpack_from("<I", sheet, at)[0] + 1
        days = _number(sheet, number, at, size)
        if days is not None and _is_too_long(days) and int.from_bytes(sheet[at + 4 : at + 7], "little") in formats:
            found[row, struct.unpack_from("<I", sheet, at)[0] + 1] = _problem(days)
            made[sheet.rindex(bytes([number]), 0, at)] = _BLANK
    return bytes(made), found


def _number(sheet: bytes, record: int, at: int, size: int) -> float | None:
    """The number of a cell; None for anything else."""
    if record in _NUMBERS and size >= 16:
        return struct.unpack_from("<d", sheet, at + 8)[0]
    if record != _SHORT_NUMBER or size < 12:
        return None
    short = struct.unpack_from("<I", sheet, at + 8)[0]
    whole = short >> 2 if not short & 0x80000000 else (short >> 2) - (1 << 30)
    value = float(whole) if short & 2 else struct.unpack("<d", struct.pack("<Q", (short & ~3) << 32))[0]
    return value / 100 if short & 1 else value

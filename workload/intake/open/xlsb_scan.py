"""A look through the records of a binary workbook (.xlsb): the same facts as from the XML of an .xlsx."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from workload.intake.open.limits import Limits
from workload.intake.open.opened import CellProblem
from workload.intake.open.preflight import BookFacts, SheetFacts, each_element, resolve_part
from workload.intake.open.refusals import refuse, too_far, too_wide
from workload.intake.open.zip_parts import Part, read_small

# Record numbers of the file format: row head, blank cell, error cells, a merge, a sheet of the book.
ROW = 0
_BLANK, _LAST_CELL, _MERGE, _BUNDLE = 1, 11, 176, 156
_ERROR_CELLS = (3, 11)
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Each record's number, where its content starts, and its length."""
    at, end = 0, len(data)
    while at < end:
        number = data[at]
        at += 1
        if number & 0x80 and at < end:
            number = (number & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        for _ in range(4):
            if at >= end:
                return
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + size > end:
            return
        yield number, at, size
        at += size


def scan_binary(data: bytes, parts: list[Part], limits: Limits) -> BookFacts:
    """Facts of every sheet of an .xlsb; refuses stray far cells by name."""
    by_key = {part.key: part for part in parts}
    targets: dict[str, str] = {}
    rels = by_key.get("xl/_rels/workbook.bin.rels")
    if rels is not None:
        each_element(
            read_small(data, rels, limits),
            lambda tag, attributes: targets.update(
                {attributes.get("Id", ""): resolve_part("xl", attributes.get("Target", ""))}
            ),
        )
    facts = BookFacts()
    for name, rid in _bundle(read_small(data, by_key["xl/workbook.bin"], limits)):
        part = by_key.get(targets.get(rid, ""))
        if part is not None:
            facts.sheets[name] = _scan_sheet(read_small(data, part, limits, limits.part_bytes), name, limits)
            facts.sheets[name].part = part.key
    return facts


def _bundle(book: bytes) -> list[tuple[str, str]]:
    """(sheet name, relationship) of each sheet in the book."""
    found = []
    for number, at, size in records(book):
        if number == _BUNDLE and size >= 16:
            length = struct.unpack_from("<I", book, at + 8)[0] * 2
            rid = book[at + 12 : at + 12 + length].decode("utf-16-le", "replace")
            rest = at + 12 + length
            if rest + 4 <= at + size:
                length = struct.unpack_from("<I", book, rest)[0] * 2
                found.append((book[rest + 4 : rest + 4 + length].decode("utf-16-le", "replace"), rid))
    return found


def _scan_sheet(sheet: bytes, name: str, limits: Limits) -> SheetFacts:
    facts = SheetFacts(name)
    row = rows = columns = cells = 0
    for number, at, size in records(sheet):
        if number == ROW and size >= 12:
            row = struct.unpack_from("<I", sheet, at)[0] + 1
            if sheet[at + 11] & 0x10:
                facts.hidden_rows.append(row)
        elif _BLANK < number <= _LAST_CELL and size >= 8:
            column = struct.unpack_from("<I", sheet, at)[0] + 1
            if row > limits.rows or column > limits.columns:
                raise too_far(name, row, column, limits)
            rows, columns, cells = max(rows, row), max(columns, column), cells + 1
            if number in _ERROR_CELLS and size > 8:
                facts.problems[row, column] = CellProblem("error", _ERRORS.get(sheet[at + 8], "#ERROR"))
        elif number == _MERGE and size >= 16 and len(facts.merges) < limits.merges:
            top, bottom, left, right = struct.unpack_from("<4I", sheet, at)
            facts.merges.append((top + 1, left + 1, bottom + 1, right + 1))
    if cells > limits.cells:
        raise refuse("cells", sheet=name, limit=limits.cells)
    if rows * columns > limits.area:
        raise too_wide(name, rows, columns, limits)
    return facts

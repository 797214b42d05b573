"""The user's own file with the corrections written into it, to download.

corrected = corrected_workbook("roster.xlsx", data, edits)
corrected.name, corrected.data, corrected.keeps_layout
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from pathlib import Path, PurePath

from workload.intake.answers.import_map import ImportMap
from workload.intake.by_hand.corrected_cells import Edits, spots
from workload.intake.cells.values import number_in
from workload.intake.open import delimited
from workload.intake.open.limits import Limits
from workload.intake.open.opened import CellProblem, Opened, Value
from workload.intake.open.opening import import_path, open_file
from workload.intake.open.sniff import wide_encoding

_CHILD = Path(__file__).parents[1] / "open" / "writer_child.py"
IN_PLACE = ("xlsx", "xlsm")  # kinds whose layout can be kept
FORMULA = re.compile(r"[=+\-@\t\r]")
Change = tuple[str, int, int, Value]  # sheet, sheet row, sheet column (both from 1), new value


class CannotCorrect(ValueError):
    """The file cannot be opened, so there is nothing to correct; the message says why."""


@dataclass(frozen=True)
class Corrected:
    """A corrected file. `keeps_layout` is False where only the values of the file could be written to a new workbook."""

    name: str
    data: bytes
    keeps_layout: bool


def corrected_workbook(
    name: str,
    data: bytes,
    edits: Edits,
    answers: ImportMap = ImportMap(),
) -> Corrected:
    """The file with the corrected cells; in a workbook each has a comment that says what stood there.

    Workbooks (.xlsx, .xlsm) and text files keep their layout; of other kinds the values go into a new workbook.
    A workbook is written in a child process and only after it was opened safely. Raises `CannotCorrect`.
    """
    opened = open_file(name, data)
    if opened.refusal:
        raise CannotCorrect(opened.refusal.message)
    changes = _changes(opened, edits, answers)
    stem = PurePath(name).stem
    if opened.kind == "csv":
        return Corrected(f"{stem} corrected{PurePath(name).suffix}", _text(data, changes), True)
    if opened.kind in IN_PLACE and (made := _in_place(data, opened.kind, changes)):
        return Corrected(f"{stem} corrected.{opened.kind}", made, True)
    return Corrected(f"{stem} corrected.xlsx", _rebuilt(opened, changes), False)


def _changes(opened: Opened, edits: Edits, answers: ImportMap) -> list[Change]:
    """The edits of this file as cells with typed values; those without a cell are left out."""
    changes = []
    for sheet in opened.sheets:
        mended = edits.of(opened.name, sheet.name)
        for (row, heading), (column, at) in (spots(sheet, mended, answers) if mended else {}).items():
            changes.append((sheet.name, row, column + 1, _typed(mended[row, heading], sheet.cells[column][at])))
    return changes


def _typed(text: str, before: Value) -> Value:
    """A number where a number stood before or nothing did; ids that are text stay text."""
    text = text.strip()
    number = number_in(text)
    if number is not None and not isinstance(before, str) and text == f"{number:g}":
        return int(number) if number.is_integer() else number
    return text or None


def _in_place(data: bytes, kind: str, changes: Sequence[Change]) -> bytes:
    limits = Limits()
    request = json.dumps({"kind": kind, "limits": asdict(limits), "path": import_path(), "cells": changes}).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-B", str(_CHILD)],
            input=request + b"\n" + data,
            capture_output=True,
            timeout=limits.wall_seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 and done.stdout[:2] == b"PK" else b""


def _text(data: bytes, changes: Sequence[Change]) -> bytes:
    """A text file with the changed records written anew; every other line stays as it is, byte for byte."""
    text, guessed = delimited.decode(data)
    lines = list(io.StringIO(text, newline=""))
    records, skipped, delimiter = delimited.records_of(lines)
    by_row: dict[int, dict[int, Value]] = {}
    for _, row, column, value in changes:
        by_row.setdefault(row, {})[column] = value
    made, ends = lines[:skipped], [line for line, _, _ in records[1:]] + [len(lines) - skipped + 1]
    for row, ((line, fields, _), end) in enumerate(zip(records, ends, strict=True), 1):
        own = lines[skipped + line - 1 : skipped + end - 1]
        made += [_record(fields, by_row[row], delimiter, own[-1])] if row in by_row else own
    encoding = wide_encoding(data) or ("cp1252" if guessed else "utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else "utf-8")
    text = "".join(made)
    if encoding.startswith("utf-16"):
        return "\ufeff".encode(encoding) + text.encode(encoding) if encoding != "utf-16" else text.encode(encoding)
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8-sig")


def _record(fields: Sequence[str], new: Mapping[int, Value], delimiter: str, last_line: str) -> str:
    fields = list(fields) + [""] * (max(new) - len(fields))
    for column, value in new.items():
        fields[column - 1] = _escaped("" if value is None else str(value))
    out = io.StringIO(newline="")
    end = last_line[len(last_line.rstrip("\r\n")) :]
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerow(fields)
    return out.getvalue()


def _escaped(text: str) -> str:
    """A text that a spreadsheet program would calculate is marked as text."""
    return f"'{text}" if FORMULA.match(text) and number_in(text) is None else text


def _rebuilt(opened: Opened, changes: Sequence[Change]) -> bytes:
    """A new workbook with the values of every sheet, for kinds and files that cannot be written in place."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_date_format": "yyyy-mm-dd",
            "nan_inf_to_errors": True,
        },
    )
    clock = book.add_format({"num_format": "hh:mm"})
    new = {(sheet, row, column): value for sheet, row, column, value in changes}
    for number, sheet in enumerate(opened.sheets, 1):
        page = book.add_worksheet(_sheet_name(sheet.name, number, opened))
        if sheet.visible != "visible" and number > 1:
            page.hide()
        for at, values in enumerate(sheet.cells):
            for index, before in enumerate(values):
                row, column = sheet.sheet_row(index), at + 1
                value = new.get((sheet.name, row, column), before)
                _put(page, row - 1, at, value, clock)
                if (sheet.name, row, column) in new:
                    shown = "nothing" if before is None else str(getattr(before, "text", before))[:400]
                    page.write_comment(row - 1, at, f"Corrected on import. Before: {shown}")
    book.close()
    return out.getvalue()


def _put(page, row: int, column: int, value: Value, clock) -> None:
    if isinstance(value, CellProblem):
        page.write_string(row, column, value.text)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, time):
        page.write_datetime(row, column, value, clock)
    elif isinstance(value, date | datetime) and value.year < 1900:
        page.write_string(row, column, value.isoformat())
    elif value is not None:
        page.write(row, column, value)


def _sheet_name(name: str, number: int, opened: Opened) -> str:
    """The sheet's own name where a workbook can have it."""
    clean = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:31]
    others = [each.name.casefold() for each in opened.sheets[: number - 1]]
    return clean if clean and clean.casefold() not in others else f"Sheet {number}"

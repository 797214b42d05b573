"""Values from Excel files: calamine for .xlsx, .xlsm and .xlsb, xlrd for .xls. Runs in the child only."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING

from workload.intake.open.limits import Limits
from workload.intake.open.long_durations import without_long_durations
from workload.intake.open.opened import CellProblem, Notice, OtherSheet, Refused
from workload.intake.open.preflight import BookFacts, SheetFacts
from workload.intake.open.refusals import refuse, too_far
from workload.intake.open.sheet_builder import SheetBuilder
from workload.intake.open.sheet_codec import Column, pack_sheet
from workload.intake.open.zip_parts import list_parts

if TYPE_CHECKING:
    from workload.intake.open.distinct_book import DistinctSheet

_BATCH = 250
_XLS_VISIBLE = ("visible", "hidden", "very hidden")


def read_with_calamine(data: bytes, kind: str, facts: BookFacts, limits: Limits) -> tuple[list[bytes], list[Notice]]:
    """The frames of every worksheet, with the problems and marks that preflight found put in.

    Sheets that preflight could take apart are read by their distinct cells. Where anything about that is not as
    expected, or memory does not last for it, the file itself is read.
    """
    try:
        if frames := _read_distinct(data, kind, facts, limits):
            return frames, []
    except (OtherSheet, Refused, MemoryError):
        pass
    for sheet in facts.sheets.values():
        sheet.cells = None  # for the memory
    frames, lost = _read(data, kind, facts, limits, {})
    if lost and (calmed := without_long_durations(data, kind, facts, limits, lost)):
        frames, lost = _read(calmed, kind, facts, limits, {})
    if lost and not frames:
        raise refuse("unreadable", kind=f"an Excel workbook (.{kind})")
    return frames, [_lost_sheet(name) for name in lost]


def _read_distinct(data: bytes, kind: str, facts: BookFacts, limits: Limits) -> list[bytes]:
    """The frames of every worksheet by way of the distinct cells; none if no sheet was taken apart or one was lost."""
    apart = _taken_apart(facts)
    if not apart:
        return []
    from workload.intake.open.distinct_book import with_sheets

    sheets = {facts.sheets[name].part: sheet.xml() for name, sheet in apart.items()}
    frames, lost = _read(with_sheets(data, list_parts(data, limits), sheets), kind, facts, limits, apart)
    return [] if lost else frames


def _taken_apart(facts: BookFacts) -> dict[str, DistinctSheet]:
    """The sheets by name that are read by their distinct cells."""
    apart = {name: sheet.cells for name, sheet in facts.sheets.items() if sheet.cells}
    if not apart:
        return {}
    from workload.intake.open.distinct_book import DistinctSheet

    made = ((name, DistinctSheet(cells)) for name, cells in apart.items())
    return {name: sheet for name, sheet in made if sheet.repeats}


def _read(
    data: bytes, kind: str, facts: BookFacts, limits: Limits, apart: Mapping[str, DistinctSheet]
) -> tuple[list[bytes], list[str]]:
    """The frames of every worksheet, and the names of those that the reader could not read."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    # The reader's enumerations cannot be hashed, so they are compared.
    hidden = ((SheetVisibleEnum.Hidden, "hidden"), (SheetVisibleEnum.VeryHidden, "very hidden"))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = list(book.sheets_metadata)
    except PasswordError:
        raise refuse("encrypted") from None
    except MemoryError:
        raise
    except BaseException:  # A panic in the reader's own code is not an Exception.
        raise refuse("unreadable", kind=f"an Excel workbook (.{kind})") from None
    frames: list[bytes] = []
    lost: list[str] = []
    for number, sheet in enumerate(sheets):
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        try:
            visible = next((word for state, word in hidden if sheet.visible == state), "visible")
            known = facts.sheets.get(sheet.name) or SheetFacts(sheet.name)
            frames += _calamine_sheet(book.get_sheet_by_index(number), visible, known, limits, apart)
        except (MemoryError, Refused, OtherSheet):
            raise
        except BaseException:
            lost.append(sheet.name)
    return frames, lost


def _lost_sheet(name: str) -> Notice:
    return Notice(
        "sheet-unreadable",
        f'Sheet "{name}" could not be read; the other sheets could.',
        "If the roster is on it, open the file in Excel, save it again as .xlsx, and upload that.",
        name,
    )


def _calamine_sheet(
    sheet, visible: str, facts: SheetFacts, limits: Limits, apart: Mapping[str, DistinctSheet]
) -> list[bytes]:
    """One sheet by its distinct cells or by batches of rows, so that only distinct values stay in memory."""
    taken = apart.get(facts.name)
    start, end = taken.extent() if taken else (sheet.start, sheet.end)
    top = min([row - 1 for row, _ in facts.problems] + ([start[0]] if start else []), default=0)
    columns: list[Column] = []
    if start and end:
        if end[0] >= limits.rows or end[1] >= limits.columns:
            # A cell may claim to stand elsewhere than its row does, which the look at the raw file does not follow.
            raise too_far(facts.name, end[0] + 1, end[1] + 1, limits)
        if taken:
            columns = taken.columns_as(sheet, top)
        else:
            # The row iterator starts at the sheet's first row, but at the first column that holds a value.
            columns += [Column(end[0] - top + 1) for _ in range(start[1])]
            columns += _columns(islice(sheet.iter_rows(), top, None), sheet.width, facts.has_booleans)
            for each in apart.values():
                each.require_absent(columns)
    _put_problems(columns, top, facts)
    return pack_sheet(
        facts.name,
        visible,
        top + 1,
        columns,
        facts.hidden_rows,
        facts.hidden_columns,
        facts.merges,
        [],
        facts.colored_rows,
    )


def _columns(rows, width: int, booleans: bool) -> list[Column]:
    columns = [Column() for _ in range(width)]
    while batch := list(islice(rows, _BATCH)):
        for column, values in zip(columns, zip(*batch, strict=True), strict=True):
            column.extend(values, booleans)
    return columns


def _put_problems(columns: list[Column], top: int, facts: SheetFacts) -> None:
    """Put each problem where the reader left an empty cell, also outside of what the reader saw."""
    for (row, number), problem in facts.problems.items():
        while len(columns) < number:
            columns.append(Column())
        column, at = columns[number - 1], row - 1 - top
        if at >= len(column.codes) or not column.codes[at]:
            column.put(at, problem)


def read_with_xlrd(data: bytes, limits: Limits) -> list[bytes]:
    """The frames of every worksheet of an .xls of any Excel from 2 to 2003."""
    import xlrd

    try:
        with open(os.devnull, "w") as silent:
            book = _open_xls(xlrd, data, silent)
            if book.nsheets > limits.sheets:
                raise refuse("sheets", found=book.nsheets, limit=limits.sheets)
            return [frame for number in range(book.nsheets) for frame in _xls_sheet(xlrd, book, number, limits)]
    except xlrd.XLRDError as error:
        code = "encrypted" if "encrypt" in str(error).lower() else "unreadable"
        raise refuse(code, kind="an old Excel workbook (.xls)") from None


def _open_xls(xlrd, data: bytes, silent):
    """With formats, which tell hidden rows and merged cells; without, where the formats are damaged."""
    for formats in (True, False):
        try:
            return xlrd.open_workbook(file_contents=data, formatting_info=formats, logfile=silent, ragged_rows=True)
        except xlrd.XLRDError:
            raise
        except MemoryError:
            raise
        except Exception:
            continue
    raise refuse("unreadable", kind="an old Excel workbook (.xls)")


def _xls_sheet(xlrd, book, number: int, limits: Limits) -> list[bytes]:
    sheet = book.sheet_by_index(number)
    builder = SheetBuilder(sheet.name, limits, _XLS_VISIBLE[sheet.visibility if sheet.visibility in (0, 1, 2) else 0])
    for row in range(sheet.nrows):
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True), start=1):
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                builder.put(row + 1, column, _xls_value(xlrd, kind, value, book.datemode))
    builder.hidden_rows += [row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden]
    builder.hidden_columns += [column + 1 for column, info in sheet.colinfo_map.items() if info.hidden]
    for top, bottom, left, right in sheet.merged_cells:
        builder.merge(top + 1, left + 1, bottom, right)
    return builder.pack()


def _xls_value(xlrd, kind: int, value, datemode: int) -> object:
    if kind == xlrd.XL_CELL_ERROR:
        return CellProblem("error", xlrd.error_text_from_code.get(value, "#ERROR"))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind != xlrd.XL_CELL_DATE:
        return value
    try:
        moment = xlrd.xldate.xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError):
        return CellProblem("date", str(value))
    if 0 <= value < 1:
        return moment.time()
    return moment.date() if float(value).is_integer() else moment

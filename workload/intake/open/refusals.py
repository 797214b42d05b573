"""Every sentence with which a file is refused: what is the matter, and what to do next."""

from __future__ import annotations

from workload.intake.open.limits import Limits
from workload.intake.open.opened import Refusal, Refused, column_letters

SAVE_AS = "Open it in the program it came from, save it as an Excel workbook (.xlsx), and upload that."
RESAVE = "Open it in Excel, choose File > Save As > Excel Workbook (.xlsx), and upload the new file."
RE_EXPORT = "Download or export it again, check that it opens in Excel, and upload it again."
CLEAN_COPY = (
    "Open it in Excel, copy only the rows and columns of the roster into a new workbook, save it, and upload that."
)
SPLIT = "Keep only the rows and columns of the roster, or split the file into several, and upload again."

SENTENCES: dict[str, tuple[str, str]] = {
    "empty": ("This file is empty: it has 0 bytes.", RE_EXPORT),
    "empty-text": ("This file holds no text, only blank space.", RE_EXPORT),
    "too-large": ("This file has {found:.1f} MB; the limit is {limit:.0f} MB.", SPLIT),
    "lock-file": (
        "This is Excel's lock file, not the workbook. Excel makes it while a workbook is open.",
        "Choose the file of the same name without ~$ at the front.",
    ),
    "encrypted": (
        "This file has an open password.",
        "Open it in Excel, remove the password under File > Info > Protect Workbook, save a copy and upload that.",
    ),
    "numbers": (
        "This is an Apple Numbers document.",
        "Open it in Numbers, choose File > Export To > Excel, and upload the exported file.",
    ),
    "pdf": (
        "This is a PDF, which holds the picture of a table, not its cells.",
        "Ask for the Excel or CSV file it was printed from, and upload that.",
    ),
    "word": ("This is a Word document.", "Copy its table into Excel, save it as .xlsx, and upload that."),
    "presentation": ("This is a presentation, not a spreadsheet.", SAVE_AS),
    "image": ("This is a picture.", "Ask for the Excel or CSV file behind it, and upload that."),
    "archive": (
        "This is a compressed folder or archive, not a spreadsheet.",
        "Open the folder, take out the spreadsheet, and upload that.",
    ),
    "database": (
        "This is a database file, not a spreadsheet.",
        "Export the table you need to Excel or CSV, and upload that.",
    ),
    "other-office": ("This is an office document, but not a spreadsheet.", SAVE_AS),
    "flat-ods": ("This is a flat OpenDocument file (.fods).", SAVE_AS),
    "other-xml": ("This is an XML file, but not a spreadsheet that Excel wrote.", SAVE_AS),
    "link": (
        "This file is only a link to a spreadsheet on the web; the rows are not in it.",
        "Open the sheet in the browser, choose File > Download > Microsoft Excel, and upload that.",
    ),
    "not-a-spreadsheet": (
        "This file is not a spreadsheet.",
        "Choose an Excel workbook (.xlsx, .xls), an .ods file, or a CSV file.",
    ),
    "truncated": (
        "This workbook is cut off: its end is missing, so it was not completely saved or downloaded.",
        RE_EXPORT,
    ),
    "damaged": ("This workbook is damaged: one of its parts cannot be unpacked.", RE_EXPORT),
    "size-lie": ("This workbook is damaged: a part is larger or smaller than it claims to be.", RESAVE),
    "zip-entries": ("This workbook consists of {found:,} parts; the limit is {limit:,}.", CLEAN_COPY),
    "zip-duplicate": (
        "This workbook holds the same part twice, so programs would disagree about what it says.",
        RESAVE,
    ),
    "zip-name": ("This workbook holds a part with an unsafe name.", RESAVE),
    "zip-overlap": ("This workbook is damaged: its parts overlap.", RESAVE),
    "zip-method": ("This workbook is packed in a way that Excel does not use.", RESAVE),
    "unpacked-size": ("This workbook unpacks to more than {limit:.0f} MB.", CLEAN_COPY),
    "doctype": ("This workbook contains a document type declaration, which no office program writes.", RESAVE),
    "xml-encoding": ("This workbook is written in an unusual text encoding.", RESAVE),
    "xml-depth": ("This workbook is nested more than {limit} levels deep, which no office program does.", RESAVE),
    "no-sheets": ("No sheet was found in this workbook.", RESAVE),
    "no-cells": (
        "This file opens, but not one cell in it holds a value.",
        "Check that it is the right file, and that it was saved after the rows were entered.",
    ),
    "sheets": ("This workbook has {found:,} sheets; the limit is {limit:,}.", CLEAN_COPY),
    "far-cell": (
        'Sheet "{sheet}" has a value in cell {cell}. A sheet is read down to row {rows:,} and out to column {column}.',
        "If your table reaches so far, split it into several files with the same headings and upload them together. "
        "If nothing belongs there, clear that one cell (press F5 in Excel and type its name), save, and upload again.",
    ),
    "cells": ('Sheet "{sheet}" has more than {limit:,} cells with a value.', SPLIT),
    "area": (
        'Sheet "{sheet}" reaches to cell {cell} with mostly empty cells between: {found:,} cells in all; '
        "the limit is {limit:,}. Probably a stray entry stands far from the table.",
        "Delete the rows or columns beyond the table, save, and upload again.",
    ),
    "csv-shifted": (
        "The first line has {headings} headings, and the other lines have {width} values. So the headings stand over "
        "the wrong values, and nothing was read.",
        "Give the column without a heading its heading, or take out the extra separator, and upload again.",
    ),
    "long-text": (
        "A cell or heading{where} holds more than {limit:,} characters, more than Excel allows.",
        "Shorten that text, save, and upload again.",
    ),
    "cell-formats": ("This workbook has {found:,} cell formats; the limit is {limit:,}.", CLEAN_COPY),
    "text-encoding": (
        "The letters of this text file could not be recognized.",
        "Open it in Excel, choose File > Save As > CSV UTF-8, and upload that.",
    ),
    "csv-columns": (
        "Line {line:,} of this file has {found:,} fields; the limit is {limit:,}.",
        "Check that it is the right file, and that the delimiter is a comma, semicolon or tab.",
    ),
    "csv-rows": ("This file has more than {limit:,} rows.", SPLIT),
    "no-table": ("This file is a web page without a table.", RE_EXPORT),
    "unreadable": ("This file looks like {kind}, but it could not be read. It may be damaged.", RESAVE),
    "memory": ("Reading this file needs more memory than is allowed for one file.", CLEAN_COPY),
    "time": ("Reading this file takes longer than is allowed for one file.", CLEAN_COPY),
    "killed": (
        "This computer stopped the reading of this file, most often because its memory was full. The file may be fine.",
        "Close other programs or wait a minute, and upload it again.",
    ),
    "crashed": ("This file made the reader stop, so it was not opened. Nothing else is affected.", CLEAN_COPY),
    "busy": (
        "Other files are being read at the moment, and this one waited too long for its turn.",
        "Upload it again in a minute.",
    ),
}


def refusal(code: str, **values: object) -> Refusal:
    """The refusal with this code, its sentence filled with the values it names."""
    message, remedy = SENTENCES[code]
    return Refusal(code, message.format(**values), remedy)


def refuse(code: str, **values: object) -> Refused:
    """The exception to raise for this code."""
    return Refused(refusal(code, **values))


def too_far(sheet: str, row: int, column: int, limits: Limits) -> Refused:
    """The exception for a value beyond the last row or column that is read."""
    cell, last = f"{column_letters(column)}{row}", column_letters(limits.columns)
    return refuse("far-cell", sheet=sheet, cell=cell, rows=limits.rows, column=last)


def too_wide(sheet: str, rows: int, columns: int, limits: Limits) -> Refused:
    """The exception for values that lie too far apart."""
    return refuse("area", sheet=sheet, cell=f"{column_letters(columns)}{rows}", found=rows * columns, limit=limits.area)

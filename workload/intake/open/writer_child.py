"""The process that writes corrections into a workbook. It is started for one file, limited, and then gone.

Standard input: one line of JSON (limits, where to import from, cells, kind), then the workbook's bytes.
Standard output: the corrected workbook, or nothing when the workbook cannot be written back.
"""

from __future__ import annotations

import io
import json
import sys

AUTHOR = "Corrected on import"
LONGEST_NOTE = 400


def _corrected(data: bytes, kind: str, cells: list[list]) -> bytes:
    """The workbook with the new values, each with a comment that says what stood there."""
    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.load_workbook(io.BytesIO(data), keep_vba=kind == "xlsm")
    for sheet, row, column, value in cells:
        cell = book[sheet].cell(row, column)
        before = "nothing" if cell.value is None else str(cell.value)[:LONGEST_NOTE]
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # never a formula, whatever the text begins with
        cell.comment = Comment(f"Corrected on import. Before: {before}", AUTHOR)
    return _saved(book)


def _saved(book) -> bytes:
    """The workbook as bytes. The writer's own `save` puts each sheet into a temporary file, in clear; this does not."""
    from zipfile import ZIP_DEFLATED, ZipFile

    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    class InMemory(ExcelWriter):
        def write_worksheet(self, ws):
            ws._drawing = SpreadsheetDrawing()
            ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
            sheet = io.BytesIO()
            writer = WorksheetWriter(ws, out=sheet)
            writer.write()
            ws._rels = writer._rels
            self._archive.writestr(ws.path[1:], sheet.getvalue())
            self.manifest.append(ws)

    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        InMemory(book, archive).write_data()
    return out.getvalue()


def main() -> None:
    """Read the request, write the workbook to standard output."""
    source = sys.stdin.buffer
    request = json.loads(source.readline())
    sys.path[:] = request["path"]
    from workload.intake.open.reader_child import limit_self

    limit_self(request["limits"]["memory_bytes"], request["limits"]["wall_seconds"])
    try:
        made = _corrected(source.read(), request["kind"], request["cells"])
    except BaseException:  # What the writer trips over is the file's doing; its text may hold cell contents.
        made = b""
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()

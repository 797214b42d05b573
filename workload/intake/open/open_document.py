"""OpenDocument spreadsheets (.ods), which LibreOffice and Google Sheets write."""

from __future__ import annotations

import datetime
import re
from xml.parsers import expat

from workload.intake.open.limits import Limits
from workload.intake.open.opened import CellProblem
from workload.intake.open.refusals import refuse
from workload.intake.open.sheet_builder import SheetBuilder
from workload.intake.open.zip_parts import Budget, list_parts, unpack

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = _OASIS + "table:1.0 ", _OASIS + "office:1.0 ", _OASIS + "text:1.0 "
_STYLE = _OASIS + "style:1.0 "
_CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_ERROR = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|Err:\d+")
_DURATION = re.compile(r"PT(?:(\d{1,400})H)?(?:(\d{1,400})M)?(?:(\d{1,400})(?:[.,](\d+))?S)?$")
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")


class _Reader:
    """Follows content.xml; repeats of empty rows and cells cost nothing, those of values are counted."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: list[SheetBuilder] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row = self.column = 0
        self.sheet_column = 1
        self.row_repeat = self.cell_repeat = 1
        self.row_cells: list[tuple[int, int, object]] = []
        self.attributes: dict[str, str] = {}
        self.paragraphs: list[str] | None = None
        self.ignored = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _STYLE + "style":
            self.style = attributes.get(_STYLE + "name", "")
        elif tag == _STYLE + "table-properties" and attributes.get(_TABLE + "display") == "false":
            self.hidden_styles.add(self.style)
        elif tag == _OFFICE + "annotation":
            self.ignored += 1
        elif tag == _TABLE + "table":
            self._open_sheet(attributes)
        elif not self.sheets or self.ignored:
            return
        elif tag == _TABLE + "table-column":
            self._sheet_column(attributes)
        elif tag == _TABLE + "table-row":
            self._open_row(attributes)
        elif tag in _CELLS:
            self.attributes, self.paragraphs = attributes, []
            self.cell_repeat = _repeat(attributes.get(_TABLE + "number-columns-repeated"))
        elif self.paragraphs is not None:
            self._text_element(self.paragraphs, tag, attributes)

    def _text_element(self, paragraphs: list[str], tag: str, attributes: dict[str, str]) -> None:
        if tag == _TEXT + "p":
            paragraphs.append("")
        elif paragraphs and tag in (_TEXT + "s", _TEXT + "tab", _TEXT + "line-break"):
            blanks = min(_repeat(attributes.get(_TEXT + "c")), self.limits.text_characters)
            paragraphs[-1] += {"s": " " * blanks, "tab": "\t"}.get(tag.rpartition(" ")[2], "\n")

    def text(self, text: str) -> None:
        if self.paragraphs and not self.ignored:
            self.paragraphs[-1] += text
            if len(self.paragraphs[-1]) > self.limits.text_characters:
                raise refuse(
                    "long-text",
                    where=f' in row {self.row} of "{self.sheets[-1].name}"',
                    limit=self.limits.text_characters,
                )

    def end(self, tag: str) -> None:
        if tag == _OFFICE + "annotation":
            self.ignored -= 1
        elif not self.sheets or self.ignored:
            return
        elif tag in _CELLS:
            self._close_cell(tag)
        elif tag == _TABLE + "table-row":
            self._close_row()

    def _open_sheet(self, attributes: dict[str, str]) -> None:
        if len(self.sheets) >= self.limits.sheets:
            raise refuse("sheets", found=len(self.sheets) + 1, limit=self.limits.sheets)
        hidden = attributes.get(_TABLE + "style-name") in self.hidden_styles
        name = attributes.get(_TABLE + "name") or f"Sheet{len(self.sheets) + 1}"
        self.sheets.append(SheetBuilder(name, self.limits, "hidden" if hidden else "visible"))
        self.row, self.sheet_column = 0, 1

    def _sheet_column(self, attributes: dict[str, str]) -> None:
        first = self.sheet_column
        self.sheet_column += _repeat(attributes.get(_TABLE + "number-columns-repeated"))
        if attributes.get(_TABLE + "visibility") in ("collapse", "filter"):
            last = min(self.sheet_column, self.limits.columns + 1)
            self.sheets[-1].hidden_columns += range(first, last)

    def _open_row(self, attributes: dict[str, str]) -> None:
        self.row_repeat = _repeat(attributes.get(_TABLE + "number-rows-repeated"))
        if attributes.get(_TABLE + "visibility") in ("collapse", "filter"):
            last = min(self.row + self.row_repeat, self.limits.rows)
            self.sheets[-1].hidden_rows += range(self.row + 1, last + 1)
        self.column, self.row_cells = 0, []

    def _close_cell(self, tag: str) -> None:
        value = None if tag.endswith("covered-table-cell") else _value(self.attributes, self.paragraphs or [])
        if value not in (None, ""):
            self.row_cells.append((self.column + 1, self.cell_repeat, value))
        down = _repeat(self.attributes.get(_TABLE + "number-rows-spanned"))
        across = _repeat(self.attributes.get(_TABLE + "number-columns-spanned"))
        if down > 1 or across > 1:
            self.sheets[-1].merge(self.row + 1, self.column + 1, self.row + down, self.column + across)
        self.column += self.cell_repeat
        self.paragraphs = None

    def _close_row(self) -> None:
        if self.row_cells:
            for row in range(self.row + 1, self.row + self.row_repeat + 1):
                for column, repeat, value in self.row_cells:
                    for extra in range(repeat):
                        self.sheets[-1].put(row, column + extra, value)
        self.row += self.row_repeat


def _repeat(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 12 else 1


def _value(attributes: dict[str, str], paragraphs: list[str]) -> object:
    kind, shown = attributes.get(_OFFICE + "value-type"), "\n".join(paragraphs)
    if attributes.get(_CALCEXT) == "error" or (attributes.get(_TABLE + "formula") and _ERROR.fullmatch(shown)):
        return CellProblem("error", shown[:32] or "#ERROR")
    if kind in ("float", "percentage", "currency"):
        try:
            return float(attributes.get(_OFFICE + "value", ""))
        except ValueError:
            return CellProblem("number", shown[:32])
    if kind == "boolean":
        return attributes.get(_OFFICE + "boolean-value") == "true"
    if kind == "date":
        return _moment(attributes.get(_OFFICE + "date-value", ""))
    if kind == "time":
        return _time(attributes.get(_OFFICE + "time-value", ""))
    if kind is None and not shown and attributes.get(_TABLE + "formula"):
        return CellProblem("formula", "formula without a saved result")
    return attributes.get(_OFFICE + "string-value", shown) if kind == "string" else shown


def _moment(text: str) -> object:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return CellProblem("date", text[:32])
    return moment if "T" in text else moment.date()


def _time(text: str) -> object:
    parts = _DURATION.match(text)
    if not parts:
        return CellProblem("date", text[:32])
    hours, minutes, seconds = (int(part or 0) for part in parts.groups()[:3])
    if hours > 23 or minutes > 59 or seconds > 59:
        return CellProblem("duration", f"{hours}:{minutes:02}:{seconds:02}")
    return datetime.time(hours, minutes, seconds)


def read_open_document(data: bytes, limits: Limits) -> list[bytes]:
    """The frames of all sheets of an .ods that passed preflight."""
    part = next(part for part in list_parts(data, limits) if part.key == "content.xml")
    reader, parser = _Reader(limits), expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    try:
        for piece in unpack(data, part, limits, Budget(limits.part_bytes, limits.part_bytes)):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise refuse("damaged") from None
    if not reader.sheets:
        raise refuse("no-sheets")
    return [frame for sheet in reader.sheets for frame in sheet.pack()]

"""Excel's XML of 2003, which many web systems still write under the ending .xls."""

from __future__ import annotations

import datetime
import io

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from workload.intake.open.limits import Limits
from workload.intake.open.opened import CellProblem
from workload.intake.open.refusals import refuse
from workload.intake.open.sheet_builder import SheetBuilder

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_VISIBLE = {"SheetHidden": "hidden", "SheetVeryHidden": "very hidden"}


class _Reader:
    """Follows the elements and fills a builder for each worksheet."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: list[SheetBuilder] = []
        self.row = self.column = self.table_column = 0
        self.reaching: dict[int, int] = {}

    def start(self, element) -> None:
        tag, get = element.tag, element.get
        if tag == _SS + "Worksheet":
            if len(self.sheets) >= self.limits.sheets:
                raise refuse("sheets", found=len(self.sheets) + 1, limit=self.limits.sheets)
            self.sheets.append(SheetBuilder(get(_SS + "Name") or f"Sheet{len(self.sheets) + 1}", self.limits))
            self.row, self.table_column, self.reaching = 0, 0, {}
        elif tag == _SS + "Column" and self.sheets:
            self._column(element)
        elif tag == _SS + "Row":
            self.row = _whole(get(_SS + "Index"), self.row + 1)
            self.column = 0
            if get(_SS + "Hidden") == "1" and self.sheets and self.row <= self.limits.rows:
                self.sheets[-1].hidden_rows.append(self.row)

    def end(self, element) -> None:
        if not self.sheets:
            return
        if element.tag == _SS + "Cell":
            self._cell(element)
        elif element.tag == _SS + "Row":
            self.row += _whole(element.get(_SS + "Span"), 0)
            element.clear()
        elif element.tag == _X + "Visible":
            self.sheets[-1].visible = _VISIBLE.get((element.text or "").strip(), "visible")

    def _column(self, element) -> None:
        first = _whole(element.get(_SS + "Index"), self.table_column + 1)
        self.table_column = min(first + _whole(element.get(_SS + "Span"), 0), self.limits.columns)
        if element.get(_SS + "Hidden") == "1":
            self.sheets[-1].hidden_columns += range(first, self.table_column + 1)

    def _cell(self, element) -> None:
        sheet = self.sheets[-1]
        self.column = _whole(element.get(_SS + "Index"), self.column + 1)
        while self.reaching.get(self.column, 0) >= self.row:
            self.column += 1
        data = element.find(_SS + "Data")
        if data is not None:
            sheet.put(self.row, self.column, _value(data.get(_SS + "Type"), "".join(data.itertext())))
        elif element.get(_SS + "Formula"):
            sheet.put(self.row, self.column, CellProblem("formula", "formula without a saved result"))
        across = min(_whole(element.get(_SS + "MergeAcross"), 0), self.limits.columns)
        down = min(_whole(element.get(_SS + "MergeDown"), 0), self.limits.rows)
        sheet.merge(self.row, self.column, self.row + down, self.column + across)
        if down:
            self.reaching |= dict.fromkeys(range(self.column, self.column + across + 1), self.row + down)
        self.column += across


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 12 else otherwise


def _value(kind: str | None, text: str) -> object:
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return CellProblem("number", text[:32])
    if kind == "Boolean":
        return text.strip() in ("1", "true")
    if kind == "Error":
        return CellProblem("error", text[:32])
    if kind == "DateTime":
        return _moment(text)
    return text


def _moment(text: str) -> object:
    """A day, a time (written as 1899-12-31 and a clock), or both."""
    try:
        moment = datetime.datetime.fromisoformat(text.strip())
    except ValueError:
        return CellProblem("date", text[:32])
    if moment.year < 1900:
        return moment.time()
    return moment.date() if moment.time() == datetime.time() else moment


def read_spreadsheetml(data: bytes, limits: Limits) -> list[bytes]:
    """The frames of all worksheets; declarations and entities are refused."""
    reader = _Reader(limits)
    try:
        for event, element in iterparse(io.BytesIO(data.lstrip()), events=("start", "end"), forbid_dtd=True):
            reader.start(element) if event == "start" else reader.end(element)
    except DefusedXmlException:
        raise refuse("doctype") from None
    except (ParseError, LookupError, ValueError):
        raise refuse("damaged") from None
    if not reader.sheets:
        raise refuse("no-sheets")
    return [frame for sheet in reader.sheets for frame in sheet.pack()]

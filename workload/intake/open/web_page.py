"""Web pages under a spreadsheet's name: every table becomes a sheet, every cell stays text."""

from __future__ import annotations

import email
import email.policy
import re
from html.parser import HTMLParser

from workload.intake.open.limits import Limits
from workload.intake.open.opened import Notice
from workload.intake.open.refusals import refuse
from workload.intake.open.sheet_builder import SheetBuilder
from workload.intake.open.sniff import wide_encoding

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SILENT = frozenset(("script", "style", "head", "title", "xml"))


class _Table:
    """One open table: the row and column where the next cell goes, and cells reaching down from above."""

    def __init__(self, builder: SheetBuilder) -> None:
        self.builder = builder
        self.row = self.column = 0
        self.reaching: dict[int, int] = {}
        self.text: list[str] | None = None
        self.span = (1, 1)

    def open_row(self, hidden: bool) -> None:
        self.close_cell()
        self.row, self.column = self.row + 1, 0
        if hidden:
            self.builder.hidden_rows.append(self.row)

    def open_cell(self, across: int, down: int) -> None:
        self.close_cell()
        if self.row == 0:
            self.row = 1
        self.column += 1
        while self.reaching.get(self.column, 0) >= self.row:
            self.column += 1
        self.text, self.span = [], (across, down)

    def close_cell(self) -> None:
        if self.text is None:
            return
        text = re.sub(r"[ \t\r\f\v]*\n[ \t\r\f\v]*", "\n", "".join(self.text)).strip(" \t\r\n\xa0")
        across, down = self.span
        self.builder.put(self.row, self.column, text)
        bottom, right = self.row + down - 1, self.column + across - 1
        self.builder.merge(self.row, self.column, bottom, right)
        if down > 1:
            for column in range(self.column, right + 1):
                self.reaching[column] = bottom
        self.column, self.text = right, None


class _Page(HTMLParser):
    """Collects the tables of a page; a table inside a cell is a table of its own."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.done: list[SheetBuilder] = []
        self.open: list[_Table] = []
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT and tag != "head":
            self.silent = tag
        elif tag == "table":
            self._open_table()
        elif self.open:
            self._inside(tag, {name: value or "" for name, value in attrs})

    def _open_table(self) -> None:
        builder = SheetBuilder(f"Table {len(self.done) + 1}", self.limits)
        self.done.append(builder)
        if len(self.done) > 4 * self.limits.sheets or len(self.open) > self.limits.xml_depth:
            raise refuse("sheets", found=len(self.done), limit=self.limits.sheets)
        self.open.append(_Table(builder))

    def _inside(self, tag: str, attributes: dict[str, str]) -> None:
        table = self.open[-1]
        if tag == "tr":
            table.open_row(bool(_HIDDEN.search(attributes.get("style", ""))) or "hidden" in attributes)
        elif tag in ("td", "th"):
            table.open_cell(
                _span(attributes.get("colspan"), self.limits.columns),
                _span(attributes.get("rowspan"), self.limits.rows),
            )
        elif tag in ("br", "p", "div") and table.text:
            table.text.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in ("td", "th", "table"):
            self.handle_endtag(tag)
        if tag == self.silent:
            self.silent = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""
        if self.open and tag in ("td", "th", "tr", "table"):
            self.open[-1].close_cell()
            if tag == "table":
                self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.silent or not self.open or self.open[-1].text is None:
            return
        self.open[-1].text.append(re.sub(r"[ \t\r\n\f]+", " ", data))


def _span(text: str | None, most: int) -> int:
    return min(max(1, int(text)), most) if text and text.strip().isdecimal() and len(text) < 10 else 1


def _decode(data: bytes, charset: str = "") -> tuple[str, list[Notice]]:
    wide = wide_encoding(data)
    named = _CHARSET.search(data[:4096])
    named_charset = charset or (named.group(1).decode("ascii") if named else "")
    for encoding in filter(
        None, (wide, "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "", named_charset, "utf-8")
    ):
        try:
            return data.decode(encoding), []
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace"), [
        Notice(
            "text-encoding-guessed",
            "This page does not say how its letters are written. It was read as Western (Windows-1252).",
            "Compare a name with an accent. If it is wrong, save the file in Excel as .xlsx.",
        )
    ]


def _tables(text: str, limits: Limits) -> list[SheetBuilder]:
    page = _Page(limits)
    page.feed(text)
    page.close()
    while page.open:
        page.open.pop().close_cell()
    return [builder for builder in page.done if builder.cells]


def read_html(data: bytes, limits: Limits) -> tuple[list[bytes], list[Notice]]:
    """The frames of all tables of a page, and the notices about the file."""
    text, notices = _decode(data)
    return _pack(_tables(text, limits), limits), notices + [_told("a web page")]


def read_mhtml(data: bytes, limits: Limits) -> tuple[list[bytes], list[Notice]]:
    """The same for a page saved as one file (.mht), which Excel also writes under the ending .xls."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    builders: list[SheetBuilder] = []
    notices: list[Notice] = []
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            text, more = _decode(content if isinstance(content, bytes) else b"", part.get_content_charset() or "")
            notices += more
            builders += _tables(text, limits)
    return _pack(builders, limits), notices[:1] + [_told("a web archive")]


def _pack(builders: list[SheetBuilder], limits: Limits) -> list[bytes]:
    if not builders:
        raise refuse("no-table")
    if len(builders) > limits.sheets:
        raise refuse("sheets", found=len(builders), limit=limits.sheets)
    frames = []
    for number, builder in enumerate(builders, start=1):
        builder.name = f"Table {number}"
        frames += builder.pack()
    return frames


def _told(what: str) -> Notice:
    return Notice(
        "text-only",
        f"This file is {what} under a spreadsheet's name. Every cell was read as text, "
        "so numbers and dates are read from what they look like.",
        "Nothing needs to be done. A real Excel workbook (.xlsx) is safer.",
    )

"""A quick look through the XML of one sheet: how far it reaches, and what a reader would lose.

A reader fills the whole rectangle up to the farthest value and hands back an error or a formula without
a saved result as if the cell were empty. So the raw XML is scanned first, in two ways: a fast scan of
bulk byte counts that gives upper bounds, and, only where a bound is passed or the writer's form is
unusual, an exact one over every cell.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from workload.intake.open.limits import Limits
from workload.intake.open.opened import CellProblem, Merge, column_number
from workload.intake.open.refusals import refuse, too_far, too_wide
from workload.intake.open.style_scan import ColoredRows

if TYPE_CHECKING:
    from workload.intake.open.distinct_cells import DistinctCells, Taken

# What is left of a sheet for counting: capitals become A, white space and ">" a blank, and of all else only
# the letters of the marks below stay. `<c r="AB12" s="3" t="e"><f>` becomes `<c r=AA = t=e <f `.
_KEPT = frozenset(b" '</=Abcdefghilmnrt:")
_SHAPE = bytes(65 if 65 <= b <= 90 else 32 if b in b"\t\r\n>" else b for b in range(256))
_DROPPED = bytes(b for b in range(256) if _SHAPE[b] not in _KEPT)
_ERROR = re.compile(rb'<(?:\w+:)?c\s+r="([A-Z]+)(\d+)"[^>]*\bt="e"[^>]*>(.*?)</(?:\w+:)?c>', re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
_NO_RESULT = (
    rb"(?:<(?:\w+:)?f\b[^>]*/>|<(?:\w+:)?f\b[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_FORMULA = re.compile(rb'<(?:\w+:)?c\s+r="([A-Z]+)(\d+)"([^>]*)>' + _NO_RESULT)
_FORMULA_TAIL = re.compile(_NO_RESULT)
_VALUED = re.compile(rb'<(?:\w+:)?c\s+r="([A-Z]+)(\d+)"[^>/]*>(?=\s*<(?:\w+:)?(?:v|f|is)[\s>/])')
_TOKEN = re.compile(rb"<(?:\w+:)?(?:row(?=[\s>/])([^>]*)|c(?=[\s>/])([^>]*))>(\s*<(?:\w+:)?(?:v|f|is)[\s>/])?")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"[^>]*\bhidden="(?:1|true|on)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']\$?([A-Za-z]+)\$?(\d+)[\"']")
_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d+)[\"']")
_IS_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_IS_TEXT = re.compile(rb"\bt\s*=\s*[\"']str[\"']")
_ROOT = re.compile(rb"<(?:(\w+):)?worksheet[\s>]")

Found = dict[tuple[int, int], CellProblem]


def _excel_error(value: re.Match[bytes] | None) -> CellProblem:
    text = unescape(value.group(1).decode("utf-8", "replace")) if value else "#ERROR"
    return CellProblem("error", text[:32])


class SheetScan:
    """Fed with the sheet's bytes; afterwards holds its extent and everything a reader cannot tell."""

    def __init__(
        self, limits: Limits, styles: dict[bytes, str] | None = None, cells: DistinctCells | None = None
    ) -> None:
        self.limits, self._distinct = limits, cells
        self.colored = ColoredRows(styles or {})
        self.rows = self.columns = self.cells = 0
        self.odd = False
        self.has_formulas = self.has_booleans = False
        self.problems: Found = {}
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.merges: list[Merge] = []
        self._carry = b""
        self._prefix: bytes | None = None

    def feed(self, piece: bytes) -> None:
        """Look at the next piece of the part."""
        block = self._carry + piece if self._carry else piece
        if self._prefix is None:
            self._set_prefix(block)
        cut = block.rfind(self._row)
        if cut <= 0:
            cut = block.rfind(self._cell)
        if cut <= 0 and len(block) < 4 * len(piece):
            self._carry = block
            return
        self._carry = block[cut:] if cut > 0 else b""
        # What stands before a row cannot be a list of merged cells, which follows the last row.
        self._look(block[:cut] if cut > 0 else block, block.startswith(self._row, max(0, cut)))

    def finish(self) -> None:
        """Look at what is left after the last piece."""
        if self._prefix is None:
            self._set_prefix(self._carry)
        self._look(self._carry, False)
        self._carry = b""

    def too_far(self) -> bool:
        """Whether a bound was passed or could not be taken, so that only the exact scan can judge."""
        limits = self.limits
        return (
            self.odd
            or self.rows > limits.rows
            or self.columns > limits.columns
            or self.cells > limits.cells
            or self.rows * self.columns > limits.area
        )

    def _set_prefix(self, block: bytes) -> None:
        root = _ROOT.search(block)
        self._prefix = (root.group(1) + b":") if root and root.group(1) else b""
        self._row, self._cell = b"<" + self._prefix + b"row ", b"<" + self._prefix + b"c "
        prefix = self._prefix.translate(_SHAPE, _DROPPED)
        self._any = b"<" + prefix + b"c "
        self._formula_marks = (b"<" + prefix + b"f ", b"<" + prefix + b"f/")  # not <formula1> of a drop-down
        self._shapes = [self._any + b"r=" + b"A" * n + end for n in (1, 2, 3) for end in (b" ", b"/")]

    def _look(self, block: bytes, before_row: bool) -> None:
        taken = self._distinct.look(block) if self._distinct else None
        if not taken:
            self._search(block, before_row)
            return
        self._rows_taken(block, taken)
        for rest, before in ((block[: taken.start], True), (block[taken.end :], before_row)):
            if rest:
                self._search(rest, before)

    def _rows_taken(self, block: bytes, taken: Taken) -> None:
        """What is known of rows whose cells were taken apart, none of which has a formula."""
        self.rows, self.columns = max(self.rows, taken.rows), max(self.columns, taken.columns)
        self.cells += taken.cells
        self.has_booleans = self.has_booleans or taken.booleans
        self.colored.look(block)
        if taken.errors:
            self._errors(block)
        if taken.hidden:
            self.hidden_rows += map(int, _HIDDEN_ROW.findall(block))

    def _search(self, block: bytes, before_row: bool) -> None:
        shape = block.translate(_SHAPE, _DROPPED)
        self._extent(block, shape)
        self.colored.look(block)
        # Attributes in single quotes are rare, and none of the quick patterns below looks for them.
        # A single sign is found many times faster than a word, and most sheets have none of these.
        self.odd = self.odd or (b"'" in shape and b"='" in shape)
        self.has_booleans = self.has_booleans or (b"b" in shape and b"t=b" in shape)
        if b"e" in shape and b"t=e" in shape:
            self._errors(block)
        if b"f" in shape and any(mark in shape for mark in self._formula_marks):
            self._formulas(block)
        if b"h" in shape and b"hidden=" in shape:
            self.hidden_rows += map(int, _HIDDEN_ROW.findall(block))
            self._columns_hidden(block)
        if not before_row:
            self._merged(block)

    def _extent(self, block: bytes, shape: bytes) -> None:
        cells = shape.count(self._any)
        if not cells:
            return
        self.cells += cells
        narrow = shape.count(self._shapes[0])
        if narrow != cells:
            narrow += shape.count(self._shapes[1])
        if narrow != cells:
            self.odd = self.odd or sum(map(shape.count, self._shapes[2:])) + narrow != cells
            self._widest(block)
        self.columns = max(self.columns, 26)
        last = _NUMBER.search(block, max(0, block.rfind(self._row)))
        if last:
            self.rows = max(self.rows, int(last.group(1)))
        else:
            self.odd = True

    def _widest(self, block: bytes) -> None:
        names = set(re.findall(rb'[<:]c\s+r="([A-Z]{2,4})', block))
        self.columns = max([self.columns, *(column_number(name.decode()) for name in names)])

    def _errors(self, block: bytes) -> None:
        for letters, row, inside in _ERROR.findall(block):
            self.problems[int(row), column_number(letters.decode())] = _excel_error(_VALUE.search(inside))

    def _formulas(self, block: bytes) -> None:
        self.has_formulas = True
        for letters, row, attributes, value in _FORMULA.findall(block):
            if not (value and _IS_TEXT.search(attributes)):
                self.problems[int(row), column_number(letters.decode())] = CellProblem(
                    "formula", "formula without a saved result"
                )

    def _columns_hidden(self, block: bytes) -> None:
        for attributes in _COLUMN.findall(block):
            if re.search(rb'\bhidden="(?:1|true|on)"', attributes):
                low, high = (re.search(rb"\b" + end + rb'="(\d+)"', attributes) for end in (b"min", b"max"))
                if low and high:
                    top = min(int(high.group(1)), self.limits.columns)
                    self.hidden_columns += range(int(low.group(1)), top + 1)

    def _merged(self, block: bytes) -> None:
        for left, top, right, bottom in _MERGE.findall(block):
            if len(self.merges) > self.limits.merges:
                return
            self.merges.append((int(top), column_number(left.decode()), int(bottom), column_number(right.decode())))


class ExactScan:
    """The exact extent of a sheet: only cells that hold a value or a formula count."""

    def __init__(self, name: str, limits: Limits, odd: bool) -> None:
        self.name, self.limits, self.odd = name, limits, odd
        self.rows = self.columns = self.cells = 0
        self.problems: Found = {}
        self._row = self._column = 0
        self._carry = b""

    def feed(self, piece: bytes) -> None:
        """Look at the next piece of the part."""
        block = self._carry + piece
        cut = max(block.rfind(b"<c "), block.rfind(b":c "), block.rfind(b"<row"), block.rfind(b"<c>"))
        if cut <= 0 or len(block) - cut > 4 * len(piece) + 65_536:
            cut = len(block)
        cut = block.rfind(b"<", 0, cut + 1) if cut < len(block) else cut
        self._carry = block[cut:]
        self._look(block[:cut])

    def finish(self) -> None:
        """Look at the rest and refuse a sheet whose values lie too far apart."""
        self._look(self._carry)
        if self.rows * self.columns > self.limits.area:
            raise too_wide(self.name, self.rows, self.columns, self.limits)

    def _look(self, block: bytes) -> None:
        if not self.odd:
            self._look_alike(_VALUED.findall(block))
            return
        for token in _TOKEN.finditer(block):
            row, cell, valued = token.groups()
            if row is not None:
                number = _NUMBER.search(row)
                self._row, self._column = int(number.group(1)) if number else self._row + 1, 0
                continue
            where = _REFERENCE.search(cell)
            at = int(where.group(2)) if where else max(1, self._row)
            self._column = column_number(where.group(1).decode()) if where else self._column + 1
            if valued and not cell.endswith(b"/"):
                self._place(at, self._column)
                self._trouble(at, self._column, cell, block, token)

    def _look_alike(self, found: list[tuple[bytes, bytes]]) -> None:
        """Take all values of a block at once; one by one only if one of them is too far."""
        if not found:
            return
        row = max(map(int, {row for _, row in found}))
        column = max(column_number(letters.decode()) for letters in {letters for letters, _ in found})
        if row > self.limits.rows or column > self.limits.columns:
            for letters, number in found:
                self._place(int(number), column_number(letters.decode()))
        self.cells += len(found) - 1
        self._place(row, column)

    def _place(self, row: int, column: int) -> None:
        limits = self.limits
        if row > limits.rows or column > limits.columns:
            raise too_far(self.name, row, column, limits)
        self.rows, self.columns, self.cells = max(self.rows, row), max(self.columns, column), self.cells + 1
        if self.cells > limits.cells:
            raise refuse("cells", sheet=self.name, limit=limits.cells)

    def _trouble(self, row: int, column: int, cell: bytes, block: bytes, token: re.Match[bytes]) -> None:
        if _IS_ERROR.search(cell):
            self.problems[row, column] = _excel_error(_VALUE.search(block, token.start(3), token.end() + 200))
            return
        tail = _FORMULA_TAIL.match(block, token.start(3) + len(token.group(3)) - len(token.group(3).lstrip()))
        if tail and not (tail.group(1) and _IS_TEXT.search(cell)):
            self.problems[row, column] = CellProblem("formula", "formula without a saved result")

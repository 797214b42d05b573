"""Collects one sheet cell by cell, within the limits, for readers that do not deliver whole rows."""

from __future__ import annotations

from workload.intake.open.limits import Limits
from workload.intake.open.opened import Merge, Notice
from workload.intake.open.refusals import refuse, too_far, too_wide
from workload.intake.open.sheet_codec import Column, pack_sheet


class SheetBuilder:
    """A sheet being read. Rows and columns are 1-based; empty values are not stored."""

    def __init__(self, name: str, limits: Limits, visible: str = "visible") -> None:
        self.name, self.visible, self.limits = name, visible, limits
        self.columns: list[Column] = []
        self.cells = self.rows = 0
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.merges: list[Merge] = []
        self.notices: list[Notice] = []

    def put(self, row: int, column: int, value: object) -> None:
        """Store a value; refuses the file when a limit is passed, naming the cell."""
        if value is None or value == "":
            return
        limits = self.limits
        if row > limits.rows or column > limits.columns:
            raise too_far(self.name, row, column, limits)
        self.cells += 1
        if self.cells > limits.cells:
            raise refuse("cells", sheet=self.name, limit=limits.cells)
        if type(value) is str and len(value) > limits.text_characters:
            raise refuse("long-text", where=f' in row {row} of "{self.name}"', limit=limits.text_characters)
        while len(self.columns) < column:
            self.columns.append(Column())
        self.rows = max(self.rows, row)
        self.columns[column - 1].put(row - 1, value)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Remember a merged range, up to the limit."""
        if (bottom > top or right > left) and len(self.merges) < self.limits.merges:
            self.merges.append((top, left, bottom, right))

    def pack(self) -> list[bytes]:
        """The frames of this sheet; refuses one whose values lie too far apart."""
        if self.rows * len(self.columns) > self.limits.area:
            raise too_wide(self.name, self.rows, len(self.columns), self.limits)
        return pack_sheet(
            self.name, self.visible, 1, self.columns, self.hidden_rows, self.hidden_columns, self.merges, self.notices
        )

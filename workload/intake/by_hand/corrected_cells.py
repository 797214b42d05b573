"""Cells that a person has corrected on the screen: put in before reading, and written back into the user's own file.

edits = Edits().with_edit("roster.xlsx", "Services", 7, "Frequency", "2 x 30 min weekly")
load(files, secret=secret, edits=edits)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from workload.intake.answers.findings import NOTHING, Findings, merged
from workload.intake.answers.import_map import ImportMap
from workload.intake.columns.found_tables import find_tables
from workload.intake.open.opened import Opened, RawSheet
from workload.model.issues import WARNING, Issue

Place = tuple[str, str, int, str]  # file, sheet, sheet row, heading of the column
Spot = tuple[int, str]  # sheet row, heading


@dataclass(frozen=True)
class Edits:
    """New texts of cells, by place. An empty text clears the cell."""

    cells: Mapping[Place, str] = field(default_factory=lambda: MappingProxyType({}))

    def with_edit(self, file: str, sheet: str, row: int, heading: str, text: str) -> Edits:
        """The edits with one more; the last of a cell counts."""
        return replace(self, cells=MappingProxyType({**self.cells, (file, sheet, row, heading): text}))

    def without(self, place: Place) -> Edits:
        return replace(self, cells=MappingProxyType({key: text for key, text in self.cells.items() if key != place}))

    def of(self, file: str, sheet: str) -> dict[Spot, str]:
        """The edits of one sheet by row and heading."""
        return {
            (row, heading): text
            for (in_file, in_sheet, row, heading), text in self.cells.items()
            if (in_file, in_sheet) == (file, sheet)
        }

    @property
    def digest(self) -> str:
        """The same for the same edits, whatever their order; empty without edits."""
        if not self.cells:
            return ""
        listed = sorted([*place, text] for place, text in self.cells.items())
        return hashlib.sha256(json.dumps(listed).encode()).hexdigest()


def spots(sheet: RawSheet, wanted: Iterable[Spot], answers: ImportMap) -> dict[Spot, tuple[int, int]]:
    """Row and heading -> (position of the column, position of the row) in the sheet's cells, for those that exist."""
    tables = find_tables(sheet, answers).tables
    found = {}
    for row, heading in wanted:
        at = row - sheet.first_row
        for table in tables:
            if table.first <= at < table.last and heading in table.headings:
                found[row, heading] = (table.headings.index(heading), at)
    return found


def with_edits(sheet: RawSheet, edits: Mapping[Spot, str], answers: ImportMap) -> tuple[RawSheet, set[Spot]]:
    """The sheet with the new texts in place, and the edits that found their cell. The sheet given stays as it is."""
    places = spots(sheet, edits, answers)
    cells = list(sheet.cells)
    for column in {column for column, _ in places.values()}:
        cells[column] = list(cells[column])
    for spot, (column, at) in places.items():
        cells[column][at] = edits[spot].strip() or None
    return replace(sheet, cells=cells), set(places)


def corrected(opened: Sequence[Opened], edits: Edits, answers: ImportMap) -> tuple[tuple[Opened, ...], Findings]:
    """The files with the corrections in their cells; a warning for every correction whose cell is not there."""
    if not edits.cells:
        return tuple(opened), NOTHING
    made, put = [], set()
    for file in opened:
        sheets = []
        for sheet in file.sheets:
            own = edits.of(file.name, sheet.name)
            sheet, places = with_edits(sheet, own, answers) if own else (sheet, set())
            put |= {(file.name, sheet.name, *place) for place in places}
            sheets.append(sheet)
        made.append(replace(file, sheets=tuple(sheets)))
    read = {each.name for each in opened if each.refusal is None}
    return tuple(made), merged(_lost(place) for place in sorted(edits.cells) if place[0] in read and place not in put)


def _lost(place: Place) -> Issue:
    file, sheet, row, heading = place
    return Issue(
        "correction-lost",
        WARNING,
        "A correction was made for this cell, but the file has no such cell now. The correction was not used.",
        "Make the correction again.",
        file=file,
        sheet=sheet,
        row=row,
        column=heading,
    )

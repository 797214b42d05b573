"""Cells that could not be read, as a list to correct: equal contents of one column stand in it once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.parts.safe_text import plain
from workload.intake.answers.import_map import ImportMap
from workload.intake.by_hand.corrected_cells import Edits, Place, spots
from workload.intake.cells.cells import shown
from workload.intake.open.opened import Opened, RawSheet
from workload.model.columns import TABLES, normalized
from workload.model.issues import NOTICE

if TYPE_CHECKING:
    from workload.intake.load import Loaded

CORRECTED = "You corrected it"
WITHOUT_MINUTES = "No minutes can be taken from this phrase. The student counts, without minutes."
COLUMNS = ["Sheet", "Row", "Column", "As it stands", "Corrected to", "Cells", "Why"]
PEOPLE = ("therapist", "supervisor", "student_id", "student_name", "first_name", "last_name")


@dataclass(frozen=True)
class Cell:
    """One content of a column of a sheet, every place where it stands, and what it was corrected to."""

    places: tuple[Place, ...]
    written: str
    why: str
    corrected: str | None = None


def cells(opened: Sequence[Opened], loaded: Loaded, edits: Edits, answers: ImportMap) -> tuple[Cell, ...]:
    """What to mend: cells with a warning or an error, phrases that give no minutes, and what was corrected."""
    why: dict[Place, str] = dict.fromkeys(edits.cells, CORRECTED)
    for issue in loaded.roster.issues:
        if issue.severity != NOTICE and issue.row and issue.column and issue.value and not _of_people(issue.column):
            why.setdefault((issue.file, issue.sheet, issue.row, issue.column), issue.message)
    for place in _without_minutes(loaded):
        why.setdefault(place, WITHOUT_MINUTES)
    found: list[Cell] = []
    for file in opened:
        for sheet in file.sheets:
            own = {place[2:]: why[place] for place in why if place[:2] == (file.name, sheet.name)}
            found += _in_sheet(file.name, sheet, own, edits, answers) if own else []
    return tuple(found)


def _without_minutes(loaded: Loaded) -> Iterator[Place]:
    """Phrases from which no minutes could be taken, by their places."""
    services = loaded.roster.services
    phrases = [
        (file.name, sheet.name, column.heading)
        for file in loaded.files
        for sheet in file.sheets
        for table in sheet.tables
        for column in table.columns
        if column.name == "frequency_text"
    ]
    silent = services[services["total_minutes"].isna() & services["as_written"].notna()]
    for file, sheet, row in zip(silent["file"], silent["sheet"], silent["row"], strict=True):
        yield from ((file, sheet, int(row), heading) for of, tab, heading in phrases if (of, tab) == (file, sheet))


def _of_people(heading: str) -> bool:
    """Whether a column holds people: names are corrected in the file, not shown on the screen."""
    name = normalized(heading).replace(" ", "_")
    return name in PEOPLE or any(
        name == normalized(alias).replace(" ", "_")
        for table in TABLES
        for column in table.columns
        if column.name in PEOPLE
        for alias in column.names
    )


def _in_sheet(
    file: str, sheet: RawSheet, why: dict[tuple[int, str], str], edits: Edits, answers: ImportMap
) -> list[Cell]:
    """The contents of one sheet; each is looked for in the whole column under its heading."""
    found: dict[tuple[str, str], Cell] = {}
    for (row, heading), (column, at) in spots(sheet, why, answers).items():
        written = shown(sheet.cells[column][at]) if sheet.cells[column][at] is not None else ""
        if (heading, written) in found:
            continue
        alike = (
            [
                sheet.first_row + other
                for other, value in enumerate(sheet.cells[column])
                if value is not None and shown(value) == written
            ]
            if written
            else [row]
        )
        here = sorted(spots(sheet, [(other, heading) for other in alike], answers))
        found[heading, written] = Cell(
            tuple((file, sheet.name, *place) for place in here),
            written,
            why[row, heading],
            edits.cells.get((file, sheet.name, row, heading)),
        )
    return sorted(found.values(), key=lambda cell: cell.places[0][2])


def table(listed: Sequence[Cell]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Sheet": plain(cell.places[0][1]),
                "Row": cell.places[0][2],
                "Column": plain(cell.places[0][3]),
                "As it stands": plain(cell.written),
                "Corrected to": cell.corrected,
                "Cells": len(cell.places),
                "Why": plain(cell.why, 600),
            }
            for cell in listed
        ],
        columns=COLUMNS,
    ).astype({"Corrected to": object})


def with_correction(edits: Edits, cell: Cell, text: str | None) -> Edits:
    """The edits with this content corrected in all its places; without a text the file's own cell is back."""
    for place in cell.places:
        edits = edits.with_edit(*place, text.strip()) if text and text.strip() else edits.without(place)
    return edits

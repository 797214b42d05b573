"""Notes that stand under a list of people or schools, in the column of their names: they are nobody's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workload.intake.answers.row_findings import Kept, of_rows
from workload.intake.blocks.band_rows import OF_NOBODY
from workload.intake.blocks.data_rows import Block
from workload.intake.cells.cells import tidy
from workload.intake.open.opened import Value
from workload.model.issues import WARNING

NOTE = "note"
NAMES = {"therapists": "therapist", "schools": "school"}
BEGINS = re.compile(r"[*\u2020\u2021\u2022]|(?:foot)?not(?:es?|as?)\s*[:.]|please\s|n\.?b\.?\s|see\s", re.IGNORECASE)
DATE = re.compile(r"\b\d{1,2}/\d{1,2}\b")
SENTENCE = re.compile(r"(?:\S+\s+){5,}\S*[a-z]{4,}[.!?]|(?:\S+\s+){3,}.*[;:]\s.*")
FEWEST_WORDS = 3  # of a text with a date in it that is a note and no name


def without_notes(block: Block, cells: Mapping[str, Sequence[Value]], at: Sequence[int]) -> Kept:
    """The rows at these positions that are no notes. What is left out is told: a note may speak of a leave or a post."""
    name = NAMES.get(block.table, "")
    if name not in cells or len(cells) < 2:  # in a list of names alone nothing tells a note from a name
        return Kept(at)
    others = [values for other, values in cells.items() if other != name]
    notes = [each for each in at if is_note(cells[name][each]) and all(one[each] in (None, "") for one in others)]
    said = of_rows(
        block,
        notes,
        "note-row",
        WARNING,
        f"What stands in {{rows}} of this list reads as a note, not as a {name}, and is not counted",
        "Where a note speaks of a leave, a post or a school, say so in a row and column of its own.",
        column=block.heading(name),
    )
    out = set(notes)
    return Kept([each for each in at if each not in out], {NOTE: len(notes)}, said)


def is_note(cell: Value) -> bool:
    """Whether a text that stands alone in its row is a note: "* students in italics", "KR on leave 11/2 - 1/8"."""
    text = tidy(cell) if isinstance(cell, str) else ""
    words = len(text.split())
    begins = BEGINS.match(text) is not None and words > 1
    dated = DATE.search(text) is not None and words >= FEWEST_WORDS
    return bool(text) and (begins or dated or bool(OF_NOBODY.fullmatch(text)) or bool(SENTENCE.fullmatch(text)))

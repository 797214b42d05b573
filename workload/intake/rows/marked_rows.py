"""Marks beside a number or a name ("30*", "Ames, Tia *"): a list explains them in a note, which a person has to read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workload.intake.answers.findings import Question
from workload.intake.answers.import_map import GONE, ImportMap
from workload.intake.answers.row_findings import Kept, told_and_asked
from workload.intake.blocks.data_rows import Block
from workload.intake.cells.cells import MARKS
from workload.intake.columns.amount_names import AMOUNT_NAMES
from workload.intake.open.opened import Value
from workload.model.coded_list import places, possible

MARKED, NOTHING_SAID, CONSULT = "marked-rows", "nothing", "consult"
ENDS = tuple(MARKS)
LETTER = re.compile(r"\w.*\s?\(([A-Za-z]{1,2})\)\s*")  # "Ames, Tia (C)", where the list itself says what C is
EXPLAINED = re.compile(r"\(?([A-Za-z]{1,2})\)?\s*(?:=|:|[-\u2013]\s)\s*[A-Za-z].*")  # "(C) = consult only"
WHO = ("student_id", "student_name", "last_name")


def marked(block: Block, rows: Sequence[int], answers: ImportMap) -> Kept:
    """The rows without those whose mark says, as answered, that nobody is served. Asked once for the file.

    A mark in every row, or on no number and no name, says nothing of a row.
    """
    at = _marked(block, rows)
    answer = answers.answers.get(MARKED, "")
    if not at or len(at) == len(rows) or answer in (NOTHING_SAID, CONSULT):
        return Kept(rows)
    if answer == GONE:
        out = set(at)
        return Kept([each for each in rows if each not in out], {"not-active": len(out)})
    question = Question(
        f"file:{MARKED}",
        "A mark such as * or (C) stands beside a number or name in some rows. A note in the file may explain it. What does it say?",
        (
            (NOTHING_SAID, "Nothing about the service: read these rows like the others"),
            (CONSULT, "Their service is consultation"),
            (GONE, "They are not served now: leave these rows out"),
        ),
        applied=NOTHING_SAID,
    )
    told = "A mark such as * or (C) stands beside a number or name in {rows}. They are read like the others"
    remedy = "Answer the question about these marks."
    return Kept(rows, said=told_and_asked(block, at, MARKED, told, remedy, question))


def consult_by_mark(
    block: Block, rows: Sequence[int], cells: Mapping[str, Sequence[Value]], answers: ImportMap
) -> Mapping[str, Sequence[Value]]:
    """The cells with consultation as the delivery of marked rows, where a person has said that the mark means it."""
    at = set(_marked(block, rows)) if answers.answers.get(MARKED) == CONSULT else ()
    if not at:
        return cells
    own = cells.get("delivery") or [None] * len(rows)
    return {**cells, "delivery": [CONSULT if row in at else cell for row, cell in zip(rows, own, strict=True)]}


def _marked(block: Block, rows: Sequence[int]) -> list[int]:
    found: set[int] = set()
    for name in block.cells:
        if name.partition("@")[0] in AMOUNT_NAMES or name in WHO:
            texts = [value for value in possible(block.cells[name]) if type(value) is str]
            told = {note[1].casefold() for text in texts if (note := EXPLAINED.fullmatch(text.strip()))}
            ends = [text for text in texts if not text.isdigit() and text.rstrip().endswith(ENDS)]
            texts = ends + [
                text for text in texts if told and (of := LETTER.fullmatch(text)) and of[1].casefold() in told
            ]
            found.update(
                places(block.cells[name], {text for text in texts if any(map(str.isalnum, text))})
            )  # not "*" alone
    return sorted(found.intersection(rows)) if found else []

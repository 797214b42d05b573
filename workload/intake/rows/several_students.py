"""Cells that name several students, "Abel, Byrd, Cole" under Students: nothing is counted until a person says how."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workload.intake.answers.findings import NOTHING, Findings, Question
from workload.intake.answers.import_map import ImportMap
from workload.intake.answers.row_findings import told_and_asked
from workload.intake.blocks.data_rows import Block
from workload.intake.open.opened import Value
from workload.intake.rows.which_rows import is_blank

SIGNS, COMMAS = re.compile(r"\s*[;&\n]\s*|\s+and\s+"), re.compile(r"\s*[;&\n,]\s*|\s+and\s+")
PLURAL = re.compile(r"\b(?:students|pupils|kids|children|names|members)\b", re.IGNORECASE)
WRAPPED = re.compile(r",\s*\n\s*")  # "Doe,\nJane": one name in two lines of a cell
STUDENTS, TOGETHER, ALONE, ONE = "students-in-cells", "together", "alone", "one"


def _named(block: Block) -> tuple[str, list[list[str]]]:
    """The column of students, and for each row the students that its cell names where it names several."""
    name = next((each for each in ("student_name", "student_id") if each in block.cells), "")
    texts = {
        text
        for text in (block.distinct(name) if name else ())
        if isinstance(text, str) and not text.isdigit() and not any(map(str.isdigit, text))
    }
    # "Last, First" has a comma as well: only a list with two of them, under Students, makes all commas lists.
    lists = any(text.count(",") > 1 for text in texts) and PLURAL.search(block.heading(name))
    apart = COMMAS if lists else SIGNS
    parts = {text: [part for part in apart.split(WRAPPED.sub(", ", text)) if part.strip()] for text in texts}
    several = {text: names for text, names in parts.items() if len(names) > 1}
    return name, [
        several.get(cell, []) if isinstance(cell, str) else [] for cell in block.cells[name]
    ] if several else []


def one_row_each(block: Block, answers: ImportMap) -> Block:
    """The block with a row for each student of such cells, where a person has said that each gets what the row says."""
    answer = answers.answers.get(STUDENTS, "")
    name, named = _named(block) if answer in (TOGETHER, ALONE) else ("", [])
    if not named:
        return block
    rows = [(at, who) for at, names in enumerate(named) for who in names or [""]]
    at_row = [at for at, _ in rows]
    cells = {key: [values[at] for at in at_row] for key, values in block.cells.items()}
    cells[name] = [who or block.cells[name][at] for at, who in rows]
    if answer == TOGETHER:
        of_group: dict[str, list[Value]] = {
            "delivery": ["group" if who else None for _, who in rows],
            "group_id": [f"{block.sheet} {block.sheet_rows[at]}" if who else None for at, who in rows],
        }
        for key, said in of_group.items():
            own = cells.get(key, said)
            cells[key] = [other if is_blank(value) else value for value, other in zip(own, said, strict=True)]
    sheet_rows: Sequence[int] = [block.sheet_rows[at] for at in at_row]
    return replace(block, cells=cells, sheet_rows=sheet_rows, read=block.read + len(rows) - len(named))


def rows_of_several(block: Block, answers: ImportMap) -> set[int]:
    """Rows whose cell names several students; none where a person has said that each is one with such a name."""
    if answers.answers.get(STUDENTS) == ONE:
        return set()
    return {at for at, names in enumerate(_named(block)[1]) if names}


def ask_several(block: Block, at: Iterable[int]) -> Findings:
    """What such rows wait for: one question for the file."""
    rows = sorted(at)
    if not rows:
        return NOTHING
    heading = block.heading(_named(block)[0])
    question = Question(
        f"file:{STUDENTS}",
        f"Some cells of {heading} name several students. What does such a row say?",
        (
            (TOGETHER, "They are one group: each of them gets these minutes, together"),
            (ALONE, "Each of them gets these minutes alone"),
            (ONE, "It is one student, whose name is written that way"),
        ),
        suggestion=TOGETHER,
    )
    told = f"{heading} names several students in {{rows}}, so nothing is counted from it"
    remedy = "Answer the question about these rows, or give each student a row."
    return told_and_asked(block, rows, "students-several", told, remedy, question, heading)

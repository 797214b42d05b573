"""Cells that hold several services, "OT 30 min/wk; ST 60 min/wk": the part of occupational therapy is read."""

from __future__ import annotations

import re

from workload.intake.answers.findings import NOTHING, Findings
from workload.intake.answers.row_findings import of_rows
from workload.intake.blocks.data_rows import Block
from workload.intake.cells.service_filter import OT, OT_WORDS, OTHER_WORDS
from workload.intake.open.opened import Value
from workload.model.issues import NOTICE

APART = re.compile(r"\s*(?:;|\n|\||,|\+|&)\s*")
SPEECH = re.compile(r"\bs/?t\b", re.IGNORECASE)  # too short a word to mean speech anywhere but at the head of an amount
WITH_NUMBER = re.compile(r"\d")


def of_each_service(text: Value) -> tuple[str, str] | None:
    """(what the cell says of OT, the services that it names) where every part of it names one; None for other cells."""
    if not isinstance(text, str):
        return None
    parts = [part for part in APART.split(text) if part.strip()]
    ours = [part for part in parts if OT_WORDS.search(part)]
    others = [part for part in parts if part not in ours and (OTHER_WORDS.search(part) or SPEECH.match(part.strip()))]
    if not others or len(ours) + len(others) < len(parts) or not all(map(WITH_NUMBER.search, parts)):
        return None
    named = OTHER_WORDS.search(others[0])
    return "; ".join(ours), OT if ours else named[0] if named else "speech"


def with_our_part(block: Block) -> tuple[Block, Findings]:
    """The block with the part of occupational therapy of each such cell; a row without one is another service's."""
    cells = [] if "service" in block.cells else block.cells.get("frequency_text", [])
    known = {cell: said for cell in dict.fromkeys(cells) if (said := of_each_service(cell))}
    if not known:
        return block, NOTHING
    parts = [known.get(cell, (cell, None)) for cell in cells]
    return block.with_cells(
        frequency_text=[ours or None for ours, _ in parts], service=[service for _, service in parts]
    ), of_rows(
        block,
        [at for at, cell in enumerate(cells) if cell in known],
        "several-services",
        NOTICE,
        "Cells name other services beside occupational therapy in {rows}. Only its own part is read",
        "Nothing to do if that is so.",
        column=block.heading("frequency_text"),
    )

"""Cells that hold several services, "OT 30 min/wk; ST 60 min/wk": the part of occupational therapy is read."""

from __future__ import annotations

import re

from workload.intake.checks.findings import Findings
from workload.intake.open.opened import Value
from workload.intake.rows.data_rows import Block
from workload.intake.rows.service_filter import OT, OT_WORDS, OTHER_WORDS
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


def keep_our_part(block: Block, found: Findings) -> None:
    """Leave of each such cell the part of occupational therapy; a row without one belongs to the other service."""
    cells = block.cells.get("frequency_text")
    if cells is None or "service" in block.cells:
        return
    known = {cell: said for cell in set(cells) if (said := of_each_service(cell))}
    if not known:
        return
    at = [place for place, cell in enumerate(cells) if cell in known]
    services: list[Value] = [None] * len(cells)
    for place in at:
        services[place] = known[cells[place]][1]
        cells[place] = known[cells[place]][0] or None
    block.cells["service"] = services
    found.rows(
        "several-services",
        NOTICE,
        block,
        at,
        "Cells name other services beside occupational therapy in {rows}. Only its own part is read",
        "Nothing to do if that is so.",
        column=block.heading("frequency_text"),
    )

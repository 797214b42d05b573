"""Cells that hold several services, "OT 30 min/wk; ST 60 min/wk": the part of occupational therapy is read."""

from __future__ import annotations

import re

from workload.intake.answers.findings import NOTHING, Findings
from workload.intake.answers.row_findings import of_rows
from workload.intake.blocks.data_rows import Block
from workload.intake.cells.near_names import OF_OTHERS, of_our_service, several_people
from workload.intake.cells.service_filter import OT, OT_WORDS, OTHER_WORDS
from workload.intake.columns.heading_meaning import AMOUNTS
from workload.intake.columns.heading_meaning import said as facts_said
from workload.intake.open.opened import Value
from workload.model.issues import NOTICE

APART = re.compile(r"\s*(?:;|\n|\||,|\+|&)\s*")
SPEECH = re.compile(r"\bs/?t\b", re.IGNORECASE)  # too short a word to mean speech anywhere but at the head of an amount
CONSULTS = re.compile(
    r"\b(?:consult\w*|collab\w*|indirect)\b.*\b(?:teachers?|staff|paras?\w*|team|aides?)\b", re.IGNORECASE
)
WITH_NUMBER = re.compile(r"\d")


def of_each_service(text: Value) -> tuple[str, str] | None:
    """(what the cell says of OT, the services that it names) where every part of it names one; None for other cells."""
    if not isinstance(text, str):
        return None
    parts = [part for part in APART.split(text) if part.strip()]
    ours = [part for part in parts if OT_WORDS.search(part)]
    # "consult 15 min/mo with teacher" is ours, whomever it is with
    ours = [part for part in parts if part in ours or ours and CONSULTS.search(part)]
    others = [part for part in parts if part not in ours and (OTHER_WORDS.search(part) or SPEECH.match(part.strip()))]
    if not others or len(ours) + len(others) < len(parts) or not all(map(WITH_NUMBER.search, parts)):
        return None
    named = OTHER_WORDS.search(others[0])
    return "; ".join(ours), OT if ours else named[0] if named else "speech"


def by_profession(block: Block) -> Block:
    """The block with the profession behind its therapists' names as the service, "Moss, Ray (SLP)", where nothing else
    says of which service a row is."""
    of_ot = any(facts_said(column.heading).is_ot for column in block.found.columns if column.name in AMOUNTS)
    if "service" in block.cells or "therapist" not in block.cells or of_ot:
        return block
    known: dict[object, str] = {
        cell: found[0].strip(" (),")
        for cell in block.distinct("therapist")
        if isinstance(cell, str)
        and not several_people(cell)
        and of_our_service(cell) == cell
        and (found := OF_OTHERS.search(cell))
    }
    return block.with_cells(service=[known.get(cell) for cell in block.cells["therapist"]]) if known else block


def with_our_part(block: Block) -> tuple[Block, Findings]:
    """The block with the part of occupational therapy of each such cell; a row without one is another service's."""
    block = by_profession(block)
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

"""Which rows are occupational therapy, in a file that holds several services."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from workload.intake.rows.cells import is_missing, shown

OT, OTHER, UNSURE = "OT", "other", "unsure"
OT_CODES = frozenset({"450"})  # California's code of occupational therapy
# Whole words only: "ot" stands inside "emotional" and "other".
OT_WORDS = re.compile(
    r"\b(?:ot|o\.\s?t\.?|otr(?:/l)?|ota|cota|occ(?:up)?\.?\s+therap\w*|occupational\s+therap\w*|occupational$)(?![\w])",
    re.IGNORECASE,
)
OT_SPELLED = ("occupational therapy", "occupational therapist", "occupational")
OTHER_WORDS = re.compile(
    r"\b(?:speech|slp|slt|physical|pt|counsel\w*|nurs\w*|academic|instruction|sai|para\w*|aide|transport\w*|vision|"
    r"audiolog\w*|behavior\w*|social|psycholog\w*|adapted|ape|orientation|mobility|deaf|vocational|transition|tutoring|"
    r"interpreter|music|recreation\w*)\b",
    re.IGNORECASE,
)
NEAR, LIKE_A_WORD = 80, 6


@dataclass(frozen=True)
class Filtered:
    """Which rows stay, what the others were, and which spellings were kept as near misses."""

    is_ot: Sequence[bool]
    others: Mapping[str, int] = field(default_factory=dict)
    unsure: Mapping[str, Sequence[int]] = field(default_factory=dict)  # spelling -> positions, kept


def service_kind(text: str | None, answers: Mapping[str, str]) -> str:
    """OT, other, or unsure (a near miss such as "Occupational Thearpy"). Blank means OT."""
    if text is None:
        return OT
    if text in answers:
        return OT if answers[text] == OT else OTHER
    code = re.match(r"\d+", text)
    if code and (code[0] in OT_CODES or (text == code[0] and code[0].lstrip("0") in OT_CODES)):
        return OT
    if OT_WORDS.search(text):
        return OT
    words = text.casefold()
    near = max(fuzz.partial_ratio(words, spelled) if len(words) >= LIKE_A_WORD else 0 for spelled in OT_SPELLED)
    if near >= NEAR and not OTHER_WORDS.search(text):
        return UNSURE
    return OTHER


def filter_services(cells: Sequence[object], answers: Mapping[str, str]) -> Filtered:
    """Keep the rows of occupational therapy. Each distinct spelling is decided once."""
    texts = {cell: None if cell is None or is_missing(shown(cell)) else shown(cell) for cell in set(cells)}
    kinds = {cell: service_kind(text, answers) for cell, text in texts.items()}
    if all(kind == OT for kind in kinds.values()):
        return Filtered([True] * len(cells))
    others = Counter(texts[cell] for cell in cells if kinds[cell] == OTHER)
    unsure: dict[str, list[int]] = {}
    for at, cell in enumerate(cells):
        if kinds[cell] == UNSURE:
            unsure.setdefault(texts[cell], []).append(at)
    return Filtered([kinds[cell] != OTHER for cell in cells], dict(others), unsure)

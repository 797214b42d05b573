"""Which rows are occupational therapy, in a file that holds several services."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from workload.intake.cells.cells import is_missing, shown
from workload.model.coded_list import constant, distinct

OT, OTHER, UNSURE, NO_DISCIPLINE = "OT", "other", "unsure", "no-discipline"
OT_CODES = frozenset({"450"})  # California's code of occupational therapy
# Whole words only: "ot" stands inside "emotional" and "other".
OT_WORDS = re.compile(
    r"\b(?:ot|o\.\s?t\.?|otr(?:/l)?|ota|cota|occ(?:up)?\.?\s?ther\w*|occupational\s+ther\w*|"
    r"occupational$|terap\w*\s+ocupacional)(?![\w])",
    re.IGNORECASE,
)
OT_SPELLED = ("occupational therapy", "occupational therapist", "occupational")
OTHER_WORDS = re.compile(
    r"^(?:s/?t|s[/-]?l|sp|vi|hi|dhh|o\s?&\s?m|om|aud|tod|psy|sw)(?:[\s/_-]+[igcd])?$|\b(?:speech|spch|slp|slpa|slt|s/l|lang|language|phys|physical|pt|pta|counsel\w*|nurs\w*|health|academic|instruction\w*|sai|sdi|para\w*|aide|"
    r"transport\w*|vision|tvi|visually|audiolog\w*|behavior\w*|bcba|aba|social|psych\w*|adapted|adaptive|ape|orientation|"
    r"mobility|deaf|hearing|vocational|transition|tutoring|interpreter|music|recreation\w*|resource|special ed\w*|sped|special class|"
    r"consultant teacher|teacher|reading|math\w*|writing|inclusion|rsp|assistive|mental|job coach\w*|lcsw|lmsw|msw|dpt|mpt|ccc|principal|"
    r"secretary|coordinator of special|specialized|gen(?:eral)? ed\w*|self.contained|life skills|homebound)\b",
    re.IGNORECASE,
)
NEAR, LIKE_A_WORD = 80, 6


@dataclass(frozen=True)
class Filtered:
    """Which rows stay, what the others were, and which spellings were kept as near misses or name no discipline."""

    is_ot: Sequence[bool]
    others: Mapping[str, int] = field(default_factory=dict)
    unsure: Mapping[str, Sequence[int]] = field(default_factory=dict)  # spelling -> positions, kept
    nameless: Mapping[str, Sequence[int]] = field(default_factory=dict)  # spelling without a discipline -> positions
    nameless_kept: bool = True


def service_kind(text: str | None, answers: Mapping[str, str]) -> str:
    """OT, other, unsure (a near miss such as "Occupational Thearpy"), or words that name no discipline. Blank means OT."""
    if text is None:
        return OT
    if text in answers:
        return OT if answers[text] == OT else OTHER
    code = re.match(r"\d+", text)
    if code and (code[0] in OT_CODES or (text == code[0] and code[0].lstrip("0") in OT_CODES)):
        return OT
    if OT_WORDS.search(text):
        return OT
    if OTHER_WORDS.search(text) or code:
        return OTHER
    words = text.casefold()
    near = max(fuzz.partial_ratio(words, spelled) if len(words) >= LIKE_A_WORD else 0 for spelled in OT_SPELLED)
    return UNSURE if near >= NEAR else NO_DISCIPLINE


def filter_services(cells: Sequence[object], answers: Mapping[str, str]) -> Filtered:
    """Keep the rows of occupational therapy. Each distinct spelling is decided once.

    Words that name no discipline ("Direct", "Related service") are left out where other rows name occupational therapy,
    and kept where none does.
    """
    texts = {cell: None if cell is None or is_missing(shown(cell)) else shown(cell) for cell in distinct(cells)}
    kinds = {cell: service_kind(text, answers) for cell, text in texts.items()}
    if all(kind == OT for kind in kinds.values()):
        return Filtered(constant(True, len(cells)))
    nameless_kept = not any(kinds[cell] in (OT, UNSURE) and texts[cell] is not None for cell in kinds) and not any(
        kind == OTHER for kind in kinds.values()
    )
    stays = {cell: kind in (OT, UNSURE) or (kind == NO_DISCIPLINE and nameless_kept) for cell, kind in kinds.items()}
    others = Counter(texts[cell] or "" for cell in cells if not stays[cell])
    unsure: dict[str, list[int]] = {}
    nameless: dict[str, list[int]] = {}
    for at, cell in enumerate(cells):
        if kinds[cell] in (UNSURE, NO_DISCIPLINE):
            (unsure if kinds[cell] == UNSURE else nameless).setdefault(texts[cell] or "", []).append(at)
    return Filtered([stays[cell] for cell in cells], dict(others), unsure, nameless, nameless_kept)

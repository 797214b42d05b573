"""How long a text may be where the room on paper has an end."""

from __future__ import annotations

from workload.report.table_files import for_a_cell

LONGEST_WORDS = 220  # of a text that somebody typed; longer ones end in "…"
LONGEST_NAME = 90
LONGEST_SCHOOL = 60


def shorter(text: str, longest: int = LONGEST_WORDS) -> str:
    """A text of at most so many characters, on one line."""
    text = for_a_cell(" ".join(for_a_cell(text).split()))
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"

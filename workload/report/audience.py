"""Who a packet is for, and what that person may hold: the one table that decides it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

BRIEF, DECK, WORKBOOK, TABLES, FORMS, CORRECTIONS = "brief", "deck", "workbook", "tables", "forms", "corrections"
INTERNAL_WORDS = "INTERNAL: holds small counts or student rows. Do not publish."


@dataclass(frozen=True)
class Audience:
    """A reader: what they are called, whether the packet stays inside, and its parts.

    An internal packet says INTERNAL on each page and may show small counts, pseudonymous rows and one line for each
    post (under a code). Any other packet goes through the gate and shows none of them.
    """

    code: str
    label: str
    internal: bool
    parts: tuple[str, ...]
    why: str

    @property
    def mark(self) -> str:
        """What stands on each page of an internal packet; empty for the others."""
        return INTERNAL_WORDS if self.internal else ""


AUDIENCES: Mapping[str, Audience] = MappingProxyType(
    {
        one.code: one
        for one in (
            Audience(
                "board",
                "School board and public",
                False,
                (BRIEF, DECK, TABLES, FORMS),
                "Decides on money; what a board receives is public.",
            ),
            Audience(
                "superintendent",
                "Superintendent and cabinet",
                True,
                (BRIEF, DECK, WORKBOOK, FORMS),
                "Answers for the numbers and may see every one of them.",
            ),
            Audience(
                "team",
                "OT team",
                True,
                (BRIEF, DECK, CORRECTIONS),
                "Each therapist corrects one's own week; nobody gets a list of colleagues.",
            ),
            Audience("union", "Union", False, (BRIEF, DECK, TABLES), "Speaks for all posts; holds no rows about one."),
            Audience(
                "auditor",
                "Auditor or business office",
                True,
                (BRIEF, WORKBOOK, TABLES, FORMS),
                "Checks the arithmetic down to the rows.",
            ),
        )
    }
)

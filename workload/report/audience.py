"""Who a packet is for: the documents of each reader, the sections of each document, and what that reader may see.

The one table that decides it. A document is a page, slides or files; its sections stand in `workload.report.sections`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

PAGE, SLIDES, LETTERS = "page", "slides", "letters"
WORKBOOK, MONEY, TABLES, FORMS, CORRECTIONS = "workbook", "money", "tables", "forms", "corrections"
INTERNAL_WORDS = "INTERNAL: holds small counts or student rows. Do not publish."


@dataclass(frozen=True)
class Document:
    """One document of a packet.

    kind      page (PDF), slides (pptx), letters (a PDF each person), or files: workbook, money, tables, forms, corrections
    file      its name without ending; `label` what it is called; what a reader finds in it says `data/language`
    sections  codes of sections in their order; on a page those before `FIRST_PAGE` stand on page one
    """

    kind: str
    file: str
    label: str
    sections: tuple[str, ...] = ()


FIRST_PAGE = "---"  # in the sections of a page: what comes before it stands on page one


@dataclass(frozen=True)
class Audience:
    """A reader: what they are called, whether the packet stays inside, and its documents.

    An internal packet says INTERNAL on each page. Who sees all may see small counts, pseudonymous rows and one line for
    each post (under a code); everything else goes through the gate, also in a packet that is internal because each person
    of the team holds rows of one's own.
    """

    code: str
    label: str
    internal: bool
    documents: tuple[Document, ...]
    why: str
    gated: bool = False

    @property
    def sees_all(self) -> bool:
        """Whether the gate is open."""
        return self.internal and not self.gated

    @property
    def mark(self) -> str:
        """What stands on each page of an internal packet; empty for the others."""
        return INTERNAL_WORDS if self.internal else ""


TABLE_FILES = Document(TABLES, "tables", "Tables")
STATE_FORM = Document(FORMS, "state-form", "Form of the state")
AUDIT_BOOK = Document(WORKBOOK, "audit-workbook", "Audit workbook")
CHECKED = ("standing", "counted", "limits", "glossary")
BOARD_SLIDES = (
    *("decision", "pair", "bridge", "options", "schools", "waiting", "influence", "questions", "motion", "steps"),
    *("limits", "school_table", "methods", "assumptions", "counted", "standing", "glossary"),
)

AUDIENCES: Mapping[str, Audience] = MappingProxyType(
    {
        one.code: one
        for one in (
            Audience(
                "board",
                "School board and public",
                False,
                (
                    Document(
                        PAGE,
                        "decision-memo",
                        "Decision memo",
                        ("decision", "bridge", "pair", FIRST_PAGE, "options", "motion", "waiting", "schools")
                        + ("steps", "law", *CHECKED),
                    ),
                    Document(SLIDES, "slides", "Slides for fifteen minutes", BOARD_SLIDES),
                    TABLE_FILES,
                    STATE_FORM,
                ),
                "Decides on money; what a board receives is public.",
            ),
            Audience(
                "superintendent",
                "Superintendent and cabinet",
                True,
                (
                    Document(
                        PAGE,
                        "cabinet-memo",
                        "Memo for the cabinet",
                        ("decision", "bridge", "risks", FIRST_PAGE, "options", "waiting", "timeline", "talking")
                        + ("questions", "outcomes", "schools", "hours", "law", "methods", "gauges", *CHECKED),
                    ),
                    Document(
                        SLIDES,
                        "slides",
                        "Slides for the cabinet",
                        ("decision", "risks", "bridge", "options", "timeline", "talking", "hours", "outcomes")
                        + BOARD_SLIDES[4:],
                    ),
                    AUDIT_BOOK,
                    STATE_FORM,
                ),
                "Answers for the numbers and may see every one of them.",
            ),
            Audience(
                "business",
                "Business office",
                True,
                (
                    Document(
                        PAGE,
                        "money-sheet",
                        "Money sheet",
                        ("decision", "money", FIRST_PAGE, "way", "turnover", "options", "waiting")
                        + ("money_law", "standing", "glossary"),
                    ),
                    Document(MONEY, "money", "Workbook of money and options"),
                ),
                "Prices the posts; needs dates, funds and rates, and no student.",
            ),
            Audience(
                "union",
                "Union",
                False,
                (
                    Document(
                        PAGE,
                        "union-sheet",
                        "Sheet for the union",
                        ("overfull", "agreement", "planning", FIRST_PAGE, "unpaid", "bridge", "hours", "law", *CHECKED),
                    ),
                    TABLE_FILES,
                ),
                "Speaks for all posts; holds no rows about one, and nobody is named.",
            ),
            Audience(
                "team",
                "OT team",
                True,
                (
                    Document(
                        PAGE,
                        "team-sheet",
                        "Sheet for the team",
                        ("team_check", "pair", "hours", FIRST_PAGE, "overfull", "planning", "limits", "glossary"),
                    ),
                    Document(CORRECTIONS, "corrections", "Correction sheets"),
                ),
                "Each therapist corrects their own week; nobody gets a list of colleagues.",
                gated=True,
            ),
            Audience(
                "therapist",
                "Each therapist's own letter",
                True,
                (Document(LETTERS, "letter", "Letters", ("own_week", "own_check", FIRST_PAGE)),),
                "Reads their own week before anybody else speaks about it.",
                gated=True,
            ),
            Audience(
                "auditor",
                "Auditor",
                True,
                (
                    Document(
                        PAGE,
                        "audit-note",
                        "Note for the audit",
                        ("counted", "checks", FIRST_PAGE, "standing", "assumptions", "methods", "gauges", "limits"),
                    ),
                    AUDIT_BOOK,
                    TABLE_FILES,
                    STATE_FORM,
                ),
                "Checks the arithmetic down to the rows.",
            ),
            Audience(
                "families",
                "Families and press",
                False,
                (
                    Document(
                        PAGE,
                        "families",
                        "Page for families and press",
                        ("plain_what", "plain_child", "plain_ask", "press", FIRST_PAGE),
                    ),
                ),
                "Wants to know what it means for children, on one page.",
            ),
        )
    }
)

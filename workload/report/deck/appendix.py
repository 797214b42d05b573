"""The appendix of the deck: every school, the assumptions with their sources, other methods, limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workload.model.parameters import parameters
from workload.model.words import shown
from workload.report.deck.canvas import MARGIN, TOP, WIDTH, Deck
from workload.report.lengths import shorter
from workload.report.reader_view import View
from workload.report.story import in_unit

INSIDE = WIDTH - 2 * MARGIN
PLACE = (MARGIN, TOP + 0.1, INSIDE, 5.0)
SCHOOLS_A_SLIDE, ASSUMPTIONS_A_SLIDE, METHODS_A_SLIDE = 13, 9, 8
MOST_SCHOOLS = 60  # beyond it the table is in the files


def pages(rows: Sequence, size: int) -> Iterator[tuple[str, Sequence]]:
    """Parts of some rows with " (1 of 3)" for the title, nothing for a single part."""
    count = -(-len(rows) // size)
    for at in range(count):
        yield (f" ({at + 1} of {count})" if count > 1 else ""), rows[at * size : (at + 1) * size]


def schools(deck: Deck, view: View, notes: str) -> None:
    """Every school that may be shown, in alphabetical order, and the rest together."""
    rows = [
        [
            shorter(row["school"], 60),
            view.gate.count(row["caseload"]),
            view.gate.hours_words(row["workload_hours"]),
            *(view.gate.fte_words(row[name]) for name in ("required_fte", "available_fte", "gap_fte")),
        ]
        for _, row in view.school_rows.head(MOST_SCHOOLS).iterrows()
    ]
    for part, some in pages(rows, SCHOOLS_A_SLIDE):
        slide = deck.slide(
            f"Appendix: schools{part}",
            f"In alphabetical order. Gap is available minus required. {view.time_note} {notes}",
        )
        deck.table(
            slide,
            ("School", "Students", "Work, hours a week", "Required FTE", "Available FTE", "Gap FTE"),
            some,
            PLACE,
            (4, 1, 1.6, 1.3, 1.3, 1),
            f"{len(some)} rows: students, hours and FTE of schools.",
            size=13,
            right=(1, 2, 3, 4, 5),
        )
    if len(view.school_rows) > MOST_SCHOOLS:
        deck.text(
            slide,
            f"{len(view.school_rows) - MOST_SCHOOLS} more rows are in the tables that come with this deck.",
            (MARGIN, 6.5, INSIDE, 0.35),
            size=13,
        )


def assumptions(deck: Deck, view: View, notes: str) -> None:
    """Every assumption in force with force and source; the whole source stands in the notes."""
    answer = view.answer
    rows = []
    for id, one in parameters().items():
        force, source = answer.assumptions.source(id)
        value = answer.assumptions[id]
        rows.append([shorter(one.label, 70), in_unit(value, one.unit), force, source])
    for part, some in pages(rows, ASSUMPTIONS_A_SLIDE):
        sources = " ".join(f"{row[0]}: {row[3]}." for row in some)
        slide = deck.slide(f"Appendix: assumptions and sources{part}", f"{sources} {notes}")
        deck.table(
            slide,
            ("Assumption", "Value", "Force", "Source"),
            [[*row[:3], shorter(row[3], 130)] for row in some],
            PLACE,
            (3, 2.4, 0.9, 4.6),
            "Assumptions: " + "; ".join(f"{row[0]} {row[1]}" for row in some),
            size=13,
        )


def methods(deck: Deck, view: View, notes: str) -> None:
    """The same district by other methods, and what each leaves out."""
    rows = [
        [
            shorter(one.label, 60),
            shown(one.low, 1)
            if shown(one.low, 1) == shown(one.high, 1)
            else f"{shown(one.low, 1)} to {shown(one.high, 1)}",
            shorter(one.leaves_out, 110),
            shorter(one.source, 120),
        ]
        for one in view.methods
    ]
    for part, some in pages(rows, METHODS_A_SLIDE):
        slide = deck.slide(
            f"Appendix: other methods{part}", "They answer different questions; never add them up. " + notes
        )
        deck.table(
            slide,
            ("Method", "FTE", "Leaves out", "Source"),
            some,
            PLACE,
            (2.6, 1, 3.4, 3.8),
            "Required FTE by method: " + "; ".join(f"{row[0]} {row[1]}" for row in some),
            size=13,
        )


def limits(deck: Deck, view: View, story: Mapping, notes: str) -> None:
    """What this does not show, and who checked it."""
    slide = deck.slide("Appendix: what this does not show", notes)
    checked = f"Checked by {story['checked']}." if story["checked"] else "Not yet checked by a second person."
    deck.text(slide, [*story["limits"], checked, story["method"]], (MARGIN, TOP + 0.2, INSIDE, 5), bullets=True)

"""Puts the deck together: `deck(view, options)` gives the bytes of a pptx."""

from __future__ import annotations

from collections.abc import Sequence

from workload.report.deck import answer_slides, appendix, slides
from workload.report.deck.canvas import Deck
from workload.report.lengths import shorter
from workload.report.packet_choices import Option
from workload.report.reader_view import View
from workload.report.story import story_of


def deck(view: View, options: Sequence[Option] = ()) -> bytes:
    """One-slide summary, the story, the appendix. Charts and tables are native; notes say what to say and the source."""
    story = story_of(view, options)
    source = f"Source: roster of {story['day']}. {story['method']}"
    made = Deck(
        view.settings, story["mark"], shorter(f"{story['district']}   |   OT staffing, data of {story['day']}", 110)
    )
    for tell in (
        slides.summary,
        slides.why_workload,
        slides.scope,
        answer_slides.where_we_stand,
        answer_slides.where_hours_go,
        answer_slides.which_schools,
        answer_slides.how_sure,
    ):
        tell(made, view, story, source)
    slides.options_slide(made, view, story, source, options)
    slides.waiting(made, view, story, source)
    slides.next_steps(made, view, story, source)
    appendix.schools(made, view, source)
    appendix.assumptions(made, view, source)
    appendix.methods(made, view, source)
    appendix.limits(made, view, story, source)
    return made.bytes()

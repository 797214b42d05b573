"""The answer held against published outside figures: a line for each, what to check outside, every source opened."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.parts import finding, state_personnel_card, widgets
from dashboard.parts.law_cards import force_words, live_link
from dashboard.parts.safe_text import safe
from workload.answer import Answer
from workload.explain.gauges import ABOVE, BELOW, INSIDE, GaugeReading, gauges, published_table
from workload.model.words import count
from workload.rules.benchmarks import Benchmark

PLACES = {INSIDE: ("inside", ""), BELOW: ("below", "open"), ABOVE: ("above", "open")}
NO_STANDARD = (
    "Few districts, old years, some of another profession: no standard, and no word on too many or too few people. Outside "
    "the span something is worth a check."
)


def show(answer: Answer) -> None:
    """The card with all gauges."""
    readings = answer.once(gauges)
    with st.container(key="card_gauges"):
        outside = [one for one in readings if one.place in (BELOW, ABOVE)]
        with finding.together():
            finding.title(title(readings, outside), NO_STANDARD)
            finding.plain_table(
                ["Measure", "Here", "Published", ""],
                answer.once(_rows),
                "The district held against published figures",
                right=(1,),
            )
            for one in outside:
                finding.said(f"{one.gauge.label}.", one.advice)
            for one in readings:
                if one.value is None:
                    finding.note(f"{one.gauge.label}: {one.lacks}")
        _sources(answer, readings)
        state_personnel_card.show(answer)


def _rows(answer: Answer) -> list[tuple[str, str, str, str]]:
    return [(one.gauge.label, one.shown, one.gauge.span_words, place(one)) for one in answer.once(gauges)]


def title(readings: Sequence[GaugeReading], outside: Sequence[GaugeReading]) -> str:
    """How many figures lie inside what was published."""
    known = sum(one.value is not None for one in readings)
    if not outside:
        return f"{count(known, 'figure lies', 'figures lie')} inside what was published elsewhere"
    return f"{known - len(outside)} of {known} figures lie inside what was published elsewhere"


def place(one: GaugeReading) -> str:
    """Where a figure lies, as a chip."""
    return finding.chip(*PLACES[one.place]) if one.place in PLACES else ""


def _sources(answer: Answer, readings: Sequence[GaugeReading]) -> None:
    panel = st.expander("Where these figures come from", key="gauges_sources", on_change="rerun")
    if not panel.open:
        return
    with panel:
        for one in readings:
            st.markdown(f"**{safe(one.gauge.label)}.** Here: {safe(one.gauge.made_of, 400)}.")
            st.markdown("\n".join(f"- {cited(point, one)}" for point in one.gauge.points))
        widgets.downloads("published-figures", published_table(answer), "gauges")


def cited(point: Benchmark, of: GaugeReading) -> str:
    """One published figure: value, about whom, when, where, how well it was read, and its address."""
    value = of.gauge.written(point.value) + (f" to {of.gauge.written(point.high)}" if point.high else "")
    words = f"{value}: {point.label}. {point.who}; {point.year}. {point.source}. {force_words(point.force, point.evidence)}. {point.note}"
    return f"{safe(words, 1_200)} {live_link(point.link)}"

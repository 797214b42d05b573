"""The section that quotes published outside figures beside the district's own: for readers who see every figure."""

from __future__ import annotations

import re

from workload.explain.gauges import ABOVE, BELOW, INSIDE, NO_VALUE, GaugeReading, gauges
from workload.report.sections.page_blocks import Bullets, Section, Table, Words
from workload.report.sections.telling import Telling

WIDTHS = (3.2, 1, 1.5, 1.1, 4)
PLACES = {INSIDE: "inside", BELOW: "below", ABOVE: "above"}


def gauge_section(tell: Telling) -> Section | None:
    """Each measure here and as published, with its sources; what lies outside says what to check. None for a reader who
    sees figures in steps: a rate made of them would not be the rate."""
    if not tell.view.gate.open:
        return None
    known = [one for one in gauges(tell.view.answer) if one.place != NO_VALUE]
    if not known:
        return None
    rows = tuple(
        (_label(tell, one), one.shown, _span(tell, one), tell.word(f"word.{PLACES[one.place]}"))
        + ((_sources(one),) if tell.english else ())
        for one in known
    )
    heads = ("measure", "here", "published", "place", *(("source",) if tell.english else ()))
    alt = tell.word("alt.gauges", parts="; ".join(" ".join(row[:3]) for row in rows))
    outside = [one for one in known if one.place != INSIDE]
    if tell.english:
        lines = [f"{one.gauge.label}: {one.advice}" for one in outside]
    else:
        lines = [tell.say("gauges.check", measure=_label(tell, one)) for one in outside]
    blocks = (
        Words(tell.say("gauges.no_standard")),
        Table(tuple(tell.word(f"table.{head}") for head in heads), rows, alt, WIDTHS[: len(heads)], (1,)),
    )
    return tell.section("gauges", *blocks, *([Bullets(tuple(lines))] if lines else []))


def _label(tell: Telling, one: GaugeReading) -> str:
    return one.gauge.label if tell.english else tell.word(f"gauge.{one.gauge.id}")


def _span(tell: Telling, one: GaugeReading) -> str:
    """ "0.65 to 1.30", or "about 0.26" where one figure was published."""
    gauge = one.gauge
    if gauge.near:
        return f"{tell.word('word.about')} {gauge.written(gauge.points[0].value)}"
    return f"{gauge.written(gauge.low)} {tell.word('word.to')} {gauge.written(gauge.high)}"


def _sources(one: GaugeReading) -> str:
    """Who published each figure and when, each once; the full citation opens on the page."""
    found = [(re.split("[,;]", point.source)[0], point.year) for point in one.gauge.points]
    return "; ".join(dict.fromkeys(who if year in who else f"{who} ({year})" for who, year in found))

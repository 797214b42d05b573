"""The answer as one sentence with its number large: needed and there, how sure, and the next step."""

from __future__ import annotations

from dashboard.parts import finding
from dashboard.parts.short_answer import said_short
from dashboard.parts.status_line import status_chip
from dashboard.shell import navigation, session
from workload.answer import Answer
from workload.explain.headline import EVEN, ROOM, SHORT, Side, Standing, standing_of
from workload.model.words import count
from workload.premises.premise_list import gap_ends
from workload.premises.records import NEED_ONLY, PROVISIONAL

STRIP = 1.25  # a range strip is so much wider than the farther end of the range


def sentence(answer: Answer) -> None:
    """The answer as one short sentence with its number large, and the next step."""
    said, name = answer.once(standing_of), session.district_name()
    before, number, after, short = said_short(said, name)
    finding.hero(
        before,
        number,
        after,
        facts(answer, said),
        short=short,
        actions=next_steps(said),
        key="answer_next",
    )


def next_steps(said: Standing) -> list[finding.Action]:
    """What to do next, the most useful first: settle what is open before anything is decided on it."""
    options, packet = ("See options", navigation.DECIDE.file), ("Make the packet", navigation.REPORT.file)
    if said.status == NEED_ONLY:
        rest = said.waits - 1  # who is in post is one of them
        settle = [(f"Settle {count(rest, 'open premise')}", navigation.PREMISES.file)] if rest > 0 else []
        return [("Say who is in post", navigation.DATA.file), *settle]
    if said.status == PROVISIONAL:
        waits = count(said.waits, "open premise", "open premises")
        return [(f"Settle {waits}", navigation.PREMISES.file), options]
    return [options, packet]


def facts(answer: Answer, said: Standing) -> list[str]:
    """Needed and there, how sure, and the status."""
    if not said.required:
        return [status_chip(answer)]
    first = finding.fact("needs {}, has {}", said.required, said.available or "nobody there")
    if said.status == NEED_ONLY:
        needed = said.needed or (said.required, said.required)
        rest = said.waits - 1
        until = f", once {count(rest, 'open premise is', 'open premises are')} settled" if rest > 0 else ""
        waiting = [finding.chip("Provisional", "open")] if rest > 0 else []
        return [finding.fact("likely {}" + until, " to ".join(needed)), status_chip(answer), *waiting]
    if said.spread is None:
        return [first, status_chip(answer)]
    low, high = said.spread
    told = f"{end_words(low, said)} to {end_words(high, said)}"
    word = "between {}" if said.status == PROVISIONAL else "likely {}"
    return [first, finding.fact(word, told) + strip(answer), status_chip(answer)]


def end_words(side: Side, said: Standing) -> str:
    """One end of the range; its side is told where the ends lie on different sides."""
    return {SHORT: f"short {side.fte}", ROOM: f"room {side.fte}", EVEN: "even"}[side.kind] if said.across else side.fte


def strip(answer: Answer) -> str:
    """The range as a little band, where both of its ends are shortages."""
    ends, gap = gap_ends(answer), float(answer.district["gap_fte"])
    if not ends.high < 0:
        return ""
    return finding.range_strip(-ends.high, -ends.low, -gap, -ends.low * STRIP)

"""The first screen of the answer: the sentence, the bridge, and the pair of weeks."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.parts import finding, live_chart
from dashboard.parts.ready_figure import ReadyFigure
from dashboard.parts.short_answer import said_short
from dashboard.parts.status_line import is_provisional, provisionally, so_far, status_chip
from dashboard.shell import navigation, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.explain.headline import EVEN, ROOM, SHORT, Side, Standing, standing_of
from workload.figures.bridge_chart import bridge_chart, bridge_words
from workload.figures.tones import Tones
from workload.model.words import count, fte, rounded
from workload.premises.premise_list import gap_ends
from workload.premises.records import NEED_ONLY, PROVISIONAL
from workload.staffing.bridge import without_hours, without_work

OPENS = {"in_post": navigation.PEOPLE, "required": navigation.SCHOOLS}
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


def bridge(answer: Answer) -> None:
    """From the FTE in post to the FTE needed, cause by cause; a click shows whose."""
    steps = answer.bridge
    with st.container(key="card_bridge", height="stretch"):
        if not answer.posts_known or len(steps) < 2:
            finding.title(
                "What is needed, once somebody says who is in post", "The bridge from posts to need opens then."
            )
            return
        idle = without_work(steps)
        said = f"{fte(without_hours(steps))} FTE of work has no hours" + (
            f", and {fte(idle)} FTE of hours has no work" if rounded(idle, 1) else ""
        )
        finding.title(so_far(answer, said), "FTE of OT and OTA time. Click a bar to see whose.")
        figure, words = answer.once(_bridge, live_chart.tones())
        opened = live_chart.clicked(figure, "bridge", words)
    if opened is not None:
        st.switch_page(OPENS.get(opened, navigation.PEOPLE).file)


def _bridge(answer: Answer, tones: Tones) -> tuple[ReadyFigure, str]:
    waits = is_provisional(answer)
    figure = bridge_chart(answer.bridge, tones, waits)
    return live_chart.ready(figure), bridge_words(answer.bridge, waits)


def pair(answer: Answer, labels: Labels) -> None:
    """Fewer students and the fuller week, beside more students and a week that fits."""
    two = answer.two_weeks
    if two is None:
        return
    rows = answer.people[answer.people["therapist"].isin(two)].set_index("therapist")
    top = max(float(rows.loc[name, column]) for name in two for column in ("workload_hours", "available_hours")) * 1.05
    with st.container(key="card_pair"):
        finding.title("Fewer students can be more work")
        for name in two:
            row = rows.loc[name]
            finding.week_of(
                partial(person_link, labels, name, int(row["caseload"])),
                float(row["workload_hours"]),
                float(row["available_hours"]),
                top,
                provisionally(answer, ""),
            )


def person_link(labels: Labels, name: str, students: int) -> None:
    st.page_link(
        navigation.page(navigation.PEOPLE),
        label=f"**{labels.of(name)}** has **{count(students, 'student')}**",
        query_params={"therapist": labels.code(name)},
    )

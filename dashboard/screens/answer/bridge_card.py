"""The bridge from the FTE in post to the FTE needed, cause by cause."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding, live_chart
from dashboard.parts.ready_figure import ReadyFigure
from dashboard.parts.status_line import is_provisional, so_far
from dashboard.shell import navigation
from workload.answer import Answer
from workload.figures.bridge_chart import bridge_chart, bridge_words
from workload.figures.tones import Tones
from workload.model.words import fte, rounded
from workload.staffing.bridge import without_hours, without_work

OPENS = {"in_post": navigation.PEOPLE, "required": navigation.SCHOOLS}


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

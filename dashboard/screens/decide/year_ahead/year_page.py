"""The year ahead, from the sentence on top to the part that is chosen below the weeks."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.parts import finding, sections
from dashboard.parts.safe_text import safe
from dashboard.screens.decide.year_ahead import year_plan
from dashboard.screens.decide.year_ahead.earlier_snapshots import snapshots
from dashboard.screens.decide.year_ahead.if_nothing_changes import if_nothing_changes
from dashboard.screens.decide.year_ahead.next_year import another_year
from dashboard.screens.decide.year_ahead.weeks_of_the_year import hero, weeks
from dashboard.shell import cached, navigation, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.school_calendar import CalendarError
from workload.year_ahead.weeks import year_ahead

UNCHANGED, FOLLOWING, EARLIER = PARTS_OF_PAGE = ("If nothing changes", "Next year", "Earlier snapshots")


def show(answer: Answer, labels: Labels) -> None:
    """The whole page. Without posts only what needs none: how students and needs go on."""
    if not answer.posts_known:
        finding.hero(
            "Nobody has said yet who is in post,",
            "",
            "so no week can be held against the hours that there are",
            actions=[("Say who is in post", navigation.DATA.file)],
            key="year_next",
        )
        another_year(answer)
        return
    head, band = st.container(), st.container()
    try:
        plan = year_plan.asked(answer, labels)
        key = cached.digest(session.answer_key(), plan)
        year = cached.drawn("year", key, partial(year_ahead, answer, plan))
    except CalendarError as refusal:
        st.error(safe(refusal, 600))
        return
    with head:
        hero(year, answer)
    with band:
        weeks(year, answer, key)
    part = sections.part(PARTS_OF_PAGE, "year_part")
    if part == UNCHANGED:
        if_nothing_changes(year, key)
    elif part == FOLLOWING:
        another_year(answer)
    else:
        snapshots(answer)

"""Below the first screen: the gap by role and by school, every figure opened, what it is made of and what moves it."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import chart_links, filters, finding, gauges_panel, why_panel, widgets
from dashboard.parts.summary import gap_sentence, rows_sentence, without_size
from dashboard.screens.answer.gap_by_role_and_school import by_role, by_school
from dashboard.shell import navigation
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.caseload_charts import caseload_and_workload
from workload.figures.chart import Chart
from workload.figures.fte_charts import required_by_activity, what_moves_the_answer
from workload.report.indicators import indicators


def show(answer: Answer, labels: Labels) -> None:
    """Everything that is not on the first screen, in an order of rank."""
    left, right = st.columns([42, 58], gap="small")
    with left, st.container(key="card_roles", height="stretch"), finding.together():
        by_role(answer)
    with right, st.container(key="card_schools", height="stretch"):
        by_school(answer)
    gauges_panel.show(answer)
    widgets.counted(rows_sentence(answer), navigation.CHECK)
    widgets.cards(
        [
            (one.label, one.shown, why_panel.opener_from(one.explains, labels), one.code, one.help)
            for one in answer.once(indicators)
        ],
        185,
    )
    if answer.posts_known:
        widgets.sentence(gap_sentence(answer))
        with st.container(horizontal=True):
            widgets.opens("Why this gap?", why_panel.opener(answer, "gap_fte", labels), "gap")
            widgets.opens(
                "Why this shortfall?", why_panel.opener(answer, "shortfall_total_fte", labels), "shortfall_total"
            )
        table = answer.once(_table_by_role)  # the card by role shows it
        widgets.downloads("by-role", table.frame, "by_role", table.digest)
        widgets.chart(answer.once(_dumbbell, labels), "dumbbell", opens=chart_links.person)
    widgets.chart(answer.once(required_by_activity), "by_activity")
    widgets.chart(answer.once(_tornado), "tornado")
    st.caption("Every assumption can be changed on the page Assumptions; the answer follows at once.")
    widgets.sentence(without_size(answer))


def _table_by_role(answer: Answer) -> widgets.ReadyTable:
    return widgets.ReadyTable(answer.by_role.reset_index())


def _dumbbell(answer: Answer, labels: Labels) -> Chart:
    listed = filters.therapists(answer, filters.Focus())
    return caseload_and_workload(listed, labels.shown, labels.codes)


def _tornado(answer: Answer) -> Chart:
    return what_moves_the_answer(answer.influences, answer.district["required_fte"])

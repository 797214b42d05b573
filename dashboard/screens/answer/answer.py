"""Overview: how many are we short, and why?"""

from functools import partial

import streamlit as st

from dashboard.parts import why_panel, widgets
from dashboard.parts.summary import gap_sentence, rows_sentence, without_size
from dashboard.shell import cached, navigation, session
from workload.explain.headline import headline
from workload.figures.caseload_charts import caseload_and_workload
from workload.figures.staffing_charts import from_post_to_required, required_by_activity, what_moves_the_answer
from workload.report.indicators import indicators

answer = widgets.need_answer("How many therapists are we short, and why?")
labels = session.labels(answer)
as_shown = session.shown_key()

widgets.heading(headline(answer, session.district_name()))
widgets.counted(rows_sentence(answer), navigation.CHECK)

widgets.cards(
    [
        (one.label, one.shown, why_panel.opener_of(one.opened, labels), one.code, one.help)
        for one in cached.drawn("indicators", as_shown, partial(indicators, answer))
    ],
    185,
)

widgets.chart(cached.drawn("waterfall", as_shown, partial(from_post_to_required, answer)), "waterfall")

st.subheader("Short in all, and short on balance")
widgets.sentence(gap_sentence(answer))
with st.container(horizontal=True):
    widgets.opens("Why this gap?", why_panel.opener(answer, "gap_fte", labels), "gap")
    widgets.opens("Why this shortfall?", why_panel.opener(answer, "shortfall_total_fte", labels), "shortfall_total")
widgets.table(answer.by_role.reset_index(), "FTE required and available of OTs and OTAs", "by_role", "by-role")
st.caption(
    "Work with no therapist is counted with the OTs. OTs and OTAs cannot stand in for each other: an OTA gives "
    "sessions; evaluations, plans of care and supervision are an OT's."
)

widgets.chart(
    cached.drawn("dumbbell", as_shown, partial(caseload_and_workload, answer.people, "therapist", labels.shown)),
    "dumbbell",
)
widgets.chart(cached.drawn("by_activity", as_shown, partial(required_by_activity, answer)), "by_activity")
widgets.chart(
    cached.drawn(
        "tornado", as_shown, partial(what_moves_the_answer, answer.influences, answer.district["required_fte"])
    ),
    "tornado",
)
st.caption("Every assumption can be changed on the page Assumptions; the answer follows at once.")
widgets.sentence(without_size(answer))

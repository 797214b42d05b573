"""Calculator: is my own week possible?"""

import streamlit as st

from dashboard.parts import summary, why_panel, widgets
from dashboard.screens.calculator import calculator_inputs
from dashboard.screens.people import one_therapist
from dashboard.shell import session
from dashboard.shell.therapist_names import AS_WRITTEN
from workload.figures.week_chart import week_of_person

widgets.heading(
    "Is my own week possible?",
    "Type one therapist's caseload. Nothing is uploaded; the address of this "
    "page holds the numbers you type and nothing else, so it can be shared.",
)
asked, told = st.columns([1, 1], gap="large")
with asked:
    week = calculator_inputs.inputs()

answer = own_week.answer(week, session.today(), session.assumptions())
row = answer.therapists.iloc[0]
labels = AS_WRITTEN
with told:
    st.header(summary.week_sentence(row))
    st.caption(summary.week_range_sentence(row))
    widgets.cards(
        [
            (label, value, why_panel.opener(answer, measure, labels, therapist=own_week.ME), f"own_{measure}")
            for label, value, measure in summary.week_cards(row)
        ]
    )
    widgets.chart(week_of_person(row), "own_week")
    one_therapist.number_opened(answer, labels, "own", therapist=own_week.ME)

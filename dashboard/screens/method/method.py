"""Method: why should I believe it?"""

import streamlit as st

from dashboard.parts import finding, gauges_panel, widgets
from dashboard.screens.method import method_tables
from dashboard.shell import cached, navigation, session

finding.hero(
    *method_tables.said(),
    [finding.fact(each) for each in method_tables.facts(session.assumptions())],
    actions=[("See what is assumed", navigation.ASSUMPTIONS.file)],
    key="method_next",
)
st.markdown(cached.text("method_idea"))

st.header("What is counted, and how")
method_tables.listed(
    method_tables.activities(), "Every activity with its formula in words", "activities", ["Assumptions"]
)

st.header("Every assumption, with its source")
st.markdown(cached.text("method_forces"))
method_tables.listed(
    method_tables.assumptions(session.assumptions()),
    "Every assumption with value, range, force and source",
    "assumptions",
    ["Default", "What it means", "Link"],
)

st.header("What always holds")
st.markdown(cached.text("method_properties"))

st.header("What is not counted")
st.markdown(cached.text("method_not_counted"))

st.header("Would another method say the same?")
st.markdown(cached.text("method_others"))
answer = session.answer()
if answer is not None:
    method_tables.listed(
        method_tables.methods(answer), "Required FTE by each published method", "methods", ["Takes in", "Evidence"]
    )
    gauges_panel.show(answer)
else:
    st.info("Open a roster to see every method with its result for your district, side by side.")
    widgets.links((navigation.HOME, "Open the sample district"), (navigation.DATA, "Upload a roster"))

st.header("Known limits")
st.markdown(cached.text("method_limits"))

"""Rules & methods: what does my state say, and would another method say the same?"""

import streamlit as st

from dashboard import caps_panels, empty, methods_panels, opposing, rules_panels, session, widgets

STATE, CONTRACT, LIMITS, METHODS, GROUPS, ALL = (
    "State rules", "Our agreement", "Who is over", "Methods", "Larger groups", "All states")

widgets.heading("What does my state say? Would another method say the same?",
                "Rules with their section and link, held against your district; and the same district by every method that "
                "was found. Read with whoever reads the law for you.")
rules_panels.choose()
answer = session.answer()
state, contract, limits, methods, groups, all_states = st.tabs(
    [STATE, CONTRACT, LIMITS, METHODS, GROUPS, ALL], key="rules_tab", bind="query-params", on_change="rerun")
if state.open:
    with state:
        rules_panels.state()
if contract.open:
    with contract:
        rules_panels.contract()
if limits.open:
    with limits:
        if empty.has_answer(answer, "Open a roster to hold the rules against your district.", "limits"):
            caps_panels.show(answer, session.labels(answer))
if methods.open:
    with methods:
        if empty.has_answer(answer, "Open a roster to see your district by every method.", "methods"):
            methods_panels.show(answer, session.labels(answer))
if groups.open:
    with groups:
        opposing.show(answer)
if all_states.open:
    with all_states:
        rules_panels.all_states()

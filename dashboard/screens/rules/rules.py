"""Rules & methods: what does my state say, and would another method say the same?"""

import streamlit as st

from dashboard.parts import empty, finding, law_cards, sections
from dashboard.screens.rules import (
    all_states,
    larger_groups_panel,
    methods_and_why_they_differ,
    our_agreement,
    state_and_federal_rules,
    who_is_over,
)
from dashboard.shell import session

STATE, FEDERAL, CONTRACT, LIMITS, METHODS, GROUPS, ALL = (
    "State rules",
    "Federal law",
    "Our agreement",
    "Who is over",
    "Methods",
    "Larger groups",
    "All states",
)

finding.hero(*state_and_federal_rules.said_of(session.state(), session.day()))
with st.container(key="card_state"):
    finding.title("Your state", "Read what stands below with whoever reads the law for you.")
    law_cards.choose_state("State", "state_here", width=360)
answer = session.answer()
part = sections.part([STATE, FEDERAL, CONTRACT, LIMITS, METHODS, GROUPS, ALL], "rules_part")
if part == STATE:
    state_and_federal_rules.state()
elif part == FEDERAL:
    state_and_federal_rules.federal_law()
elif part == CONTRACT:
    our_agreement.contract()
elif part == LIMITS:
    if empty.has_answer(answer, "Open a roster to hold the rules against your district.", "limits"):
        who_is_over.show(answer, session.labels(answer))
elif part == METHODS:
    if empty.has_answer(answer, "Open a roster to see your district by every method.", "methods"):
        methods_and_why_they_differ.show(answer, session.labels(answer))
elif part == GROUPS:
    larger_groups_panel.show(answer)
else:
    all_states.all_states()

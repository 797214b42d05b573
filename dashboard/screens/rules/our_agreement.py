"""Our agreement: the rules that a district has typed in, below the fields for them."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import contract_rules
from dashboard.screens.rules.state_and_federal_rules import show_rules
from dashboard.shell import session
from workload.model.words import count, in_words


def contract() -> None:
    """The agreement's rules in force, below the fields for them."""
    own = contract_rules.pack()
    contract_rules.panel()
    if own is not None:
        st.header("As they count", anchor=False)
        ruling = own.in_force(session.day())
        if ruling:
            show_rules(ruling, "rules-agreement", typed_in=True)
        if len(ruling) < len(own.rules):
            left = len(own.rules) - len(ruling)
            st.caption(f"{count(left, 'rule')} not in force on {in_words(session.day())}.")

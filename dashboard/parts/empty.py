"""A part of a page that needs a roster says so, and what to do next, without ending the page."""

from __future__ import annotations

from typing import TypeGuard

import streamlit as st

from dashboard.parts import widgets
from dashboard.shell import navigation, session
from workload.answer import Answer


def has_answer(answer: Answer | None, words: str, key: str) -> TypeGuard[Answer]:
    """Whether there is an answer; where there is none the way to one."""
    if answer is not None:
        return True
    opened = session.district()
    if opened is not None and opened.errors:
        st.error("Something in the file must be settled before there can be an answer.")
        widgets.links((navigation.CHECK, "See what to correct"))
        return False
    if opened is not None:
        st.warning("The totals of the file are unusual. Please look at them on Data before the answer is shown.")
        widgets.links((navigation.DATA, "Look at the totals"))
        return False
    st.info(words)
    if st.button("Open the sample district", type="primary", key=f"sample_{key}"):
        session.open_sample()
        st.rerun()
    widgets.links((navigation.DATA, "Upload a roster"))
    return False

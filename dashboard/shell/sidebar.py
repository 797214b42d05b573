"""The side of every page: which district and day it is, whether names are shown, and the assumptions."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import contract_rules, correction_ledger
from dashboard.parts.assumption_widgets import panel
from dashboard.parts.safe_text import plain, safe
from dashboard.shell import navigation, session
from workload.model.words import count
from workload.rules.packs import packs

CORRECTED = ":material/edit_note:"


def show() -> None:
    """What belongs to every page; without a roster nothing."""
    session.begin()
    if session.sample_is_wanted():
        session.open_sample()
        st.switch_page(navigation.OVERVIEW.file)
    opened = session.district()
    if opened is None:
        return
    with st.sidebar:
        st.markdown(f"**{safe(session.district_name())}**" + ("  \nInvented sample data" if opened.is_sample else ""))
        if corrected := correction_ledger.counted():
            st.page_link(
                navigation.REPORT.file, label=f"Counted with {count(corrected, 'accepted correction')}", icon=CORRECTED
            )
        st.date_input(
            "Day that the answer speaks of",
            key="day",
            bind="query-params",
            format="MM/DD/YYYY",
            help="Services, posts and leaves count as they stand on this day.",
        )
        st.toggle(
            "Show therapists' names",
            key="show_names",
            persist_state="session",
            help="Otherwise therapists appear as OT 1, OT 2, OTA 1. It holds for this session only.",
        )
        st.selectbox(
            "State whose caseload rules are shown",
            list(packs()),
            index=None,
            key="state",
            bind="query-params",
            placeholder="None",
            format_func=lambda code: plain(packs()[code].name),
        )
        contract_rules.switch()
        panel()
        if warning := session.note():
            st.warning(warning)


def assumptions() -> None:
    """The assumptions alone, for a page that answers without a roster."""
    if session.district() is None:
        with st.sidebar:
            panel()

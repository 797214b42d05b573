"""What is open, how far the way from the file to the packet is, and the one next step."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding, keep_card, widgets
from dashboard.parts.safe_text import plain
from dashboard.parts.short_answer import said_short
from dashboard.parts.status_line import status_chip
from dashboard.parts.summary import rows_sentence
from dashboard.shell import cached, navigation, session
from workload.explain.headline import standing_of
from workload.model.words import count


def show() -> None:
    """The state of the data; without a file how to begin."""
    opened = session.district()
    if opened is None:
        begin()
        return
    answer = session.answer()
    finding.title(f"{session.district_name()} is open", rows_sentence(answer))
    asked = len(opened.loaded.questions) if opened.loaded else 0
    if answer is not None:
        before, number, after, _ = said_short(standing_of(answer), "It")
        said = before.removeprefix("It ").removeprefix("is ").removeprefix("has ")
        finding.state_words(f"{said} {number} {after}", status_chip(answer))
    finding.steps_of_the_way(
        [
            (True, "Data", "read"),
            (not asked, "Questions", "all answered" if not asked else f"{count(asked, 'question')} open"),
            (answer is not None, "Answer", "there" if answer is not None else "waits for the file"),
            (False, "Packet", "for the board, the team, an auditor"),
        ]
    )
    with st.container(key="actions", horizontal=True):
        if asked or answer is None:
            target, label = (
                navigation.DATA,
                f"Answer {count(asked, 'question')}" if asked else "See what the file needs",
            )
        else:
            target, label = navigation.ANSWER, "See the answer"
        if st.button(label, type="primary"):
            st.switch_page(target.file)
        if opened.is_sample and st.button("Open my own roster"):
            st.switch_page(navigation.DATA.file)
    st.page_link(navigation.page(navigation.CALCULATOR), label="One therapist, no roster: four steps to a letter")


def begin() -> None:
    """No roster is open yet."""
    kept, waits = keep_card.to_open() is not None, keep_card.without_roster()
    finding.title(
        keep_card.NO_ROSTER.format(plain(waits.name)).removesuffix(".")
        if waits
        else "Go on with what is kept, or bring a roster"
        if kept
        else "Begin with the sample, or with your own roster",
        "Excel, CSV or a page saved from your IEP system.",
    )
    with st.container(key="actions", horizontal=True):
        keep_card.open_first()
        if st.button("Open the sample district", type="secondary" if kept or waits else "primary"):
            session.open_sample()
            st.switch_page(navigation.ANSWER.file)
        if st.button("Upload your roster", type="primary" if waits and not kept else "secondary"):
            st.switch_page(navigation.DATA.file)
        st.download_button(
            "Download the empty roster", cached.template, "roster.xlsx", widgets.EXCEL, on_click="ignore"
        )
    st.page_link(navigation.page(navigation.CALCULATOR), label="One therapist, no roster: four steps to a letter")

"""The packet: who it is for at left, the words in the middle, page one as it will be at right; one button makes it."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding, widgets
from dashboard.parts.safe_text import plain
from dashboard.parts.status_line import status_chip
from dashboard.screens.report import (
    packet_audience,
    packet_files,
    packet_options,
    packet_preview,
    packet_saved,
    packet_settings,
    packet_wording,
)
from workload.answer import Answer
from workload.model.words import count
from workload.report.audience import AUDIENCES, FORMS, Audience
from workload.report.language.languages import each
from workload.report.packet_choices import Settings
from workload.report.reader_view import View
from workload.report.sections.passages import passages, to_copy

OUTSIDE = AUDIENCES["board"].label
LONGEST = 4_000  # of a line to copy


def packet(answer: Answer) -> None:
    """The finding with the one button, three columns, and below them what a packet may be told."""
    top = st.container()
    who, words, first_page = st.columns([4, 5, 6], gap="medium")
    with who:
        audience = packet_audience.choose()
        language = packet_audience.language()
    fields = widgets.folded(
        "Settings: name, by when, schools, money, who checked, logo, template", packet_settings.PANEL
    )
    if fields is not None:
        with fields:
            packet_settings.show(answer)
    offered, options = bool(packet_options.scenarios(answer)), []
    choice = st.expander("Options from your scenarios", key="packet_options_panel", expanded=offered, on_change="rerun")
    if offered or choice.open:
        with choice:
            options = packet_options.choose(answer)
    settings = packet_settings.current(answer, audience, language)
    keeping = widgets.folded("Keep these settings for the next meeting", "packet_saved_panel")
    if keeping is not None:
        with keeping:
            packet_saved.show(settings, options)
    view = View(answer, audience, settings)
    told = packet_preview.told(view, options, each(language)[0])
    with top:
        wanted = head(answer, audience, settings)
        packet_files.show(answer, audience, settings, options, wanted)
    with words:
        packet_wording.show(told, each(language)[0])
    with first_page:
        packet_preview.show(told)
    copying = st.expander("Sentences to copy: agenda, letter", key="packet_copy_panel", on_change="rerun")
    if copying.open:
        with copying:
            copied(view)


def head(answer: Answer, audience: Audience, settings: Settings) -> bool:
    """How many documents there will be and for whom, with the one button; whether it was pressed."""
    made = [one for one in audience.documents if one.kind != FORMS or settings.forms]
    whom = AUDIENCES[audience.code].label
    said, button = st.columns([3, 1.2], vertical_alignment="bottom")
    with said:
        finding.finding(
            "A packet of",
            str(len(made)),
            f"{count(len(made), 'document', 'documents').split(' ', 1)[1]} for: {whom}",
            [finding.fact(packet_audience.holds(audience, settings)), status_chip(answer)],
        )
    with button:
        return st.button("Make the packet", type="primary", key="packet_make", width="stretch")


def copied(view: View) -> None:
    """The sentences as plain text with a button that copies them."""
    st.code(
        "\n".join(plain(line, LONGEST) for line in to_copy(passages(view), view.audience.mark).split("\n")),
        language=None,
        wrap_lines=True,
    )
    if view.audience.internal:
        st.caption(f"An agenda is public. Choose {OUTSIDE} above before you copy into one.")

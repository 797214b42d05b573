"""The parts of the Report page: the packet with its preview, and the correction sheets."""

from __future__ import annotations

import streamlit as st

from dashboard.screens.report import (
    packet_files,
    packet_options,
    packet_preview,
    packet_saved,
    packet_settings,
    packet_words,
)
from workload.answer import Answer
from workload.report.reader_view import View


def packet(answer: Answer) -> None:
    """What is asked on the left, what comes of it on the right."""
    asked, told = st.columns([5, 8], gap="medium")
    with asked:
        audience = packet_files.choose()
        language = packet_words.choose()
        making = st.container()
        with st.expander("Settings: name, by when, schools, who checked, logo", key="packet_settings_panel"):
            packet_settings.show(answer)
        with st.expander(
            "Options from your scenarios", key="packet_options_panel", expanded=bool(packet_options.scenarios(answer))
        ):
            options = packet_options.choose(answer)
        settings = packet_settings.current(answer, audience, language)
        with st.expander("Keep these settings for the next meeting", key="packet_saved_panel"):
            packet_saved.show(settings, options)
        view = View(answer, audience, settings)
        with making:
            packet_files.show(answer, audience, settings, options)
    with told:
        copying = st.expander("Sentences to copy: agenda, letter", key="packet_copy_panel", on_change="rerun")
        if copying.open:
            with copying:
                packet_words.copy(view)
        packet_preview.show(view, options)

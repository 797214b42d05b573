"""The parts of the Report page: the packet with its preview, and the correction sheets."""

from __future__ import annotations

import streamlit as st

from dashboard import packet_files, packet_options, packet_preview, packet_settings
from workload.analysis import Answer
from workload.report.view import View


def packet(answer: Answer) -> None:
    """What is asked on the left, what comes of it on the right."""
    asked, told = st.columns([5, 8], gap="medium")
    with asked:
        audience = packet_files.choose()
        making = st.container()
        with st.expander("Settings: name, by when, who checked, colors, logo", key="packet_settings_panel"):
            packet_settings.show(audience)
        with st.expander("Options from your scenarios", key="packet_options_panel", expanded=bool(packet_options.scenarios(answer))):
            options = packet_options.choose(answer)
        settings = packet_settings.current(answer, audience)
        with making:
            packet_files.show(answer, audience, settings, options)
    with told:
        packet_preview.show(View(answer, audience, settings), options)

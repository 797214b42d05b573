"""What the board may see: the files that are made from the newest month."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.mine.own_week_and_lines import NOTHING
from dashboard.shell import cached, rooms_by_role
from workload.model.words import in_words
from workload.report.packet import PacketError
from workload.store.board_view import board_packet
from workload.store.database import StoreError


def board() -> None:
    """The files for the board, made from the newest month."""
    district = rooms_by_role.own_district()
    if district is None:
        return
    finding.finding("What the board may see", "", "")
    if not st.toggle("Make the files", key="make_board"):
        st.caption("Small counts, single people and names are withheld in them.")
        return
    try:
        found = board_packet(district)
    except (StoreError, PacketError) as problem:
        st.warning(safe(str(problem), 600))
        return
    if found is None:
        st.info(NOTHING)
        return
    day, files = found
    st.markdown(safe(f"As of {in_words(day)}."))
    for name, data in files.items():
        stem, _, end = name.rpartition(".")
        st.download_button(
            plain(name), data, f"{stem}-{cached.digest(data)[:8]}.{end}", key=f"board_{name}", on_click="ignore"
        )

"""The parts of a page, one at a time: only what is looked at is made. The choice stands in the address.

A row of choices rather than tabs: the color of a chosen tab has too little contrast on the dark background.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st


def part(names: Sequence[str], key: str, first: str | None = None, label: str = "Part of this page") -> str:
    """The part that is looked at; `first` is shown until somebody chooses."""
    names = list(names)
    return st.radio(
        label,
        names,
        index=names.index(first) if first else 0,
        key=key,
        horizontal=True,
        label_visibility="collapsed",
        bind="query-params",
    )

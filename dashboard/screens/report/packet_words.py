"""The language of the sentences that carry the ask, and the same sentences to copy into an agenda or a letter."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.safe_text import plain
from workload.report.audience import AUDIENCES
from workload.report.language.languages import ENGLISH, LABELS, NOT_CERTIFIED, TRANSLATED
from workload.report.reader_view import View
from workload.report.sections.passages import passages, to_copy

OUTSIDE = AUDIENCES["board"].label
LONGEST = 4_000


def choose() -> str:
    """The language of the documents, with what is translated and who should read it first."""
    language = st.radio(
        "Language of the documents",
        list(LABELS),
        key="packet_language",
        bind="query-params",
        horizontal=True,
        format_func=LABELS.get,
        help=f"{TRANSLATED} {NOT_CERTIFIED}",
    )
    if language != ENGLISH:
        st.caption(NOT_CERTIFIED)
    return language


def copy(view: View) -> None:
    """The sentences as plain text with a button that copies them."""
    st.code(
        "\n".join(plain(line, LONGEST) for line in to_copy(passages(view), view.audience.mark).split("\n")),
        language=None,
        wrap_lines=True,
    )
    if view.audience.internal:
        st.caption(f"An agenda is public. Choose {OUTSIDE} above before you copy into one.")

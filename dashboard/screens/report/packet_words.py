"""The language of the sentences that carry the ask, and the same sentences to copy into an agenda or a letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import plain, safe
from workload.report.audience import AUDIENCES
from workload.report.language.languages import ENGLISH, LABELS, NOT_CERTIFIED, SPANISH, TRANSLATED
from workload.report.language.passages import passages, to_copy
from workload.report.reader_view import View

OUTSIDE = AUDIENCES["board"].label
LONGEST = 4_000


def choose() -> str:
    """The language of the sentences, with what is translated and who should read it first."""
    language = st.radio(
        "Language of the sentences",
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


def show(said: Sequence[Mapping[str, str]]) -> None:
    """The sentences as the brief has them; where there are two languages, each under its name."""
    for one in said:
        if len(said) > 1:
            st.caption("In Spanish" if one["lang"] == SPANISH else "In English")
        st.markdown(f"**{safe(one['ask'], 800)}**")
        widgets.sentence(one["headline"])
        widgets.sentence(one["schools"])


def copy(view: View) -> None:
    """The sentences as plain text with a button that copies them."""
    st.code(
        "\n".join(plain(line, LONGEST) for line in to_copy(passages(view), view.audience.mark).split("\n")),
        language=None,
        wrap_lines=True,
    )
    if view.audience.internal:
        st.caption(f"An agenda is public. Choose {OUTSIDE} above before you copy into one.")

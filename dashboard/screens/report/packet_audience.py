"""Who a packet is for and in which language, and what such a packet holds and hides."""

from __future__ import annotations

import streamlit as st

from workload.report.audience import AUDIENCES, FORMS, Audience
from workload.report.language.languages import ENGLISH, LABELS, NOT_CERTIFIED, TRANSLATED
from workload.report.packet_choices import Settings


def choose() -> Audience:
    """Who it is for, and what that packet holds and hides."""
    code = st.radio(
        "Who is it for?",
        list(AUDIENCES),
        key="packet_audience",
        bind="query-params",
        format_func=lambda code: AUDIENCES[code].label,
        captions=[one.why for one in AUDIENCES.values()],
    )
    return AUDIENCES[code]


def holds(audience: Audience, settings: Settings) -> str:
    """What a packet holds and hides, in one sentence."""
    labels = [one.label for one in audience.documents if one.kind != FORMS or settings.forms]
    holds = ", ".join([labels[0], *(label[:1].lower() + label[1:] for label in labels[1:])])
    if not audience.internal:
        return f"{holds}; no names, no lists of posts, no counts under {settings.smallest_count}."
    named = settings.name_therapists
    return f"{holds}; INTERNAL, {'with names of therapists' if named else 'under codes'}."


def language() -> str:
    """The language of the documents, with what is translated and who should read it first."""
    chosen = st.radio(
        "Language of the documents",
        list(LABELS),
        key="packet_language",
        bind="query-params",
        horizontal=True,
        format_func=LABELS.get,
        help=f"{TRANSLATED} {NOT_CERTIFIED}",
    )
    if chosen != ENGLISH:
        st.caption(NOT_CERTIFIED)
    return chosen

"""Every sentence of a packet in the district's own words. Numbers stay bound to the answer; ours come back with one click."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import drafts
from dashboard.parts.safe_text import safe
from dashboard.screens.report.packet_record import PacketRecord, Told
from dashboard.shell import cached, session
from workload.report.language.ask_words import ASK, HEADLINE
from workload.report.language.wording import (
    HEADINGS,
    LONGEST_SENTENCE,
    WordingError,
    bound,
    checked,
    loose_numbers,
)
from workload.report.sections.telling import Sentence

FIRST = (HEADLINE, ASK, "pair.people", "pair.schools", "waiting.", "decision.risk")  # what is worded most often
MOST_FIRST = 3


def show(told: Told, language: str) -> None:
    """The sentences as fields: the three that are worded most often, all others folded."""
    st.header("Say it in your words", anchor=False)
    st.caption(
        "Numbers stay tied to the answer: change the words around them. An empty field brings our sentence back."
    )
    known = {key: one for key, one in told.sentences.items() if key.split(".")[0] not in HEADINGS}
    order = sorted(
        known, key=lambda key: next((at for at, start in enumerate(FIRST) if key.startswith(start)), len(FIRST))
    )
    shown = order[:MOST_FIRST]
    for key in shown:
        _field(known[key], language)
    more = st.expander(
        f"All other sentences ({len(order) - MOST_FIRST})", key="packet_sentences_panel", on_change="rerun"
    )
    if more.open:
        shown = order
        with more:
            for key in order[MOST_FIRST:]:
                _field(known[key], language)
    fields = {_widget(known[key], language): known[key] for key in shown}
    drafts.keep(*fields, then=lambda widget, text: _say(widget, language, fields[widget], text))
    own = session.record(PacketRecord).wording
    if own:
        st.button(f"Back to our words ({len(own)} changed)", key="packet_wording_reset", on_click=_reset)
    if problem := session.record(PacketRecord).problem:
        st.error(safe(problem))


CALLED = {"ask.headline": "Headline", "ask.ask": "The ask", "ask.schools": "Schools", "pair.": "Why"}


def label_of(key: str) -> str:
    """What a sentence is called on the screen: "Headline", "Limits: day"."""
    known = next((words for start, words in CALLED.items() if key.startswith(start) and key != "pair.so"), "")
    if known:
        return known
    where, _, what = key.partition(".")
    return f"{where.replace('_', ' ').capitalize()}: {what.replace('_', ' ')}"


def _widget(one: Sentence, language: str) -> str:
    return f"packet_say_{cached.digest(language, one.key, one.text)[:12]}"


def _field(one: Sentence, language: str) -> None:
    """One sentence with its numbers in it; the district's own is marked."""
    key = _widget(one, language)
    session.start_with(key, one.text)
    st.text_area(
        label_of(one.key) + (" (your words)" if one.own else ""),
        key=key,
        max_chars=LONGEST_SENTENCE,
        height="content",
        on_change=_take,
        args=(key, language, one),
    )
    own = session.record(PacketRecord).wording.get((language, one.key))
    if own is not None and (loose := loose_numbers(own)):
        st.caption(safe(f"Does not follow the answer: {', '.join(loose)}."))


def _take(key: str, language: str, one: Sentence) -> None:
    _say(key, language, one, str(session.chosen(key) or ""))


def _say(key: str, language: str, one: Sentence, text: str) -> bool:
    """Keep a typed sentence with its numbers bound; an empty one brings ours back. Whether it could be kept."""
    typed = text.strip()
    record = session.record(PacketRecord)
    own = dict(record.wording)
    own.pop((language, one.key), None)
    if typed:
        template = bound(" ".join(typed.split()), one.values)
        try:
            checked({one.key: template}, {one.key: frozenset(one.values)})
        except WordingError as refusal:
            session.change(PacketRecord, problem=f"{refusal} Nothing was changed.")
            return False
        own[language, one.key] = template
    drafts.sent(key)
    session.change(PacketRecord, wording=own, problem="")
    return True


def _reset() -> None:
    session.change(PacketRecord, wording={}, problem="")

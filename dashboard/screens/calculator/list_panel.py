"""The caseload as a list: typed or pasted, read by the grammar of the rosters, each line seen, answered and removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.parts import finding
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.calculator.path_record import record, widget_key
from dashboard.shell import session
from workload.model.words import count
from workload.one_week.caseload_list import ListLine, in_words, questions, read_again, read_list

EXAMPLE = """14 students: 2 x 30 min weekly
10 students: 30 min weekly
6 students: 30 min weekly in a group of 3
504: 30 min monthly consult"""
HOW = (
    "One line for each student, or for several who have the same. Say how often as your plans do. A line without a word for "
    "it counts as individual; write *group of 3*, *consult* or *504* where it is one."
)

NOTHING = "Nothing was in the field. Type one line for each student."
CELLS = (
    "That looks like cells of a spreadsheet in which no line says how often. Paste only the column that does, or save the "
    "cells as a file and choose My own sheet above."
)


def show() -> None:
    """The field for the list, the lines as read, and what they leave open."""
    kept = record()
    there = bool(kept.lines or kept.kept_entries)
    if kept.problem:
        st.warning(safe(kept.problem))
    _questions(kept.lines)
    if there:
        _lines(kept.lines)
    with st.form("my_list_form", border=False, clear_on_submit=True):
        st.text_area(
            "More lines" if there else "Your caseload",
            key="my_list",
            height=100 if there else 150,
            placeholder="3 students: 45 min weekly" if there else EXAMPLE,
        )
        st.caption(HOW)
        with st.container(horizontal=True):
            st.form_submit_button(
                "Add these lines" if there else "Read the list",
                on_click=_read,
                type="secondary" if there else "primary",
            )
            if not there:
                st.form_submit_button("Try it with the example", on_click=_example)


def _example() -> None:
    record().lines = read_list(EXAMPLE)


def _read() -> None:
    """Add the lines of the field; the text itself is kept nowhere."""
    kept, text = record(), session.chosen("my_list") or ""
    found = read_list(text.replace("\t", " "), kept.answers)
    cells = "\t" in text and not any(line.has_minutes or line.is_open for line in found)
    kept.problem = CELLS if cells else "" if found else NOTHING
    kept.lines = (*kept.lines, *(() if cells else found))
    session.set_now("my_list", "")  # the text may hold names: nothing of it stays on the server


def _questions(lines: tuple[ListLine, ...]) -> None:
    """What more than one reading is possible of, once for each kind of question."""
    for kind, (line, waiting) in questions(lines).items():
        with st.container(key=f"waiting_{kind}"):
            words = {choice.key: choice.label for choice in line.reading.choices}
            st.selectbox(
                f"{plain(line.reading.question or 'What does this line mean?', 400)} "
                f"({count(waiting, 'student')} not counted until you say)",
                list(words),
                index=None,
                key=widget_key(f"ask_{kind}"),
                placeholder="Choose",
                format_func=partial(_choice_words, words),
                on_change=_answer,
                args=(kind, widget_key(f"ask_{kind}")),
                help="The answer holds for every line that leaves this open. Is one of them different? Remove it and write it in full.",
            )


def _choice_words(words: Mapping[str, str], key: str) -> str:
    return plain(words[key], 200)


def _answer(kind: str, key: str) -> None:
    kept, chosen = record(), session.chosen(key)
    if chosen:
        kept.answers = {**kept.answers, kind: chosen}
        kept.lines = read_again(kept.lines, kept.answers)


def _lines(lines: tuple[ListLine, ...]) -> None:
    """Every line as it is counted, with a way to take it out."""
    kept = record()
    for place, entry in enumerate(kept.kept_entries):
        _row(in_words(entry), "", f"kept_{place}", _remove_kept, place)
    for place, line in enumerate(lines):
        note = ""
        if line.is_open:
            note = "Not counted yet: see the question above."
        elif not line.has_minutes:
            note = "No minutes were found in this line: the students count, their minutes do not. Write it as 2 x 30 min weekly."
        elif line.dropped:
            note = "Words before the first number were left out and are kept nowhere."
        said = (
            f"{count(line.students, 'student')}: {line.phrase}"
            if line.is_open or not line.has_minutes
            else in_words(line.entry)
        )
        _row(said, note, f"line_{place}", _remove, place)
        if line.needs_size:
            key = widget_key(f"size_{place}_{len(lines)}")
            st.number_input(
                "How many students are in this group? Until you say, they count as individual.",
                1,
                12,
                None,
                key=key,
                placeholder="students",
                on_change=_size,
                args=(place, key),
                width=360,
            )


def _row(said: str, note: str, key: str, remove, place: int) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key=f"my_row_{key}", gap="small"):
        st.markdown(safe(said, 300), width="stretch")
        st.button(
            "Remove", key=widget_key(f"remove_{key}"), on_click=remove, args=(place,), type="tertiary",
            help=f"Take out: {plain(said, 120)}",
        )  # fmt: skip
    if note:
        finding.note(note)


def _remove(place: int) -> None:
    kept = record()
    kept.lines = (*kept.lines[:place], *kept.lines[place + 1 :])


def _remove_kept(place: int) -> None:
    kept = record()
    kept.kept_entries = (*kept.kept_entries[:place], *kept.kept_entries[place + 1 :])


def _size(place: int, key: str) -> None:
    kept, size = record(), session.chosen(key)
    if size:
        changed = replace(kept.lines[place], group_size=int(size))
        kept.lines = (*kept.lines[:place], changed, *kept.lines[place + 1 :])

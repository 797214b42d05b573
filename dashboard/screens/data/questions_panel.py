"""The open questions about the files, a card for each: the words, the rows, the choices with their FTE, a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.parts import drafts
from dashboard.parts.finding import note, title
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.data import data_state
from dashboard.shell import cached, session
from workload.intake.phrases.meanings import show_number
from workload.intake.phrases.questions import period_label
from workload.model.column_fates import ASKED, PERSONAL, READ
from workload.model.words import count, fte

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.screens.data.effects import Tried
    from workload.intake.answers.findings import Question
    from workload.intake.load import Loaded
    from workload.intake.phrases.meanings import Reading

ELSE = "\0something else"
RADIOS = 7  # more choices than these are a list that opens
ROWS_NAMED = 3
OF_SHEETS = ("column:", "which:", "file:", "use:", "sheet:", "header_row:")  # about a sheet, not about rows
SOMETHING_ELSE = {"column": "Something else: choose what a column is", "name": "Somebody or somewhere else: choose"}
GOOD = ("A", "B")  # grades of phrases that can be counted
CARDS = 6  # the questions with the largest consequences; the others open below them


def cards(questions: Sequence[Question], found: Tried) -> None:
    """The questions side by side, the one that moves most first; its button is the page's primary one."""
    rows_of(questions[:CARDS], found, True)
    if len(questions) > CARDS:
        more = st.expander(f"{count(len(questions) - CARDS, 'more question')}", key="more_questions", on_change="rerun")
        if more.open:
            with more:
                rows_of(questions[CARDS:], found, False)


def rows_of(questions: Sequence[Question], found: Tried, has_first: bool) -> None:
    """Cards two by two."""
    for at in range(0, len(questions), 2):
        for place, column in enumerate(st.columns(2, gap="small")):
            if at + place < len(questions):
                question = questions[at + place]
                key = cached.digest(question.key)[:10]
                with column, st.container(key=f"card_question_{key}", height="stretch"):
                    ask(question, key, found.get(question.key, {}), has_first and at + place == 0)


def ask(question: Question, key: str, effect: Mapping[str, float | None], is_first: bool) -> None:
    """One question. The suggestion stands first and is chosen already; nothing is taken over until it is pressed."""
    words = dict(question.choices)
    title(plain(question.message, 600), under(question, words))
    order = sorted(words, key=lambda choice: choice != question.suggestion)
    if question.free:
        order.append(ELSE)
    choice = chosen_of(question, order, words, effect, key)
    about, answer, said = (
        (question.key, choice, words.get(choice or "", "")) if choice != ELSE else typed(question, key)
    )
    if not st.button("Use this answer", key=f"use_{key}", type="primary" if is_first else "secondary"):
        return
    if answer is None:
        note("Choose an answer first, or say it in your words.")
        return
    drafts.sent(f"own_{key}")
    data_state.remember(about, question.message, said)
    session.decide(about, answer)
    st.rerun()


def under(question: Question, words: Mapping[str, str]) -> str:
    """Which rows a question touches, what the words suggest, and what is counted until it is answered."""
    rows = [row for _, _, row in question.rows]
    said = []
    if question.key.startswith(OF_SHEETS):
        said.append(f"Sheet {question.rows[0][1]}." if question.rows else "")
    elif len(rows) > 1:
        more = f" and {len(rows) - ROWS_NAMED:,} more" if len(rows) > ROWS_NAMED else ""
        said.append(f"{len(rows):,} rows: {', '.join(map(str, rows[:ROWS_NAMED]))}{more}.")
    elif rows:
        said.append(f"Row {rows[0]}.")
    if question.free == "phrase" and question.written and question.written not in question.message:
        said.append(f'Written: "{question.written}".')
    if question.suggestion in words:
        said.append("The words suggest the first.")
    if question.applied:
        said.append(f"Until you answer: {words.get(question.applied, question.applied)}.")
    return plain(" ".join(said), 600)


def chosen_of(
    question: Question, order: Sequence[str], words: Mapping[str, str], effect: Mapping[str, float | None], key: str
) -> str | None:
    """The choice of the moment, as round buttons or, where there are many, as a list that opens."""
    label = safe(f"Answer for {question.written or question.column or 'this question'}")
    start = 0 if order[0] == question.suggestion else None

    def said(choice: str, mark: bool) -> str:
        if choice == ELSE:
            return SOMETHING_ELSE.get(question.free, "Something else: type it")
        if choice not in effect:
            return (safe if mark else plain)(words[choice])
        leads = "no answer" if effect[choice] is None else f"{fte(effect[choice])} FTE needed"
        return f"{safe(words[choice])} :gray[→ {leads}]" if mark else f"{plain(words[choice])} → {leads}"

    if len(order) <= RADIOS:
        return st.radio(
            label,
            order,
            index=start,
            format_func=lambda choice: said(choice, True),
            key=f"question_{key}",
            label_visibility="collapsed",
        )
    return st.selectbox(
        label,
        order,
        index=start,
        format_func=lambda choice: said(choice, False),
        key=f"question_{key}",
        label_visibility="collapsed",
        placeholder="Choose",
    )


def typed(question: Question, key: str) -> tuple[str, str | None, str]:
    """(key, answer, its words) of what was typed or chosen instead; the answer is None while it cannot be used."""
    if question.free == "date":
        day = st.date_input("The last day of the service", value=None, key=f"day_{key}", format="MM/DD/YYYY")
        return question.key, day.isoformat() if day else None, f"Ends on {day:%m/%d/%Y}" if day else ""
    if question.free == "column":
        return meaning(question, key)
    if question.free == "name":
        chosen = st.selectbox("Who or where", names(question), index=None, format_func=plain, key=f"own_{key}")
        return question.key, chosen, chosen or ""
    asked = f'What "{question.written}" means' if question.typed_key else "In your words"
    text = st.text_input(
        safe(f"{asked}, such as 2 times 30 minutes each month"), key=f"own_{key}", max_chars=120, placeholder="Type it"
    )
    drafts.keep(f"own_{key}")
    return question.typed_key or question.key, *phrase(text)


def loaded() -> Loaded:
    """What was read of the files that are asked about."""
    read = session.opened().loaded
    assert read is not None  # a question is always about a file
    return read


def names(question: Question) -> list[str]:
    """Every person or school that the files list."""
    roster = loaded().roster
    table, column = (
        (roster.schools, "school") if question.key.startswith("school:") else (roster.therapists, "therapist")
    )
    listed = {*table[column].dropna(), *roster.services[column].dropna()} - {question.written}
    return sorted(listed, key=str.casefold)


def meaning(question: Question, key: str) -> tuple[str, str | None, str]:
    """What a column is, from everything that its sheet can hold; where several are asked about, which one it is."""
    from workload.intake.by_hand.sheet_map import choices, sheet_maps

    said = question.key.split(":")
    sheets = [each for each in sheet_maps(loaded().files) if each.fingerprint in said]
    print_ = sheets[0].fingerprint if sheets else ""
    words = dict(choices(sheets[0].table if sheets else "services"))
    heading = question.column
    columns = [column for sheet in sheets for column in sheet.columns if column.fate not in (READ, PERSONAL)]
    asked = [column.heading for column in columns if column.fate == ASKED] or [column.heading for column in columns]
    if not question.key.startswith("column:") and asked:
        heading = st.selectbox("Which column", asked, format_func=plain, key=f"which_{key}")
    choice = st.selectbox(
        safe(f"What the column {heading} holds"),
        [name for name in words if name],
        index=None,
        format_func=words.__getitem__,
        key=f"own_{key}",
        placeholder="Choose",
    )
    return f"column:{print_}:{heading}", choice, f"{heading}: {words[choice]}" if choice else ""


def phrase(text: str) -> tuple[str | None, str]:
    """A typed phrase is read as a cell would be; what it was read as, and what was left over, is shown."""
    from workload.intake.phrases.phrase_reader import read_phrase

    if not (text or "").strip():
        return None, ""
    reading = read_phrase(text)
    counts = reading.grade in GOOD and all(part.total_minutes is not None and part.period for part in reading.parts)
    left = f" Not used: {reading.leftovers}." if reading.leftovers.strip() else ""
    if not counts:
        alone = f"Type it without these words: {reading.leftovers}." if reading.question_kind == "text-around" else ""
        if alone:
            note(plain(alone, 300))
            return None, ""
        why = reading.question or "Say the minutes and how often, such as 30 minutes twice a week."
        note(plain(f"This cannot be counted yet. {why}{left}", 600))
        return None, ""
    note(plain(f"Read as {in_words(reading)}.{left}", 600))
    return text.strip(), f"{text.strip()} ({in_words(reading)})"


def in_words(reading: Reading) -> str:
    """What a phrase was read as: "2 x 30 minutes, in all 60 minutes each month"."""
    said = []
    for part in reading.parts:
        each = ""
        if part.sessions and part.minutes_per_session is not None:
            each = f"{show_number(part.sessions)} x {show_number(part.minutes_per_session)} minutes, in all "
        kind = f", {part.delivery}" if part.delivery else ""
        total = show_number(part.total_minutes) if part.total_minutes is not None else "unknown"
        said.append(f"{each}{total} minutes {period_label(part.period or '')}{kind}")
    return "; ".join(said)

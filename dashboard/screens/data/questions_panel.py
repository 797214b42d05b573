"""The open questions about the files: choices, what each would do to the FTE required, and the saved answers."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.data import uploads
from dashboard.shell import cached, session
from workload.model.words import count, fte

if TYPE_CHECKING:
    from workload.intake.checks.findings import Question
    from workload.intake.load import Loaded

FEW_QUESTIONS, SMALL_ROSTER = 3, 500  # up to here every answer is tried without asking: well under a second each
MAP_UPLOAD = "map_file"
NO_ANSWER = "Nothing is left to calculate from"


def questions(loaded: Loaded) -> None:
    """What only a person can tell, each asked once, all in one place."""
    if loaded.questions:
        st.header(f"{count(len(loaded.questions), 'question')} about your file", anchor=False)
        st.caption("Until you answer, the answer stands on the reading that is named, or the rows are not counted.")
    at_once = len(loaded.questions) <= FEW_QUESTIONS and len(loaded.roster.services) <= SMALL_ROSTER
    for at, question in enumerate(loaded.questions):
        with st.container(border=True):
            ask(question, f"question_{at}_{cached.digest(question.key)[:8]}", at_once)


def ask(question: Question, key: str, at_once: bool) -> None:
    """One question with its choices and what each leads to; the answer reads the rows again."""
    words = dict(question.choices)
    places = f" {count(len(question.rows), 'row')}." if question.rows else ""
    applied = f" Until then: {words.get(question.applied, question.applied)}." if question.applied else ""
    st.markdown(safe(f"{question.message}{places}{applied}", 1_500))
    suggested = f"It looks like: {plain(words[question.suggestion])}" if question.suggestion in words else "Choose"
    st.selectbox(
        safe(f"Answer for {question.written or question.column or 'this question'}"),
        list(words),
        index=None,
        format_func=lambda choice: plain(words[choice]),
        placeholder=suggested,
        key=key,
        on_change=answer_question,
        args=(question.key, key),
    )
    asked = f"consequences_{cached.digest(question.key)[:12]}"
    if at_once or session.kept(f"{asked}_wanted"):
        widgets.words_table(
            consequence_table(question, asked),
            f"What each answer to this question leads to: {question.message}",
            f"{key}_table",
        )
    else:
        st.button(
            "What does each answer change?", key=f"{key}_what", on_click=session.keep, args=(f"{asked}_wanted", True)
        )


def consequence_table(question: Question, name: str) -> pd.DataFrame:
    """Every answer with the FTE that the district would require under it."""
    from workload.consequences import MOST_CHOICES, consequences

    own, day, assumed = session.imported(), session.day(), session.assumptions()
    key = cached.digest(session.district().roster.digest, day, sorted(assumed.values.items()))
    found = uploads.once(
        name, key, lambda: consequences(own.opened, session.secret(), own.answers, question, day, assumed, own.edits)
    )
    rows = [
        {"If the answer is": label, "FTE required": NO_ANSWER if found[choice] is None else fte(found[choice])}
        for choice, label in question.choices
        if choice in found
    ]
    left = len(question.choices) - len(rows)
    if left:
        rows.append(
            {
                "If the answer is": f"{count(left, 'more choice')}",
                "FTE required": f"Only the first {MOST_CHOICES} are worked out",
            }
        )
    return pd.DataFrame(rows)


def answer_question(about: str, key: str) -> None:
    """Take over the choice of a question's widget."""
    choice = session.chosen(key)
    if choice is not None:
        session.decide(about, choice)


# --- the answers as a file ---------------------------------------------------------------------------------


def saved_answers() -> None:
    """The answers so far: to save for the next upload or the command line, to load, to take back."""
    if not session.kept_files():
        return
    answers = session.import_map().as_dict()
    # The label never changes: a panel with a new label is a new panel, and would close under the hand.
    box = st.expander("Save or load your answers", key="answers_panel", on_change="rerun")
    if not box.open:
        return
    with box:
        st.markdown(f"{count(number_of(answers), 'answer')} so far.")
        st.caption(
            "They are used again for files with the same headings while this session lasts. Save them for the next "
            "time. The file holds no students; but an answer to a single phrase stands in it under the phrase's "
            "text, and names of schools and therapists stand in it as written, so keep it as you keep the roster."
        )
        with st.container(horizontal=True):
            st.download_button(
                "Save the answers (MAP.toml)",
                map_text,
                "MAP.toml",
                "application/toml",
                on_click="ignore",
                key="map_save",
                disabled=not answers,
            )
            st.button("Take all answers back", key="map_forget", on_click=forget, disabled=not answers)
        st.file_uploader("Load saved answers", type=["toml"], key=MAP_UPLOAD, on_change=load_map)


def number_of(answers: dict[str, object]) -> int:
    """How many decisions a map holds."""
    return sum(number_of(each) if isinstance(each, dict) else 1 for each in answers.values())


def map_text() -> str:
    """The decisions as the file that the command line reads too."""
    from workload.intake.answers.import_map import map_text

    return map_text(session.import_map())


def forget() -> None:
    """Ask every question again."""
    from workload.intake.answers.import_map import ImportMap

    session.set_imported(session.imported().with_answers(ImportMap()))


def load_map() -> None:
    """Take saved answers over; a file that cannot be used changes nothing and is refused in a sentence."""
    from workload.intake.answers.import_map import MapError, map_of

    file = session.chosen(MAP_UPLOAD)
    if file is None:
        return
    try:
        taken = map_of(tomllib.loads(file.getvalue().decode("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        session.say("That file could not be read. Saved answers are a text file named MAP.toml. Nothing was changed.")
    except MapError as problem:
        session.say(safe(f"That file does not hold saved answers. {problem} Nothing was changed.", 500))
    else:
        own = session.imported()
        session.set_imported(own.with_answers(own.answers.merged(taken)))
        session.say(f"{count(number_of(taken.as_dict()), 'saved answer')} taken over.")

"""The answers that were given: each can be taken back; together they can be saved, loaded and forgotten."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import streamlit as st

from dashboard.parts import map_file
from dashboard.parts.finding import note, title
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.data import data_state
from dashboard.shell import cached, session
from workload.intake.answers.import_map import GROUPS, ImportMap
from workload.model.columns import TABLES
from workload.model.words import count

MAP_UPLOAD = "map_file"
ABOUT = {group: about for about, group in reversed(GROUPS.items())}  # group of the map -> how its keys begin
SHOWN = 12


def show() -> None:
    """The list, and the panel to save and load it."""
    if not session.imported().files:
        return
    given = list(decisions(session.imported().answers))
    if given:
        with st.container(key="card_given"):
            title(f"{count(len(given), 'answer')} given", "Take one back and the question is asked again.")
            for key, said, choice in given[:SHOWN]:
                given_answer(key, said, choice)
            if len(given) > SHOWN:
                more = st.expander(f"{len(given) - SHOWN} more", key="more_given", on_change="rerun")
                if more.open:
                    with more:
                        for key, said, choice in given[SHOWN:]:
                            given_answer(key, said, choice)


def given_answer(key: str, said: str, choice: str) -> None:
    """One answer with its way back."""
    text, back = st.columns([4, 1.2], vertical_alignment="center")
    text.markdown(f"{safe(said, 300)} **{safe(choice, 200)}**")
    back.button(
        "Undo this answer", key=f"undo_{cached.digest(key)[:10]}", on_click=take_back, args=(key,), help=plain(said)
    )


def decisions(answers: ImportMap) -> Iterator[tuple[str, str, str]]:
    """(key, what it is about, what was answered) of every decision of a map."""
    words = data_state.now().answered
    for group, entries in answers.as_dict().items():
        if group == "columns":
            found = [
                (f"column:{print_}:{heading}", f"{heading}:", meaning_words(meaning))
                for print_, meanings in entries.items()
                for heading, meaning in meanings.items()
            ]
        else:
            found = [(f"{ABOUT[group]}:{written}", f"{written}:", choice) for written, choice in entries.items()]
        for key, said, choice in found:
            asked = (
                words.get(key)
                or words.get(key.replace("file:", "phrase:", 1))
                or words.get(key.replace("file:", "which:", 1))
            )
            yield (key, asked.question, asked.answer) if asked else (key, said, choice)


def meaning_words(meaning: str) -> str:
    """What a column was said to be."""
    from workload.intake.by_hand.sheet_map import label_of

    name = meaning.partition("@")[0]
    table = next((table for table in TABLES if name in table.names), None)
    return label_of(table, meaning) if table else "not needed" if not meaning else meaning.replace("-", " ")


def take_back(key: str) -> None:
    """Ask again."""
    own = session.imported()
    session.set_imported(own.with_answers(own.answers.without(key)))


def saved_answers() -> None:
    """The answers so far: to save for the next upload or the command line, to load, to take back."""
    if not session.imported().files:
        return
    number = len(list(decisions(session.imported().answers)))
    # The label never changes: a panel with a new label is a new panel, and would close under the hand.
    box = st.expander("Save or load your answers", key="answers_panel", on_change="rerun")
    if not box.open:
        return
    with box:
        note(
            "They are used again for files with the same headings while this session lasts. Save them for the next "
            "time. The file holds no students; but an answer to a single phrase stands in it under the phrase's "
            "text, and names of schools and therapists stand in it as written, so keep it as you keep the roster."
        )
        with st.container(horizontal=True):
            st.download_button(
                "Save the answers (MAP.toml)",
                map_file.text(),
                "MAP.toml",
                "application/toml",
                on_click="ignore",
                key="map_save",
                disabled=not number,
            )
            st.button("Take all answers back", key="map_forget", on_click=forget, disabled=not number)
        st.file_uploader("Load saved answers", type=["toml"], key=MAP_UPLOAD, on_change=load_map)


def forget() -> None:
    """Ask every question again."""
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
        own, of_files = session.imported(), map_file.take(taken)
        session.set_imported(own.with_answers(own.answers.merged(of_files)))
        session.say(f"{count(len(list(decisions(of_files))) + len(taken.renewals), 'saved answer')} put back.")

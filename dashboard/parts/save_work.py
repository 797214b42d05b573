""" "Save my work": everything that was decided and typed in one file, brought back in one step; and whether any of it is unsaved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from dashboard.parts.finding import note, title, unsaved
from dashboard.shell import cached, keeping, kept_parts, session
from dashboard.shell.entries import as_it_stands
from workload.model.parameters import parameters
from workload.store.kinds import KINDS
from workload.store.packing import UnreadableError
from workload.store.saved_file import as_file, from_file

NAME, SAMPLE = "ot-staffing-work.zip", "sample"
SAVED, BROUGHT = "_saved_work", "_brought_back"
LARGEST_MB = 50
HOLDS = (
    "It holds the rows with students as pseudonyms, the names of therapists and schools, and everything that was decided or "
    "typed: answers, corrections, posts, assumptions, scenarios, logs. It never holds students' names, birth dates or the file itself."
)


def as_bytes(entries: Callable[[], Mapping[str, Any]]) -> bytes:
    """The file of what is open, as it stands when it is asked for: a part of the page may have changed it since the button was
    drawn."""
    of = kept_parts.sources(entries())
    parts = {name: make() for name, (_, make) in kept_parts.parts(of=of).items()}
    return as_file({**parts, SAMPLE: of[0] is not None and of[0].is_sample}, {**KINDS, **cached.SCREEN_KINDS})


def mark() -> str:
    """One digest of everything that somebody has decided or typed; empty where there is nothing of the kind."""
    own, standard = session.imported(), {id: each.value for id, each in parameters().items()}
    changed = sorted((id, value) for id, value in session.assumptions().values.items() if value != standard[id])
    typed = {name: print_ for name, (print_, _) in kept_parts.brought((), *kept_parts.records()).items()}
    decided = repr((own.answers, own.edits, own.posts))
    if not changed and not typed and decided == NOTHING:
        return ""
    return cached.digest(changed, repr(sorted(typed.items())), decided)


NOTHING = repr((kept_parts.Imported().answers, kept_parts.Imported().edits, kept_parts.Imported().posts))


def is_unsaved() -> bool:
    """Whether work would be lost by leaving: something was decided or typed, and is neither kept nor in a saved file."""
    if session.district() is None or keeping.current() is not None:
        return False
    made = mark()
    return bool(made) and made != session.chosen(SAVED)


def button() -> None:
    """The button in the line at the top; what warns before leaving stands beside it."""
    if session.district() is None:
        return
    st.download_button(
        "Save my work",
        partial(as_bytes, as_it_stands()),
        NAME,
        "application/zip",
        key="save_my_work",
        type="tertiary",
        icon=":material/save:",
        on_click=_saved,
        help=HOLDS,
    )


def warning() -> None:
    """A mark that the page reads before somebody leaves it."""
    if is_unsaved():
        unsaved()


def _saved() -> None:
    session.set_now(SAVED, mark())


def bring_back() -> None:
    """A saved file opens everything that it holds, in one step."""
    number = session.chosen(BROUGHT) or 0
    with st.container(key="card_bring_back"):
        title(
            "Saved work from another day?",
            "One file brings back the district and everything that was decided about it.",
        )
        st.file_uploader(
            "Bring saved work back",
            type=["zip"],
            max_upload_size=LARGEST_MB,
            key=f"saved_work_{number}",
            on_change=_take,
            args=(number,),
        )
        note(HOLDS)


def _take(number: int) -> None:
    """Open the uploaded file; one that cannot be read changes nothing and is refused in a sentence."""
    file = session.chosen(f"saved_work_{number}")
    if file is None:
        return
    session.set_now(BROUGHT, number + 1)
    try:
        parts = from_file(file.getvalue(), {**KINDS, **cached.SCREEN_KINDS})
        is_sample = bool(parts.pop(SAMPLE, False))
        session.set_now(
            session.KEEPING, None
        )  # what is brought back does not take the place of a district that is kept
        kept_parts.put_back(parts, linked=False)
    except (UnreadableError, KeyError, AttributeError, TypeError) as problem:
        why = str(problem) if isinstance(problem, UnreadableError) else "It was not saved whole."
        session.say(f"This file could not be brought back. {why} Nothing was changed.")
        return
    opened = session.district()
    if is_sample and opened is not None:
        session.set_now(session.DISTRICT, replace(opened, is_sample=True))
    session.set_now(SAVED, mark())
    session.say("Your work is back as it was saved.")

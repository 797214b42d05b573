"""The only cache decorators. Keys are digest strings; what came from an upload stays in its own session.

Arguments whose name starts with an underscore are not looked at: the digest before them says what they are.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.shell.entries import until_something_is_set
from workload.answer import Answer, analyze
from workload.model.confirmations import Confirmation, QuestionEnds
from workload.model.packaged_data import sample_file
from workload.model.parameters import Assumptions
from workload.model.roster import Roster
from workload.model.school_calendar import SchoolCalendar
from workload.store.kinds import KINDS

if TYPE_CHECKING:
    from workload.intake.answers.import_map import ImportMap
    from workload.intake.by_hand.corrected_cells import Edits
    from workload.intake.load import Loaded
    from workload.intake.open.opened import Opened
    from workload.store.store import Store

SAMPLE = sample_file()
SAMPLE_DAY = date(2026, 10, 1)  # the day that the sample was made for
ROWS_KEPT, ANSWERS_KEPT = 3, 12
DRAWN_KEPT = 24
File = tuple[str, bytes]
# Records of screens that may be kept beside those of the library.
SCREEN_KINDS = {
    "Board": "dashboard.screens.decide.scenarios.open_scenarios",
    "Asked": "dashboard.screens.data.data_state",
    "Confirmed": "dashboard.parts.own_word",
}


def digest(*parts: object) -> str:
    """One sha-256 over all parts: bytes as they are, anything else by its text."""
    seen = hashlib.sha256()
    for part in parts:
        piece = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        seen.update(len(piece).to_bytes(8, "big") + piece)
    return seen.hexdigest()


def files_digest(files: Sequence[File]) -> str:
    """What the uploaded files are, by name and content."""
    return digest(*(part for file in files for part in file))


@cache
def secret_of_the_sample() -> bytes:
    """The sample's students are invented, so one secret for everybody who opens it is enough."""
    return secrets.token_bytes(32)


@st.cache_resource(show_spinner=False)
def sample() -> Loaded:
    """The sample district, read once for everybody: nobody's data."""
    from workload.intake.load import load

    return load([(SAMPLE.name, SAMPLE.read_bytes())], secret=secret_of_the_sample())


@st.cache_resource(show_spinner=False)
def sample_answer() -> Answer:
    """The answer of the sample on its own day under the defaults."""
    return analyze(sample().roster, SAMPLE_DAY)


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def loaded(key: str, _opened: Sequence[Opened], _answers: ImportMap, _edits: Edits, _secret: bytes) -> Loaded:
    """The opened files read with the answers and corrections so far. `key` is the digest of all four."""
    from workload.intake.load import load

    return load(_opened, secret=_secret, answers=_answers, edits=_edits)


class Shelf:
    """The last `most` things that were made, by what they follow from; the one asked for longest ago goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.made: dict[Hashable, Any] = {}

    def get(self, of: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` makes of it; what stands there is not made again."""
        value = self.made.pop(of) if of in self.made else make()
        self.made[of] = value
        if len(self.made) > self.most:
            del self.made[next(iter(self.made))]
        return value


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def _shelves() -> dict[str, Shelf]:
    """Of this session alone; a page asks some dozens of times in a run, and the framework's own caches take their time."""
    return {"rows": Shelf(ROWS_KEPT), "answers": Shelf(ANSWERS_KEPT), "drawn": Shelf(DRAWN_KEPT)}


def _shelf(name: str) -> Shelf:
    return until_something_is_set("shelves", None, _shelves)[name]


def empty_shelves() -> None:
    """Nothing that was made in this session before is given out any more."""
    for shelf in _shelves().values():
        shelf.made.clear()


def first_answer(key: str, day: date, state: str | None, roster: Roster) -> Answer:
    """The answer of a roster (by its digest) on a day under the defaults: here its rows are read."""
    return _shelf("rows").get((key, day, state), lambda: analyze(roster, day, state=state))


def answer_under(
    key: str,
    first: Answer,
    assumptions: Assumptions,
    confirmed: Mapping[str, Confirmation] = MappingProxyType({}),
    question_ends: QuestionEnds | None = None,
    calendar: SchoolCalendar | None = None,
) -> Answer:
    """The same rows under other assumptions and a calendar, after what was confirmed. `key` is the digest of it all."""

    def made() -> Answer:
        answer = first.under(assumptions)
        if calendar is not None:
            answer = answer.with_calendar(calendar)
        if question_ends is not None:
            answer = replace(answer, question_ends=question_ends)
        return answer.with_confirmed(confirmed) if confirmed else answer

    return _shelf("answers").get(key, made)


def drawn(name: str, key: str, make: Callable[[], Any]) -> Any:
    """What a page draws, lists or searches of an answer, made once for as long as what it follows from (`key`) stays."""
    return _shelf("drawn").get((name, key), make)


@st.cache_resource(scope="session", max_entries=1, show_spinner=False, on_release=lambda work: work.abandon())
def watched(key: int, _work: Any) -> Any:
    """Work that this session waits for, one at a time: it is told when the session ends or waits for another."""
    return _work


@st.cache_resource(show_spinner=False, max_entries=4)
def store(folder: str, url: str) -> Store:
    """The store of this computer or server: a way to it, no connection and nobody's data. Raises `StoreError`."""
    from workload.store.store import open_store

    return open_store(Path(folder), url, {**KINDS, **SCREEN_KINDS})


@st.cache_data(show_spinner=False)
def template() -> bytes:
    """The empty roster workbook to fill in."""
    from io import BytesIO

    from workload.intake.template import write_template

    made = BytesIO()
    write_template(made)
    return made.getvalue()


@st.cache_resource(show_spinner=False, max_entries=64)
def text(name: str) -> str:
    """A longer text of the pages, from `text/`."""
    return (Path(__file__).parents[1] / "text" / f"{name}.md").read_text(encoding="utf-8")

"""The district of a session in the store: kept once somebody has said so, saved as the work happens, opened again by itself.

A session knows the version of every part that it has read or saved. What cannot be saved stays in the session and is
tried again at the next step; what somebody else has changed meanwhile is told and not overwritten.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from dashboard.shell import cached, kept_parts, session, sign_in
from dashboard.shell.entries import until_something_is_set
from workload.model.pseudonyms import data_folder
from workload.store.database import DATABASE, FILE, StoreError
from workload.store.district import ConflictError, District, Saved
from workload.store.packing import UnreadableError
from workload.store.roles import CHANGE_WORK, THIS_COMPUTER, NotAllowedError, Person

if TYPE_CHECKING:
    from workload.store.store import Kept, Store

Told = TypeVar("Told")
LOOKED, DECLINED = "_looked_for_kept", "_declined_to_keep"
AWAY = "_store_does_not_answer"  # whether it could not be told which districts are kept
NOT_FOR_NOW = "Students have pseudonyms of this session alone. Bring the file again once this is settled:"


@dataclass
class Keeping:
    """Where the district of this session is kept.

    versions, digests  of each part as this session knows it
    prints             what each part was made from when it was last compared; held keeps those objects alive
    saved_at           the time of the last saving, as it was acknowledged
    problem            why the last saving failed, as a sentence; conflict is the part that somebody else has changed
    mark               which secret the pseudonyms are of that this session has
    looking            the day of the older month that stands on the pages instead of today's work; nothing is saved then
    person             who is here, with the role that the store gave when it was opened: for what a page offers only
    """

    id: str
    versions: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    prints: dict[str, object] = field(default_factory=dict)
    held: list[object] = field(default_factory=list)
    saved_at: datetime | None = None
    problem: str = ""
    conflict: str = ""
    person: Person = THIS_COMPUTER
    mark: str = ""
    looking: date | None = None


def now() -> str:
    """The time in UTC, as the store takes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def is_possible() -> bool:
    """Whether a district may be kept without sign-in: only for somebody who sits at this computer."""
    return not sign_in.is_on() and sign_in.is_at_this_computer()


def place() -> Path:
    """The folder in which districts are kept."""
    return data_folder() / "districts"


def store() -> Store:
    """The store, made when there is none. Raises `StoreError`."""
    return cached.store(str(place()), os.environ.get(DATABASE, ""))


def is_ready() -> bool:
    """Whether the store answers, or none was ever made; asked outside of any session."""
    from workload.store import database

    url = os.environ.get(DATABASE, "")
    if not url and not (place() / FILE).exists():
        return True
    try:
        engine = database.engine_of(url or database.file_of(place()))
        answers = database.revision(engine) is not None
        engine.dispose()
    except StoreError:
        return False
    return answers


def kept() -> list[Kept]:
    """The districts that are kept here; none where nothing was ever kept, which makes no file."""
    may_look = is_possible() or sign_in.is_on()
    if not may_look or not (os.environ.get(DATABASE) or (place() / FILE).exists()):
        return []
    try:
        found = store().districts(sign_in.person())
    except StoreError as problem:
        session.say(str(problem))
        session.set_now(AWAY, True)
        return []
    session.set_now(AWAY, False)
    return found


def current() -> Keeping | None:
    """Where the open district is kept; None when it is not."""
    opened = session.district()
    return session.chosen(session.KEEPING) if opened is not None and not opened.is_sample else None


def district_of(keeping: Keeping) -> District:
    """The kept district as whoever is here may see and change it. Raises `StoreError`."""
    return replace(store().district(keeping.id, sign_in.person()), mark=keeping.mark)


def told(ask: Callable[[], Told], otherwise: Told) -> Told:
    """What the store tells; `otherwise` where it refuses, which is said."""
    try:
        return ask()
    except (StoreError, UnreadableError) as problem:
        session.say(str(problem))
        return otherwise


def done(do: Callable[[], object]) -> bool:
    """Whether it could be done in the store; why it could not is said."""

    def so() -> bool:
        do()
        return True

    return told(so, False)


def may(action: str) -> bool:
    """Whether a page offers an action to whoever is here; the library asks again when it is done."""
    kept: Keeping | None = session.chosen(session.KEEPING)
    return not sign_in.is_on() or (kept is not None and kept.person.may(action))


def rights_have_changed() -> bool:
    """Whether the store gives whoever is here another role than the one that the district was opened with, or none."""
    kept: Keeping | None = session.chosen(session.KEEPING)
    if kept is None or not sign_in.is_on():
        return False
    return until_something_is_set("rights", kept.id, lambda: _person_now(kept)) != kept.person


def _person_now(kept: Keeping) -> Person:
    try:
        return district_of(kept).person
    except NotAllowedError:
        return sign_in.NOBODY
    except StoreError:
        return kept.person  # nobody can say so at the moment, and nothing can be saved or opened either


def start_over() -> None:
    """What was read and made with an earlier role goes, unsaved; the district is opened again with the role of today."""
    session.close()
    session.drop(LOOKED, AWAY, "show_names")
    cached.empty_shelves()


def is_asked() -> bool:
    """Whether somebody should be asked to keep what is open: once, and never for the sample."""
    opened = session.district()
    return opened is not None and not opened.is_sample and current() is None and is_possible()


def declined() -> bool:
    """Whether somebody has said that this district is not to be kept."""
    return bool(session.chosen(DECLINED))


def decline() -> None:
    """Do not ask again in this session."""
    session.set_now(DECLINED, True)


def is_for_now() -> bool:
    """Whether the pseudonyms are of a secret of this session alone, which is said: kept, they would fit no other month."""
    if problem := session.chosen(session.FOR_NOW):
        session.say(f"Not kept. {NOT_FOR_NOW} {problem}")
    return bool(problem)


def keep() -> None:
    """Keep the open district from now on."""
    if is_for_now():
        return
    made = told(lambda: store().create(session.district_name(), THIS_COMPUTER, now()), None)
    if made is not None:
        session.set_now(session.KEEPING, Keeping(made.id))
        save()


def begin() -> None:
    """Once at the start of a session: open the district that was open last, if one is kept."""
    if session.chosen(LOOKED):
        return
    session.set_now(LOOKED, True)
    if session.district() is None:
        last = next(iter(kept()), None)
        if last is not None and (last.opened or sign_in.is_on()):
            open_kept(last.id)


def open_kept(id: str) -> None:
    """Open a kept district in this session; why it cannot be opened is said."""
    keeping = Keeping(id)
    try:
        district = district_of(keeping)
        keeping.person, keeping.mark = district.person, district.secret_mark  # before the rows are read
        parts = district.load()
        _take(keeping, parts)
        if sign_in.is_on() and kept_parts.ROSTER not in parts:  # begun by an administrator, and no roster brought yet
            session.set_now(session.KEEPING, keeping)
            return
        kept_parts.put_back({name: part.value for name, part in parts.items()}, "day" in st.query_params)
        if district.person.may(CHANGE_WORK):
            district.opened(district.name, now())
    except (StoreError, UnreadableError) as problem:
        session.say(str(problem))
        session.set_now(AWAY, True)
        return
    except (KeyError, AttributeError):
        session.say("This district was not kept whole and cannot be opened. Restore a backup, or bring the file again.")
        return
    session.set_now(session.KEEPING, keeping)


def _take(keeping: Keeping, parts: Mapping[str, Any]) -> None:
    keeping.versions = {name: part.version for name, part in parts.items()}
    keeping.digests = {name: part.digest for name, part in parts.items()}
    keeping.saved_at = max((datetime.fromisoformat(part.saved_at) for part in parts.values()), default=None)


def save() -> None:
    """Save what has changed since the last saving, together; nothing when nothing has, or for somebody who only looks."""
    keeping = current()
    if keeping is None or keeping.conflict or keeping.looking is not None or not may(CHANGE_WORK):
        return
    found = kept_parts.parts(keeping.versions)
    changed = {name: make for name, (print_, make) in found.items() if keeping.prints.get(name) != print_}
    if not changed:
        return
    if session.chosen(session.FOR_NOW):
        keeping.problem = f"{NOT_FOR_NOW} {session.chosen(session.FOR_NOW)}"
        return
    try:
        own = district_of(keeping)
        made = {name: Saved.of(make(), own.kinds) for name, make in changed.items()}
        new = {name: each for name, each in made.items() if keeping.digests.get(name) != each.digest}
        if new:
            when = now()
            keeping.versions |= own.save(new, keeping.versions, when)
            if kept_parts.SETTINGS in new or kept_parts.ROSTER in new:
                own.opened(session.district_name(), when)
            keeping.saved_at = datetime.fromisoformat(when)
    except ConflictError as problem:
        keeping.conflict, keeping.problem = problem.part, str(problem)
        return
    except StoreError as problem:
        keeping.problem = str(problem)
        return
    keeping.digests |= {name: each.digest for name, each in made.items()}
    keeping.prints = {name: print_ for name, (print_, _) in found.items()}
    keeping.held = [session.district(), session.imported(), {name: make for name, (_, make) in found.items()}]
    keeping.problem = ""


def mine_counts() -> None:
    """After a conflict: what stands in this session takes the place of what the other one saved, which is in the record."""
    keeping = current()
    if keeping is not None:
        try:
            keeping.versions = district_of(keeping).versions()
        except StoreError as problem:
            keeping.problem = str(problem)
            return
        keeping.conflict = keeping.problem = ""
        save()


def theirs_counts() -> None:
    """After a conflict: open what stands in the store."""
    keeping = current()
    if keeping is not None:
        open_kept(keeping.id)


def close() -> None:
    """Close what is open in this session. A kept district stays kept and does not open by itself any more."""
    keeping = current()
    if keeping is not None:
        save()
        done(lambda: district_of(keeping).opened(session.district_name(), ""))
    session.set_now(session.KEEPING, None)
    session.set_now(DECLINED, False)
    session.close()


def forget(id: str) -> None:
    """Delete a kept district, and close it where it is open in this session."""
    if not done(lambda: store().district(id, sign_in.person()).forget(now())):
        return
    keeping = current()
    if keeping is not None and keeping.id == id:
        session.set_now(session.KEEPING, None)
        session.close()
    session.say(
        "Forgotten: nothing of it is left in the files of this tool. Copies that you have made are not deleted."
    )

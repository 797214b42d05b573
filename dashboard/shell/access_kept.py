"""Who may come into the district that is open, and the record of changes, from the store."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from dashboard.shell import cached, keeping, session
from dashboard.shell.therapist_names import people_of
from workload.store import months, people_kept
from workload.store.database import StoreError
from workload.store.district import District
from workload.store.packing import UnreadableError
from workload.store.roles import PEOPLE, Person

HEADINGS = {"at": "When (UTC)", "by": "Who", "role": "As", "what": "What", "about": "About"}


def _own() -> District | None:
    kept: keeping.Keeping | None = session.chosen(session.KEEPING)
    return keeping.district_of(kept) if kept is not None else None


def people() -> list[Person] | None:
    """Everybody with a role; None for somebody who may not see it."""
    if not keeping.may(PEOPLE):
        return None
    try:
        own = _own()
        return people_kept.people(own) if own is not None else None
    except StoreError as problem:
        session.say(str(problem))
        return None


def names() -> list[str]:
    """Whose week there may be: everybody of the roster that is open, or of the newest month that is kept."""
    opened = session.district()
    if opened is not None:
        return list(people_of(opened.roster)["therapist"])
    try:
        own = _own()
        listed = months.heads(own) if own is not None else []
        if own is None or not listed:
            return []
        found = cached.drawn(
            "month_names", cached.digest(own.id, listed[-1]), lambda: months.month(own, listed[-1].day)
        )
    except (StoreError, UnreadableError) as problem:
        session.say(str(problem))
        return []
    return list(people_of(found.roster)["therapist"]) if found is not None else []


def give(email: str, role: str, therapist: str) -> bool:
    """Give somebody a role; False where that is refused, which is said."""
    try:
        own = _own()
        if own is not None:
            people_kept.give_role(own, email, role, therapist, keeping.now())
    except StoreError as problem:
        session.say(str(problem))
        return False
    return own is not None


def take(email: str) -> None:
    """Take somebody's role away."""
    try:
        own = _own()
        if own is not None:
            people_kept.take_role(own, email, keeping.now())
    except StoreError as problem:
        session.say(str(problem))


def history() -> pd.DataFrame:
    """The newest changes, for reading."""
    try:
        own = _own()
        rows = own.history() if own is not None else []
    except StoreError as problem:
        session.say(str(problem))
        rows = []
    table = pd.DataFrame([{name: getattr(each, name) for name in HEADINGS} for each in rows], columns=list(HEADINGS))
    table["at"] = [f"{datetime.fromisoformat(at):%m/%d/%Y %-I:%M %p}" for at in table["at"]]
    return table.rename(columns=HEADINGS)

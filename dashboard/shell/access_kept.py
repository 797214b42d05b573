"""Who may come into the district that is open, and the record of changes, from the store."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from dashboard.shell import keeping, session
from workload.store import people_kept
from workload.store.database import StoreError
from workload.store.district import District
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
    table["at"] = [f"{datetime.fromisoformat(at):%m/%d/%Y %H:%M}" for at in table["at"]]
    return table.rename(columns=HEADINGS)

"""Who may come into the district that is open, and the record of changes, from the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import pandas as pd

from dashboard.shell import cached, keeping, session
from dashboard.shell.therapist_names import people_of
from workload.store import months, people_kept
from workload.store.district import District
from workload.store.roles import PEOPLE, Person

Told = TypeVar("Told")
HEADINGS = {"at": "When (UTC)", "by": "Who", "role": "As", "what": "What", "about": "About"}


def _told(ask: Callable[[District], Told], otherwise: Told) -> Told:
    """What the store tells of the district that is kept; `otherwise` without one, or where it refuses, which is said."""
    kept: keeping.Keeping | None = session.chosen(session.KEEPING)
    return keeping.told(lambda: ask(keeping.district_of(kept)), otherwise) if kept is not None else otherwise


def people() -> list[Person] | None:
    """Everybody with a role; None for somebody who may not see it."""
    return _told(people_kept.people, None) if keeping.may(PEOPLE) else None


def names() -> list[str]:
    """Whose week there may be: everybody of the roster that is open, or of the newest month that is kept."""
    opened = session.district()
    if opened is not None:
        return list(people_of(opened.roster)["therapist"])
    return _told(_of_the_newest_month, [])


def _of_the_newest_month(own: District) -> list[str]:
    if not (listed := months.heads(own)):
        return []
    found = cached.drawn("month_names", cached.digest(own.id, listed[-1]), lambda: months.month(own, listed[-1].day))
    return list(people_of(found.roster)["therapist"]) if found is not None else []


def give(email: str, role: str, therapist: str) -> bool:
    """Give somebody a role; False where that is refused, which is said."""
    return _told(
        lambda own: keeping.done(lambda: people_kept.give_role(own, email, role, therapist, keeping.now())), False
    )


def take(email: str) -> None:
    """Take somebody's role away."""
    _told(lambda own: people_kept.take_role(own, email, keeping.now()), None)


def history() -> pd.DataFrame:
    """The newest changes, for reading."""
    rows = _told(lambda own: own.history(), None) or []
    table = pd.DataFrame([{name: getattr(each, name) for name in HEADINGS} for each in rows], columns=list(HEADINGS))
    table["at"] = [f"{datetime.fromisoformat(at):%m/%d/%Y %-I:%M %p}" for at in table["at"]]
    return table.rename(columns=HEADINGS)

"""Corrections that came back: what is proposed, what was decided, the log, and the way back.

The roster as it was read stays as it is. What is accepted makes another roster beside it, which the answer counts; a
correction belongs to the roster it was decided on and counts for no other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from dashboard.shell import cached, session
from workload.answer import Answer
from workload.model.issues import Issue
from workload.model.roster import Roster
from workload.report.corrections.correction_words import log_table
from workload.report.corrections.returned_sheets import (
    ADDED,
    NOT_MINE,
    Change,
    Corrections,
    Decision,
    decide,
    read_corrections,
    with_corrections,
)

KEPT = "corrections"
OTHER_ROSTER, NOT_A_SHEET = "correction-other-roster", "correction-not-a-sheet"
Batch = tuple[Decision, ...]


@dataclass(frozen=True)
class Ledger:
    """Everything about the corrections of one roster (by its digest as read).

    proposed    changes that wait for a decision
    batches     what was decided, in order; taken_back are batches that were undone
    said        for each file that was read: its name and what could not be used
    """

    read: str
    proposed: tuple[Change, ...] = ()
    batches: tuple[Batch, ...] = ()
    taken_back: tuple[Batch, ...] = ()
    said: tuple[tuple[str, int, tuple[Issue, ...]], ...] = ()

    @property
    def accepted(self) -> list[Change]:
        """The changes in force, in the order in which they were accepted."""
        return accepted(self.batches)


def accepted(batches: Sequence[Batch]) -> list[Change]:
    """The accepted changes of some batches."""
    return [one.change for batch in batches for one in batch if one.accepted]


def ledger() -> Ledger:
    """The corrections of the roster that is open."""
    own = session.district().roster.digest
    kept = session.kept(KEPT)
    return kept if kept is not None and kept.read == own else Ledger(own)


def counted() -> int:
    """How many accepted corrections the answer of now counts with."""
    return sum(change.applies for change in ledger().accepted)


def belongs_to_another() -> int:
    """How many accepted corrections do not count, as the roster was read again in another way."""
    kept = session.kept(KEPT)
    return len(kept.accepted) if kept is not None and kept.read != session.district().roster.digest else 0


def put(made: Ledger) -> None:
    """Keep the ledger, and let the answer follow what is accepted in it."""
    session.keep(KEPT, made)
    own = session.district().roster
    session.keep("corrected", (own.digest, with_corrections(own, made.accepted)))


def place(change: Change) -> tuple[str, object, str, str]:
    """What a change is about: two changes of the same place exclude each other."""
    detail = repr(change.after) if change.kind == ADDED else ""
    return change.therapist, change.line, f"{change.kind}/{change.field}", detail


def take(name: str, data: bytes, answer: Answer, codes: Mapping[str, str]) -> None:
    """Read one sheet. What it proposes waits for a decision; a later sheet goes before an earlier one."""
    now, found = ledger(), read_sheet(data, answer, codes)
    in_force = {place(change): change.after for change in now.accepted}
    new = {place(change): change for change in found.changes if in_force.get(place(change), ...) != change.after}
    left = tuple(change for change in now.proposed if place(change) not in new)
    put(replace(now, proposed=(*left, *new.values()), said=(*now.said, (name, len(new), found.issues))))


def read_sheet(data: bytes, answer: Answer, codes: Mapping[str, str]) -> Corrections:
    """A sheet against the roster that it was made from: the one of now, or one before a correction was accepted."""
    from workload.intake.open.opening import open_file

    opened = open_file("corrections.xlsx", data)  # once; it is parsed in a guarded process
    found = Corrections("")
    for roster in rosters():
        for labels in (codes, {name: name for name in codes}):
            found = read_corrections(data, replace(answer, roster=roster), labels, lambda *_: opened)
            if not {issue.code for issue in found.issues} & {OTHER_ROSTER, NOT_A_SHEET}:
                own = cached.first_answer(roster.digest, session.day(), session.state(), roster)
                return in_codes(read_corrections(data, own, labels, lambda *_: opened), codes)
            if found.issues[0].code == OTHER_ROSTER:
                break
    return found


def rosters() -> list[Roster]:
    """The roster of now and those from before each decision, the newest first."""
    own, batches = session.district().roster, ledger().batches
    return [with_corrections(own, accepted(batches[:number])) for number in range(len(batches), -1, -1)]


def in_codes(found: Corrections, codes: Mapping[str, str]) -> Corrections:
    """The same with the person's code where a sheet was made with the name."""
    return replace(
        found,
        changes=tuple(
            replace(change, before=codes.get(change.therapist, "")) if change.kind == NOT_MINE else change
            for change in found.changes
        ),
    )


def settle(places: Collection[int], accept: Collection[int], by: str, on: date) -> None:
    """Decide the proposals at these places of the list, those in `accept` for, the others against."""
    now = ledger()
    chosen = [replace(now.proposed[at], id=str(at)) for at in sorted(places)]
    if chosen:
        batch = tuple(decide(chosen, {str(at) for at in accept}, by, on))
        left = tuple(change for at, change in enumerate(now.proposed) if at not in set(places))
        put(replace(now, proposed=left, batches=(*now.batches, batch)))


def undo() -> None:
    """Take the last decisions back: their changes wait again, and the log keeps both."""
    now = ledger()
    if now.batches:
        last = now.batches[-1]
        put(
            replace(
                now,
                batches=now.batches[:-1],
                proposed=(*now.proposed, *(one.change for one in last)),
                taken_back=(*now.taken_back, last),
            )
        )


def log(labels: Mapping[str, str]) -> pd.DataFrame:
    """The log as a table: every decision, and whether it is in force or was taken back."""
    now = ledger()
    parts = [
        log_table([one for batch in batches for one in batch], labels).assign(status=status)
        for batches, status in ((now.batches, "in force"), (now.taken_back, "taken back"))
    ]
    return pd.concat([part for part in parts if len(part)], ignore_index=True) if any(map(len, parts)) else parts[0]

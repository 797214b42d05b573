"""The ledger of the corrections that came back: what is proposed, what was decided, the log, and the way back.

The roster as it was read stays as it is. What is accepted makes another roster beside it, which the answer counts; a
correction belongs to the roster it was decided on and counts for no other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from workload.answer import Answer
from workload.model.issues import Issue
from workload.model.roster import Roster
from workload.report.corrections import returned_sheets
from workload.report.corrections.correction_words import log_table

if TYPE_CHECKING:
    from workload.intake.open.opened import Opened

OTHER_ROSTER, NOT_A_SHEET = "correction-other-roster", "correction-not-a-sheet"
Batch = tuple[returned_sheets.Decision, ...]


@dataclass(frozen=True)
class Ledger:
    """Everything about the corrections of one roster (by its digest as read).

    proposed    changes that wait for a decision
    batches     what was decided, in order; taken_back are batches that were undone
    said        for each file that was read: its name, how many changes it proposes, and what could not be used
    """

    read: str
    proposed: tuple[returned_sheets.Change, ...] = ()
    batches: tuple[Batch, ...] = ()
    taken_back: tuple[Batch, ...] = ()
    said: tuple[tuple[str, int, tuple[Issue, ...]], ...] = ()

    @property
    def accepted(self) -> list[returned_sheets.Change]:
        return accepted(self.batches)

    def with_sheet(self, name: str, found: returned_sheets.Corrections) -> Ledger:
        """What a sheet proposes waits for a decision; a later sheet goes before an earlier one."""
        in_force = {place(change): change.after for change in self.accepted}
        new = {place(change): change for change in found.changes if in_force.get(place(change), ...) != change.after}
        left = tuple(change for change in self.proposed if place(change) not in new)
        said = (*self.said, (name, len(new), found.issues))
        return replace(self, proposed=(*left, *new.values()), said=said)

    def settled(self, places: Collection[int], accept: Collection[int], by: str, on: date) -> Ledger:
        """Decide the proposals at these places of the list, those in `accept` for, the others against."""
        chosen = [replace(self.proposed[number], id=str(number)) for number in sorted(places)]
        if not chosen:
            return self
        batch = tuple(returned_sheets.decide(chosen, {str(number) for number in accept}, by, on))
        left = tuple(change for number, change in enumerate(self.proposed) if number not in set(places))
        return replace(self, proposed=left, batches=(*self.batches, batch))

    def undone(self) -> Ledger:
        """Take the last decisions back: their changes wait again, and the log keeps both."""
        if not self.batches:
            return self
        *before, last = self.batches
        return replace(
            self,
            batches=tuple(before),
            proposed=(*self.proposed, *(decision.change for decision in last)),
            taken_back=(*self.taken_back, last),
        )

    def rosters(self, own: Roster) -> list[Roster]:
        """The roster of now and those from before each decision, the newest first."""
        return [
            returned_sheets.with_corrections(own, accepted(self.batches[:n])) for n in range(len(self.batches), -1, -1)
        ]

    def log(self, labels: Mapping[str, str]) -> pd.DataFrame:
        """The log as a table: every decision, and whether it is in force or was taken back."""
        parts = [
            log_table([decision for batch in batches for decision in batch], labels).assign(status=status)
            for batches, status in ((self.batches, "in force"), (self.taken_back, "taken back"))
        ]
        filled = [part for part in parts if len(part)]
        return pd.concat(filled, ignore_index=True) if filled else parts[0]


def accepted(batches: Sequence[Batch]) -> list[returned_sheets.Change]:
    return [decision.change for batch in batches for decision in batch if decision.accepted]


def place(change: returned_sheets.Change) -> tuple[str, object, str, str]:
    """What a change is about: two changes of the same place exclude each other."""
    detail = repr(change.after) if change.kind == returned_sheets.ADDED else ""
    return change.therapist, change.line, f"{change.kind}/{change.field}", detail


def read_sheet(
    opened: Opened,
    answer: Answer,
    codes: Mapping[str, str],
    rosters: Iterable[Roster],
    answer_of: Callable[[Roster], Answer],
) -> returned_sheets.Corrections:
    """A sheet against the roster that it was made from: the one of now, or one before a correction was accepted."""
    found = returned_sheets.Corrections("")
    for roster in rosters:
        for labels in (codes, {name: name for name in codes}):
            found = returned_sheets.read_corrections(opened, replace(answer, roster=roster), labels)
            if not {issue.code for issue in found.issues} & {OTHER_ROSTER, NOT_A_SHEET}:
                return _in_codes(returned_sheets.read_corrections(opened, answer_of(roster), labels), codes)
            if found.issues[0].code == OTHER_ROSTER:
                break
    return found


def _in_codes(found: returned_sheets.Corrections, codes: Mapping[str, str]) -> returned_sheets.Corrections:
    """The same with the person's code where a sheet was made with the name."""
    return replace(
        found,
        changes=tuple(
            replace(change, before=codes.get(change.therapist, ""))
            if change.kind == returned_sheets.NOT_MINE
            else change
            for change in found.changes
        ),
    )

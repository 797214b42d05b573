"""The corrections of this session: the ledger of the roster that is open, and what the answer counts of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from dashboard.shell import cached, session
from dashboard.shell.beside_roster import BesideRoster
from workload.answer import Answer
from workload.report.corrections.ledger import Ledger, read_sheet
from workload.report.corrections.returned_sheets import with_corrections


@dataclass(slots=True)
class CorrectionRecord:
    """The last ledger, the number of uploads so far, and why a decision was refused."""

    KEPT: ClassVar[tuple[str, ...]] = ("ledger",)

    ledger: Ledger | None = None
    uploads: int = 0
    problem: str = ""


def record() -> CorrectionRecord:
    """What is kept."""
    return session.record(CorrectionRecord)


def ledger() -> Ledger:
    """The corrections of the roster that is open."""
    own, kept = session.opened().roster.digest, record().ledger
    return kept if kept is not None and kept.read == own else Ledger(own)


def counted() -> int:
    """How many accepted corrections the answer of now counts with."""
    return sum(change.applies for change in ledger().accepted)


def belong_to_another() -> tuple[int, int]:
    """How many accepted corrections do not count, and how many wait in vain, as the roster was read again in another way."""
    kept = record().ledger
    if kept is None or kept.read == session.opened().roster.digest:
        return 0, 0
    return len(kept.accepted), len(kept.proposed)


def put(changed: Ledger) -> None:
    """Keep the ledger, and let the answer follow what is accepted in it."""
    record().ledger = changed
    own = session.opened().roster
    session.record(BesideRoster).corrected = (own.digest, with_corrections(own, changed.accepted))


def take(name: str, data: bytes, answer: Answer, codes: Mapping[str, str]) -> None:
    """Read one sheet; what it proposes waits for a decision."""
    from workload.intake.open.opening import open_file

    opened = open_file("corrections.xlsx", data)  # once; it is parsed in a guarded process
    found = read_sheet(
        opened,
        answer,
        codes,
        ledger().rosters(session.opened().roster),
        lambda roster: cached.first_answer(roster.digest, session.day(), session.state(), roster),
    )
    put(ledger().with_sheet(name, found))


def undo() -> None:
    """Take the last decisions back."""
    put(ledger().undone())

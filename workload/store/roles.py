"""Who may do what. The one table of roles and actions; every path into the store asks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workload.store.database import StoreError

OWNER, ADMINISTRATOR, LEAD, THERAPIST, READER, AUDITOR = (
    "owner",
    "administrator",
    "lead",
    "therapist",
    "reader",
    "auditor",
)
SEE_WORK, SEE_NAMES, SEE_OWN, SEE_BOARD = "see the work", "see names", "see their own week", "see what a board may see"
UPLOAD, CHANGE_WORK, CHANGE_OWN = "bring rosters", "change the work", "log, correct and confirm their own week"
PEOPLE, FORGET, SEE_RECORD = "say who may come in", "forget the district", "see who changed what"
ACTIONS = (
    SEE_WORK,
    SEE_NAMES,
    SEE_OWN,
    SEE_BOARD,
    UPLOAD,
    CHANGE_WORK,
    CHANGE_OWN,
    PEOPLE,
    FORGET,
    SEE_RECORD,
)
MAY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        OWNER: frozenset(ACTIONS),  # of a district on one's own computer, where nobody else comes in
        ADMINISTRATOR: frozenset({SEE_WORK, SEE_NAMES, SEE_BOARD, UPLOAD, CHANGE_WORK, PEOPLE, FORGET, SEE_RECORD}),
        LEAD: frozenset({SEE_WORK, SEE_NAMES, SEE_BOARD, UPLOAD, CHANGE_WORK, SEE_RECORD}),
        THERAPIST: frozenset({SEE_OWN, SEE_BOARD, CHANGE_OWN}),
        READER: frozenset({SEE_BOARD}),
        AUDITOR: frozenset({SEE_WORK, SEE_BOARD, SEE_RECORD}),  # everything under post codes, changing nothing
    }
)
ROLES_GIVEN = (ADMINISTRATOR, LEAD, THERAPIST, READER, AUDITOR)  # the owner's is given to nobody


class NotAllowedError(StoreError):
    """A person's role does not go so far. The message says which action, never whose data."""


@dataclass(frozen=True)
class Person:
    """Somebody at the store: the address that the sign-in gave, the role, and for a therapist whose week it is."""

    email: str
    role: str
    therapist: str = ""

    def may(self, action: str) -> bool:
        """Whether the role has this action."""
        return action in MAY.get(self.role, frozenset())

    def must(self, action: str) -> None:
        """Raises `NotAllowedError` where the role does not have this action."""
        if not self.may(action):
            raise NotAllowedError(f"As {self.role or 'somebody without a role'} you cannot {action} here.")

    def must_be(self, therapist: str) -> None:
        """Raises `NotAllowedError` for the week of somebody else. Who sees the whole work sees every week."""
        if self.may(SEE_WORK):
            return
        self.must(SEE_OWN)
        if not self.therapist or therapist != self.therapist:
            raise NotAllowedError("You can open your own week only.")


THIS_COMPUTER = Person("this computer", OWNER)

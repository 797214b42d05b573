"""The district that is open in a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from workload.issues import ERROR, Issue
from workload.roster import Roster

if TYPE_CHECKING:
    from workload.intake.load import Loaded


@dataclass(frozen=True, eq=False)
class District:
    """The roster that is open and what was understood of its files."""

    roster: Roster
    loaded: Loaded | None
    first_day: date
    is_sample: bool = False

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The findings that stop the answer."""
        return tuple(issue for issue in self.roster.issues if issue.severity == ERROR)

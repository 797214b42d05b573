"""The district that is open in a session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from workload.answer import Answer
from workload.model.issues import ERROR, Issue
from workload.model.roster import Roster

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


def with_log(found: Answer, more: pd.DataFrame) -> Answer:
    """The answer with entries of a time log beside those of the roster's own sheet."""
    own = found.roster.time_log
    log = pd.concat([own, more], ignore_index=True) if len(own) else more
    return replace(found, roster=replace(found.roster, time_log=log))

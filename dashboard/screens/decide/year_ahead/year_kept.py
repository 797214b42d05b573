"""What the year ahead keeps for the session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from workload.model.roster import Roster
from workload.year_ahead.forecast import YearRecord
from workload.year_ahead.snapshots import Snapshot

Span = tuple[date, date]


@dataclass(slots=True)
class YearAheadRecord:
    """Earlier rosters and snapshots that were brought, and what was typed in about the year.

    rosters, guesses  by file name, with the school year that a file seems to be of
    records           of a roster's digest as it stood in a school year
    uploads           in the key of the uploader, so that it is empty after every file
    leaves            therapist and the first and last day
    """

    KEPT: ClassVar[tuple[str, ...]] = ("rosters", "guesses", "snapshots", "holidays", "leaves")

    rosters: Mapping[str, Roster] = field(default_factory=dict)
    guesses: Mapping[str, int] = field(default_factory=dict)
    records: dict[tuple[str, int], YearRecord] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    uploads: int = 0
    snapshots: Mapping[date, Snapshot] = field(default_factory=dict)
    snapshot_problems: tuple[str, ...] = ()
    holidays: tuple[Span, ...] = ()
    leaves: tuple[tuple[int, date, date], ...] = ()

"""What is new, gone and changed between two rosters of one district that were read with the same secret.

changes = compare(last_month, this_month)
changes.table, changes.new, changes.gone, changes.weekly_minutes_after
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workload.intake.checks.file_totals import weekly_minutes
from workload.model.roster import NO_SCHOOL, UNASSIGNED, Roster

NEW, GONE, CHANGED, SAME = "new", "gone", "changed", "same"
MOST_TURNOVER = 0.5  # both lists mostly without a partner: they are hardly one district, or ids have changed
FEWEST = 10
EXACT = 1e-9
COLUMNS = (
    "student",
    "change",
    "weekly_minutes_before",
    "weekly_minutes_after",
    "therapists_before",
    "therapists_after",
    "schools_before",
    "schools_after",
    "what",
)


@dataclass(frozen=True, eq=False)
class Changes:
    """One row for each student of either roster; students are pseudonyms, matched by them.

    table  columns as in `COLUMNS`: change is new, gone, changed or same; what lists "minutes", "therapist", "school"
           for a changed student; minutes are NaN where the plan does not say, and missing where the student is.
    """

    table: pd.DataFrame

    def count(self, change: str) -> int:
        """How many students are new, gone, changed or same."""
        return int((self.table["change"] == change).sum())

    @property
    def new(self) -> int:
        return self.count(NEW)

    @property
    def gone(self) -> int:
        return self.count(GONE)

    @property
    def changed(self) -> int:
        return self.count(CHANGED)

    @property
    def same(self) -> int:
        return self.count(SAME)

    @property
    def weekly_minutes_before(self) -> float:
        return float(self.table["weekly_minutes_before"].sum())

    @property
    def weekly_minutes_after(self) -> float:
        return float(self.table["weekly_minutes_after"].sum())

    @property
    def by_change(self) -> pd.DataFrame:
        """Students and weekly minutes before and after for each kind of change; the parts add up to the totals."""
        rows = []
        for change in (NEW, GONE, CHANGED, SAME):
            own = self.table[self.table["change"] == change]
            rows.append(
                {
                    "change": change,
                    "students": len(own),
                    "weekly_minutes_before": own["weekly_minutes_before"].sum(),
                    "weekly_minutes_after": own["weekly_minutes_after"].sum(),
                }
            )
        return pd.DataFrame(rows)

    @property
    def is_doubtful(self) -> bool:
        """Whether most students of both rosters have no partner: another district, another secret, or other ids."""
        before, after = len(self.table) - self.new, len(self.table) - self.gone
        return min(before, after) >= FEWEST and self.gone > MOST_TURNOVER * before and self.new > MOST_TURNOVER * after


def compare(before: Roster, after: Roster) -> Changes:
    """The students of two rosters side by side."""
    old, new = _students(before), _students(after)
    rows = [_row(student, old.get(student), new.get(student)) for student in dict.fromkeys((*old, *new))]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    for name in ("weekly_minutes_before", "weekly_minutes_after"):
        table[name] = table[name].astype(float)
    return Changes(table)


@dataclass(frozen=True)
class _Student:
    minutes: float
    therapists: frozenset[str]
    schools: frozenset[str]


def _students(roster: Roster) -> Mapping[str, _Student]:
    services = roster.services
    services = services[~services.drop(columns=["file", "sheet", "row", "as_written"]).duplicated()]
    minutes = weekly_minutes(services)
    found: dict[str, _Student] = {}
    for student, own, therapist, school in zip(
        services["student"], minutes, services["therapist"], services["school"], strict=True
    ):
        known = found.get(student)
        total = own if known is None or known.minutes != known.minutes else known.minutes + (own if own == own else 0)
        found[student] = _Student(
            total,
            (known.therapists if known else frozenset()) | {therapist or UNASSIGNED},
            (known.schools if known else frozenset()) | {school or NO_SCHOOL},
        )
    return found


def _row(student: str, old: _Student | None, new: _Student | None) -> dict[str, object]:
    what = "" if old is None or new is None else ", ".join(_differences(old, new))
    change = NEW if old is None else GONE if new is None else CHANGED if what else SAME
    return {
        "student": student,
        "change": change,
        "weekly_minutes_before": old.minutes if old else np.nan,
        "weekly_minutes_after": new.minutes if new else np.nan,
        "therapists_before": _listed(old.therapists if old else None),
        "therapists_after": _listed(new.therapists if new else None),
        "schools_before": _listed(old.schools if old else None),
        "schools_after": _listed(new.schools if new else None),
        "what": what,
    }


def _differences(old: _Student, new: _Student) -> list[str]:
    unknown = old.minutes != old.minutes, new.minutes != new.minutes
    minutes = unknown[0] != unknown[1] or (not any(unknown) and abs(old.minutes - new.minutes) > EXACT)
    return [
        name
        for name, differs in (
            ("minutes", minutes),
            ("therapist", old.therapists != new.therapists),
            ("school", old.schools != new.schools),
        )
        if differs
    ]


def _listed(names: frozenset[str] | None) -> str:
    return ", ".join(sorted(names or ()))

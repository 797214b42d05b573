"""Districts with an open premise: a surplus, a shortage, one person, nobody, overdue plans; and one without posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.model.known import Known
from workload.model.roster import Roster

ODD = ("need only", "surplus", "shortage", "one person", "nobody", "overdue plans")


def asked(roster: Roster, digest: str) -> Roster:
    """The roster with open questions."""
    return replace(roster, known=replace(roster.known, questions=3, rows_waiting=6), digest=f"open-{digest}")


def first_with(fits) -> Roster:
    """The first random district whose gap is as asked."""
    rosters = (as_roster(random_tables(seed)) for seed in range(1, 60))
    return next(roster for roster in rosters if fits(analyze(roster, DAY).district["gap_fte"]))


def of_one_person() -> Roster:
    tables = random_tables(4, students=30, people=2)
    tables["therapists"] = tables["therapists"][:1]
    for row in (*tables["services"], *tables["evaluations"]):
        row["therapist"] = tables["therapists"][0]["therapist"]
    return as_roster(tables)


def overdue() -> Roster:
    """Every other line past the review that renews it."""
    tables = random_tables(6)
    for line in tables["services"][1::2]:
        line.update(start=date(2025, 9, 1), end=date(2026, 9, 1), iep_date=date(2026, 9, 1))
    return as_roster(tables)


@cache
def districts() -> dict[str, Roster]:
    everybody = as_roster(random_tables(3))
    nobody = as_roster({**random_tables(3), "therapists": []})
    found = {
        "need only": replace(everybody, therapists=everybody.therapists.iloc[:0], digest="open-need"),
        "surplus": asked(first_with(lambda gap: gap > 0.3), "surplus"),
        "shortage": asked(first_with(lambda gap: gap < -0.3), "shortage"),
        "one person": asked(of_one_person(), "one"),
        "nobody": asked(replace(nobody, known=Known(nobody_in_post=True)), "nobody"),
        "overdue plans": replace(overdue(), digest="open-overdue"),
    }
    assert tuple(found) == ODD
    return found

"""The library against the second implementation in tests/reference: every field to 1e-9."""

from __future__ import annotations

import pytest

from tests.reference.calculation import answer as reference_answer
from tests.support.rosters import DAY, as_roster, assumptions_of, random_assumptions, random_tables, write_workbook
from workload.answer import analyze
from workload.report.answer_json import answer_json

TOLERANCE = 1e-9


def differences(mine, theirs, path=""):
    """Every leaf of the reference that the library's JSON also names and does not equal, and how many were compared."""
    if isinstance(theirs, dict):
        found, compared = [], 0
        for key in theirs.keys() & mine.keys():
            more, count = differences(mine[key], theirs[key], f"{path}/{key}")
            found += more
            compared += count
        return found, compared
    if isinstance(theirs, int | float) and not isinstance(theirs, bool):
        same = mine is not None and abs(mine - theirs) <= TOLERANCE * max(1, abs(theirs))
    else:
        same = mine == theirs
    return ([] if same else [(path, mine, theirs)]), 1


def named(rows, key):
    return {row[key]: row for row in rows}


@pytest.mark.parametrize("seed", range(40))
def test_every_field_of_district_therapists_and_schools_agrees_with_the_reference(seed, tmp_path):
    tables, overrides = random_tables(seed, students=30 + seed), random_assumptions(seed)
    theirs = reference_answer(write_workbook(tables, tmp_path / "roster.xlsx"), DAY, overrides)
    mine = answer_json(analyze(as_roster(tables), DAY, assumptions_of(overrides)))

    found, compared = differences(mine["district"], theirs["district"])
    for rows, key in (("therapists", "therapist"), ("schools", "school")):
        ours, reference = named(mine[rows], key), named(theirs[rows], key)
        assert set(ours) == set(reference)
        more, count = differences(ours, reference, rows)
        found, compared = found + more, compared + count
    assert found == []
    assert mine["rows"]["counted"] == theirs["rows"]["counted"]
    assert compared > 25 * (1 + len(mine["therapists"]))

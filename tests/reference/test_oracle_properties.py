"""What must hold for every district, tried on the second calculation."""

from datetime import date, timedelta
from random import Random

import pytest

from .by_hand import BARE, write_workbook
from .calculation import answer
from .generated import DAY, OTAS, OTS, assumptions, district

NEAR = 1e-9


def close(mine, theirs):
    """Whether two answers agree in every number and word."""
    if isinstance(theirs, dict):
        return mine.keys() == theirs.keys() and all(close(mine[key], theirs[key]) for key in theirs)
    if isinstance(theirs, list):
        return len(mine) == len(theirs) and all(close(a, b) for a, b in zip(mine, theirs, strict=True))
    return mine == (pytest.approx(theirs, abs=NEAR) if isinstance(theirs, float) else theirs)


def by_name(result):
    return {row["therapist"]: row for row in result["therapists"]}


@pytest.mark.parametrize("seed", range(12))
def test_no_result_depends_on_how_a_name_is_spelled_or_rows_are_ordered(seed, tmp_path):
    tables, overrides = district(seed, 30), assumptions(seed)
    names = OTS + OTAS
    new = dict(
        zip(names, [f"{chr(90 - at)}oe Q{at}" for at in range(len(names))], strict=True)
    )  # the alphabet turned round

    def renamed(cell):
        if isinstance(cell, str):
            for old, other in new.items():
                cell = cell.replace(old, other)
        return cell

    other = {
        sheet: [{key: renamed(cell) for key, cell in row.items()} for row in rows] for sheet, rows in tables.items()
    }
    for sheet in ("Services", "Therapists", "Evaluations"):
        Random(seed).shuffle(other[sheet])
    before = answer(write_workbook(tables, tmp_path / "one.xlsx"), DAY, overrides)
    after = answer(write_workbook(other, tmp_path / "two.xlsx"), DAY, overrides)
    assert close(after["district"], before["district"])
    assert close(after["schools"], before["schools"])
    assert close(after["ask"]["permanent"], before["ask"]["permanent"])
    persons = by_name(after)
    for name, row in by_name(before).items():
        there = persons[new.get(name, name)]
        assert close({**there, "therapist": name}, row), name


@pytest.mark.parametrize("seed", range(12))
def test_required_fte_does_not_fall_because_a_review_date_passes(seed, tmp_path):
    others = ("exits", "leavers", "compensatory", "vacant_posts")  # what changes with the day for another reason
    tables = district(seed, 30, without=others, always=("renewals", "review_dates"))
    roster = write_workbook(tables, tmp_path / "roster.xlsx")
    found = [answer(roster, DAY + timedelta(days), BARE) for days in (0, 1, 2, 60, 150, 272)]
    passed = [result["district"]["required_fte"] for result in found]
    assert all(later >= earlier - NEAR for earlier, later in zip(passed, passed[1:], strict=False))
    assert found[-1]["renewals"]["lines"] > found[0]["renewals"]["lines"] > 0


@pytest.mark.parametrize("seed", range(12))
def test_hours_in_are_hours_out_and_the_bounds_hold(seed, tmp_path):
    result = answer(write_workbook(district(seed, 30), tmp_path / "roster.xlsx"), DAY, assumptions(seed))
    total = result["district"]
    for rows in (result["therapists"], result["schools"]):
        assert sum(row["workload_hours"] for row in rows) == pytest.approx(total["workload_hours"], abs=NEAR)
        assert sum(row["available_hours"] for row in rows) == pytest.approx(total["available_hours"], abs=NEAR)
    for row in (*result["therapists"], *result["schools"], total):
        assert sum(row["hours"].values()) == pytest.approx(row["workload_hours"], abs=NEAR)
    for row in result["therapists"]:
        least, most = row["student_minutes_at_risk_alike"], row["student_minutes_at_risk"]
        assert 0 <= least <= most + NEAR <= row["student_hours"] * 60 + 2 * NEAR
    ask = result["ask"]
    for role, row in total["by_role"].items():
        cover = sum(part["fte"] for part in ask["cover"] if part["role"] == role)
        assert ask["permanent"][role] + ask["fill"][role] + cover == pytest.approx(row["shortfall_fte"], abs=NEAR)


@pytest.mark.parametrize("seed", range(12))
def test_the_day_of_a_file_in_which_no_line_has_passed_is_the_same_under_both_rules(seed, tmp_path):
    tables = district(seed, 30)
    for row in tables["Services"]:
        if row.get("end") and row["end"] < DAY:
            row["end"] = date(2027, 3, 1)
    roster = write_workbook(tables, tmp_path / "roster.xlsx")
    both = [answer(roster, DAY, {"renewals": rule}) for rule in ("carry", "stop")]
    assert both[0]["district"] == both[1]["district"] and both[0]["renewals"]["lines"] == 0

"""Small cases worked by hand (tests/cases), to which both calculations are held."""

import csv
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from .by_hand import BARE, grid, write_workbook
from .calculation import answer
from .library import analyze
from .workbook import NotTidy

CASES = [
    case
    for name in ("method_v2", "renewals")
    for case in tomllib.loads((Path(__file__).parents[1] / f"cases/{name}.toml").read_text(encoding="utf-8"))["case"]
]
SHEETS = ("services", "therapists", "schools", "evaluations", "travel")


def write(case, folder):
    """The case as a workbook, and its posts as a CSV file or None."""
    tables = {name.capitalize(): case.get(name) for name in SHEETS}
    roster = write_workbook(tables, folder / "roster.xlsx")
    if "posts" not in case:
        return roster, None
    with open(folder / "posts.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(grid(case["posts"]))
    return roster, folder / "posts.csv"


def value_at(result, place):
    """'therapists/Ana Rivers/hours/travel' in the answer."""
    for step in place.split("/"):
        if isinstance(result, list) and not step.isdigit():
            result = next(row for row in result if step in (row.get("therapist"), row.get("school")))
        else:
            result = result[int(step) if isinstance(result, list) else step]
    return result


def hold(case, result):
    for place, expected in case["expect"]:
        found = value_at(result, place)
        if expected == "null":
            assert found is None, (place, found)
        elif isinstance(expected, str) and "/" not in expected:
            assert found == expected, (place, found, expected)
        else:
            assert found == pytest.approx(float(Fraction(str(expected))), abs=1e-9), place


def told_apart(case):
    return case["name"]


@pytest.mark.parametrize("case", CASES, ids=told_apart)
def test_the_second_calculation_agrees_with_the_hand(case, tmp_path):
    roster, posts = write(case, tmp_path)
    day, overrides = case.get("day", "2026-10-01"), {**BARE, **case.get("assumptions", {})}
    if "error" in case:
        with pytest.raises(NotTidy):
            answer(roster, day, overrides, posts=posts)
    else:
        hold(case, answer(roster, day, overrides, posts=posts))


@pytest.mark.always
@pytest.mark.parametrize("case", CASES, ids=told_apart)
def test_the_library_agrees_with_the_hand(case, tmp_path):
    roster, posts = write(case, tmp_path)
    result = analyze(roster, case.get("day", "2026-10-01"), {**BARE, **case.get("assumptions", {})}, posts=posts)
    if "error" in case:
        errors = [issue for issue in result["issues"] if issue["severity"] == "error"]
        places = [{name: issue[name] for name in ("sheet", "row", "column")} for issue in errors]
        assert case["error"] in places
    else:
        hold(case, result)

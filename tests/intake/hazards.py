"""The 55 hazards of real spreadsheets by number; each test of one says which."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

CASES = Path(__file__).parents[1] / "cases" / "hazards.csv"
SENTENCES = {int(row["number"]): row["sentence"] for row in csv.DictReader(CASES.open(encoding="utf-8"))}
COVERED: dict[int, list[str]] = defaultdict(list)


def hazard(number: int):
    """Marks a test of a hazard. The test takes the sentence as `hazard`."""

    def mark(test):
        COVERED[number].append(test.__name__)
        return pytest.mark.parametrize("hazard", [pytest.param(SENTENCES[number], id=f"hazard {number}")])(test)

    return mark

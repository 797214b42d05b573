"""The committed sample workbooks and the program that makes them."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from types import ModuleType

import pytest
from sample_cells import SAMPLE, cells_of, records_of

DAY = date(2026, 10, 1)


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sample", SAMPLE / "make_sample.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.path.remove(str(SAMPLE))


@pytest.fixture(scope="module")
def tidy() -> dict[str, list[dict]]:
    return {name: records_of(rows) for name, rows in cells_of(SAMPLE / "bluff_county.xlsx").items()}


@pytest.fixture(scope="module")
def messy() -> dict[str, list[tuple]]:
    return cells_of(SAMPLE / "bluff_county_messy.xlsx")


@pytest.fixture(scope="module")
def in_force(tidy) -> list[dict]:
    """Regular-year lines whose dates hold the day."""
    return [
        row
        for row in tidy["Services"]
        if row["esy"] == "no"
        and (row["start"] is None or row["start"] <= DAY)
        and (row["end"] is None or row["end"] >= DAY)
    ]

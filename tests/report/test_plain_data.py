"""Every record of the program can be written as JSON, and what cannot is named by its kind alone."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from pathlib import PurePosixPath

import numpy as np
import pandas as pd
import pytest

from workload.report.plain_data import as_data


class Color(Enum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    rows: tuple[int, ...]
    when: date | None = None


@dataclass(frozen=True)
class Outer:
    inner: Inner
    by_key: dict
    frame: pd.DataFrame


def test_a_record_of_records_tables_and_days_is_plain():
    frame = pd.DataFrame({"school": ["Oak", None], "fte": [1.5, np.nan], "from": [pd.Timestamp("2026-10-01"), pd.NaT]})
    made = as_data(Outer(Inner((1, 2), date(2026, 10, 1)), {("a", 1): np.int64(3), None: {2, 1}}, frame))
    assert made == {
        "inner": {"rows": [1, 2], "when": "2026-10-01"},
        "by_key": {"a, 1": 3, "": [1, 2]},
        "frame": [
            {"school": "Oak", "fte": 1.5, "from": "2026-10-01T00:00:00"},
            {"school": None, "fte": None, "from": None},
        ],
    }
    assert json.loads(json.dumps(made, allow_nan=False)) == made


@pytest.mark.parametrize(
    "value,plain",
    [
        (float("nan"), None),
        (float("inf"), None),
        (np.float64("nan"), None),
        (np.bool_(True), True),
        (True, True),
        (np.datetime64("2026-10-01", "s"), "2026-10-01T00:00:00"),
        (np.array([1.0, np.nan]), [1.0, None]),
        (pd.Series({"a": np.nan}), {"a": None}),
        (pd.NA, None),
        (datetime(2026, 10, 1, 8, 30), "2026-10-01T08:30:00"),
        (time(8, 30), "08:30:00"),
        (Color.RED, "red"),
        (PurePosixPath("a/b"), "a/b"),
    ],
)
def test_each_kind_of_value_has_one_plain_form(value, plain):
    assert as_data(value) == plain
    json.dumps(as_data(value), allow_nan=False)


def test_a_kind_without_a_plain_form_is_refused_by_its_kind_and_never_its_value():
    with pytest.raises(TypeError) as refused:
        as_data({"name": object()})
    assert str(refused.value) == "a object has no form in JSON"

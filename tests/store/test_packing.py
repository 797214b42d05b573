"""What is kept comes back as it was, and nothing that may not be kept can be written."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib import import_module

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workload.answer import analyze
from workload.intake.answers.import_map import ImportMap
from workload.intake.by_hand.corrected_cells import Edits
from workload.intake.load import Loaded, load
from workload.intake.typed_posts import Post
from workload.model.packaged_data import sample_file
from workload.scenarios.levers import KINDS as LEVERS
from workload.scenarios.scenario import Scenario
from workload.store.kinds import KINDS
from workload.store.packing import UnreadableError, packed, unpacked
from workload.store.saved_file import HEAD, WORK, as_file, from_file

DAY = date(2026, 10, 1)


@cache
def sample(name: str = "") -> Loaded:
    file = sample_file() if not name else sample_file().with_name(name)
    return load([(file.name, file.read_bytes())], secret=b"x" * 32)


def there_and_back(value):
    plain, tables = packed(value)
    return unpacked(json.loads(json.dumps(plain, allow_nan=False)), tables)


@pytest.mark.parametrize("name", ["", "bluff_county_messy.xlsx"])
def test_a_roster_comes_back_with_every_cell_its_type_and_the_same_answer(name):
    loaded = sample(name)
    back = there_and_back(loaded)
    for table in ("services", "therapists", "schools", "evaluations", "travel", "time_log"):
        was, now = getattr(loaded.roster, table), getattr(back.roster, table)
        pd.testing.assert_frame_equal(was, now)
        for column in was:
            assert [type(cell) for cell in was[column]] == [type(cell) for cell in now[column]], (table, column)
    for what in ("issues", "row_counts", "digest", "known", "name"):
        assert getattr(back.roster, what) == getattr(loaded.roster, what), what
    assert back.questions == loaded.questions and back.panel == loaded.panel
    was, now = (analyze(each.roster, DAY) for each in (loaded, back))
    assert was.district.map(repr).to_dict() == now.district.map(repr).to_dict()
    pd.testing.assert_frame_equal(was.therapists, now.therapists, check_exact=True)


def test_the_same_value_is_written_with_the_same_bytes():
    assert packed(sample()) == packed(there_and_back(sample()))


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_is_where_the_list_says(name):
    assert getattr(import_module(KINDS[name]), name).__module__ == KINDS[name]


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.binary(),
    st.dates(),
    st.times(),
    st.datetimes(),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(st.text(), inner, max_size=4),
        st.dictionaries(st.integers(), inner, max_size=3),
        st.frozensets(st.text(), max_size=4),
    ),
    max_leaves=12,
)


@given(values)
def test_plain_values_come_back_with_their_types(value):
    back = there_and_back(value)
    assert back == value and repr(type(back)) == repr(type(value))


def test_times_without_a_number_and_numbers_without_an_end_come_back():
    value = [float("inf"), float("-inf"), pd.NaT, pd.Timestamp("2026-10-01 10:30"), datetime(2026, 1, 2), time(8, 5)]
    assert there_and_back(value)[:2] == value[:2] and there_and_back(value)[2] is pd.NaT
    assert there_and_back(value)[3:] == value[3:]
    assert repr(there_and_back(float("nan"))) == "nan"


def test_a_table_of_anything_comes_back():
    table = pd.DataFrame(
        {
            "text": ["a", None, ""],
            "mixed": pd.Series([1, "x", None], dtype=object),
            "days": pd.Series([date(2026, 1, 2), None, float("nan")], dtype=object),
            "number": [1.5, float("nan"), -0.0],
            "whole": [1, 2, 3],
            "when": pd.to_datetime(["2026-01-02 00:00:00.000001", None, "2026-03-04 10:00:00.123456"]),
        }
    )
    pd.testing.assert_frame_equal(there_and_back(table), table)
    empty = table.iloc[:0].reset_index(drop=True)
    pd.testing.assert_frame_equal(there_and_back(empty), empty)
    with pytest.raises(TypeError):
        packed(table.set_index("whole"))


def test_every_lever_of_a_scenario_comes_back():
    scenario = Scenario("Next year", tuple(kind() for kind in LEVERS.values()), ("Oak", "Elm"), "abcd1234")
    assert there_and_back(scenario) == scenario


def test_decisions_come_back():
    given_ = (
        ImportMap().with_answer("school:oak", "Oak"),
        Edits().with_edit("a.xlsx", "Services", 7, "Frequency", "2 x 30"),
        Post("Ann", "OT", 0.5, None, DAY, None, "staff", "", False),
    )
    assert there_and_back(given_) == given_


@dataclass
class Roster:
    """Not the library's: only its name is the same."""

    name: str = ""


def test_what_is_not_on_the_list_cannot_be_written_or_made():
    for value in (Roster(), object(), lambda: 0, {1: object()}):
        with pytest.raises(TypeError, match="not among what may be kept"):
            packed(value)
    for plain in (
        {"!": "record", "name": "Popen", "of": {"args": "x"}},
        {"!": "record", "name": "Post", "of": {"no_such": 1}},
        {"!": "table", "of": "0" * 64, "columns": []},
        {"!": "what", "of": []},
        {"!": "day", "of": "31"},
        {"!": "scenario", "of": {"name": ""}},
    ):
        with pytest.raises(UnreadableError):
            unpacked(plain, {})


def test_contents_of_cells_and_headings_of_sheets_that_were_not_read_are_never_written():
    plain, _ = packed(sample("bluff_county_messy.xlsx"))
    text = json.dumps(plain)
    assert '"samples"' not in text and '"headings": {"!": "tuple"' not in text and '"proposal"' not in text


def test_a_saved_file_comes_back_and_the_same_work_gives_the_same_bytes():
    parts = {"roster": sample().roster, "settings": {"day": DAY, "name": "Bluff"}}
    data = as_file(parts)
    assert data == as_file(parts)
    back = from_file(data)
    assert back["settings"] == parts["settings"] and back["roster"].digest == parts["roster"].digest


def _changed(data: bytes, name: str, change) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each.startswith(name) else old.read(each))
    return made.getvalue()


def test_another_file_a_newer_one_and_a_damaged_one_are_refused_in_a_sentence():
    data = as_file({"roster": sample().roster})
    newer = _changed(data, HEAD, lambda head: head.replace(b'"version": 1', b'"version": 2'))
    for broken, said in (
        (b"", "not a file of saved work"),
        (b"PK\3\4 nonsense", "not a file of saved work"),
        (data[:500], "not a file of saved work"),
        (as_file({})[:-4], "not a file of saved work"),
        (_changed(data, HEAD, lambda head: b"[]"), "not a file of saved work"),
        (newer, "newer version"),
        (_changed(data, WORK, lambda work: work.replace(b"Services", b"services")), "damaged"),
        (_changed(data, "tables/", lambda table: table[:-1] + b"?"), "damaged"),
    ):
        with pytest.raises(UnreadableError, match=said):
            from_file(broken)

"""Months of a district: kept to the last digit, compared with reasons that add up; own weeks and who may see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.test_packing import sample
from tests.support.rosters import DAY, as_roster, random_tables
from workload.model.parameters import Assumptions
from workload.store import between_months as b
from workload.store.between_months import FIGURES, between, trend
from workload.store.months import Month, heads, month, take
from workload.store.roles import THIS_COMPUTER

NOW, LATER = "2026-10-01T08:00:00", "2026-11-02T08:00:00"


def of(tables: dict, day: date = DAY, **more) -> Month:
    return Month(day, as_roster(tables), Assumptions(), **more)


def test_a_snapshot_gives_the_same_answer_to_the_last_digit(store):
    district = store.create("Bluff", THIS_COMPUTER, NOW)
    assumed = Assumptions().changed({"meeting_hours": 3.3}, "set on the screen")
    made = Month(DAY, sample().roster, assumed, "WI", decided={"posts": ()})
    take(district, made, NOW)
    take(district, made, LATER)  # the same again is no change
    take(district, replace(made, day=date(2026, 11, 2)), LATER)
    assert [each.day for each in heads(district)] == [DAY, date(2026, 11, 2)]
    assert [each.about for each in district.history() if each.what == "took a snapshot"] == ["2026-11-02", "2026-10-01"]
    back = month(district, DAY)
    assert back.method == made.method and back.state == "WI" and back.assumptions == assumed
    assert back.answer.district.map(repr).equals(made.answer.district.map(repr))
    pd.testing.assert_frame_equal(back.answer.therapists, made.answer.therapists, check_exact=True)
    assert month(district, date(2026, 12, 1)) is None


def test_each_reason_is_told_alone():
    tables = random_tables(11)
    before = of(tables)
    students = list(dict.fromkeys(row["student_id"] for row in tables["services"]))
    less = {**tables, "services": [row for row in tables["services"] if row["student_id"] != students[0]]}
    less["evaluations"] = [row for row in tables["evaluations"] if row["student_id"] != students[0]]
    gone = between(before, of(less)).reasons.set_index("reason")
    assert gone.loc[b.GONE, "students"] == 1 and gone.loc[b.GONE, "required_fte"] < 0
    assert gone.drop(b.GONE)["required_fte"].abs().max() < 1e-12
    new = between(of(less), before).reasons.set_index("reason")
    assert new.loc[b.NEW, "students"] == 1 and new.loc[b.NEW, "required_fte"] > 0
    assumed = Assumptions().changed({"meeting_hours": 6.0}, "set on the screen")
    told = between(before, replace(before, assumptions=assumed)).reasons.set_index("reason")
    assert told.loc[b.ASSUMED, "required_fte"] > 0
    assert told.drop(b.ASSUMED)[list(FIGURES)].abs().max().max() < 1e-12
    more = {**tables, "therapists": [{**row} for row in tables["therapists"]]}
    more["therapists"][0] = {**more["therapists"][0], "fte": 0.1, "hours_per_week": None}
    posts = between(before, of(more)).reasons.set_index("reason")
    assert posts.loc[b.POSTS, "available_fte"] != 0 and posts.drop(b.POSTS)["available_fte"].abs().max() < 1e-12


def test_a_service_that_changed_is_no_new_student_and_its_place_in_the_file_is_no_change():
    tables = random_tables(11)
    rows = [{**row} for row in tables["services"]]
    moved = {**tables, "services": rows[1:] + rows[:1]}
    told = between(of(tables), of(moved)).reasons.set_index("reason")
    assert told["students"].dropna().eq(0).all() and told["required_fte"].abs().max() < 1e-9
    numeric = next(at for at, row in enumerate(rows) if isinstance(row.get("minutes_per_session"), (int, float)))
    rows[numeric] = {**rows[numeric], "minutes_per_session": rows[numeric]["minutes_per_session"] + 30}
    told = between(of(tables), of({**tables, "services": rows})).reasons.set_index("reason")
    assert told.loc[[b.NEW, b.GONE, b.CHANGED], "students"].tolist() == [0, 0, 1]


@settings(max_examples=6)
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_reasons_add_up_to_the_whole_change(one, other):
    found = between(of(random_tables(one, students=12)), of(random_tables(other, students=14), date(2026, 11, 2)))
    for name in FIGURES:
        assert found.reasons[name].sum() == pytest.approx(found.total[name], abs=1e-9, nan_ok=True)
    first, last = found.before.answer, found.after.answer
    assert found.total["required_fte"] == pytest.approx(last.district["required_fte"] - first.district["required_fte"])
    for table, whole in (
        (found.schools, "required_fte"),
        (found.people, "required_fte"),
        (found.activities, "workload_hours"),
    ):
        assert table["change"].sum() == pytest.approx(last.district[whole] - first.district[whole], abs=1e-9), whole


def test_a_trend_says_where_assumptions_changed():
    first = of(random_tables(3))
    assumed = first.assumptions.changed({"meeting_hours": 6.0}, "set on the screen")
    found = trend([replace(first, day=date(2026, 11, 2), assumptions=assumed), first])
    assert found["same_assumptions"].tolist() == [True, False] and found["day"].is_monotonic_increasing


def test_another_method_is_told_and_not_mixed_in():
    first = of(random_tables(3))
    found = between(replace(first, method="earlier of 2025-01-01"), first)
    assert found.total["required_fte"] == 0 and "January 1, 2025" in found.notices[0]

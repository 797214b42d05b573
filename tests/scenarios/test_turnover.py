"""When somebody leaves, and what wears posts down: hand-worked, and never with a name."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from pandas.testing import assert_frame_equal

from tests.scenarios.scenarios import answer_of, seeds
from tests.scenarios.test_levers import district
from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.scenarios.lever_fields import LeverError
from workload.scenarios.turnover import letters, resignation, resignations, retention_view, weeks_until


def three():
    people = (("Ann", "OT", 1.0, None), ("Bea", "OT", 1.0, None), ("Cal", "OTA", 1.0, "Ann"))
    return district([("Ann", "Oak", 20), ("Ann", "Elm", 10), ("Bea", "Oak", 20), ("Cal", "Elm", 5)], people)


def test_a_resignation_says_what_each_school_loses_and_how_soon():
    made = resignation(three(), 0, threshold_minutes=3_600)
    schools = made.schools.set_index("school")
    assert schools.loc["Oak", "student_minutes_per_week"] == pytest.approx(1_200)
    assert schools.loc["Oak", "share_of_school"] == pytest.approx(0.5)
    assert schools.loc["Oak", "weeks_to_threshold"] == pytest.approx(3)
    assert schools.loc["Elm", "share_of_school"] == pytest.approx(2 / 3)
    assert made.weeks_to_threshold == pytest.approx(2)
    assert made.students == 2


def test_an_ot_s_work_is_covered_by_ots_and_an_ota_s_by_both():
    answer = three()
    of_ot, of_ota = resignation(answer, 0), resignation(answer, 2)
    assert set(of_ot.cover["code"]) == {1}
    assert set(of_ota.cover["code"]) == {0, 1}
    oak = of_ot.cover[of_ot.cover["school"] == "Oak"].iloc[0]
    assert oak["serves_now"] and oak["spare_hours"] == pytest.approx(20)
    assert of_ot.covered_share == pytest.approx(20 / 30)
    assert of_ota.cover.iloc[0]["code"] == 0  # who serves Elm already comes first


def test_nothing_owed_never_reaches_a_threshold():
    assert weeks_until(1_000, 0) == float("inf")
    assert weeks_until(1_000, 250) == 4


def test_every_post_in_post_has_its_row_and_an_unknown_one_is_refused():
    table = resignations(three())
    assert list(table["code"]) == [0, 1, 2]
    assert table.set_index("code").loc[0, "schools"] == 2
    for code in (-1, 3):
        with pytest.raises(LeverError):
            resignation(three(), code)


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_schools_of_a_resignation_add_up_to_the_post(seed):
    answer = answer_of(seed)
    for _, one in resignations(answer).iterrows():
        made = resignation(answer, int(one["code"]))
        assert made.schools["student_minutes_per_week"].sum() == pytest.approx(made.student_minutes_per_week, abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_the_retention_view_names_drivers_and_nobody(seed):
    answer = answer_of(seed)
    view = retention_view(answer)
    assert len(view) == answer.demand.people.in_post[:-1].sum()
    assert "Therapist" not in view.to_csv()
    assert not {"code", "therapist"} & set(view.columns)
    for _, post in view.iterrows():
        assert ("more work than contract" in post["drivers"]) == (post["utilization"] > 1)
        assert ("many schools" in post["drivers"]) == (post["schools"] >= 4)


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_letters_of_posts_stay_whatever_people_are_called_and_whatever_the_secret_is(seed):
    tables = random_tables(seed)
    view = retention_view(analyze(as_roster(tables), DAY))
    again = copy.deepcopy(tables)
    renamed = {
        row["therapist"]: f"Person {99 - at:02}" for at, row in enumerate(again["therapists"])
    }  # the other way round
    for row in (*again["therapists"], *again["services"], *again["evaluations"]):
        for name in ("therapist", "supervisor"):
            row[name] = renamed.get(row.get(name), row.get(name))
    for row in (*again["services"], *again["evaluations"]):
        row["student_id"] = "other " + row["student_id"]
    other = retention_view(analyze(replace(as_roster(again), digest="another secret"), DAY))
    assert_frame_equal(view, other, atol=1e-9)


def test_posts_are_lettered_with_the_fullest_week_first_and_a_leave_last():
    people = (("Ann", "OT", 1.0, None), ("Bea", "OT", 0.5, None), ("Cal", "OT", 1.0, None))
    leave = {"leave_start": ["2026-09-01", None, None], "leave_end": ["2026-12-01", None, None]}
    view = retention_view(
        district([("Ann", "Oak", 30), ("Bea", "Oak", 25), ("Cal", "Oak", 30)], people, therapists=leave)
    )
    assert view["post"].tolist() == ["Post A", "Post B", "Post C"]
    assert view["utilization"].tolist()[:2] == pytest.approx([1.25, 0.75]) and view["utilization"].isna().tolist() == [
        False,
        False,
        True,
    ]
    assert [letters(at) for at in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


def test_hours_outside_the_contract_are_those_of_a_week_of_the_log():
    from workload.model.roster import roster_of

    log = {
        "therapist": ["Ann"] * 3,
        "date": ["2026-09-07", "2026-09-08", "2026-09-15"],
        "activity": ["direct"] * 3,
        "minutes": [120.0, 60.0, 300.0],
        "outside_contract": [True, False, True],
    }
    answer = analyze(roster_of(therapists={"therapist": ["Ann"], "role": ["OT"], "fte": [1.0]}, time_log=log), DAY)
    assert retention_view(answer)["outside_contract_hours"].tolist() == [pytest.approx(3.5)]
    assert retention_view(answer)["drivers"].tolist() == ["work outside contract"]

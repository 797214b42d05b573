"""Pilot schools and the others, before and after, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.store.test_packing import sample
from workload.model.parameters import Assumptions
from workload.model.roster import NO_SCHOOL
from workload.staffing.delivered.compliance import delivered_of
from workload.store.measured_pilot import (
    AVAILABLE,
    DELIVERED,
    OTHERS,
    PILOT,
    REQUIRED,
    STUDENTS,
    measured_pilot,
)
from workload.store.months import Month

OCT, JAN = date(2026, 10, 1), date(2027, 1, 11)
ROSTER = sample().roster
SCHOOLS = sorted(ROSTER.schools["school"])[:3]


def month(day: date, roster=ROSTER) -> Month:
    return Month(day, roster, Assumptions())


def row(school, month, owed, given):
    return {"student": "1", "school": school, "month": month, "required_minutes": owed, "delivered_minutes": given}


def test_shares_of_delivered_minutes_are_those_worked_out_by_hand():
    other = sorted(ROSTER.schools["school"])[-1]
    delivered = delivered_of(
        [
            row(SCHOOLS[0], "2026-10", 100, 60),
            row(SCHOOLS[1], "2026-11", 100, 80),
            row(SCHOOLS[0], "2027-01", 200, 190),
            row(other, "2026-10", 50, 40),
            row(other, "2027-02", 50, 41),
            row(None, "2027-02", 50, 0),
            row(other, None, 50, 0),
        ]
    )
    found = measured_pilot(month(OCT), month(JAN), SCHOOLS, date(2027, 1, 5), delivered)
    table = found.table.set_index(["measure", "group"])
    assert table.loc[(DELIVERED, PILOT), ["before", "after"]].tolist() == pytest.approx([0.7, 0.95])
    assert table.loc[(DELIVERED, OTHERS), ["before", "after"]].tolist() == pytest.approx([0.8, 0.82])
    assert found.more[DELIVERED] == pytest.approx(0.25 - 0.02)
    assert any("2 rows" in each for each in found.notices) and any("not why" in each for each in found.notices)


def test_plans_and_people_of_both_kinds_add_up_to_the_district():
    before, after = month(OCT), month(JAN)
    found = measured_pilot(before, after, SCHOOLS, JAN)
    sums = found.table.groupby("measure")[["before", "after"]].sum()
    for end, answer in (("before", before.answer), ("after", after.answer)):
        for measure, column in ((STUDENTS, "caseload"), (REQUIRED, "required_fte"), (AVAILABLE, "available_fte")):
            assert sums.loc[measure, end] == pytest.approx(answer.schools[column].sum())
    assert DELIVERED not in found.more and any("Nothing is measured yet" in each for each in found.notices)


def test_a_school_that_is_in_one_month_only_is_told():
    schools = ROSTER.schools[ROSTER.schools["school"] != SCHOOLS[0]].reset_index(drop=True)
    services = ROSTER.services[ROSTER.services["school"] != SCHOOLS[0]].reset_index(drop=True)
    fewer = replace(ROSTER, schools=schools, services=services, digest="fewer")
    found = measured_pilot(month(OCT), month(JAN, fewer), ["Nowhere"], JAN)
    assert any("Nowhere" in each for each in found.notices)
    assert found.table[found.table["group"] == PILOT][["before", "after", "change"]].isna().all(axis=None)
    assert found.more == {}


def test_posts_that_are_unknown_are_not_none_and_no_school_is_not_another_school():
    services = ROSTER.services.copy()
    services.loc[:4, "school"] = None
    before = month(OCT, replace(ROSTER, services=services, digest="no school"))
    unknown = month(JAN, replace(ROSTER, therapists=ROSTER.therapists.iloc[:0], digest="no posts"))
    assert NO_SCHOOL in set(before.answer.schools["school"])
    found = measured_pilot(before, unknown, SCHOOLS, JAN)
    table, schools = found.table.set_index(["measure", "group"]), before.answer.schools
    others = schools[~schools["school"].isin([*SCHOOLS, NO_SCHOOL])]
    assert table.loc[(STUDENTS, OTHERS), "before"] == others["caseload"].sum()
    assert unknown.answer.schools["available_fte"].isna().all()
    assert table.loc[AVAILABLE]["after"].isna().all() and set(found.more) == {STUDENTS, REQUIRED}


def test_minutes_from_one_side_only_measure_nothing_and_say_so():
    delivered = delivered_of([row(SCHOOLS[0], "2026-10", 100, 60)])
    found = measured_pilot(month(OCT), month(JAN), SCHOOLS, JAN, delivered)
    assert DELIVERED not in set(found.table["measure"]) and any(
        "from before and after" in each for each in found.notices
    )

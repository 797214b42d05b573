"""Every published worked example comes out, computed by the library's own functions."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from workload.answer import analyze
from workload.model.parameters import Assumptions
from workload.model.roster import roster_of
from workload.model.school_year import periods_in_year
from workload.model.units import hours, minutes
from workload.model.words import shown
from workload.rules.packs import pack_for
from workload.scenarios import cost
from workload.staffing import published_methods, wisn_form
from workload.staffing.caps.caseload_caps import cap_limit
from workload.work.demand import demand_of

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "published.toml").read_text())["case"]


def group(students, minutes):
    """The pair table of one group with a group id, seen once a week."""
    services = {
        "student": [f"S{at}" for at in range(students)],
        "plan": ["IEP"] * students,
        "delivery": ["group"] * students,
        "minutes_per_session": [minutes] * students,
        "sessions": [1] * students,
        "period": ["week"] * students,
        "group_id": ["one"] * students,
        "therapist": ["A"] * students,
    }
    return demand_of(roster_of(services=services), date(2026, 10, 1), Assumptions())


def monthly(minutes, month):
    assumptions = Assumptions().changed({"month": month}, "test")
    return minutes * periods_in_year("month", assumptions) / assumptions["instructional_weeks"]


def wisconsin(fte, assistant):
    return cap_limit(pack_for("WI").of_kind("caseload_cap", date(2026, 10, 1))[0], fte, assistant)


def evaluation_hours(evaluations, weeks):
    """Hours a week of initial evaluations in the method itself, all for students without a service line."""
    roster = roster_of(
        services={
            "student": ["S"],
            "plan": ["504"],
            "delivery": ["consult"],
            "minutes_per_session": [1],
            "sessions": [1],
            "period": ["year"],
            "therapist": ["A"],
        },
        evaluations={
            "student": [f"E{at}" for at in range(evaluations)],
            "type": ["initial"] * evaluations,
            "therapist": ["A"] * evaluations,
            "due": ["2026-11-01"] * evaluations,
        },
    )
    answer = analyze(roster, date(2026, 10, 1), Assumptions().changed({"instructional_weeks": weeks}, "test"))
    assert answer.district["students_evaluation_only"] == evaluations
    return answer.district["evaluation_initial_hours"]


GOT = {
    "nc_iep_hours": lambda weekly_hours: published_methods.nc_iep_hours([minutes(one) for one in weekly_hours]),
    "group_therapist_minutes": lambda students, minutes: group(students, minutes).therapist_minutes.sum() / 36,
    "group_student_minutes": lambda students, minutes: group(students, minutes).student_minutes.sum() / 36,
    "evaluation_hours_a_year": lambda evaluations: evaluation_hours(evaluations, 36) * 36,
    "evaluation_hours_a_week": lambda evaluations, weeks: evaluation_hours(evaluations, weeks),
    "fte_of_students": lambda students, hours_each, full_week: published_methods.fte_of_hours(
        students * hours_each, full_week
    ),
    "fte_of_caseload": published_methods.fte_of_caseload,
    "students_per_fte": published_methods.students_per_fte,
    "wisn_ratio": wisn_form.wisn_ratio,
    "percent_served": lambda students, enrolled: 100 * published_methods.share_served(students, enrolled),
    "available_working_time": wisn_form.available_working_time,
    "hours_of_minutes": lambda minutes: hours(minutes),
    "required_staff": wisn_form.required_staff,
    "allowance_factor": lambda share: wisn_form.allowance_factor(share),
    "pooled_ratio": wisn_form.pooled_ratio,
    "first_year_savings": lambda other, own: cost.savings(other, own)[0],
    "wisconsin_cap": wisconsin,
    "flynn_ratio": lambda all_hours, iep_hours: published_methods.flynn_ratio(all_hours, iep_hours),
    "flynn_fte": lambda iep_hours, ratio, scheduled: published_methods.flynn_fte(iep_hours, ratio, scheduled),
    "nysed_staff": lambda sessions, days, half_hours, use: published_methods.nysed_staff(
        sessions, days, half_hours, use
    ),
    "delaware_units": lambda **units: published_methods.delaware_units(
        0, 0, units["basic"], units["intensive"], units["complex"]
    ),
    "monthly_minutes_a_week": monthly,
    "three_to_one_total": lambda minutes: published_methods.three_to_one_cycle(minutes)[0],
    "three_to_one_direct_week": lambda minutes: published_methods.three_to_one_cycle(minutes)[1],
    "moments_half_width": published_methods.moments_half_width,
}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_published_example_comes_out(case):
    value = float(GOT[case["got"]](**case["inputs"]))
    if case["digits"] == 9:
        assert value == pytest.approx(case["result"], abs=1e-9)
    else:
        assert shown(value, case["digits"]) == shown(case["result"], case["digits"])


def test_every_case_states_its_source():
    assert len(CASES) >= 40
    assert all(case["source"] for case in CASES)

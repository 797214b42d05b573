"""Every published worked example comes out, computed on the way that the pages and the command go."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from workload.answer import analyze
from workload.explain.gauges import gauges
from workload.model.parameters import Assumptions
from workload.model.roster import roster_of
from workload.model.school_year import periods_in_year
from workload.model.units import hours, minutes
from workload.model.words import shown
from workload.rules.packs import pack_for
from workload.scenarios import cost
from workload.staffing import method_formulas
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


PLAIN = {
    "documentation_minutes_per_session": 0,
    "on_behalf_ratio": 0,
    "planning_share": 0,
    "staff_time_share": 0,
    "meeting_hours": 0,
    "progress_report_hours": 0,
    "evaluations_initial_per_student": 0,
    "reevaluations_per_student": 0,
}
YEAR_WEEKS = 52
FULL_WEEK = 40


def district(direct_hours, posts, time_log=None, **assumptions):
    """The answer for one line of direct hours a week with each person (posts: FTE), and no other work."""
    count = len(posts)
    names = [f"Unit {at}" for at in range(count)]
    services = {
        "student": [f"S{at}" for at in range(count)],
        "plan": ["IEP"] * count,
        "delivery": ["individual"] * count,
        "minutes_per_session": [minutes(one) for one in direct_hours],
        "sessions": [1] * count,
        "period": ["week"] * count,
        "therapist": names,
    }
    therapists = {"therapist": names, "role": ["OT"] * count, "fte": list(posts)}
    if "named_duty_hours" in assumptions:
        therapists["named_duty_hours"] = [assumptions.pop("named_duty_hours")] * count
    tables = {"services": services, "therapists": therapists, **({"time_log": time_log} if time_log else {})}
    values = Assumptions().changed({**PLAIN, "hours_per_week": FULL_WEEK, **assumptions}, "test")
    return analyze(roster_of(**tables), date(2026, 10, 1), values)


def wisn(service_hours, available_hours, category_share=0.0, individual_hours=0.0):
    """The house method on a year of WISN: everything spread over 52 weeks, the share as planning, one person's duties."""
    return district(
        [service_hours / YEAR_WEEKS],
        [1.0],
        hours_per_week=available_hours / YEAR_WEEKS,
        planning_share=category_share,
        named_duty_hours=individual_hours / YEAR_WEEKS,
    ).district


def working_year(possible_days, absent_days, hours_per_day):
    """Hours that one post gives in a year: so many possible days, as paid weeks of five, less the days of absence."""
    weeks = possible_days / 5
    values = {"hours_per_week": 5 * hours_per_day, "contract_weeks": weeks, "absence_days_per_year": absent_days}
    return district([1], [1.0], **values).district["available_hours"] * weeks


def students_per_fte(students, fte):
    """The figure that the product holds against published ones: that many students, and work for so much FTE."""
    answer = district([fte * FULL_WEEK / students] * students, [fte / students] * students)
    return next(one for one in gauges(answer) if one.gauge.id == "students_per_fte").value


def in_post(existing, required):
    """A district of units with so many posts, and work for so many."""
    return district([one * FULL_WEEK for one in required], existing).district


def method(answer, name):
    return next(one for one in answer.methods if one.method == name)


def time_log(all_hours, iep_hours):
    """A log of one person: IEP sessions, and all other work as notes."""
    rows = {"direct": iep_hours, "documentation": all_hours - iep_hours}
    return {
        "therapist": ["Unit 0"] * 2,
        "date": [date(2026, 9, 21)] * 2,
        "activity": list(rows),
        "minutes": [minutes(one) for one in rows.values()],
    }


def flynn_fte(iep_hours, ratio, scheduled):
    answer = district([iep_hours], [1.0], time_log(10 * ratio, 10), hours_per_week=scheduled)
    return method(answer, "flynn-ratio").low


def three_to_one_minutes(weekly):
    """Minutes in each direct week, where nothing but sessions is asked for."""
    return minutes(method(district([hours(weekly)], [1.0]), "three-to-one").low * FULL_WEEK)


GOT = {
    "nc_iep_hours": lambda weekly_hours: method_formulas.nc_iep_hours([minutes(one) for one in weekly_hours]),
    "group_therapist_minutes": lambda students, minutes: group(students, minutes).therapist_minutes.sum() / 36,
    "group_student_minutes": lambda students, minutes: group(students, minutes).student_minutes.sum() / 36,
    "evaluation_hours_a_year": lambda evaluations: evaluation_hours(evaluations, 36) * 36,
    "evaluation_hours_a_week": lambda evaluations, weeks: evaluation_hours(evaluations, weeks),
    "fte_of_students": lambda students, hours_each, full_week: method_formulas.fte_of_hours(
        students * hours_each, full_week
    ),
    "fte_of_caseload": method_formulas.fte_of_caseload,
    "wisn_ratio": lambda existing, required: 1 / in_post([existing], [required])["utilization"],
    "gap_fte": lambda existing, required: in_post([existing], [required])["gap_fte"],
    "hours_of_minutes": lambda minutes: hours(minutes),
    "students_per_fte": students_per_fte,
    "available_working_time": working_year,
    "required_staff": lambda **year: wisn(**year)["required_fte"],
    "allowance_factor": lambda share: wisn(YEAR_WEEKS, 1432, share)["workload_hours"],
    "pooled_ratio": lambda existing, required: 1 / in_post(existing, required)["utilization"],
    "first_year_savings": lambda other, own: cost.savings(other, own)[0],
    "wisconsin_cap": wisconsin,
    "flynn_ratio": lambda all_hours, iep_hours: (
        method(district([1], [1.0], time_log(all_hours, iep_hours)), "flynn-ratio").multiplier
    ),
    "flynn_fte": flynn_fte,
    "nysed_staff": lambda sessions, days, half_hours, use: method_formulas.nysed_staff(sessions, days, half_hours, use),
    "delaware_units": lambda **units: method_formulas.delaware_units(
        0, 0, units["basic"], units["intensive"], units["complex"]
    ),
    "monthly_minutes_a_week": monthly,
    "three_to_one_total": lambda minutes: three_to_one_minutes(minutes) * 3,
    "three_to_one_direct_week": lambda minutes: three_to_one_minutes(minutes),
    "moments_half_width": method_formulas.moments_half_width,
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

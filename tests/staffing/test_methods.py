"""Every method beside the house method: its inputs, its limits, and differences that add up."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.rosters import as_roster, random_tables
from workload.answer import analyze
from workload.model.roster import roster_of
from workload.rules.packs import clauses, pack_for
from workload.staffing.method_differences import WORDS, differences
from workload.staffing.method_formulas import delaware_units, three_to_one_weeks
from workload.staffing.methods_without_number import not_included
from workload.staffing.published_methods import HOUSE, METHODS, Inputs, methods_side_by_side

DAY = date(2026, 10, 1)
PARTS = (57, 57, 57, 5.5, 3)  # K-3, 4-12, basic, intensive, complex pupil units for one unit
UNITS = {"k3": 0, "grades_4_12": 0, "basic": 250, "intensive": 11, "complex_": 10}


def answer_of(seed=3, **more):
    return analyze(as_roster(random_tables(seed, students=80)), DAY, **more)


def everything(answer, pack=None):
    return methods_side_by_side(
        answer.staffing, answer.range, pack, services=answer.roster.services, flynn=2.10, delaware=UNITS
    )


def test_methods_without_their_input_are_left_out_and_named_with_where_to_find_it():
    answer = answer_of()
    shown = {each.method for each in methods_side_by_side(answer.staffing, answer.range)}
    assert shown.isdisjoint({"flynn-ratio", "caseload-cap", "delaware-units"})
    missing = not_included(answer.staffing, answer.range)
    words = " ".join(f"{each.label} {each.missing} {each.where}" for each in missing)
    for name in ("Flynn", "Caseload cap", "Delaware", "North Carolina Department", "Minnesota", "ASHA"):
        assert name in words
    assert all(each.where for each in missing)


def test_with_every_input_all_methods_give_a_number_and_only_the_unfound_are_named():
    answer = answer_of()
    assert len(everything(answer, pack_for("WI"))) == len(METHODS) == 9
    missing = not_included(answer.staffing, answer.range, pack_for("WI"), flynn=2.1, delaware=UNITS)
    assert [each.missing for each in missing] == [
        "its constants were not found",
        "its numbers could not be reached",
        "the values behind its cells were not found",
    ]


def test_every_method_has_one_signature_a_source_and_what_it_leaves_out():
    answer = answer_of()
    given = Inputs(answer.staffing, answer.range, (pack_for("WI"),), answer.roster.services, 2.1, "", UNITS)
    for method in METHODS:
        result = method(given)
        assert result.source
        assert result.leaves_out
        assert result.not_with
        assert result.low <= result.high
        assert result.force != "law" or result.evidence == "V"


def test_the_flynn_method_is_fed_by_the_time_log_of_the_roster():
    tables = random_tables(3, students=80)
    tables["time_log"] = [
        {"therapist": "Therapist 00", "date": date(2026, 9, 21), "activity": code, "minutes": minutes}
        for code, minutes in (("direct", 600), ("documentation", 300), ("lunch", 150), ("travel", 360))
    ]
    answer = analyze(as_roster(tables), DAY)
    (flynn,) = [each for each in answer.methods if each.method == "flynn-ratio"]
    assert flynn.multiplier == pytest.approx(1260 / 600)
    assert flynn.low == flynn.high == pytest.approx(answer.district["direct_hours"] * 2.1 / 37.5)
    assert "2026-09-21" in flynn.inputs


def test_a_caseload_cap_divides_heads_and_says_how_well_it_was_read():
    answer = answer_of(state="WI")
    (cap,) = [each for each in answer.methods if each.method == "caseload-cap"]
    assert (cap.low, cap.high) == (
        pytest.approx(answer.district["caseload"] / 45),
        pytest.approx(answer.district["caseload"] / 30),
    )
    assert (cap.force, cap.evidence) == ("law", "V")
    assert cap.inputs == f"{answer.district['caseload']} children, at most 30 or 45"
    (ohio,) = [each for each in answer_of(state="OH").methods if each.method == "caseload-cap"]
    assert ohio.evidence == "S"
    assert ohio.force == "reported"  # second-hand numbers are neither law nor guidance


def test_a_cap_on_direct_service_leaves_students_with_consultation_out():
    services = {
        "student": ["S0", "S1", "S2", "S3"],
        "grade": ["PK", "2", "2", "2"],
        "plan": ["IEP"] * 4,
        "delivery": ["individual", "individual", "individual", "consult"],
        "minutes_per_session": [30] * 4,
        "sessions": [1] * 4,
        "period": ["week"] * 4,
        "therapist": ["A"] * 4,
    }
    answer = analyze(roster_of(services=services), DAY, state="OH")
    (cap,) = [each for each in answer.methods if each.method == "caseload-cap"]
    assert cap.low == cap.high == pytest.approx(2 / 50 + 1 / 40)
    counted = {
        "1 children served directly, preschool, at most 40",
        "2 children served directly, school-age, at most 50",
    }
    assert set(cap.inputs.split("; ")) == counted


@pytest.mark.parametrize("more", [{"starts": date(2026, 10, 2)}, {"applies_to": "PT"}, {"scope": "department"}])
def test_no_rule_before_its_first_day_of_another_profession_or_on_an_average_divides_heads(more):
    rule = {"kind": "caseload_cap", "label": "Cap", "value": 40, "unit": "students", "read": DAY}
    answer = answer_of()

    def found(entry):
        methods = methods_side_by_side(answer.staffing, answer.range, clauses("Ours", [entry]))
        return "caseload-cap" in {each.method for each in methods}

    assert found(rule) and not found(rule | more)


def test_the_three_to_one_model_has_27_direct_and_9_indirect_weeks_of_36():
    assert three_to_one_weeks(36) == (27, 9)
    answer = answer_of()
    (model,) = [each for each in answer.methods if each.method == "three-to-one"]
    share = answer.assumptions.category_share
    assert model.high == pytest.approx(
        answer.district["required_fte"] + answer.district["direct_hours"] / 3 / (1 - share) / 37.5
    )
    assert answer.district["required_fte"] <= model.low <= model.high


def test_the_sessions_of_new_york_by_hand():
    """60 students with 45 minutes a week: 60 × 45 × 36 ÷ 30 = 3,240 half-hours a year.

    180 days (36 × 5) of 15 half-hours (37.5 ÷ 5 × 2) are 2,700: 1.2 posts where every half-hour is used, 1.5 at 80 %.
    """
    services = {
        "student": [f"S{at}" for at in range(60)],
        "delivery": ["individual"] * 60,
        "minutes_per_session": [45] * 60,
        "sessions": [1] * 60,
        "period": ["week"] * 60,
        "therapist": ["A"] * 60,
    }
    (method,) = [each for each in analyze(roster_of(services=services), DAY).methods if each.method == "nysed-sessions"]
    assert (method.low, method.high) == (pytest.approx(1.2), pytest.approx(1.5))
    assert "3,240 half-hour student sessions a year; 180 days of 15 half-hours" in method.inputs


def test_methods_from_hours_by_hand():
    """40 students with 60 minutes a week, half of them in pairs: 40 student hours, 20 + 10 = 30 direct therapist hours.

    Student hours: 40 ÷ 40 to 40 ÷ 35. Direct hours: 1.5 × 30 ÷ 37.5, and 30 ÷ 24.
    """
    services = {
        "student": [f"S{at}" for at in range(40)],
        "delivery": ["individual"] * 20 + ["group"] * 20,
        "group_size": [None] * 20 + [2] * 20,
        "minutes_per_session": [60] * 40,
        "sessions": [1] * 40,
        "period": ["week"] * 40,
        "therapist": ["A"] * 40,
    }
    answer = analyze(roster_of(services=services), DAY)
    found = {each.method: (each.low, each.high) for each in answer.methods}
    assert found["nc-iep-hours"] == (pytest.approx(1.0), pytest.approx(40 / 35))
    assert next(each.middle for each in answer.methods if each.method == "nc-iep-hours") == pytest.approx(37.5 / 35)
    assert found["nc-direct-1.5"] == (pytest.approx(1.2), pytest.approx(1.2))
    assert found["direct-24"] == (pytest.approx(1.25), pytest.approx(1.25))
    factors = {each.method: each.multiplier for each in answer.methods if each.multiplier != 1}
    assert factors == {"nc-direct-1.5": 1.5}
    said = {each.method: each.inputs for each in answer.methods}
    assert said["nc-iep-hours"].startswith("40.0 student hours a week")
    assert said["nc-direct-1.5"].startswith("30.0 direct") and said["direct-24"].startswith("30.0 direct")
    assert said["three-to-one"].startswith("30.0 direct hours a week become 40.0 in each of 27 direct weeks; 9 weeks")
    assert answer.range.p10 < answer.district["required_fte"] < answer.range.p90
    assert found["wisn-itemized"] == (answer.range.p10, answer.range.p90)


def test_each_kind_of_pupil_unit_gives_its_part_of_the_units_of_delaware():
    assert [delaware_units(*(part if at == one else 0 for one, part in enumerate(PARTS))) for at in range(5)] == [1] * 5
    assert delaware_units(*PARTS) == 5


@pytest.mark.parametrize("seed", range(6))
def test_the_causes_of_a_difference_add_up_to_it(seed):
    answer = answer_of(seed)
    methods = everything(answer, pack_for("WI"))
    causes = differences(answer.staffing, methods)
    for method in methods:
        total = sum(cause.fte for cause in causes if cause.method == method.method)
        expected = 0.0 if method.method == HOUSE else method.middle - answer.district["required_fte"]
        assert total == pytest.approx(expected, abs=1e-9)
    assert all(cause.words == WORDS[cause.cause] for cause in causes)


def test_groups_make_a_method_that_does_not_collapse_them_larger():
    answer = answer_of(3)
    causes = {(each.method, each.cause): each.fte for each in differences(answer.staffing, answer.methods)}
    saved = answer.district["student_hours"] - answer.district["therapist_hours"]
    assert saved > 0
    assert causes["nc-iep-hours", "groups"] == pytest.approx(saved / 37.5)
    assert ("nc-direct-1.5", "groups") not in causes
    assert causes["nc-direct-1.5", "travel"] == pytest.approx(-answer.district["travel_hours"] / 37.5)

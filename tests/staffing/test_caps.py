"""Caps, other limits and what a limit on schools costs, held against small districts that one can count by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from workload.answer import analyze
from workload.explain.why_evidence import explain_cap
from workload.model.parameters import Assumptions
from workload.model.roster import roster_of
from workload.rules.agreement import TypedClause, started_from
from workload.rules.packs import RulePack, clauses, contract_examples, pack_for
from workload.staffing.caps.caseload_caps import binding, caps_for, mixed_share
from workload.staffing.caps.other_limits import (
    limits_for,
    limits_not_compared,
)
from workload.staffing.caps.supervision_contacts import supervision_contacts
from workload.staffing.time_study.study import plain_entries, study_of

DAY = date(2026, 10, 1)
READ = date(2026, 11, 21)
OT = {"therapist": "A", "role": "OT", "fte": 1.0}


def district(students=10, people=(OT,), state=None, day=DAY, **columns):
    """A roster whose students are all A's, one individual line each, unless a column says otherwise."""
    services = {
        "student": [f"S{at}" for at in range(students)],
        "plan": ["IEP"] * students,
        "delivery": ["individual"] * students,
        "minutes_per_session": [30] * students,
        "sessions": [1] * students,
        "period": ["week"] * students,
        "therapist": ["A"] * students,
        "school": ["Oak"] * students,
    } | columns
    names = {name for person in people for name in person}
    return analyze(
        roster_of(services=services, therapists={name: [person.get(name) for person in people] for name in names}),
        day,
        state=state,
    )


def ota(name, **more):
    return {"therapist": name, "role": "OTA", "fte": 1.0, "supervisor": "A", **more}


def examples(*wanted, **changed) -> RulePack:
    """Published clauses of the examples, with what a district would write otherwise."""
    pack = contract_examples()
    return replace(pack, rules=tuple(replace(rule, **changed) for rule in pack.rules if rule.id in wanted))


def clause(kind, value, unit, **more):
    return {"kind": kind, "label": kind, "value": value, "unit": unit, "read": READ, **more}


@pytest.mark.parametrize(
    ("fte", "assistants", "limit"),
    [
        (1.0, 0, 30),
        (0.8, 0, 24),
        (0.6, 0, 18),
        (0.5, 0, 15),
        (1.0, 1, 45),
        (0.8, 1, 36),
        (0.6, 1, 27),
        (0.5, 1, 22.5),
        (1.0, 2, 45),
        (1.0, 3, 45),  # a second assistant adds nothing: PI 11.24(9)(b)
    ],
)
def test_wisconsins_limit_follows_the_contract_and_the_first_assistant_only(fte, assistants, limit):
    people = ({**OT, "fte": fte}, *(ota(f"B{at}") for at in range(assistants)))
    (check,) = district(36, people, "WI").caps["A"]
    assert check.limit == pytest.approx(limit)
    assert (check.value, check.over) == (36, pytest.approx(max(0, 36 - limit)))
    assert (check.force, check.rule) == ("law", "Wis. Admin. Code PI 11.24(9)(b)")


def test_an_assistant_who_has_left_does_not_raise_the_limit():
    (check,) = district(36, (OT, ota("B", end="2026-09-30")), "WI").caps["A"]
    assert check.limit == 30
    (check,) = district(36, (OT, ota("B", end="2026-10-01")), "WI").caps["A"]
    assert check.limit == 45


def test_the_assistants_students_count_for_the_supervising_ot_once():
    answer = district(4, (OT, ota("B")), "WI", student=["S0", "S1", "S1", "S2"], therapist=["A", "A", "B", "B"])
    assert answer.caps["A"][0].value == 3
    assert answer.caps["B"] == []


def test_students_who_only_have_consultation_are_counted_and_told():
    answer = district(3, state="WI", delivery=["individual", "consult", "consult"])
    assert (answer.caps["A"][0].value, answer.caps["A"][0].consult_only) == (3, 2)


def test_students_without_an_iep_are_counted_and_told():
    answer = district(4, state="WI", student=["S0", "S0", "S1", "S2"], plan=["504", "IEP", "504", "MTSS"])
    (check,) = answer.caps["A"]
    assert (check.value, check.without_iep) == (3, 2)
    told = explain_cap(check, "A", 1.0, False, None, answer.lines, "", "")
    assert any("2 of the students counted have no IEP" in note for note in told.notes)


def test_a_rule_that_counts_special_education_counts_no_plan_under_504_and_no_mtss():
    answer = district(4, student=["S0", "S0", "S1", "S2"], plan=["504", "IEP", "504", "MTSS"])
    typed = TypedClause(number=40, band="Students with an IEP", citation="12.3").entry((), answer.day)
    counted = {}
    for name, entry in (("IEP", typed), ("all", {**typed, "counts": "students"})):
        (check,) = caps_for(answer.staffing, clauses("Ours", [entry]), answer.roster.services)["A"]
        counted[name] = (check.value, check.without_iep)
    assert counted == {"IEP": (1, 0), "all": (3, 2)}
    (rule,) = clauses("Ours", [typed]).rules
    assert started_from(rule).band == "Students with an IEP"


def test_ohios_bands_count_only_students_with_direct_service():
    answer = district(
        6,
        state="OH",
        grade=["PK", "PK", "3", "4", None, "5"],
        delivery=["individual", "consult", "individual", "individual", "individual", "consult"],
    )
    checks = {check.band: check for check in answer.caps["A"]}
    assert (checks["preschool"].limit, checks["preschool"].value) == (40, 1)
    assert (checks["school-age"].limit, checks["school-age"].value) == (50, 3)
    assert checks["school-age"].grade_unknown == 1
    assert {check.force for check in checks.values()} == {"reported"}  # second-hand: never shown as law
    assert mixed_share(answer.caps["A"]) == pytest.approx(1 / 40 + 3 / 50)


def test_a_part_time_limit_is_not_scaled_where_the_text_is_silent():
    (check, *_) = district(6, ({**OT, "fte": 0.5},), "OH").caps["A"]
    assert check.limit in (40, 50)
    assert "part-time" in check.note


def test_the_contract_beside_the_state_binds_where_it_leaves_less_room():
    answer = district(36, (OT, ota("B")), "WI")
    madison = examples("madison-assistant-40")
    checks = caps_for(answer.staffing, [pack_for("WI"), madison])["A"]
    assert [check.limit for check in checks] == [40, 45]
    found = binding(checks)
    assert (found.check.id, found.tighter_by) == ("madison-assistant-40", 5)
    assert found.next_rule == "Wis. Admin. Code PI 11.24(9)(b)"


def test_a_limit_for_those_with_an_assistant_says_nothing_about_the_others():
    madison = examples("madison-assistant-40")
    assert caps_for(district(36).staffing, madison)["A"] == []
    assert binding([]) is None


@pytest.mark.parametrize(
    ("days", "limit"),
    [("Mon: Oak", 40), ("Mon: Oak, Elm", 40), ("Mon: Oak, Elm, Ash; Tue: Oak", 39), ("Mon: Oak, Elm, Ash, Fir", 38)],
)
def test_each_building_above_two_a_day_takes_one_student_off(days, limit):
    ours = examples("contract-pt-40", "contract-pt-buildings", applies_to="OT")
    (check,) = caps_for(district(39, ({**OT, "days": days},)).staffing, ours)["A"]
    assert (check.limit, check.taken_off) == (limit, 40 - limit)


def test_a_rule_for_physical_therapists_is_not_held_against_an_ot():
    pack = clauses("Ours", [clause("caseload_cap", 5, "students", applies_to="PT")])
    assert caps_for(district(10).staffing, pack)["A"] == []


def test_a_trigger_is_reached_at_its_number_and_a_limit_is_not():
    pack = clauses(
        "Ours",
        [clause("caseload_cap", 10, "students", trigger=True), clause("caseload_cap", 10, "students", place="B")],
    )
    by_trigger = {check.is_trigger: check for check in caps_for(district(10).staffing, pack)["A"]}
    assert by_trigger[True].is_outside
    assert not by_trigger[False].is_outside


def test_changing_the_day_of_an_amendment_changes_the_limit_on_that_day():
    pack = clauses(
        "Ours",
        [clause("caseload_cap", 50, "students"), clause("caseload_cap", 45, "students", starts=date(2026, 10, 2))],
    )
    assert caps_for(district(day=date(2026, 10, 1)).staffing, pack)["A"][0].limit == 50
    assert caps_for(district(day=date(2026, 10, 2)).staffing, pack)["A"][0].limit == 45


def limits(answer, *entries):
    return {
        check.kind: check
        for check in limits_for(answer.staffing, clauses("Ours", list(entries)), answer.roster.services)
    }


def test_a_minimum_says_how_many_students_are_missing():
    found = {check.kind: check for check in limits_for(district(11).staffing, pack_for("WI"))}
    assert (found["caseload_minimum"].limit, found["caseload_minimum"].outside) == (15, 4)


def test_a_minimum_is_that_of_the_post():
    half = ({**OT, "fte": 0.5},)
    found = {check.kind: check for check in limits_for(district(6, half).staffing, pack_for("WI"))}
    assert (found["caseload_minimum"].limit, found["caseload_minimum"].outside) == (7.5, 1.5)


def test_buildings_a_day_have_no_value_without_a_plan_and_else_that_of_the_busiest_day():
    rule = clauses("Ours", [clause("site_limit", 2, "buildings a day")])
    assert limits_for(district().staffing, rule) == []
    planned = district(people=({**OT, "days": "Mon: Oak; Tue: Oak, Elm, Ash"},))
    (check,) = limits_for(planned.staffing, rule)
    assert (check.value, check.limit, check.outside) == (3, 2, 1)


def test_schools_of_the_plan_and_of_the_lines_count_against_a_limit_on_schools():
    answer = district(3, ({**OT, "days": "Mon: Oak, Elm"},), school=["Oak", "Ash", "Fir"])
    check = limits(answer, clause("site_limit", 3, "schools"))["site_limit"]
    assert (check.value, check.outside, check.is_outside) == (4, 1, True)


PLANNING_RULES = [("planning_minutes", 200, "minutes a week"), ("planning_minutes", 40, "minutes a day")]


@pytest.mark.parametrize("rule", PLANNING_RULES)
def test_the_tools_own_allowance_is_never_held_against_a_rule_on_planning(rule):
    answer, pack = district(20), clauses("Ours", [clause(*rule)])
    assert limits(answer, clause(*rule)) == {}
    assert limits_for(district(20, state="OH").staffing, pack_for("OH")) == []
    (sentence,) = limits_not_compared(answer.staffing, pack)
    assert "not compared for 1 of 1 OTs" in sentence and "time study of whole days" in sentence


def with_planning(share, *people, **columns):
    assumed = Assumptions().changed({"planning_share": share}, "set on the screen")
    return analyze(district(20, people or (OT,), **columns).roster, DAY, assumptions=assumed)


@pytest.mark.parametrize(("share", "minutes", "outside"), [(0.08, 180, 20), (0.10, 225, 0)])
def test_planning_time_that_the_district_has_set_is_a_share_of_the_contract(share, minutes, outside):
    answer = with_planning(share)  # of 37.5 hours, whatever the workload is
    check = limits(answer, clause("planning_minutes", 200, "minutes a week"))["planning_minutes"]
    assert (check.value, check.limit) == (pytest.approx(minutes), 200)
    assert check.outside == pytest.approx(outside) and "set on the screen" in check.note
    assert limits_not_compared(answer.staffing, clauses("Ours", [clause(*PLANNING_RULES[0])])) == []


def test_a_number_for_full_time_is_held_against_part_time_only_where_the_text_scales_it():
    answer = with_planning(0.08, {**OT, "fte": 0.5})
    assert limits(answer, clause("planning_minutes", 200, "minutes a week")) == {}
    scaled = limits(answer, clause("planning_minutes", 200, "minutes a week", prorated=True))["planning_minutes"]
    assert (scaled.value, scaled.limit) == (pytest.approx(90), 100)
    (sentence,) = limits_not_compared(answer.staffing, clauses("Ours", [clause(*PLANNING_RULES[0])]))
    assert "1 part-time" in sentence


def test_a_log_of_whole_days_goes_before_what_was_set_and_a_log_of_sessions_says_nothing():
    answer, entry = with_planning(0.10), {"therapist": "A", "date": date(2026, 9, 21)}
    whole = [{**entry, "activity": "planning", "minutes": 30}, {**entry, "activity": "direct", "minutes": 420}]
    sessions = [{**entry, "activity": "planning", "minutes": 30}, {**entry, "activity": "direct", "minutes": 200}]
    rule = clauses("Ours", [clause(*PLANNING_RULES[0])])
    (logged,) = limits_for(answer.staffing, rule, study=study_of(plain_entries(whole)))
    assert logged.value == pytest.approx(30) and "log of 2026-09-21" in logged.note
    (given,) = limits_for(answer.staffing, rule, study=study_of(plain_entries(sessions)))
    assert given.value == pytest.approx(225)


def test_sessions_that_this_tool_made_from_minutes_are_left_out_and_told():
    lines = {"sessions": [5, 5, None, None], "minutes_per_session": [30, 30, None, None]}
    answer = district(4, total_minutes=[None, None, 150, 150], **lines)
    check = limits(answer, clause("session_cap", 1, "sessions a day"))["session_cap"]
    assert check.value == pytest.approx(2) and "2 lines name no number of sessions" in check.note


def test_assistants_count_as_people_or_as_fte_as_the_text_says():
    answer = district(4, (OT, ota("B", fte=0.5), ota("C", fte=0.4)))
    assert limits(answer, clause("supervision_ratio", 2, "FTE of OTAs"))["supervision_ratio"].value == pytest.approx(
        0.9
    )
    assert limits(answer, clause("supervision_ratio", 3, "OTAs"))["supervision_ratio"].value == 2


def test_supervised_people_and_sessions_are_counted():
    answer = district(4, (OT, *(ota(f"B{at}") for at in range(6))), "NJ")
    check = next(
        check for check in limits_for(answer.staffing, answer.rule_pack) if check.id == "NJ-supervised-licensees"
    )
    assert (check.limit, check.value, check.outside) == (5, 6, 1)
    groups = district(4, delivery=["group"] * 4, group_id=["x", "x", "y", "y"], sessions=[5] * 4)
    check = limits(groups, clause("session_cap", 1, "sessions a day"))["session_cap"]
    assert check.value == pytest.approx(2)  # two groups, five times a week each, over five days


def test_an_average_of_the_department_counts_students_for_each_ots_fte():
    answer = district(90, (OT, {**OT, "therapist": "C", "fte": 0.5}, ota("B")))
    check = limits(answer, clause("caseload_cap", 42, "students for each FTE", scope="department", prorated=True))[
        "caseload_cap"
    ]
    assert (check.value, check.outside) == (pytest.approx(60), pytest.approx(18))


def test_an_average_of_a_building_counts_students_for_each_fte_that_ots_give_it():
    people = ({**OT, "days": "Mon: Oak; Tue: Elm"}, ota("B", days="Mon: Oak"))
    answer = district(40, people, school=["Oak"] * 30 + ["Elm"] * 10)
    entry = clause("caseload_cap", 50, "students for each FTE", scope="building", prorated=True)
    found = {check.about: check for check in limits_for(answer.staffing, clauses("Ours", [entry]))}
    assert (found["Oak"].value, found["Oak"].outside) == (pytest.approx(60), pytest.approx(10))
    assert (found["Elm"].value, found["Elm"].outside) == (pytest.approx(20), 0)


def test_a_building_is_left_out_where_this_tool_shares_the_time_of_its_therapists():
    answer = district(40, school=["Oak"] * 30 + ["Elm"] * 10)  # A has no day plan
    entry = clause("caseload_cap", 50, "students for each FTE", scope="building", prorated=True)
    assert limits(answer, entry) == {}
    (sentence,) = limits_not_compared(answer.staffing, clauses("Ours", [entry]))
    assert "not compared for 2 schools" in sentence


def test_ohio_asks_for_36_contacts_a_year_with_a_new_assistant_and_9_with_another():
    answer = district(4, (OT, ota("B"), ota("C"), ota("D", end="2026-09-01")), "OH")
    found = {each.band: each for each in supervision_contacts(answer.staffing, answer.rule_pack)}
    assert (found["first year"].otas, found["first year"].contacts_a_year) == (2, 72)
    assert found["after the first year"].contacts_a_year == 18
    assert found["first year"].force == "law"


def test_general_supervision_has_no_number_and_other_professions_rules_are_left_out():
    people = (OT, ota("B"))
    (general,) = supervision_contacts(district(4, people, "NC").staffing, pack_for("NC"))
    assert general.contacts_a_year is None
    (wisconsin,) = supervision_contacts(district(4, people, "WI").staffing, pack_for("WI"))  # OTs, not PTs
    assert wisconsin.contacts_a_year == 18 and "14 calendar days" in wisconsin.text  # every other of 36 weeks


def test_wisconsin_holds_assistants_by_fte_and_by_persons():
    answer = district(4, (OT, *(ota(name, fte=0.7) for name in "BCDE")), "WI")
    found = {check.id: check for check in limits_for(answer.staffing, pack_for("WI"))}
    assert (found["WI-ota-ratio-fte"].value, found["WI-ota-ratio-fte"].limit) == (pytest.approx(2.8), 2)
    assert (found["WI-ota-ratio-persons"].value, found["WI-ota-ratio-persons"].limit) == (4, 3)

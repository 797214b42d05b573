"""Rules of the district's own agreement: what can be typed in becomes a rule, what cannot is refused in a sentence."""

from datetime import date, timedelta

import pytest

from workload.rules.agreement import (
    CAP,
    KINDS,
    NAME,
    PENALTY,
    TypedClause,
    kind_of,
    problem_of,
    started_from,
    without,
)
from workload.rules.packs import contract_examples

DAY = date(2026, 10, 1)
ENTRY = {
    "id": "clause-1",
    "kind": "caseload_cap",
    "unit": "students",
    "scope": "person",
    "label": "Most students",
    "value": 40,
    "citation": "12.3",
    "place": NAME,
    "read": DAY,
    "prorated": True,
    "starts": None,
    "ends": None,
    "band": "",
}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"value": None}, "number is missing"),
        ({"citation": ""}, "which agreement"),
        ({"starts": DAY, "ends": DAY - timedelta(1)}, "before the first day"),
        ({"kind": "daily_building_penalty", "reduces": "", "above": 2}, "most students first"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_in_a_sentence(change, says):
    assert says in problem_of({**ENTRY, **change}, ())


def test_two_rules_of_a_kind_from_one_day_are_refused_and_a_later_one_amends():
    second = {**ENTRY, "id": "clause-2", "value": 35}
    assert "already" in problem_of(second, (ENTRY,))
    assert problem_of({**second, "starts": date(2027, 7, 1)}, (ENTRY,)) == ""
    assert problem_of({**second, "band": "preschool"}, (ENTRY,)) == ""


def test_every_kind_that_can_be_typed_in_makes_a_rule_that_the_library_takes():
    for at, kind in enumerate(KINDS, 1):
        entry = {**ENTRY, "id": f"clause-{at}", "kind": kind.kind, "unit": kind.unit, "scope": kind.scope}
        if kind.label == PENALTY:
            continue
        assert problem_of(entry, ()) == "", kind.label
    penalty = {
        **ENTRY,
        "id": "clause-9",
        "kind": "daily_building_penalty",
        "unit": "students a building",
        "reduces": "clause-1",
        "above": 2,
        "value": 1,
    }
    assert problem_of(penalty, (ENTRY,)) == ""


def test_every_example_can_be_typed_in_as_it_stands():
    cap = TypedClause(number=40, citation="12.3").entry((), DAY)
    examples = [rule for rule in contract_examples().rules if rule.is_for_ots and kind_of(rule)]
    assert len(examples) > 8
    for rule in examples:
        filled = started_from(rule)
        entry = {**filled.entry((cap,) if filled.kind == PENALTY else (), DAY), "citation": "Article 12"}
        assert problem_of(entry, (cap,) if filled.kind == PENALTY else ()) == "", rule.id
        assert (entry["value"], entry.get("with_assistant")) == (rule.value, rule.with_assistant), rule.id


def test_ids_go_on_and_a_rule_that_lowers_another_goes_with_it():
    cap = TypedClause(number=40, with_ota=50, citation="12.3").entry((), DAY)
    assert cap["label"] == f"{CAP}: 40, 50 with an OTA" and cap["id"] == "clause-1"
    penalty = TypedClause(PENALTY, number=1, above=2, citation="12.4").entry((cap,), DAY)
    assert (penalty["id"], penalty["reduces"]) == ("clause-2", "clause-1")
    assert without((cap, penalty), "clause-1") == () and without((cap, penalty), "clause-2") == (cap,)
    assert TypedClause(number=3).entry((penalty,), DAY)["id"] == "clause-3"


def test_only_a_persons_number_can_be_left_unscaled():
    department, person = KINDS[1].label, KINDS[0].label
    assert TypedClause(department, 40, prorated=False).entry((), DAY)["prorated"]
    assert not TypedClause(person, 40, prorated=False).entry((), DAY)["prorated"]

"""No number without force, and guidance is only a state, an association or a study."""

from __future__ import annotations

import pytest

from workload.model.parameters import parameters
from workload.model.sources import PUBLISHERS, READ, cited, unfit
from workload.one_week.responsibilities import responsibilities
from workload.rules.benchmarks import benchmarks
from workload.rules.packs import contract_examples, federal, packs
from workload.rules.rule import EVIDENCE, FORCES
from workload.scenarios.cost import rates
from workload.scenarios.leaving_cost import turnover_values

NUMBERS = [
    *parameters().values(),
    *rates().values(),
    *turnover_values().values(),
    *responsibilities().values(),
    *benchmarks().values(),
]
MAY_GUIDE = {"state", "federal agency", "association", "study"}


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number.id)
def test_every_number_has_a_force_that_its_publisher_and_its_reading_bear(number):
    assert not list(unfit(number.force, number.evidence, number.by))
    assert number.source
    if number.force == "guidance":
        assert number.by in MAY_GUIDE and number.evidence in ("V", "V-part")
    if number.force in ("law", "guidance", "reported"):
        about = getattr(number, "population", "") or getattr(number, "who", "")
        assert about and number.year and number.link.startswith("http"), "whom, when and where"
    if number.force == "example":
        assert (number.evidence, number.by) == ("P", "project")


def test_every_assumption_says_what_would_change_it():
    assert all(one.changes.endswith((".", "value.")) for one in parameters().values())


def test_no_rule_of_a_pack_is_without_force():
    for pack in (federal(), contract_examples(), *packs().values()):
        for rule in pack.rules:
            assert rule.force in FORCES and rule.evidence in EVIDENCE
            assert rule.force != "guidance" or pack.state  # one district's clause guides nobody else


def test_who_may_be_guidance_is_said_once():
    assert {by for by, may in PUBLISHERS.items() if may} == MAY_GUIDE
    assert all(READ[mark] == EVIDENCE[mark] for mark in READ)


@pytest.mark.parametrize(
    ("force", "evidence", "by", "words"),
    [
        ("", "V", "study", "force must be one of"),
        ("guidance", "V", "district", "is guidance"),
        ("guidance", "S", "study", "is guidance"),
        ("guidance", "V", "press", "is guidance"),
        ("law", "V", "association", "is law"),
        ("law", "V-part", "state", "is law"),
        ("example", "V", "district", "own choice"),
        ("reported", "P", "project", "was read somewhere"),
        ("guidance", "V", "somebody", "by must be one of"),
        ("guidance", "", "study", "evidence must be one of"),
    ],
)
def test_a_force_that_claims_too_much_is_refused(force, evidence, by, words):
    assert any(words in problem for problem in unfit(force, evidence, by))


def test_a_source_is_shown_with_whom_when_and_how_well_it_was_read():
    assert cited("IRS notice", "cars", "2026", "V") == "IRS notice (cars; 2026; read in the source)"
    assert cited("Project choice", "", "", "P") == "Project choice"
    assert "381 evaluations" in parameters()["evaluation_initial_hours"].cited
    assert "2026" in rates()["mileage"].cited and rates()["mileage"].value == 0.725

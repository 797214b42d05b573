"""Federal law and the evaluation clocks: each card is whole, opens, is shown where it applies, and claims no more than read."""

from __future__ import annotations

from datetime import date

import pytest

from workload.explain.why import SPECIAL
from workload.model.parameters import parameters
from workload.rules.packs import entries_about, evaluation_clock, federal, packs
from workload.rules.rule import DAYS
from workload.work.activities import CODES

DAY = date(2026, 11, 29)
ALL = [rule for pack in (federal(), *packs().values()) for rule in pack.rules]
ELSEWHERE = {"cost", "privacy", "report", "outside"}  # topics that no figure of Why opens yet
CARDS = federal().rules


@pytest.mark.parametrize("rule", CARDS, ids=lambda rule: rule.id)
def test_a_card_says_what_it_is_what_it_means_what_to_say_and_where_to_check(rule):
    assert rule.text and rule.means and rule.say and rule.citation and rule.link.startswith("http")
    assert "check against the current text" in rule.note.casefold() or rule.id == "US-after-review"
    assert len(rule.say.split()) <= 30  # a sentence, not a lecture


@pytest.mark.parametrize("rule", [rule for rule in ALL if rule.about], ids=lambda rule: rule.id)
def test_an_entry_is_about_something_that_the_product_knows(rule):
    assert set(rule.about) <= {*CODES, *parameters(), *SPECIAL, *ELSEWHERE}


def test_what_was_heard_of_is_never_called_law():
    for rule in ALL:
        assert rule.force != "law" or rule.evidence == "V"
        if rule.evidence == "S":
            assert rule.force == "reported"


def test_the_services_of_an_overdue_plan_go_on_and_no_rule_is_claimed_for_it():
    (rule,) = [rule for rule in CARDS if rule.id == "US-after-review"]
    assert rule.force == "reported" and "was found" in rule.note


def test_every_state_has_a_clock_its_own_or_the_federal_one():
    own = {code for code in packs() if evaluation_clock(code, DAY).kind == "evaluation_clock"}
    assert len(own) == 29 and {"WI", "TX", "DC"} <= own and not {"GA", "KS", "NJ"} & own
    for code in packs():
        clock = evaluation_clock(code, DAY)
        assert clock.begins and clock.unit in DAYS and clock.value >= 30
    assert evaluation_clock(None, DAY) is None
    assert evaluation_clock("GA", DAY).citation == "34 CFR 300.301(c)(1)"
    assert (evaluation_clock("MI", DAY).value, evaluation_clock("MI", DAY).unit) == (30, "school days")


def test_laws_stand_beside_the_figure_they_are_about_with_what_was_read_first():
    found = entries_about(("reevaluation", "reevaluation_hours"), None, DAY)
    assert [rule.id for rule in found] == ["US-reevaluation"]
    supervision = [rule.id for rule in entries_about(("supervision", "supervision_hours_per_ota"), "WI", DAY)]
    assert {"US-qualified", "WI-ota-supervision-contact", "WI-ota-ratio-fte"} <= set(supervision)
    assert not any(id.startswith("TX") for id in supervision)
    forces = [rule.force == "law" for rule in entries_about(("direct",), "WI", DAY)]
    assert forces == sorted(forces, reverse=True)
    assert entries_about((), "WI", DAY) == ()


def test_a_rule_that_was_replaced_is_not_in_force():
    assert "TX-ota-supervision-older" not in {rule.id for rule in packs()["TX"].in_force(DAY)}

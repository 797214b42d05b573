"""The rule packs hold every row that was read, with its number and mark, and nothing that was not."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from workload.rules.packs import contract_examples, coverage, federal, packs, without_a_number
from workload.rules.rule import KINDS

ROWS = tomllib.loads((Path(__file__).parents[1] / "cases" / "rules.toml").read_text())["row"]
DAY = date(2026, 11, 21)
COMPARED = (
    "value",
    "band",
    "force",
    "with_assistant",
    "prorated",
    "counts",
    "unit",
    "scope",
    "above",
    "applies_to",
    "place",
    "trigger",
)
ALL = [(pack.state, rule) for pack in (federal(), *packs().values(), contract_examples()) for rule in pack.rules]


def matches(row, state, rule):
    return (
        state == row["state"]
        and rule.kind == row["kind"]
        and rule.evidence == row["evidence"]
        and row["cites"] in rule.citation
        and all(getattr(rule, name) == row[name] for name in COMPARED if name in row)
        and all(word in rule.text for word in row.get("words", ()))
    )


@pytest.mark.parametrize(
    "row", ROWS, ids=[f"{at}-{row['state'] or 'contract'}-{row['kind']}" for at, row in enumerate(ROWS)]
)
def test_a_row_of_the_reading_notes_stands_in_the_packs_exactly_once(row):
    found = [rule.id for state, rule in ALL if matches(row, state, rule)]
    assert len(found) == 1, found


def test_every_entry_of_the_packs_has_its_row_in_the_notes():
    without = [rule.id for state, rule in ALL if not any(matches(row, state, rule) for row in ROWS)]
    assert without == []
    assert len(ALL) == len(ROWS)


def test_every_state_of_the_notes_has_a_pack_that_can_be_chosen():
    assert set(packs()) == {row["state"] for row in ROWS if row["state"] not in ("", "US")}
    assert len(packs()) >= 51  # every state and the District of Columbia; a territory may be added
    assert [pack.name for pack in packs().values()] == sorted(pack.name for pack in packs().values())


def test_no_state_has_a_caseload_number_for_ots_but_those_of_the_notes():
    read = {row["state"] for row in ROWS if row["kind"] == "caseload_cap" and "OT" in row.get("applies_to", "OT")}
    caps = {code: pack.of_kind("caseload_cap", DAY) for code, pack in packs().items()}
    assert (
        {code for code, rules in caps.items() if any(rule.is_for_ots for rule in rules)} == read - {""} == {"WI", "OH"}
    )


@pytest.mark.parametrize("rule", [rule for _, rule in ALL], ids=lambda rule: rule.id)
def test_no_rule_claims_more_than_was_read(rule):
    if rule.force == "law":
        assert rule.evidence == "V"
    if rule.evidence not in ("V", "V-part"):
        assert rule.force in ("reported", "unknown")
    words = " ".join((rule.label, rule.text, rule.note, rule.caution, rule.who)).casefold()
    assert "violation" not in words
    assert "check against" in rule.caution.casefold()
    assert rule.kind == "no_number" or rule.link


def test_a_state_without_a_number_says_where_none_was_found():
    (rule,) = without_a_number(packs()["VA"])
    assert rule.value is None
    assert rule.sentence.startswith("No number found in 8VAC20-81-340.")


def test_the_coverage_table_has_one_line_for_each_state_and_kind_with_its_marks():
    table = coverage(DAY)
    assert len({(row.state, row.kind) for row in table}) == len(table)
    ohio = {row.kind: row for row in table if row.state == "OH"}
    assert ohio["caseload_cap"].evidence == ("S",)
    assert ohio["caseload_cap"].numbers == (50, 40)
    assert ohio["reporting_duty"].in_force == 0  # a bill is never in force
    assert sum(row.entries for row in table) == len(ALL)
    assert {row.kind for row in table} == set(KINDS)


def test_the_session_cap_of_new_york_city_ended_with_its_school_year():
    def caps(day):
        return [rule.value for rule in contract_examples().of_kind("session_cap", day)]

    assert caps(date(2020, 9, 12)) == []
    assert caps(date(2020, 9, 13)) == [6, 8]
    assert caps(date(2021, 6, 30)) == [6, 8]
    assert caps(date(2021, 7, 1)) == []

"""Rule files are checked on reading, and the rule in force on the day is the one that counts."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workload.rules.packs import (
    FOLDER,
    RuleError,
    RulePack,
    clauses,
    contract_examples,
    pack_for,
    packs,
    read_pack,
    rules_in_force,
)
from workload.rules.rule import Rule

READ = date(2026, 11, 21)
ENTRY = {
    "id": "XX-cap",
    "kind": "caseload_cap",
    "label": "Most students",
    "value": 30,
    "unit": "students",
    "force": "law",
    "evidence": "V",
    "citation": "Code 1.2",
    "link": "https://example.org",
    "read": READ,
}


def written(folder, *entries, state="XX", name="Example"):
    def text(value):
        if isinstance(value, bool):
            return str(value).lower()
        return value.isoformat() if isinstance(value, date) else repr(value).replace("'", '"')

    lines = [f'state = "{state}"', f'name = "{name}"']
    for entry in entries:
        lines += ["[[rule]]", *(f"{key} = {text(value)}" for key, value in entry.items())]
    path = folder / "example.toml"
    path.write_text("\n".join(lines))
    return path


def test_a_pack_can_be_asked_for_in_any_case_and_none_is_none():
    assert pack_for("wi") is packs()["WI"]
    assert pack_for("ZZ") is None
    assert pack_for(None) is None


def test_the_contract_examples_are_no_state():
    assert "" not in packs()
    assert contract_examples().state == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "cap"}, "kind must be one of"),
        ({"force": "rumor"}, "force must be one of"),
        ({"evidence": "maybe"}, "evidence must be one of"),
        ({"evidence": "S"}, "only a text that was read"),
        ({"evidence": "V-part"}, "only a text that was read"),
        ({"force": "guidance", "evidence": "S"}, "second-hand is force reported"),
        ({"force": "guidance", "evidence": "NF"}, "NF"),
        ({"value": -1}, "value must be a number of at least 0, got -1"),
        ({"value": True}, "value must be a number"),
        ({"value": "30"}, "value must be a number"),
        ({"starts": "2026-07-01"}, "starts must be a date"),
        ({"starts": date(2026, 7, 1), "ends": date(2026, 6, 30)}, "before it starts"),
        ({"link": "page 3"}, "link must be a web address"),
        ({"link": ""}, "link is missing"),
        ({"unit": ""}, "unit is missing"),
        ({"band": "teenagers"}, "band of a caseload"),
        ({"citation": " "}, "citation is missing"),
        ({"maximum": 3}, "unknown field maximum"),
        ({"kind": "no_number"}, "kind no_number holds no value"),
        ({"kind": "planning_minutes"}, "minutes a week or minutes a day"),
        ({"kind": "site_limit"}, "schools or buildings a day"),
        ({"kind": "session_cap"}, "sessions a day"),
        ({"kind": "daily_building_penalty"}, "needs above"),
        ({"prorated": "yes"}, "prorated must be true or false"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_file_and_entry(tmp_path, change, words):
    with pytest.raises(RuleError) as refused:
        read_pack(written(tmp_path, {**ENTRY, **change}))
    assert words in str(refused.value)
    assert "example.toml, entry 1 (XX-cap)" in str(refused.value)


@pytest.mark.parametrize("name", ["id", "kind", "label", "force", "evidence", "citation", "read"])
def test_a_missing_field_is_named(tmp_path, name):
    with pytest.raises(RuleError, match=f"missing {name}"):
        read_pack(written(tmp_path, {key: value for key, value in ENTRY.items() if key != name}))


def test_a_kind_that_needs_a_number_is_refused_without_one(tmp_path):
    with pytest.raises(RuleError, match="kind caseload_cap needs a value"):
        read_pack(written(tmp_path, {key: value for key, value in ENTRY.items() if key != "value"}))


def test_a_file_that_is_no_toml_or_has_no_entry_is_refused_by_its_name(tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text("state = ")
    with pytest.raises(RuleError, match="bad.toml: not a TOML file"):
        read_pack(bad)
    with pytest.raises(RuleError, match=r"example.toml: no \[\[rule\]\] entry"):
        read_pack(written(tmp_path))


def test_two_entries_about_one_thing_from_one_day_are_refused(tmp_path):
    day = {"starts": date(2026, 7, 1)}
    with pytest.raises(RuleError, match=r"entry 2 \(b\): a second caseload_cap that starts on 2026-07-01, like XX-cap"):
        read_pack(written(tmp_path, {**ENTRY, **day}, {**ENTRY, **day, "id": "b", "value": 28}))
    with pytest.raises(RuleError, match="starts on an open day"):
        read_pack(written(tmp_path, ENTRY, {**ENTRY, "id": "b", "value": 28}))


def test_entries_of_two_age_bands_may_start_on_one_day(tmp_path):
    pack = read_pack(
        written(tmp_path, {**ENTRY, "band": "school-age"}, {**ENTRY, "band": "preschool", "id": "b", "value": 20})
    )
    assert [rule.value for rule in rules_in_force(pack, READ)] == [30, 20]


def test_a_repeated_id_and_a_penalty_on_a_missing_cap_are_refused(tmp_path):
    with pytest.raises(RuleError, match="the id is used by entry 1 too"):
        read_pack(written(tmp_path, ENTRY, {**ENTRY, "band": "preschool"}))
    penalty = {**ENTRY, "id": "p", "kind": "daily_building_penalty", "value": 1, "above": 2, "reduces": "nothing"}
    with pytest.raises(RuleError, match="reduces names nothing"):
        read_pack(written(tmp_path, ENTRY, penalty))


def test_an_amendment_rules_from_its_first_day_and_a_repeal_ends_on_its_last(tmp_path):
    new = {**ENTRY, "id": "new", "value": 25, "starts": date(2026, 7, 1), "ends": date(2027, 6, 30)}
    pack = read_pack(written(tmp_path, ENTRY, new))

    def value(day):
        return [rule.value for rule in pack.of_kind("caseload_cap", day)]

    assert value(date(2026, 6, 30)) == [30]
    assert value(date(2026, 7, 1)) == [25]
    assert value(date(2027, 6, 30)) == [25]
    assert value(date(2027, 7, 1)) == []  # repealed: the older entry does not come back


@given(moved=st.integers(-400, 400))
def test_moving_the_first_day_of_an_amendment_moves_the_answer_on_exactly_that_day(moved):
    first = date(2026, 7, 1) + timedelta(moved)
    pack = clauses(
        "Contract",
        [
            {"kind": "site_limit", "label": "Schools", "value": 5, "unit": "schools", "read": READ},
            {"kind": "site_limit", "label": "Schools", "value": 4, "unit": "schools", "read": READ, "starts": first},
        ],
    )
    assert [rule.value for rule in rules_in_force(pack, first - timedelta(1))] == [5]
    assert [rule.value for rule in rules_in_force(pack, first)] == [4]


def test_north_carolinas_rule_on_assistants_changed_on_the_first_of_july_2018():
    pack = pack_for("NC")

    def ids(day):
        return {rule.id for rule in pack.of_kind("supervision_contact", day)}

    assert ids(date(2007, 6, 30)) == set()
    assert ids(date(2018, 6, 30)) == {"NC-ota-close-2007", "NC-ota-general-2007"}
    assert ids(date(2018, 7, 1)) == {"NC-ota-general-2018"}


def test_a_clause_typed_in_by_a_user_is_a_contract_that_nobody_has_checked():
    pack = clauses(
        "Agreement 2026", [{"kind": "site_limit", "label": "Schools", "value": 4, "unit": "schools", "read": READ}]
    )
    (rule,) = pack.rules
    assert (rule.force, rule.evidence, rule.citation) == ("contract", "D", "Agreement 2026")
    with pytest.raises(RuleError, match="Agreement 2026, entry 1"):
        clauses(
            "Agreement 2026",
            [{"kind": "site_limit", "label": "Schools", "value": "four", "unit": "schools", "read": READ}],
        )


def as_entry(rule: Rule) -> dict[str, object]:
    """A rule as a district would write it: without the fields that hold their default."""
    default = {field.name: field.default for field in fields(Rule)}
    return {name: value for name, value in asdict(rule).items() if value != default[name]}


def test_an_example_clause_can_be_taken_over_as_plain_data():
    for rule in contract_examples().rules:
        entries = [as_entry(rule)]
        if rule.reduces:
            entries.append(as_entry(next(other for other in contract_examples().rules if other.id == rule.reduces)))
        assert clauses("Ours", entries).rules[0] == rule


def test_every_file_of_the_folder_is_a_pack_or_the_contract_examples():
    files = {path.name for path in FOLDER.glob("*.toml")}
    assert len(files) == len(packs()) + 2  # the contract examples and federal law are no state
    assert {f"{pack.name.lower().replace(' ', '_')}.toml" for pack in packs().values()} | {
        "contracts.toml",
        "federal.toml",
    } == files


def test_bills_are_never_in_force():
    bills = [rule for pack in packs().values() for rule in pack.rules if rule.force == "bill"]
    assert len(bills) == 2
    for pack in packs().values():
        assert isinstance(pack, RulePack)
        assert not [rule for rule in rules_in_force(pack, READ) if rule.force == "bill"]

"""Rules: law only where the text was read, rules typed in beside the state's, every method, the opposing case."""

import pytest

from dashboard.parts.contract_rules import AgreementRecord
from dashboard.screens.rules import larger_groups_panel, methods_and_why_they_differ, state_and_federal_rules
from tests.dashboard.evidence import open_part, widget, with_log
from tests.dashboard.support import district, everything, failed, markdown_texts, opened, record, visit
from tests.support.rosters import DAY
from workload.answer import analyze
from workload.rules.agreement import kind_of
from workload.rules.packs import contract_examples, federal, packs
from workload.staffing.caps.caseload_caps import caps_for
from workload.staffing.larger_groups import group_size_table
from workload.staffing.method_differences import differences


def in_state(code: str, part: str, roster=None):
    """The rules page in a state."""
    at = opened(roster or district())
    at.session_state["state"] = code
    return open_part(at.run(), "rules", part)


def cards(at) -> list[str]:
    """What stands at the foot of each card: what the entry is, section, link, what to check."""
    return [plain(each.value) for each in at.caption if "Check against" in each.value]


def titles(at) -> str:
    """Titles of cards and their chips."""
    return "\n".join(each.proto.body for each in at.get("html"))


def plain(text: str) -> str:
    return text.replace("\\", "")


@pytest.mark.parametrize("code", list(packs()))
def test_the_page_of_every_state_says_law_only_of_what_was_read_in_its_text(code):
    at = in_state(code, "State rules")
    assert not failed(at)
    ruling = [rule for rule in packs()[code].in_force(DAY) if rule.is_for_ots and rule.kind != "no_number"]
    laws = [said for said in cards(at) if said.startswith("Law, read in its text")]
    assert len(laws) == sum(
        rule.force == "law" and rule.evidence == "V" for rule in packs()[code].in_force(DAY) if rule.kind != "no_number"
    )
    said = " ".join(markdown_texts(at)).replace("\\", "")
    assert bool(ruling) == ("No rule for OTs" not in said)
    for rule in packs()[code].rules:
        if rule.kind == "no_number":
            assert f"No number found in {rule.citation}" in said


def test_a_rule_shows_section_site_day_and_the_warning_to_check():
    at = in_state("WI", "State rules")
    assert "30 children; 45 with an OTA" in titles(at)
    card = next(each for each in cards(at) if "PI 11.24(9)(b)" in each)
    assert "](https://docs.legis.wisconsin.gov/code/admin_code/pi/11/24/9/b)" in card
    assert "Check against the current code" in card
    assert "Wisconsin: at most" in titles(at)


def test_the_state_can_be_chosen_on_the_page_and_is_the_one_at_the_side():
    at = open_part(opened(district()).run(), "rules", "State rules")
    assert "were found to name a number of students" in titles(at)
    assert any("What was looked for in each state" in each.value for each in at.markdown)
    widget(at, "selectbox", "state_here").set_value("OH").run()
    assert widget(at, "selectbox", "state").value == "OH"
    assert "In force in Ohio" in [each.value for each in at.header][0]


def test_the_caps_on_the_page_are_those_of_the_library():
    at = in_state("WI", "Who is over")
    answer = analyze(district(), DAY, state="WI")
    checks = [
        check
        for found in caps_for(answer.staffing, answer.rule_pack, answer.roster.services).values()
        for check in found
    ]
    table = next(frame.value for frame in at.dataframe if "Binds" in frame.value)
    assert len(table) == len(checks) > 0
    assert sorted(table["Students counted"].astype(float)) == sorted(check.value for check in checks)
    assert set(table["Therapist"]) <= {f"OT {at}" for at in range(1, 5)}


def test_a_rule_of_the_agreement_is_added_binds_and_is_removed_again():
    at = in_state("WI", "Our agreement")
    widget(at, "number_input", "clause_number").set_value(2.0)
    widget(at, "text_input", "clause_citation").set_value("Agreement 2026-29, 12.3")
    next(each for each in at.button if each.label == "Add this rule").click().run()
    assert not failed(at) and not at.error
    assert len(record(at, AgreementRecord).clauses) == 1
    open_part(at, "rules", "Who is over")
    table = next(frame.value for frame in at.dataframe if "Binds" in frame.value)
    mine = table[table["Section"] == "Agreement 2026-29, 12.3"]
    assert len(mine) and set(mine["Binds"]) == {"yes"} and all(mine["Tighter than the next by"] != "")
    assert "entered by the district, not checked here" in mine["What it is"].iloc[0]
    widget(at, "toggle", "use_contract").set_value(False).run()
    table = next(frame.value for frame in at.dataframe if "Binds" in frame.value)
    assert "Agreement 2026-29, 12.3" not in set(table["Section"])
    open_part(at, "rules", "Our agreement")
    widget(at, "button", "remove_clause-1").click().run()
    assert not record(at, AgreementRecord).clauses


def test_a_person_is_held_against_the_state_and_the_agreement():
    at = in_state("WI", "Our agreement")
    widget(at, "number_input", "clause_number").set_value(2.0)
    widget(at, "text_input", "clause_citation").set_value("Agreement 2026-29, 12.3")
    next(each for each in at.button if each.label == "Add this rule").click().run()
    visit(at, "therapists")
    box = widget(at, "selectbox", "therapist")
    at = box.set_value(box.options[0]).run()
    assert not failed(at)
    table = next(frame.value for frame in at.table if "Limit for this contract" in frame.value)
    assert "Agreement 2026-29, 12.3" in set(table["Section"].str.replace("\\", "")) and len(table) > 1
    widget(at, "toggle", "use_contract").set_value(False).run()
    table = next(frame.value for frame in at.table if "Limit for this contract" in frame.value)
    assert len(table) and "Agreement 2026-29, 12.3" not in set(table["Section"].str.replace("\\", ""))


def test_federal_law_stands_on_a_part_of_its_own_without_a_state():
    at = open_part(opened(district()).run(), "rules", "Federal law")
    assert not failed(at)
    assert len(cards(at)) == len(federal().rules)
    assert all("](https://" in card or "](http://" in card for card in cards(at))
    said = plain(everything(at))
    for rule in federal().rules:
        assert rule.means in said and rule.say in said and rule.citation in said
    assert "no legal advice" in everything(at)


def test_a_state_without_a_clock_shows_the_federal_one_and_its_own_goes_before_it():
    assert "no clock of Georgia was found" in everything(in_state("GA", "State rules")).replace("\\", "")
    at = in_state("WI", "State rules")
    assert "was found, so the federal one" not in everything(at)
    assert "Days for a first evaluation" in titles(at)


def test_the_law_stands_beside_a_figure_that_is_opened():
    at = in_state("WI", "State rules")
    visit(at, "therapists")
    box = widget(at, "selectbox", "therapist")
    at = box.set_value(box.options[0]).run()
    opened_ = next(each for each in at.selectbox if each.placeholder.startswith("Choose an activity"))
    opened_.set_value("reevaluation").run()
    assert not failed(at)
    assert "What the law says about this (1)" in [each.label for each in at.expander]
    assert "300.303" in everything(at).replace("\\", "")


def test_an_example_of_another_district_fills_the_fields():
    at = in_state("WI", "Our agreement")
    widget(at, "selectbox", "clause_example").set_value("contract-planning-40").run()
    assert not failed(at)
    assert widget(at, "selectbox", "clause_kind").value == "Planning minutes a day"
    assert widget(at, "number_input", "clause_number").value == 40


def test_every_example_that_is_offered_can_be_added_with_its_numbers():
    at = in_state("WI", "Our agreement")
    offered = widget(at, "selectbox", "clause_example").options
    rules = {rule.id: rule for rule in contract_examples().rules if any(rule.label in words for words in offered)}
    assert len(rules) >= len(offered) > 8
    shown = [rule for rule in rules.values() if rule.is_for_ots and kind_of(rule)]
    assert len(shown) == len(offered)
    for rule in shown:
        at = in_state("WI", "Our agreement")
        widget(at, "selectbox", "clause_example").set_value(rule.id).run()
        widget(at, "text_input", "clause_citation").set_value("Article 12")
        next(each for each in at.button if each.label == "Add this rule").click().run()
        assert not failed(at) and not at.error, rule.id
        (added,) = record(at, AgreementRecord).clauses
        assert (added["value"], added.get("with_assistant")) == (rule.value, rule.with_assistant), rule.id
        assert (added["kind"], added["trigger"]) == (rule.kind, rule.trigger), rule.id
        assert ": 0" not in added["label"]
        open_part(at, "rules", "Who is over")
        assert not failed(at), rule.id


def test_every_method_is_on_the_page_with_what_it_leaves_out_and_the_causes_add_up():
    roster = with_log(district())
    at = in_state("WI", "Methods", roster)
    answer = analyze(roster, DAY, state="WI")
    assert len(answer.methods) == 8  # with the measured ratio and the cap
    said = everything(at).replace("\\", "")
    for one in answer.methods:
        assert one.label in said and one.leaves_out in said and one.source in said
    for missing in ("North Carolina Department of Public Instruction", "Workload manual of Minnesota", "ASHA"):
        assert missing in said
    table = methods_and_why_they_differ.differences_table(answer.methods, differences(answer.staffing, answer.methods))
    assert set(table["Method"]) == {one.label for one in answer.methods} - {"Itemized workload (this tool's method)"}


def test_a_method_opens_to_its_arithmetic():
    at = in_state("WI", "Methods")
    widget(at, "selectbox", "method_opened").set_value("direct-24").run()
    assert not failed(at)
    assert "It leaves out travel between schools." in everything(at)


def test_a_cap_opens_to_its_arithmetic_and_rows():
    at = in_state("WI", "Who is over")
    box = widget(at, "selectbox", "cap_opened")
    box.set_value("OT 1 WI-caseload").run()
    assert not failed(at)
    assert "Room; below zero is over" in everything(at)


def test_the_opposing_case_shows_the_published_figures_beside_the_corrected_ones():
    table = larger_groups_panel.words(group_size_table())
    assert list(table["FTE, published"]) == ["19.1", "15.9", "14.4", "12.7", "10.6"]
    assert list(table["FTE, if 45% of the week is direct"])[1:] == ["17.8", "17.1", "16.3", "15.4"]
    assert list(table["FTE, if 60% of the week is direct"])[1:] == ["17.4", "16.5", "15.4", "14.1"]


def test_the_coverage_table_names_every_state():
    at = in_state("WI", "All states")
    assert set(at.dataframe[0].value["State"]) >= {pack.name for pack in packs().values()}


def test_no_state_is_called_law_without_the_mark():
    for pack in packs().values():
        for rule in pack.rules:
            assert state_and_federal_rules.force_of(rule).startswith("Law") == (
                rule.force == "law" and rule.evidence == "V"
            )

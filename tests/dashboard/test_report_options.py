"""Report: scenarios as options with their costs, and sentences in the district's words."""

from __future__ import annotations

import re
from html import unescape

from dashboard.screens.decide.scenarios.open_scenarios import Board, ScenarioRecord
from dashboard.screens.report import packet_options
from dashboard.screens.report.packet_record import PacketRecord
from tests.dashboard.evidence import widget
from tests.dashboard.report_pages import COSTS, answer, made, press, report, said, with_scenario
from tests.dashboard.support import (
    bring,
    failed,
    html_of,
    record,
    unfold,
    visit,
)
from tests.report.packets import slides
from workload.model.words import dollars, shown
from workload.scenarios.cost import Rates, rates
from workload.scenarios.outcome import outcome_of
from workload.scenarios.post_levers import AddPost
from workload.scenarios.priced_ask import bearable
from workload.scenarios.priced_words import about_more
from workload.scenarios.scenario import Scenario


def offered(at) -> list:
    """The choice of scenarios; without one an empty list."""
    return [each for each in at.multiselect if each.key.startswith("packet_scenarios")]


def test_without_a_scenario_there_are_no_options_and_a_way_to_make_them():
    at = unfold(report(), "packet_options_panel")
    assert not offered(at) and "Make scenarios" in {link.proto.label for link in at.get("page_link")}


def test_scenarios_become_options_and_example_costs_stay_out_until_they_are_asked_for():
    at = report(with_scenario(Scenario("Two more", (AddPost(fte=2.0),)), Scenario("Nothing yet")))
    assert offered(at)[0].options == ["Two more"]
    assert option_row(at)[:2] == ("Two more", "2.0") and option_row(at)[-2:] == ("–", "–")
    widget(at, "checkbox", "packet_examples").check().run()
    assert option_row(at)[0] == "Two more" and option_row(at)[-1].startswith("$")
    widget(at, "selectbox", "packet_recommended").set_value("Two more").run()
    assert option_row(at)[0] == "Two more (recommended)"


def test_costs_of_own_rates_are_printed_as_the_difference_to_today():
    own = Rates().changed(
        {id: rate.value + 1 if rate.value >= 1 else rate.value + 0.01 for id, rate in rates().items()}
    )
    scenario = Scenario("Two more", (AddPost(fte=2.0),))
    today, then = outcome_of(answer(), Scenario("today"), (), own), outcome_of(answer(), scenario, scenario.levers, own)
    assert not packet_options.rests_on_examples(today, then, own)
    assert packet_options.rests_on_examples(today, then, Rates())
    first, later = (then.figures[name] - today.figures[name] for name in COSTS)
    at = with_scenario(scenario)
    bring(at, ScenarioRecord(Board((scenario,)), rates=dict(own.values)))
    on_screen = said_on_decide(at)
    assert f"first year {about_more(first)}, then {about_more(later)} a year" in on_screen
    assert "at example rates" not in on_screen
    assert option_row(report(at))[-2:] == (dollars(bearable(first, False)), dollars(bearable(later, False)))


def test_an_option_costs_on_the_screen_what_it_costs_in_the_packet_and_both_say_that_rates_are_examples():
    scenario = Scenario("Two more", (AddPost(fte=2.0),))
    today, then = (
        outcome_of(answer(), Scenario("today"), (), Rates()),
        outcome_of(answer(), scenario, scenario.levers, Rates()),
    )
    first, later = (then.figures[name] - today.figures[name] for name in COSTS)
    at = with_scenario(scenario)
    assert f"first year {about_more(first)}, then {about_more(later)} a year, at example rates" in said_on_decide(at)
    at = report(at)
    assert option_row(at)[-2:] == ("–", "–")
    widget(at, "checkbox", "packet_examples").check().run()
    assert [f"about {cell} more" for cell in option_row(at)[-2:]] == [about_more(first), about_more(later)]


def said_on_decide(at) -> str:
    """The page of the scenario as plain text."""
    html = " ".join(html_of(visit(at.run(), "decide")))
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)))


def option_row(at) -> tuple[str, ...]:
    """The last option as the cabinet's memo prints it."""
    widget(at, "radio", "packet_audience").set_value("superintendent").run()
    press(at, "Make the packet")
    assert not failed(at)
    return next(
        tuple(cell.text for cell in shape.table.rows[len(shape.table.rows) - 1].cells)
        for slide in slides(made(at)["INTERNAL-slides.pptx"])
        for shape in slide.shapes
        if shape.has_table and shape.table.cell(0, 0).text == "Option"
    )


def test_a_sentence_in_the_districts_words_keeps_its_number_and_comes_back_as_ours():
    at = report()
    widget(at, "radio", "packet_audience").set_value("superintendent").run()
    field = next(one for one in at.text_area if one.label == "Headline")
    ours = field.value
    number = str(shown(answer().district["required_fte"]))
    field.set_value(f"We need {number} posts and 99 desks.").run()
    assert not failed(at) and f"We need {number} posts and 99 desks." in said(at)
    ((language, key), template), *others = record(at, PacketRecord).wording.items()
    assert (language, others) == ("en", []) and key.startswith("ask.headline")
    assert template == "We need {required} posts and 99 desks." and "Does not follow the answer: 99" in said(at)
    press(at, "Back to our words (1 changed)")
    assert ours.replace("\n", " ") in said(at) and not record(at, PacketRecord).wording

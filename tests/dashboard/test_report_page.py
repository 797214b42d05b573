"""Report: the packet from the screen's own numbers, what it may not hold, and correction sheets decided one by one."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from html import unescape

import openpyxl
import pytest

from dashboard.parts import correction_file
from dashboard.screens.decide.scenarios.money_panels import Rates
from dashboard.screens.decide.scenarios.open_scenarios import Board, ScenarioRecord
from dashboard.screens.report import correction_panels, packet_files, packet_options, packet_settings
from dashboard.screens.report.packet_record import PacketRecord
from dashboard.shell.session import DISTRICT
from tests.dashboard.evidence import widget
from tests.dashboard.support import (
    HOSTILE,
    app,
    bring,
    district,
    everything,
    failed,
    heading,
    hostile,
    html_of,
    markdown_texts,
    opened,
    record,
    short_answer,
    stopped,
    visit,
)
from tests.report.packets import pdf_text, slides
from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import Answer, analyze
from workload.explain.headline import headline
from workload.figures.people_charts import codes_for
from workload.model.roster import UNASSIGNED
from workload.model.words import dollars, shown
from workload.report.audience import AUDIENCES
from workload.report.corrections.correction_sheet import LINES, MISSING, correction_sheet
from workload.report.packet_choices import SettingError, Settings
from workload.scenarios.cost import rates
from workload.scenarios.outcome import outcome_of
from workload.scenarios.post_levers import AddPost
from workload.scenarios.priced_ask import bearable
from workload.scenarios.priced_words import about_more
from workload.scenarios.scenario import Scenario

COSTS = ("cost_first_year_dollars", "cost_yearly_dollars")
PACKET, SHEETS = "The packet", "Correction sheets"
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\xf8"
    b"\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)


@cache
def answer() -> Answer:
    return analyze(district(), DAY)


def report(at=None, part: str = PACKET):
    """The page at one of its parts."""
    at = visit((opened(district()) if at is None else at).run(), "report")
    return at if part == PACKET else widget(at, "radio", "report_part").set_value(part).run()


def press(at, label: str):
    return next(each for each in at.button if each.label == label).click().run()


def downloads(at) -> list:
    """The downloads of a packet; saving the settings is none of them."""
    return [one for one in at.get("download_button") if one.key.startswith(("packet_zip", "packet_file_"))]


def said(at) -> str:
    return everything(at).replace("\\", "")


def made(at) -> dict[str, bytes]:
    """The files of the packet that the session holds."""
    return dict(record(at, PacketRecord).made[1])


def with_scenario(*scenarios: Scenario):
    """The app with scenarios that were made on their page."""
    at = opened(district())
    bring(at, ScenarioRecord(Board(scenarios)))
    return at


# --- empty, stopped, hostile ----------------------------------------------------------------------------------


def test_an_empty_page_says_what_to_do_next():
    at = report(app())
    assert not failed(at) and "No roster is open yet" in at.info[0].value
    assert [button.label for button in at.button] == ["Open the sample district"]


def test_an_error_in_the_file_stops_the_page():
    at = report(opened(stopped()))
    assert not failed(at) and "must be settled" in at.error[0].value and not at.metric


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("roster", [district, hostile])
def test_every_audience_has_its_preview_and_names_nobody(audience, roster):
    at = report(opened(roster()))
    widget(at, "radio", "packet_audience").set_value(audience).run()
    assert not failed(at) and "Page one" in said(at) and len(at.text_area) > 1
    assert ("INTERNAL: holds" in said(at)) == AUDIENCES[audience].internal
    assert not [name for name in roster().therapists["therapist"] if name in everything(at) and len(name) > 9]


@pytest.mark.parametrize("part", [PACKET, SHEETS])
def test_no_hostile_text_reaches_markdown(part):
    at = opened(hostile(), HOSTILE[0])
    at.session_state["show_names"] = True
    typed = {"needed_by": HOSTILE[1], "checked_by": HOSTILE[2], "contact": HOSTILE[3]}
    bring(at, PacketRecord(typed), ScenarioRecord(Board((Scenario(HOSTILE[0], (AddPost(fte=1.0),)),))))
    at = report(at, part)
    assert not failed(at)
    dangerous = [text for text in HOSTILE if text[0] not in "=+@" and not text.startswith(("www", "a@"))]
    cells = [str(cell) for table in at.table for column in table.value for cell in table.value[column]]
    live = [re.sub(r"\\.", "", text) for text in [*markdown_texts(at), *cells]]
    assert len(dangerous) >= 10 and not [(bad, text) for text in live for bad in dangerous if bad in text]


# --- the packet ---------------------------------------------------------------------------------------------


def test_each_audience_is_told_in_one_sentence_what_the_packet_holds_and_hides():
    settings = Settings(smallest_count=12)
    told = {code: packet_files.told(one, settings) for code, one in AUDIENCES.items()}
    assert all(text.count(".") == 1 and text.endswith(".") for text in told.values())
    assert len(set(told.values())) == len(told)
    assert "counts under 12" in told["board"] and "audit workbook" not in told["board"]
    assert "form of the state" in packet_files.told(AUDIENCES["board"], replace(settings, forms=True))
    assert "INTERNAL" in told["auditor"] and "audit workbook" in told["auditor"]
    named = packet_files.told(AUDIENCES["team"], replace(settings, name_therapists=True))
    assert "correction sheets" in told["team"] and "names" in named


def test_the_preview_says_the_headline_of_the_overview():
    at = report()
    widget(at, "radio", "packet_audience").set_value("superintendent").run()  # outside, the ends are rounded once more
    assert headline(answer(), "Test County") in said(at)


def test_an_internal_packet_is_made_with_one_click_and_holds_the_preview_s_numbers():
    at = report()
    widget(at, "radio", "packet_audience").set_value("superintendent").run()
    press(at, "Make the packet")
    assert not failed(at)
    files = made(at)
    assert set(files) == {
        f"INTERNAL-{name}" for name in ("read-me.txt", "cabinet-memo.pdf", "slides.pptx", "audit-workbook.xlsx")
    }
    text = pdf_text(files["INTERNAL-cabinet-memo.pdf"])
    for sentence in record(at, PacketRecord).told[1].page[0].texts:
        assert " ".join(sentence.split()) in text
    assert headline(answer(), "Test County") in text
    names = [one.proto.label for one in at.get("download_button")]
    assert "Download all 4 files (zip)" in names and "INTERNAL-cabinet-memo.pdf" in names


def test_a_packet_that_was_made_before_a_change_is_not_offered_any_more():
    at = report()
    widget(at, "radio", "packet_audience").set_value("superintendent").run()
    press(at, "Make the packet")
    assert downloads(at)
    at.session_state["day"] = DAY.replace(day=2)
    at.run()
    assert not [one for one in at.get("download_button") if "zip" in one.proto.label]
    assert "Something has changed" in said(at)


def test_a_packet_that_may_not_leave_is_refused_in_a_sentence():
    few = as_roster(random_tables(3, students=6))
    at = report(opened(few))
    assert analyze(few, DAY).district["caseload"] < 10
    press(at, "Make the packet")
    assert not failed(at) and "fewer than the 10" in said(at) and not downloads(at)


def test_file_names_carry_a_digest_of_the_content_and_the_zip_is_always_the_same():
    first, second = packet_files.named("brief.pdf", b"one"), packet_files.named("brief.pdf", b"two")
    assert first != second and re.fullmatch(r"brief-[0-9a-f]{8}\.pdf", first)
    files = {"a.csv": b"1", "b.pdf": b"2"}
    assert packet_files.as_zip(files) == packet_files.as_zip(files)
    assert zipfile.ZipFile(io.BytesIO(packet_files.as_zip(files))).read("b.pdf") == b"2"


def test_settings_count_when_they_are_saved_and_stay_when_the_page_is_left():
    at = report()
    widget(at, "text_input", "packet_needed_by").set_value("January 4, 2027")
    widget(at, "text_input", "packet_checked_by").set_value("R. Lead")
    press(at, "Use these settings")
    assert "Checked by R. Lead." in said(at)
    visit(at, "overview")
    assert "Checked by R. Lead." in said(visit(at, "report"))
    assert widget(at, "text_input", "packet_needed_by").value == "January 4, 2027"


def test_a_color_that_cannot_be_read_is_refused_and_changes_nothing():
    at = report()
    widget(at, "color_picker", "packet_primary").set_value("#FFFF00")
    widget(at, "text_input", "packet_checked_by").set_value("R. Lead")
    press(at, "Use these settings")
    assert not failed(at) and "Choose a darker one" in said(at) and "Checked by R. Lead" not in said(at)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\nnothing", b"<svg/>", b"", PIXEL[:40], PIXEL + b"0" * 1_000_001])
def test_what_is_no_picture_is_no_logo(data):
    assert packet_settings.is_picture(PIXEL)
    assert not packet_settings.is_picture(data)
    with pytest.raises(SettingError, match="logo"):
        packet_settings.made({}, data)


# --- options --------------------------------------------------------------------------------------------------


def offered(at) -> list:
    """The choice of scenarios; without one an empty list."""
    return [each for each in at.multiselect if each.key.startswith("packet_scenarios")]


def test_without_a_scenario_there_are_no_options_and_a_way_to_make_them():
    at = report()
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


# --- words ----------------------------------------------------------------------------------------------------


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


COUNTED_WITH = "Counted with 1 accepted correction"


# --- correction sheets ------------------------------------------------------------------------------------------


def filled(minutes: float = 55, missing: bool = False) -> tuple[str, bytes]:
    """A person's sheet with another number of minutes in its first line."""
    codes = codes_for(answer().therapists)
    name = next(
        each
        for each in answer().people["therapist"]
        if each != UNASSIGNED and (answer().lines["therapist"] == each).any()
    )
    book = openpyxl.load_workbook(io.BytesIO(correction_sheet(answer(), name, codes[name])))
    page = book[LINES]
    page.cell(5, next(cell.column for cell in page[4] if cell.value == "Minutes a session should be")).value = minutes
    if missing:
        book[MISSING].cell(5, 1).value = "School A"
    out = io.BytesIO()
    book.save(out)
    return codes[name], out.getvalue()


def brought(minutes: float = 55, missing: bool = False):
    """The page after a sheet was brought back."""
    at = report(part=SHEETS)
    at.file_uploader[0].upload("sheet.xlsx", filled(minutes, missing)[1]).run()
    assert not failed(at)
    return at


def overview(at) -> str:
    """The headline of Overview, as it is shown."""
    return heading(visit(at, "overview"))


def test_a_sheet_proposes_and_nothing_changes_until_somebody_decides():
    at = brought()
    table = at.data_editor[0].value
    assert len(table) == 1 and table.iloc[0]["Whose"] == filled()[0]
    assert (table.iloc[0]["What"], table.iloc[0]["Should be"]) == ("Minutes a session", "55")
    assert "1 change proposed" in said(at)
    assert short_answer(answer(), "Test County") in overview(at)


def test_an_accepted_change_moves_every_page_is_logged_and_can_be_undone():
    at = brought(480)
    before = short_answer(answer(), "Test County")
    press(at, "Accept all")
    assert "Say who decides" in said(at)
    widget(at, "text_input", "correction_by").set_value("R. Lead")
    press(at, "Accept all")
    assert not failed(at) and "1 change accepted, 0 refused" in said(at) and not at.data_editor
    log = at.table[0].value.iloc[0].str.replace("\\", "")
    assert (log["By"], log["Should be"], log["Decision"], log["Now"]) == ("R. Lead", "480", "accepted", "in force")
    assert overview(at) != before and COUNTED_WITH in links(at)
    widget(report_again(at), "button", "correction_undo").click().run()
    assert "taken back" in said(at) and len(at.data_editor) == 1
    assert overview(at) == before and COUNTED_WITH not in links(at)


def links(at) -> list[str]:
    """What the links of a page say."""
    return [link.proto.label for link in at.get("page_link")]


def report_again(at):
    return widget(visit(at, "report"), "radio", "report_part").set_value(SHEETS).run()


def test_single_changes_are_decided_one_by_one_and_a_missing_service_is_added_by_hand():
    at = brought(missing=True)
    editor = at.data_editor[0]
    assert len(editor.value) == 2 and "to be added by hand" in editor.value.iloc[1]["What"]
    at.session_state[editor.proto.id if not editor.key else editor.key] = {
        "edited_rows": {0: {"Decision": correction_panels.REFUSE}},
        "added_rows": [],
        "deleted_rows": [],
    }
    widget(at, "text_input", "correction_by").set_value("R. Lead")
    press(at, "Take these decisions over")
    assert not failed(at) and "0 changes accepted, 1 refused" in said(at) and len(at.data_editor[0].value) == 1


def test_a_sheet_that_was_handed_out_before_a_correction_is_still_read_after_it():
    at = brought(480)
    widget(at, "text_input", "correction_by").set_value("R. Lead")
    press(at, "Accept all")
    at.file_uploader[0].upload("again.xlsx", filled(45)[1]).run()
    assert not failed(at) and at.data_editor[0].value.iloc[0]["Should be"] == "45"
    at.file_uploader[0].upload("same.xlsx", filled(480)[1]).run()
    assert "same.xlsx: 0 changes proposed" in re.sub(r"\*", "", said(at))


def test_a_file_that_is_no_sheet_is_refused_in_a_sentence():
    at = report(part=SHEETS)
    at.file_uploader[0].upload("wrong.xlsx", b"%PDF-1.7 nothing").run()
    assert not failed(at) and "0 changes proposed" in said(at) and not at.data_editor


def test_corrections_count_for_no_other_roster():
    at = brought(480)
    widget(at, "text_input", "correction_by").set_value("R. Lead")
    press(at, "Accept all")
    other = at.session_state[DISTRICT]
    at.session_state[DISTRICT] = replace(other, roster=replace(district(), digest="read-again"))
    at = report_again(at)
    assert "1 accepted correction belonged" in said(at)
    assert short_answer(answer(), "Test County") in overview(at)


def test_sheets_carry_codes_until_names_are_shown():
    codes = codes_for(answer().therapists)
    name = next(iter(codes))
    plain = openpyxl.load_workbook(io.BytesIO(correction_file.sheet(answer(), name, codes[name])))
    assert name not in str([list(page.values) for page in plain])
    at = report(part=SHEETS)
    box = widget(at, "selectbox", "correction_who")
    assert set(box.options) == set(codes.values()) - {codes.get(UNASSIGNED)}
    at.session_state["show_names"] = True
    assert name in widget(at.run(), "selectbox", "correction_who").options

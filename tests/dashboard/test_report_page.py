"""Report: the packet from the screen's own numbers, and what it may not hold."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest

from dashboard.screens.decide.scenarios.open_scenarios import Board, ScenarioRecord
from dashboard.screens.report import packet_audience, packet_files, packet_settings
from dashboard.screens.report.packet_record import PacketRecord
from tests.dashboard.evidence import widget
from tests.dashboard.report_pages import PACKET, PIXEL, SHEETS, answer, downloads, made, press, report, said
from tests.dashboard.support import (
    HOSTILE,
    app,
    bring,
    district,
    everything,
    failed,
    hostile,
    markdown_texts,
    opened,
    record,
    stopped,
    visit,
)
from tests.report.packets import pdf_text
from tests.report.tellings import texts_of
from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.explain.headline import headline
from workload.report.audience import AUDIENCES
from workload.report.packet_choices import SettingError, Settings
from workload.scenarios.post_levers import AddPost
from workload.scenarios.scenario import Scenario


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


def test_each_audience_is_told_in_one_sentence_what_the_packet_holds_and_hides():
    settings = Settings(smallest_count=12)
    told = {code: packet_audience.holds(one, settings) for code, one in AUDIENCES.items()}
    assert all(text.count(".") == 1 and text.endswith(".") for text in told.values())
    assert len(set(told.values())) == len(told)
    assert "counts under 12" in told["board"] and "audit workbook" not in told["board"]
    assert "form of the state" in packet_audience.holds(AUDIENCES["board"], replace(settings, forms=True))
    assert "INTERNAL" in told["auditor"] and "audit workbook" in told["auditor"]
    named = packet_audience.holds(AUDIENCES["team"], replace(settings, name_therapists=True))
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
    for sentence in texts_of(record(at, PacketRecord).told[1].page[0]):
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
        packet_settings.settings_of({}, data)

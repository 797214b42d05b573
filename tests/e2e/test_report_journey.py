"""A board meeting tomorrow: the packet is made, downloaded and says what the screen says; a correction comes back."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
from playwright.sync_api import Page, expect

from tests.e2e.screen import XLSX, figure, go, open_sample, settle, title
from tests.e2e.test_accessibility import report, violations
from tests.report.packets import pdf_text
from workload.report.corrections.correction_sheet import LINES


def download(page: Page, label: str) -> tuple[str, bytes]:
    """Press a download button: the file's name and content."""
    with page.expect_download() as started:
        page.get_by_role("button", name=re.compile(label)).first.click()
    return started.value.suggested_filename, started.value.path().read_bytes()


def part(page: Page, name: str) -> None:
    """Open a part of the page."""
    page.get_by_role("radiogroup", name="Part of this page").get_by_text(name, exact=True).click()
    settle(page)


def test_the_board_packet_says_what_the_screen_says(page, server):
    open_sample(page, server)
    go(page, "Answer")
    words = title(page)
    required = figure(page, "FTE required, fully used")  # shares are rounded more coarsely for readers outside
    go(page, "Report")
    page.get_by_text("Settings: name, by when").click()
    settle(page)
    page.get_by_role("textbox", name="Needed by").fill("January 4, 2027")
    page.get_by_role("button", name="Use these settings").click()
    settle(page)
    expect(page.get_by_text("by January 4, 2027").first).to_be_visible()
    page.get_by_role("button", name="Make the packet").click()
    page.get_by_text("The packet is ready").wait_for(timeout=120_000)
    settle(page)
    name, data = download(page, "Download all")
    assert re.fullmatch(r"ot-packet-board-[0-9a-f]{8}\.zip", name)
    files = zipfile.ZipFile(io.BytesIO(data))
    assert {"read-me.txt", "decision-memo.pdf", "slides.pptx"} <= set(files.namelist())
    text = pdf_text(files.read("decision-memo.pdf"))
    assert words.removeprefix("Bluff County is ") in text and "January 4, 2027" in text
    assert required == "14.1" and required in text
    single, brief = download(page, r"^\W*(download)?\s*decision-memo\.pdf$")
    assert re.fullmatch(r"decision-memo-[0-9a-f]{8}\.pdf", single) and brief == files.read("decision-memo.pdf")


def test_a_correction_sheet_goes_out_comes_back_and_moves_the_answer(page, server):
    open_sample(page, server)
    go(page, "Answer")
    before = title(page)
    go(page, "Report")
    part(page, "Correction sheets")
    name, data = download(page, "Download this sheet")
    assert re.fullmatch(r"corrections-OT-1-[0-9a-f]{8}\.xlsx", name)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book[LINES]
    column = next(cell.column for cell in sheet[4] if cell.value == "Minutes a session should be")
    for row in range(5, 10):
        sheet.cell(row, column).value = 480
    out = io.BytesIO()
    book.save(out)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        files=[{"name": "sheet.xlsx", "mimeType": XLSX, "buffer": out.getvalue()}]
    )
    page.get_by_text("5 changes proposed").wait_for(timeout=60_000)
    settle(page)
    found = {"proposed": violations(page)}
    page.get_by_role("textbox", name="Decided by").fill("R. Lead")
    page.get_by_role("button", name="Accept all").click()
    page.get_by_text("5 changes accepted, 0 refused").wait_for(timeout=60_000)
    settle(page)
    found["decided"] = violations(page)
    report(found)
    go(page, "Answer")
    assert title(page) != before
    expect(page.get_by_role("link", name="Counted with 5 accepted corrections")).to_be_visible()
    go(page, "Report")
    part(page, "Correction sheets")
    page.get_by_role("button", name="Undo the last decisions").click()
    settle(page)
    go(page, "Answer")
    assert title(page) == before


def test_the_open_parts_of_the_page_break_no_rule(page, server):
    open_sample(page, server)
    go(page, "Report")
    for words in ("Settings: name, by when", "All other sentences"):
        page.get_by_text(words).click()
        settle(page)
    page.get_by_text("OT team", exact=True).click()
    settle(page)
    page.get_by_role("button", name="Make the packet").click()
    page.get_by_text("The packet is ready").wait_for(timeout=120_000)
    settle(page)
    found = {"packet": violations(page)}
    part(page, "Correction sheets")
    found["sheets"] = violations(page)
    report(found)

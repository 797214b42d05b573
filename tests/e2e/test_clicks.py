"""How many clicks a person needs for what most people come for. The numbers are those of docs/JOURNEYS.md, no more and no less.

A click is a press, a tap, a drag, or one file chosen; a text typed into one field is one, too. Seconds are not held to: they
belong to the machine.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.screen import XLSX, settle, title
from tests.e2e.test_week_grid import drag, quarter
from workload.report.corrections.correction_sheet import LINES

ROOT = Path(__file__).resolve().parents[2]
JOURNEYS = (ROOT / "docs" / "JOURNEYS.md").read_text(encoding="utf-8")
MESSY = ROOT / "data" / "sample" / "bluff_county_messy.xlsx"


class Hand:
    """A person at the page: whatever is done is counted."""

    def __init__(self, page: Page):
        self.page, self.clicks = page, 0

    def click(self, where: Locator) -> None:
        self.clicks += 1
        where.click()
        settle(self.page)

    def place(self, name: str) -> None:
        self.click(self.page.get_by_test_id("stTopNav").get_by_role("link", name=name, exact=True))

    def button(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name).first)

    def type(self, where: Locator, text: str) -> None:
        self.clicks += 1
        where.fill(text)
        where.press("Tab")
        settle(self.page)

    def upload(self, name: str, data: bytes) -> None:
        self.clicks += 1
        self.page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(
            files=[{"name": name, "mimeType": XLSX, "buffer": data}]
        )
        settle(self.page)

    def download(self, name: str) -> bytes:
        self.clicks += 1
        with self.page.expect_download() as started:
            self.page.get_by_role("button", name=re.compile(name)).first.click()
        return started.value.path().read_bytes()


def as_written(goal: str) -> int:
    """The clicks of a journey as its table in the docs has them: the last column but one of its row."""
    row = next(line for line in JOURNEYS.splitlines() if line.startswith(f"| {goal} |"))
    return int(row.split("|")[4])


@pytest.fixture
def hand(page, sample_server) -> Hand:
    page.goto(sample_server)
    settle(page)
    return Hand(page)


def test_from_a_messy_export_to_its_first_number(page, server):
    page.goto(server)
    settle(page)
    hand = Hand(page)
    hand.place("Data")
    hand.upload("export.xlsx", MESSY.read_bytes())
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"short (by )?[\d.]+"))
    assert hand.clicks == as_written("First number after an upload")


def test_the_pair_stands_on_the_page_that_opens_first(hand):
    story = hand.page.locator(".st-key-card_story")
    assert story.bounding_box()["y"] + story.bounding_box()["height"] <= 720
    assert {"36 students", "67 students"} <= set(re.findall(r"\d+ students", story.inner_text()))
    assert hand.clicks == as_written("The pair: 36 and 67 students")


def test_hiring_two(hand):
    before = title(hand.page)
    hand.place("Decide")
    hand.click(hand.page.locator("label").filter(has_text="Add a post").first)
    slider = hand.page.get_by_role("slider").first
    hand.clicks += 1  # the slider, held and moved
    slider.focus()
    for _ in range(10):
        hand.page.keyboard.press("ArrowRight")
    settle(hand.page)
    assert "short 1.1" in title(hand.page) != before
    assert hand.clicks == as_written("Hire 2 and see what is left")


def test_the_packet(hand):
    hand.place("Answer")
    hand.button("Make the packet")
    hand.page.wait_for_url("**/report*")
    settle(hand.page)
    hand.clicks += 1
    hand.page.get_by_role("button", name="Make the packet").click()
    hand.page.get_by_text("The packet is ready").wait_for(timeout=180_000)
    settle(hand.page)
    assert len(hand.download("Download all")) > 10_000
    assert hand.clicks == as_written("The packet for the board")


WEEK = (  # activity, from, to: the same on five days, 40 entries in all
    ("Direct service", "8:00 AM", "9:15 AM"),
    ("Session notes", "9:30 AM", "9:45 AM"),
    ("Direct service", "10:00 AM", "11:15 AM"),
    ("Travel between schools", "11:30 AM", "11:45 AM"),
    ("Lunch and breaks", "12:00 PM", "12:15 PM"),
    ("Direct service", "12:30 PM", "1:45 PM"),
    ("IEP meetings", "2:00 PM", "2:45 PM"),
    ("Planning", "3:00 PM", "3:30 PM"),
)


def test_a_week_of_the_log(hand):
    hand.place("People")
    hand.clicks += 2  # the menu, and the person in it
    hand.page.get_by_role("combobox", name="Therapist").first.click()
    hand.page.get_by_role("option", name="OT 3", exact=True).click()
    settle(hand.page)
    brush = "Direct service"
    hand.page.get_by_role("grid", name="One week in quarters of an hour").scroll_into_view_if_needed()
    settle(hand.page)
    for activity, start, end in WEEK:
        if activity != brush:
            hand.clicks += 1
            hand.page.get_by_role("button", name=activity, exact=True).click()
            brush = activity
        hand.clicks += 1
        quarter(hand.page, 4, end).scroll_into_view_if_needed()
        drag(hand.page, quarter(hand.page, 0, start), quarter(hand.page, 4, end))
    settle(hand.page)
    expect(hand.page.locator(".st-key-card_log h2").first).to_contain_text("38.8 hours so far")
    assert hand.clicks == as_written("A week of the log")


def test_a_correction_from_the_therapist_to_the_answer(hand):
    hand.place("People")
    hand.clicks += 2
    hand.page.get_by_role("combobox", name="Therapist").first.click()
    hand.page.get_by_role("option", name="OT 7", exact=True).click()
    settle(hand.page)
    before = title(hand.page)
    hand.button("Something is wrong")
    book = openpyxl.load_workbook(io.BytesIO(hand.download("Get the correction sheet")))
    sheet = book[LINES]
    column = next(cell.column for cell in sheet[4] if cell.value == "Minutes a session should be")
    sheet.cell(5, column).value = 480
    out = io.BytesIO()
    book.save(out)
    hand.place("Report")
    hand.click(hand.page.get_by_role("radiogroup", name="Part of this page").get_by_text("Correction sheets"))
    hand.upload("sheet.xlsx", out.getvalue())
    hand.page.get_by_text(re.compile("1 changes? proposed")).wait_for(timeout=60_000)
    hand.type(hand.page.get_by_role("textbox", name="Decided by"), "R. Lead")
    hand.button("Accept all")
    hand.page.get_by_text(re.compile("1 changes? accepted, 0 refused")).wait_for(timeout=60_000)
    assert hand.clicks == as_written("A correction, there and back")
    hand.place("People")
    assert title(hand.page) != before

"""A messy caseload in a browser: answer, mend, read the number, take the corrected workbook home."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from tests.e2e.screen import PAUSE, figure, go, settle, upload
from tests.intake.rosters import services
from workload.answer import analyze, default_day
from workload.intake.answers.import_map import ImportMap
from workload.intake.by_hand.corrected_cells import Edits
from workload.intake.load import load
from workload.model.words import fte

NAME = "caseload.xlsx"
COLUMNS = ("student_id", "school", "frequency_text", "therapist")
MESSY = services(
    ["1", "Oak", "60 min biweekly", "Kim"],
    ["2", "Oak", "2 x 30 min weekly", "Kim"],
    ["3", "Elm", "see the IEP, page x", "Lee"],
    ["4", "Elm", "see the IEP, page x", "Lee"],
    ["5", "Elm", "30 min weekly", "Lee"],
    columns=COLUMNS,
)
MENDED = "45 min weekly"
# The editor draws on a canvas: pixels to the first row under its headings, and the place of the column to write in.
SIDE, FIRST_ROW, COLUMN = 30, 55, 4


def write_in_editor(page, text: str) -> None:
    """Write into the column Corrected to of the first row, by keyboard."""
    canvas = page.get_by_test_id("stDataFrame").filter(has=page.locator("canvas")).first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + SIDE, box["y"] + FIRST_ROW)
    page.wait_for_timeout(PAUSE)
    for key in ("Home", *["ArrowRight"] * COLUMN, "Enter"):
        page.keyboard.press(key)
    page.wait_for_timeout(PAUSE)
    page.keyboard.type(text)
    page.wait_for_timeout(PAUSE)
    page.keyboard.press("Enter")
    page.wait_for_timeout(1_000)
    settle(page)


@pytest.mark.parametrize("page_of_mending", ["Data", "Rows and findings"])
def test_a_messy_file_leads_to_the_number_and_to_a_corrected_workbook(page, server, page_of_mending):
    page.goto(f"{server}/data")
    settle(page)
    upload(page, NAME, MESSY)
    page.locator("h1", has_text="1 question open").wait_for(timeout=60_000)
    settle(page)
    page.get_by_text("Twice a week →").click()
    settle(page)
    page.get_by_role("button", name="Use this answer").click()
    page.locator("h1", has_text="No question is open").wait_for(timeout=60_000)
    settle(page)
    if page_of_mending != "Data":
        go(page, page_of_mending)
    write_in_editor(page, MENDED)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the corrected workbook").click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    assert [book["Services"][f"C{row}"].value for row in range(2, 7)] == [
        "60 min biweekly",
        "2 x 30 min weekly",
        MENDED,
        MENDED,
        "30 min weekly",
    ]
    assert waiting.value.suggested_filename.startswith("caseload corrected-")
    go(page, "Answer")
    edits = Edits()
    for row in (4, 5):
        edits = edits.with_edit(NAME, "Services", row, "frequency_text", MENDED)
    roster = load(
        [(NAME, MESSY)], secret=b"any", answers=ImportMap().with_answer("phrase:biweekly", "twice-a-week"), edits=edits
    ).roster
    answer = analyze(roster, default_day(roster, date.today()))
    assert figure(page, "FTE required, fully used") == fte(answer.district["required_fte"])

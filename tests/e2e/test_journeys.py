"""What people do, in a browser: the numbers on the screen are the library's, and nothing goes outside."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import openpyxl
import pytest

from dashboard.shell import cached
from tests.dashboard.support import HOSTILE
from tests.e2e.screen import PAGES, choose, figure, go, narrow, open_sample, settle, title, upload
from workload.answer import analyze, default_day
from workload.explain.headline import SHORT, standing_of
from workload.intake.load import load
from workload.model.parameters import Assumptions
from workload.model.words import fte, percent
from workload.report.answer_json import answer_json

SAMPLE = Path(cached.SAMPLE)


def sample_answer(day: date | None = None):
    """The library's own answer for the sample workbook."""
    roster = load([(SAMPLE.name, SAMPLE.read_bytes())], secret=b"any").roster
    return analyze(roster, day or default_day(roster, date.today()))


MOVED_HOURS = 2.0  # of a meeting: half an hour more than the default moves the title


def said(answer, name: str) -> str:
    """The title of Answer for a district that is short."""
    gap = standing_of(answer).gap
    assert gap.kind == SHORT
    return f"{name} is short {gap.fte} FTE"


def test_from_start_to_the_numbers_of_the_sample_in_one_click(page, server):
    open_sample(page, server)
    answer = sample_answer(cached.SAMPLE_DAY)
    assert title(page) == said(answer, "Bluff County")
    assert figure(page, "Capacity used") == percent(answer.district["utilization"])
    assert figure(page, "FTE required, fully used") == fte(answer.district["required_fte"])


def test_an_uploaded_workbook_shows_the_numbers_of_the_json(page, server):
    page.goto(f"{server}/data")
    settle(page)
    upload(page, "bluff_county.xlsx", SAMPLE.read_bytes())
    page.locator(".st-key-card_done, .st-key-waiting").wait_for(timeout=60_000)
    go(page, "Answer")
    answer = sample_answer()
    told = answer_json(answer)["district"]
    assert title(page) == said(answer, "The district")
    assert figure(page, "Capacity used") == percent(told["utilization"])
    assert figure(page, "FTE required, fully used") == fte(told["required_fte"])
    assert figure(page, "Student minutes that fit") == percent(
        1 - told["student_minutes_at_risk"] / (60 * told["student_hours"])
    )
    go(page, "People")
    choose(page, "Therapist", "OT 7")
    row = next(one for one in answer_json(answer)["therapists"] if one["caseload"] == 36)
    assert figure(page, "Capacity used") == percent(row["utilization"])
    assert figure(page, "Hours a week") == f"{row['workload_hours']:.1f}"
    assert figure(page, "FTE required") == fte(row["required_fte"])


def test_an_assumption_moves_the_answer_and_comes_back(page, server):
    open_sample(page, server)
    before = title(page)
    go(page, "Assumptions")
    slider = page.get_by_role("slider", name="IEP meeting")
    for _ in range(60):  # a busy page may miss a key, so it is pressed until the slider has moved far enough
        if float(slider.input_value()) >= MOVED_HOURS:
            break
        slider.press("ArrowRight")
        settle(page)
    value = float(slider.input_value())
    moved = sample_answer(cached.SAMPLE_DAY).under(Assumptions().changed({"meeting_hours": value}, "test"))
    assert value >= MOVED_HOURS and "changed, default 1.5" in page.inner_text("body")
    go(page, "Answer")
    assert figure(page, "Capacity used") == percent(moved.district["utilization"])
    assert title(page) == said(moved, "Bluff County") != before
    go(page, "Assumptions")
    page.get_by_role("button", name="Back to defaults").click()
    settle(page)
    go(page, "Answer")
    assert title(page) == before


def test_filters_live_in_the_address_as_codes_and_stay_when_pages_change(page, server):
    open_sample(page, server)
    go(page, "People")
    choose(page, "Therapist", "OT 7")
    narrow(page, "Role", "OT")
    go(page, "Schools")
    asked = parse_qs(urlparse(page.url).query)
    assert asked["therapist"] == ["OT 7"] and asked["role"] == ["OT"]
    assert "Tennant" not in page.url and "Tennant" not in page.inner_text("body")


def test_an_address_opens_the_sample_on_its_filters_when_started_so(page, sample_server):
    page.goto(f"{sample_server}/schools?role=OTA")
    page.get_by_text("A filter is on").wait_for(timeout=60_000)
    settle(page)
    assert "Bluff County" in page.inner_text(".st-key-context")
    page.goto(sample_server)
    settle(page)
    assert urlparse(page.url).path == "/" and "36" in title(page)


def test_a_filter_of_a_link_stays_when_pages_change_though_its_box_is_folded_and_goes_when_it_is_taken_off(
    page, sample_server
):
    page.goto(f"{sample_server}/people?role=OTA")
    page.get_by_role("button", name="Show all").wait_for()
    settle(page)
    go(page, "Schools")
    assert parse_qs(urlparse(page.url).query)["role"] == ["OTA"]
    page.get_by_role("button", name="Show all").click()
    settle(page)
    assert "role" not in page.url
    go(page, "People")
    assert "role" not in page.url and not page.get_by_role("button", name="Show all").count()


def test_a_calculator_link_opens_on_its_numbers(page, server):
    page.goto(f"{server}/calculator?one=35&hours=30")
    settle(page)
    assert page.get_by_label("Contract hours a week, without lunch").input_value() == "30"
    assert "do not fit" in page.inner_text("body")


def test_why_opens_to_the_rows_and_gives_the_keyboard_back(page, server):
    open_sample(page, server)
    button = page.get_by_role("button", name=f"Why {figure(page, 'FTE required, fully used')}?")
    button.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("In words.").wait_for()
    assert "536 service lines in force" in dialog.inner_text()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert button.evaluate("element => element === document.activeElement")


def test_a_download_holds_the_numbers_under_codes(page, server):
    open_sample(page, server)
    go(page, "People")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download Excel").click()
    assert caught.value.suggested_filename.startswith("therapists-")
    sheet = openpyxl.load_workbook(io.BytesIO(Path(caught.value.path()).read_bytes())).active
    people = sample_answer(cached.SAMPLE_DAY).therapists
    rows = {row[0]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert len(rows) == len(people) and "OT 7" in rows and "Marisol Tennant" not in rows
    at = [cell.value for cell in sheet[1]].index("FTE required")
    expected = people.set_index("therapist").at["Marisol Tennant", "required_fte"]
    assert rows["OT 7"][at] == pytest.approx(expected, rel=1e-14)  # a workbook keeps sixteen figures


def test_a_bare_letter_does_not_run_the_page_again(page, server):
    open_sample(page, server)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("r")
    page.wait_for_timeout(150)
    assert page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').count() == 1
    page.keyboard.press("c")
    page.wait_for_timeout(500)
    assert page.get_by_role("dialog").count() == 0


def hostile_workbook() -> bytes:
    """A roster in which every name, heading and phrase is an attack."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Student Name", "School", "Therapist", "Minutes per session", "Sessions per week", *HOSTILE[:4]])
    for at, text in enumerate(HOSTILE):
        writer.writerow([text, text, HOSTILE[-at - 1], 30, 2, *HOSTILE[:4]])
        writer.writerow([f"Pat {at}", "Oak", "Lee Ames", text, text, *HOSTILE[:4]])
    return out.getvalue().encode()


def test_hostile_names_fetch_link_and_run_nothing_on_any_page(page, server):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
    page.goto(f"{server}/data")
    settle(page)
    upload(page, "![x](http:--evil.example-a.png).csv", hostile_workbook(), "text/csv")
    for name in PAGES:
        go(page, name)
        if name == "People":
            choose(page, "Therapist", "OT 1")
        main = page.get_by_test_id("stMain")
        links = main.locator("a").evaluate_all("all => all.map(each => each.getAttribute('href') || '')")
        assert not [link for link in links if "evil" in link or link.startswith(("mailto", "javascript"))], name
        assert not main.locator("img[src*='18199'], img[src*='evil'], img[src='x']").count(), name
        assert "did not work" not in main.inner_text(), name
    assert len(asked) > 50
    assert not [url for url in asked if not url.startswith((server, server.replace("http", "ws"), "data:", "blob:"))]


def test_no_page_asks_anything_from_anywhere_else_or_reports_an_error(page, server):
    hosts: set[str] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(urlparse(request.url).netloc))
    page.on("websocket", lambda socket: hosts.add(urlparse(socket.url).netloc))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    open_sample(page, server)
    for name in PAGES:
        go(page, name)
    assert hosts - {""} == {urlparse(server).netloc}
    assert not errors

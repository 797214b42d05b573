"""Keep a district, change it, kill the server, start it again: the same district and the same numbers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest

from tests.e2e.conftest import ROOT, _wait_until_healthy, end, serve, started
from tests.e2e.screen import go, settle, title, upload

ROSTER = (
    b"student_id,student_name,birth_date,school,minutes_per_session,sessions,period,delivery,therapist\n"
    + b"".join(
        b"%d,Zzyzx Canary%d,2015-03-0%d,%s,30,%d,week,individual,%s\n"
        % (987654300 + at, at, at % 9 + 1, (b"Oak", b"Elm")[at % 2], at % 3 + 1, (b"Ann Able", b"Bea Best")[at % 2])
        for at in range(40)
    )
)
POSTS = b"therapist,role,fte\nAnn Able,OT,0.5\nBea Best,OT,0.4\n"


def started_again(address: str, **environment: str) -> subprocess.Popen:
    """A server at an address that another one had."""
    port = address.rpartition(":")[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard/server.py", "--server.port", port],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _wait_until_healthy(address, process)
    return process


def keep(page, address: str, name: str = "") -> None:
    """Upload the roster, say what the district is called, and keep it."""
    page.goto(f"{address}/data")
    settle(page)
    upload(page, "roster.csv", ROSTER, "text/csv")
    if name:
        page.get_by_label("What is your district called?").fill(name)
        page.keyboard.press("Tab")
        settle(page)
    page.get_by_role("button", name="Keep it", exact=True).click()
    page.locator("[data-kept]").first.wait_for()
    settle(page)


def keep_with_posts(page, address: str, name: str = "") -> None:
    """Keep the roster, and bring the list of who is in post."""
    keep(page, address, name)
    page.get_by_role("button", name="Fill in who is in post").click()
    settle(page)
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(
        files=[{"name": "Therapists.csv", "mimeType": "text/csv", "buffer": POSTS}]
    )
    settle(page)


def kept_at(page) -> str:
    """When the work was kept last, as the frame says it."""
    return page.locator("[data-kept]").first.get_attribute("data-kept")


@pytest.mark.parametrize("sample", ["0", "1"])
def test_a_kept_district_lives_through_kill_9_reload_and_restart(page, tmp_path, sample):
    environment = {"OT_STAFFING_HOME": str(tmp_path), "OT_STAFFING_SAMPLE": sample}
    for address, process in started(subprocess.DEVNULL, **environment):
        keep_with_posts(page, address, "Maple Valley")
        go(page, "Assumptions")
        name = page.get_by_role("spinbutton").first.get_attribute("aria-label")
        box = page.get_by_role("spinbutton", name=name, exact=True)  # an own value moves to another list
        box.fill("34")
        box.press("Enter")
        settle(page)
        value = box.input_value()
        assert value == "34"
        go(page, "Answer")
        before = title(page)
        assert "Maple Valley" in page.locator(".st-key-context").inner_text() and "short" in before
        page.reload()
        settle(page)
        assert title(page) == before and kept_at(page)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        again = started_again(address, **environment)
        try:
            page.goto(f"{address}/answer")
            settle(page)
            assert title(page) == before
            assert "Maple Valley" in page.locator(".st-key-context").inner_text()
            go(page, "Assumptions")
            assert page.get_by_role("spinbutton", name=name, exact=True).input_value() == value
            go(page, "Data")
            assert page.get_by_text("Who is in post was typed in").count()
        finally:
            end(again)
    written = b"".join(file.read_bytes() for file in Path(tmp_path).rglob("*") if file.is_file())
    assert b"Maple Valley" in written and b"Ann Able" in written
    assert b"Zzyzx" not in written and b"2015-03-0" not in written and b"9876543" not in written


LINKS = (
    "people?therapist=OT+1",
    "schools?school=Oak",
    "answer?state=Wisconsin",
    "decide",
    "rebalance",
    "year",
    "report",
)


def test_a_link_opens_what_it_names_of_a_kept_upload_and_no_address_holds_a_name(page, tmp_path):
    visited: list[str] = []
    for address in serve(OT_STAFFING_HOME=str(tmp_path), OT_STAFFING_SAMPLE="0"):
        page.on("framenavigated", lambda frame: visited.append(frame.url))
        keep(page, address)
        for link in LINKS:
            page.goto(f"{address}/{link}")
            settle(page)
            assert urlparse(page.url).path == f"/{link.partition('?')[0]}"
            asked = parse_qs(link.partition("?")[2])
            assert {name: parse_qs(urlparse(page.url).query).get(name) for name in asked} == asked
            assert page.get_by_test_id("stPopoverButton").count() and "No roster is open" not in page.inner_text("body")
            if "therapist" in asked:
                assert title(page).startswith("OT 1")
                page.get_by_test_id("stPopoverButton").click()
                page.get_by_text("Show therapists' names").click()
                settle(page)
                assert title(page).startswith("Ann Able")
            visited.extend(page.locator("a").evaluate_all("links => links.map(link => link.href)"))
    assert len(visited) > 50 and not [each for each in visited if "Able" in each or "Zzyzx" in each]

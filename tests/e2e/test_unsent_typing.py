"""What was typed and not sent is there again: after a reload, a killed server, a lost connection, a closed laptop."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import end, started
from tests.e2e.screen import go, settle, title
from tests.e2e.test_keeping import keep_with_posts, started_again
from tests.support.cut_line import line

AWAY = 150 if os.environ.get("OT_STAFFING_LONG_TESTS") == "1" else 8  # seconds
FIRST, SECOND = "Post the half position in Oak", "Ask the board in January"
OWN = "ot-staffing draft"


@pytest.fixture
def kept(page, tmp_path):
    """(address, process, environment): a district that is kept, with its numbers."""
    environment = {"OT_STAFFING_HOME": str(tmp_path), "OT_STAFFING_SAMPLE": "0"}
    for address, process in started(subprocess.DEVNULL, **environment):
        with line(int(address.rpartition(":")[2])) as between:
            through = f"http://127.0.0.1:{between.port}"
            keep_with_posts(page, through)
            go(page, "Answer")
            yield through, address, process, environment, between, title(page)


def steps(page):
    """The field of a form: what is typed in it is sent when the form is."""
    return page.get_by_role("textbox", name="Next steps, one a line")


def to_settings(page) -> None:
    go(page, "Report")
    settings_open(page)


def settings_open(page) -> None:
    settle(page)
    if not steps(page).is_visible():
        page.get_by_text("Settings: name, by when").click()
        steps(page).wait_for()


def typed(page, text: str) -> None:
    """Typed without leaving the field, so that nothing of it has reached the server. Without a server no field takes more."""
    steps(page).click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def connected(page) -> None:
    """The page has found its server again, by itself, and has been drawn anew."""
    page.locator('[data-testid="stApp"][data-test-connection-state="CONNECTED"]').wait_for(timeout=120_000)
    page.wait_for_timeout(2_000)
    settle(page)


def in_the_tab(page) -> list[str]:
    return page.evaluate(f"Object.keys(sessionStorage).filter((each) => each.startsWith('{OWN}'))")


def test_typing_lives_through_a_reload_and_a_killed_server_and_goes_when_it_was_sent(page, kept):
    _, address, process, environment, _, numbers = kept
    to_settings(page)
    typed(page, FIRST)
    page.reload()
    settings_open(page)
    expect(steps(page)).to_have_value(FIRST)
    typed(page, SECOND)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    again = started_again(address, **environment)
    try:
        connected(page)
        expect(steps(page)).to_have_value(SECOND)
        page.get_by_role("button", name="Use these settings").click()
        settle(page)
        assert not [each for each in in_the_tab(page) if "choice" not in each]
        page.reload()
        settings_open(page)
        expect(steps(page)).to_have_value(SECOND)
        go(page, "Answer")
        assert title(page) == numbers
        to_settings(page)
        typed(page, FIRST)
        assert in_the_tab(page)
        go(page, "Data")
        page.get_by_test_id("stPopoverButton").filter(has_text="Forget").first.click()
        page.get_by_role("button", name="Forget it now").click()
        settle(page)
        expect(page.locator("[data-kept]")).to_have_count(0)
        assert not in_the_tab(page)
    finally:
        end(again)


def test_a_lost_connection_gives_back_numbers_and_typing_without_a_reload(page, kept):
    between, numbers = kept[4:]
    to_settings(page)
    typed(page, FIRST)
    between.cut()
    time.sleep(AWAY)
    between.mend()
    connected(page)
    expect(steps(page)).to_have_value(FIRST)
    go(page, "Answer")
    assert title(page) == numbers


def test_a_closed_laptop_opens_on_the_same_numbers_and_typing(page, kept):
    numbers = kept[5]
    to_settings(page)
    typed(page, FIRST)
    session = page.context.browser.new_browser_cdp_session()
    programs = [each["id"] for each in session.send("SystemInfo.getProcessInfo")["processInfo"]]
    for each in programs:
        os.kill(each, signal.SIGSTOP)
    time.sleep(AWAY)
    for each in reversed(programs):
        os.kill(each, signal.SIGCONT)
    connected(page)
    expect(steps(page)).to_have_value(FIRST)
    go(page, "Answer")
    assert title(page) == numbers

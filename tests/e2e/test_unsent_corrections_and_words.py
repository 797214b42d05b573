"""What comes back where more hangs on it: a correction with its line, a sentence with its numbers, a week that was drawn."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.district_server import served_district, sign_in
from tests.e2e.screen import choose, settle
from tests.e2e.test_unsent_typing import in_the_tab
from tests.e2e.test_week_grid import drag, opened, quarter, so_far
from tests.support.ports import free_port
from workload.store.roles import THERAPIST


@pytest.fixture
def served(tmp_path):
    port = free_port()
    with served_district(tmp_path, port, f"http://localhost:{port}") as made:
        yield made


def field(page):
    return page.get_by_role("textbox", name="It should be")


def test_a_half_typed_correction_is_about_the_same_line_after_a_reload_and_gone_after_sign_out(page, served):
    sign_in(page, served, f"{THERAPIST}@district.example")
    page.get_by_text("Something is not right", exact=True).click()
    settle(page)
    page.get_by_role("combobox", name="Which line?").click()
    line = page.get_by_role("option").nth(2).inner_text()
    page.get_by_role("option").nth(2).click()
    settle(page)
    choose(page, "What about it?", "Sessions a period")
    field(page).click()
    page.keyboard.type("4")
    page.reload()
    settle(page)
    expect(field(page)).to_have_value("4")
    expect(page.get_by_role("combobox", name="Which line?")).to_have_value(line)
    page.get_by_role("button", name="Send it to the lead").click()
    settle(page)
    assert "should be 4" in page.locator("body").inner_text()
    expect(field(page)).to_have_value("")
    page.reload()
    settle(page)
    expect(field(page)).to_have_value("")
    field(page).click()
    page.keyboard.type("5")
    assert in_the_tab(page)
    page.goto(f"{served.address}/auth/logout")
    page.get_by_role("button", name="Sign in").wait_for()
    settle(page)
    assert not in_the_tab(page)


def test_what_was_drawn_while_the_server_did_not_hear_is_sent_after_a_reload(page, sample_server):
    opened(page, sample_server)
    drag(page, quarter(page, 0, "8:00 AM"), quarter(page, 0, "8:45 AM"))
    so_far(page, "1.0 hours so far")
    drawn = page.evaluate("Object.entries(sessionStorage).filter(([name]) => name.includes(' drawn '))")
    assert drawn == []  # it was kept
    waiting = '[{"number": 9, "days": [1, 1], "slots": [4, 7], "what": "Planning"}]'
    page.evaluate(
        "([name, value]) => sessionStorage.setItem(`ot-staffing draft sample drawn ${name}`, value)",
        ["week_grid_OT 3_2026-09-28", waiting],
    )
    page.reload()
    so_far(page, "1.0 hours so far")  # the sample itself is not kept: the hour is the one that had not been heard
    expect(quarter(page, 1, "8:00 AM")).to_have_accessible_name("Tue 29, 8:00 AM: Planning")


def test_a_sentence_of_a_packet_comes_back_as_the_districts_own_and_ours_stays_ours_once_asked_for(page, sample_server):
    page.goto(f"{sample_server}/report")
    settle(page)
    headline = page.get_by_role("textbox", name="Headline")
    ours = headline.input_value()
    headline.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Dear board: ")
    page.reload()
    settle(page)
    expect(headline).to_have_value(f"Dear board: {ours}")
    expect(page.get_by_role("textbox", name="Headline (your words)")).to_have_count(1)
    page.get_by_role("button", name="Back to our words (1 changed)").click()
    settle(page)
    expect(headline).to_have_value(ours)
    page.reload()
    settle(page)
    expect(headline).to_have_value(ours)


def test_a_pasted_list_is_not_held_in_the_tab_and_leaving_asks_first(page, sample_server):
    page.goto(f"{sample_server}/calculator")
    settle(page)
    page.get_by_role("textbox", name="Your caseload").click()
    page.keyboard.type("Zzyzx Canary: 2 x 30 min weekly")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    assert "Zzyzx" not in page.evaluate("JSON.stringify({ ...sessionStorage, ...localStorage })")
    page.reload()
    settle(page)
    assert asked == ["beforeunload"]

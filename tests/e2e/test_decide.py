"""Deciding, in a browser: levers, money, a link, a search with its progress, the year; and no rule of WCAG broken on the way."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlparse

from dashboard.screens.decide.scenarios.scenario_words import written
from tests.e2e.screen import choose, go, open_sample, settle, title
from tests.e2e.test_accessibility import report, violations
from tests.e2e.test_journeys import sample_answer
from workload.scenarios.compare import compare
from workload.scenarios.post_levers import AddPost
from workload.scenarios.scenario import Scenario, from_toml

# A number of moves may take less than the second between two looks: any that is not the first and not the last will do.
SOME_DONE = re.compile(r"[1-5] of 6 done")
PARTS = ("Money", "Side by side", "Save and share", "If somebody leaves")


def pull(page, label: str) -> None:
    """Switch one of the usual levers on."""
    page.locator("label").filter(has_text=label).first.click()
    settle(page)


def part(page, name: str) -> None:
    """Open a part of the page."""
    page.get_by_role("radiogroup").get_by_text(name, exact=True).first.click()
    settle(page)


def gap(page) -> str:
    """The gap of the open scenario, as the finding of the page says it."""
    return re.search(r"(short|room for) [0-9.]+", title(page)).group()


def sample_on(page, server, name: str) -> None:
    """The sample, on a page."""
    open_sample(page, server)
    go(page, name)


def expected(fte: float):
    """The library's own outcome of one added post on the sample."""
    from dashboard.shell import cached

    return compare(sample_answer(cached.SAMPLE_DAY), Scenario("Any", (AddPost(fte=fte),))).scenario


def test_a_lever_moves_the_figures_of_the_library_and_the_cards_stay_in_view(page, server):
    sample_on(page, server, "Decide")
    assert gap(page) == "short 3.1"  # as the title of Answer says it
    pull(page, "Add a post")
    assert gap(page) == written("gap_fte", expected(1.0).figures)
    page.get_by_role("slider").first.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    settle(page)
    assert gap(page) == written("gap_fte", expected(2.0).figures)
    page.mouse.move(300, 500)
    page.mouse.wheel(0, 420)
    page.wait_for_timeout(600)
    for key in ("today", "open_0"):
        box = page.locator(f".st-key-option_{key}").bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 260
    page.get_by_role("button", name="Undo").click()
    settle(page)
    page.get_by_role("button", name="Why?").first.click()
    page.get_by_role("dialog").get_by_text("In words.").wait_for()


def test_close_the_gap_leads_to_a_packet_with_that_scenario(page, server):
    sample_on(page, server, "Decide")
    page.get_by_role("button", name="Close the gap exactly").click()
    settle(page)
    assert "the gap is closed" in title(page) or "room" in title(page)
    page.get_by_role("button", name="Make the packet with this").click()
    settle(page)
    assert "/report" in page.url and page.get_by_text("Scenario 1", exact=True).count()


def test_a_scenario_is_saved_and_its_address_opens_it_in_another_session(page, server, browser, browser_context_args):
    sample_on(page, server, "Decide")
    pull(page, "Add a post")
    part(page, "Save and share")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download this scenario").click()
    assert from_toml(Path(caught.value.path()).read_text()).levers == (AddPost(fte=1.0),)
    address = page.url
    assert set(parse_qs(urlparse(address).query)) >= {"scenario"} and "Marisol" not in address
    other = browser.new_context(**browser_context_args).new_page()
    other.goto(address)
    settle(other)
    other.get_by_role("button", name="Open the sample district").click()
    other.get_by_text("With these changes").first.wait_for(timeout=60_000)
    settle(other)
    assert gap(other) == written("gap_fte", expected(1.0).figures)
    other.context.close()


def test_a_search_tells_its_progress_can_be_ended_and_a_proposal_is_downloaded_in_codes(page, server):
    sample_on(page, server, "Rebalance")
    page.get_by_role("button", name="Find the best few moves").click()
    page.get_by_text("of 6 done").wait_for()
    page.get_by_text(SOME_DONE).wait_for(timeout=120_000)
    page.get_by_role("button", name="End the search").click()
    page.get_by_text("One proposal, opened").wait_for(timeout=60_000)
    settle(page)
    assert "ended early" in page.inner_text("body")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download CSV").first.click()
    page.get_by_role("button", name="Use in a scenario").click()
    page.get_by_text("now in the scenario Moves from Rebalance.").wait_for()
    page.get_by_role("link", name="See it with money").click()
    page.get_by_text("With these changes").first.wait_for()
    settle(page)
    assert page.get_by_role("button", name="Take back").count() >= 1
    text = Path(caught.value.path()).read_text(encoding="utf-8-sig")
    assert "OT " in text and "Tennant" not in text and text.count("\n") >= 2


def test_the_year_follows_its_closings_and_a_snapshot_comes_back(page, server):
    sample_on(page, server, "Year ahead")
    assert "43 of 44 weeks with school" in title(page)
    page.get_by_role("button", name="Start with usual closings").click()
    settle(page)
    assert "of 39 weeks with school" in title(page)
    part(page, "Earlier snapshots")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Save a snapshot of this day").click()
    saved = json.loads(Path(caught.value.path()).read_text())
    assert saved["day"] == "2026-10-01" and "Tennant" not in json.dumps(saved)
    saved["day"] = "2026-05-01"
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        files=[{"name": "may.json", "mimeType": "application/json", "buffer": json.dumps(saved).encode()}]
    )
    page.get_by_text("From May 1, 2026").wait_for()


def test_no_part_of_the_pages_of_decisions_breaks_a_rule(page, server):
    sample_on(page, server, "Decide")
    pull(page, "Add a post")
    pull(page, "Larger groups")
    choose(page, "Another lever", "The people who are there: redistribute schools")
    found = {"levers": violations(page)}
    for name in PARTS:
        part(page, name)
        if name == "If somebody leaves":
            choose(page, "Open one post", "OT 2")
        found[name] = violations(page)
    go(page, "Rebalance")
    page.get_by_text("What must hold: constraints").click()
    page.get_by_role("button", name="Find the best few moves").click()
    page.get_by_text(SOME_DONE).wait_for(timeout=120_000)
    found["searching"] = violations(page)
    page.get_by_role("button", name="End the search").click()
    page.get_by_text("One proposal, opened").wait_for(timeout=60_000)
    settle(page)
    page.get_by_text("Change it by hand").click()
    settle(page)
    found["proposal"] = violations(page)
    go(page, "Year ahead")
    page.get_by_text("What we know of the year").click()
    page.get_by_role("button", name="Start with usual closings").click()
    settle(page)
    found["year"] = violations(page)
    for name in ("If nothing changes", "Next year", "Earlier snapshots"):
        part(page, name)
        found[name] = violations(page)
    assert len(found) == 11
    report(found)

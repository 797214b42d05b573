"""One therapist without a roster, as a new user does it: from nothing to the letter, on a laptop and on a phone."""

import io
import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from tests.e2e.screen import choose, settle

SIZES = {"laptop": (1280, 720), "phone": (390, 844)}
LIST = "14 students: 2 x 30 min weekly\n10 students 30 min weekly\n5 students 1x30\n8 students: 30 min monthly consult"
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}
OVERLAYS = 'data-st-overlay-root="true"'


def scanned(page) -> list[str]:
    """What axe finds that is more than minor, and whether the page is wider than the screen."""
    found = Axe().run(page, options=RULES).response["violations"]
    nodes = [(one["id"], node["html"]) for one in found if one["impact"] != "minor" for node in one["nodes"]]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [f"{id}: {html[:160]}" for id, html in nodes if OVERLAYS not in html] + ["sideways"] * wide


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


@pytest.mark.parametrize("size, scheme", [("laptop", "light"), ("phone", "dark")])
def test_from_nothing_to_the_letter(page, server, size, scheme):
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    page.emulate_media(color_scheme=scheme)
    page.goto(server)
    settle(page)
    page.get_by_role("link", name="One therapist, no roster: four steps to a letter").click()
    page.get_by_role("textbox", name="Your caseload").fill(LIST)
    press(page, "Read the list")
    assert "5 students not counted yet" in page.inner_text(".st-key-page")
    choose(page, "The cell says 1 x 30 minutes, but not how often. For which period is that? (5 students not counted until you say)", "1 x 30 minutes each week")  # fmt: skip
    page.get_by_text("Bus, lunch or recess duty").click()
    settle(page)
    broken = {"week": scanned(page)}
    press(page, "Next: my study")
    press(page, "Put it in the grid")
    assert "You logged 5.0 hours of work" in page.inner_text(".st-key-card_study")
    broken["study"] = scanned(page)
    press(page, "Next: warning signs")
    page.get_by_text("Are you too tired after work").click()
    settle(page)
    broken["signs"] = scanned(page)
    press(page, "Next: my case")
    choose(page, "Your state", "Wisconsin")
    page.get_by_text("given by a supervised OTA").click()
    settle(page)
    broken["case"] = scanned(page)
    assert not any(broken.values()), broken
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Get the letter (PDF)").click()
    text = PdfReader(io.BytesIO(waiting.value.path().read_bytes())).pages[0].extract_text()
    assert "I serve 37 students" in text and "PI 11.24" in text and "supervised OTA" in text
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save my week").click()
    kept = json.loads(waiting.value.path().read_text())
    assert [entry["students"] for entry in kept["caseload"]] == [14, 10, 5, 8] and kept["state"] == "WI"

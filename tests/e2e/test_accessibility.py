"""No page breaks WCAG 2.1 A or AA as far as axe can see: light and dark, with a district and without."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.screen import PAGES, choose, go, open_sample, settle, upload

MESSY = Path(__file__).parents[2] / "data" / "sample" / "bluff_county_messy.xlsx"
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


def violations(page) -> list[str]:
    """What axe finds on the page as it stands, after asserting that it looked at something."""
    page.wait_for_timeout(500)
    found = Axe().run(page, options=RULES).response
    assert len(found["passes"]) > 10, "axe checked nothing"
    return [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]


def report(found: dict[str, list[str]]) -> None:
    """Fail with every violation, one a line."""
    lines = [f"{name}: {each}" for name, violated in found.items() for each in violated]
    assert not lines, "\n".join(lines)


@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("with_data", [False, True], ids=["empty", "sample"])
def test_no_page_breaks_a_rule(page, server, colors, with_data):
    page.emulate_media(color_scheme=colors)
    if with_data:
        open_sample(page, server)
    else:
        page.goto(server)
        settle(page)
    found = {}
    for name in PAGES:
        go(page, name)
        found[name] = violations(page)
    assert len(found) == len(PAGES)
    report(found)


@pytest.mark.parametrize("colors", ["light", "dark"])
def test_an_open_person_school_explanation_and_assumptions_break_no_rule(page, server, colors):
    page.emulate_media(color_scheme=colors)
    open_sample(page, server)
    page.get_by_text("Assumptions", exact=True).first.click()
    settle(page)
    found = {"assumptions": violations(page)}
    page.get_by_role("button", name="Why 14.2?").click()
    page.get_by_role("dialog").wait_for()
    settle(page)
    found["why"] = violations(page)
    page.keyboard.press("Escape")
    settle(page)
    go(page, "Therapists")
    choose(page, "Therapist", "OT 7")
    found["person"] = violations(page)
    go(page, "Schools")
    choose(page, "School", "Lincoln Elementary")
    found["school"] = violations(page)
    report(found)


def open_everything(page) -> int:
    """Open every part of the page that is folded; how many there were."""
    folded = page.get_by_test_id("stMain").locator("details:not([open]) > summary")
    opened = 0
    while folded.count():
        folded.first.click()
        settle(page)
        opened += 1
        assert opened < 40, "a part of the page does not open"
    return opened


QUESTIONS = (
    b"Student ID,School,Therapist,Frequency,Room\n1,Oak,Lee,30 min,7\n2,Oak,Lee,60 min/month,8\n3,Oak,Lee,whenever,9\n"
)


@pytest.mark.parametrize("colors", ["light", "dark"])
def test_an_upload_with_questions_and_one_that_is_refused_break_no_rule(page, server, colors):
    page.emulate_media(color_scheme=colors)
    page.goto(f"{server}/upload")
    settle(page)
    upload(page, "export.csv", QUESTIONS, "text/csv")
    assert open_everything(page) > 1
    found = {"questions": violations(page)}
    go(page, "Check")
    found["findings"] = violations(page)
    go(page, "Upload")
    upload(page, "caseload.xlsx", b"%PDF-1.7 nothing")
    found["refused"] = violations(page)
    for name in ("Check", "Overview", "Therapists", "Schools"):
        go(page, name)
        found[name] = violations(page)
    report(found)


@pytest.mark.parametrize("colors", ["light", "dark"])
def test_a_messy_workbook_with_everything_open_breaks_no_rule(page, server, colors):
    page.emulate_media(color_scheme=colors)
    page.goto(f"{server}/upload")
    settle(page)
    upload(page, "messy.xlsx", MESSY.read_bytes())
    assert open_everything(page) > 1
    found = {"messy": violations(page)}
    report(found)

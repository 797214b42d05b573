"""No page breaks WCAG 2.2 A or AA or a good practice beyond it, as far as axe sees: at a desk in both themes, on a phone in dark."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.screen import PAGES, choose, figure, go, open_sample, settle, still, upload

MESSY = Path(__file__).parents[2] / "data" / "sample" / "bluff_county_messy.xlsx"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Each place is told for what is broken; for what was looked at and is well, one place a rule, which is four times as fast.
BROKEN_PLACES = {"resultTypes": ["violations"]}
RULES = {"runOnly": {"type": "tag", "values": TAGS}, **BROKEN_PLACES}
# What can differ between the two themes: colors. What a page is made of is the same in both and is scanned once.
OF_COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, **BROKEN_PLACES}
DARK_PAPER = "rgb(17, 23, 27)"  # backgroundColor of [theme.dark] in .streamlit/config.toml


OVERLAYS = 'data-st-overlay-root="true"'


def violations(page) -> list[str]:
    """What axe finds on the page: every rule in the theme that stands, those of colors in the other, which stands from then on."""
    found, looked_at = as_it_stands(page)
    theme = change_theme(page)
    other, also_looked_at = scanned(page, OF_COLORS)
    # Under an open dialog axe tells no colors in either theme.
    assert ("color-contrast" in also_looked_at) == ("color-contrast" in looked_at), "axe checked no color"
    return found + [f"{theme}: {each}" for each in other]


def as_it_stands(page) -> tuple[list[str], set[str]]:
    """What axe finds by every rule, and the rules that found something to look at."""
    still(page)
    found, looked_at = scanned(page, RULES)
    assert len(looked_at) > 10, "axe checked nothing"
    assert "target-size" in looked_at, "axe measured no target"
    return found, looked_at


def change_theme(page) -> str:
    """From light to dark or back; the theme that stands then."""
    app, dark = page.get_by_test_id("stApp"), page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    page.emulate_media(color_scheme="light" if dark else "dark")
    if dark:
        expect(app).not_to_have_css("background-color", DARK_PAPER)
    else:
        expect(app).to_have_css("background-color", DARK_PAPER)
    still(page)
    return "light" if dark else "dark"


def scanned(page, rules: dict) -> tuple[list[str], set[str]]:
    """Every violation of the rules that is more than minor, and the rules that found something to look at."""
    found = Axe().run(page, options=rules).response
    looked_at = {one["id"] for kind in ("passes", "violations", "incomplete") for one in found[kind]}
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found["violations"]
        if one["impact"] != "minor"
        for node in one["nodes"]
        if OVERLAYS not in node["html"]  # Streamlit's own place for open lists stands beside the landmarks
    ], looked_at


def report(found: dict[str, list[str]]) -> None:
    """Fail with every violation, one a line."""
    lines = [f"{name}: {each}" for name, violated in found.items() for each in violated]
    assert not lines, "\n".join(lines)


@pytest.mark.parametrize("with_data", [False, True], ids=["empty", "sample"])
def test_no_page_breaks_a_rule(page, server, with_data):
    if with_data:
        open_sample(page, server)
    else:
        page.goto(server)
        settle(page)
    found = {}
    for name in PAGES:
        go(page, name)
        found[name] = violations(page) if with_data else as_it_stands(page)[0]
    assert len(found) == len(PAGES)
    report(found)


def fill_some_quarters(page) -> None:
    """Some quarters of the log on a person's page, one in each color."""
    for activity, place in (("Direct service", 20), ("Session notes", 25), ("Lunch and breaks", 30)):
        chosen = page.get_by_role("combobox", name="Activity to fill in")
        if chosen.is_visible():
            chosen.select_option(activity)
        else:
            page.get_by_role("button", name=activity, exact=True).click()
        page.get_by_role("gridcell").nth(place).click()
    settle(page)


def too_wide(page) -> list[str]:
    """How many pixels lie beyond the screen or beyond the page's own place; nothing where all is seen."""
    beyond = page.evaluate(
        "[document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".map(each => each.scrollWidth - each.clientWidth)"
    )
    return [f"wider than the screen: {beyond}"] if max(beyond) > 1 else []


def test_on_a_phone_no_page_breaks_a_rule_or_is_wider_than_the_screen(page, server):
    open_sample(page, server)
    page.set_viewport_size({"width": 390, "height": 844})
    assert change_theme(page) == "dark"
    found = {}
    for name in PAGES:
        go(page, name)
        assert page.get_by_role("heading", level=1).count() == 1
        found[name] = too_wide(page) + as_it_stands(page)[0]
        if name == "People":
            choose(page, "Therapist", "OT 7")
            fill_some_quarters(page)
            found["person"] = as_it_stands(page)[0]
    assert len(found) == len(PAGES) + 1
    report(found)


def test_an_open_person_school_explanation_and_the_settings_break_no_rule(page, server):
    open_sample(page, server)
    page.get_by_test_id("stPopoverButton").click()
    page.get_by_role("switch", name="Show therapists' names").wait_for()
    found = {"settings": violations(page)}
    page.keyboard.press("Escape")
    page.get_by_role("button", name=f"Why {figure(page, 'FTE required, fully used')}?").click()
    page.get_by_role("dialog").wait_for()
    settle(page)
    found["why"] = violations(page)
    page.keyboard.press("Escape")
    settle(page)
    go(page, "People")
    choose(page, "Therapist", "OT 7")
    fill_some_quarters(page)
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


def test_an_upload_with_questions_and_one_that_is_refused_break_no_rule(page, server):
    page.goto(f"{server}/data")
    settle(page)
    upload(page, "export.csv", QUESTIONS, "text/csv")
    assert open_everything(page) > 1
    found = {"questions": violations(page)}
    go(page, "Rows and findings")
    found["findings"] = violations(page)
    go(page, "Data")
    upload(page, "caseload.xlsx", b"%PDF-1.7 nothing")
    found["refused"] = violations(page)
    for name in ("Rows and findings", "Answer", "People", "Schools"):
        go(page, name)
        found[name] = violations(page)
    report(found)


def test_a_messy_workbook_with_everything_open_breaks_no_rule(page, server):
    page.goto(f"{server}/data")
    settle(page)
    upload(page, "messy.xlsx", MESSY.read_bytes())
    assert open_everything(page) > 1
    found = {"messy": violations(page)}
    report(found)

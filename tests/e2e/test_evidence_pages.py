"""Rules, Time study, Concerns, Delivered minutes in a browser: every part by axe, and what one does there."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.screen import go, open_sample, settle
from tests.e2e.test_accessibility import report, too_wide, violations

ROOT = Path(__file__).resolve().parents[2]
PARTS = {
    "Rules": ("State rules", "Federal law", "Our agreement", "Who is over", "Methods", "Larger groups", "All states"),
    "Time study": ("Bring in a log", "Where the hours go", "Model and log", "Use as our standards", "Random moments"),
    "Warning signs": ("Warning signs", "Team check-in", "Log and model", "Figures from elsewhere"),
    "Delivered minutes": ("Bring in minutes", "What was delivered", "Single students", "Beside Chicago"),
}
WITHOUT_ROSTER = ("Rules", "Delivered minutes")


def part(page: Page, name: str) -> None:
    """Open a part of the page."""
    page.get_by_role("radiogroup", name="Part of this page").get_by_text(name, exact=True).click()
    settle(page)


def choose_state(page: Page, name: str) -> None:
    """Choose the state on the page; the list is long, so its name is typed."""
    page.get_by_test_id("stMain").get_by_role("combobox", name="State").click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name, exact=True).click()
    settle(page)


def bring_minutes(page: Page) -> None:
    """Upload Chicago's file on the page of delivered minutes."""
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(
        ROOT / "data" / "reference" / "chicago_ot_minutes_2014_2017.csv"
    )
    page.get_by_text("30 rows counted").wait_for(timeout=60_000)
    settle(page)


def test_no_part_of_a_page_breaks_a_rule_or_is_wider_than_a_laptop_with_the_sample(page, server):
    open_sample(page, server)
    found = {}
    for title, names in PARTS.items():
        go(page, title)
        if title == "Rules":
            choose_state(page, "Wisconsin")
        if title == "Delivered minutes":
            bring_minutes(page)
        for name in names:
            part(page, name)
            found[f"{title}, {name}"] = too_wide(page) + violations(page)
    assert len(found) == 20
    report(found)


def test_no_part_breaks_a_rule_without_a_roster(page, server):
    page.goto(server)
    settle(page)
    found = {}
    for title in WITHOUT_ROSTER:
        go(page, title)
        for name in PARTS[title]:
            part(page, name)
            found[f"{title}, {name}"] = violations(page)
    report(found)


def test_what_opens_on_these_pages_breaks_no_rule(page, server):
    open_sample(page, server)
    found = {}
    go(page, "Time study")
    page.get_by_role("button", name="Why 2.97?").click()
    page.get_by_role("dialog").wait_for()
    settle(page)
    found["why"] = violations(page)
    page.keyboard.press("Escape")
    settle(page)
    part(page, "Bring in a log")
    page.get_by_text("A day in quarters of an hour").click()
    settle(page)
    found["grid"] = violations(page)
    go(page, "Warning signs")
    page.get_by_role("button", name="Why? Open the evidence").first.click()
    page.get_by_role("dialog").wait_for()
    settle(page)
    found["sign"] = violations(page)
    report(found)


def test_a_cell_of_the_typed_log_is_corrected_and_undone(page, server):
    open_sample(page, server)
    go(page, "Time study")
    part(page, "Bring in a log")
    page.get_by_role("button", name="Add this entry").click()
    page.get_by_text("1 entry typed in").wait_for()
    settle(page)
    edit_end(page, "09:15")
    part(page, "Where the hours go")
    assert page.get_by_role("button", name="Why 230.4?").count() == 1  # 229.17 and 1.25 hours
    part(page, "Bring in a log")
    edit_end(page, "quarter past")
    expect(page.get_by_text("is not a clock time such as 8:15")).to_be_visible()
    page.get_by_role("button", name="Undo the last change").click()
    settle(page)
    part(page, "Where the hours go")
    assert page.get_by_role("button", name="Why 229.7?").count() == 1  # 8:00 to 8:30 again


def edit_end(page: Page, text: str) -> None:
    """Type into the End cell of the first typed entry."""
    cells = page.locator('[id^="glide-cell-"]')
    expect(cells.nth(6)).to_be_attached()  # the grid draws itself after the page has settled
    column = next(
        at
        for at in range(12)
        if page.locator(f"#glide-cell-{at}-0").count()
        and page.locator(f"#glide-cell-{at}-0").first.text_content() in ("08:30", "09:15", "quarter past")
    )
    canvas = page.get_by_test_id("stDataFrame").locator("canvas").first
    for _ in range(3):  # what stands above the grid may still be drawn and push it away from a click
        canvas.scroll_into_view_if_needed()
        page.wait_for_timeout(1_000)
        box = canvas.bounding_box()
        page.mouse.click(box["x"] + 60, box["y"] + 52)
        # As a screen reader does: the grid chooses the cell that is given the focus. Arrow keys may be lost while it draws.
        page.evaluate("id => document.getElementById(id).focus()", f"glide-cell-{column}-0")
        expect(page.locator(f"#glide-cell-{column}-0").first).to_have_attribute("aria-selected", "true")
        for key in ("Enter", "Control+A"):
            page.wait_for_timeout(400)
            page.keyboard.press(key)
        page.keyboard.type(text)
        page.wait_for_timeout(150)
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        settle(page)
        refused = page.get_by_text("is not a clock time such as").count()
        if refused or page.locator(f"#glide-cell-{column}-0").first.text_content() == text:
            return


def test_a_rule_of_the_agreement_is_added_and_binds(page, server):
    open_sample(page, server)
    go(page, "Rules")
    choose_state(page, "Wisconsin")
    part(page, "Our agreement")
    page.get_by_label("The number (students)").fill("20")
    page.get_by_label("Agreement and section").fill("Agreement 2026-29, Article 12.3")
    page.get_by_label("Agreement and section").press("Tab")
    settle(page)
    page.get_by_role("button", name="Add this rule").click()
    page.get_by_text("As they count").wait_for()
    settle(page)
    part(page, "Who is over")
    assert "67 of 20, 47 over" in page.evaluate("document.querySelector('.js-plotly-plot').textContent")


def test_chicagos_file_reproduces_its_shares(page, server):
    page.goto(server)
    settle(page)
    go(page, "Delivered minutes")
    bring_minutes(page)
    part(page, "What was delivered")
    page.get_by_role("radiogroup", name="Show by").get_by_text("School year", exact=True).click()
    settle(page)
    shown = page.evaluate("document.querySelector('.js-plotly-plot').textContent")
    assert all(share in shown for share in ("63.0%", "58.4%", "67.6%"))

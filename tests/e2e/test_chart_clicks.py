"""A click on a mark opens what it stands for; the menu of the same page is the keyboard's way to it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.screen import choose, settle, still, title

# page, what to open first, the chart, its marks, what the address says then, or the menu that then has a value
BARS, DOTS = ".bars .point path", ".scatterlayer .points path"
CLICKS = (
    ("answer", "", "bridge", BARS, "/people", ""),
    ("answer", "", "dumbbell", DOTS, "people?therapist=OT", ""),
    ("people", "", "weeks", BARS, "people?therapist=OT", ""),
    ("schools", "", "scatter", DOTS, "schools?school=", ""),
    ("schools", "", "map", DOTS, "schools?school=", ""),
    ("schools", "Work by activity, and FTE", "school_heat", DOTS, "schools?school=", ""),
    ("year", "", "band", BARS, "", "Open one week, by its Monday"),
    ("rules?state=Wisconsin&rules_part=Who+is+over", "", "caps", DOTS, "people?therapist=OT", ""),
    ("decide?scenario_part=Step+by+step", "Close the gap exactly", "scenario_schools", DOTS, "schools?school=", ""),
    ("time_study", "", "study_hours", BARS, "", "Why? Open one activity"),
    ("time_study?study_part=Model+and+log", "", "model_study", DOTS, "", "Why? Open one diff"),
)


def click(page, chart: str, marks: str) -> None:
    """Click one mark of a chart, as a mouse does: where the mark is drawn."""
    figure = page.locator(f'[class*="st-key-{chart}"]').locator("visible=true").first
    figure.scroll_into_view_if_needed()
    still(page)  # the figure is laid out anew where the page has moved
    figure.locator(marks).first.wait_for(state="attached")
    mark = figure.locator(marks).nth(min(2, figure.locator(marks).count() - 1))
    if not 0 < mark.bounding_box()["y"] < page.viewport_size["height"] - 20:
        mark.scroll_into_view_if_needed()
        still(page)
    box = mark.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def opened(page, where: str) -> None:
    """The page that the address names, with its finding."""
    page.wait_for_url(lambda url: where in url)
    settle(page)
    assert any(digit in title(page) for digit in "0123456789")


@pytest.mark.parametrize("address, first, chart, marks, opens, menu", CLICKS, ids=[each[2] for each in CLICKS])
def test_a_click_on_a_chart_opens_what_it_stands_for(page, sample_server, address, first, chart, marks, opens, menu):
    page.goto(f"{sample_server}/{address}")
    settle(page)
    if first:
        page.get_by_text(first).first.click()
        settle(page)
    click(page, chart, marks)
    if opens:
        opened(page, opens)
    else:
        expect(page.get_by_role("combobox", name=menu)).not_to_have_value("")
        settle(page)


def test_a_click_on_a_school_that_a_leaving_post_would_leave_opens_it(page, sample_server):
    page.goto(f"{sample_server}/decide?scenario_part=If+somebody+leaves")
    settle(page)
    choose(page, "Open one post", "OT 7")
    click(page, "resignation", BARS)
    opened(page, "schools?school=")


def test_a_click_on_delivered_minutes_opens_the_school(page, sample_server):
    page.goto(f"{sample_server}/delivered")
    settle(page)
    choose(page, "School", "Lincoln Elementary")
    page.get_by_label("Required minutes").fill("1200")
    page.get_by_label("Delivered minutes").fill("900")
    page.get_by_role("button", name="Add these minutes").click()
    settle(page)
    page.get_by_text("What was delivered", exact=True).first.click()
    settle(page)
    page.get_by_text("School", exact=True).last.click()
    settle(page)
    click(page, "delivered_chart_school", BARS)
    opened(page, "schools?school=Lincoln")


def test_a_click_on_a_step_opens_that_proposal_and_one_on_a_week_its_person(page, sample_server):
    page.goto(f"{sample_server}/rebalance")
    settle(page)
    page.get_by_role("button", name="Find the best few moves").click()
    page.get_by_text("One proposal, opened").wait_for(timeout=240_000)
    settle(page)
    proposals = page.get_by_role("radiogroup", name="Which proposal").get_by_role("radio")
    before = [each.is_checked() for each in proposals.all()].index(True)
    click(page, "sharing", DOTS)
    expect(proposals.nth(before)).not_to_be_checked()
    settle(page)
    click(page, "moved_weeks", DOTS)
    opened(page, "people?therapist=OT")

"""A click on a mark opens what it stands for; the menu of the same page is the keyboard's way to it."""

from __future__ import annotations

import pytest

from tests.e2e.screen import settle, title

# page, what to open first, the chart, its marks, which of them, what the address or the menu says then
CLICKS = (
    ("answer", "", "dumbbell", ".scatterlayer .points path", "people?therapist=OT", ""),
    ("schools", "Work by activity, and FTE", "school_heat", ".scatterlayer .points path", "schools?school=", ""),
    ("time_study", "", "study_hours", ".bars .point path", "", "Why? Open one activity"),
    ("time_study?study_part=Model+and+log", "", "model_study", ".scatterlayer .points path", "", "Why? Open one diff"),
)


@pytest.mark.parametrize("address, first, chart, marks, opens, menu", CLICKS, ids=[each[2] for each in CLICKS])
def test_a_click_on_a_chart_opens_what_it_stands_for(page, sample_server, address, first, chart, marks, opens, menu):
    page.goto(f"{sample_server}/{address}")
    settle(page)
    if first:
        page.get_by_text(first).click()
        settle(page)
    figure = page.locator(f'[class*="st-key-{chart}"]').first
    figure.scroll_into_view_if_needed()
    page.wait_for_timeout(1_000)  # the figure is laid out anew where the page has moved
    box = figure.locator(marks).nth(2).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    if opens:
        page.wait_for_url(lambda url: opens in url)
        settle(page)
        assert any(digit in title(page) for digit in "0123456789")
    else:
        page.wait_for_timeout(1_000)
        settle(page)
        assert page.get_by_role("combobox", name=menu).input_value()

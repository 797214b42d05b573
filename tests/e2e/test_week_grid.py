"""A week's log in a browser: dragged over with a mouse, typed with keys alone, tapped on a phone; nothing of it is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.screen import settle

HERS = "people?therapist=OT+3"


def grid(page):
    return page.get_by_role("grid", name="One week in quarters of an hour")


def quarter(page, day: int, time: str):
    """The cell of a day, 0 for Monday, and a clock time."""
    row = grid(page).get_by_role("row").filter(has=page.get_by_role("rowheader", name=time, exact=True))
    return row.get_by_role("gridcell").nth(day)


def so_far(page, words: str) -> None:
    """What the card says of the week, once it has heard of all that was drawn."""
    settle(page)
    expect(page.locator(".st-key-card_log h2").first).to_contain_text(words)


def opened(page, address: str) -> None:
    page.goto(f"{address}/{HERS}")
    settle(page)
    grid(page).scroll_into_view_if_needed()
    settle(page)


def drag(page, start, end) -> None:
    """From the middle of one cell to that of another, with the button held down."""
    start.hover()
    page.mouse.down()
    end.hover()
    page.mouse.up()


def test_the_grid_opens_where_a_school_day_begins(page, sample_server):
    opened(page, sample_server)
    head = grid(page).get_by_role("columnheader").first.bounding_box()
    eight = quarter(page, 0, "8:00 AM").bounding_box()
    assert 0 <= eight["y"] - (head["y"] + head["height"]) < 3 * eight["height"]


def test_a_stretch_is_dragged_lunch_over_five_days_at_once_and_undo_takes_one_step_back(page, sample_server):
    opened(page, sample_server)
    drag(page, quarter(page, 0, "8:00 AM"), quarter(page, 0, "8:45 AM"))
    so_far(page, "1.0 hours so far")
    page.get_by_role("button", name="Lunch and breaks", exact=True).click()
    drag(page, quarter(page, 0, "8:45 AM"), quarter(page, 4, "9:00 AM"))
    so_far(page, "3.3 hours so far")  # 13 quarters: the last of the sessions became lunch
    expect(quarter(page, 0, "8:45 AM")).to_have_accessible_name("Mon 28, 8:45 AM: Lunch and breaks")
    page.locator(".st-key-undo_week_log button").click()
    so_far(page, "1.0 hours so far")
    expect(quarter(page, 0, "8:45 AM")).to_have_accessible_name("Mon 28, 8:45 AM: Direct service")
    page.get_by_role("button", name="Empty", exact=True).click()
    quarter(page, 0, "8:00 AM").click()
    so_far(page, "0.8 hours so far")


def test_stretches_drawn_faster_than_the_page_runs_are_all_kept(page, sample_server):
    opened(page, sample_server)
    for day in range(5):
        drag(page, quarter(page, day, "8:00 AM"), quarter(page, day, "8:45 AM"))
    so_far(page, "5.0 hours so far")
    page.get_by_role("link", name="Schools", exact=True).first.click()
    settle(page)
    page.go_back()
    settle(page)
    so_far(page, "5.0 hours so far")  # the log is the session's, not the widget's


def test_keys_alone_fill_a_week_and_the_start_moves_on(page, sample_server):
    opened(page, sample_server)
    quarter(page, 0, "8:00 AM").focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    so_far(page, "0.5 hours so far")
    expect(quarter(page, 0, "8:30 AM")).to_be_focused()  # after the stretch, through the page's own run
    page.keyboard.type("se")
    page.keyboard.press("Enter")
    so_far(page, "0.8 hours so far")
    expect(quarter(page, 0, "8:30 AM")).to_have_accessible_name("Mon 28, 8:30 AM: Session notes")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Delete")
    so_far(page, "0.5 hours so far")


@pytest.fixture
def phone(browser, browser_context_args):
    context = browser.new_context(**{**browser_context_args, "viewport": {"width": 390, "height": 844}}, has_touch=True)
    yield context.new_page()
    context.close()


def test_two_taps_fill_a_stretch_on_a_phone(phone, sample_server):
    opened(phone, sample_server)
    phone.get_by_role("combobox", name="Activity to fill in").select_option("Planning")
    quarter(phone, 2, "8:00 AM").tap()
    expect(phone.get_by_role("status").filter(has_text="now tap where it ends")).to_be_visible()
    quarter(phone, 2, "8:30 AM").tap()
    so_far(phone, "0.8 hours so far")
    expect(quarter(phone, 2, "8:30 AM")).to_have_accessible_name("Wed 30, 8:30 AM: Planning")

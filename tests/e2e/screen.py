"""What one does on the screen: wait until it has settled, change pages, open the sample, choose, upload."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, TimeoutError

from dashboard.shell import navigation

PAGES = tuple(view.title for view in navigation.ALL)
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
BUSY = '[data-stale="true"], [data-testid="stSkeleton"]'
TRIES, PAUSE = 150, 200  # milliseconds between looks; half a minute in all
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def settle(page: Page) -> None:
    """Wait until the script has run and nothing on the page is old or still coming."""
    page.wait_for_selector(READY, timeout=60_000)
    quiet = 0
    for _ in range(TRIES):
        page.wait_for_timeout(PAUSE)
        ready = page.locator(READY).count() and not page.locator(BUSY).count()
        quiet = quiet + 1 if ready else 0
        if quiet == 3:
            return
    raise AssertionError("The page did not settle.")


def go(page: Page, name: str) -> None:
    """Change to the page of that title: by the bar at the top, the row of its place, or the foot."""
    view = next(view for view in navigation.ALL if view.title == name)
    if view in navigation.PLACES:
        link(page, view).click()
    elif view in navigation.FOOT:
        page.locator(".st-key-foot").get_by_role("link", name=name, exact=True).click()
    else:
        first = next(each for each in navigation.PLACES if each.place == view.place)
        if not row_link(page, name).count():
            go(page, first.title)
        row_link(page, name).click()
    page.wait_for_url(re.compile(rf"/{'' if view is navigation.HOME else view.name}(\?.*)?$"))
    settle(page)


def link(page: Page, place: navigation.View) -> Locator:
    """The link to a place: in the bar at the top, on a narrow screen in the strip."""
    bar = page.get_by_test_id("stTopNav")
    return (bar if bar.is_visible() else page.locator(".st-key-strip")).get_by_role(
        "link", name=place.title, exact=True
    )


def row_link(page: Page, name: str) -> Locator:
    """A link in the row of pages of the place that is open."""
    return page.locator(".st-key-sections").get_by_role("link", name=name, exact=True)


def open_sample(page: Page, address: str) -> None:
    """Start, and open the sample district."""
    page.goto(address)
    settle(page)
    page.get_by_role("button", name="Open the sample district").click()
    page.get_by_text("Capacity used").first.wait_for(timeout=60_000)
    settle(page)


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a drop-down; of a long list only a part is drawn, so what is not there is typed."""
    box = page.get_by_role("combobox", name=label).first
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(1_000)  # scrolling closes an open list
    for _ in range(3):  # a page that is still being drawn closes the list again
        box.click()
        try:
            page.get_by_role("option").first.wait_for(timeout=10_000)
            break
        except TimeoutError:
            settle(page)
    if not page.get_by_role("option", name=option, exact=True).count():
        page.keyboard.type(option)
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def narrow(page: Page, label: str, option: str) -> None:
    """Choose in a filter, behind "Narrow the list"."""
    if not page.get_by_role("combobox", name=label).first.is_visible():
        page.get_by_text("Narrow the list").click()
        settle(page)
    choose(page, label, option)


def upload(page: Page, name: str, data: bytes, kind: str = XLSX) -> None:
    """Upload one file on the Data page."""
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        files=[{"name": name, "mimeType": kind, "buffer": data}]
    )
    page.wait_for_timeout(1_000)
    settle(page)


def title(page: Page) -> str:
    """The page's one title, as it is read."""
    return " ".join(page.get_by_role("heading", level=1).inner_text().split())


def figure(page: Page, label: str) -> str:
    """The number in the card with that label."""
    return card(page, label).get_by_test_id("stMetricValue").inner_text().strip()


def card(page: Page, label: str) -> Locator:
    """The card of a number."""
    return page.get_by_test_id("stMetric").filter(has_text=label).first

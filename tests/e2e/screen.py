"""What one does on the screen: wait until it has settled, change pages, open the sample, choose, upload."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

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
    """Change to a page by the navigation."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True).click()
    settle(page)


def open_sample(page: Page, address: str) -> None:
    """Start, and open the sample district."""
    page.goto(address)
    settle(page)
    page.get_by_role("button", name="Open the sample district").click()
    page.get_by_text("Capacity used").first.wait_for(timeout=60_000)
    settle(page)


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a drop-down."""
    page.get_by_role("combobox", name=label).first.click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def upload(page: Page, name: str, data: bytes, kind: str = XLSX) -> None:
    """Upload one file on the Data page."""
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        files=[{"name": name, "mimeType": kind, "buffer": data}]
    )
    page.wait_for_timeout(1_000)
    settle(page)


def title(page: Page) -> str:
    """The page's one title."""
    return page.get_by_role("heading", level=1).inner_text().strip()


def figure(page: Page, label: str) -> str:
    """The number in the card with that label."""
    return card(page, label).get_by_test_id("stMetricValue").inner_text().strip()


def card(page: Page, label: str) -> Locator:
    """The card of a number."""
    return page.get_by_test_id("stMetric").filter(has_text=label).first

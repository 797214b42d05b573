"""What one does on the screen: wait until it has settled, change pages, open the sample, choose, upload."""

from __future__ import annotations

import re

from playwright.sync_api import Error, Locator, Page, TimeoutError

from dashboard.shell import navigation

PAGES = tuple(view.title for view in navigation.ALL)
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
BUSY = '[data-stale="true"], [data-testid="stSkeleton"]'
PAUSE = 200  # milliseconds that a field takes to tell what was typed
QUIET = 350  # milliseconds: longer than Streamlit's own fields wait before they send (200)
LONGEST = 60_000  # milliseconds
MOVING = 1_000  # milliseconds after which a page that never stands still is taken as it is
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# Runs before the page's own scripts: when the page last said and heard something, and which files are on their way.
WIRE = """(() => {
  const wire = (window.ownWire = { said: 0, heard: 0, files: 0 }), listened = new WeakSet();
  const send = WebSocket.prototype.send, load = XMLHttpRequest.prototype.send;
  WebSocket.prototype.send = function (...given) {
    if (!listened.has(this)) this.addEventListener("message", () => { wire.heard = performance.now(); });
    listened.add(this);
    wire.said = performance.now();
    return send.apply(this, given);
  };
  XMLHttpRequest.prototype.send = function (...given) {
    wire.files += 1;
    this.addEventListener("loadend", () => { wire.files -= 1; wire.heard = performance.now(); });
    return load.apply(this, given);
  };
})()"""
SETTLED = """([ready, busy, quiet, longest]) => new Promise((done) => {
  const began = performance.now();
  const look = () => {
    const now = performance.now(), { said, heard, files } = window.ownWire;
    const answered = heard >= said && !files && now - Math.max(began, heard) > quiet;
    if (answered && document.querySelector(ready) && !document.querySelector(busy)) done(true);
    else if (now - began > longest) done(false);
    else setTimeout(look, 40);
  };
  look();
})"""
STILL = """([quiet, longest]) => new Promise((done) => {
  const began = performance.now();
  let changed = began;
  const seen = new MutationObserver(() => { changed = performance.now(); });
  seen.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const look = () => {
    const now = performance.now(), moving = document.getAnimations().some((each) => each.playState === "running");
    if ((moving || now - changed < quiet) && now - began < longest) return setTimeout(look, 30);
    seen.disconnect();
    done();
  };
  look();
})"""


def settle(page: Page) -> None:
    """Wait until all that the page said was answered, the script has run and nothing on the page is old or still coming.

    Asked of the page and not of the clock: however late a busy server begins, what was sent waits for its answer.
    """
    for _ in range(5):  # a page that is left meanwhile is asked again where it led to
        page.wait_for_selector(READY, timeout=LONGEST)
        try:
            assert page.evaluate(SETTLED, [READY, BUSY, QUIET, LONGEST]), "The page did not settle."
            return
        except Error as error:
            if "navigat" not in str(error) and "destroyed" not in str(error):
                raise
    raise AssertionError("The page did not stay.")


def still(page: Page, quiet: int = 150) -> None:
    """Wait until nothing is drawn or moved any more, as after another theme or a scroll; at most a second."""
    page.evaluate(STILL, [quiet, MOVING])


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
    still(page)  # scrolling closes an open list
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

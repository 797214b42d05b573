"""The frame around every page: its hooks in the style, its row of places on a phone, and where the keyboard is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.shell import navigation
from tests.e2e.screen import PAGES, go, settle, title, upload
from tests.e2e.test_accessibility import QUESTIONS

STYLE = Path(__file__).parents[2] / "dashboard" / "assets" / "theme.css"
PHONE = {"width": 390, "height": 844}
HOOK = re.compile(r"st-key-|data-testid|\[role|\[aria|\[slot|\.st[A-Z]|js-plotly|^header")
# What a selector says about a moment or a drawn part and not about which element it is.
MOMENT = re.compile(r":has\(:focus-visible\)|::?(before|after|focus-visible|first-child|last-child)")
OUTLINE = 3.0  # contrast that WCAG 2.1, 1.4.11 asks of what shows where the keyboard is


# Of a page that only a therapist has who is signed in; looked for there.
SIGNED_IN = [".st-key-card_own_bar .week", ".st-key-card_own_lines"]


def hooks() -> list[str]:
    """Each selector of the style that rests on a key of ours or on the markup that Streamlit makes."""
    text = re.sub(r"/\*.*?\*/", "", STYLE.read_text(), flags=re.DOTALL)
    text = re.sub(r"@page\s*\{[^}]*\}", "", text)
    heads = re.findall(r"([^{}]+)\{", text)
    each = {one.strip() for head in heads if "@" not in head for one in re.split(r",(?![^(]*\))", head)}
    return sorted({MOMENT.sub("", one) for one in each if HOOK.search(one)})


def unmatched(page, selectors: list[str]) -> list[str]:
    """The selectors that no element of the page has."""
    return page.evaluate("all => all.filter(one => !document.querySelector(one))", selectors)


def test_each_hook_of_the_style_is_there_on_some_page(page, sample_server):
    left = [each for each in hooks() if each not in SIGNED_IN]
    assert len(left) > 40
    page.goto(sample_server)
    settle(page)
    for name in PAGES:
        go(page, name)
        left = unmatched(page, left)
    go(page, "Report")
    page.get_by_text("Settings: name, by when").click()
    settle(page)
    left = unmatched(page, left)
    go(page, "Decide")
    page.get_by_role("button", name="New scenario", exact=True).click()
    settle(page)
    left = unmatched(page, left)
    page.goto(f"{sample_server}/calculator")
    settle(page)
    page.get_by_role("button", name="Try it with the example").click()
    settle(page)
    page.get_by_text("2 My study").click()
    settle(page)
    left = unmatched(page, left)
    page.emulate_media(color_scheme="dark")
    for name in ("Answer", "Year ahead", "Time study", "Schools"):
        go(page, name)
        left = unmatched(page, left)
    page.get_by_text("Work by activity, and FTE").click()
    settle(page)
    left = unmatched(page, left)
    page.goto(f"{sample_server}/people?therapist=OT+7")
    settle(page)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")  # what the script marks for paper
    left = unmatched(page, left)
    go(page, "Data")
    upload(page, "export.csv", QUESTIONS, "text/csv")
    left = unmatched(page, left)
    assert not left, "No page has: " + "; ".join(left)


def channels(color: str) -> tuple[float, ...]:
    """Red, green, blue of a computed color, and how opaque it is."""
    found = [float(each) for each in re.findall(r"[\d.]+", color)]
    return tuple(found) if len(found) == 4 else (*found, 1.0)


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in (part / 255 for part in channels(color)[:3])
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colors as WCAG 2.1 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  let ground = at.parentElement;
  while (ground && getComputedStyle(ground).backgroundColor.startsWith("rgba")) ground = ground.parentElement;
  return { tag: at.tagName, text: at.textContent.trim().slice(0, 60), inPage: !!at.closest(".stApp"),
    width: parseFloat(style.outlineWidth), line: style.outlineStyle, color: style.outlineColor,
    ground: ground ? getComputedStyle(ground).backgroundColor : "rgb(255, 255, 255)" };
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_keyboard_shows_where_it_is_on_each_link_and_button_of_answer(page, sample_server, theme):
    page.emulate_media(color_scheme=theme)
    page.goto(f"{sample_server}/answer")
    settle(page)
    faint, seen = [], 0
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        if here["tag"] not in ("A", "BUTTON"):
            continue
        seen += 1
        told = contrast(here["color"], here["ground"])
        if here["width"] < 2 or here["line"] == "none" or told < OUTLINE:
            faint.append(f"{here['tag']} {here['text']}: {here['line']} {here['width']} {told:.1f}")
    assert seen > 25
    assert not faint, "\n".join(faint)


def test_the_place_is_marked_while_another_page_of_it_is_open(page, sample_server):
    page.goto(f"{sample_server}/check")
    settle(page)
    bar = page.get_by_test_id("stTopNav")
    assert bar.locator("[aria-current]").all_inner_texts() == ["Data"]
    assert page.locator(".st-key-sections [aria-current]").all_inner_texts() == ["Rows and findings"]
    go(page, "People")
    assert bar.locator("[aria-current]").all_inner_texts() == ["People"]


def test_on_a_phone_the_row_of_places_is_whole(page, sample_server):
    page.set_viewport_size(PHONE)
    page.goto(sample_server)
    settle(page)
    places = page.get_by_role("navigation", name="Places").get_by_role("link")
    assert places.all_inner_texts() == [view.title for view in navigation.PLACES]
    boxes = [link.bounding_box() for link in places.all()]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] for box in boxes), "a place is cut off"


@pytest.mark.parametrize("address", ["", "answer", "premises"])
def test_on_a_phone_the_number_is_on_the_first_screen(page, sample_server, address):
    page.set_viewport_size(PHONE)
    page.goto(f"{sample_server}/{address}")
    settle(page)
    box = page.locator("h1 .big").bounding_box()
    assert title(page) and box["y"] + box["height"] < PHONE["height"] / 2

"""Addresses: those of earlier versions, those that name a choice, and what must never stand in one."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlparse

import pytest
from playwright.sync_api import expect

from dashboard.shell import navigation
from tests.e2e.screen import choose, figure, go, narrow, settle, title
from tests.e2e.test_journeys import sample_answer

NAMED = {  # an address of each place that names something, and what then stands on the page
    "answer?day=2026-10-01": "October 1, 2026",
    "people?therapist=OT+7": "OT 7",
    "schools?school=Lincoln+Elementary": "Lincoln Elementary",
    "rules?state=Wisconsin": "In force in Wisconsin",
    "report?report_part=Correction+sheets": "Hand out",
    "time_study?study_part=Random+moments": "andom moments",
    "concerns?concerns_part=Team+check-in": "check-in",
    "calculator?one=35&hours=30": "do not fit",
    "data": "Bluff County",
    "decide": "Bluff County: short",
    "": "36 students",
}


def query(page) -> dict[str, list[str]]:
    """What the address asks for."""
    return parse_qs(urlparse(page.url).query)


@pytest.mark.parametrize("address", navigation.EARLIER)
def test_an_address_of_an_earlier_version_opens_todays_page_with_its_query(page, sample_server, address):
    view = navigation.EARLIER[address]
    page.goto(f"{sample_server}/{address}?state=Wisconsin")
    today = "/" if view is navigation.HOME else f"/{view.name}"
    page.wait_for_url(lambda url: urlparse(url).path == today, timeout=60_000)
    settle(page)
    assert query(page)["state"] == ["Wisconsin"]
    expect(page.get_by_test_id("stPopoverButton").first).to_contain_text("Rules of Wisconsin")
    assert page.get_by_role("heading", level=1).count() == 1


@pytest.mark.parametrize("address", NAMED)
def test_a_link_opens_what_it_names(page, sample_server, address):
    page.goto(f"{sample_server}/{address}")
    settle(page)
    shown = page.get_by_test_id("stMain").inner_text()
    assert NAMED[address] in " ".join(shown.split())
    asked = parse_qs(address.partition("?")[2])
    assert {name: query(page).get(name) for name in asked} == asked


def test_no_address_holds_a_name_while_names_are_shown(page, sample_server):
    people = list(sample_answer().therapists["therapist"])
    visited: list[str] = []
    page.on("framenavigated", lambda frame: visited.append(frame.url))
    page.goto(f"{sample_server}/people")
    settle(page)
    page.get_by_test_id("stPopoverButton").click()
    page.get_by_text("Show therapists' names").click()
    settle(page)
    page.keyboard.press("Escape")
    assert "Tennant" in page.get_by_test_id("stMain").inner_text()
    choose(page, "Therapist", "Marisol Tennant")
    assert re.fullmatch(r"OT \d+", query(page)["therapist"][0])  # the person by code, so that the link can be shared
    for view in navigation.ALL:
        go(page, view.title)
        visited.append(page.url)
        targets = page.locator("a").evaluate_all("links => links.map(link => link.href)")
        visited.extend(targets)
    parts = {part for name in people for part in name.split() if len(part) > 3}
    assert len(parts) > 10 and len(visited) > 100
    told = unquote(" ".join(visited))
    assert not [part for part in parts if part in told]


@pytest.mark.parametrize(
    "start, label, option, name",
    [
        ("people", "Therapist", "OT 7", "therapist"),
        ("schools", "School", "Lincoln Elementary", "school"),
        ("people", "Role", "OTA", "role"),
    ],
)
def test_back_undoes_a_choice(page, sample_server, start, label, option, name):
    page.goto(f"{sample_server}/{start}")
    settle(page)
    if name == "role":
        page.get_by_text("Narrow the list").click()
        settle(page)
    before = page.get_by_role("heading", level=1).inner_text(), page.locator(".st-key-card_open").inner_text()
    choose(page, label, option)
    assert query(page)[name] == [option]
    page.go_back()
    settle(page)
    assert name not in query(page) and urlparse(page.url).path == f"/{start}"
    assert (
        page.get_by_role("heading", level=1).inner_text(),
        page.locator(".st-key-card_open").inner_text(),
    ) == before


@pytest.mark.parametrize(
    "start, label, option, name",
    [
        ("people", "Therapist", "OT 7", "therapist"),
        ("people", "Role", "OTA", "role"),
        ("schools", "School", "Lincoln Elementary", "school"),
    ],
)
def test_a_choice_stands_when_one_comes_back_from_another_page(page, sample_server, start, label, option, name):
    page.goto(f"{sample_server}/{start}")
    settle(page)
    (narrow if name == "role" else choose)(page, label, option)
    before, narrowed = title(page), page.get_by_role("button", name="Show all").count()
    for _ in range(2):
        go(page, "Answer")
        go(page, start.capitalize())
        assert query(page)[name] == [option] and title(page) == before
        assert page.get_by_role("button", name="Show all").count() == narrowed
    page.go_back()  # to the answer, and once more to the choice
    page.go_back()
    settle(page)
    assert query(page)[name] == [option] and title(page) == before


def test_back_leads_to_the_page_before(page, sample_server):
    page.goto(f"{sample_server}/answer")
    settle(page)
    before, used = title(page), figure(page, "Capacity used")
    go(page, "What it stands on")
    page.go_back()
    settle(page)
    assert title(page) == before and figure(page, "Capacity used") == used


@pytest.mark.parametrize("place, next_step", [("Schools", ""), ("", "See who could share work")])
def test_one_step_back_from_another_page_opens_the_person_again(page, sample_server, place, next_step):
    """By a link or by a button: going to a page is one step in the history, whatever its address says afterwards."""
    page.goto(f"{sample_server}/people")
    settle(page)
    if place:
        choose(page, "Therapist", "OT 7")
    before, asked, steps = title(page), query(page), page.evaluate("history.length")
    if place:
        go(page, place)
    else:
        page.get_by_role("button", name=next_step).click()
        page.wait_for_url("**/rebalance*")
        settle(page)
    assert page.evaluate("history.length") == steps + 1
    page.go_back()
    settle(page)
    assert (title(page), query(page)) == (before, asked)
    assert ("OT 7" in before) == bool(place)

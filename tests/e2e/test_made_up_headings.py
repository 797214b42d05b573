"""A first-time user with an export whose headings were made up: from the file to the answer by what the page says."""

from __future__ import annotations

import re

import pytest

from tests.e2e.screen import settle, upload
from tests.intake.rosters import book

AMOUNTS = ("2 x 30 min weekly", "30 min weekly", "60 min biweekly", "45 min weekly")
PEOPLE = ("Tennant, R", "Halloran, P", "Osei, C")
# The page is one sheet that nothing names, or one whose headings are half known.
EXPORTS = {
    "nothing is known": ("Wugg", "Bldg", "Svc amt", "Zort"),
    "half is known": ("Wugg", "Bldg", "Tx mins/freq", "Prov"),
}
MOST_CLICKS = 14


def export(headings: tuple[str, ...]) -> bytes:
    """Twenty-four rows under a title and these headings."""
    rows = [
        [
            f"{['Ann', 'Bo', 'Cy', 'Di', 'Ed', 'Flo'][at % 6]} {chr(65 + at)}arson",
            ("LIN", "TES")[at % 2],
            AMOUNTS[at % 4],
            PEOPLE[at % 3],
        ]
        for at in range(24)
    ]
    return book(Fall_list=[["Fall caseload export", "", "", ""], headings, *rows])


class Hand:
    """The hand of somebody who does what the page says, and how often it clicks."""

    def __init__(self, page) -> None:
        self.page, self.clicks = page, []

    def click(self, at, what: str) -> None:
        at.scroll_into_view_if_needed()
        at.click()
        self.clicks.append(what)
        settle(self.page)

    def choose(self, label: str, option: str) -> None:
        """Open a list, type the first letters, take what is offered."""
        box = self.page.get_by_role("combobox", name=re.compile(rf"\b{label}$")).first
        box.scroll_into_view_if_needed()
        box.click()
        box.fill(option)
        self.page.get_by_role("option", name=option, exact=True).click()
        self.clicks += [f"open {label}", f"choose {option}"]
        settle(self.page)


@pytest.mark.parametrize("kind", EXPORTS)
def test_made_up_headings_lead_to_the_answer_without_reading_anything(page, server, kind, capsys):
    page.goto(f"{server}/data")
    settle(page)
    upload(page, "fall.xlsx", export(EXPORTS[kind]))
    hand = Hand(page)
    for _ in range(MOST_CLICKS):
        if page.locator(".st-key-card_done").count():
            break
        follow(page, hand)
    hand.click(page.get_by_role("button", name="See the answer"), "See the answer")
    page.wait_for_url("**/answer*", timeout=30_000)
    page.get_by_role("heading", level=1).filter(has_text="FTE").wait_for(timeout=30_000)
    assert not page.get_by_text("arson").count()  # no child is named anywhere
    assert len(hand.clicks) <= MOST_CLICKS, hand.clicks
    with capsys.disabled():
        print(f"\n{kind}: {len(hand.clicks)} clicks: {', '.join(hand.clicks)}")


def follow(page, hand: Hand) -> None:
    """Do the next thing that the page asks for."""
    lacks = page.locator(".fate.open", has_text="Choose the column that says")
    if page.get_by_text("say below which sheet").count():
        hand.choose("Use this sheet as", "Services")
    elif lacks.filter(has_text="who the student is").count():
        hand.choose("Wugg", "Student name")
    else:
        card = page.locator('[class*="st-key-card_question"]').first
        words = card.inner_text()
        if "column" in words and "not understood" in words:
            hand.click(card.get_by_text("Something else"), "Something else")
            heading = next(name for name in ("Zort", "Prov", "Svc amt", "Wugg") if name in words)
            means = {"Svc amt": "How much, in words", "Wugg": "Student name"}.get(heading, "Therapist")
            hand.choose(f"What the column {heading} holds", means)
        else:
            hand.click(card.locator("[role=radiogroup] label").first, "the first answer")
        hand.click(card.get_by_role("button", name="Use this answer"), "Use this answer")

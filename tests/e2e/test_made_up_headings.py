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


def secretary() -> bytes:
    """A secretary's list: a title, words of her own, a remark in the minutes, a total without a label."""
    rows = [
        [
            f"{['Ann', 'Bo', 'Cy', 'Di'][at % 4]} {chr(65 + at)}arson",
            ("Lincoln", "Tesla")[at % 2],
            "Kim V.",
            ("2x30 wk", "30 min q wk")[at % 2],
        ]
        for at in range(12)
    ]
    rows[5][3] = "DISMISSED 9/12"
    head = [
        ["OT kids 26-27", "", "", ""],
        ["updated by the office", "", "", ""],
        ["Child", "Where", "Who sees them", "Time"],
    ]
    return book(OT_list_26=[*head, *rows])


def record_system() -> bytes:
    """An export of a record system: several services, codes, dates, and columns that nobody needs."""
    heads = [
        "Stdt Nbr",
        "Svc Bldg",
        "Svc Desc",
        "Mins",
        "Freq",
        "Freq Unit",
        "Begin Dt",
        "Stop Dt",
        "Prvdr",
        "Consent Dt",
    ]
    rows = [
        [
            77000 + at // 2,
            ("Lincoln", "Tesla")[at % 4 // 2],
            ("Occupational Therapy", "Speech Therapy")[at % 2],
            30,
            1 + at % 3,
            ("Weekly", "Monthly")[at % 2],
            "8/17/2026",
            "6/4/2027",
            ("Vale, K", "Moss, L")[at % 2],
            "5/1/2026",
        ]
        for at in range(24)
    ]
    return book(Service_delivery=[heads, *rows])


def cooperative() -> bytes:
    """A lead's sheet of a cooperative: two members with the same numbers, minutes with a period beside them."""
    heads = ["Member", "SID", "Attending Site", "Prov", "Rx (min)", "Rx (per)", "Elig"]
    rows = [
        [
            ("Ashland", "Bristol")[at % 2],
            9000 + at // 2,
            ("Dover", "Kent")[at % 2],
            ("Vale", "Hart")[at % 2],
            (30, 120)[at % 3 == 0],
            ("wk", "mo")[at % 3 == 0],
            "SLD",
        ]
        for at in range(20)
    ]
    return book(All_members=[heads, *rows])


def days_of_the_week() -> bytes:
    """A therapist's own plan: minutes under the days."""
    rows = [
        [f"{['Ann', 'Bo', 'Cy'][at % 3]} {chr(65 + at)}arson", ("Dover", "Kent")[at % 2], "Voss", *week]
        for at, week in enumerate(
            [[30, None, 30, None, None], [None, 20, None, 20, 20], [None, None, None, 45, None]] * 4
        )
    ]
    return book(Week=[["Kiddo", "Site", "OT", "M", "Tu", "W", "Th", "F"], *rows])


def services_side_by_side() -> bytes:
    """An export with the related services of a student beside one another."""
    heads = ["Stu#", "School", "Related Service 1", "RS1 Min/Wk", "Related Service 2", "RS2 Min/Wk"]
    rows = [
        [4000 + at, ("Dover", "Kent")[at % 2], *(("OT", 30, "Speech", 60), ("Speech", 30, "OT", 45))[at % 2]]
        for at in range(12)
    ]
    return book(Export=[heads, *rows])


def list_of_all_staff() -> bytes:
    """A caseload with last names, and the office's list of everybody with last and first names apart."""
    children = [[700 + at, ("Dover", "Kent")[at % 2], 60, ("Nash", "Orr")[at % 2]] for at in range(12)]
    staff = [
        ["Nash", "Kay", "RELSV", "OT Registered", 100],
        ["Orr", "Lee", "RELSV", "Occupational Ther", 50],
        ["Penn", "Mo", "RELSV", "PT", 100],
        ["Rusk", "Al", "TRANSP", "Bus Aide", 75],
    ]
    return book(
        Caseload=[["Student #", "Serving Site", "OT Mins Wkly", "OT Provider"], *children],
        HR_list=[["Last Name", "First Name", "Dept", "Position Title", "% Employed"], *staff],
    )


def answers_of_a_form() -> bytes:
    """What teachers and therapists typed into a form: the questions are the headings."""
    heads = [
        "Timestamp",
        "Student ID number",
        "Which school does the student attend?",
        "How many minutes of OT per week does this student receive?",
        "Is the service direct or consult?",
        "Who provides the OT?",
    ]
    rows = [
        [
            "9/2/2026 8:14",
            510 + at,
            ("Dover", "Kent")[at % 2],
            (30, 45)[at % 2],
            ("Direct", "Consult")[at % 4 == 3],
            "Kim Vale",
        ]
        for at in range(12)
    ]
    return book(Form_Responses_1=[heads, *rows])


def billing_office() -> bytes:
    """Authorizations as a billing office keeps them: units, and nothing about how long one is."""
    heads = ["Client ID", "Facility", "Service Auth", "Authorized Units / Month", "Therapist"]
    rows = [[7300 + at, ("Dover", "Kent")[at % 2], "OT", (8, 4)[at % 2], ("Vale", "Hart")[at % 2]] for at in range(12)]
    return book(Auths=[heads, *rows])


def own_caseload() -> bytes:
    """A therapist's own list: the name above it, stars beside some numbers, a count and a note below."""
    rows = [
        [f"{['Ann', 'Bo', 'Cy'][at % 3]} {chr(65 + at)}arson", "Dover", (30, "30*")[at % 4 == 1]] for at in range(12)
    ]
    return book(
        Mine=[
            ["Caseload of: Ann Vale, OTR/L", None, None],
            ["Student", "School", "OT m's a wk"],
            *rows,
            ["Caseload count:", 12, None],
            ["* consult only", None, None],
        ]
    )


def groups_in_rows() -> bytes:
    """A group list: several children in a cell, one row for each group."""
    rows = [
        ["Mon 9:00", "Ann Aarson; Bo Barson", "Dover", 30, "Vale"],
        ["Mon 9:30", "Cy Carson", "Dover", 30, "Vale"],
        ["Tue 9:00", "Di Darson; Ed Earson; Flo Farson", "Kent", 45, "Hart"],
    ]
    return book(Groups=[["When", "Kiddos", "Where", "Wkly mins", "Run by"], *rows])


def people_over_their_rows() -> bytes:
    """A department's list: each person's name over the rows, direct and consult apart, a printed foot."""
    rows = [
        ["Kim Vale", None, None],
        ["Ann Aarson", "Dover", 30],
        ["Bo Barson", "Dover", 60],
        ["Lee Hart", None, None],
        ["Cy Carson", "Kent", 45],
        ["Page 1 of 1", None, None],
        ["Printed by the office 9/28/2026", None, None],
    ]
    return book(OT_dept=[["OT department", None, None], ["Youngster", "Bldg", "OT mins/wk"], *rows])


def fields_of_a_database() -> bytes:
    """An ad hoc report: the fields of tables, camel case, every service, last year's rows among this year's."""
    heads = [
        "student.localNumber",
        "student.attendingSchool",
        "plan.schoolYear",
        "planService.serviceName",
        "planService.minutesPerSession",
        "planService.sessionsPerWeek",
        "planService.providerName",
    ]
    rows = [
        [
            8800 + at // 3,
            ("Dover", "Kent")[at // 3 % 2],
            ("2026-27", "2026-27", "2025-26")[at % 3],
            ("Occupational Therapy", "Speech", "Occupational Therapy")[at % 3],
            30,
            1 + at % 2,
            ("Vale", "Moss", "Vale")[at % 3],
        ]
        for at in range(18)
    ]
    return book(adHoc=[heads, *rows])


# What twelve new users brought, and how many clicks may lead from the file to the answer.
TRIALS = {
    "a secretary": (secretary, 2),
    "a record system": (record_system, 2),
    "a cooperative": (cooperative, 2),
    "days of the week": (days_of_the_week, 2),
    "services side by side": (services_side_by_side, 2),
    "a list of all staff": (list_of_all_staff, 4),
    "a form": (answers_of_a_form, 2),
    "a billing office": (billing_office, 4),
    "a therapist's own list": (own_caseload, 4),
    "groups": (groups_in_rows, 4),
    "people over their rows": (people_over_their_rows, 4),
    "fields of a database": (fields_of_a_database, 4),
}


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


@pytest.mark.parametrize("kind", TRIALS)
def test_what_a_new_user_brings_leads_to_the_answer_in_a_few_clicks(page, server, kind, capsys):
    made, most = TRIALS[kind]
    lead_to_the_answer(page, server, kind, made(), most, capsys)


@pytest.mark.parametrize("kind", EXPORTS)
def test_made_up_headings_lead_to_the_answer_without_reading_anything(page, server, kind, capsys):
    lead_to_the_answer(page, server, kind, export(EXPORTS[kind]), MOST_CLICKS, capsys)


def lead_to_the_answer(page, server, kind: str, data: bytes, most: int, capsys) -> None:
    """From the empty page to the answer, by doing what the page says, in no more clicks than these."""
    page.goto(f"{server}/data")
    settle(page)
    upload(page, "fall.xlsx", data)
    hand = Hand(page)
    for _ in range(most):
        if page.locator(".st-key-card_done").count():
            break
        follow(page, hand)
    hand.click(page.get_by_role("button", name="See the answer"), "See the answer")
    page.wait_for_url("**/answer*")
    page.get_by_role("heading", level=1).filter(has_text="FTE").wait_for()
    assert not page.get_by_text("arson").count()  # no child is named anywhere
    assert len(hand.clicks) <= most, hand.clicks
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

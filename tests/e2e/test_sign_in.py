"""One server for a district: sign-in at a real provider, and what each role can reach by any address."""

from __future__ import annotations

import urllib.request
from datetime import date

from dashboard.shell import navigation
from tests.e2e.busy_district import busy
from tests.e2e.district_server import BOSS, DAY, NAMES, OWN, said, sign_in
from tests.e2e.screen import go, settle, title, upload
from tests.e2e.test_accessibility import report, violations
from tests.e2e.test_frame import SIGNED_IN, unmatched
from tests.e2e.test_keeping import ROSTER
from tests.store.test_packing import sample
from workload.store.check_in_rounds import rounds
from workload.store.roles import AUDITOR, LEAD, READER, THERAPIST
from workload.store.therapist_week import said_by_all


def test_without_sign_in_no_address_shows_anything(page, served):
    address, *_ = served
    for path in ("", *(view.name for view in navigation.ALL), *navigation.EARLIER, "my_week", "for_the_board"):
        page.goto(f"{address}/{path}")
        settle(page)
        assert page.get_by_role("button", name="Sign in").count(), path
        assert "Bluff" not in said(page) and not [name for name in NAMES if name in said(page)], path


def test_somebody_without_a_role_sees_nothing_whatever_the_provider_says_of_him(page, served):
    sign_in(page, served, "stranger@elsewhere.example")
    assert "Nobody has given you a role yet" in said(page) and "Bluff" not in said(page)


def test_a_therapist_sees_and_confirms_the_own_week_and_no_address_shows_a_colleague(page, served):
    address, _, district, _ = served
    sign_in(page, served, f"{THERAPIST}@district.example")
    assert "Is this your week?" in said(page)
    others = [name for name in NAMES if name != OWN]
    foreign = set(sample().roster.services["student"]) - set(
        sample().roster.services.loc[sample().roster.services["therapist"] == OWN, "student"]
    )
    for path in ("", *(view.name for view in navigation.ALL), *navigation.EARLIER, "people?therapist=OT+2"):
        page.goto(f"{address}/{path}")
        settle(page)
        text = said(page)
        assert not [name for name in others if name in text] and not [one for one in foreign if one in text], path
        assert not page.locator(".st-key-context").count() and not page.get_by_test_id("stFileUploader").count(), path
    page.goto(address)
    settle(page)
    assert not unmatched(page, SIGNED_IN)
    page.get_by_role("button", name="My week is right").click()
    page.get_by_text("It is right.").wait_for()
    assert [(each.therapist, each.said) for each in said_by_all(district, DAY)] == [(OWN, "right")]


def test_the_own_week_is_answered_on_the_first_screen_and_a_phone_leads_between_the_pages(page, served):
    sign_in(page, served, f"{THERAPIST}@district.example")
    assert title(page).startswith("You have ") and " hours of work in a week of " in title(page)
    right = page.get_by_role("button", name="My week is right").bounding_box()
    assert right["y"] + right["height"] <= 720
    found = {"week": violations(page)}
    page.set_viewport_size({"width": 390, "height": 844})
    found["week on a phone"] = violations(page)
    page.locator(".st-key-strip").get_by_role("link", name="For the board").click()
    page.wait_for_url("**/for_the_board*")
    settle(page)
    assert title(page) == "What the board may see"
    found["board on a phone"] = violations(page)
    report(found)


def test_a_reader_gets_what_a_board_may_see_and_nothing_else(page, served):
    address, *_ = served
    sign_in(page, served, f"{READER}@district.example")
    assert "What the board may see" in said(page)
    for path in ("answer", "people", "data", "my_week", "check"):
        page.goto(f"{address}/{path}")
        settle(page)
        assert not [name for name in NAMES if name in said(page)] and "Is this your week" not in said(page), path


def test_what_a_lead_brings_the_administrator_sees_in_another_browser_and_an_auditor_cannot_change(
    page, browser, served
):
    address, *_ = served
    sign_in(page, served, f"{LEAD}@district.example")
    page.goto(f"{address}/data")
    settle(page)
    upload(page, "roster.csv", ROSTER, "text/csv")
    page.locator("[data-kept]").first.wait_for()
    go(page, "Answer")
    told = title(page)
    for email in (BOSS.email, f"{AUDITOR}@district.example"):
        context = browser.new_context()
        other = context.new_page()
        sign_in(other, served, email)
        other.goto(f"{address}/answer")
        settle(other)
        assert title(other) == told
        if email != BOSS.email:
            go(other, "Assumptions")
            box = other.get_by_role("spinbutton").first
            box.fill("34")
            box.press("Enter")
            settle(other)
            assert "what you change here is not kept" in said(other)
        context.close()
    page.reload()
    settle(page)
    assert title(page) == told
    page.locator(".st-key-settings").get_by_role("button").first.click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").wait_for()


def test_a_team_answers_by_a_link_without_a_name_and_the_lead_sees_counts_once_it_is_closed(page, browser, served):
    """Six people on phones that never sign in, one of them too late; nothing but their counts is in the store."""
    address, _, district, _ = served
    sign_in(page, served, f"{LEAD}@district.example")
    page.goto(f"{address}/data")
    settle(page)
    upload(page, "roster.csv", ROSTER, "text/csv")
    page.goto(f"{address}/concerns?concerns_part=Team+check-in")
    settle(page)
    page.get_by_role("button", name="Make the link").click()
    link = page.locator(".stCode code").inner_text().strip()
    assert link.startswith(f"{address}/check-in?c=")
    for number in range(6):
        phone = browser.new_context(viewport={"width": 390, "height": 844})
        other = phone.new_page()
        other.goto(link)
        other.get_by_role("button", name="Send my answers").wait_for()
        other.get_by_role("heading", name="Ten questions about your work").wait_for()
        text = said(other)
        assert "Ten questions about your work" in text and not [name for name in NAMES if name in text]
        assert not other.locator(".st-key-context, .st-key-strip").count()
        if number == 5:  # had the page open while the check-in was closed
            settle(page)
            page.reload()
            settle(page)
            page.get_by_text("At least 5 have answered").wait_for()
            page.get_by_role("button", name="Close and show the counts").click()
            page.get_by_role("button", name="Make the link").wait_for()
        if number < 3:
            other.get_by_text("Were you relieved").click()
        other.get_by_role("button", name="Send my answers").click()
        if number == 5:
            other.get_by_text("This check-in is closed").wait_for()
        else:
            other.get_by_text("Your answer is counted").wait_for()
        other.goto(f"{address}/concerns")
        other.get_by_role("button", name="Sign in").wait_for()
        phone.close()
    page.get_by_text("3 of 5 said yes to relief").wait_for()
    (one,) = rounds(district, date.today())
    assert (one.counts.answers, one.counts.yes["relief"]) == (5, 3)
    page.goto(link)
    page.get_by_text("There is no check-in here").wait_for()


def test_the_server_says_whether_it_is_ready(served):
    with urllib.request.urlopen(f"{served[0]}/own/ready", timeout=30) as answer:
        assert answer.read() == b"ready"


def test_many_at_once_in_every_role_each_get_their_pages(served):
    told = busy(served, people=5, rounds=2, thinking=0)
    assert not told.faults and (len(told.first), len(told.waits)) == (5, 10)

"""A tab that was left open belongs to nobody once its browser has signed out, and no link leads from one role to another."""

from __future__ import annotations

from tests.e2e.district_server import NAMES, OWN, said, sign_in
from tests.e2e.screen import settle
from workload.store.roles import LEAD, READER, THERAPIST


def test_a_tab_that_was_left_open_and_its_files_are_nobodys_after_sign_out(page, served):
    sign_in(page, served, f"{READER}@district.example")
    page.get_by_text("Make the files").click()
    settle(page)
    with page.expect_download() as caught:
        page.get_by_test_id("stDownloadButton").first.get_by_role("button").click()
    file = caught.value.url
    assert page.request.get(file).status == 200
    other = page.context.new_page()
    other.goto(served.address)
    settle(other)
    other.get_by_role("button", name="Sign out").click()
    other.get_by_role("button", name="Sign in").wait_for()
    assert page.request.get(file).status == 404
    page.get_by_text("Make the files").click()
    page.get_by_role("button", name="Sign in").wait_for()
    settle(page)
    assert "What the board may see" not in said(page)
    other.goto(f"{served.address}/for_the_board")
    settle(other)
    assert other.get_by_role("button", name="Sign in").count()


def test_who_signs_in_after_somebody_else_in_the_same_browser_gets_the_own_pages_in_every_tab(page, served):
    sign_in(page, served, f"{THERAPIST}@district.example")
    assert "Is this your week?" in said(page)
    other = page.context.new_page()
    other.goto(f"{served.address}/auth/logout")
    other.get_by_role("button", name="Sign in").wait_for()
    sign_in(other, served, f"{READER}@district.example")
    assert "What the board may see" in said(other)
    page.get_by_text("My time log", exact=True).click()
    page.wait_for_timeout(2_000)
    settle(page)
    assert OWN not in said(page) and "Add to my log" not in said(page) and "Is this your week?" not in said(page)


LINKS = (
    "my_week?mine_part=Something+is+not+right",
    "?mine_part=My+time+log",
    "people?therapist=OT+2&people_part=Log",
    "report?report_part=Correction+sheets",
    "schools?school=Lincoln+Elementary",
    "for_the_board/../people?therapist=OT+1",
    "access?email=boss",
)


def test_links_of_a_therapist_and_of_a_lead_show_a_reader_what_a_board_may_see_alone(page, served):
    sign_in(page, served, f"{READER}@district.example")
    for link in LINKS:
        page.goto(f"{served.address}/{link}")
        settle(page)
        text = said(page)
        assert not [name for name in NAMES if name in text] and "S-" not in text, link
        for sign in ("It should be", "Add to my log", "Who changed what", "Hand out", LEAD + "@"):
            assert sign not in text, (link, sign)

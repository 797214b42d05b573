"""The table of pages and roles in docs/ROLES.md, tried address by address; and a file of one role asked for by another."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import ROOT
from tests.e2e.district_server import BOSS, NAMES, sign_in
from tests.e2e.screen import settle
from workload.store.roles import ADMINISTRATOR, AUDITOR, READER, ROLES_GIVEN

TEXT = (ROOT / "docs" / "ROLES.md").read_text(encoding="utf-8").partition("| address |")[2].partition("\n\n")[0]
HEAD, _, *LINES = TEXT.splitlines()
ROLES = HEAD.strip("| ").split(" | ")
TABLE = {
    cells[0]: dict(zip(ROLES, cells[1:], strict=True)) for cells in (row.strip("| ").split(" | ") for row in LINES)
}
# What only this page shows, once somebody is on it.
SIGNS = {"my_week": "Is this your week?", "for_the_board": "What the board may see", "access": "Who changed what"}


def test_the_table_names_every_role():
    assert set(ROLES) == set(ROLES_GIVEN) and len(TABLE) >= 9


@pytest.mark.parametrize("role", ROLES)
def test_each_address_opens_for_the_roles_of_its_row_and_for_nobody_else(page, served, role):
    address = served[0]
    sign_in(page, served, BOSS.email if role == ADMINISTRATOR else f"{role}@district.example")
    for path, row in TABLE.items():
        page.goto(f"{address}/{path}")
        settle(page)
        text = page.locator("body").inner_text()
        whole = bool(page.locator(".st-key-strip").count())
        assert "Page not found" not in text or row[role] != "yes", (role, path)
        opens = SIGNS[path] in text if path in SIGNS else whole and "Page not found" not in text
        assert opens == (row[role] == "yes"), (role, path)
        if role in (AUDITOR, READER):
            assert not [name for name in NAMES if name in text], (role, path)


def test_a_file_that_was_offered_to_one_is_not_found_by_another(page, browser, served):
    sign_in(page, served, f"{READER}@district.example")
    page.goto(f"{served[0]}/for_the_board")  # the start page under its own name can be worked with as well
    settle(page)
    page.get_by_text("Make the files").click()
    settle(page)
    with page.expect_download() as caught:
        page.get_by_test_id("stDownloadButton").first.get_by_role("button").click()
    file = caught.value.url
    assert "/media/" in file and page.request.get(file).status == 200
    context = browser.new_context()
    other = context.new_page()
    sign_in(other, served, f"{AUDITOR}@district.example")
    assert other.request.get(file).status == 404
    context.close()

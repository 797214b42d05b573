"""What a sign-in proves, and for how long."""

from __future__ import annotations

import pytest

from dashboard.shell.sign_in import HOURS, email_of

NOW = 1_800_000_000.0
GOOD = {"email": " Lead@District.example ", "iat": NOW - 60}


def test_the_address_of_a_fresh_sign_in_counts_in_small_letters():
    assert email_of(GOOD, NOW) == "lead@district.example"
    assert email_of({**GOOD, "email_verified": True}, NOW) == "lead@district.example"


@pytest.mark.parametrize(
    "change",
    [
        {"iat": NOW - HOURS * 3600 - 1},
        {"iat": NOW + 3600},
        {"iat": None},
        {"iat": "yesterday"},
        {"email": None},
        {"email": ""},
        {"email": ["a@b.example"]},
        {"email_verified": False},
    ],
    ids=repr,
)
def test_an_old_or_odd_sign_in_proves_nothing(change):
    assert email_of({**GOOD, **change}, NOW) == ""
    assert email_of({}, NOW) == ""

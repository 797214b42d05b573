"""Small tables beside the roster: headings found, examples and totals left out, everything else refused in words."""

import datetime

import pytest

from workload.intake.records import records_of

KNOWN = {"required": "required_minutes", "delivered": "delivered_minutes", "month": "month"}
WANTED = ("required_minutes", "delivered_minutes")


def test_rows_carry_their_headings_and_their_place():
    found = records_of(
        "a.csv", b"Minutes of OT,,\n\nMonth,Required,Delivered\n2026-09,100,80\n\n2026-10,50,\n", WANTED, KNOWN
    )
    assert found.refusal is None
    assert [record["Required"] for record in found.records] == [100, 50] or [
        str(record["Required"]) for record in found.records
    ] == ["100", "50"]
    assert len(found.rows) == 2 and found.rows[1] > found.rows[0] >= 3


def test_examples_and_totals_are_left_out():
    found = records_of("a.csv", b"Month,Required,Delivered\nEXAMPLE-1,1,1\nTotal,9,9\n2026-09,5,5\n", WANTED, KNOWN)
    assert [record["Month"] for record in found.records] in (["2026-09"], [datetime.date(2026, 9, 1)])


def test_columns_that_are_not_known_are_not_carried():
    found = records_of("a.csv", b"Name,Required,Delivered\nTom,5,5\n", WANTED, KNOWN)
    assert "Tom" not in str(found.records)


@pytest.mark.parametrize(
    ("data", "code"), [(b"Pets,Names\ncat,Tom\n", "no-headings"), (b"Required\n5\n", "no-headings")]
)
def test_a_file_without_the_columns_is_refused_with_a_remedy(data, code):
    found = records_of("a.csv", data, WANTED, KNOWN)
    assert found.refusal.code == code and found.refusal.remedy and not found.records


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04broken", b"\x00" * 50])
def test_any_other_file_is_refused_and_never_raises(data):
    found = records_of("a.xlsx", data, WANTED, KNOWN)
    assert found.refusal is not None and found.refusal.message

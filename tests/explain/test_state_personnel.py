"""The federal personnel file by hand: OTs for each 1,000 students with disabilities, in each layout that it may have."""

import pytest

from workload.explain.state_personnel import counts_in
from workload.intake.open.opening import open_file

NOTES = "Extraction Date:,x\nNote: invented figures for a test\n"


def read(text: str, name: str = "bpersonnel2023-24.csv"):
    return counts_in(open_file(name, text.encode()))


def test_a_total_by_state_over_the_students_of_the_nearest_year_by_hand():
    """Alabama served 99,921 students in 2022-23 and Alaska 19,368: 199.842 and 96.84 FTE are 2.0 and 5.0 for each 1,000."""
    found = read(
        NOTES + "Year,State,Personnel Type,Total FTE Certified,Total FTE\n"
        "2022,Alabama,Occupational Therapists,150,199.842\n2022,Alabama,Physical Therapists,1,900\n"
        "2022,ALASKA,occupational therapists,90,96.84\n2022,Guam,Occupational Therapists,1,7\n2022,Arizona,Occupational Therapists,-,-\n"
    )
    assert found.per_1000 == pytest.approx({"AL": 2.0, "AK": 5.0}) and (found.year, found.served) == (2022, "2022-23")
    told = found.words("AK", 7.4)
    assert told.startswith(
        "Alaska in 2022: 97 FTE of OTs, 5.0 for each 1,000 students with disabilities, more than in 50%"
    )
    assert "3.5 OTs for each 1,000" in told and "Here 7.4 are needed." in told and "no standard" in told
    assert (
        read("State,Type,Total FTE\nAlabama,Occupational Therapists,200\n")
        .words(None, None)
        .startswith("1 states in 2023")
    )


def test_certified_and_not_certified_and_ages_add_up():
    """100 + 20 for ages 3 to 5 and 70 + 9.842 for the others are the same 199.842."""
    found = read(
        "Reporting Year,State,Ages,Staff,FTE Fully Certified,FTE Not Fully Certified\n"
        "2022-23,AL,3-5,Occupational Therapists,100,20\n2022-23,AL,5-21,Occupational Therapists,70,9.842\n"
        "2022-23,AL,5-21,Occupational Therapist Assistants,500,9\n"
    )
    assert found.per_1000 == pytest.approx({"AL": 2.0})


def test_a_row_of_all_ages_is_not_added_to_its_parts_and_an_older_year_not_to_the_newest():
    found = read(
        "Year,State,Ages,Staff,Total FTE\n"
        "2022,Alabama,3-5,Occupational Therapists,120\n2022,Alabama,5 (K)-21,Occupational Therapists,79.842\n"
        "2022,Alabama,3-21,Occupational Therapists,199.842\n2021,Alabama,3-21,Occupational Therapists,150\n"
    )
    assert found.per_1000 == pytest.approx({"AL": 2.0}) and found.year == 2022


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        "State,Personnel,Total FTE\nAlabama,Physical Therapists,5\n",
        "State,Personnel,Total\nAlabama,Occupational Therapists,90000\n",
        "State,Personnel\nAlabama,Occupational Therapists\n",
        "",
    ],
)
def test_another_file_is_refused_in_a_sentence(text):
    found = read(text)
    assert found.refusal.endswith(".") and not found.per_1000

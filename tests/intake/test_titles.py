"""What stands above the headings is the therapist or school of every row only where it names one."""

import pytest

from tests.intake.rosters import book, loaded
from tests.intake.test_reading_cases import figures
from workload.intake.blocks.band_rows import told_above

ABOUT_NO_ONE = (
    "OT: Caseload",
    "OT: see column F",
    "OT: Sept 2026",
    "OT: Sept",
    "OT: April",
    "OT: Elementary",
    "Prepared by Jane Smith, OTR/L",
    "Prepared by: Jane Smith, OTR/L",
    "Supervisor: Jane Smith OTR/L",
    "School: 2026-27",
    "Building: All",
    "School: Dover Unified School District",
    "Middle School Team",
    "Extended School Year",
    "School Based OT",
    "Elementary",
    "Occupational Therapy - Elementary",
)
NAMES = {
    "Therapist: Ann Vale": {"therapist": "Ann Vale"},
    "OT: Vale": {"therapist": "Vale"},
    "OT: April Vale": {"therapist": "April Vale"},
    "Provider: Vale, Ann": {"therapist": "Vale, Ann"},
    "Caseload of: Ann Vale, OTR/L": {"therapist": "Ann Vale, OTR/L"},
    "Ann Vale, OTR/L": {"therapist": "Ann Vale, OTR/L"},
    "OT: TBD": {"therapist": "TBD"},
    "School: Oak": {"school": "Oak"},
    "School: PS 12": {"school": "PS 12"},
    "All Saints Elementary": {"school": "All Saints Elementary"},
    "Ann Vale - Dover Elementary": {"school": "Dover Elementary", "therapist": "Ann Vale"},
}


@pytest.mark.parametrize("title", ABOUT_NO_ONE)
def test_a_title_about_the_list_or_its_author_names_nobody(title):
    assert told_above([title], set()) == {}


@pytest.mark.parametrize("title", NAMES)
def test_a_title_that_names_somebody_is_of_every_row(title):
    assert told_above([title], set()) == NAMES[title]


@pytest.mark.parametrize("title", [["OT", "Caseload"], ["Building", "All"], ["Prepared by", "Jane Smith, OTR/L"]])
def test_a_label_beside_its_value_is_no_other_than_a_title(title):
    rows = [title, ["Student ID", "OT min/wk"], ["1", 30], ["2", 60]]
    roster = loaded(book(Sheet1=rows)).roster
    assert set(roster.services["therapist"].dropna()) <= {"Unassigned", ""}
    assert figures(roster)["schools"] == 0


MINUTES = ["Student ID", "School", "Min/wk"]
LINES = [[1, "Birch", 30], [2, "Birch", 60]]
ALL_DIRECT, ALL_CONSULT = (90, 0), (0, 90)


def kinds_of(**sheets):
    own = figures(loaded(book(**sheets)).roster)
    return round(own["direct"]), round(own["consult"])


@pytest.mark.parametrize("title", ["OT CONSULT CASELOAD", "OT Consult Caseload 2026/27", "Consult only"])
def test_a_title_of_consultation_alone_is_the_kind_of_its_rows(title):
    assert kinds_of(Sheet1=[[title], [], MINUTES, *LINES]) == ALL_CONSULT


@pytest.mark.parametrize("title", ["OT and Consult", "OT/Consult caseload", "OT & consult"])
def test_a_title_of_two_kinds_is_the_kind_of_no_row(title):
    assert kinds_of(Sheet1=[[title], [], MINUTES, *LINES]) == ALL_DIRECT


def test_a_tab_of_two_kinds_is_the_kind_of_no_row():
    assert kinds_of(**{"OT & Consult": [MINUTES, *LINES]}) == ALL_DIRECT


def test_a_second_title_of_another_kind_leaves_the_kind_open():
    titles = [["OT CONSULT CASELOAD"], ["Direct students in bold"]]
    assert kinds_of(Sheet1=[*titles, MINUTES, *LINES]) == ALL_DIRECT


@pytest.mark.parametrize("sheet", ["Sheet1", "Consult"])
def test_cells_that_say_their_kind_are_not_overruled_by_a_title_or_tab(sheet):
    rows = [
        ["Student ID", "School", "Service"],
        [1, "Birch", "30 min direct weekly"],
        [2, "Birch", "60 min consult weekly"],
    ]
    titles = [["OT CONSULT CASELOAD"], []] if sheet == "Sheet1" else []
    assert kinds_of(**{sheet: [*titles, *rows]}) == (30, 60)
    sized = [[*MINUTES, "Group Size"], *[[*row, 3] for row in LINES]]
    assert kinds_of(**{sheet: [*titles, *sized]}) == (30, 0)

"""A list whose headings stand in a column is told to be turned, and its names are told to nobody."""

import pytest

from tests.intake.rosters import book, loaded

WHO = ["Student", "Abel, Zoe", "Byrd, Yan", "Cole, Xia"]
REST = [["School", "Oak", "Oak", "Elm"], ["Grade", 1, 2, 3], ["OT min/wk", 30, 60, 30]]


@pytest.mark.parametrize("who", [WHO, ["", *WHO[1:]], ["Student ID", 1001, 1002, 1003]])
@pytest.mark.parametrize("before", [[], [["Caseload of Oak"]]])
@pytest.mark.parametrize("name", ["Services", "Sheet1"])
def test_a_list_on_its_side_is_told_to_be_turned_without_its_names(who, before, name):
    result = loaded(book(**{name: [*before, who, *REST]}))
    assert not len(result.roster.services)
    assert all("Transpose" in issue.remedy for issue in result.roster.issues)
    assert not result.questions
    told = f"{result.roster.issues} {result.files}"
    assert not any(name in told for name in WHO[1:])


def test_a_sheet_of_other_things_is_not_a_list_on_its_side():
    result = loaded(book(Sheet1=[["School", "Notes", "Color"], ["Oak", "x", "red"], ["Elm", "y", "blue"]]))
    assert not any("Transpose" in issue.remedy for issue in result.roster.issues)

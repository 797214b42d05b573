"""A column that says who is in a group, and of how many: never taken for names of groups, which would put all students of
one mark into one room."""

from __future__ import annotations

from datetime import date

import pytest

from tests.intake import rosters
from workload.answer import analyze
from workload.intake.cells.group_words import in_a_group, size_of_group, tell_groups

STUDENTS, MINUTES = 12, 30


def given(heading, one, other):
    head = ["Student ID", "School", "Therapist", "Minutes per week", heading]
    rows = [[f"S{at}", "Oak", "Kim", MINUTES, (one, other)[at % 2]] for at in range(STUDENTS)]
    return rosters.loaded(rosters.book(Services=[head, *rows]))


def minutes(result) -> float:
    """Direct minutes a week of the therapist."""
    return 60 * analyze(result.roster, date(2026, 11, 30)).district["direct_hours"]


@pytest.mark.parametrize("heading", ["Group?", "Group", "Grp Y/N", "Individual or group"])
@pytest.mark.parametrize(
    ("one", "other", "size"),
    [
        ("Y (3)", "N", 3),
        ("Yes - 3 kids", "No", 3),
        ("G (4)", "I", 4),
        ("Group of 3", "Ind", 3),
        ("sm grp (2)", "1:1", 2),
    ],
)
def test_marks_with_a_size_are_the_delivery_and_the_size(heading, one, other, size):
    result = given(heading, one, other)
    lines = result.roster.services
    assert set(zip(lines["delivery"], lines["group_size"].fillna(1), strict=True)) == {
        ("group", size),
        ("individual", 1),
    }
    assert lines["group_id"].isna().all()
    assert minutes(result) == pytest.approx(STUDENTS / 2 * MINUTES * (1 + 1 / size))


@pytest.mark.parametrize("heading", ["Group?", "Grp Y/N"])
def test_marks_without_a_size_are_asked_and_count_nobody_together(heading):
    result = given(heading, "Y", "N")
    assert [each for each in result.questions if each.column == heading]
    assert minutes(result) == pytest.approx(STUDENTS * MINUTES)


def test_names_of_groups_stay_names():
    for one, other in (
        ("A", "B"),
        ("Tigers", "Bears"),
        ("Tue 9:00", "Thu 10:15"),
        ("Group 1", "Group 2"),
        ("Group-1", "Group-2"),
    ):
        result = given("Group", one, other)
        assert set(result.roster.services["group_id"]) == {one, other}
        assert minutes(result) == pytest.approx(2 * MINUTES)


@pytest.mark.parametrize("alone", ["Ind", "Individual", "No", "1:1", "n"])
def test_who_is_alone_beside_names_of_groups_is_in_none(alone):
    result = given("Group", "Group 1", alone)
    assert set(result.roster.services["group_id"].dropna()) == {"Group 1"}
    assert minutes(result) == pytest.approx(MINUTES + STUDENTS / 2 * MINUTES)


@pytest.mark.parametrize(
    ("names", "alone"),
    [(("G-1", "G-2"), "I"), (("Group (1)", "Group (2)"), "Ind"), (("II", "I"), None), (("NE", "N"), None)],
)
def test_numbered_groups_and_letters_are_names_and_a_group_of_one_is_none(names, alone):
    head = ["Student ID", "School", "Therapist", "Minutes per week", "Group"]
    of_three = [*names, alone or "III"]
    rows = [[f"S{at}", "Oak", "Kim", MINUTES, of_three[at % 3]] for at in range(STUDENTS)]
    result = rosters.loaded(rosters.book(Services=[head, *rows]))
    assert set(result.roster.services["group_id"].dropna()) == {*of_three} - {alone}
    assert minutes(result) == pytest.approx(MINUTES * (2 + STUDENTS / 3 if alone else 3))


@pytest.mark.parametrize(("one", "other"), [("G-2", "I"), ("Group-3", "No"), ("Y1", "Y2")])
def test_what_may_be_a_name_or_a_size_is_asked(one, other):
    result = given("Group", one, other)
    assert [each for each in result.questions if each.column == "Group"]
    assert minutes(result) == pytest.approx(STUDENTS * MINUTES)


def test_a_number_of_times_under_delivery_is_no_size_of_a_group():
    head = ["Student ID", "School", "Therapist", "Minutes per week", "Delivery"]
    rows = [[f"S{at}", "Oak", "Kim", MINUTES, ("Individual", "Individual", "x2")[at % 3]] for at in range(STUDENTS)]
    result = rosters.loaded(rosters.book(Services=[head, *rows]))
    assert [each for each in result.questions if "x2" in each.message]
    assert minutes(result) == pytest.approx(STUDENTS * MINUTES)


def test_letters_alone_may_be_names_of_groups():
    assert not tell_groups(["G", "I", "H"]) and not tell_groups(["G", "I", "N"]) and not tell_groups([])
    assert tell_groups(["Group", "Ind"]) and tell_groups(["G (4)", "I"])


@pytest.mark.parametrize(
    ("text", "kind", "size"),
    [
        ("Group of 3", "group", 3),
        ("small group (4)", "group", 4),
        ("grp x3", "group", 3),
        ("Y 3", "group", 3),
        ("Yes, 3 students", "group", 3),
        ("yes", "group", None),
        ("no", "individual", None),
        ("Group A", None, None),
        ("Group 3", None, None),
        ("G3", None, None),
        ("Group 0", None, None),
        ("3", None, None),
        ("Yellow 3", None, None),
    ],
)
def test_a_cell_says_the_kind_and_the_size(text, kind, size):
    assert (in_a_group(text), size_of_group(text)) == (kind, size)

"""Two rosters of one district side by side."""

import pytest

from tests.intake.rosters import loaded, services
from workload.intake.checks.since_last_upload import compare
from workload.intake.load import load

LINE = ("student_id", "school", "minutes_per_week", "therapist")


def roster(*rows, columns=LINE):
    return loaded(services(*rows, columns=columns)).roster


def by_student(changes):
    return changes.table.drop(columns="student").to_dict("records")


def test_each_kind_of_change_is_named():
    before = roster(
        ["1", "Oak", 30, "Kim"],
        ["2", "Oak", 30, "Kim"],
        ["3", "Oak", 30, "Kim"],
        ["4", "Oak", 30, "Kim"],
        ["5", "Oak", 30, "Kim"],
    )
    after = roster(
        ["1", "Oak", 30, "Kim"],
        ["2", "Oak", 45, "Kim"],
        ["3", "Oak", 30, "Lee"],
        ["4", "Elm", 30, "Kim"],
        ["6", "Elm", 60, None],
    )
    changes = compare(before, after)
    assert [(row["change"], row["what"]) for row in by_student(changes)] == [
        ("same", ""),
        ("changed", "minutes"),
        ("changed", "therapist"),
        ("changed", "school"),
        ("gone", ""),
        ("new", ""),
    ]
    new = by_student(changes)[-1]
    assert (new["therapists_before"], new["therapists_after"], new["weekly_minutes_after"]) == ("", "Unassigned", 60)


def test_the_parts_add_up_to_the_totals():
    before, after = (
        roster(["1", "Oak", 30, "Kim"], ["2", "Oak", 30, "Kim"]),
        roster(["2", "Oak", 50, "Kim"], ["3", "Oak", 20, "Kim"]),
    )
    changes = compare(before, after)
    assert changes.by_change["students"].sum() == len(changes.table) == 3
    assert changes.by_change["weekly_minutes_before"].sum() == changes.weekly_minutes_before == 60
    assert changes.by_change["weekly_minutes_after"].sum() == changes.weekly_minutes_after == 70


def test_the_same_roster_has_no_changes():
    one = roster(["1", "Oak", 30, "Kim"], ["1", "Oak", 15, "Lee"], ["2", "Oak", None, None])
    changes = compare(one, one)
    assert changes.same == 2 and changes.new == changes.gone == changes.changed == 0 and not changes.is_doubtful


def test_minutes_that_become_known_are_a_change_and_never_zero():
    changes = compare(roster(["1", "Oak", None, "Kim"]), roster(["1", "Oak", 30, "Kim"]))
    [row] = by_student(changes)
    assert row["what"] == "minutes" and row["weekly_minutes_before"] != row["weekly_minutes_before"]


def test_a_line_in_another_period_with_the_same_weekly_minutes_is_no_change():
    columns = ("student_id", "minutes_per_session", "sessions", "period")
    changes = compare(roster(["1", 30, 2, "week"], columns=columns), roster(["1", 60, 4, "month"], columns=columns))
    assert changes.same == 1


def test_two_districts_are_doubtful():
    before = roster(*([str(at), "Oak", 30, "Kim"] for at in range(12)))
    assert compare(before, roster(*([str(at), "Oak", 30, "Kim"] for at in range(50, 62)))).is_doubtful
    other = load(
        [("a.xlsx", services(*([str(at), "Oak", 30, "Kim"] for at in range(12)), columns=LINE))], secret=b"another"
    )
    assert compare(before, other.roster).is_doubtful


def test_an_empty_roster_has_only_gone_students():
    changes = compare(roster(["1", "Oak", 30, "Kim"]), loaded(b"", name="x").roster)
    assert (changes.gone, changes.weekly_minutes_after) == (1, 0)


@pytest.mark.parametrize("column", ["students", "weekly_minutes_before"])
def test_empty_against_empty_is_empty(column):
    nothing = loaded(b"", name="x").roster
    assert compare(nothing, nothing).by_change[column].sum() == 0

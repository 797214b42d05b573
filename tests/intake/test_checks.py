import pytest

from tests.intake.rosters import THERAPISTS, codes, found, loaded, only, services

LINE = ["1", "Oak", 30, 1, "week", "Kim Vale"]
MORE = ("student_id", "minutes_per_session", "sessions", "period", "delivery", "group_size", "start", "end")


def people(*rows, columns=(*THERAPISTS, "supervisor")):
    return loaded(services(LINE, Therapists=[columns, *rows]))


@pytest.mark.parametrize("fte", [-0.5, 2.5, 9, 800])
def test_an_impossible_fte_stops_the_answer(fte):
    issue = only(people(("Kim Vale", "OT", fte)), "fte-impossible")
    assert issue.severity == "error" and f"{fte:g}" in issue.message and "1.5" in issue.message
    assert (issue.sheet, issue.row, issue.column) == ("Therapists", 2, "fte")


@pytest.mark.parametrize("fte", [0, 0.2, 1, 1.5, "80%"])
def test_a_possible_fte_says_nothing(fte):
    assert codes(people(("Kim Vale", "OT", fte))) == set()


def test_a_bare_percentage_is_read_and_told():
    result = people(("Kim Vale", "OT", 80))
    assert result.roster.therapists["fte"].tolist() == [0.8] and only(result, "fte-as-percent").row == 2


def test_without_fte_and_hours_the_need_is_told_and_no_gap():
    result = people(
        ("Kim Vale", "OT", None, None), ("Lee Moss", "OT", None, 20), columns=(*THERAPISTS, "hours_per_week")
    )
    assert "no gap" in only(result, "fte-missing").message


def test_an_ota_needs_a_supervising_ot():
    result = people(
        ("Kim Vale", "OT", 1), ("Lee Moss", "OTA", 1), ("Di Ash", "OTA", 1, "Lee Moss"), ("Al Roe", "OTA", 1, "Zed")
    )
    assert {issue.row for issue in found(result, "ota-without-supervisor")} == {3, 5}
    assert only(result, "supervisor-not-ot").row == 4 and only(result, "supervisor-unknown").row == 5


def test_groups_without_a_size_are_told_once_for_the_file():
    result = loaded(
        services(
            *(["1", 30, 1, "week", "group", None] for _ in range(3)), ["2", 30, 1, "week", "group", 3], columns=MORE[:6]
        )
    )
    issue = only(result, "group-size-missing")
    assert issue.severity == "notice" and "3 rows (rows 2, 3, 4)" in issue.message


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["1", 80, 4, "week", None, None], "weekly-minutes-unusual"),
        (["1", 91, 1, "week", None, None], "session-length-unusual"),
        (["1", 10, 6, "week", None, None], "sessions-unusual"),
        (["1", 30, 2, "day", None, None], "sessions-unusual"),
        (["1", 30, 1, "week", "group", 9], "group-size-unusual"),
    ],
)
def test_unusual_numbers_are_flagged_and_counted_as_written(row, code):
    result = loaded(services(row, columns=MORE[:6]))
    assert only(result, code).severity == "warning" and len(result.roster.services) == 1


def test_usual_numbers_are_not_flagged():
    result = loaded(services(["1", 60, 5, "week", "group", 8], ["2", 90, 1, "month", None, None], columns=MORE[:6]))
    assert not {code for code in codes(result) if "unusual" in code}


def test_an_end_before_the_start_is_told():
    result = loaded(services(["1", 30, 1, "week", None, None, "9/1/2026", "9/1/2025"], columns=MORE))
    assert only(result, "end-before-start").row == 2


def schools(*rows):
    return loaded(services(LINE, Schools=[("school", "latitude", "longitude"), *rows]))


def test_coordinates_at_zero_and_shared_by_three_schools_are_unknown_locations():
    result = schools(
        ("Oak", 0, 0), ("Elm", 42.1, -90), ("Ash", 42.1, -90), ("Fir", 42.1, -90), ("Yew", 43, -91), ("Bay", 43, -91)
    )
    assert "1 school is" in only(result, "coordinates-zero").message
    assert "3 schools are" in only(result, "coordinates-alike").message
    assert result.roster.schools["latitude"].notna().tolist() == [False] * 4 + [True] * 2


def test_coordinates_outside_the_globe_and_halves_are_told():
    result = schools(("Oak", 142.1, -90), ("Elm", 42.1, None))
    assert {issue.row for issue in found(result, "coordinates-incomplete")} == {2, 3}
    assert only(result, "out-of-range").column == "latitude"


def test_a_way_with_two_times_keeps_the_longer_and_says_so():
    result = loaded(
        services(LINE, Travel=[("from", "to", "minutes"), ("Oak", "Elm", 9), ("Oak", "Elm", 12), ("Elm", "Oak", 9)])
    )
    issue = only(result, "travel-listed-twice")
    assert "9" in issue.message and "12" in issue.message and issue.row == 3


def test_an_evaluation_without_a_date_is_unreadable():
    result = loaded(
        services(
            LINE,
            Evaluations=[
                ("student_id", "type", "due", "completed"),
                ("1", "initial", None, None),
                ("2", "re-eval", "Sept 2026", None),
                ("3", "re-eval", None, "9/1/2026"),
            ],
        )
    )
    [count] = [count for count in result.roster.row_counts if count.table == "evaluations"]
    assert (count.read, count.counted, count.unreadable) == (3, 1, 2)
    assert only(result, "row-incomplete").row == 2 and only(result, "date-without-day").row == 3

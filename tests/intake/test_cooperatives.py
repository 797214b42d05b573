"""Several member districts: the same local number is two children, and names of two members are never one."""

from datetime import date

import pytest

from tests.intake.rosters import SECRET, book, codes, found, only, rows_add_up, services
from workload.answer import analyze
from workload.intake.answers.import_map import ImportMap
from workload.intake.load import load
from workload.report.answer_json import answer_json

DAY = date(2026, 10, 1)
COLUMNS = ("student_id", "school", "grade", "minutes_per_session", "sessions", "period", "therapist")
BY_DISTRICT = (*COLUMNS, "district")


def numbers(school, grade="3", first=1000, count=20, **more):
    return [[str(first + at), school, grade, 30, 1, "week", "Kim Vale", *more.values()] for at in range(count)]


def read(files, **answers):
    return load(files, secret=SECRET, answers=ImportMap(answers=answers))


def two_files(north, south, columns=COLUMNS):
    return [("north.xlsx", services(*north, columns=columns)), ("south.xlsx", services(*south, columns=columns))]


def caseload(loaded):
    return analyze(loaded.roster, DAY).district["caseload"]


def test_a_column_tells_members_apart_in_one_file_and_in_two():
    north, south = (numbers("Oak", district=name) for name in ("North", "South"))
    together = read([("all.xlsx", services(*north, *south, columns=BY_DISTRICT))])
    apart = read(two_files(north, south, BY_DISTRICT))
    assert caseload(together) == caseload(apart) == 40 and not together.questions and not apart.questions
    assert list(together.roster.services["student"]) == list(apart.roster.services["student"])
    assert "member-districts" in codes(together, "notice") and rows_add_up(together)


def test_the_same_numbers_in_other_schools_are_two_children_until_somebody_answers():
    files = two_files(numbers("Oak"), numbers("Elm"))
    loaded = read(files)
    assert caseload(loaded) == 40
    assert [(each.key, each.applied, len(each.rows)) for each in loaded.questions] == [("file:members", "members", 40)]
    assert only(loaded, "same-number-in-files").severity == "warning"
    members = read(files, members="members")
    assert caseload(members) == 40 and not members.questions and only(members, "members-by-file")
    assert caseload(read(files, members="one")) == 20


def test_the_same_numbers_in_the_same_schools_and_grades_are_the_same_children_which_is_told():
    loaded = read(two_files(numbers("Oak"), numbers("Oak")))
    assert caseload(loaded) == 20 and not loaded.questions
    assert "20 student numbers" in only(loaded, "students-in-several-files").message
    assert caseload(read(two_files(numbers("Oak"), numbers("Oak")), members="members")) == 40


def test_another_grade_in_a_school_of_the_same_name_is_another_child():
    loaded = read(two_files(numbers("Lincoln", "3"), numbers("Lincoln", "K")))
    assert caseload(loaded) == 40 and loaded.questions[0].applied == "members"
    assert sorted(set(loaded.roster.services["school"])) == ["Lincoln (north)", "Lincoln (south)"]


def test_numbers_about_which_nothing_is_known_are_asked_about():
    columns = ("student_id", "minutes_per_session", "sessions", "period")
    rows = [[str(1000 + at), 30, 1, "week"] for at in range(5)]
    loaded = read(two_files(rows, rows, columns))
    assert loaded.questions[0].applied == "one" and "same-number-in-files" in codes(loaded, "warning")


def test_a_child_who_moved_does_not_make_members_of_two_files():
    loaded = read(two_files(numbers("Oak", count=30), numbers("Elm", first=1029, count=30)))
    assert caseload(loaded) == 59 and loaded.questions[0].applied == "one"


def test_files_without_a_common_number_ask_nothing():
    loaded = read(two_files(numbers("Oak"), numbers("Oak", first=3000)))
    assert caseload(loaded) == 40 and not loaded.questions and not found(loaded, "member-districts")


def test_one_district_named_in_every_row_changes_nobody():
    plain = read([("a.xlsx", services(*numbers("Oak"), columns=COLUMNS))])
    named = read([("a.xlsx", services(*numbers("Oak", district="North"), columns=BY_DISTRICT))])
    assert list(plain.roster.services["student"]) == list(named.roster.services["student"])
    assert not found(named, "member-districts")


def test_a_file_that_names_no_member_beside_others_is_a_member_called_like_it():
    north, south = (numbers("Oak", district=name) for name in ("North", "South"))
    both = services(*north, *south, columns=BY_DISTRICT)
    loaded = read([("all.xlsx", both), ("west.xlsx", services(*numbers("Oak"), columns=COLUMNS))])
    assert caseload(loaded) == 60 and only(loaded, "members-by-file").file == "west.xlsx"
    assert set(loaded.roster.services["district"]) == {"North", "South", "west"}


def test_rows_without_their_member_are_told_and_kept_apart():
    rows = [*numbers("Oak", count=2, district="North"), *numbers("Oak", count=2, district="South")]
    rows += numbers("Elm", count=1, district=None)
    loaded = read([("all.xlsx", services(*rows, columns=BY_DISTRICT))])
    assert caseload(loaded) == 5 and only(loaded, "member-missing").rows == (6,)


EVALUATIONS = ("student_id", "type", "due", "district")


@pytest.mark.parametrize(
    "district, students, code",
    [("South", 4, ""), (None, 5, "evaluations-without-district"), ("Sud", 5, "member-unknown")],
)
def test_an_evaluation_belongs_to_the_student_of_its_member(district, students, code):
    rows = [*numbers("Oak", count=2, district="North"), *numbers("Oak", count=2, district="South")]
    due = [["1000", "initial", "2026-11-02", district]]
    loaded = read([("all.xlsx", services(*rows, columns=BY_DISTRICT, Evaluations=[EVALUATIONS, *due]))])
    answer = analyze(loaded.roster, DAY)
    assert answer.district["caseload"] + answer.district["students_evaluation_only"] == students
    assert not code or only(loaded, code)


def test_an_evaluation_without_a_member_belongs_to_the_only_student_of_its_number():
    rows = [*numbers("Oak", count=2, district="North"), *numbers("Oak", first=2000, count=2, district="South")]
    due = [["2000", "initial", "2026-11-02", None]]
    loaded = read([("all.xlsx", services(*rows, columns=BY_DISTRICT, Evaluations=[EVALUATIONS, *due]))])
    assert analyze(loaded.roster, DAY).district["students_evaluation_only"] == 0


def test_schools_and_codes_of_two_members_are_never_one():
    schools = [
        ["school", "school_code", "enrollment", "district"],
        ["Lincoln Elementary", "101", 300, "North"],
        ["Washington Middle", "101", 500, "South"],
    ]
    rows = [*numbers("101", count=1, district="North"), *numbers("101", count=1, district="South")]
    rows += [
        *numbers("Lincoln ES", first=7, count=1, district="South"),
        *numbers("Lincoln ES", 4, 8, 1, district="North"),
    ]
    loaded = read([("all.xlsx", services(*rows, columns=BY_DISTRICT, Schools=schools))])
    assert list(loaded.roster.services["school"]) == [
        "Lincoln Elementary",
        "Washington Middle",
        "Lincoln ES",
        "Lincoln Elementary",
    ]


def test_people_name_the_schools_of_any_member_and_are_told_where_that_is_unclear():
    people = [
        ["therapist", "role", "fte", "base_school", "days", "district"],
        ["Kim Vale", "OT", 1, "Oak", "Mon: Oak; Tue: Lincoln (South), Oak", "North"],
        ["Lee Moss", "OT", 1, "Lincoln", None, None],
    ]
    rows = [*numbers("Lincoln", count=2, district="North"), *numbers("Lincoln", count=2, district="South")]
    rows += numbers("Oak", first=5, count=1, district="North")
    travel = [["from", "to", "minutes"], ["Oak", "Lincoln (South)", 25]]
    book_ = services(*rows, columns=BY_DISTRICT, Therapists=people, Travel=travel)
    loaded = read([("all.xlsx", book_)])
    assert loaded.roster.therapists["days"][0] == "Mon: Oak; Tue: Lincoln (South), Oak"
    assert only(loaded, "school-of-which-member").remedy == "Write it as Lincoln (North) or Lincoln (South)."
    told = answer_json(analyze(loaded.roster, DAY))
    assert told["travel_between_members_hours"] == pytest.approx(25 / 60)


def test_a_group_name_of_two_members_is_two_groups():
    columns = (*BY_DISTRICT, "delivery", "group_id")
    rows = [
        [str(at), "Oak", "3", 30, 1, "week", "Kim Vale", name, "group", "A"] for name in ("N", "S") for at in (1, 2)
    ]
    answer = analyze(read([("all.xlsx", services(*rows, columns=columns))]).roster, DAY)
    assert answer.district["direct_hours"] == pytest.approx(2 * 30 / 60)


def test_the_json_of_one_district_has_no_members():
    assert "members" not in answer_json(
        analyze(read([("a.xlsx", book(Services=[COLUMNS, *numbers("Oak")]))]).roster, DAY)
    )

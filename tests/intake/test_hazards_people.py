"""Hazards of people and places: therapists, schools, FTE, rows of one student."""

from datetime import date

import pytest

from tests.intake.hazards import hazard
from tests.intake.rosters import book, codes, found, loaded, only, rows_add_up, services
from workload.answer import analyze
from workload.intake.answers.import_map import ImportMap

DAY = date(2026, 10, 1)
LINE = ("student_id", "school", "minutes_per_week", "therapist")
PEOPLE = ("therapist", "role", "fte")
STAFF = [PEOPLE, ("Kim Vale", "OT", 1.0), ("Lee Moss", "OT", 1.0)]


def direct_hours(result, name):
    table = analyze(result.roster, DAY).therapists.set_index("therapist")
    return table.loc[name, "hours_direct"] if "hours_direct" in table else table.loc[name, "direct_hours"]


@hazard(13)
def test_rows_that_differ_are_kept_and_rows_alike_count_once(hazard):
    columns = ("student_id", "minutes_per_week", "start", "end", "school")
    result = loaded(
        services(
            ["1", 30, date(2026, 9, 1), None, "Oak"],
            ["1", 30, date(2026, 9, 1), None, "Oak"],
            ["1", 30, date(2026, 9, 1), None, "Elm"],
            ["1", 60, date(2025, 9, 1), date(2026, 8, 31), "Oak"],
            columns=columns,
        )
    )
    answer = analyze(result.roster, DAY)
    assert answer.district["caseload"] == 1 and answer.rows_counted == 2, hazard
    assert sum(answer.excluded.values()) == 2 and rows_add_up(result)


@hazard(14)
def test_two_rows_under_two_people_are_told_and_shared_only_by_answer(hazard):
    data = services(
        ["1", "Oak", 60, "Kim Vale"],
        ["1", "Oak", 60, "Lee Moss"],
        ["2", "Oak", 30, "Kim Vale"],
        columns=LINE,
        Therapists=STAFF,
    )
    first = loaded(data)
    assert (
        only(first, "two-therapists").severity == "warning" and first.roster.services["total_minutes"].sum() == 150
    ), hazard
    [question] = first.questions
    shared = loaded(data, ImportMap().with_answer(question.key, "share"))
    assert shared.roster.services["total_minutes"].tolist() == [30, 30, 30] and "two-therapists" not in codes(shared)
    assert shared.roster.services["therapist"].tolist() == ["Kim Vale", "Lee Moss", "Kim Vale"] and not shared.questions
    both = loaded(data, ImportMap().with_answer(question.key, "both"))
    assert both.roster.services["total_minutes"].sum() == 150 and not both.questions


@hazard(14)
def test_two_people_in_one_cell_keep_one_promise_until_it_is_shared_by_answer(hazard):
    data = services(["1", "Oak", 60, "Kim/Lee"], columns=LINE, Therapists=STAFF)
    first = loaded(data)
    assert first.roster.services["total_minutes"].tolist() == [60], hazard
    [question] = first.questions
    assert ("Kim Vale + Lee Moss", "Kim Vale and Lee Moss, with equal parts") in question.choices
    second = loaded(data, ImportMap().with_answer(question.key, "Kim Vale + Lee Moss"))
    assert second.roster.services[["therapist", "total_minutes"]].to_numpy().tolist() == [
        ["Kim Vale", 30],
        ["Lee Moss", 30],
    ]
    assert second.roster.rows("counted") == 1 and rows_add_up(second) and not second.questions
    assert analyze(second.roster, DAY).district["caseload"] == 1


@hazard(25)
def test_schools_written_in_other_ways_are_taken_or_suggested(hazard):
    lines = [
        ["1", "Lincoln Elem.", 30, None],
        ["2", "LINCOLN ES", 30, None],
        ["3", "Lincoln", 30, None],
        ["4", "Lincoln ES (West)", 30, None],
    ]
    data = services(
        *lines,
        columns=LINE,
        Schools=[("school", "school_code"), ("Lincoln Elementary", "0451"), ("Oak Middle", "0452")],
    )
    result = loaded(data)
    assert result.roster.services["school"].tolist()[:2] == ["Lincoln Elementary"] * 2, hazard
    assert "Lincoln Elem." in only(result, "schools-respelled").message
    questions = {question.key: question for question in result.questions}
    assert set(questions) == {"school:Lincoln", "school:Lincoln ES (West)"}
    assert questions["school:Lincoln"].suggestion == "Lincoln Elementary"
    answered = loaded(data, ImportMap().with_answer("school:Lincoln", "Lincoln Elementary"))
    assert answered.roster.services["school"].tolist()[2] == "Lincoln Elementary"


@hazard(26)
def test_coordinates_that_cannot_be_true_are_dropped_and_told(hazard):
    rows = [
        ("school", "latitude", "longitude"),
        ("A", 0, 0),
        ("B", 45.5, -90.1),
        ("C", 45.5, -90.1),
        ("D", 45.5, -90.1),
        ("E", 44.1, -89.9),
        ("F", None, None),
    ]
    result = loaded(services(["1", "A", 30, None], columns=LINE, Schools=rows))
    known = result.roster.schools.set_index("school")["latitude"]
    assert known.notna().sum() == 1 and known["E"] == 44.1, hazard
    assert {"coordinates-zero", "coordinates-alike"} <= codes(result)


@hazard(27)
@pytest.mark.parametrize(
    "written", ["vacant", "VACANT OT #2", "TBD", None, "open position", "To be hired", "contract - vacant"]
)
def test_a_vacancy_is_unassigned_work(written, hazard):
    result = loaded(services(["1", "Oak", 30, written], columns=LINE, Therapists=STAFF))
    assert result.roster.services["therapist"].tolist() == [None], hazard
    assert rows_add_up(result) and result.roster.rows("counted") == 1


@hazard(27)
@pytest.mark.parametrize("written", ["Vale, Kim", "Kim Vale, OTR/L", "COTA-Kim Vale", "KIM VALE"])
def test_credentials_and_order_do_not_make_another_person(written, hazard):
    result = loaded(services(["1", "Oak", 30, written], columns=LINE, Therapists=STAFF))
    assert result.roster.services["therapist"].tolist() == ["Kim Vale"], hazard


@hazard(27)
def test_several_people_in_a_cell_are_asked(hazard):
    result = loaded(services(["1", "Oak", 30, "Kim Vale (M/W), Lee Moss"], columns=LINE, Therapists=STAFF))
    assert result.roster.services["therapist"].tolist() == [None], hazard
    [question] = result.questions
    assert {"Kim Vale", "Lee Moss"} <= {choice for choice, _ in question.choices}


@hazard(28)
@pytest.mark.parametrize(
    ("written", "fte"),
    [(0.8, 0.8), ("80%", 0.8), (80, 0.8), ("4 days", 0.8), (".5 + .3", 0.8), ("1.0*", 1.0), ("0.8 FTE", 0.8)],
)
def test_fte_in_all_its_spellings(written, fte, hazard):
    result = loaded(services(["1", "Oak", 30, "Kim"], columns=LINE, Therapists=[PEOPLE, ("Kim", "OT", written)]))
    assert result.roster.therapists["fte"].tolist() == [pytest.approx(fte)], hazard


@hazard(28)
def test_an_impossible_fte_stops_the_answer_and_hours_are_a_column_of_their_own(hazard):
    result = loaded(services(["1", "Oak", 30, "Kim"], columns=LINE, Therapists=[PEOPLE, ("Kim", "OT", 3)]))
    assert only(result, "fte-impossible").severity == "error", hazard
    hours = loaded(
        services(["1", "Oak", 30, "Kim"], columns=LINE, Therapists=[("therapist", "Hours/Week"), ("Kim", 30)])
    )
    assert hours.roster.therapists["hours_per_week"].tolist() == [30] and not found(hours, "fte-impossible")


@hazard(27)
def test_a_vacant_post_on_the_staff_list_is_budgeted_and_nobody(hazard):
    result = loaded(
        book(Services=[LINE, ("1", "Oak", 30, "Kim")], Therapists=[PEOPLE, ("Kim", "OT", 1.0), ("VACANT", "OT", 0.6)])
    )
    assert (
        result.roster.therapists["therapist"].tolist() == ["Kim"] and "0.6 FTE" in only(result, "vacant-posts").message
    ), hazard

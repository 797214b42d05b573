import pytest

from tests.intake.rosters import THERAPISTS, book, codes, found, loaded, only, services
from workload.intake.answers.import_map import ImportMap
from workload.intake.cells.day_plan import as_text, read_day_plan
from workload.intake.cells.near_names import is_vacant, without_credentials


def line(therapist="Kim Vale", school="Oak Elementary", id="1"):
    return [id, school, 30, 1, "week", therapist]


def people(*names):
    return [THERAPISTS, *([name, "OT", 1] for name in names)]


SCHOOLS = [("school", "school_code"), ("Oak Elementary", "007"), ("Elm Middle School", "12")]


@pytest.mark.parametrize(
    "written",
    [
        "Oak Elementary",
        "OAK ELEMENTARY",
        " oak  elementary\u00a0",
        "007",
        "7",
        7,
        "Oak Elem.",
        "Oak ES",
        "Oak Elementary School",
    ],
)
def test_a_school_is_settled_to_the_spelling_of_the_schools_sheet(written):
    result = loaded(services(line(school=written), Schools=SCHOOLS, Therapists=people("Kim Vale")))
    assert result.roster.services["school"].tolist() == ["Oak Elementary"]
    assert codes(result, "warning") == set()


def test_a_spelled_out_abbreviation_is_told():
    result = loaded(services(line(school="Oak ES"), Schools=SCHOOLS))
    assert '"Oak ES" for Oak Elementary' in only(result, "schools-respelled").message


def test_an_unknown_school_is_kept_told_once_and_suggested():
    rows = [line(school="Oka Elementary", id=str(at)) for at in range(3)]
    data = services(*rows, Schools=SCHOOLS)
    result = loaded(data)
    assert result.roster.services["school"].tolist() == ["Oka Elementary"] * 3
    issue = only(result, "school-unknown")
    assert "3 rows" in issue.message and "Oak Elementary" in issue.message and issue.row == 2
    [question] = result.questions
    assert (question.key, question.suggestion, len(question.rows)) == ("school:Oka Elementary", "Oak Elementary", 3)
    settled = loaded(data, ImportMap().with_answer(question.key, "Oak Elementary"))
    assert settled.roster.services["school"].tolist() == ["Oak Elementary"] * 3 and not settled.questions


def test_without_a_schools_sheet_one_school_in_two_spellings_is_told():
    result = loaded(
        services(line(school="Oak Elem"), line(school="Oak Elementary", id="2"), line(school="OAK ELEM", id="3"))
    )
    assert result.roster.services["school"].tolist() == ["Oak Elem", "Oak Elementary", "Oak Elem"]
    assert "may be one school" in only(result, "school-similar").message


def test_every_table_has_the_same_spelling_of_a_school():
    result = loaded(
        services(
            line(school="oak elementary"),
            Schools=SCHOOLS,
            Therapists=[
                (*THERAPISTS, "base_school", "days"),
                ("Kim Vale", "OT", 1, "12", "Mon: 007; Tue: Oak ES, ELM Middle School"),
            ],
            Evaluations=[("student_id", "school", "type", "due"), ("1", "OAK Elementary", "initial", "10/1/2026")],
            Travel=[("from", "to", "minutes"), ("oak elementary", "Elm MS", 9)],
        )
    )
    roster = result.roster
    assert roster.therapists["base_school"].tolist() == ["Elm Middle School"]
    assert roster.therapists["days"].tolist() == ["Mon: Oak Elementary; Tue: Oak Elementary, Elm Middle School"]
    assert roster.evaluations["school"].tolist() == ["Oak Elementary"]
    assert roster.travel[["from", "to"]].to_numpy().tolist() == [["Oak Elementary", "Elm Middle School"]]


@pytest.mark.parametrize(
    "written",
    [
        "vacant",
        "Vacancy #2",
        "TBD",
        "open",
        "Unfilled",
        "to be hired",
        "unassigned",
        "none",
        "n/a",
        "",
        None,
        "VACANT - Oak",
        "?",
        "???",
    ],
)
def test_nobody_in_post_is_unassigned_without_a_warning(written):
    result = loaded(services(line(therapist=written), line(id="2"), Therapists=people("Kim Vale")))
    assert result.roster.services["therapist"].tolist() == [None, "Kim Vale"]
    assert codes(result, "warning") == set()


@pytest.mark.parametrize("name", ["Opal Vacante", "Noah None-Smith", "Tobias Open", "Nan Kim"])
def test_a_name_that_begins_like_a_vacancy_is_a_name(name):
    assert not is_vacant(name)


def test_a_vacant_post_is_budgeted_and_not_available():
    result = loaded(services(line(), Therapists=[*people("Kim Vale"), ("Vacant", "OT", 0.8)]))
    assert result.roster.therapists["therapist"].tolist() == ["Kim Vale"]
    assert "0.8 FTE" in only(result, "vacant-posts").message


def test_a_vacant_post_without_fte_is_told_to_count_as_nothing_budgeted():
    result = loaded(services(line(), Therapists=[*people("Kim Vale"), ("Vacant", "OT", None), ("Vacant", "OT", 0.8)]))
    told = only(result, "vacant-posts")
    assert "with 0.8 FTE" in told.message and "For 1 post no FTE is given" in told.message
    assert told.remedy == "Give the FTE of each vacant post."


@pytest.mark.parametrize("written", ["Kim Vale, OTR/L", "KIM VALE OTR", "kim vale", "Vale, Kim", "OT-Kim Vale"])
def test_credentials_case_and_the_order_of_a_full_name_do_not_matter(written):
    result = loaded(services(line(therapist=written), Therapists=people("Kim Vale")))
    assert result.roster.services["therapist"].tolist() == ["Kim Vale"]
    assert codes(result, "warning") == set()


def test_initials_are_suggested_and_not_taken():
    result = loaded(services(line(therapist="Kim, A."), Therapists=people("A. Kim")))
    assert result.roster.services["therapist"].tolist() == [None]
    assert "It may be A. Kim." in only(result, "therapist-not-listed").message
    [question] = result.questions
    assert question.suggestion == "A. Kim"


def test_a_person_who_is_not_listed_leaves_the_work_unassigned():
    data = services(line(therapist="Zoe Quill"), line(id="2"), Therapists=people("Kim Vale"))
    result = loaded(data)
    issue = only(result, "therapist-not-listed")
    assert result.roster.services["therapist"].tolist() == [None, "Kim Vale"]
    assert (issue.severity, issue.sheet, issue.row, issue.column) == ("warning", "Services", 2, "therapist")
    assert "Unassigned" in issue.message and issue.remedy
    answered = loaded(data, ImportMap().with_answer("therapist:Zoe Quill", "Kim Vale"))
    assert answered.roster.services["therapist"].tolist() == ["Kim Vale", "Kim Vale"]


def test_two_people_in_one_cell_are_not_split():
    result = loaded(services(line(therapist="Kim Vale/Lee Moss"), Therapists=people("Kim Vale", "Lee Moss")))
    assert result.roster.services["therapist"].tolist() == [None]
    [question] = result.questions
    assert [choice for choice, _ in question.choices][:2] == ["Kim Vale", "Lee Moss"]


def test_two_people_with_one_name_stop_the_answer():
    result = loaded(services(line(), Therapists=people("Kim Vale", "KIM VALE, COTA")))
    issue = only(result, "therapist-listed-twice")
    assert (issue.severity, issue.sheet, issue.row) == ("error", "Therapists", 3)
    assert "row 2" in issue.message and "question" in issue.remedy


def test_without_a_therapists_sheet_the_people_of_the_services_count():
    result = loaded(services(line(), line(therapist="kim vale", id="2"), line(therapist="vacant", id="3")))
    assert result.roster.services["therapist"].tolist() == ["Kim Vale", "Kim Vale", None]
    assert only(result, "therapists-assumed").severity == "notice" and len(result.roster.therapists) == 0


def test_without_a_therapists_sheet_two_spellings_of_a_person_are_told():
    result = loaded(services(line(therapist="A. Kim"), line(therapist="Kim, A.", id="2")))
    assert "may be one person" in only(result, "therapist-similar").message


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        (("K. Reyes", "Kim Reyes", "KR"), {"K. Reyes": ("Kim Reyes",), "KR": ("Kim Reyes",)}),
        (("Smith, J", "Smith, John", "Smith, Jane"), {"Smith, J": ("Smith, John", "Smith, Jane")}),
        (("Rivers", "Rivers, Kim", "Moss, Al"), {"Rivers": ("Rivers, Kim",)}),
        (("KR", "K. Reyes"), {"KR": ("K. Reyes",)}),
        (("Reyes K", "Kim Reyes", "K. Reyes"), {"Reyes K": ("Kim Reyes",), "K. Reyes": ("Kim Reyes",)}),
        (("OT 1", "OT 10", "OT A", "OT AB"), {}),
        (("Kim", "Lee", "Moss"), {}),
    ],
)
def test_without_a_therapists_sheet_a_name_in_short_is_asked_about_and_settled_by_the_answer(names, asked):
    data = services(*(line(therapist=name, id=str(at)) for at, name in enumerate(names)))
    result = loaded(data)
    questions = {each.written: each for each in result.questions if each.key.startswith("therapist:")}
    offered = {name: tuple(key for key, _ in each.choices if key != name) for name, each in questions.items()}
    assert offered == asked
    assert all(each.suggestion == (asked[name][0] if len(asked[name]) == 1 else "") for name, each in questions.items())
    assert set(result.roster.services["therapist"]) == set(names)  # nobody is taken for another unasked
    answers = ImportMap()
    for name, (first, *_) in asked.items():
        answers = answers.with_answer(f"therapist:{name}", first)
    assert set(loaded(data, answers).roster.services["therapist"]) == set(names) - set(asked)


@pytest.mark.parametrize("written", ["Oak / Elm", "Oak; Elm", "Oak, Elm", "Oak & Elm", "Oak and Elm", "Oak\nElm"])
@pytest.mark.parametrize("member", [False, True])
def test_a_base_that_names_several_schools_is_none_of_them_and_no_school_of_its_own(written, member):
    head, of = (["District"], ["North"]) if member else ([], [])
    rows = [[*of, "1", "Oak", 30, 1, "week", "Kim"], [*of, "2", "Elm", 30, 1, "week", "Kim"]]
    if member:
        rows += [["South", "3", "Fir", 30, 1, "week", "Lee"]]
    people = [["Kim", "OT", 1, written], ["Lee", "OT", 1, "Oak"]]
    names = [*head, "Student ID", "School", "Minutes per session", "Sessions", "Period", "Therapist"]
    result = loaded(book(Services=[names, *rows], Therapists=[["Therapist", "Role", "FTE", "Base school"], *people]))
    assert only(result, "several-base-schools").row == 2
    assert result.roster.therapists["base_school"].isna().tolist() == [True, False]
    assert not [each for each in result.questions if written in str(each)]


def test_a_school_whose_name_holds_two_others_stays_a_school():
    people = [["Kim", "OT", 1, "Oak/Elm"]]
    lines = [line(school="Oak"), line(school="Elm", id="2"), line(school="Oak/Elm", id="3")]
    result = loaded(services(*lines, Therapists=[["Therapist", "Role", "FTE", "Base school"], *people]))
    assert not found(result, "several-base-schools") and result.roster.therapists["base_school"].tolist() == ["Oak/Elm"]


@pytest.mark.parametrize(
    "written", ["Oak/Elm", "Oak & Elm", "Oak and Elm", "Oak, Elm", "Oak\nElm", "Oak (M/W), Elm (F)", "Elm + Oak"]
)
def test_a_cell_of_two_schools_is_asked_about_and_is_no_third_school_once_answered(written):
    data = services(line(school="Oak"), line(school="Elm", id="2"), line(school=written, id="3"))
    asked = loaded(data)
    [question] = [each for each in asked.questions if each.key.startswith("school:")]
    assert only(asked, "school-several").row == 4 and {"Oak", "Elm"} < {choice for choice, _ in question.choices}
    answered = loaded(data, ImportMap().with_answer(question.key, "Elm"))
    assert answered.roster.services["school"].tolist() == ["Oak", "Elm", "Elm"] and not answered.questions


@pytest.mark.parametrize("written", ["Oak/Ash K-8", "Oak Park", "Oakelm", "Oak (Elm campus)"])
def test_a_name_that_is_not_put_together_of_known_schools_is_a_school(written):
    data = services(line(school="Oak"), line(school="Elm", id="2"), line(school=written, id="3"))
    assert not found(loaded(data), "school-several")


def test_other_professions_on_the_therapists_sheet_are_left_out():
    result = loaded(
        services(line(), Therapists=[*people("Kim Vale"), ("Pat Stone", "Physical Therapist", 1), ("Di", "SLP", 1)])
    )
    assert result.roster.therapists["therapist"].tolist() == ["Kim Vale"]
    assert len(found(result, "other-roles")) == 1


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("Mon: Oak; Tue: Oak, Elm", "Mon: Oak; Tue: Oak, Elm"),
        ("Mon/Wed Oak; Tue Elm", "Mon: Oak; Tue: Elm; Wed: Oak"),
        ("M-F: Oak", "Mon: Oak; Tue: Oak; Wed: Oak; Thu: Oak; Fri: Oak"),
        ("MWF Oak\nTTh Elm", "Mon: Oak; Tue: Elm; Wed: Oak; Thu: Elm; Fri: Oak"),
        ("Monday - Oak / Elm", "Mon: Oak, Elm"),
        ("Oak, Elm", None),
        ("M-F", None),
        ("M W (am)", None),
        ("Mon, Tue and Thu", None),
        ("MWF Oak", "Mon: Oak; Wed: Oak; Fri: Oak"),
        ("M-F Thorpe", "Mon: Thorpe; Tue: Thorpe; Wed: Thorpe; Thu: Thorpe; Fri: Thorpe"),
        ("Monroe Elementary", None),
        ("Thurston; Fri: Oak", None),
        ("", None),
    ],
)
def test_day_plans_are_read_in_the_order_of_the_week(text, plan):
    read = read_day_plan(text)
    assert (as_text(read) if read else None) == plan


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("A. Kim, OTR/L", "A. Kim"),
        ("Kim, A.", "Kim, A."),
        ("COTA-Kim", "Kim"),
        ("Otis Mott", "Otis Mott"),
        ("Lee Moss MS, OTR/L", "Lee Moss"),
    ],
)
def test_credentials_are_no_part_of_a_name(name, bare):
    assert without_credentials(name) == bare

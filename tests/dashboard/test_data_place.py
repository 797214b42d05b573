"""The data place: a way out of every question, the map of every sheet, who is in post, next month's file."""

from __future__ import annotations

import html
import re
from datetime import date

import pandas as pd
import pytest

from dashboard.screens.data import data_state, posts_table, standing
from dashboard.screens.data.questions_panel import ELSE, phrase
from dashboard.shell.beside_roster import BesideRoster
from dashboard.shell.session import DISTRICT, IMPORTED
from tests.dashboard.support import app, everything, failed, heading, html_of, record, visit
from tests.dashboard.test_upload_conversation import MESSY, answer_with, finding_of, questions, roster, uploaded, widget
from tests.intake.rosters import book, services
from workload.answer import analyze, default_day
from workload.intake.load import load
from workload.intake.typed_posts import POSTS_FILE, Post, as_csv, lacking, proposed, read_posts
from workload.model.words import fte

COLUMNS = ("student_id", "school", "frequency_text", "therapist")
ROWS = (["1", "Oak", "60 min weekly", "Kim"], ["2", "Elm", "5 ### 9 ?? 12 weekly", "Lee"])
UNCLEAR = services(*ROWS, columns=COLUMNS)
MADE_UP = book(
    Export=[
        ["Wugg", "Bldg", "Svc amt", "Who"],
        ["Ann B", "Oak", "2 x 30 min weekly", "Kim R"],
        ["Cal D", "Oak", "30 min weekly", "Kim R"],
        ["Eve F", "Elm", "45 min weekly", "Lee T"],
    ]
)
TYPED = (
    Post("Kim", "OT", 1.0),
    Post("Lee", "OTA", None, 20.0, date(2026, 8, 1), None, "agency", "Kim"),
    Post(role="OT", fte=0.5, vacant=True),
)


def pieces(at) -> str:
    """The texts of the page that are HTML."""
    return html.unescape(" ".join(each.proto.body for each in at.get("html")))


def primary(at) -> list[str]:
    """The primary buttons of the page."""
    return [button.label for button in at.button if button.proto.type == "primary"]


def test_something_else_is_read_by_the_grammar_and_used():
    at = uploaded(("a.xlsx", UNCLEAR))
    questions(at)[0].set_value(ELSE).run()
    text = widget(at, "text_input", "own_")
    text.set_value("lots of it").run()
    assert "cannot be counted yet" in pieces(at)
    widget(at, "button", "use_").click().run()
    assert questions(at) and "Choose an answer first" in pieces(at)
    widget(at, "text_input", "own_").set_value("2 times 30 minutes each month").run()
    assert "Read as 2 x 30 minutes, in all 60 minutes each month" in pieces(at)
    widget(at, "button", "use_").click().run()
    assert not failed(at) and not questions(at)
    assert sorted(roster(at).services["total_minutes"]) == [60, 60]


def test_words_that_were_left_over_are_named():
    at = uploaded(("a.xlsx", UNCLEAR))
    questions(at)[0].set_value(ELSE).run()
    widget(at, "text_input", "own_").set_value("30 min weekly with Zebra").run()
    assert "zebra" in pieces(at).lower() and "Read as" not in pieces(at)


def test_one_answer_is_taken_back_and_asked_again():
    at = uploaded(("a.xlsx", UNCLEAR))
    assert primary(at) == ["Use this answer"]
    answer_with(at, "leave-out")
    assert not questions(at) and primary(at) == ["See the answer"] and "1 answer given" in pieces(at)
    widget(at, "button", "undo_").click().run()
    assert not failed(at) and questions(at) and primary(at) == ["Use this answer"]


def test_a_refused_file_shows_its_map_and_leads_to_rows():
    at = uploaded(("export.xlsx", MADE_UP))
    assert at.session_state[DISTRICT].errors
    widget(at, "selectbox", "use_as_").set_value("services").run()
    assert "Choose the column that says who the student is" in pieces(at)
    wugg = next(box for box in at.selectbox if box.label == "Wugg")
    wugg.set_value("student_name").run()
    assert not failed(at) and not at.session_state[DISTRICT].errors
    assert sorted(roster(at).services["total_minutes"]) == [30, 45, 60]
    said = everything(at) + pieces(at)
    assert "Ann B" not in said and "Replaced by a code" in said


def test_a_confirmed_map_is_used_for_next_months_file_also_with_another_column():
    at = uploaded(("export.xlsx", MADE_UP))
    widget(at, "selectbox", "use_as_").set_value("services").run()
    next(box for box in at.selectbox if box.label == "Wugg").set_value("student_name").run()
    later = book(Export=[["Wugg", "Bldg", "Svc amt", "Who", "Zq"], ["Ann B", "Oak", "60 min weekly", "Kim R", "x"]])
    uploaded(("november.xlsx", later), at=at)
    if at.session_state[DISTRICT].errors:
        widget(at, "selectbox", "use_as_").set_value("services").run()
    assert not at.session_state[DISTRICT].errors
    assert next(box for box in at.selectbox if box.label == "Wugg").value == "student_name"


def test_a_sheet_can_be_left_out():
    data = services(*ROWS[:1], columns=COLUMNS, Schools=[["School", "Level"], ["Oak", "elementary"]])
    at = uploaded(("a.xlsx", data))
    assert len(roster(at).schools) == 1
    at.session_state[next(each.proto.id for each in at.expander if "Schools" in each.label).rpartition("-")[2]] = True
    at.run()
    next(box for box in at.selectbox if box.key.startswith("use_as_") and box.value == "schools").set_value(
        "leave-out"
    ).run()
    assert not failed(at) and not len(roster(at).schools)
    assert "Sheet Schools is not read" in everything(at).replace("\\", "") + pieces(at)


def test_every_sheet_and_column_has_a_fate_on_the_page():
    data = services(
        ["1", "Oak", "60 min weekly", "Kim", "60", "x", "12"],
        columns=(*COLUMNS, "SLP minutes", "Comments", "Room"),
        Notes=[["Call the office"]],
    )
    at = uploaded(("a.xlsx", data))
    said = (everything(at) + pieces(at)).replace("\\", "")
    for words in ("SLP minutes", "About another service", "Room", "Sheet Notes is not read"):
        assert words in said, words
    assert "Comments" in said


def test_saving_who_is_in_post_opens_the_gap_and_is_the_command_lines_answer():
    data = services(ROWS[0], ["2", "Elm", "90 min weekly", "Lee"], columns=COLUMNS)
    at = uploaded(("a.xlsx", data))
    assert "no gap" in pieces(at) and "Lee" not in everything(at).split()
    widget(at, "button", "fill_posts").click().run()
    assert list(widget(at, "data_editor", "posts_").value["therapist"]) == ["Kim", "Lee"]
    widget(at, "file_uploader", "posts_file").upload("posts.csv", as_csv(TYPED, to_keep=True)).run()
    assert not failed(at) and "Who is in post was typed in" in pieces(at)
    expected = load([("a.xlsx", data), (POSTS_FILE, as_csv(TYPED))], secret=b"any").roster
    answer = analyze(expected, default_day(expected, date.today()))
    assert answer.posts_known and finding_of(at) == " ".join(map(str, standing.settled(answer)))
    assert roster(at).known.vacant == (("OT", 0.5),)
    visit(at, "premises")
    assert not failed(at) and "Who is in post was typed in: 2 people." in pieces(at)
    visit(at, "data")
    widget(at, "button", "fill_posts").click().run()
    assert len(widget(at, "data_editor", "posts_").value) == 3
    widget(at, "button", "forget_posts").click().run()
    assert not failed(at) and not at.session_state[IMPORTED].posts and "no gap" in pieces(at)


def test_a_list_of_posts_that_cannot_be_used_changes_nothing():
    at = uploaded(("a.xlsx", UNCLEAR))
    widget(at, "button", "fill_posts").click().run()
    for wrong in (b"hello,there\n1,2\n", as_csv([Post("Kim", "OT")])):
        widget(at, "file_uploader", "posts_file").upload("posts.csv", wrong).run()
        assert not failed(at) and "Nothing was changed" in at.warning[0].value
        assert not at.session_state[IMPORTED].posts


def test_posts_survive_the_editor_and_the_file():
    assert posts_table.posts_of(posts_table.frame(TYPED)) == TYPED
    assert posts_table.posts_of(pd.concat([posts_table.frame(TYPED), posts_table.frame((Post(),))])) == TYPED
    kept, why = read_posts("x.csv", as_csv(TYPED, to_keep=True))
    assert not why and kept[1:] == TYPED[1:] and kept[0].fte == 1.0
    assert as_csv([Post("=1+1", "OT", 1.0)], to_keep=True).decode("utf-8-sig").splitlines()[1].startswith("'=1+1")


def test_a_file_that_lists_people_without_hours_is_completed_by_what_is_typed():
    data = services(*ROWS[:1], columns=COLUMNS, Therapists=[["Therapist", "Base school"], ["Kim", "Oak"]])
    before = load([("a.xlsx", data)], secret=b"any").roster
    assert lacking(proposed(before)) == ["Row 1 lacks FTE or hours a week."]
    after = load([("a.xlsx", data), (POSTS_FILE, as_csv(TYPED[:1]))], secret=b"any").roster
    assert not [issue for issue in after.issues if issue.severity == "error"]
    assert after.therapists[["therapist", "base_school", "fte"]].values.tolist() == [["Kim", "Oak", 1.0]]


def test_people_whose_rows_contradict_each_other_are_still_asked():
    data = services(*ROWS[:1], columns=COLUMNS, Therapists=[["Therapist", "FTE"], ["Kim", 0.5]])
    both = load([("a.xlsx", data), (POSTS_FILE, as_csv(TYPED[:1]))], secret=b"any")
    assert [question.key for question in both.questions] == ["person:Kim"]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-3.2, -2.1, "is short by 2.1 to 3.2 FTE"),
        (-3.2, -3.2, "is short by 3.2 FTE"),
        (-0.4, 1.2, "is between short by 0.4 and room for 1.2 FTE"),
        (0.5, 1.2, "has room for 0.5 to 1.2 FTE"),
    ],
)
def test_the_band_says_the_gap_with_both_ends(low, high, said):
    assert standing.span_of_gap(low, high) == said


def test_every_page_tells_the_ends_that_data_has_worked_out():
    at = uploaded(("messy.xlsx", MESSY))
    (low, high), _ = record(at, BesideRoster).question_ends[1]
    assert low < high
    visit(at, "premises")
    said = pieces(at).partition("question about the file is open")[2].partition("</p>")[0]
    assert said.endswith(f"to {fte(high)} FTE.")  # from the need as it stands, with the rows that are counted so far


def test_the_record_of_the_screen_refuses_a_name_that_it_does_not_have():
    with pytest.raises(AttributeError):
        data_state.once("cell", "key", lambda: 1)


def test_the_place_without_a_file_says_what_to_bring():
    from tests.dashboard.support import app

    at = visit(app().run(), "data")
    assert finding_of(at).startswith("Bring your caseload list") and not failed(at)


def test_a_phrase_without_an_amount_is_no_answer():
    assert phrase("") == (None, "")


def test_data_says_the_rows_and_the_gap_that_the_answer_says():
    at = app().run()
    next(button for button in at.button if button.label == "Open the sample district").click().run()
    said = " ".join(re.sub(r"<[^>]+>", "", body) for body in html_of(visit(at, "data")))
    assert "580 rows, 536 counted, 44 left out with a reason." in said
    assert "Bluff County is short" in heading(at) and "3.1" in heading(at) and "provisionally" not in heading(at)
    at.session_state["day"] = date(2027, 1, 15)
    assert heading(visit(at, "data")).endswith("FTE, provisionally")


def test_one_text_of_a_closed_question_can_be_said_in_other_words():
    columns = ("student_id", "school", "Min", "Every", "therapist")
    at = uploaded(
        ("a.xlsx", services(["1", "Oak", 30, "week", "Kim"], ["2", "Elm", 60, "month", "Lee"], columns=columns))
    )
    [asked] = questions(at)
    asked.set_value(ELSE).run()
    widget(at, "text_input", "own_").set_value("2 x 30 min weekly").run()
    widget(at, "button", "use_").click().run()
    assert not failed(at)
    answer_with(at, "total")
    assert not questions(at) and sorted(roster(at).services["total_minutes"]) == [60, 60]
    assert list(roster(at).services["period"]) == ["week", "month"]


def test_which_of_two_columns_may_be_answered_with_what_another_one_is():
    columns = ("student_id", "school", "Weekly min A", "Weekly min B")
    at = uploaded(("a.xlsx", services(["1", "Oak", 30, 15], ["2", "Elm", 60, 45], columns=columns)))
    [asked] = questions(at)
    asked.set_value(ELSE).run()
    widget(at, "selectbox", "which_").set_value("Weekly min B").run()
    widget(at, "selectbox", "own_").set_value("minutes_per_month").run()
    widget(at, "button", "use_").click().run()
    assert not failed(at)
    answer_with(at, "also")  # 30 minutes a week and 15 a month do not say the same
    assert not questions(at) and sorted(roster(at).services["total_minutes"]) == [15, 30, 45, 60]


def test_a_person_who_is_not_among_the_choices_can_be_chosen():
    people = [[f"{name}, Ann", "OT", 1.0] for name in ("Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum")]
    data = services(
        ["1", "Oak", "60 min weekly", "Zzyzx"], columns=COLUMNS, Therapists=[["therapist", "role", "fte"], *people]
    )
    at = uploaded(("a.xlsx", data))
    [asked] = questions(at)
    asked.set_value(ELSE).run()
    widget(at, "selectbox", "own_").set_value("Gum, Ann").run()
    widget(at, "button", "use_").click().run()
    assert not failed(at) and list(roster(at).services["therapist"]) == ["Gum, Ann"]

"""The conversation about an uploaded file: answers with what they lead to, corrections, totals, next month's file."""

from __future__ import annotations

import html
import io
import re
from datetime import date

import openpyxl
import pytest

from dashboard.screens.data import unread_cells
from dashboard.shell.session import DISTRICT, IMPORTED
from tests.dashboard.support import app, everything, failed, visit
from tests.intake.rosters import services
from workload.answer import analyze, default_day
from workload.intake.answers.import_map import ImportMap, map_of, map_text
from workload.intake.by_hand.corrected_cells import Edits
from workload.intake.by_hand.corrected_file import corrected_workbook
from workload.intake.load import load, open_files
from workload.model.words import fte

COLUMNS = ("student_id", "school", "frequency_text", "therapist")
NAME = "caseload.xlsx"
MESSY = services(
    ["1", "Oak", "60 min biweekly", "Kim"],
    ["2", "Oak", "2 x 30 min weekly", "Kim"],
    ["3", "Elm", "see the IEP, page x", "Lee"],
    ["4", "Elm", "see the IEP, page x", "Lee"],
    ["5", "Elm", "30 min weekly", "Lee"],
    columns=COLUMNS,
)
NO_ANSWER_YET = "phrase:biweekly"
NOW = "0.08"  # FTE required while the question is open: its row waits


def uploaded(*files: tuple[str, bytes], at=None):
    """The app after an upload."""
    at = visit(at or app().run(), "upload")
    at.file_uploader[0].set_value([(name, data, "") for name, data in files]).run()
    assert not failed(at)
    return at


def widget(at, kind: str, key: str):
    """The widget whose key starts so."""
    return next(each for each in getattr(at, kind) if (each.key or "").startswith(key))


def roster(at):
    return at.session_state[DISTRICT].roster


def answered(answers: ImportMap, edits: Edits = Edits(), data: bytes = MESSY):
    """The library's own reading of the file."""
    return load([(NAME, data)], secret=b"any", answers=answers, edits=edits).roster


def finding_of(at) -> str:
    """The one sentence that the page leads with, without its marks."""
    head = next(each.proto.body for each in at.get("html") if 'class="finding"' in each.proto.body)
    return " ".join(re.sub(r"<[^>]*>", " ", head.partition("</h1>")[0]).split())


def answer_with(at, choice: str):
    """Choose on the first question's card and use it."""
    asked = next(
        each
        for kind in ("radio", "selectbox")
        for each in getattr(at, kind)
        if (each.key or "").startswith("question_")
    )
    asked.set_value(choice)
    return widget(at, "button", asked.key.replace("question_", "use_")).click().run()


def questions(at) -> list:
    """The widgets of the open questions."""
    return [
        each
        for kind in ("radio", "selectbox")
        for each in getattr(at, kind)
        if (each.key or "").startswith("question_")
    ]


def minutes(of) -> list[float]:
    return sorted(of.services["total_minutes"].dropna().tolist())


def correct(at, row: int, text: str | None):
    """Write into the editor of unreadable cells, as the browser does: the row stands at this place of the list."""
    editor = widget(at, "data_editor", "mend_")
    mended = at.session_state[IMPORTED]
    found = unread_cells.cells(mended.opened, at.session_state[DISTRICT].loaded, mended.edits, mended.answers)
    assert len(editor.value) == len(found)
    at.session_state[IMPORTED] = mended.with_edits(unread_cells.with_correction(mended.edits, found[row], text))
    return at.run()


def test_an_answer_reads_the_rows_again_but_opens_no_file_again(monkeypatch):
    at = uploaded((NAME, MESSY))
    expected = minutes(answered(ImportMap().with_answer(NO_ANSWER_YET, "twice-a-week")))

    def no_opening(*_):
        raise AssertionError("a file was opened again")

    monkeypatch.setattr("workload.intake.load.open_file", no_opening)
    answer_with(at, "twice-a-week")
    assert not failed(at) and not questions(at)
    assert minutes(roster(at)) == expected


def test_every_choice_stands_with_the_fte_that_it_leads_to():
    at = uploaded((NAME, MESSY))
    told = []
    *options, other = questions(at)[0].options
    assert other.startswith("Something else")
    for choice, shown in zip(("every-two-weeks", "twice-a-week"), options, strict=True):
        of = answered(ImportMap().with_answer(NO_ANSWER_YET, choice))
        told.append(fte(analyze(of, default_day(of, date.today())).district["required_fte"]))
        assert shown.endswith(f":gray[→ {told[-1]} FTE needed]")
    assert len(set(told)) == 2
    assert finding_of(at) == f"1 question open: the district needs {NOW} to {max(told)} FTE until you answer"


def test_a_long_list_of_questions_waits_for_a_click_before_its_choices_are_tried(monkeypatch):
    monkeypatch.setattr("dashboard.screens.data.effects.CHOICES_AT_ONCE", 0)
    at = uploaded((NAME, MESSY))
    assert not any("FTE needed" in option for option in questions(at)[0].options)
    assert finding_of(at).endswith(f"needs {NOW} FTE so far")
    widget(at, "button", "work_out").click().run()
    assert not failed(at) and all("FTE needed" in option for option in questions(at)[0].options[:-1])


def test_answers_are_used_again_for_next_months_file_and_forgotten_with_the_district():
    at = uploaded((NAME, MESSY))
    answer_with(at, "twice-a-week")
    later = services(["1", "Oak", "60 min biweekly", "Kim"], ["6", "Elm", "45 min weekly", "Lee"], columns=COLUMNS)
    uploaded(("november.xlsx", later), at=at)
    assert minutes(roster(at)) == [45, 120] and not questions(at)
    widget(at, "button", "close").click().run()
    uploaded((NAME, MESSY), at=at)
    assert questions(at)


def test_saved_answers_come_back_and_a_wrong_file_is_refused_in_a_sentence():
    at = uploaded((NAME, MESSY))
    at.session_state["answers_panel"] = True
    at.run()
    saved = map_text(ImportMap().with_answer(NO_ANSWER_YET, "every-two-weeks"))
    for wrong in (b"\xff\xfe", b"not toml [", b"meals = 3", b"[schools]\nOak = 3"):
        widget(at, "file_uploader", "map_file").upload("MAP.toml", wrong).run()
        assert not failed(at) and "Nothing was changed" in at.warning[0].value, wrong
        assert not at.session_state[IMPORTED].answers.as_dict()
    widget(at, "file_uploader", "map_file").upload("MAP.toml", saved.encode()).run()
    assert minutes(roster(at)) == minutes(answered(map_of({"answers": {"biweekly": "every-two-weeks"}})))
    assert "under the phrase's text" in " ".join(html.unescape(each.proto.body) for each in at.get("html"))


def test_equal_unreadable_phrases_are_mended_together_and_undone():
    at = uploaded((NAME, MESSY))
    before = minutes(roster(at))
    editor = widget(at, "data_editor", "mend_").value
    assert editor["As it stands"].tolist() == ["60 min biweekly", "see the IEP, page x"] and editor[
        "Cells"
    ].tolist() == [1, 2]
    correct(at, 1, "45 min weekly")
    assert not failed(at) and minutes(roster(at)) == sorted([*before, 45, 45])
    assert widget(at, "data_editor", "mend_").value["Corrected to"].fillna("").tolist() == ["", "45 min weekly"]
    widget(at, "button", "mend_back").click().run()
    assert not failed(at) and minutes(roster(at)) == before


def test_what_the_editor_sends_becomes_a_correction_and_an_emptied_cell_takes_it_back():
    opened = open_files([(NAME, MESSY)])
    _, cell = unread_cells.cells(opened, load(opened, secret=b"x"), Edits(), ImportMap())
    edits = unread_cells.with_correction(Edits(), cell, " 45 min weekly ")
    assert dict(edits.cells) == {(NAME, "Services", row, "frequency_text"): "45 min weekly" for row in (4, 5)}
    assert (
        not unread_cells.with_correction(edits, cell, "").cells
        and not unread_cells.with_correction(edits, cell, None).cells
    )


def test_the_same_corrections_can_be_made_on_check_and_the_corrected_workbook_holds_them():
    at = visit(uploaded((NAME, MESSY)), "check")
    correct(at, 1, "45 min weekly")
    assert not failed(at)
    button = next(each for each in at.get("download_button") if each.proto.label == "Download the corrected workbook")
    assert button
    own = at.session_state[IMPORTED]
    made = corrected_workbook(NAME, MESSY, own.edits)
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    assert [book["Services"][f"C{row}"].value for row in (4, 5)] == ["45 min weekly"] * 2
    assert "charts and pictures in it are dropped" in everything(at)


def test_therapists_are_not_named_among_the_cells_to_mend():
    at = uploaded((NAME, MESSY))
    assert not {"Kim", "Lee"} & set(everything(at).split())


UNUSUAL = services(*[[str(at), "Oak", "900 min weekly", "Kim"] for at in range(8)], columns=COLUMNS)


def test_unusual_totals_stop_the_answer_until_somebody_has_looked():
    at = uploaded((NAME, UNUSUAL))
    assert finding_of(at).startswith("1 look is needed")
    visit(at, "overview")
    assert not at.metric and "unusual" in at.warning[0].value and not failed(at)
    visit(at, "upload")
    widget(at, "checkbox", "totals_looked").check().run()
    assert not failed(at) and finding_of(at).startswith("No question is open")
    visit(at, "overview")
    assert at.metric
    visit(at, "upload")
    widget(at, "checkbox", "totals_looked").uncheck().run()
    assert finding_of(at).startswith("1 look is needed")


def test_the_totals_of_the_file_are_those_of_the_library():
    at = uploaded((NAME, MESSY))
    panel = at.session_state[DISTRICT].loaded.panel
    said = everything(at)
    assert f"{panel.weekly_minutes:,.0f}" in said and all(
        student.replace("-", "\\-") in said for student, _ in panel.largest
    )
    assert panel.students == 4 and len(panel.largest) == 2


def test_a_known_report_is_named_with_what_it_cannot_give():
    columns = (
        "Name",
        "SEIS ID",
        "Service",
        "Delivery",
        "Sessions / Frequency",
        "Location",
        "Total Minutes (min/year)",
        "Start Date",
    )
    rows = [["A B", "1", "450 Occupational Therapy", "Individual", "30 min x 1 weekly", "Class", 1080, "2026-08-20"]]
    at = uploaded((NAME, services(*rows, columns=columns)))
    said = everything(at).replace("\\", "")
    assert "Recognized as **SEIS Deliveries**" in said and "8 of 11 known headings" in said
    assert "names neither the school nor the therapist" in said


def test_the_next_upload_shows_who_is_new_gone_and_changed():
    at = uploaded((NAME, MESSY))
    later = services(
        ["2", "Oak", "3 x 30 min weekly", "Kim"],
        ["3", "Elm", "see the IEP, page x", "Lee"],
        ["5", "Elm", "30 min weekly", "Lee"],
        ["9", "Elm", "20 min weekly", "Lee"],
        columns=COLUMNS,
    )
    uploaded(("november.xlsx", later), at=at)
    said = everything(at).replace("\\", "")
    assert "1 student is new, 1 gone, 1 changed and 2 the same. Minutes a week: 90 before, 140 now." in said
    assert not {"Kim", "Lee"} & set(said.replace(",", " ").split())


@pytest.mark.parametrize("page_name", ["upload", "check"])
def test_nobody_is_named_while_unusual_totals_hold_the_answer_back(page_name):
    at = uploaded((NAME, MESSY))
    visit(uploaded(("november.xlsx", UNUSUAL), at=at), page_name)
    said = everything(at).replace(",", " ").split()
    assert not failed(at) and "Kim" not in said and "Lee" not in said


def test_a_second_file_of_the_same_upload_keeps_corrections_and_is_no_new_month():
    at = uploaded((NAME, MESSY))
    correct(at, 1, "45 min weekly")
    people = services(["7", "Oak", "15 min weekly", "Kim"], columns=COLUMNS)
    uploaded((NAME, MESSY), ("second.xlsx", people), at=at)
    assert minutes(roster(at)) == [15, 30, 45, 45, 60] and at.session_state[IMPORTED].before is None


def test_closing_forgets_the_files_also_while_they_stand_in_the_uploader():
    at = uploaded((NAME, MESSY))
    widget(at, "button", "close").click().run()
    assert (
        DISTRICT not in at.session_state
        and IMPORTED not in at.session_state
        and finding_of(at).startswith("Bring your")
    )


def test_pseudonyms_stay_the_same_in_another_session():
    students = [set(roster(uploaded((NAME, MESSY))).services["student"]) for _ in range(2)]
    assert students[0] == students[1] and len(students[0]) == 4


@pytest.mark.parametrize("page_name", ["upload", "check"])
def test_text_of_the_file_has_no_meaning_on_the_screen(page_name):
    bad = "30 ?? 8 [x](http://evil.example) 77"
    data = services(["1", "Oak", bad, "Kim"], ["2", "Oak", "30 min weekly", "Kim"], columns=COLUMNS)
    at = visit(uploaded(("![a](b).xlsx", data)), page_name)
    live = [
        text
        for kind in ("markdown", "caption", "warning", "error", "info", "subheader")
        for text in (each.value for each in getattr(at, kind))
        if "[x](http" in text or "![a](b)" in text
    ]
    assert not failed(at) and not live


WITHOUT_POSTS = b"Student ID,School,Therapist,Frequency\n1,Oak,Lee,30 min weekly\n2,Oak,Lee,%s\n"


@pytest.mark.parametrize("second, waits", [(b"30 min 2-3x/wk", True), (b"60 min weekly", False)])
def test_a_need_without_posts_says_that_it_may_move_while_a_question_is_open(second, waits):
    at = visit(uploaded(("list.csv", WITHOUT_POSTS % second)), "answer")
    said = everything(at)
    assert not failed(at) and "Need only" in said
    assert ("Provisional" in said) == waits == ("open premise is settled" in said)
    assert ("Settle 1 open premise" in [each.label for each in at.button]) == waits

"""From a file to an answer, filters over pages, assumptions, two visitors at once."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.screens.data.column_grid import HIDDEN
from dashboard.shell import cached
from dashboard.shell.session import DISTRICT
from tests.dashboard.support import (
    app,
    district,
    everything,
    failed,
    heading,
    opened,
    short_answer,
    typed_week_row,
    unfold,
    visit,
)
from tests.dashboard.test_upload_conversation import answer_with, finding_of, questions
from tests.support.rosters import DAY, random_tables, write_workbook
from workload.answer import analyze, default_day
from workload.intake.load import load
from workload.model.parameters import Assumptions
from workload.model.words import fte, percent
from workload.one_week import week_roster


def widget(at, kind: str, key: str):
    """The widget with that key."""
    return next(each for each in getattr(at, kind) if each.key == key)


def plain(text: str) -> str:
    """A sentence without the escapes of Markdown."""
    return text.replace("\\", "")


@pytest.fixture
def workbook(tmp_path) -> bytes:
    """A random tidy roster as an uploaded workbook."""
    return write_workbook(random_tables(11), tmp_path / "roster.xlsx").read_bytes()


def uploaded(data: bytes, name: str = "maple_county.xlsx"):
    """The app after an upload."""
    at = visit(app().run(), "upload")
    at.file_uploader[0].upload(name, data).run()
    return at


def test_an_uploaded_workbook_leads_to_the_answer_of_the_library(workbook):
    at = uploaded(workbook)
    assert not failed(at) and "FTE until you answer" in finding_of(at)
    visit(at, "overview")
    roster = load([("maple_county.xlsx", workbook)], secret=b"any").roster
    answer = analyze(roster, default_day(roster, date.today()))
    assert heading(at) == short_answer(answer, "The district")
    assert [metric.value for metric in at.metric][:3] == [
        percent(answer.district["utilization"]),
        percent(1 - answer.district["student_minutes_at_risk"] / (60 * answer.district["student_hours"])),
        fte(answer.district["required_fte"]),
    ]


def test_the_district_is_called_what_somebody_types(workbook):
    at = uploaded(workbook)
    widget(at, "text_input", "district_name").set_value("Oak Valley").run()
    visit(at, "overview")
    assert heading(at).startswith("Oak Valley ")


def test_a_file_that_is_no_roster_is_refused_with_a_remedy():
    at = uploaded(b"%PDF-1.7 nothing", "caseload.xlsx")
    assert not failed(at)
    said = " ".join(each.value for each in at.error)
    assert "caseload" in said and finding_of(at).startswith("No answer yet")
    visit(at, "overview")
    assert "must be settled" in at.error[0].value


def test_an_upload_outlives_a_change_of_page_and_can_be_forgotten(workbook):
    at = uploaded(workbook)
    visit(at, "method")
    visit(at, "upload")
    assert "FTE until you answer" in finding_of(at)
    widget(at, "button", "close").click().run()
    assert DISTRICT not in at.session_state and finding_of(at).startswith("Bring your")


def test_the_sample_opens_on_the_overview_in_one_click():
    at = app().run()
    next(button for button in at.button if button.label == "Open the sample district").click().run()
    assert heading(at) == short_answer(analyze(cached.sample().roster, cached.SAMPLE_DAY), "Bluff County")


def test_the_app_opens_on_the_sample_when_it_is_started_so(monkeypatch):
    monkeypatch.setenv("OT_STAFFING_SAMPLE", "1")
    at = app().run()
    assert heading(at).startswith("The therapist with 36")
    assert heading(visit(at, "answer")).startswith("Bluff County is short 3.1")


def test_filters_stay_when_pages_change():
    at = visit(opened(district()).run(), "therapists")
    widget(unfold(at, "narrow_therapist"), "selectbox", "region").set_value("North").run()
    widget(at, "selectbox", "therapist").set_value("OT 2").run()
    visit(at, "schools")  # where a choice is made, the list stands open
    assert widget(at, "selectbox", "region").value == "North"
    assert widget(at, "selectbox", "therapist").value == "OT 2"
    visit(visit(at, "overview"), "therapists")
    assert heading(at).startswith("OT 2 ")


def test_an_address_with_filters_opens_on_them_and_knows_therapists_by_code():
    at = opened(district())
    at.query_params["therapist"] = "OTA 2"
    visit(at.run(), "therapists")
    assert heading(at).startswith("OTA 2 ")


def test_an_address_with_a_name_that_does_not_exist_shows_everything():
    at = opened(district())
    at.query_params["therapist"] = "Therapist 00"
    visit(at.run(), "therapists")
    assert not failed(at) and "contract" in heading(at) and "Therapist" not in heading(at)
    said = "What the address asks for under “Therapist” is not there"
    assert any(said in each.value for each in at.warning) and "Therapist 00" not in repr(at.warning)
    assert not any(said in each.value for each in at.run().warning)


def test_the_role_filter_leaves_otas_only():
    at = visit(opened(district()).run(), "therapists")
    widget(unfold(at, "narrow_therapist"), "selectbox", "role").set_value("OTA").run()
    shown = at.dataframe[-1].value
    assert len(shown) == 1 and set(shown["role"]) == {"OTA"}


def test_a_changed_assumption_moves_the_answer_at_once_and_back():
    at = visit(opened(district()).run(), "overview")
    before = heading(at)
    at.session_state["assumptions_panel"] = True
    at.session_state["assume_meeting_hours"] = 3.0
    at.run()
    expected = analyze(district(), DAY, Assumptions().changed({"meeting_hours": 3.0}, "test"))
    assert heading(at) == short_answer(expected, "Test County") != before
    visit(visit(at, "schools"), "overview")
    assert heading(at) == short_answer(expected, "Test County")
    at.session_state["assume_meeting_hours"] = 1.5
    assert heading(at.run()) == before


def test_an_impossible_assumption_is_refused_in_a_sentence():
    at = opened(district())
    at.session_state["assume_planning_share"] = 0.9
    at.session_state["assume_staff_time_share"] = 0.5
    visit(at.run(), "overview")
    assert not failed(at)
    assert any("Not possible" in warning.value for warning in at.warning)


def test_another_day_gives_the_answer_of_that_day():
    at = opened(district())
    visit(at.run(), "overview")
    widget(at, "date_input", "day").set_value(date(2026, 12, 1)).run()
    assert heading(at) == short_answer(analyze(district(), date(2026, 12, 1)), "Test County")


def test_two_visitors_do_not_see_each_other(workbook):
    first, second = uploaded(workbook), app().run()
    assert DISTRICT in first.session_state and DISTRICT not in second.session_state
    visit(second, "overview")
    assert "No roster is open yet" in second.info[0].value
    third = uploaded(workbook)
    widget(first, "button", "close").click().run()
    assert DISTRICT not in first.session_state and DISTRICT in third.session_state


def test_the_calculator_gives_the_librarys_answer_for_a_plausible_week():
    at = app()
    at.query_params["way"] = "Round numbers"
    at = visit(at.run(), "calculator")
    row = typed_week_row(week_roster.Week(), date.today())
    assert 0.9 < row["utilization"] < 1
    assert at.metric[0].value == percent(row["utilization"])


def test_the_calculator_reads_its_link_and_holds_numbers_only():
    at = app()
    at.query_params["one"] = "40"
    visit(at.run(), "calculator")
    row = typed_week_row(week_roster.Week(individual=40), date.today())
    assert at.metric[0].value == percent(row["utilization"])


def test_a_cap_is_shown_when_a_state_is_chosen():
    at = visit(opened(district()).run(), "therapists")
    widget(at, "selectbox", "state").set_value("WI").run()
    widget(at, "selectbox", "therapist").set_value("OT 1").run()
    assert not failed(at)
    assert "Caseload rules and other limits" in [each.value for each in at.subheader]


UNCERTAIN = (
    b"Student ID,School,Therapist,Frequency,Room\n1,Oak,Lee Ames,30 min,7\n2,Oak,Lee Ames,60 min/month,8\n"
    b"3,Oak,Lee Ames,2x30 weekly,9\n4,Oak,Lee Ames,120 minutes,9\n"
)


def counted(at) -> int:
    """Service rows taken over from the uploaded files."""
    return at.session_state[DISTRICT].roster.rows("counted")


def test_a_question_is_asked_once_and_its_answer_counts_the_rows():
    at = uploaded(UNCERTAIN, "export.csv")
    assert not failed(at) and counted(at) == 2
    answer_with(at, "week")
    assert not failed(at) and counted(at) == 4
    assert not questions(at)
    visit(visit(at, "overview"), "upload")
    assert counted(at) == 4


def test_the_day_that_was_chosen_stays_when_a_question_is_answered():
    at = uploaded(UNCERTAIN, "export.csv")
    widget(at, "date_input", "day").set_value(date(2026, 12, 1)).run()
    answer_with(at, "month")
    assert widget(at, "date_input", "day").value == date(2026, 12, 1)


def column(at, heading: str):
    """The choice over the column with that heading."""
    return next(box for box in at.selectbox if box.label.replace("\\", "") == heading and box.key.startswith("column_"))


def test_a_column_that_was_taken_wrongly_can_be_corrected_and_given_back():
    at = uploaded(UNCERTAIN, "export.csv")
    at.session_state[next(each.proto.id for each in at.expander if "Not needed" in each.label).rpartition("-")[2]] = (
        True
    )
    at.run()
    column(at, "Room").set_value("grade").run()
    column(at, "School").set_value("").run()
    services = at.session_state[DISTRICT].roster.services
    assert not failed(at) and list(services["grade"].dropna()) == ["8", "9"] and services["school"].isna().all()
    assert "The column School is **Not needed**" in everything(at)
    undo = [button for button in at.button if button.label == "Undo this answer"]
    assert len(undo) == 2
    next(button for button in undo if "School" in button.help).click().run()
    assert at.session_state[DISTRICT].roster.services["school"].notna().all() and column(at, "School").value == "school"


def test_the_column_map_hides_therapists_and_tells_what_is_not_read():
    at = uploaded(UNCERTAIN, "export.csv")
    assert not failed(at)
    taken = {heading: column(at, heading).value for heading in ("Student ID", "School", "Therapist", "Frequency")}
    assert taken == {
        "Student ID": "student_id",
        "School": "school",
        "Therapist": "therapist",
        "Frequency": "frequency_text",
    }
    cells = " ".join(each.proto.body for each in at.get("html"))
    assert "Lee Ames" not in everything(at) + cells and HIDDEN in cells and "Replaced by a code" in cells

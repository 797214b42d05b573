"""Time study: a log typed in or uploaded counts at once, every change can be undone, measured standards come and go."""

from datetime import date, time

import pandas as pd
import pytest

from dashboard.screens.people.time_study import bring_in_a_log, use_as_our_standards
from dashboard.screens.people.time_study.study_log import StudyRecord
from dashboard.shell.beside_roster import BesideRoster
from dashboard.shell.session import DISTRICT
from tests.dashboard.evidence import open_part, widget, with_log
from tests.dashboard.support import app, district, everything, failed, opened, record, visit
from tests.support.rosters import DAY
from workload.answer import analyze
from workload.staffing.time_study.log_edits import ADD, LABEL_LIST, LogEdit, code_of, replayed
from workload.staffing.time_study.measured_standards import standards as library_standards
from workload.staffing.time_study.study_tables import intervention_ratio

LOG, HOURS, STANDARDS, MOMENTS = "Bring in a log", "Where the hours go", "Use as our standards", "Random moments"


def typing():
    """The page where entries are typed in."""
    return open_part(opened(district()).run(), "time_study", LOG)


def press(at, label: str):
    """Press the button with that label."""
    return next(each for each in at.button if each.label == label).click().run()


def add(at, start=time(8, 0), end=time(8, 45)):
    """One entry."""
    widget(at, "time_input", "entry_start").set_value(start)
    widget(at, "time_input", "entry_end").set_value(end)
    return press(at, "Add this entry")


def log_of(at) -> pd.DataFrame:
    """The log that the answer reads."""
    return record(at, BesideRoster).log


def test_an_entry_that_is_typed_in_counts_and_can_be_undone():
    at = add(typing())
    assert not failed(at)
    assert len(log_of(at)) == 1 and log_of(at)["therapist"][0] == "Therapist 00"
    open_part(at, "time_study", HOURS)
    assert widget(at, "button", "why_logged").label == "Why 0.8?"
    open_part(at, "time_study", LOG)
    widget(at, "button", "undo_log").click().run()
    assert log_of(at) is None


def test_an_end_before_the_start_is_refused_in_a_sentence():
    at = add(typing(), time(9, 0), time(8, 0))
    assert any("not after the start" in each.value for each in at.error)
    assert log_of(at) is None


def test_an_edit_and_several_removals_at_once_hit_the_right_rows():
    ops = bring_in_a_log.ops_of({0: {"Minutes": 20}, 1: {"Remove": True}, 3: {"Remove": True}})
    rows = replayed((LogEdit(ADD, tuple({"minutes": at} for at in range(5))), *ops))
    assert [row["minutes"] for row in rows] == [20, 2, 4]


def test_quarters_of_an_hour_that_follow_each_other_become_one_entry():
    grid = pd.DataFrame(
        {
            "From": ["6:30 AM", "6:45 AM", "7:00 AM", "7:15 AM"],
            "Activity": ["Planning", "Planning", None, "Planning"],
            "Outside the contract": [False, False, False, True],
        }
    )
    entries = bring_in_a_log.day_entries("A", DAY, grid)
    assert [(one["start"], one["end"], one["minutes"], one["outside_contract"]) for one in entries] == [
        ("06:30", "07:00", 30.0, False),
        ("07:15", "07:30", 15.0, True),
    ]


def test_an_uploaded_log_counts_with_the_names_of_the_roster_and_can_be_left_out():
    at = typing()
    log = (
        b"Therapist,Date,Activity,Start,End,Outside contract\nTHERAPIST 01,2026-09-21,Planning,8:00,8:45,yes\n"
        b"Therapist 02,2026-09-21,knitting,8:00,8:45,no\n"
    )
    at.file_uploader[0].upload("log.csv", log).run()
    assert not failed(at)
    assert len(log_of(at)) == 2 and log_of(at)["outside_contract"].tolist() == [True, False]
    assert "activity of this entry is not known" in everything(at)
    press(at, "Leave it out")
    assert log_of(at) is None


def test_a_stranger_in_the_log_is_not_named_either():
    at = typing()
    log = b"Therapist,Date,Activity,Start,End\nQuentin Odd,2026-09-21,knitting,8:00,8:45\nZoe Other,2026-09-21,Planning,8:00,9:00\n"
    at.file_uploader[0].upload("log.csv", log).run()
    assert not failed(at) and len(log_of(at)) == 2
    for part in (LOG, HOURS, "Model and log"):
        open_part(at, "time_study", part)
        assert not failed(at)
        assert "Quentin" not in everything(at) and "Zoe" not in everything(at)
    assert "Person 2" in everything(at)


def test_a_file_that_is_no_log_is_refused_in_a_sentence():
    at = typing()
    at.file_uploader[0].upload("x.csv", b"Pets,Names\ncat,Tom\n").run()
    assert not failed(at)
    assert any("No entries of a time log" in each.value for each in at.error)


def test_the_template_comes_back_as_a_log():
    import io

    import openpyxl

    from workload.intake.load import load

    book = openpyxl.load_workbook(io.BytesIO(bring_in_a_log.template()))
    sheet = book["Time log"]
    labels = [row[0].value for row in book["Activities"].iter_rows(min_row=2) if row[0].value in LABEL_LIST]
    for at, label in enumerate(labels, 3):
        for column, value in enumerate(("Avery Lund", "2026-09-21", label, "", "8:00", "8:15", "", "no"), 1):
            sheet.cell(at, column, value)
    out = io.BytesIO()
    book.save(out)
    read = load([("time-log.xlsx", out.getvalue())], secret=b"x").roster.time_log
    assert len(labels) == len(LABEL_LIST) == len(read)
    assert [code_of(each) for each in read["activity"]] == [code_of(each) for each in labels]


def test_the_typed_log_feeds_the_measured_ratio_of_the_methods():
    at = add(typing())
    open_part(at, "rules", "Methods")
    assert (
        "Measured ratio of all work to IEP sessions (Flynn)"
        in everything(at).replace("\\", "").split("What is missing")[0]
    )


def test_standards_are_used_shown_as_a_time_study_and_undone():
    roster = with_log(district())
    at = open_part(opened(roster).run(), "time_study", STANDARDS)
    widget(at, "number_input", "events_meeting").set_value(3.0).run()
    press(at, "Use as our standards")
    assert not failed(at) and not at.error
    answer = analyze(roster, DAY)
    expected = library_standards(answer.time_study, {"meeting": 3}, answer.assumptions)[0].standard
    assert at.session_state["assume_meeting_hours"] == pytest.approx(expected)
    press(at, "Use as our standards")  # a second time blends with what was assumed, not with itself
    assert at.session_state["assume_meeting_hours"] == pytest.approx(expected)
    assert "meeting_hours" in record(at, BesideRoster).measured
    visit(at, "method")
    assert "time study, 2026-09-21 to 2026-09-25, n = 3" in everything(at).replace("\\", "")
    open_part(at, "time_study", STANDARDS)
    press(at, "Undo: back to what was assumed")
    assert at.session_state["assume_meeting_hours"] == 1.5


def test_a_standard_that_is_impossible_is_refused_and_changes_nothing():
    roster = with_log(district())
    at = open_part(opened(roster).run(), "time_study", STANDARDS)
    widget(at, "number_input", "prior_events").set_value(0)
    widget(at, "number_input", "events_documentation").set_value(0.01).run()
    press(at, "Use as our standards")
    assert any("Nothing was changed" in each.value for each in at.error)
    assert not record(at, BesideRoster).measured


def test_random_moments_are_added_shown_and_never_of_one_person_below_thirty():
    at = open_part(opened(district()).run(), "time_study", MOMENTS)
    widget(at, "number_input", "moment_times").set_value(29)
    press(at, "Add these moments")
    assert len(at.get("plotly_chart")) == 1
    widget(at, "selectbox", "moments_person").select_index(0).run()
    assert not failed(at) and len(at.get("plotly_chart")) == 1
    assert any("29 moments were seen" in each.value.replace("\\", "") for each in at.info)
    widget(at, "number_input", "moment_times").set_value(1)
    press(at, "Add these moments")
    assert len(at.get("plotly_chart")) == 2
    widget(at, "button", "undo_moments").click().run()
    assert len(at.get("plotly_chart")) == 1


def test_the_ratio_on_the_card_is_the_librarys():
    roster = with_log(district())
    at = open_part(opened(roster).run(), "time_study", HOURS)
    ratio = intervention_ratio(analyze(roster, DAY).time_study)
    assert [metric.value for metric in at.metric][2] == f"{ratio.worked:.2f}"


def test_closing_the_district_forgets_the_log_and_the_standards():
    at = app().run()
    press(at, "Open the sample district")
    add(open_part(at, "time_study", LOG))
    assert len(log_of(at)) == 1
    open_part(at, "time_study", STANDARDS)
    press(at, "Use as our standards")
    assert at.session_state["assume_evaluation_initial_hours"] > 6
    visit(at, "upload")
    widget(at, "button", "close").click().run()
    assert log_of(at) is None and record(at, StudyRecord) == StudyRecord() and DISTRICT not in at.session_state
    assert at.session_state["assume_evaluation_initial_hours"] == 6


def test_another_district_does_not_inherit_what_was_typed_beside_the_sample():
    at = app().run()
    press(at, "Open the sample district")
    add(open_part(at, "time_study", LOG))
    visit(at, "upload")
    at.file_uploader[0].upload("a.csv", b"Student ID,Therapist,Minutes,Sessions,Period\n1,Lee,30,1,week\n").run()
    assert not failed(at)
    assert log_of(at) is None and record(at, StudyRecord) == StudyRecord()


def test_the_activities_that_can_be_measured_have_words():
    from workload.staffing.time_study.measured_standards import MEASURES

    assert set(use_as_our_standards.EVENTS) == set(MEASURES)
    assert date(2026, 10, 1) == DAY

"""Delivered minutes: files and typed rows, sum over sum, students behind a step, nothing unread becomes zero."""

from pathlib import Path

import pytest

from dashboard.screens.decide.year_ahead.year_history import day_in
from dashboard.screens.decide.year_ahead.year_record import YearAheadRecord
from dashboard.screens.people.delivered import delivered_data, what_was_delivered
from dashboard.screens.people.delivered.delivered_data import DeliveredRecord
from tests.dashboard.evidence import open_part, widget, with_minutes
from tests.dashboard.support import app, bring, district, everything, failed, opened, record
from tests.intake.test_presets import SHAPES, workbook
from tests.support.rosters import DAY
from workload.answer import analyze
from workload.staffing.delivered.compliance import delivered_of
from workload.staffing.delivered.delivered_file import TOTALS

CHICAGO = Path(__file__).parents[2] / "data" / "reference" / "chicago_ot_minutes_2014_2017.csv"
BRING, RESULTS, STUDENTS, BESIDE = "Bring in minutes", "What was delivered", "Single students", "Beside Chicago"
ROWS = (
    b"Student ID,School,Therapist,Month,Required,Delivered,Provider absence\n10432,school a,THERAPIST 01,2026-09,240,120,60\n"
    b"10432,School A,Therapist 01,2026-10,240,,0\n"
)


def text(at) -> str:
    """All that is on the page, as one reads it."""
    return everything(at).replace("\\", "")


def bringing(start=None):
    """The page where minutes are brought in."""
    return open_part((start or opened(district())).run(), "delivered", BRING)


def test_chicagos_file_gives_chicagos_shares():
    at = bringing(app())
    at.file_uploader[0].upload("chicago.csv", CHICAGO.read_bytes()).run()
    assert not failed(at) and "30 rows counted" in text(at)
    open_part(at, "delivered", RESULTS)
    assert at.metric[0].value == "62.8%"
    widget(at, "radio", "delivered_by").set_value("School year").run()
    for share in ("63.0%", "58.4%", "67.6%"):
        assert share in text(at)


def test_each_school_year_is_held_against_its_own_roster_and_a_year_without_one_says_what_to_bring():
    at = opened(district())
    rows = [
        {"month": month, "required_minutes": 6000, "delivered_minutes": 3000}
        for month in ("2024-10", "2025-10", "2026-09")
    ]
    bring(at, DeliveredRecord(files={"totals.csv": delivered_of(rows)}))
    bring(at, YearAheadRecord(rosters={"last.xlsx": district(5)}, guesses={"last.xlsx": 2025}))
    open_part(at.run(), "delivered", RESULTS)
    assert not failed(at)
    last = analyze(district(5), day_in(district(5), 2025))
    for year, its in ((2026, analyze(district(), DAY)), (2025, last)):
        hours = its.district["student_hours"] * 3.6  # 36 weeks a year, a tenth of it a month
        assert (
            f"**{year}-{year % 100 + 1}.** The model said {hours:,.0f} student hours a month, the record 100"
            in text(at)
        )
    assert "50 of the 100 were delivered" in text(at)
    assert "**2024-25.** No roster of this school year is open" in text(at)


def test_chicago_stands_beside_as_a_published_figure_with_its_source():
    at = open_part(app().run(), "delivered", BESIDE)
    assert not failed(at)
    assert "WBEZ" in text(at) and "no standard" in text(at)
    assert list(at.table[0].value["Delivered of required"].str.replace("\\", "")) == ["63.0%", "58.4%", "67.6%"]


def test_a_file_is_read_with_pseudonyms_and_the_rosters_names_and_its_gaps_are_told():
    at = bringing()
    at.file_uploader[0].upload("minutes.csv", ROWS).run()
    assert not failed(at)
    made = record(at, DeliveredRecord).files["minutes.csv"]
    assert len(made.rows) == 1 and made.rows["therapist"][0] == "Therapist 01" and made.rows["school"][0] == "School A"
    assert made.rows["student"][0].startswith("S-") and "10432" not in made.rows.to_csv()
    assert [(issue.row, issue.file) for issue in made.issues] == [(3, "minutes.csv")]
    assert "There is nothing under delivered" in text(at)
    open_part(at, "delivered", RESULTS)
    assert at.metric[0].value == "50.0%"


def test_a_log_of_sessions_is_read_too():
    at = bringing()
    at.file_uploader[0].upload(
        "log.csv", b"Date,Minutes,Outcome\n2026-09-02,30,delivered\n2026-09-03,30,student absent\n"
    ).run()
    assert not failed(at)
    open_part(at, "delivered", RESULTS)
    assert at.metric[0].value == "50.0%"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"Pets,Names\ncat,Tom\n", "No sheet has the columns"),
        (b"%PDF-1.7", "caseload"),
        (b"Required,Delivered,Minutes required\n1,1,1\n", "two columns mean"),
        (b"Required,Delivered\nx,y\n", "No row"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(data, says):
    at = bringing()
    at.file_uploader[0].upload("caseload.csv", data).run()
    assert not failed(at)
    assert len(at.error) == 1 and (says in at.error[0].value.replace("\\", "") or says == "caseload")


def test_minutes_are_typed_in_and_undone_and_an_empty_field_is_no_zero():
    at = bringing()
    widget(at, "number_input", "typed_required").set_value(100.0)
    next(each for each in at.button if each.label == "Add these minutes").click().run()
    assert "never read as zero" in at.error[0].value
    widget(at, "number_input", "typed_delivered").set_value(75.0)
    next(each for each in at.button if each.label == "Add these minutes").click().run()
    assert not at.error
    open_part(at, "delivered", RESULTS)
    assert at.metric[0].value == "75.0%"
    open_part(at, "delivered", BRING)
    widget(at, "button", "undo_delivered").click().run()
    open_part(at, "delivered", RESULTS)
    assert not at.metric and "No delivered minutes yet" in at.info[0].value


def test_single_students_are_shown_only_after_the_step():
    at = opened(district())
    with_minutes(at, ["School A"], ["Therapist 00"])
    open_part(at.run(), "delivered", STUDENTS)
    assert not at.dataframe and "S-AAAA" not in text(at)
    widget(at, "checkbox", "single_students").check().run()
    assert "S-AAAAAAAAAA" in set(at.dataframe[0].value["Student (pseudonym)"])
    open_part(at, "delivered", RESULTS)
    assert "S-AAAA" not in text(at)


def test_a_month_opens_to_its_arithmetic_without_students():
    at = opened(district())
    with_minutes(at, ["School A"], ["Therapist 00"])
    open_part(at.run(), "delivered", RESULTS)
    widget(at, "selectbox", "delivered_month").set_value("2026-09").run()
    assert not failed(at)
    assert "Delivered of required" in text(at) and "S-AAAA" not in text(at)


def test_schools_with_few_students_are_withheld_and_said():
    rows = [
        {"student": f"s{at}", "school": "Large" if at < 20 else "Small", "required_minutes": 10, "delivered_minutes": 5}
        for at in range(23)
    ] + [{"student": f"t{at}", "school": "Middle", "required_minutes": 10, "delivered_minutes": 5} for at in range(15)]
    left, note = what_was_delivered.without_small(delivered_of(rows), 10)
    assert set(left.rows["school"]) == {"Large"} and note.startswith("2 schools")
    whole, note = what_was_delivered.without_small(delivered_of(rows), 0)
    assert len(whole.rows) == 38 and note == ""


def test_the_template_is_read_without_its_example():
    from workload.intake.records import records_of
    from workload.staffing.delivered.compliance import COLUMN_OF

    found = records_of("delivered-minutes.xlsx", delivered_data.template(), TOTALS, COLUMN_OF)
    assert found.refusal is None and not found.records


def test_a_fidelity_report_that_upload_sends_here_is_read_here():
    report = workbook(SHAPES["samegoal_fidelity"])
    at = bringing()  # the service of the report ended before the district's day
    at.file_uploader[0].upload("fidelity.xlsx", report).run()
    assert not failed(at) and not at.error and "1 row counted" in text(at)
    assert "Doe" not in record(at, DeliveredRecord).reports["fidelity.xlsx"].to_csv()
    open_part(at, "delivered", RESULTS)
    assert at.metric[0].value == "37.0%"  # 400 of 1,080


def test_a_fidelity_report_of_services_that_go_on_waits_for_an_answer():
    rows = [list(row) for row in SHAPES["samegoal_fidelity"]["rows"]]
    rows[1][rows[0].index("Service End Date")] = "6/1/2035"
    at = bringing()
    at.file_uploader[0].upload("fidelity.xlsx", workbook({"rows": rows})).run()
    assert not failed(at) and "1 row waits for your answer" in text(at) and "0 rows counted" in text(at)
    radio = widget(at, "radio", "promised_fidelity.xlsx")
    assert radio.value is None
    radio.set_value(radio.options[0]).run()
    assert "1 row counted" in text(at) and "waits" not in text(at)
    next(each for each in at.button if each.label == "Leave it out").click().run()
    assert not record(at, DeliveredRecord).reports and "counted" not in text(at)


def test_a_fidelity_report_without_occupational_therapy_is_refused_in_a_sentence():
    rows = [row for row in SHAPES["samegoal_fidelity"]["rows"] if "Occupational Therapy (OT)" not in row]
    at = bringing()
    at.file_uploader[0].upload("fidelity.xlsx", workbook({"rows": rows})).run()
    assert "no row of it is occupational therapy" in at.error[0].value

"""One therapist's case: counted by the district's method, levers that add up, a file that comes back, a letter."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from xml.dom import minidom

import pytest
from pypdf import PdfReader

from workload.answer import analyze
from workload.figures.tones import THIRDS
from workload.intake.load import load
from workload.model.parameters import Assumptions, parameters
from workload.model.sources import unfit
from workload.one_week.caseload_list import entries_of, read_list
from workload.one_week.own_case import HAND_OVER, OTA, Case, levers, with_levers, workload_of
from workload.one_week.own_sheet import entries_of_sheet, not_counted, therapists_of
from workload.one_week.own_signs import own_signs
from workload.one_week.responsibilities import YEAR, hours_by_kind, responsibilities
from workload.one_week.week_file import SavedWeek, WeekFileError, as_file, read_file
from workload.one_week.week_grid import WEEK_DAYS, Grid, study_of_grid
from workload.one_week.week_roster import Duties, Entry, Service
from workload.report.own_letter.letter_files import as_docx, as_pdf
from workload.report.own_letter.letter_words import SIGN_WORDS, as_text, laws_for, letter, own_row
from workload.report.own_letter.roster_sheet import roster_file
from workload.rules.packs import pack_for
from workload.staffing.concerns.check_in import QUESTIONS
from workload.staffing.time_study.study import clock_words
from workload.staffing.time_study.study_tables import intervention_ratio

DAY, MONDAY, DEFAULTS = date(2026, 10, 1), date(2026, 9, 28), Assumptions()
TEXT = """14 students: 2 x 30 min weekly
6 students: 30 min weekly in a group of 3
8 students: 30 min monthly consult
10 students: 30 min weekly"""
CASE = Case(
    entries_of(read_list(TEXT)),
    Duties(initial=10, reevaluations=12, moves=6, assistants=1),
    {"assigned_duty": 1.25, "training": 21, "medicaid": 1.0},
)
FULL = (
    Grid()
    .with_block(WEEK_DAYS[:5], "08:00", "11:30", "direct")
    .with_block(WEEK_DAYS[:5], "11:30", "12:00", "lunch")
    .with_block(WEEK_DAYS[:5], "12:00", "16:00", "evaluation_initial")
    .with_block(("Mon", "Sat"), "19:00", "20:00", "documentation")
)


def test_a_small_week_by_hand():
    """2 students twice a week 30 minutes, nothing assumed beside: 2.0 direct hours; 4 notes of 5 minutes are 0.333;
    0.2 x 2.0 on behalf is 0.4; 2 meetings of 1.5 over 36 weeks are 0.0833; 8 reports of 0.25 are 0.0556.
    The sum, 2.8722, over 1 - 0.0889 - 0.0267 is 3.2474; 2 moves of 15 minutes are 0.5.
    """
    case = Case((Entry(2, (Service(30, 2),)),), Duties(initial=0, reevaluations=0, moves=2))
    service = 2.0 + 4 * 5 / 60 + 0.2 * 2.0 + 2 * 1.5 / 36 + 8 * 0.25 / 36
    assert workload_of(case, DAY, DEFAULTS) == pytest.approx(service / (1 - 200 / 60 / 37.5 - 1 / 37.5) + 0.5)


def test_ticked_hours_take_the_place_of_the_assumed_share():
    """21 hours a year over 36 weeks are 0.583; with 1.25 of duty 1.833 a week of staff time; billing is a duty."""
    assert hours_by_kind(CASE.ticked, 36) == {
        "named_duty": 1.0,
        "mtss": 0.0,
        "staff_time": pytest.approx(1.25 + 21 / 36),
    }
    answer = CASE.answer(DAY, DEFAULTS)
    row = answer.people.iloc[0]
    assert answer.assumptions["staff_time_share"] == 0
    assert row["staff_time_hours"] == pytest.approx(1.25 + 21 / 36)
    assert row["named_duty_hours"] == pytest.approx(1.0)


def test_evaluations_that_were_not_counted_come_from_the_rates():
    students = CASE.students
    none = replace(CASE, duties=replace(CASE.duties, initial=None, reevaluations=None))
    one = replace(CASE, duties=replace(CASE.duties, reevaluations=None))
    row = none.answer(DAY, DEFAULTS).people.iloc[0]
    assert row["evaluation_initial_hours"] == pytest.approx(0.2 * students * 6 / 36)
    row = one.answer(DAY, DEFAULTS).people.iloc[0]
    assert row["evaluation_initial_hours"] == pytest.approx(10 * 6 / 36)
    assert row["reevaluation_hours"] == pytest.approx(students / 3 * 4.5 / 36)


def test_each_lever_frees_what_it_says_and_the_smallest_number_that_fits():
    base = workload_of(CASE, DAY, DEFAULTS)
    found = levers(CASE, DAY, DEFAULTS)
    assert base > CASE.duties.contract_hours and {HAND_OVER, OTA} <= {one.id for one in found}
    assert [one.hours_freed for one in found] == sorted((one.hours_freed for one in found), reverse=True)
    for one in found:
        alone = workload_of(with_levers(CASE, [one]), DAY, DEFAULTS)
        assert base - alone == pytest.approx(one.hours_freed)
        if one.id in (HAND_OVER, OTA):
            assert alone <= CASE.duties.contract_hours
            fewer = workload_of(with_levers(CASE, [replace(one, number=one.number - 1)]), DAY, DEFAULTS)
            assert fewer > CASE.duties.contract_hours
    assert workload_of(with_levers(CASE, found), DAY, DEFAULTS) < base


def test_a_grid_is_a_study_with_unpaid_hours_apart():
    """3.5 and 4 hours on five days are 37.5; half an hour of the last block and two evenings lie outside: 2.5 + 2."""
    ratio = intervention_ratio(study_of_grid(FULL, MONDAY))
    assert (ratio.worked_hours, ratio.intervention_hours, ratio.outside_hours) == (39.5, 17.5, 4.5)
    assert not FULL.with_block(WEEK_DAYS, "06:00", "21:00", "").slots
    with pytest.raises(ValueError, match="is not after"):
        FULL.with_block(["Mon"], "10:00", "10:00", "direct")
    assert [clock_words(each) for each in ("00:00", "08:15", "12:00", "13:30")] == [
        "12:00 AM",
        "8:15 AM",
        "12:00 PM",
        "1:30 PM",
    ]


def test_a_saved_week_comes_back_as_it_was_and_nothing_else_is_taken():
    saved = SavedWeek(CASE, FULL, frozenset({"exhaustion"}), "WI", frozenset({OTA}))
    assert read_file(as_file(saved)) == saved
    for wrong in (b"", b"[]", b"{}", b"\xff", b'{"kind": "other"}', as_file(saved).replace(b'"week"', b'"moon"', 1),
                  as_file(saved).replace(b'"students": 14', b'"students": 1e9')):  # fmt: skip
        with pytest.raises(WeekFileError, match="nothing was changed"):
            read_file(wrong)


def test_every_sign_has_words_for_the_letter_and_shows_by_word_or_by_log():
    assert set(SIGN_WORDS) == set(QUESTIONS)
    signs = {one.sign.id: one for one in own_signs(CASE.answer(DAY, DEFAULTS), study_of_grid(FULL, MONDAY), {"relief"})}
    assert signs["relief"].shows and not signs["exhaustion"].shows
    assert signs["off-the-clock"].shows and not signs["off-the-clock"].said


def test_the_letter_says_her_numbers_on_one_page():
    answer, study = CASE.answer(DAY, DEFAULTS), study_of_grid(FULL, MONDAY)
    chosen = levers(CASE, DAY, DEFAULTS)[:3]
    together = workload_of(with_levers(CASE, chosen), DAY, DEFAULTS)
    laws = laws_for(pack_for("WI").in_force(DAY))
    said = letter(answer, study, own_signs(answer, study, QUESTIONS), chosen, together, laws, "Ms. <b>", "R & D", 3)
    text = as_text(said)
    assert "I serve 38 students" in text and "43.6 hours a week" in text and "3 further students" in text
    row = own_row(answer)
    sums = [sum(row.get(f"{code}_hours", 0.0) for code in codes) for third in THIRDS for _, codes in third.lines]
    own = [f"{value:.1f}" for value in (*(one for one in sums if one >= 0.05), row["workload_hours"])]
    assert [value for _, value in said.table] == own, "the line's own hours, as on the page, and not what fits the sum"
    assert "PI 11.24" in text and "34 CFR 300.17(d)" in text and "39.5 hours of work" in text
    pdf = as_pdf(said, DAY)
    assert pdf == as_pdf(said, DAY) and pdf.startswith(b"%PDF")
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    word = as_docx(said)
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        document = minidom.parseString(parts.read("word/document.xml")).toxml()
        assert "Ms. &lt;b&gt;" in document and "R &amp; D" in document
    assert word == as_docx(said)


def test_an_own_sheet_is_the_same_caseload():
    sheet = (
        b"Student,Therapist,Frequency,Type\nAnn,Jo,2 x 30 min weekly,Individual\nBob,Jo,2 x 30 min weekly,Individual\n"
        b"Cy,Jo,30 min monthly,Consult\nDi,Max,30 min weekly,Individual\n"
    )
    roster = load([("mine.csv", sheet)], secret=b"x" * 32).roster
    assert therapists_of(roster) == ("Jo", "Max") and not_counted(roster) == (4, 0)
    entries = entries_of_sheet(roster, DAY, DEFAULTS, "Jo")
    assert sorted(entry.students for entry in entries) == [1, 2]
    assert Entry(2, (Service(30, 2),)) in entries
    assert sum(entry.students for entry in entries_of_sheet(roster, DAY, DEFAULTS, None)) == 4


def test_the_week_as_a_roster_is_read_as_the_same_work():
    data = roster_file(CASE, 36, DAY)
    read = load([("my-roster.xlsx", data)], secret=b"x" * 32)
    assert not [issue for issue in read.roster.issues if issue.severity == "error"] and not read.questions
    mine = CASE.answer(DAY, DEFAULTS)
    theirs = analyze(read.roster, DAY, mine.assumptions)
    assert theirs.district["caseload"] == 38
    for part in ("direct_hours", "consult_hours", "evaluation_initial_hours", "reevaluation_hours", "named_duty_hours"):
        assert theirs.district[part] == pytest.approx(mine.district[part]), part


def test_every_responsibility_says_what_it_is_and_where_from():
    for one in responsibilities().values():
        assert list(unfit(one.force, one.evidence, one.by)) == [] and one.source and one.help
        assert one.hours > 0 and (one.per == YEAR or one.hours <= 5)
        assert one.counts_as in ("named_duty", "mtss", "staff_time")
    assert parameters()["staff_time_hours_per_person"].maximum == 20

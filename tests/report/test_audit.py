"""The audit workbook: a spreadsheet program that recalculates every formula gets the library's numbers."""

from __future__ import annotations

import io
import math
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from tests.report.office import converted
from tests.report.packets import sample_answer, workbook
from tests.support.rosters import DAY, as_roster, assumptions_of, random_assumptions, random_tables
from workload.answer import Answer, analyze
from workload.explain.gauges import declared
from workload.model.parameters import parameters
from workload.premises.premise_list import premises_of
from workload.report.audience import AUDIENCES
from workload.report.audit.audit_book import audit_workbook
from workload.report.packet_choices import Settings
from workload.report.reader_view import View
from workload.work.activities import BY_CODE

CACHED = re.compile(rb"(</f><v>)([^<]*)(</v>)")


def made(answer: Answer) -> bytes:
    """The workbook under neutral codes."""
    return audit_workbook(View(answer, AUDIENCES["auditor"], Settings()))


def poisoned(data: bytes) -> bytes:
    """The same workbook with a wrong saved value, 999, in every formula cell that holds a number."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = CACHED.sub(
                    lambda found: found[1] + (b"999" if re.fullmatch(rb"[-\d.eE]+", found[2]) else found[2]) + found[3],
                    part,
                )
            new.writestr(name, part)
    return out.getvalue()


def formula_cells(data: bytes):
    """(sheet, cell) of every formula."""
    for sheet in workbook(data, values=False):
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell.coordinate) for cell in row if cell.data_type == "f")


def differences(expected: bytes, found: bytes) -> tuple[list[str], int]:
    """Formula cells whose value differs, and how many cells with a number were compared."""
    theirs, mine = workbook(expected), workbook(found)
    wrong, compared = [], 0
    for sheet, place in formula_cells(expected):
        value, other = theirs[sheet][place].value, mine[sheet][place].value
        if isinstance(value, int | float):
            compared += 1
            same = isinstance(other, int | float) and math.isclose(value, other, rel_tol=1e-12, abs_tol=1e-9)
        else:
            same = (value or None) == (other or None)
        if not same:
            wrong.append(f"{sheet}!{place}: {value} here, {other} recalculated")
    return wrong, compared


def random_answer(seed: int) -> Answer:
    """A random roster under random assumptions."""
    return analyze(as_roster(random_tables(seed, students=60, people=7)), DAY, assumptions_of(random_assumptions(seed)))


@pytest.mark.parametrize(
    "answer,least",
    [(sample_answer, 5_500), *((lambda seed=seed: random_answer(seed), 2_000) for seed in (3, 4, 5, 6, 7, 8))],
    ids=["sample", *(f"random-{seed}" for seed in (3, 4, 5, 6, 7, 8))],
)
def test_recalculated_from_poisoned_values_every_cell_is_the_librarys(answer, least):
    data = made(answer())
    wrong, compared = differences(data, converted(poisoned(data), "xlsx", "xlsx"))
    assert wrong == []
    assert compared >= least


def test_without_recalculation_the_poison_would_be_seen():
    data = made(sample_answer())
    wrong, compared = differences(data, poisoned(data))
    assert len(wrong) == compared > 5_000


def test_the_saved_values_are_those_of_the_answer():
    answer, book = sample_answer(), workbook(made(sample_answer()))
    district = {row[0].value: row[1].value for row in book["District"].iter_rows(min_row=5)}
    for label, name in (
        ("Required FTE", "required_fte"),
        ("Available FTE", "available_fte"),
        ("Gap FTE (negative is short)", "gap_fte"),
        ("Workload, hours a week", "workload_hours"),
        ("Estimated student minutes at risk a week", "student_minutes_at_risk"),
    ):
        assert district[label] == pytest.approx(answer.district[name], abs=1e-9), label
    for sheet, table, key in (("Therapists", answer.therapists, None), ("Schools", answer.schools, "school")):
        headings = [cell.value for cell in book[sheet][4]]
        rows = [
            dict(zip(headings, [cell.value for cell in row], strict=True)) for row in book[sheet].iter_rows(min_row=5)
        ]
        for at, (_, expected) in enumerate(table.iterrows()):
            row = next(row for row in rows if row["School"] == expected["school"]) if key else rows[at]
            assert row["Required FTE"] == pytest.approx(expected["required_fte"], abs=1e-9)
            assert row["Available FTE"] == pytest.approx(expected["available_fte"], abs=1e-9)


@pytest.mark.office
@pytest.mark.parametrize(
    "changes",
    [
        {"meeting_hours": 2.0, "on_behalf_ratio": 0.4},
        {"instructional_weeks": 34},
        {"hours_per_week": 35, "planning_share": 0.12},
        {"month": "calendar_52"},
        {"travel_minutes_per_move": 40, "staff_time_hours_per_person": 1.5},
        {"contract_weeks": 40, "absence_days_per_year": 11},
        {"reevaluation_own_meeting_share": 0.5, "meeting_504_hours": 1.25, "progress_report_hours": 0.5},
        {"instructional_weeks": 39, "contract_weeks": 42, "absence_days_per_year": 6, "travel_minutes_per_move": 25},
    ],
    ids=lambda changes: " ".join(changes),
)
@pytest.mark.parametrize("of", [sample_answer, lambda: random_answer(9)], ids=["sample", "random"])
def test_an_assumption_changed_in_the_workbook_changes_the_answer_as_in_the_library(of, changes):
    follows_as_in_the_library(of(), changes)


@pytest.mark.office
def test_the_weeks_of_overdue_minutes_changed_in_the_workbook_change_the_answer_as_in_the_library():
    follows_as_in_the_library(sample_answer().on(date(2027, 1, 15)), {"makeup_overdue_weeks": 6})


def follows_as_in_the_library(answer, changes):
    book = workbook(made(answer), values=False)
    sheet = book["Assumptions"]
    for row in sheet.iter_rows(min_row=5):
        id = "month" if row[0].value == "month_setting" else row[0].value
        if id in changes:
            row[1].value = changes[id]
    out = io.BytesIO()
    book.save(out)
    recalculated = workbook(converted(out.getvalue(), "xlsx", "xlsx"))
    expected = answer.under(answer.assumptions.changed(changes, "test")).district
    found = {row[0].value: row[1].value for row in recalculated["District"].iter_rows(min_row=5)}
    assert expected["required_fte"] != answer.district["required_fte"]
    for label, name in (
        ("Required FTE", "required_fte"),
        ("Gap FTE (negative is short)", "gap_fte"),
        ("Student hours a week", "student_hours"),
        ("Shortfall FTE of those who are short", "shortfall_total_fte"),
        (f"{BY_CODE['travel'].label}, hours a week", "travel_hours"),
        ("Available hours a week", "available_hours"),
    ):
        assert found[label] == pytest.approx(expected[name], abs=1e-6), label
    assert recalculated["Checks"]["E11"].value == "LOOK"


def test_every_check_says_ok_and_every_assumption_has_a_name():
    book = workbook(made(sample_answer()))
    verdicts = [row[4].value for row in book["Checks"].iter_rows(min_row=5) if row[4].value]
    assert verdicts == ["OK"] * 7
    names = set(book.defined_names)
    assert {"meeting_hours", "hours_per_week", "month_setting", "category_share", "snapshot_day"} <= names
    assert set(sample_answer().assumptions.values) - {"month"} <= names


def test_every_sheet_says_internal_and_charts_have_alt_text():
    data = made(sample_answer())
    for sheet in workbook(data):
        assert "INTERNAL" in sheet["A1"].value and "INTERNAL" in sheet.oddHeader.center.text
    parts = zipfile.ZipFile(io.BytesIO(data))
    drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert len([name for name in parts.namelist() if name.startswith("xl/charts/chart")]) == 3
    assert len(re.findall(r'descr="[^"]{30,}"', drawing)) == 3


def test_no_name_of_a_therapist_is_in_the_workbook():
    data = made(sample_answer())
    text = "".join(
        zipfile.ZipFile(io.BytesIO(data)).read(name).decode("utf-8", "replace")
        for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
    )
    for name in sample_answer().therapists["therapist"]:
        assert name == "Unassigned" or name not in text


def changed(data: bytes, cells: dict[tuple[str, str], object]) -> bytes:
    """The workbook with some cells overwritten, recalculated."""
    book = workbook(data, values=False)
    for (sheet, place), value in cells.items():
        book[sheet][place].value = value
    out = io.BytesIO()
    book.save(out)
    return converted(out.getvalue(), "xlsx", "xlsx")


def place_of(data: bytes, sheet: str, heading: str, row: int = 5) -> str:
    """The cell of a column by the start of its heading."""
    return next(cell.column_letter for cell in workbook(data)[sheet][4] if str(cell.value).startswith(heading)) + str(
        row
    )


@pytest.mark.office
def test_every_check_can_fail():
    data = made(random_answer(9))
    wrong = {
        ("Therapists", place_of(data, "Therapists", "Workload, hours")): 999,
        ("Schools", place_of(data, "Schools", "Workload, hours")): 1999,
        ("Schools", place_of(data, "Schools", "Available FTE")): 99,
        ("Pairs", place_of(data, "Pairs", "Therapist minutes")): 9999,
        ("Pairs", place_of(data, "Pairs", "Students with an IEP")): 99,
        ("Checks", "B15"): 0,
    }
    verdicts = [row[4].value for row in workbook(changed(data, wrong))["Checks"].iter_rows(min_row=5) if row[4].value]
    assert verdicts == ["LOOK"] * 7


@pytest.mark.office
def test_minutes_sessions_and_plan_of_a_line_move_the_answer():
    answer = sample_answer()
    data = made(answer)
    services = answer.roster.services.iloc[answer.demand.lines.row]
    book = workbook(data)["Services"]
    headings = {str(cell.value): cell.column_letter for cell in book[4]}
    totals = [
        book[f"{headings['Total minutes a period, where the plan gives only these']}{row}"].value
        for row in range(5, 200)
    ]
    assert services["total_minutes"].notna().any() and not any(totals)
    before = {row[0].value: row[1].value for row in workbook(data)["District"].iter_rows(min_row=5)}
    row = next(
        row
        for row in range(5, 200)
        if book[f"{headings['Plan']}{row}"].value == "IEP"
        and book[f"{headings['Delivery']}{row}"].value == "individual"
    )
    student = book[f"{headings['Student (pseudonym)']}{row}"].value
    of_student = [
        at for at in range(5, book.max_row + 1) if book[f"{headings['Student (pseudonym)']}{at}"].value == student
    ]
    cells = {
        ("Services", f"{headings['Minutes a session']}{row}"): book[f"{headings['Minutes a session']}{row}"].value + 15
    }
    cells |= {("Services", f"{headings['Plan']}{at}"): "504" for at in of_student}
    after = {line[0].value: line[1].value for line in workbook(changed(data, cells))["District"].iter_rows(min_row=5)}
    more = 15 * book[f"{headings['Sessions a period']}{row}"].value * book[f"{headings['Periods a year']}{row}"].value
    assert after["Student hours a week"] - before["Student hours a week"] == pytest.approx(
        more / 60 / answer.demand.weeks
    )
    meeting = (answer.assumptions["meeting_hours"] - answer.assumptions["meeting_504_hours"]) / answer.demand.weeks
    assert before["IEP meetings, hours a week"] - after["IEP meetings, hours a week"] == pytest.approx(meeting)


def test_what_is_shaded_is_an_input_and_what_does_not_follow_is_named():
    book = workbook(made(sample_answer()))
    for sheet, heading in (
        ("Services", "Row"),
        ("Services", "Group no."),
        ("Students", "School"),
        ("Methods", "Method"),
        ("Published", "Measure"),
    ):
        column = next(cell.column for cell in book[sheet][4] if str(cell.value) == heading)
        assert book[sheet].cell(5, column).fill.fill_type is None, (sheet, heading)
    plan = next(cell.column for cell in book["Services"][4] if cell.value == "Plan")
    assert book["Services"].cell(5, plan).fill.fill_type == "solid"
    words, day = book["Assumptions"]["A2"].value, book.defined_names["snapshot_day"].attr_text.split("$")[-1]
    assert "the day" in words and "Methods" in words and "every sheet follows" not in words
    assert book["Assumptions"][f"B{day}"].fill.fill_type is None
    assert "do not follow" in book["Methods"]["A2"].value


def test_the_workbook_tells_premises_ask_and_bridge_as_the_answer_has_them():
    answer = sample_answer()
    book = workbook(made(answer))
    told = {
        sheet: [[cell.value for cell in row] for row in book[sheet].iter_rows(min_row=5) if row[0].value is not None]
        for sheet in ("Premises", "Ask", "Bridge")
    }
    premises = premises_of(answer)
    assert [row[:2] for row in told["Premises"]] == [[one.id, one.state] for one in premises]
    assert sum(row[2] for row in told["Ask"]) == pytest.approx(answer.ask.total_fte)
    assert [row[1] for row in told["Bridge"]] == pytest.approx([step.fte for step in answer.bridge])


def test_every_source_of_the_page_stands_in_the_workbook_with_what_would_change_it():
    """Each assumption with its source, its address and its change; each published figure with whom, when and how it was read."""
    book = workbook(made(sample_answer()))

    def rows(sheet: str) -> list[dict]:
        heads = [cell.value for cell in book[sheet][4]]
        return [
            dict(zip(heads, (cell.value for cell in row), strict=True))
            for row in book[sheet].iter_rows(min_row=5)
            if row[0].value is not None
        ]

    told = {row["Name in formulas"]: row for row in rows("Assumptions")[: len(parameters())]}
    for id, one in parameters().items():
        row = told.get(id) or told["month_setting"]
        assert row["Source"] and row["What would change it"] == one.changes, id
        assert (row["Where the default stands"] or "") == one.link, id
    figures = rows("Published")
    assert len(figures) == sum(len(gauge.points) for gauge in declared().values())
    for row in figures:
        assert all(row[name] for name in ("Here", "About whom", "Year", "Source", "Force", "Read")), row
        assert row["Link"].startswith("http")


def test_without_posts_the_workbook_has_no_cell_that_would_calculate_a_gap():
    services = replace(sample_answer().roster, therapists=sample_answer().roster.therapists.iloc[:0])
    answer = analyze(services, DAY)
    assert not answer.posts_known
    data = made(answer)
    formulas = workbook(data, values=False)
    for sheet in ("Therapists", "Schools", "People"):
        for column in formulas[sheet].iter_cols(min_row=4):
            if str(column[0].value).startswith(("Available", "Gap", "Shortfall", "Contracted", "Estimated")):
                assert {cell.value for cell in column[1:]} == {None}, (sheet, column[0].value)
    district = {row[0].value: row[1].value for row in workbook(data)["District"].iter_rows(min_row=5)}
    assert district["Gap FTE (negative is short)"] == "not shown"
    assert district["Required FTE"] == pytest.approx(answer.district["required_fte"])

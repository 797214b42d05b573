"""Next year from the rosters of earlier years, brought through the uploader: students are followed, years told apart."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from dashboard.screens.decide.year_ahead import year_history
from dashboard.screens.decide.year_ahead.year_record import YearAheadRecord
from dashboard.shell import cached
from tests.dashboard.decide_pages import said, widget
from tests.dashboard.support import app, failed, record, visit
from tests.dashboard.test_upload_conversation import uploaded
from tests.intake.rosters import services
from workload.model.words import fte

COLUMNS = ("student_id", "school", "grade", "minutes_per_session", "sessions", "period", "therapist", "start", "end")


def roster(year: int, students, dated: bool = True) -> bytes:
    """A roster of a school year; students are (number, grade)."""
    days = (f"{year}-09-01", f"{year + 1}-06-15") if dated else (None, None)
    return services(
        *[[f"A{number}", "Oak", grade, 30, 1, "week", "Kim", *days] for number, grade in students], columns=COLUMNS
    )


# Each year everybody is a grade higher. Of ten third graders eight are there a year later, and of twelve nine.
FIRST = roster(2024, [(number, 3) for number in range(10)])
SECOND = roster(2025, [(number, 4) for number in range(2, 14)])
NOW = roster(2026, [(number, 5) for number in range(5, 17)])
CONTINUING = 12 * (8 + 9) / (10 + 12)
ARRIVING = 3.5  # four, then three: two years have no trend


def on_next_year(at):
    at = visit(at, "year")
    at.session_state["year_part"] = "Next year"
    return at.run()


def brought(at, *files: tuple[str, bytes]):
    """The page after earlier rosters came."""
    widget(at, "file_uploader", "earlier_rosters").set_value([(name, data, "") for name, data in files]).run()
    return at


def district_2026():
    at = uploaded(("now.xlsx", NOW))
    at.session_state["day"] = date(2026, 10, 1)
    return on_next_year(at.run())


def table_of(at):
    """The table behind the chart of next year."""
    at.session_state["next_year_panel"] = True
    return at.run().dataframe[-1].value.set_index("Grade band")


def test_students_are_followed_through_three_files_as_by_hand():
    at = brought(district_2026(), ("2024.xlsx", FIRST), ("2025.xlsx", SECOND))
    assert not failed(at)
    assert [box.value for box in at.selectbox if box.label.startswith("School year of")] == [2024, 2025]
    assert "10 students" in said(at) and "12 students" in said(at)
    assert "K-5: 17 of 22 students were there a year later, 77%." in said(at)
    assert "New students in the years so far: 4, 3; expected 3.5" in said(at)
    table = table_of(at)
    assert table.loc["K-5", "Now"] == 12
    assert table.loc["K-5", "Who stay"] == round(CONTINUING) and table.loc["K-5", "Who come"] == 4
    assert table.loc["All", "Next year, likely"] == round(CONTINUING + ARRIVING)


def test_another_school_year_at_the_side_leaves_the_page_standing():
    at = brought(district_2026(), ("2024.xlsx", FIRST), ("2025.xlsx", SECOND))
    at.session_state["day"] = date(2025, 10, 1)
    at.run()
    assert not failed(at) and "Two files are said to be of 2024-25" in said(at)
    at.session_state["day"] = date(2026, 10, 1)
    assert "K-5: 17 of 22 students" in said(at.run())


def test_required_fte_follow_the_students():
    at = brought(district_2026(), ("2024.xlsx", FIRST), ("2025.xlsx", SECOND))
    words = next(text for text in said(at).split("**") if text.startswith("In 2027-28"))
    now = float(words.split("; ")[1].split(" FTE")[0].split()[0])
    likely = float(words.split("about ")[1].split(" FTE")[0])
    assert likely == pytest.approx(now * (CONTINUING + ARRIVING) / 12, abs=0.02)
    assert fte(likely) in words


def test_a_file_without_dates_is_put_into_a_free_year_and_its_year_can_be_corrected():
    undated = roster(0, [(number, 4) for number in range(2, 14)], dated=False)
    at = brought(district_2026(), ("2024.xlsx", FIRST), ("last year.xlsx", undated))
    assert not failed(at)
    assert [box.value for box in at.selectbox if box.label.startswith("School year of")] == [2024, 2025]
    assert "17 of 22" in said(at)
    next(box for box in at.selectbox if "last year" in box.label).set_value(2024).run()
    assert "Two files are said to be of 2024-25" in said(at) and not at.get("plotly_chart")
    next(box for box in at.selectbox if "last year" in box.label).set_value(2023).run()
    assert "there is 1" in said(at)


def test_too_little_history_is_refused_until_a_second_file_comes_and_again_when_it_is_taken_out():
    at = brought(district_2026(), ("2025.xlsx", SECOND))
    assert not failed(at) and "there are 2" in said(at) and not at.get("plotly_chart")
    at = brought(at, ("2024.xlsx", FIRST))  # the first file stays
    assert "17 of 22" in said(at)
    widget(at, "button", "year_out").click().run()
    assert "17 of 22" not in said(at) and len([button for button in at.button if button.label == "Take out"]) == 1


def test_other_student_numbers_and_the_open_roster_itself_and_no_roster_at_all_are_refused_in_words():
    strangers = roster(2024, [(number, 3) for number in range(100, 110)])
    at = brought(district_2026(), ("2024.xlsx", strangers), ("2025.xlsx", SECOND))
    assert not failed(at) and "No student of 2024-2025 occurs a year later" in said(at)
    at = brought(district_2026(), ("again.xlsx", NOW), ("letter.csv", b"Dear colleagues,\nplease find attached\n"))
    assert (
        not failed(at)
        and "again.xlsx holds the students and grades of the roster that is open" in said(at)
        and "letter.csv was not used" in said(at)
    )


def shifted(back: int) -> bytes:
    """The sample as it might have been years ago: every grade lower, dates earlier, some students not there yet."""
    book = openpyxl.load_workbook(cached.SAMPLE)
    sheet = book["Services"]
    names = {cell.value: at for at, cell in enumerate(sheet[1], 1)}
    lower = {"K": "PK", "1": "K", "PK": None}
    for row in range(sheet.max_row, 1, -1):
        number = str(sheet.cell(row, names["student_id"]).value)
        grade = str(sheet.cell(row, names["grade"]).value)
        for _ in range(back):
            grade = lower.get(grade, str(int(grade) - 1) if str(grade).isdecimal() else None)
        if grade in (None, "None") or sum(map(ord, number)) % 7 < back:
            sheet.delete_rows(row)
            continue
        sheet.cell(row, names["grade"]).value = grade
        for name in ("start", "end", "iep_date", "reeval_date"):
            cell = sheet.cell(row, names[name])
            if cell.value is not None and hasattr(cell.value, "replace"):
                cell.value = cell.value.replace(year=cell.value.year - back, day=min(cell.value.day, 28))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_earlier_copies_of_the_sample_are_followed_though_the_sample_has_a_secret_of_its_own():
    at = app()
    at.run()
    widget(at, "button", "").click().run()
    at = on_next_year(at)
    at = brought(at, ("one.xlsx", shifted(1)), ("two.xlsx", shifted(2)))
    assert not failed(at) and "In 2027-28 about" in said(at)
    held = record(at, YearAheadRecord).records
    by_year = {year: record for (_, year), record in held.items()}
    assert set(by_year) == {2024, 2025}
    assert len(by_year[2024].bands.keys() & by_year[2025].bands.keys()) == len(by_year[2024].bands) > 200


def test_a_school_year_is_written_as_people_say_it():
    assert year_history.written(2024) == "2024-25" and year_history.written(2099) == "2099-00"

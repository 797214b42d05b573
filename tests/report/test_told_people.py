"""What documents tell of people: one's own letter and nobody else's week, counts that hide few, two weeks without codes."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import openpyxl
import pytest

from tests.report.office import converted
from tests.report.packets import SETTINGS, pdf_text, sample_answer, sample_packet
from tests.report.tellings import texts_of
from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.model.roster import UNASSIGNED
from workload.report import told_people
from workload.report.audience import AUDIENCES
from workload.report.money_book import money_workbook
from workload.report.packet_choices import SettingError, Settings
from workload.report.packet_choices_file import settings_of, settings_text
from workload.report.reader_view import View
from workload.report.sections.every import sections_of
from workload.report.sections.telling import Telling
from workload.report.told_people import over_caps, own_week, people_of_view, two_weeks, weeks_too_full
from workload.scenarios.cost import Rates
from workload.staffing.tables import codes_for


def view(audience: str, **changed) -> View:
    return View(sample_answer(), AUDIENCES[audience], replace(SETTINGS, **changed))


def test_a_letter_holds_the_week_of_its_person_and_nobody_elses():
    files, people = sample_packet("therapist"), sample_answer().therapists.set_index("therapist")
    codes = {name: code for name, code in codes_for(sample_answer().therapists).items() if name != UNASSIGNED}
    letters = {name: data for name, data in files.items() if name.endswith(".pdf")}
    assert len(letters) == len(codes)
    for name, code in codes.items():
        text = pdf_text(letters[f"INTERNAL-letter-{code.replace(' ', '-')}.pdf"])
        row = people.loc[name]
        assert f"{row['caseload']:.0f}" in text and f"{row['workload_hours']:.1f}" in text and code in text
        others = [
            other for other in codes.values() if other != code and f"{other} " in f"{text} ".replace(f"{code} ", "")
        ]
        assert others == [] and not [other for other in codes if other in text]


def test_a_letter_does_not_change_with_the_work_of_a_colleague():
    tables = random_tables(7, students=40, people=5)
    answer = analyze(as_roster(tables), DAY)
    first, second, *_ = people_of_view(View(answer, AUDIENCES["therapist"], Settings()))
    services = answer.roster.services
    fewer = replace(answer.roster, services=services[services["therapist"] != second].reset_index(drop=True))
    weeks = [own_week(View(one, AUDIENCES["therapist"], Settings()), first) for one in (answer, analyze(fewer, DAY))]
    assert weeks[0].students == weeks[1].students and weeks[0].contract == weeks[1].contract


def test_what_the_team_shares_goes_through_the_gate():
    team, board = view("team"), view("board")
    assert team.audience.internal and not team.gate.open
    assert team.schools.equals(board.schools) and team.district.equals(board.district)
    text = pdf_text(sample_packet("team")["INTERNAL-team-sheet.pdf"])
    for value in sample_answer().therapists["workload_hours"]:
        assert f" {value:.1f} " not in text


def test_one_or_two_people_are_no_count_outside():
    for people in range(2, 6):
        answer = analyze(as_roster(random_tables(people, students=60, people=people)), DAY)
        outside, inside = (View(answer, AUDIENCES[name], Settings(smallest_count=5)) for name in ("union", "auditor"))
        number, _, beyond = weeks_too_full(outside)
        true = weeks_too_full(inside)[0]
        assert (number is None and beyond is None) == (true in (1, 2))
        for held, exact in zip(over_caps(outside), over_caps(inside), strict=True):
            assert held.over is None if exact.over in (1, 2) else held.over == exact.over


def test_counting_every_person_would_be_found_by_the_same_test(monkeypatch):
    monkeypatch.setattr(told_people, "FEWEST_PEOPLE", 0)
    answer = replace(sample_answer(), state="WI")
    told = [one.over for one in over_caps(View(answer, AUDIENCES["union"], Settings()))]
    assert all(over is not None for over in told)


def test_two_weeks_are_told_in_steps_outside_and_only_of_a_role_with_people_enough():
    inside, outside = two_weeks(view("superintendent")), two_weeks(view("board"))
    assert (inside.few, inside.many) == (36, 67) and inside.more == pytest.approx(50.7, abs=1)
    assert (outside.few, outside.many, outside.more, outside.less) == (35, 65, 50, 35)
    for seed in range(20):
        answer = analyze(as_roster(random_tables(seed, students=80, people=4)), DAY)
        assert two_weeks(View(answer, AUDIENCES["board"], Settings(smallest_count=5))) is None


# --- the workbook of money ------------------------------------------------------------------------------------


def money_book(**changed) -> tuple[Telling, bytes]:
    tell = Telling(view("business", **changed))
    return tell, money_workbook(tell)


def totals(data: bytes, values: bool = True) -> tuple[float, float]:
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=values)["Money"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "All together")
    return row[6].value, row[7].value


def test_the_money_workbook_is_live_wrapped_and_set_for_print():
    tell, data = money_book()
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Read me", "Money", "Options"]
    for sheet in book:
        assert sheet.print_area and sheet.column_dimensions["A"].width > 20 and "INTERNAL" in sheet["A1"].value
    assert book["Money"].print_title_rows and book["Options"].print_title_rows
    formulas = [cell.value for row in book["Money"].iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) == 2 * len(tell.positions) + 2 and all(
        "$B" in one or "SUM" in one or one == "=0" for one in formulas
    )
    linked = [cell.value for row in book["Options"].iter_rows() for cell in row if cell.data_type == "f"]
    assert linked == [f"=Money!${letter}${book['Money'].max_row - 2}" for letter in "GH"]
    assert book["Money"]["A10"].alignment.wrap_text


def test_the_workbook_holds_the_dollars_of_the_priced_ask():
    for needed in ("", "January 4, 2027"):
        tell, data = money_book(needed_by=needed)
        this_year, full = totals(data)
        assert this_year == pytest.approx(tell.cost()[0], rel=0.05) and full == pytest.approx(tell.cost()[1], rel=0.05)


def test_a_changed_rate_moves_every_amount_as_the_library_says():
    _, data = money_book()
    book = openpyxl.load_workbook(io.BytesIO(data))
    cell = next(row[1] for row in book["Money"].iter_rows() if row[0].value == "Salary of an OT")
    cell.value = 2 * cell.value
    out = io.BytesIO()
    book.save(out)
    moved = totals(converted(out.getvalue(), "xlsx", "xlsx"))
    _, wanted = money_book(rates=(("salary_ot", 2 * Rates()["salary_ot"]),))
    assert np.allclose(moved, totals(wanted))


def test_the_money_sheet_names_each_position_with_reason_and_fund():
    tell = Telling(view("business", fund="Special education"))
    (section,) = sections_of(tell, ("money",))
    text = " ".join(texts_of(section))
    for words in ("OT, added post", "work beyond the people in post", "recurring", "one-time", "Special education"):
        assert words in text


def test_a_packet_says_how_many_have_confirmed_their_week_and_outside_not_of_a_few():
    from workload.report.sections.check_sections import counted

    def told(audience: str, language: str, right: int, of: int) -> str:
        settings = replace(SETTINGS, weeks_right=right, weeks_of=of)
        return repr(counted(Telling(View(sample_answer(), AUDIENCES[audience], settings), language)))

    assert "14 of 16 therapists have confirmed" in told("board", "en", 14, 16)
    assert "14 de 16 terapeutas han confirmado" in told("board", "es", 14, 16)
    assert "confirmed that" not in told("board", "en", 0, 0), "nobody was asked"
    assert "0 of 16 therapists" in told("auditor", "en", 0, 16)
    assert "confirmed that" not in told("union", "en", 1, 2) and "1 of 2" in told("auditor", "en", 1, 2)
    with pytest.raises(SettingError):
        Settings(weeks_right=3, weeks_of=2)
    again, _ = settings_of(settings_text(Settings(weeks_right=14, weeks_of=16)))
    assert (again.weeks_right, again.weeks_of) == (14, 16)

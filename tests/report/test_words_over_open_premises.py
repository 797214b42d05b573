"""The packets of odd districts: no file of any reader tells a gap or an ask over an open premise without saying so."""

from __future__ import annotations

from datetime import date

import pytest

from tests.report.packets import DAY, sample_answer, workbook
from tests.report.test_status import silent
from tests.support.odd_districts import ODD, districts
from workload.answer import analyze
from workload.premises.premise_list import answer_status, open_premises, premises_of
from workload.premises.records import FINAL, PROVISIONAL
from workload.report.answer_workbook import answer_workbook
from workload.report.audience import AUDIENCES
from workload.report.packet import PacketError, make_packet
from workload.report.packet_choices import Settings
from workload.report.terminal_lines import answer_lines, scenario_lines
from workload.scenarios.cost import Rates
from workload.scenarios.outcome import outcome_of
from workload.scenarios.scenario import Scenario

NEEDED = "January 4, 2027"


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_file_of_an_odd_district_tells_a_gap_in_silence(audience, name):
    answer = analyze(districts()[name], DAY, state="WI")
    try:
        files = make_packet(answer, audience, Settings("Elm", smallest_count=5, needed_by=NEEDED))
    except PacketError as refusal:  # a packet that would speak of fewer than the smallest count is not made
        assert str(refusal).endswith(".")
        return
    assert {file: lines for file, data in files.items() if (lines := silent(file, data))} == {}


@pytest.mark.parametrize("name", ODD)
def test_no_line_of_the_terminal_tells_a_gap_of_an_odd_district_in_silence(name):
    lines = answer_lines(analyze(districts()[name], DAY))
    said = [line for line in lines if not line.startswith(("warning:", "notice:", "error:"))]
    open_ = open_premises(analyze(districts()[name], DAY))
    assert [line for line in said if line.startswith("open premise: ")] == [
        f"open premise: {one.text} {one.action}".strip() for one in open_
    ]
    assert silent("terminal.csv", ("words\n" + "\n".join(f'"{one}"' for one in said)).encode()) == []


def test_the_terminal_says_when_the_day_is_later_than_the_file():
    january = "\n".join(answer_lines(sample_answer().on(date(2027, 1, 15))))
    assert "open premise: This file speaks of September 28, 2026; you ask about January 15, 2027." in january
    assert "Each week as it stands provisionally" in january and "open premise" not in "\n".join(
        answer_lines(sample_answer())
    )


def test_a_scenario_over_an_open_premise_is_told_provisionally():
    figures = outcome_of(sample_answer(), Scenario("Any"), (), Rates()).figures
    final, waits = (scenario_lines(figures, "Any", figures, status)[1] for status in (FINAL, PROVISIONAL))
    assert "there, short " in final and "there, provisionally short " in waits


def test_every_sheet_with_a_gap_says_the_status_of_the_answer():
    for answer in (sample_answer(), analyze(districts()["shortage"], DAY)):
        book = workbook(answer_workbook(answer))
        status = answer_status(answer)
        assert {row[0].value: row[1].value for row in book["District"].iter_rows()}["status"] == status
        assert book["Premises"].max_row == len(premises_of(answer)) + 1
        for sheet in book:
            heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
            if any("gap" in str(head) or "shortfall" in str(head) for head in heads) and sheet.title != "Premises":
                assert {row[heads.index("status")] for row in rows} == {status}, sheet.title

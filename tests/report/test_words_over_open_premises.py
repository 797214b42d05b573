"""The packets of odd districts: no file of any reader tells a gap or an ask over an open premise without saying so."""

from __future__ import annotations

import pytest

from tests.report.packets import DAY
from tests.report.test_status import silent
from tests.support.odd_districts import ODD, districts
from workload.answer import analyze
from workload.report.audience import AUDIENCES
from workload.report.packet import PacketError, make_packet
from workload.report.packet_choices import Settings
from workload.report.terminal_lines import answer_lines

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
    assert silent("terminal.csv", ("words\n" + "\n".join(f'"{one}"' for one in said)).encode()) == []

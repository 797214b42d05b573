"""The page Report under test: opened at a part, what it says, what it has made."""

from __future__ import annotations

from functools import cache

from dashboard.screens.decide.scenarios.open_scenarios import Board, ScenarioRecord
from dashboard.screens.report.packet_record import PacketRecord
from tests.dashboard.evidence import widget
from tests.dashboard.support import (
    bring,
    district,
    everything,
    opened,
    record,
    visit,
)
from tests.support.rosters import DAY
from workload.answer import Answer, analyze
from workload.scenarios.scenario import Scenario

COSTS = ("cost_first_year_dollars", "cost_yearly_dollars")
PACKET, SHEETS = "The packet", "Correction sheets"
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\xf8"
    b"\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)


@cache
def answer() -> Answer:
    return analyze(district(), DAY)


def report(at=None, part: str = PACKET):
    """The page at one of its parts."""
    at = visit((opened(district()) if at is None else at).run(), "report")
    return at if part == PACKET else widget(at, "radio", "report_part").set_value(part).run()


def press(at, label: str):
    return next(each for each in at.button if each.label == label).click().run()


def downloads(at) -> list:
    """The downloads of a packet; saving the settings is none of them."""
    return [one for one in at.get("download_button") if one.key.startswith(("packet_zip", "packet_file_"))]


def said(at) -> str:
    return everything(at).replace("\\", "")


def made(at) -> dict[str, bytes]:
    """The files of the packet that the session holds."""
    return dict(record(at, PacketRecord).made[1])


def with_scenario(*scenarios: Scenario):
    """The app with scenarios that were made on their page."""
    at = opened(district())
    bring(at, ScenarioRecord(Board(scenarios)))
    return at

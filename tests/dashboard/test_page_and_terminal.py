"""The same packet on both ways: what the page makes and what `report` makes of the settings that the page saved, byte by byte."""

from __future__ import annotations

from types import SimpleNamespace

from dashboard.screens.decide.scenarios.open_scenarios import Board, ScenarioRecord
from dashboard.screens.people.delivered.delivered_data import DeliveredRecord
from dashboard.screens.report import packet_saved
from dashboard.screens.report.packet_record import PacketRecord
from tests.dashboard.evidence import widget
from tests.dashboard.support import bring, failed, opened
from tests.dashboard.test_report_page import made, press, report
from tests.support.rosters import DAY, random_tables, write_workbook
from workload import __main__
from workload.intake.load import load
from workload.intake.open.opening import open_file
from workload.report.audience import AUDIENCES
from workload.scenarios.post_levers import AddPost
from workload.scenarios.scenario import Scenario
from workload.staffing.delivered.delivered_file import delivered_in

KEY, STATE = b"one key for both ways" * 2, "OH"
MINUTES = b"student,month,required_minutes,delivered_minutes\nA,September,600,480\nB,September,400,400\n"
OWN = {("es", "limits.day"): "La lista es de un solo día."}


def page_of(file, tmp_path):
    """The page with this file open, a scenario, delivered minutes, sentences in own words, in both languages."""
    at = opened(load([(file.name, file.read_bytes())], secret=KEY).roster)
    at.session_state["state"] = STATE
    delivered = delivered_in(open_file("minutes.csv", MINUTES), KEY).delivered
    bring(
        at,
        ScenarioRecord(Board((Scenario("Two more OTs", (AddPost(fte=2.0),)),))),
        DeliveredRecord(files={"minutes.csv": delivered}),
        PacketRecord(wording=OWN),
    )
    at = report(at)
    widget(at, "text_input", "packet_needed_by").set_value("January 15, 2027")
    press(at, "Use these settings")
    return widget(at, "radio", "packet_language").set_value("en+es").run()


def test_the_terminal_makes_every_file_that_the_page_makes(tmp_path, monkeypatch):
    file = write_workbook(random_tables(3), tmp_path / "roster.xlsx")
    (tmp_path / "minutes.csv").write_bytes(MINUTES)
    monkeypatch.setattr(__main__, "_secret", lambda: SimpleNamespace(key=KEY, code=""))
    saved, show = {}, packet_saved.show
    monkeypatch.setattr(packet_saved, "show", lambda *given: saved.update(last=given) or show(*given))
    at = page_of(file, tmp_path)
    for audience in AUDIENCES:
        widget(at, "radio", "packet_audience").set_value(audience).run()
        press(at, "Make the packet")
        assert not failed(at), audience
        on_page, settings = made(at), tmp_path / f"{audience}.toml"
        settings.write_bytes(packet_saved.as_file(*saved["last"]))
        out = tmp_path / audience
        call = ["report", str(file), "--day", DAY.isoformat(), "--state", STATE, "--audience", audience]
        call += ["--settings", str(settings), "--delivered", str(tmp_path / "minutes.csv"), "--out", str(out)]
        assert __main__.main(call) == 0
        in_terminal = {path.name: path.read_bytes() for path in out.iterdir()}
        assert sorted(in_terminal) == sorted(on_page), audience
        assert [name for name, data in on_page.items() if in_terminal[name] != data] == [], audience
    assert any("slides-es" in name for name in made(at)) or "families-es.pdf" in made(at)

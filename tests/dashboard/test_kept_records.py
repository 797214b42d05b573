"""Every record of a screen comes back, and somebody has decided of every field whether it is kept."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pandas as pd
import pytest

from dashboard.parts.contract_rules import AgreementRecord
from dashboard.parts.correction_ledger import CorrectionRecord
from dashboard.parts.own_word import Confirmed, OwnWordRecord
from dashboard.parts.state_personnel_card import PersonnelRecord
from dashboard.screens.answer.concerns.check_in_panel import CheckInRecord, EarlierCheckIns
from dashboard.screens.data.data_state import Asked, DataScreen
from dashboard.screens.decide.rebalance.rebalance_record import RebalanceRecord
from dashboard.screens.decide.scenarios.leaving_and_funding import MoneyRecord
from dashboard.screens.decide.scenarios.open_scenarios import Board, ScenarioRecord
from dashboard.screens.decide.year_ahead.year_record import YearAheadRecord
from dashboard.screens.people.delivered.delivered_data import DeliveredRecord
from dashboard.screens.people.time_study.study_log import StudyRecord
from dashboard.screens.report.packet_record import PacketRecord
from dashboard.shell import cached, keeping
from dashboard.shell.beside_roster import BesideRoster
from tests.dashboard.support import district
from workload.model.confirmations import Confirmation
from workload.model.school_calendar import SchoolCalendar
from workload.report.corrections.ledger import Ledger
from workload.report.corrections.returned_sheets import Change, Decision
from workload.scenarios.people_levers import LosePost
from workload.scenarios.scenario import Scenario
from workload.staffing.concerns.check_in import QUESTIONS, CheckIn
from workload.staffing.delivered.compliance import delivered_of
from workload.staffing.time_study.log_edits import ADD, LogEdit, TypedLog
from workload.store.kinds import KINDS
from workload.store.packing import packed, unpacked
from workload.year_ahead.snapshots import FIGURES, Snapshot

ALL_KINDS = {**KINDS, **cached.SCREEN_KINDS}
DAY = date(2026, 10, 1)


RECORDS = (
    OwnWordRecord(confirmed={"Ann": Confirmed(date(2026, 10, 2), "digest")}),
    BesideRoster(
        ("digest", district()),
        pd.DataFrame({"therapist": ["Ann"], "minutes": [30.0], "date": [DAY]}),
        "key",
        measured={"meeting_hours": (2.5, "time study")},
        before_measured={"meeting_hours": 2.0},
        confirmed={"renewals": Confirmation("Lead", "2026-10-01", ("S-1",), ("S-2",))},
        calendar=SchoolCalendar(DAY, date(2027, 6, 10), ((date(2026, 12, 21), date(2027, 1, 1)),)),
        needed_by=date(2027, 1, 4),
        question_ends=("key", ((1.0, 2.0), (float("nan"), float("nan")))),
    ),
    CorrectionRecord(
        Ledger(
            "digest",
            (Change("1", "edit", "Ann", "minutes", 30, 45, 3),),
            ((Decision(Change("1", "edit", "Ann", "minutes", 30, None), True, "Lead", DAY),),),
            said=(("sheet.xlsx", 1, ()),),
        )
    ),
    AgreementRecord(({"id": "x"},)),
    ScenarioRecord(Board((Scenario("Next", (LosePost(),)),)), rates={"ot": 90_000.0}),
    YearAheadRecord(
        {"a.xlsx": district()},
        {"a.xlsx": 2025},
        snapshots={DAY: Snapshot(DAY, dict.fromkeys(FIGURES, 1.0), {"meeting_hours": 2.0})},
        leaves=((1, DAY, DAY),),
    ),
    StudyRecord(
        {"log.csv": pd.DataFrame({"minutes": [1.0]})},
        typed=TypedLog(((LogEdit(ADD, ({"therapist": "Ann", "date": DAY, "minutes": 20.0},)),),)),
        moments=([{"therapist": "Ann", "activity": "direct"}],),
    ),
    DeliveredRecord(
        {"d.csv": delivered_of([{"student": "1", "required_minutes": 60, "delivered_minutes": 30}])},
        {"r.csv": pd.DataFrame({"a": ["x"]})},
        {"r.csv": None},
        ({"school": "Oak", "required_minutes": 3.0},),
    ),
    PacketRecord({"district_name": "Oak"}, b"\x89PNG", wording={("en", "ask"): "We ask for {fte}."}, template=b"PK"),
    MoneyRecord({"weeks_vacant": 9.0}, {"idea": 10.0}, 5.0, 3.0),
    OwnWordRecord({"Ann": Confirmed(DAY, "digest")}),
    RebalanceRecord("key", ((1, 2),), barred=()),
    DataScreen(answered={"q": Asked("Which?", "This")}),
    CheckInRecord(CheckIn(6, dict.fromkeys(QUESTIONS, 1)), True, date(2026, 10, 1)),
    EarlierCheckIns(((date(2026, 10, 1), CheckIn(6, dict.fromkeys(QUESTIONS, 1))),)),
)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_every_record_of_a_screen_comes_back(record):
    fields = {name: getattr(record, name) for name in type(record).KEPT}
    plain, tables = packed(fields, ALL_KINDS)
    back = type(record)(**unpacked(plain, tables, ALL_KINDS))
    assert packed({name: getattr(back, name) for name in type(record).KEPT}, ALL_KINDS) == (plain, tables)


def test_every_record_with_fields_that_are_kept_is_tested_here():
    import dashboard.screens.decide.scenarios.open_scenarios as any_screen

    assert any_screen
    kept = {each for each in _records() if getattr(each, "KEPT", ())}
    assert kept == {type(each) for each in RECORDS}


# What a record holds and is not kept: it is worked out again, or only says what happens on the page at the moment.
NOT_KEPT = {
    BesideRoster: {"logged", "calendar_problem"},
    CorrectionRecord: {"uploads", "problem"},
    AgreementRecord: {"problem"},
    ScenarioRecord: {
        "before",
        "version",
        "problem",
        "rates_version",
        "comparison",
        "outcomes",
        "link_written",
    },
    YearAheadRecord: {"records", "problems", "uploads", "snapshot_problems"},
    StudyRecord: {
        "typed_version",
        "grid_version",
        "grid_seen",
        "log_refused",
        "moments_refused",
        "entry_problem",
        "grid_problem",
        "typed_problem",
        "standards_problem",
    },
    DeliveredRecord: {"refused", "typed_problem"},
    PacketRecord: {"problem", "owed", "options", "told", "made", "refused", "uploads", "file_problem"},
    RebalanceRecord: {"search", "shown", "by_hand", "used", "opened"},
    DataScreen: {"cells", "changes", "ends", "corrected", "consequences", "work_out", "fills_posts"},
    CheckInRecord: {"problem"},
    EarlierCheckIns: set(),
    PersonnelRecord: {"counts", "name"},
    MoneyRecord: set(),
    OwnWordRecord: {"wrong"},
}


@pytest.mark.parametrize("kind", NOT_KEPT, ids=lambda kind: kind.__name__)
def test_somebody_has_decided_of_every_field_of_a_record_whether_it_is_kept(kind):
    names = {each.name for each in fields(kind)}
    assert names == set(kind.KEPT) | NOT_KEPT[kind] and not set(kind.KEPT) & NOT_KEPT[kind]


def test_every_record_that_belongs_to_a_district_says_what_of_it_is_kept():
    import importlib
    import re
    from pathlib import Path

    for path in (Path(keeping.__file__).parents[1]).rglob("*.py"):
        if re.search(r"session\.record\(", path.read_text()) and path.name != "session.py":
            name = ".".join(path.relative_to(Path(keeping.__file__).parents[2]).with_suffix("").parts)
            used = re.findall(r"session\.record\((\w+)\)", path.read_text())
            for each in used:
                kind = getattr(importlib.import_module(name), each)
                assert hasattr(kind, "KEPT") or hasattr(kind, "OUTLIVES_DISTRICT"), (name, each)


def _records() -> set[type]:
    import importlib
    import re
    from pathlib import Path

    found = set()
    for path in Path(keeping.__file__).parents[1].rglob("*.py"):
        if re.search(r"^    KEPT: ", path.read_text(), re.M):
            name = ".".join(path.relative_to(Path(keeping.__file__).parents[2]).with_suffix("").parts)
            module = importlib.import_module(name)
            found |= {each for each in vars(module).values() if isinstance(each, type) and each.__module__ == name}
    return found

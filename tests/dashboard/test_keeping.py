"""A district that is kept comes back in another session as it was, and goes without a trace."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.parts.contract_rules import AgreementRecord
from dashboard.parts.correction_ledger import CorrectionRecord
from dashboard.parts.state_personnel_card import PersonnelRecord
from dashboard.screens.answer.concerns.check_in_panel import CheckInRecord, EarlierCheckIns
from dashboard.screens.data.data_state import Asked, DataScreen
from dashboard.screens.decide.rebalance.rebalance_record import RebalanceRecord
from dashboard.screens.decide.scenarios.keep_and_fund import MoneyRecord
from dashboard.screens.decide.scenarios.open_scenarios import Board, ScenarioRecord
from dashboard.screens.decide.year_ahead.year_kept import YearAheadRecord
from dashboard.screens.people.delivered.delivered_data import DeliveredRecord
from dashboard.screens.people.own_word import Confirmed, OwnWordRecord
from dashboard.screens.people.time_study.study_log import StudyRecord
from dashboard.screens.report.packet_record import PacketRecord
from dashboard.shell import cached, keeping, kept_parts
from dashboard.shell.beside_roster import BesideRoster
from dashboard.shell.imported_files import Imported
from dashboard.shell.open_district import District
from dashboard.shell.session import ASSUMED, DISTRICT, EVIDENCE, IMPORTED, KEEPING
from tests.dashboard.support import app, bring, district, opened
from workload.intake.answers.import_map import ImportMap
from workload.intake.by_hand.corrected_cells import Edits
from workload.intake.load import load
from workload.intake.typed_posts import Post
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


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Each test keeps its districts in a folder of its own."""
    monkeypatch.setenv("OT_STAFFING_HOME", str(tmp_path))
    return tmp_path / "districts"


def button(at: AppTest, key: str):
    return next(each for each in at.button if each.key == key)


def keep(at: AppTest) -> AppTest:
    at.run()
    button(at, "keep").click()
    return at.run()


def text(at: AppTest) -> str:
    return " ".join(str(each.value) for kind in (at.markdown, at.warning, at.info) for each in kind)


def test_nothing_is_kept_or_written_before_somebody_says_so(own_folder):
    at = opened(district()).run()
    assert button(at, "keep") and not own_folder.exists()
    button(at, "keep_not").click()
    at.run()
    assert not own_folder.exists() and button(at, "keep_later")
    assert DISTRICT not in app().run().session_state


def test_the_sample_is_not_kept():
    at = app().run()
    next(each for each in at.button if each.label == "Open the sample district").click()
    at.run()
    assert not [each for each in at.button if each.key and each.key.startswith("keep")]


def test_a_kept_district_opens_by_itself_with_all_that_was_set_and_decided(own_folder):
    roster = district()
    at = keep(opened(roster, "Maple Valley"))
    assert (own_folder / "districts.db").exists() and at.session_state[KEEPING].saved_at
    at.session_state[ASSUMED + "meeting_hours"] = 3.25
    bring(at, AgreementRecord(({"id": "x", "label": "Cap", "cap": 40},)))
    at.run()
    assert not at.exception and not at.session_state[KEEPING].problem
    again = app().run()
    assert not again.exception
    assert again.session_state[DISTRICT].roster.digest == roster.digest
    assert (
        again.session_state["district_name"] == "Maple Valley" and again.session_state["day"] == at.session_state["day"]
    )
    assert again.session_state[ASSUMED + "meeting_hours"] == 3.25
    assert again.session_state["_restored"]["AgreementRecord"] == {"clauses": ({"id": "x", "label": "Cap", "cap": 40},)}


def test_a_step_without_a_change_saves_nothing():
    at = keep(opened(district()))
    at.run()
    versions = dict(at.session_state[KEEPING].versions)
    at.run()
    again = app().run()
    assert again.session_state[KEEPING].versions == versions
    again.run()
    assert again.session_state[KEEPING].versions == versions


def test_two_windows_that_change_the_same_are_told_and_one_chooses():
    one = keep(opened(district()))
    two = app().run()
    one.session_state[ASSUMED + "meeting_hours"] = 3.25
    one.run()
    two.session_state[ASSUMED + "meeting_hours"] = 4.5
    two.run()
    assert two.session_state[KEEPING].conflict == "settings" and "Nothing was overwritten" in text(two)
    assert app().run().session_state[ASSUMED + "meeting_hours"] == 3.25
    button(two, "theirs_counts").click()
    two.run()
    assert two.session_state[ASSUMED + "meeting_hours"] == 3.25 and not two.session_state[KEEPING].conflict
    one.session_state[ASSUMED + "meeting_hours"] = 3.5
    one.run()
    two.session_state[ASSUMED + "meeting_hours"] = 4.75
    two.run()
    button(two, "mine_counts").click()
    two.run()
    assert app().run().session_state[ASSUMED + "meeting_hours"] == 4.75


def test_a_store_that_cannot_be_written_is_told_and_the_work_is_kept_when_it_can_again(own_folder):
    at = keep(opened(district()))
    away = own_folder.with_name("away")
    own_folder.rename(away)
    at.session_state[ASSUMED + "meeting_hours"] = 3.25
    at.run()
    assert "Not kept" in text(at) and at.session_state[ASSUMED + "meeting_hours"] == 3.25
    away.rename(own_folder)
    at.run()
    assert not at.session_state[KEEPING].problem
    assert app().run().session_state[ASSUMED + "meeting_hours"] == 3.25


def test_forgetting_leaves_nothing_in_the_files(own_folder):
    data = b"student_id,school,minutes_per_session,frequency,therapist\n101,Quercus School,30,weekly,Ann\n102,Elm,30,weekly,Bea\n"
    loaded = load([("a.csv", data)], secret=b"x" * 32)
    roster = loaded.roster
    at = opened(roster, "Maple Valley")
    at.session_state[DISTRICT] = District(roster, loaded, DAY)
    at = keep(at)
    words = [b"Maple Valley", roster.services["student"].iloc[0].encode(), b"Quercus School"]
    there = b"".join(file.read_bytes() for file in own_folder.iterdir())
    assert all(word in there for word in words), "the test can see what it looks for"
    id = at.session_state[KEEPING].id
    at.switch_page("screens/data/data.py").run()
    button(at, "close").click()
    at.run()
    assert DISTRICT not in at.session_state and DISTRICT not in app().run().session_state, "closed stays closed"
    at.switch_page("screens/home/home.py").run()
    button(at, f"open_{id}").click()
    at.run()
    assert at.session_state[DISTRICT].roster.digest == roster.digest
    at.switch_page("screens/data/data.py").run()
    button(at, f"forget_{id}").click()
    at.run()
    assert DISTRICT not in at.session_state and not at.exception
    left = b"".join(file.read_bytes() for file in own_folder.iterdir())
    assert left and not [word for word in words if word in left]


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
    CheckInRecord(CheckIn(6, dict.fromkeys(QUESTIONS, 1)), True, DAY),
    EarlierCheckIns(((DAY, CheckIn(6, dict.fromkeys(QUESTIONS, 1))),)),
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
        "schools",
        "students",
    },
    YearAheadRecord: {"records", "problems", "uploads", "snapshot_problems"},
    StudyRecord: {
        "typed_version",
        "grid_version",
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


def test_an_open_check_in_is_not_kept_answer_by_answer():
    at = opened(district()).run()
    bring(at, CheckInRecord(CheckIn(3, dict.fromkeys(QUESTIONS, 1)), False))
    keep(at)
    assert "CheckInRecord" not in at.session_state[KEEPING].versions
    record = CheckInRecord(CheckIn(6, dict.fromkeys(QUESTIONS, 1)), True)
    bring(at, record)
    at.run()
    assert app().run().session_state["_restored"]["CheckInRecord"]["closed"]
    bring(at, CheckInRecord())
    at.run()
    assert app().run().session_state["_restored"]["CheckInRecord"] == {}


def test_answers_corrections_and_posts_come_back_and_the_same_file_may_be_brought_again():
    at = opened(district())
    at.session_state[IMPORTED] = Imported(
        answers=ImportMap().with_answer("school:oak", "Oak"),
        edits=Edits().with_edit("a.xlsx", "Services", 7, "Frequency", "2 x 30"),
        posts=(Post("Ann", "OT", 0.5),),
        seen=("a" * 64,),
    )
    keep(at)
    own = app().run().session_state[IMPORTED]
    assert own.posts == (Post("Ann", "OT", 0.5),) and [each.name for each in own.typed] == ["Therapists.csv"]
    assert own.edits.cells and own.answers.schools == {"oak": "Oak"}

    class File:
        def __init__(self, sha256):
            self.sha256 = sha256

    same = own.next_files((("a.xlsx", b""),), (File("a" * 64),), None)
    other = own.next_files((("b.xlsx", b""),), (File("b" * 64),), district())
    assert same.edits.cells and not other.edits.cells and other.before is not None and other.posts == own.posts


def test_a_correction_of_a_column_about_the_student_is_not_kept():
    data = b"student_id,school,minutes,frequency,therapist\n17 or 18,Oak,30,weekly,Ann\n2,Oak,30,weekly,Ann\n"
    loaded = load([("a.csv", data)], secret=b"x" * 32)
    sheet = loaded.files[0].sheets[0].name
    edits = Edits().with_edit("a.csv", sheet, 2, "student_id", "987654").with_edit("a.csv", sheet, 2, "minutes", "45")
    assert list(kept_parts._without_identity(edits, loaded).cells.values()) == ["45"]


def test_no_name_of_a_therapist_is_shown_because_it_was_shown_before():
    at = keep(opened(replace(district(), digest="names")))
    at.session_state["show_names"] = True
    at.run()
    again = app().run()
    assert "show_names" not in again.session_state or not again.session_state["show_names"]
    assert EVIDENCE in again.session_state


def test_two_months_are_kept_and_compared_with_reasons_that_add_up_on_the_page():
    at = keep(opened(district(), "Maple Valley"))
    at.switch_page("screens/decide/year_ahead/year.py").run()
    button(at, "take_month").click()
    at.run()
    assert "1 month is kept" in " ".join(each.value for each in at.caption)
    at.session_state["day"] = date(2026, 11, 2)
    at.session_state[ASSUMED + "meeting_hours"] = 6.0
    at.run()
    button(at, "take_month").click()
    at.run()
    assert not at.exception
    said = " ".join(str(each.value) for each in at.markdown)
    assert "From October 1, 2026 to November 2, 2026 students counted went from" in said
    tables = " ".join(str(each.proto.body) for each in at.get("html"))
    assert "assumptions" in tables and "together" in tables and "students who are new" in tables
    again = app().run()
    again.switch_page("screens/decide/year_ahead/year.py").run()
    assert "From October 1, 2026 to November 2, 2026" in " ".join(str(each.value) for each in again.markdown)

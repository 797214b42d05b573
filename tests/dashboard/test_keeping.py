"""A district that is kept comes back in another session as it was, and goes without a trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.parts.contract_rules import AgreementRecord
from dashboard.parts.own_word import Confirmed, OwnWordRecord, is_same, lines_of, number_of_weeks
from dashboard.screens.answer.concerns.check_in_panel import CheckInRecord
from dashboard.shell import cached, kept_parts
from dashboard.shell.imported_files import Imported
from dashboard.shell.open_district import District
from dashboard.shell.session import ASSUMED, DISTRICT, EVIDENCE, FOR_NOW, IMPORTED, KEEPING
from tests.dashboard.support import app, bring, district, html_of, opened
from workload.answer import analyze
from workload.intake.answers.import_map import ImportMap
from workload.intake.by_hand.corrected_cells import Edits
from workload.intake.load import load
from workload.intake.typed_posts import Post
from workload.staffing.concerns.check_in import QUESTIONS, CheckIn
from workload.store.rotation import rotate
from workload.store.store import open_store

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


def test_with_a_secret_of_this_session_alone_nothing_is_kept_and_that_is_told():
    at = keep(opened(district()))
    at.session_state[FOR_NOW] = "Finish the change first."
    at.session_state[ASSUMED + "meeting_hours"] = 3.25
    at.run()
    told = text(at).replace("\\", "")
    assert "pseudonyms of this session alone" in told and "Finish the change first." in told
    assert ASSUMED + "meeting_hours" not in app().run().session_state


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


def test_after_another_secret_confirmed_weeks_stay_and_an_open_session_brings_nothing_back(own_folder):
    roster = cached.sample().roster
    at = keep(opened(roster, "Maple Valley"))
    name, answer = sorted(roster.therapists["therapist"])[0], analyze(roster, at.session_state["day"])
    bring(at, OwnWordRecord(confirmed={name: Confirmed(DAY, lines_of(answer, name))}))
    at.run()
    assert f"1 of {number_of_weeks(answer)} weeks were confirmed" in text(at) + str(html_of(at))
    old = at.session_state[DISTRICT].roster.services["student"]
    rotate(open_store(own_folder), own_folder.parent, "2026-10-02T08:00:00+00:00")
    at.session_state[ASSUMED + "meeting_hours"] = 3.25
    at.run()
    assert "has the earlier ones" in text(at) and not [each for each in at.button if each.key == "mine_counts"]
    st.cache_resource.clear()  # what a session holds goes with it; here all are one
    again = app().run()
    kept = again.session_state[DISTRICT].roster
    assert not set(kept.services["student"]) & set(old)
    said = Confirmed(**vars(again.session_state["_restored"]["OwnWordRecord"]["confirmed"][name]))
    assert is_same(said, analyze(kept, again.session_state["day"]), name)
    assert f"1 of {number_of_weeks(answer)} weeks were confirmed" in text(again) + str(html_of(again))
    swapped = replace(said, lines=(("S-AAAAAAAAAA", said.lines[0][1]), *said.lines[1:]))
    assert not is_same(swapped, analyze(kept, again.session_state["day"]), name)

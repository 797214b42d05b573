"""One file holds everything that was typed and brings it back in one step; leaving with unsaved work is warned of."""

from __future__ import annotations

import pytest

from dashboard.parts import save_work
from dashboard.screens.decide.scenarios.open_scenarios import Board, ScenarioRecord
from dashboard.screens.people.time_study.study_log import StudyRecord
from dashboard.shell import cached, entries, session
from dashboard.shell.session import ASSUMED
from tests.dashboard.support import app, bring, district, failed, html_of, opened, record, visit
from workload.model.parameters import parameters
from workload.scenarios.post_levers import AddPost
from workload.scenarios.scenario import Scenario
from workload.staffing.time_study.log_edits import ADD, LogEdit, TypedLog
from workload.store.kinds import KINDS
from workload.store.saved_file import as_file, from_file

ENTRY = {"therapist": "Therapist 00", "date": None, "activity": "Session notes", "start": "08:00", "end": "09:00"}


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("OT_STAFFING_HOME", str(tmp_path))


def saved(at) -> bytes:
    """The file of what is open in a session, as the button makes it inside a run."""
    made: list[bytes] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(save_work, "warning", lambda: made.append(save_work.as_bytes(entries.as_it_stands())))
        at.run()
    return made[-1]


def unsaved(at) -> bool:
    return any('data-unsaved="yes"' in body for body in html_of(at))


def uploaded(at, data: bytes):
    visit(at, "home")
    next(each for each in at.file_uploader if (each.key or "").startswith("saved_work_")).upload("work.zip", data).run()
    return at


def worked():
    """A district in which a scenario was made, a log typed and a week confirmed."""
    at = opened(district())
    scenario = Scenario("Spring", (AddPost(fte=1.5),))
    bring(
        at,
        ScenarioRecord(board=Board((scenario,))),
        StudyRecord(typed=TypedLog().changed(LogEdit(ADD, (ENTRY,)))),
    )
    return at.run()


def test_nothing_typed_is_nothing_to_warn_of_and_looking_around_is_no_work():
    at = opened(district()).run()
    assert not unsaved(at)
    for name in ("people", "decide", "rebalance", "year", "time_study", "report", "assumptions", "home"):
        assert not unsaved(visit(at, name)), name


def test_what_is_typed_is_unsaved_until_it_is_saved_and_again_after_the_next_change():
    at = worked()
    assert unsaved(at)
    other = opened(district())
    moved = next(each for each in parameters().values() if each.id == "meeting_hours")
    other.session_state[ASSUMED + moved.id] = moved.value * 1.1
    assert unsaved(other.run())


def test_one_file_brings_everything_back_in_one_step():
    data = saved(worked())
    assert b"Therapist" not in data  # packed, and nobody is named in clear outside the tables
    at = uploaded(app().run(), data)
    assert not failed(at) and "Your work is back as it was saved." in [each.value for each in at.warning]
    assert at.session_state["district_name"] == "Test County" and not unsaved(at)
    visit(at, "decide")
    assert not failed(at) and record(at, ScenarioRecord).board.open.levers == (AddPost(fte=1.5),)
    visit(at, "time_study")
    assert record(at, StudyRecord).typed.entries[0]["activity"] == "Session notes"
    assert not unsaved(at)


@pytest.fixture
def buttons(monkeypatch):
    """What each button that saves was drawn with, as it makes its file where no run is at hand."""
    drawn: list = []
    real = save_work.st.download_button

    def watched(label, data, *given, **more):
        drawn.extend([data] if more.get("key") == "save_my_work" else [])
        return real(label, data, *given, **more)

    monkeypatch.setattr(save_work.st, "download_button", watched)
    return drawn


def held(data: bytes) -> dict:
    return from_file(data, {**KINDS, **cached.SCREEN_KINDS})


def test_what_a_part_of_the_page_changes_later_is_in_the_file_of_the_button_that_was_drawn_before(buttons, monkeypatch):
    """A part that runs by itself draws no new button: the one of the last whole run makes the file."""
    at = opened(district())
    visit(at, "decide")
    at.radio(key="scenario_part").set_value("Money").run()
    button = buttons[-1]
    assert held(button())["settings"].get("own_way") != 123_456.0
    monkeypatch.setattr(save_work, "button", lambda: None)  # from here on no button is drawn, as in a part of the page
    at.number_input(key="own_way").set_value(123_456.0).run()
    at.session_state[session.EVIDENCE][ScenarioRecord] = ScenarioRecord(
        board=Board((Scenario("Later", (AddPost(fte=0.5),)),))
    )
    saved = held(button())
    assert saved["settings"]["own_way"] == 123_456.0
    assert saved["ScenarioRecord"]["board"].open.name == "Later"


@pytest.mark.parametrize("data", [b"", b"PK nothing", as_file({"settings": {}}, KINDS), as_file({"roster": 3}, KINDS)])
def test_another_file_changes_nothing_and_is_refused_in_a_sentence(data):
    at = uploaded(worked(), data)
    assert not failed(at) and any("could not be brought back" in each.value for each in at.warning)
    assert record(at, ScenarioRecord).board.open.name == "Spring"


def test_the_sample_comes_back_as_the_sample():
    at = app()
    at.run()
    next(button for button in at.button if button.label == "Open the sample district").click().run()
    again = uploaded(app().run(), saved(at))
    assert not failed(again) and again.session_state[session.DISTRICT].is_sample
    assert again.session_state["day"] == cached.SAMPLE_DAY

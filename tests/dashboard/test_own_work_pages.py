"""On a server: a therapist's page, and what comes of it on the pages of the lead; an older month to look at."""

from __future__ import annotations

from datetime import date, time

import pytest

from dashboard.parts.correction_ledger import CorrectionRecord
from dashboard.screens.people.time_study.study_log import OWN_LOGS, StudyRecord
from dashboard.shell import keeping, sign_in
from dashboard.shell.session import ASSUMED, KEEPING
from tests.dashboard.evidence import open_part
from tests.dashboard.support import app, record
from tests.dashboard.test_keeping import button, keep, opened
from tests.dashboard.test_keeping import text as raw_text
from tests.store.test_packing import sample
from workload.intake.answers.import_map import ImportMap
from workload.intake.by_hand.corrected_cells import Edits
from workload.model.parameters import Assumptions
from workload.store import months, people_kept, sent_corrections
from workload.store.months import Month
from workload.store.roles import ADMINISTRATOR, AUDITOR, LEAD, THERAPIST, NotAllowedError, Person
from workload.store.store import Store, open_store
from workload.store.therapist_week import NOT_RIGHT, own_week, say

DAY, NOW = date(2026, 10, 1), "2026-10-01T08:00:00+00:00"
NAMES = sorted(sample().roster.therapists["therapist"])
OWN = NAMES[0]
DISTRICT_PARTS = {
    "loaded": sample(),
    "first_day": DAY,
    "edits": Edits(),
    "map": ImportMap(),
    "remembered": {},
    "shape": "",
    "posts": (),
    "looked": "",
    "before": None,
    "seen": (),
}


@pytest.fixture
def served(tmp_path, monkeypatch):
    """(district of its administrator, as_person): a server with somebody in each role."""
    monkeypatch.setenv("OT_STAFFING_HOME", str(tmp_path))
    who = {"email": ""}
    monkeypatch.setattr(sign_in, "is_on", lambda: True)
    monkeypatch.setattr(sign_in, "person", lambda: Person(who["email"], ""))
    made = open_store(tmp_path / "districts").create("Bluff", Person("boss@d.example", ADMINISTRATOR), NOW)
    made.save({"roster": DISTRICT_PARTS, "settings": {"district_name": "Bluff", "day": DAY}}, {}, NOW)
    months.take(made, Month(DAY, sample().roster, Assumptions()), NOW)
    for role, name in ((LEAD, ""), (THERAPIST, OWN), (AUDITOR, "")):
        people_kept.give_role(made, f"{role}@d.example", role, name, NOW)

    def as_person(email: str):
        who["email"] = email
        at = app().run()
        assert not at.exception
        return at

    return made, as_person


def text(at) -> str:
    """What stands on the page, without the strokes before signs that would mean something."""
    return raw_text(at).replace("\\", "")


def pressed(at, key: str):
    button(at, key).click()
    at.run()
    assert not at.exception
    return at


def test_a_therapist_logs_and_sends_and_the_lead_counts_and_decides(served):
    boss, as_person = served
    at = as_person(f"{THERAPIST}@d.example")
    at.radio(key="mine_part").set_value("My time log").run()
    at.date_input(key="own_log_day").set_value(DAY)
    at.run()
    pressed(at, "own_log_add")
    assert "8:00 AM to 8:30 AM" in text(at) and "0.5 hours" in text(at)
    pressed(at, "own_log_add")
    assert "8:30 AM to 9:00 AM" in text(at) and "1.0 hours" in text(at)
    at.time_input(key="own_log_start").set_value(time(8, 15))
    pressed(at, "own_log_add")
    assert "is logged already" in text(at) and "1.0 hours" in text(at)
    pressed(at, "own_log_out_0")
    assert "8:00 AM to 8:30 AM" not in text(at) and "0.5 hours" in text(at)
    at.radio(key="mine_part").set_value("Something is not right").run()
    at.selectbox(key="own_field").set_value("sessions")
    at.run()
    beginning(at, "text_input", "own_value_").set_value("many")
    pressed(at, "own_send")
    assert "A number from" in text(at)
    beginning(at, "text_input", "own_value_").set_value("7")
    pressed(at, "own_send")
    shown = text(at)
    assert "should be 7. It waits for the lead" in shown and "Line " not in shown.split("should be 7")[0][-200:]

    lead = as_person(f"{LEAD}@d.example")
    assert "1 correction that a therapist has sent waits" in tables(lead)
    assert f"0 of {len(NAMES)} therapists have confirmed their week" in tables(lead)
    lead.switch_page("screens/report/report.py")
    lead.session_state["report_part"] = "Correction sheets"
    lead.run()
    assert not lead.exception
    pressed(lead, "take_sent")
    assert len(record(lead, CorrectionRecord).ledger.proposed) == 1
    lead.text_input(key="correction_by").set_value("R. Lead")
    next(each for each in lead.button if each.label == "Accept all").click()
    lead.run()
    assert [each.state for each in sent_corrections.sent_by_all(boss)] == [sent_corrections.ACCEPTED]
    pressed(lead, "correction_undo")
    assert [each.state for each in sent_corrections.sent_by_all(boss)] == [sent_corrections.TAKEN]
    again = as_person(f"{THERAPIST}@d.example")
    again.radio(key="mine_part").set_value("Something is not right").run()
    assert "It is on the lead's list" in text(again)


def beginning(at, kind: str, key: str):
    """The one widget whose key begins so."""
    (found,) = (each for each in at.get(kind) if str(each.key).startswith(key))
    return found


def test_what_was_begun_about_a_line_does_not_come_to_stand_beside_a_line_of_the_next_month(served):
    boss, as_person = served
    at = as_person(f"{THERAPIST}@d.example")
    at.radio(key="mine_part").set_value("Something is not right").run()
    at.selectbox(key="own_field").set_value("sessions").run()
    beginning(at, "text_input", "own_value_").set_value("7").run()
    line = beginning(at, "selectbox", "own_line").key
    assert beginning(at.run(), "text_input", "own_value_").value == "7"
    months.take(boss, Month(date(2026, 11, 1), sample().roster, Assumptions()), NOW)
    at.run()
    assert not at.exception and at.selectbox(key="own_field").value == "sessions"
    assert beginning(at, "text_input", "own_value_").value == ""
    assert beginning(at, "selectbox", "own_line").key != line


def test_each_part_of_the_own_week_has_one_primary_button(served):
    _, as_person = served
    at = as_person(f"{THERAPIST}@d.example")
    firsts = []
    for part in ("My lines", "My time log", "Something is not right"):
        at.radio(key="mine_part").set_value(part).run()
        firsts.append([each.label for each in at.button if each.proto.type == "primary"])
    assert firsts == [["My week is right"], ["Add to my log"], ["Send it to the lead"]]


def tables(at) -> str:
    return " ".join(str(each.proto.body) for each in at.get("html"))


def test_what_therapists_have_logged_is_counted_when_the_lead_says_so(served):
    _, as_person = served
    own = as_person(f"{THERAPIST}@d.example")
    pressed(own.radio(key="mine_part").set_value("My time log").run(), "own_log_add")
    lead = as_person(f"{LEAD}@d.example")
    pressed(open_part(lead, "time_study", "Bring in a log"), "count_own_logs")
    assert list(record(lead, StudyRecord).files[OWN_LOGS]["therapist"]) == [OWN]
    assert "They count in the study." in " ".join(each.value for each in lead.caption)


def test_a_district_that_nobody_has_brought_a_roster_for_says_so_and_is_not_offered_again(
    served, tmp_path, monkeypatch
):
    _, as_person = served
    monkeypatch.setenv("OT_STAFFING_HOME", str(tmp_path / "begun"))
    begun = open_store(tmp_path / "begun" / "districts").create("Bluff", Person("boss@d.example", ADMINISTRATOR), NOW)
    months.take(begun, Month(DAY, sample().roster, Assumptions()), NOW)
    people_kept.give_role(begun, f"{LEAD}@d.example", LEAD, "", NOW)
    at = as_person(f"{LEAD}@d.example")
    said = text(at) + tables(at)
    assert said.count("Bluff has no roster yet") == 2 and "Open Bluff" not in [each.label for each in at.button]
    at.switch_page("screens/people/people.py").run()
    assert not at.exception and "Bluff has no roster yet" in at.info[0].value


def test_an_auditor_is_offered_no_names_and_gets_none(served):
    _, as_person = served
    at = as_person(f"{AUDITOR}@d.example")
    assert not [each for each in at.toggle if each.key == "show_names"]
    at.session_state["show_names"] = True
    at.switch_page("screens/people/people.py").run()
    assert not at.exception
    seen = repr(at) + tables(at)
    assert not [name for name in NAMES if name in seen]
    assert "therapist 0" in seen
    lead = as_person(f"{LEAD}@d.example")
    assert [each for each in lead.toggle if each.key == "show_names"]


def test_an_older_month_is_opened_to_look_at_and_nothing_of_it_is_saved(tmp_path, monkeypatch):
    monkeypatch.setenv("OT_STAFFING_HOME", str(tmp_path))
    at = keep(opened(sample().roster, "Maple Valley"))
    at.session_state["day"] = DAY
    at.switch_page("screens/decide/year_ahead/year.py").run()
    at.session_state[ASSUMED + "meeting_hours"] = 3.0
    at.run()
    pressed(at, "take_month")
    at.session_state["day"] = date(2026, 11, 2)
    at.session_state[ASSUMED + "meeting_hours"] = 6.0
    at.run()
    pressed(at, "take_month")
    assert at.get("plotly_chart"), "the months as lines"
    versions = _own(at).versions()
    at.selectbox(key="month_look").set_value(DAY)
    at.run()
    pressed(at, "look")
    at.run()
    assert "You are looking at October 1, 2026 as it was kept" in text(at)
    assert at.session_state[ASSUMED + "meeting_hours"] == 3.0 and at.session_state["day"] == DAY
    at.session_state[ASSUMED + "meeting_hours"] = 9.0
    at.run()
    assert _own(at).versions() == versions and not [each for each in at.button if each.key == "take_month"]
    at.switch_page("screens/home/home.py").run()
    assert "You are looking at October 1, 2026" in text(at)
    pressed(at, "back_to_today")
    assert "You are looking at" not in text(at)
    at.run()
    assert at.session_state[ASSUMED + "meeting_hours"] == 6.0 and at.session_state["day"] == date(2026, 11, 2)
    assert at.session_state[KEEPING].looking is None and not at.session_state[KEEPING].problem


def test_a_pilot_is_compared_with_the_other_schools_once_there_are_two_months(tmp_path, monkeypatch):
    monkeypatch.setenv("OT_STAFFING_HOME", str(tmp_path))
    at = keep(opened(sample().roster, "Maple Valley"))
    assert "Two kept months are needed" in text(open_part(at, "delivered", "A pilot"))
    for day in (DAY, date(2027, 1, 11)):
        months.take(_own(at), Month(day, sample().roster, Assumptions()), NOW)
    at.run()
    schools = sorted(sample().roster.schools["school"])[:2]
    at.multiselect(key="pilot_schools").set_value(schools)
    at.run()
    assert not at.exception and "What was delivered there is not measured yet" in text(at)
    assert "pilot schools" in tables(at) and "FTE available" in tables(at)


def _own(at):
    return keeping.store().district(at.session_state[KEEPING].id, keeping.THIS_COMPUTER)


def test_what_is_said_not_to_be_right_reaches_the_lead_under_the_name_that_is_shown(served):
    boss, as_person = served
    own = open_store_of(boss, f"{THERAPIST}@d.example")
    say(own, own_week(own, OWN), NOT_RIGHT, "Oak is missing", 0, NOW)
    lead = as_person(f"{LEAD}@d.example")
    lead.switch_page("screens/decide/year_ahead/year.py").run()
    assert "Oak is missing" in text(lead) and OWN not in text(lead)


def open_store_of(district, email: str):
    return Store(district.engine).district(district.id, Person(email, ""))


def test_an_administrator_lets_people_in_and_takes_roles_away_on_a_page_and_the_record_keeps_it(served):
    boss, as_person = served
    at = as_person("boss@d.example")
    at.switch_page("screens/access/access.py").run()
    assert not at.exception and "may come into this district" in tables(at)
    at.text_input(key="access_email").set_value("New@D.example")
    at.selectbox(key="access_whose").set_value(NAMES[1])
    pressed(at, "access_give")
    assert ("new@d.example", THERAPIST, NAMES[1]) in [
        (each.email, each.role, each.therapist) for each in people_kept.people(boss)
    ]
    at.text_input(key="access_email").set_value("nobody")
    pressed(at, "access_give")
    assert "known by the e-mail address" in text(at)
    pressed(at, "access_take_new@d.example")
    assert "new@d.example" not in [each.email for each in people_kept.people(boss)]
    assert [each.what for each in boss.history(2)] == ["took the role of", "made therapist"]
    pressed(at, "access_take_boss@d.example")
    assert "Somebody has to stay administrator" in text(at)


def test_a_lead_sees_the_record_and_says_nobody_who_may_come_in_and_a_therapist_gets_neither(served):
    boss, as_person = served
    at = as_person(f"{LEAD}@d.example")
    at.switch_page("screens/access/access.py").run()
    assert not at.exception and "Who changed what" in tables(at) + text(at)
    assert not [each for each in at.button if (each.key or "").startswith("access_")]
    with pytest.raises(NotAllowedError):
        people_kept.give_role(open_store_of(boss, f"{LEAD}@d.example"), "x@d.example", LEAD, "", NOW)
    own = as_person(f"{THERAPIST}@d.example")
    assert "Access" not in tables(own) and "access" not in repr(own.get("page_link"))

"""A role that is changed or taken away while somebody is signed in: what was made for the earlier role is gone at the next step."""

from __future__ import annotations

import pytest

from dashboard import frame
from dashboard.shell import guard
from dashboard.shell.session import ASSUMED, DISTRICT, KEEPING
from tests.dashboard.support import everything
from tests.dashboard.test_own_work_pages import NAMES, NOW, OWN, served, tables, text
from workload.store import people_kept
from workload.store.roles import AUDITOR, LEAD, READER, THERAPIST

__all__ = ["served"]  # a fixture
WHO = f"{LEAD}@d.example"


def shown(at) -> str:
    return everything(at) + tables(at) + text(at) + repr(at.session_state)


def with_names(at):
    """Somebody who sees the whole work, has looked at the pages that draw people, and has asked for their names."""
    at.session_state["show_names"] = True
    for page in ("answer/answer", "decide/scenarios/decide", "people/people"):
        at.switch_page(f"screens/{page}.py").run()
        assert not at.exception
    assert [name for name in NAMES if name in shown(at)]
    return at


def test_a_lead_who_becomes_an_auditor_sees_no_name_from_the_next_step_on(served):
    boss, as_person = served
    at = with_names(as_person(WHO))
    people_kept.give_role(boss, WHO, AUDITOR, "", NOW)
    for page in ("people/people", "answer/answer", "data/check", "decide/scenarios/decide", "report/report"):
        at.switch_page(f"screens/{page}.py").run()
        assert not at.exception
        assert not [name for name in NAMES if name in shown(at)], page
    at.session_state["show_names"] = True
    assert not [name for name in NAMES if name in shown(at.switch_page("screens/people/people.py").run())]
    assert at.session_state[KEEPING].person.role == AUDITOR


def test_an_auditor_who_becomes_the_lead_saves_the_names_that_are_there_and_never_the_numbers_in_their_place(served):
    boss, as_person = served
    at = as_person(f"{AUDITOR}@d.example")
    people_kept.give_role(boss, f"{AUDITOR}@d.example", LEAD, "", NOW)
    at.switch_page("screens/people/people.py").run()
    at.session_state[ASSUMED + "meeting_hours"] = 4.0
    at.run()
    kept = boss.load()
    assert kept["settings"].value[ASSUMED + "meeting_hours"] == 4.0
    assert set(kept["roster"].value["loaded"].roster.therapists["therapist"]) == set(NAMES)
    assert set(at.session_state[DISTRICT].roster.therapists["therapist"]) == set(NAMES)


@pytest.mark.parametrize("role", [READER, THERAPIST, ""])
def test_who_may_see_the_work_no_more_has_nothing_of_it_left_in_the_session(served, role):
    boss, as_person = served
    at = with_names(as_person(WHO))
    if role:
        people_kept.give_role(boss, WHO, role, OWN if role == THERAPIST else "", NOW)
    else:
        people_kept.take_role(boss, WHO, NOW)
    at.run()
    assert not at.exception and DISTRICT not in at.session_state and KEEPING not in at.session_state
    assert not [name for name in NAMES if name in shown(at) and name != OWN]


def test_a_therapist_whose_name_is_put_right_sees_that_week_and_the_other_one_no_more(served):
    boss, as_person = served
    who = f"{THERAPIST}@d.example"
    at = as_person(who)
    before = tables(at)
    people_kept.give_role(boss, who, THERAPIST, NAMES[1], NOW)
    at.run()
    assert not at.exception and tables(at) != before
    assert tables(at) == tables(as_person(who))


def test_what_a_lead_has_changed_just_before_is_not_saved_with_a_role_that_may_not(served):
    boss, as_person = served
    at = as_person(WHO)
    versions = boss.versions()
    people_kept.give_role(boss, WHO, AUDITOR, "", NOW)
    at.session_state[ASSUMED + "meeting_hours"] = 4.0
    at.run()
    assert not at.exception and boss.versions() == versions


def test_a_part_of_a_page_that_runs_by_itself_does_not_go_on_under_an_earlier_role(monkeypatch):
    assert frame.guard is guard  # what the frame has set, also where this test runs alone
    assert [guard.CHANGED[0].__code__.co_names] == [("keeping", "rights_have_changed")]
    drawn, asked = [], []
    monkeypatch.setattr(guard, "CHANGED", [lambda: True])
    monkeypatch.setattr(guard.st, "rerun", lambda: asked.append("whole page"))
    guard.guarded(lambda: drawn.append("with the page"))()
    assert drawn == ["with the page"] and not asked
    monkeypatch.setattr(guard, "_runs_by_itself", lambda: True)
    guard.guarded(lambda: None)()
    assert asked == ["whole page"]

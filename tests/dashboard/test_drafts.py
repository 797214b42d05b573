"""What a browser gives back is taken for the fields that asked for it, and for nothing else; whose drafts a tab may hold."""

from __future__ import annotations

from functools import partial

import pytest

from dashboard.parts import drafts
from dashboard.shell import keeping, session, sign_in
from workload.store.roles import Person

CHOICES = {"own_field": ("sessions", "school")}


@pytest.fixture
def state(monkeypatch):
    """A session state that is a plain mapping."""
    held: dict = {}
    monkeypatch.setattr(session, "chosen", held.get)
    monkeypatch.setattr(session, "set_now", held.__setitem__)
    monkeypatch.setattr(session, "start_with", held.setdefault)
    return held


def given(state, texts=None, choices=None, then=None) -> None:
    state["drafts_note"] = {"back": {"texts": texts or {}, "choices": choices or {}}}
    drafts._back("drafts_note", ("note",), CHOICES, then)


def test_a_text_comes_back_into_its_field_and_does_there_what_each_text_does(state):
    done: list[tuple[str, str]] = []
    given(state, {"note": {"text": "Too many", "changed": False}}, then=lambda *each: not done.append(each))
    assert done == [("note", "Too many")] and "note" not in state  # the field is another one by now
    given(state, {"note": {"text": "3 too many", "changed": False}}, then=lambda *each: False)
    assert state["note"] == "3 too many"  # refused, and there to be put right
    given(state, {"note": {"text": "Too many", "changed": False}})
    assert state["note"] == "Too many"


def test_a_field_that_has_another_text_by_now_keeps_it_until_somebody_decides(state):
    state["note"] = "by a colleague"
    given(state, {"note": {"text": "mine", "changed": True}})
    assert state["note"] == "by a colleague" and state[drafts.BESIDE + "note"] == "mine"
    drafts._put("note", "mine", None)
    assert state["note"] == "mine" and not state[drafts.BESIDE + "note"]
    given(state, {"note": {"text": "mine", "changed": True}})
    drafts._dropped("note")
    assert not state[drafts.BESIDE + "note"] and state[drafts.SENT] == {"note": 1}


@pytest.mark.parametrize(
    "back", [None, 3, {"texts": ["note"]}, {"texts": {"note": 3}}, {"texts": {"note": {"text": 3}}}]
)
def test_what_is_of_another_form_is_left(state, back):
    state["drafts_note"] = {"back": back}
    drafts._back("drafts_note", ("note",), {}, None)
    assert set(state) == {"drafts_note"}


def test_no_other_place_of_the_session_is_reached_and_no_choice_that_there_is_not(state):
    given(state, {"_keeping": {"text": "x"}, "day": {"text": "x"}}, {"own_field": "_role", "show_names": True})
    assert set(state) == {"drafts_note"}
    given(state, {}, {"own_field": "school"})
    assert state["own_field"] == "school"


def test_whose_drafts_a_tab_may_hold(state, monkeypatch):
    here = {"on": False, "email": "", "kept": None, "open": None}
    monkeypatch.setattr(sign_in, "is_on", lambda: here["on"])
    monkeypatch.setattr(sign_in, "person", lambda: Person(here["email"], ""))
    monkeypatch.setattr(keeping, "current", lambda: here["kept"])
    monkeypatch.setattr(session, "district", lambda: here["open"])
    opened, sample = (type("Opened", (), {"is_sample": each})() for each in (False, True))
    scopes = [drafts.scope()]
    for changed in (
        {"open": sample},
        {"open": opened},
        {"kept": keeping.Keeping("one")},
        {"kept": keeping.Keeping("two")},
        {"on": True},
        {"email": "ann@district.example"},
        {"email": "bea@district.example"},
        {"kept": keeping.Keeping("one")},
    ):
        here |= changed
        scopes.append(drafts.scope())
    assert len(set(scopes)) == len(scopes) and scopes[0] == drafts.NO_DISTRICT and scopes[5] == drafts.NOBODY
    assert not [each for each in scopes if "district.example" in each]
    state[keeping.AWAY] = True
    assert drafts.scope() == ""


def test_sending_is_told_by_a_number_that_grows(state):
    say = partial(drafts.sent, "note")
    say()
    say()
    assert state[drafts.SENT] == {"note": 2}

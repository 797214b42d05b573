"""What the page promises of an upload: about two minutes after it is closed, its files are gone, whoever else comes or not."""

from __future__ import annotations

import asyncio
import gc
import inspect
import weakref
from types import SimpleNamespace

import pytest
from streamlit.runtime import Runtime
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.session_manager import SessionInfo
from streamlit.runtime.state.session_state import SessionState
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from dashboard import server
from dashboard.shell import closed_sessions
from tests.support import own_loop

HELD = "what was read"


class Page:
    """A session: an id, a circle of objects, and whether it was shut down."""

    def __init__(self, id, ended):
        self.id, self.itself, self._ended = id, self, ended
        self.session_state = SessionState()
        self.session_state["roster"] = HELD

    def shutdown(self):
        self._ended.append(self.id)


@pytest.fixture
def clock(monkeypatch):
    """The time of the store of closed sessions, in seconds; the manager is Streamlit's own."""
    now = SimpleNamespace(seconds=0.0)
    storage = MemorySessionStorage(ttl_seconds=120)
    storage._cache._timer = lambda: now.seconds
    now.manager = WebsocketSessionManager(storage, None, None, None)
    now.storage = storage
    monkeypatch.setattr(Runtime, "instance", lambda: SimpleNamespace(_session_mgr=now.manager))
    return now


def test_a_closed_session_is_forgotten_when_its_time_is_over_and_not_before(clock):
    ended: list[str] = []
    for second, id in ((0, "first"), (60, "second")):
        clock.seconds = second
        clock.storage.save(SessionInfo(client=None, session=Page(id, ended), script_run_count=1))
    seen, state = weakref.ref(clock.storage.get("first").session), clock.storage.get("first").session.session_state
    clock.seconds = 119
    assert closed_sessions.forget() == 0 and not ended and state["roster"] == HELD
    clock.seconds = 121
    gc.disable()
    try:
        assert closed_sessions.forget() == 1 and seen() is None  # though each is a circle
    finally:
        gc.enable()
    assert ended == ["first"] and clock.storage.get("second")
    assert "roster" not in state  # whoever still holds the session, as Streamlit's loop may
    clock.seconds = 181
    assert closed_sessions.forget() == 1 and ended == ["first", "second"] and not clock.storage.list()
    assert closed_sessions.forget() == 0


def test_one_that_cannot_be_shut_down_keeps_no_other(clock):
    ended: list[str] = []

    class Broken(Page):
        def shutdown(self):
            raise RuntimeError

    for each in (Page("first", ended), Broken("broken", ended), Page("last", ended)):
        clock.storage.save(SessionInfo(client=None, session=each, script_run_count=1))
    clock.seconds = 121
    with pytest.raises(RuntimeError):
        closed_sessions.forget()
    assert sorted(ended) == ["first", "last"]


def test_a_session_that_came_back_in_time_is_left_alone(clock):
    ended: list[str] = []
    clock.storage.save(SessionInfo(client=None, session=Page("mine", ended), script_run_count=1))
    clock.seconds = 100
    clock.storage.delete("mine")  # as Streamlit does when its page connects again
    clock.seconds = 300
    assert closed_sessions.forget() == 0 and not ended


def test_the_server_forgets_again_and_again_also_after_a_failure(monkeypatch):
    tried = []

    def forget():
        tried.append(1)
        if len(tried) == 1:
            raise RuntimeError("what a session held")
        if len(tried) == 3:
            raise asyncio.CancelledError

    monkeypatch.setattr(closed_sessions, "forget", forget)
    monkeypatch.setattr(closed_sessions, "SECONDS_BETWEEN", 0)
    with pytest.raises(asyncio.CancelledError):
        own_loop.run(closed_sessions.forget_in_time())
    assert len(tried) == 3
    assert "closed_sessions.forget_in_time()" in inspect.getsource(server.lifespan.__wrapped__)


def test_memory_that_is_free_goes_back_where_the_c_library_knows_how(monkeypatch, clock):
    asked: list[int] = []
    monkeypatch.setattr(closed_sessions.sys, "platform", "linux")
    monkeypatch.setattr(closed_sessions.ctypes, "CDLL", lambda name: SimpleNamespace(malloc_trim=asked.append))
    assert closed_sessions.forget() == 0 and asked == []  # nothing was forgotten
    clock.storage.save(SessionInfo(client=None, session=Page("mine", []), script_run_count=1))
    clock.seconds = 121
    assert closed_sessions.forget() == 1 and asked == [0]
    monkeypatch.setattr(closed_sessions.ctypes, "CDLL", lambda name: SimpleNamespace())
    closed_sessions.give_back()
    monkeypatch.setattr(closed_sessions.sys, "platform", "win32")
    monkeypatch.setattr(closed_sessions.ctypes, "CDLL", None)
    closed_sessions.give_back()
    assert asked == [0]

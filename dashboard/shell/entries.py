"""What stands in session state, by name; nothing else touches it. The tool's own entries begin with "_", the others are widgets.

An own entry is written here alone, so that a run reads it once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

T = TypeVar("T")
_HERE = threading.local()  # a run has a thread, and each run of a thread its own cursors


def _seen() -> dict[str, Any]:
    """What this run has read; empty at its start, and always outside of a run."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return {}
    if getattr(_HERE, "run", None) is not context.cursors:
        _HERE.run, _HERE.seen = context.cursors, {}
    return _HERE.seen


def until_something_is_set(name: str, of: object, make: Callable[[], T]) -> T:
    """What `make` makes of the entries as they stand: made again in the next run, after anything was set, and for another `of`."""
    known = _seen().get(f"made {name}")
    if known is None or known[0] != of:
        known = (of, make())
        _seen()[f"made {name}"] = known
    return known[1]


def chosen(name: str) -> Any:
    """The value of a widget or of an own entry; None where there is none."""
    if not name.startswith("_"):
        return st.session_state.get(name)
    seen = _seen()
    if name not in seen:
        seen[name] = st.session_state.get(name)
    return seen[name]


def values() -> dict[str, Any]:
    """What stands in the widgets, by their names."""
    return {key: value for key, value in st.session_state.to_dict().items() if not key.startswith("_")}


def as_it_stands() -> Callable[[], dict[str, Any]]:
    """Every entry of this session by its name, at the time when the answer is called: also after this run, and where no session
    is at hand, as when a file is made that somebody has asked for."""
    context = get_script_run_ctx()
    if context is None:
        return lambda: dict(st.session_state.to_dict())
    return lambda: dict(context.session_state.filtered_state)


def at_the_start() -> dict[str, Any]:
    """The same when this run first asked, or since something was set: a widget drawn for the first time is not in it."""
    return until_something_is_set("values", None, values)


def is_there(name: str) -> bool:
    """Whether there is such an entry."""
    return name in st.session_state


def set_now(name: str, value: Any) -> None:
    """The value of an own entry, or of a widget that is not drawn yet in this run."""
    st.session_state[name] = value
    _seen().clear()


def drop(*names: str) -> None:
    """These entries go."""
    for name in names:
        st.session_state.pop(name, None)
    _seen().clear()

"""Choices whose code is written into the address here.

Streamlit can bind a widget to the address itself, but then it writes what an option is called, which can be a name, and forgets
the choice when somebody goes back to it from another page.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlparse

import streamlit as st

from dashboard.shell import session

WRITTEN = (
    "_written_"  # before the name of a widget: the page, the code that was written there for it, and of which rows
)


def follow(name: str, options: Sequence[str], label: str) -> None:
    """Take the code that the address has, where somebody has changed it: by a link, or by going back on a page.

    To be called before the widget is drawn. On another page a choice stays, though its address does not have it yet, and though
    the browser tells nothing of a box that stands in a part that is folded.
    An address that asks for what is not there is said to, without its words: anything may stand in it.

    label  what the widget is called
    """
    asked, (page, code, of) = st.query_params.get(name), session.chosen(WRITTEN + name) or (None, None, "")
    if asked != code and (asked is not None or page == _page()):
        session.set_now(name, asked if asked in options else None)
        if asked is not None and asked not in options:
            session.say(f"What the address asks for under “{label}” is not there, so nothing is chosen.")
    elif (
        asked is None and page != _page() and of == _rows() and code in options and session.chosen(name) in (None, code)
    ):
        session.set_now(name, code)


def write(name: str, code: str | None) -> None:
    """Write the code of a choice into the address, or take it out."""
    if code is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != code:
        st.query_params[name] = code
    if session.chosen(WRITTEN + name) != (written := (_page(), code, _rows())):
        session.set_now(WRITTEN + name, written)


def _rows() -> str:
    return getattr(session.roster(), "digest", "")


def _page() -> str:
    return urlparse(st.context.url or "").path

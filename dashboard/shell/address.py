"""Choices whose code is written into the address here.

Streamlit can bind a widget to the address itself, but then it writes what an option is called, which can be a name, and forgets
the choice when somebody goes back to it from another page.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlparse

import streamlit as st

from dashboard.shell import session

WRITTEN = "_written_"  # before the name of a widget: the code that was written for it, and of which rows
DRAWN = "_page_drawn_last"  # where the page stands that was drawn to its end last


def follow(name: str, options: Sequence[str], label: str) -> None:
    """Take the code that the address has, where somebody has changed it: by a link, or by going back on a page.

    To be called before the widget is drawn. Whoever comes from another page, back to this one or for the first time, finds the
    choice as it was, though the address of the link does not have it, and though the browser tells nothing of a box that stands
    in a part that is folded. An address that has lost the choice on the same page is a step back, which undoes it.
    An address that asks for what is not there is said to, without its words: anything may stand in it.

    label  what the widget is called
    """
    asked, (code, of) = st.query_params.get(name), session.chosen(WRITTEN + name) or (None, "")
    comes = session.chosen(DRAWN) != _page()
    if asked != code and (asked is not None or not comes):
        session.set_now(name, asked if asked in options else None)
        if asked is not None and asked not in options:
            session.say(f"What the address asks for under “{label}” is not there, so nothing is chosen.")
    elif asked is None and comes and of == _rows() and code in options and session.chosen(name) in (None, code):
        session.set_now(name, code)


def write(name: str, code: str | None) -> None:
    """Write the code of a choice into the address, or take it out."""
    if code is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != code:
        st.query_params[name] = code
    if session.chosen(WRITTEN + name) != (written := (code, _rows())):
        session.set_now(WRITTEN + name, written)


def page_drawn() -> None:
    """A page was drawn to its end: an address that changes from here on without another page is a step of the browser."""
    if session.chosen(DRAWN) != _page():
        session.set_now(DRAWN, _page())


def _rows() -> str:
    return getattr(session.roster(), "digest", "")


def _page() -> str:
    return urlparse(st.context.url or "").path

"""Where a click on a chart leads: to a person, by code, to a school, or to the menu under it. Menus are the keyboard's way."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.shell import navigation, session


def person(code: str) -> None:
    """Open the page of one person."""
    st.switch_page(navigation.PEOPLE.file, query_params={"therapist": code})


def school(name: str) -> None:
    """Open the page of one school."""
    st.switch_page(navigation.SCHOOLS.file, query_params={"school": name})


def opening(key: str, menu: str) -> tuple[str, str, Callable[[str], None]]:
    """(key, stem, what a click does) of a chart whose rows are opened by a menu under it."""
    chosen = session.chosen(menu)

    def choose(code: str) -> None:
        if code != chosen:
            session.set_next(menu, code)
            st.rerun()

    return f"{key} {chosen}", key.replace("_", "-"), choose

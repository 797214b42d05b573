"""Where a click on a chart leads: to a person, by code, or to a school. The menus of those pages are the keyboard's way."""

from __future__ import annotations

import streamlit as st

from dashboard.shell import navigation


def person(code: str) -> None:
    """Open the page of one person."""
    st.switch_page(navigation.PEOPLE.file, query_params={"therapist": code})


def school(name: str) -> None:
    """Open the page of one school."""
    st.switch_page(navigation.SCHOOLS.file, query_params={"school": name})

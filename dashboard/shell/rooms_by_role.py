"""Which pages somebody gets: nobody's without sign-in, a therapist's own week, a board's tables, or all.

A page that is not handed out cannot be reached by any address; and what it would show is refused by the library, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard.shell import keeping, navigation, sign_in
from workload.store.database import StoreError
from workload.store.district import District
from workload.store.roles import PEOPLE, SEE_BOARD, SEE_OWN, SEE_RECORD, SEE_WORK

OWN_PAGES = (("my_week", SEE_OWN), ("for_the_board", SEE_BOARD))
TITLES = {"my_week": "My week", "for_the_board": "For the board"}
MINE = Path(__file__).parents[1] / "screens" / "mine"
CHECK_IN = "check-in"  # the address of the one page that needs no sign-in, and shows nothing of the district


@dataclass(frozen=True)
class Rooms:
    """The pages of a person. `whole` are those with the frame around them."""

    pages: list[st.Page]
    whole: bool = False


def rooms() -> Rooms:
    """The pages of whoever is here."""
    if not sign_in.is_on():
        return Rooms(navigation.pages(), True)
    if keeping.rights_have_changed():
        keeping.start_over()
    if not sign_in.person().email:
        return Rooms([_page("sign_in_page", "Sign in", True), _check_in()])
    district = own_district()
    if district is None:
        return Rooms([_page("no_role", "No role", True), _check_in()])
    if district.person.may(SEE_WORK):
        sees_access = district.person.may(PEOPLE) or district.person.may(SEE_RECORD)
        extra = (navigation.ACCESS,) if sees_access else ()
        return Rooms([*navigation.pages(extra), _check_in()], True)
    names = [name for name, right in OWN_PAGES if district.person.may(right)]
    found = [_page(name, TITLES[name], name == names[0]) for name in names]
    return Rooms([*found, *map(_by_its_name, names[:1], found), _check_in()])


def own_district() -> District | None:
    """The district of whoever has signed in, with their role in it; None for somebody without."""
    try:
        last = next(iter(keeping.kept()), None)
        return keeping.store().district(last.id, sign_in.person()) if last is not None else None
    except StoreError:
        return None


def _check_in() -> st.Page:
    """The team check-in for whoever has its link; it stands in no bar."""
    return st.Page(str(MINE / "check_in_by_link.py"), title="Team check-in", url_path=CHECK_IN, visibility="hidden")


def _page(name: str, title: str, first: bool) -> st.Page:
    return st.Page(str(MINE / f"{name}.py"), title=title, url_path=navigation.ROOT if first else name, default=first)


def _by_its_name(name: str, page: st.Page) -> st.Page:
    """The first page is served at the bare address; its name is one more address that leads there."""
    return st.Page(lambda: st.switch_page(page), title=page.title, url_path=name, visibility="hidden")

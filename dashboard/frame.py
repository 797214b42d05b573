"""What stands around every page: the line with district, day, state and names; the pages of a place; the foot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.Html_pb2 import Html

from dashboard.parts import contract_rules, correction_ledger, drafts, keep_card, save_work
from dashboard.parts.safe_text import plain
from dashboard.shell import address, guard, keeping, navigation, session, sign_in
from workload.model.words import count, in_words
from workload.rules.packs import packs
from workload.store.roles import PEOPLE, SEE_NAMES, SEE_RECORD

ASSETS = Path(__file__).parent / "assets"
STYLE = Html(body=f"<style>{(ASSETS / 'theme.css').read_text(encoding='utf-8')}</style>")
LOGO = (ASSETS / "logo.svg").read_text(encoding="utf-8")


guard.CHANGED[:] = [lambda: keeping.rights_have_changed()]
guard.AFTER[:] = [lambda: keeping.save(), lambda: save_work.warning()]


def begin() -> None:
    """At the start of a run: what was set for it, the district that is kept, or the sample where the app was started for it."""
    session.begin()
    keeping.begin()
    session.begin()
    if session.sample_is_wanted():
        session.open_sample()
        session.begin()


def style() -> None:
    """The style sheet, where `st.html` puts one, which would search its 16,000 letters for tags in every run."""
    st._event._enqueue("html", STYLE)


def show(page: st.Page) -> None:
    """The page inside its frame. An earlier address only leads on: the widgets of the frame would claim its query."""
    if page.url_path in navigation.EARLIER:
        page.run()
    st.logo(LOGO, size="medium")
    style()
    view = navigation.of(page)
    with st.container(key="page"):
        strip(view)
        spot: list[DeltaGenerator] = []
        guard.run(lambda: context(spot))
        guard.run(keep_card.looking)
        refused = st.empty()  # what a page refuses is known once the page has run, and is said above it
        if view is not None:
            sections(view)
        guard.run(page.run)
        guard.after()
        guard.run(lambda: keep_card.line(*spot))
        if warning := session.note():
            refused.warning(warning)
        foot(view)
        drafts.page()
        address.page_drawn()


def show_alone(page: st.Page, pages: Sequence[st.Page] = ()) -> None:
    """A page of somebody who gets few of them: with the look of the tool, and nothing of the district around it."""
    st.logo(LOGO, size="medium")
    style()
    with st.container(key="page"):
        listed = [each for each in pages if each.visibility != "hidden"]
        if len(listed) > 1:
            with st.container(key="strip", horizontal=True, wrap=False, gap=None):
                for each in listed:
                    st.page_link(each, label=f"**{each.title}**" if each.url_path == page.url_path else each.title)
        guard.run(page.run)
        drafts.page()


def strip(here: navigation.View | None) -> None:
    """The seven places as a row of links: the menu of a narrow screen, where Streamlit's own stays open after a choice."""
    with st.container(key="strip", horizontal=True, wrap=False, gap=None):
        for view in navigation.PLACES:
            is_here = here is not None and view.place == here.place
            st.page_link(navigation.page(view), label=f"**{view.title}**" if is_here else view.title)


def context(spot: list[DeltaGenerator]) -> None:
    """Which district, day and state it is, and whether names are shown; the settings are behind it.

    spot  gets the place where it is said, after the page has run, that the work is kept
    """
    opened = session.district()
    if opened is None:
        return
    with st.container(
        key="context", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="xsmall"
    ):
        with st.container(key="whose", horizontal=True, vertical_alignment="center", gap="small", width="content"):
            kind = '<span class="soft">invented sample</span>' if opened.is_sample else ""
            paper = f'<span class="paper">, {in_words(session.day())}. OT and OTA time in FTE.</span>'
            st.html(f'<p class="small"><b>{escape(session.district_name())}</b> {kind}{paper}</p>', width="content")
            spot.append(st.empty())
            save_work.button()
            st.html('<button type="button" class="copy-link" data-copy-link="yes">Copy link</button>', width="content")
            if corrected := correction_ledger.counted():
                st.page_link(
                    navigation.page(navigation.REPORT), label=f"Counted with {count(corrected, 'accepted correction')}"
                )
        with st.popover(settings_words(), type="tertiary", key="settings"):
            settings()


def settings_words() -> str:
    """The settings as they stand, in a line."""
    chosen = session.state()
    state = f"Rules of {packs()[chosen].name}" if chosen else "No state rules"
    names = "Names shown" if session.names_are_shown() else "Posts, not names"
    return plain(f"{in_words(session.day())} · {state} · {names}")


def settings() -> None:
    """Day, state, names, and whether the district's own agreement counts."""
    st.date_input(
        "Day that the answer speaks of",
        key="day",
        bind="query-params",
        format="MM/DD/YYYY",
        help="Services, posts and leaves count as they stand on this day.",
    )
    st.selectbox(
        "State whose caseload rules are shown",
        list(packs()),
        index=None,
        key="state",
        bind="query-params",
        placeholder="None",
        format_func=_states().__getitem__,
    )
    if keeping.may(SEE_NAMES):
        st.toggle(
            "Show therapists' names",
            key="show_names",
            persist_state="session",
            help="Otherwise therapists appear as OT 1, OT 2, OTA 1. It holds for this session only.",
        )
    contract_rules.switch()
    if sign_in.is_on():
        st.button("Sign out", on_click=st.logout, key="sign_out")


@cache
def _states() -> dict[str, str]:
    return {code: plain(pack.name) for code, pack in packs().items()}


def sections(here: navigation.View) -> None:
    """The pages of a place that has more than one, as a row of links."""
    pages = navigation.within(here.place)
    if len(pages) < 2:
        return
    with st.container(key="sections", horizontal=True, gap="medium"):
        for view in pages:
            label = navigation.WITHIN.get(view, view.title)
            st.page_link(navigation.page(view), label=f"**{label}**" if view is here else label)


def foot(here: navigation.View | None) -> None:
    """What is needed seldom, and the promise about the data."""
    with st.container(key="foot", horizontal=True, gap="medium"):
        sees_access = sign_in.is_on() and (keeping.may(PEOPLE) or keeping.may(SEE_RECORD))
        for view in [*navigation.FOOT, *([navigation.ACCESS] if sees_access else [])]:
            st.page_link(navigation.page(view), label=f"**{view.title}**" if view is here else view.title)

"""The team check-in by link, where the server runs for a district: begin, copy the link, close."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit

import streamlit as st

from dashboard.parts.safe_text import safe
from dashboard.shell import keeping, rooms_by_role, session
from workload.model.words import in_words
from workload.staffing.concerns.check_in import FEWEST_ANSWERS, CheckIn
from workload.store.check_in_rounds import LONGEST_DAYS, Round, close_round, open_round, rounds
from workload.store.database import StoreError
from workload.store.roles import CHANGE_WORK

USUAL_DAYS = 7  # a week in which everybody finds two minutes; a project choice


def all_rounds() -> list[Round]:
    """Every round of the district, the oldest first; none where the store does not answer, which is said."""
    district = rooms_by_role.own_district()
    if district is None:
        return []
    try:
        return rounds(district, session.today())
    except StoreError as problem:
        session.say(safe(str(problem), 300))
        return []


def counted(found: list[Round]) -> list[tuple[date, CheckIn]]:
    """The rounds that may be shown, each by the day on which it began."""
    return [(one.opened, one.counts) for one in found if one.counts is not None]


def show(found: list[Round]) -> None:
    """The open round with its link, or the way to begin one; and what of earlier rounds was too few."""
    district = rooms_by_role.own_district()
    may = district is not None and district.person.may(CHANGE_WORK)
    now = next((one for one in found if not one.over), None)
    if now is None:
        st.markdown(
            "Send one link to everybody. Whoever opens it answers on their own phone, **without signing in and without a "
            "name**. Answers become counts at once; neither an address nor a time of an answer is written."
        )
        if may:
            with st.form("open_link", border=False):
                st.date_input(
                    "Last day to answer",
                    session.today() + timedelta(USUAL_DAYS),
                    min_value=session.today(),
                    max_value=session.today() + timedelta(LONGEST_DAYS),
                    key="link_until",
                    format="MM/DD/YYYY",
                )
                st.form_submit_button("Make the link", type="primary", on_click=_open)
        else:
            st.caption("The lead or the administrator makes the link.")
    else:
        _running(now, may)
    few = [one for one in found if one.over and one.counts is None]
    if few:
        days = ", ".join(in_words(one.opened) for one in few)
        st.caption(f"Fewer than {FEWEST_ANSWERS} have answered the check-in of {days}: nothing is shown of it.")
    if warning := session.note():
        st.warning(warning)


def _running(now: Round, may: bool) -> None:
    until = f"**The check-in can be answered until {in_words(now.until)}.**"
    if may:
        st.markdown(f"{until} Copy this link and send it to your team:")
        st.code(address(now.token), language=None, wrap_lines=True)
        st.caption(
            "The link lets somebody answer and shows nothing of your district. It cannot tell one person from another, so "
            "it cannot stop somebody who answers twice: send it to the team alone."
        )
    else:
        st.markdown(until)
    st.markdown(
        f"At least {FEWEST_ANSWERS} have answered."
        if now.enough
        else f"Fewer than {FEWEST_ANSWERS} have answered so far. How many is not shown while it is open."
    )
    if may:
        label = "Close and show the counts" if now.enough else "Close it; what few have said is deleted"
        st.button(label, key="close_link", on_click=_close, args=(now.token,))


def address(token: str) -> str:
    """The link that is sent, under the name by which this page was asked for."""
    here = urlsplit(str(st.context.url or ""))
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    root = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    return f"{root}{f'/{base}' if base else ''}/{rooms_by_role.CHECK_IN}?c={token}"


def _open() -> None:
    district, until = rooms_by_role.own_district(), session.chosen("link_until")
    if district is None or not isinstance(until, date):
        return
    try:
        open_round(district, until, session.today(), keeping.now())
    except StoreError as problem:
        session.say(safe(str(problem), 300))


def _close(token: str) -> None:
    district = rooms_by_role.own_district()
    if district is None:
        return
    try:
        close_round(district, token, session.today(), keeping.now())
    except StoreError as problem:
        session.say(safe(str(problem), 300))

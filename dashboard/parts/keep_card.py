"""Keeping a district on this computer: asked once in plain words, said while it is so, and taken back."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.parts.finding import note, title
from dashboard.parts.safe_text import plain, safe
from dashboard.shell import keeping, session, sign_in, through_the_year
from workload.model.words import in_words
from workload.store.roles import CHANGE_WORK
from workload.store.store import Kept

WHAT = (
    "A reload, a restart or a lost connection then loses nothing. **Kept are** the rows with students as pseudonyms, the "
    "names of therapists and schools, your answers, corrections, posts, assumptions, scenarios and logs. "
    "**Never kept are** students' names, birth dates, and the file itself: bring it again to answer more questions about it."
)

NO_ROSTER = "{} has no roster yet."


def ask() -> None:
    """The question, once; who has said no finds it on Data, small."""
    if not keeping.is_asked():
        return
    if keeping.declined():
        st.button("Keep this district on this computer", key="keep_later", type="tertiary", on_click=keeping.keep)
        return
    with st.container(key="card_keep"):
        title(
            "Keep this district on this computer?",
            "Until you say so, it is gone when the page is closed or loaded again.",
        )
        st.markdown(WHAT)
        note(f"{where()} “Forget” deletes it again, here and on Home.")
        with st.container(horizontal=True):
            st.button("Keep it", key="keep", on_click=keeping.keep)
            st.button("Not now", key="keep_not", on_click=keeping.decline)


def line(spot: DeltaGenerator | None = None) -> None:
    """In the frame, after the page has run: when the work was kept, or why it was not."""
    kept = keeping.current()
    if kept is None:
        return
    if not keeping.may(CHANGE_WORK):
        if spot is not None:
            spot.html('<p class="small soft">To look at: what you change here is not kept</p>')
        return
    if spot is not None and kept.saved_at is not None and not kept.problem and kept.looking is None:
        spot.html(
            f'<p class="small soft" data-kept="{escape(kept.saved_at.isoformat())}">Kept {clock(kept.saved_at)}</p>'
        )
    if kept.conflict:
        st.warning(safe(kept.problem, 400))
        with st.container(horizontal=True):
            st.button("Show what stands there now", key="theirs_counts", on_click=keeping.theirs_counts)
            st.button("Keep mine instead", key="mine_counts", on_click=keeping.mine_counts)
    elif kept.problem:
        st.warning(f"**Not kept:** {safe(kept.problem, 400)} Your work is still here on the page.")


def looking() -> None:
    """Above every page while an older month is open: which one, that nothing is saved, and the way back."""
    day = through_the_year.looked_at()
    if day is None:
        return
    with st.container(key="looking", horizontal=True, vertical_alignment="center"):
        st.warning(
            f"**You are looking at {in_words(day)} as it was kept.** Nothing that you change here is saved.",
            width="stretch",
        )
        st.button("Back to today's work", key="back_to_today", on_click=through_the_year.back_to_today)


def clock(moment: datetime) -> str:
    """A time of today on this computer's clock, with the day for an earlier one."""
    local = moment.astimezone()
    return local.strftime("%-I:%M %p") if local.date() == session.today() else local.strftime("%m/%d/%Y")


def forget_open() -> None:
    """Forget the district that is open, after one more question."""
    kept = keeping.current()
    if kept is not None:
        _forget(kept.id, session.district_name())


def others() -> None:
    """The districts that are kept here and not open, each to open or forget."""
    open_now = keeping.current()
    listed = [each for each in keeping.kept() if open_now is None or each.id != open_now.id]
    if not listed:
        return
    with st.container(key="card_kept"):
        title("Kept on your district's server" if sign_in.is_on() else "Kept on this computer", where())
        for each in listed:
            with st.container(horizontal=True, vertical_alignment="center"):
                if each == without_roster():
                    st.markdown(safe(NO_ROSTER.format(each.name), 200), width="content")
                else:
                    st.button(
                        f"Open {plain(each.name)}", key=f"open_{each.id}", on_click=keeping.open_kept, args=(each.id,)
                    )
                _forget(each.id, each.name)


def where() -> str:
    """Where it stands: the folder for whoever sits at this computer; a server's folders are nobody's business."""
    return "It stands on your district's server." if sign_in.is_on() else f"It stands in the folder {keeping.place()}."


def without_roster() -> Kept | None:
    """The district of a server that is open so far as it can be: nobody has brought its roster yet."""
    begun = session.chosen(session.KEEPING)
    if begun is None or session.district() is not None:
        return None
    return next((each for each in keeping.kept() if each.id == begun.id), None)


def to_open() -> Kept | None:
    """What was opened last and is not open now; None where nothing waits to be opened."""
    kept, begun = keeping.kept(), session.chosen(session.KEEPING)
    return kept[0] if kept and (begun is None or begun.id != kept[0].id) else None


def open_first() -> None:
    """The button that opens what was kept last, as the one next step."""
    if (newest := to_open()) is not None:
        st.button(
            f"Open {plain(newest.name)}",
            type="primary",
            key="open_first",
            on_click=keeping.open_kept,
            args=(newest.id,),
        )


def _forget(id: str, name: str) -> None:
    with st.popover(f"Forget {plain(name)}", type="tertiary", key=f"ask_forget_{id}"):
        there = "your district's server" if sign_in.is_on() else "this computer"
        st.markdown(f"This deletes **{safe(name)}** from {there}, with everything that was decided about it.")
        st.button("Forget it now", key=f"forget_{id}", on_click=keeping.forget, args=(id,))

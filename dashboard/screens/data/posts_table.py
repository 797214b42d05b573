"""Who is in post, typed into one table wherever the file does not say; until then the need is shown, but no gap."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from dashboard.parts.finding import note, title
from dashboard.parts.safe_text import safe
from dashboard.screens.data import data_state
from dashboard.shell import cached, session
from workload.model.columns import EMPLOYMENTS, ROLES
from workload.model.confirmations import Confirmation
from workload.model.words import count
from workload.premises.records import POSTS

if TYPE_CHECKING:
    from workload.intake.typed_posts import Post

HEADINGS = {
    "therapist": "Name or post",
    "role": "Role",
    "fte": "FTE",
    "hours_per_week": "Hours a week",
    "start": "In post from",
    "end": "Until",
    "employment": "Employment",
    "supervisor": "Supervising OT",
    "vacant": "Vacant and budgeted",
    "leave_start": "On leave from",
    "leave_end": "Leave until",
    "base_school": "Base school",
    "days": "Schools by day",
    "named_duty_hours": "Duty hours a week",
    "mtss_hours": "Screening and MTSS hours a week",
}
POSTS_UPLOAD = "posts_file"
SAVED = "who is in post.csv"


def show() -> None:
    """The card: what is missing or what was typed, and the table when it is wanted."""
    own, answer, opened = session.imported(), session.answer(), session.district()
    if not own.files or opened is None or not len(opened.roster.services):
        return
    if not own.posts and (answer is None or answer.posts_known):
        return
    with st.container(key="card_posts"):
        if own.posts:
            title("Who is in post was typed in", f"{count(len(own.posts), 'post')}, read beside your file.")
        else:
            title("Who is in post?", "The file does not say it. Until somebody does, the need is shown, but no gap.")
        if not data_state.now().fills_posts:
            words = "Change who is in post" if own.posts else "Fill in who is in post"
            st.button(words, key="fill_posts", on_click=data_state.change, kwargs={"fills_posts": True})
            note("The table shows the names as they stand in your file.")
            return
        table()


def table() -> None:
    from workload.intake.typed_posts import NUMBERS, as_csv, lacking, proposed

    own, roster = session.imported(), session.opened().roster
    start = own.posts or proposed(roster)
    edited = st.data_editor(
        frame(start),
        key=f"posts_{cached.digest(start)[:8]}",
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        placeholder="–",
        alt="Who is in post: name or post, role, FTE or hours a week, dates, employment, supervisor, vacancy",
        column_config={
            "therapist": st.column_config.TextColumn(HEADINGS["therapist"], max_chars=80),
            "role": st.column_config.SelectboxColumn(HEADINGS["role"], options=list(ROLES)),
            "start": st.column_config.DateColumn(HEADINGS["start"], format="MM/DD/YYYY"),
            "end": st.column_config.DateColumn(HEADINGS["end"], format="MM/DD/YYYY"),
            "employment": st.column_config.SelectboxColumn(HEADINGS["employment"], options=list(EMPLOYMENTS)),
            "supervisor": st.column_config.TextColumn(HEADINGS["supervisor"], max_chars=80),
            "vacant": st.column_config.CheckboxColumn(HEADINGS["vacant"], default=False),
            "leave_start": st.column_config.DateColumn(HEADINGS["leave_start"], format="MM/DD/YYYY"),
            "leave_end": st.column_config.DateColumn(HEADINGS["leave_end"], format="MM/DD/YYYY"),
            "base_school": st.column_config.TextColumn(HEADINGS["base_school"], max_chars=80),
            "days": st.column_config.TextColumn(HEADINGS["days"], help="Mon: Oak; Tue: Oak, Elm", max_chars=400),
            # No step and no greatest value: the browser would cut 0.625 to 0.62 and 37.5 FTE to the greatest, unsaid.
            **{name: st.column_config.NumberColumn(HEADINGS[name], min_value=0.0, format="%g") for name in NUMBERS},
        },
    )
    typed = posts_of(edited)
    left = lacking(typed)
    note(
        "One row for each person or vacant post. Role, and FTE or hours a week, are needed; the rest may stay empty."
        + (
            f" {left[0]}" + (f" {count(len(left) - 1, 'more row')} to fill in." if len(left) > 1 else "")
            if left
            else ""
        )
    )
    with st.container(horizontal=True):
        if st.button("Save who is in post", key="save_posts", disabled=bool(left) or not typed):
            save(typed)
            st.rerun()
        if own.posts:
            st.button("Take it back", key="forget_posts", on_click=save, args=((),))
        st.download_button(
            "Download as CSV", as_csv(typed, to_keep=True), SAVED, "text/csv", key="posts_csv", on_click="ignore"
        )
    st.file_uploader("Load it from a file", type=["csv", "xlsx"], key=POSTS_UPLOAD, on_change=load_file)


def frame(posts: tuple[Post, ...]) -> pd.DataFrame:
    from workload.intake.typed_posts import DATES, NUMBERS, WORDS

    made = pd.DataFrame([{name: getattr(post, name) for name in HEADINGS} for post in posts], columns=list(HEADINGS))
    for name in DATES:
        made[name] = pd.to_datetime(made[name]).dt.date
    words = dict.fromkeys(WORDS, object)
    empty = {"role": None, "employment": None}
    made = made.replace({name: {"": empty.get(name, "")} for name in words})
    return made.astype({**words, **dict.fromkeys(NUMBERS, float), "vacant": bool})


def posts_of(edited: pd.DataFrame) -> tuple[Post, ...]:
    """The posts of the edited table; rows in which nothing stands are none."""
    from workload.intake.typed_posts import DATES, NUMBERS, WORDS, Post

    found = []
    for row in edited.to_dict("records"):
        said = {name: None if value is None or value != value else value for name, value in row.items()}
        fields: dict[str, Any] = {
            **{name: str(said[name] or "").strip() for name in WORDS},
            **{name: None if (number := said[name]) is None else float(number) for name in NUMBERS},
            **{name: as_day(said[name]) for name in DATES},
        }
        post = Post(**fields, vacant=bool(said["vacant"]))
        if post != Post():
            found.append(post)
    return tuple(found)


def as_day(value: object) -> date | None:
    """A day of the editor, which may come as a time."""
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def save(posts: tuple[Post, ...]) -> None:
    """Read the posts beside the files; none takes back what was typed."""
    from workload.intake.load import open_files
    from workload.intake.typed_posts import POSTS_FILE, as_csv

    typed = open_files([(POSTS_FILE, as_csv(posts))]) if posts else ()
    session.set_imported(session.imported().with_posts(posts, typed))
    session.confirm(POSTS, Confirmation("somebody", session.today().isoformat()) if posts else None)
    data_state.change(fills_posts=False)


def load_file() -> None:
    """Take a saved list over; a file that cannot be used changes nothing and is refused in a sentence."""
    from workload.intake.typed_posts import lacking, read_posts

    file = session.chosen(POSTS_UPLOAD)
    if file is None:
        return
    posts, why = read_posts(file.name, file.getvalue())
    why = why or " ".join(lacking(posts)[:1])
    if why:
        session.say(safe(f"{why} Nothing was changed.", 500))
        return
    save(posts)
    session.say(f"{count(len(posts), 'post')} entered.")

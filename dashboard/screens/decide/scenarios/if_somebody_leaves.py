"""If somebody leaves: what one resignation does, who could cover, and which posts carry the most load, without names."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.parts import chart_links, widgets
from dashboard.parts.filters import natural
from dashboard.parts.safe_text import safe
from dashboard.parts.status_line import is_provisional
from dashboard.screens.decide import posts_in_order
from dashboard.screens.decide.posts_in_order import able
from dashboard.shell import cached, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.turnover_charts import load_drivers, resignation_by_school
from workload.model.words import count, hours, percent, shown
from workload.scenarios.turnover import (
    DRIVERS,
    THRESHOLD_MINUTES,
    Resignation,
    resignation,
    resignations,
    retention_view,
)

NO_BREAK = "\u00a0"


def show(answer: Answer, labels: Labels) -> None:
    """Every post's resignation in a table, one of them opened, and the load of posts."""
    st.header("What would one resignation do?", anchor=False)
    people, demand = answer.demand.people, answer.demand
    codes = sorted(able(answer), key=lambda code: natural(labels.code(demand.therapists[code])))
    if not codes:
        st.info("Nobody is in post on this date, so nobody can leave.")
        return
    called = {code: labels.of(people.names[code]) for code in codes}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        threshold = st.number_input(
            "Most minutes that may be owed",
            60.0,
            100_000.0,
            THRESHOLD_MINUTES,
            100.0,
            format="%g",
            width=300,
            key="owed_threshold",
            persist_state="session",
            help="An example. Your district may have agreed on another number.",
        )
        code = posts_in_order.choose(
            "Open one post", called, "leaving_post", "Choose a post", persist_state="session", width=300
        )
    if code in called:
        opened(resignation(answer, code, threshold), called[code], answer, labels)
        st.header("And every other post?", anchor=False)
    every = cached.drawn(
        "resignations", cached.digest(session.answer_key(), threshold), partial(resignations, answer, threshold)
    )
    table = every.set_index("code").loc[codes]
    widgets.words_table(
        rows_words(table, called), "What the loss of each post would do", "resignations", "resignations"
    )
    st.caption(
        "Each row: this one post falls vacant and nobody fills it. Covered is how much of the work would fit into the spare "
        "hours of those who may do it; an OT's work needs an OT."
    )
    view = retention_view(answer)
    widgets.chart(load_drivers(view, is_provisional(answer)), "load_drivers")
    widgets.words_table(drivers_words(view), "What makes each post heavy, without names", "drivers")
    st.caption(limits_sentence())


def rows_words(table: pd.DataFrame, called: dict[int, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Post": [called[int(code)] for code in table.index],
            "Students": [shown(each, 0) for each in table["students"]],
            "Student minutes a week": [shown(each, 0) for each in table["student_minutes_per_week"]],
            "Weeks until the limit": [weeks(each) for each in table["weeks_to_threshold"]],
            "Schools": [shown(each, 0) for each in table["schools"]],
            "Schools left with nobody": [shown(each, 0) for each in table["schools_left_with_nobody"]],
            "Covered by spare hours": [percent(each) for each in table["covered_share"]],
        }
    )


def weeks(value: float) -> str:
    """Weeks until the threshold in words."""
    return "never" if value == float("inf") else shown(value, 1)


def opened(made: Resignation, post: str, answer: Answer, labels: Labels) -> None:
    st.markdown(
        safe(
            f"Without {post} {count(round(made.students), 'student')} would miss {shown(made.student_minutes_per_week, 0)} minutes a week. "
            f"After {weeks(made.weeks_to_threshold)} weeks the owed minutes reach {shown(made.threshold_minutes, 0)}. The work takes "
            f"{hours(made.service_hours)} hours a week, and {percent(made.covered_share)} of it would fit into spare hours of others.",
            800,
        )
    )
    widgets.chart(resignation_by_school(made, post), "resignation", opens=chart_links.school)
    if made.cover.empty:
        st.caption(
            "Nobody has hours to spare for this work. A vacancy here is one that only a new person, an agency or telepractice "
            "can cover: try it as a lever."
        )
        return
    widgets.words_table(
        cover_words(made.cover, answer, labels), "Who could cover at which school", "cover", "who-could-cover"
    )


def cover_words(cover: pd.DataFrame, answer: Answer, labels: Labels) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "School": cover["school"].tolist(),
            "Who": [labels.of(answer.demand.therapists[code]) for code in cover["code"]],
            "Serves the school now": ["yes" if each else "no" for each in cover["serves_now"]],
            "Hours to spare a week": [hours(each) for each in cover["spare_hours"]],
            "Hours needed a week": [hours(each) for each in cover["hours_needed"]],
        }
    )


def drivers_words(view: pd.DataFrame) -> pd.DataFrame:
    """Posts with the drivers of their load, for reading."""
    return pd.DataFrame(
        {
            "Post": [post.replace(" ", NO_BREAK) for post in view["post"]],
            "Role": view["role"].tolist(),
            "Capacity used": ["on leave" if each != each else percent(each) for each in view["utilization"]],
            "Schools": [shown(each, 0) for each in view["schools"]],
            "Travel, hours a week": [hours(each) for each in view["travel_hours"]],
            "Outside contract, hours a week": [
                "no log" if each != each else hours(each) for each in view["outside_contract_hours"]
            ],
            "What makes the post heavy": [each or "none of these" for each in view["drivers"]],
        }
    )


def limits_sentence() -> str:
    """From where on a driver is named."""
    return (
        f"A driver is named above {percent(DRIVERS['utilization'])} of the contract, from {DRIVERS['schools']} schools on, above "
        f"{percent(DRIVERS['travel_share'])} of the contract in travel, and above {DRIVERS['outside_contract_hours']:g} hour a week "
        "outside the contract. These limits are a choice of this tool, a place to begin a conversation; no study says that somebody leaves at "
        "them. Hours outside the contract come from a time log. In a small team somebody who knows the schools can still guess who "
        "a post is: think before you hand this out."
    )

"""Below the first screen: the gap by role and by school, every figure opened, what it is made of and what moves it."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.parts import chart_links, filters, finding, gauges_panel, why_panel, widgets
from dashboard.parts.status_line import so_far
from dashboard.parts.summary import gap_sentence, rows_sentence, without_size
from dashboard.shell import cached, navigation, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.caseload_charts import caseload_and_workload
from workload.figures.fte_charts import required_by_activity, what_moves_the_answer
from workload.model.words import EVEN_FTE, fte, fte_number, gap_in_words
from workload.report.indicators import indicators
from workload.staffing.bridge import fewest_for_half

MOST_SCHOOLS = 7


def show(answer: Answer, labels: Labels) -> None:
    """Everything that is not on the first screen, in an order of rank."""
    left, right = st.columns([42, 58], gap="small")
    with left, st.container(key="card_roles", height="stretch"):
        by_role(answer)
    with right, st.container(key="card_schools", height="stretch"):
        by_school(answer)
    gauges_panel.show(answer)
    as_shown = session.shown_key()
    widgets.counted(rows_sentence(answer), navigation.CHECK)
    widgets.cards(
        [
            (one.label, one.shown, why_panel.opener_of(one.opened, labels), one.code, one.help)
            for one in cached.drawn("indicators", as_shown, partial(indicators, answer))
        ],
        185,
    )
    if answer.posts_known:
        widgets.sentence(gap_sentence(answer))
        with st.container(horizontal=True):
            widgets.opens("Why this gap?", why_panel.opener(answer, "gap_fte", labels), "gap")
            widgets.opens(
                "Why this shortfall?", why_panel.opener(answer, "shortfall_total_fte", labels), "shortfall_total"
            )
        widgets.downloads("by-role", answer.by_role.reset_index(), "by_role")  # the card by role shows it
        listed = filters.therapists(answer, filters.Focus())
        widgets.chart(
            cached.drawn(
                "dumbbell",
                as_shown,
                partial(caseload_and_workload, listed, "therapist", labels.shown, codes=labels.codes),
            ),
            "dumbbell",
            opens=chart_links.person,
        )
    widgets.chart(cached.drawn("by_activity", as_shown, partial(required_by_activity, answer)), "by_activity")
    widgets.chart(
        cached.drawn(
            "tornado", as_shown, partial(what_moves_the_answer, answer.influences, answer.district["required_fte"])
        ),
        "tornado",
    )
    st.caption("Every assumption can be changed on the page Assumptions; the answer follows at once.")
    widgets.sentence(without_size(answer))


def gap_chip(gap: float) -> str:
    """A gap as a chip: short, room, or even; nothing where none is told."""
    said = gap_in_words(gap)
    kind = {"short": "short", "even": "quiet"}.get(said.partition(" ")[0], "")
    return finding.chip(said, kind) if said else "not known yet"


def by_role(answer: Answer) -> None:
    """OTs and OTAs apart, and together."""
    gap = answer.by_role["gap_fte"]
    told = answer.posts_known
    worst = gap.idxmin() if told and (gap < -EVEN_FTE).any() else ""
    finding.title(
        so_far(answer, f"The gap is an {worst} gap" if worst else "By role"),
        "An OTA cannot evaluate, so room among OTAs does not fill an OT gap. Work with no therapist counts with the OTs.",
    )
    rows = [
        [str(role), fte(row["required_fte"]), fte(row["available_fte"]) if told else "–", gap_chip(row["gap_fte"])]
        for role, row in answer.by_role.iterrows()
    ]
    whole = answer.district
    rows.append(
        [
            "Together",
            fte(whole["required_fte"]),
            fte(whole["available_fte"]) if told else "–",
            gap_chip(whole["gap_fte"] if told else float("nan")),
        ]
    )
    finding.plain_table(["Role", "Needs", "Has", "Gap"], rows, "Needed and available FTE by role", right=(1, 2))


def by_school(answer: Answer) -> None:
    """The schools with the largest gaps; without posts those with the largest need."""
    told = answer.posts_known
    column = "gap_fte" if told else "required_fte"
    order = answer.schools[column].sort_values(ascending=told, kind="stable").head(MOST_SCHOOLS).index
    table = answer.schools.loc[order]
    if told:
        short = answer.schools.loc[answer.schools["gap_fte"] < -EVEN_FTE, "gap_fte"].sort_values()
        finding.title(so_far(answer, title_of_schools(short)), "FTE by school, the largest gap first.")
    else:
        finding.title("Where the need is", "FTE by school, the largest need first.")
    rows = [[row["school"], fte(row["required_fte"]), gap_chip(row["gap_fte"])] for _, row in table.iterrows()]
    finding.plain_table(["School", "Needs", "Gap"], rows, "Needed FTE and gap by school", right=(1,))
    st.page_link(navigation.page(navigation.SCHOOLS), label=f"All {len(answer.schools)} schools")


def title_of_schools(short: pd.Series) -> str:
    """How few schools make up half of the missing time. `short` are their gaps, the largest first."""
    if short.empty:
        return "No school is short"
    half = fewest_for_half(short)
    names = {1: "One school makes", 2: "Two schools make", 3: "Three schools make", 4: "Four schools make"}
    missing = fte_number(-float(short.sum()))
    return f"{names.get(half, f'{half} schools make')} up half of the {missing:g} FTE that schools are short"

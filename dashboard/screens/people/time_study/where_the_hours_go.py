"""Where the hours go: by activity, paid and unpaid, by person, and how far the weeks lie apart."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts import why_panel, widgets
from dashboard.parts.chart_links import opening
from dashboard.parts.filters import natural
from dashboard.parts.safe_text import safe
from dashboard.screens.people.time_study.study_head import days, nothing, whose
from dashboard.shell.guard import live
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.explain.why_evidence import explain_logged, explain_ratio, explain_study
from workload.figures.study_charts import paid_and_unpaid
from workload.model.units import hours as hours_of
from workload.model.words import count, hours, numbers, percent, shown
from workload.staffing.time_study.model_against_log import days_a_week
from workload.staffing.time_study.study import LABELS, TimeStudy
from workload.staffing.time_study.study_tables import (
    activity_table,
    intervention_ratio,
    person_table,
    week_table,
)


def results(answer: Answer, labels: Labels) -> None:
    """Where the hours go."""
    study = whose(labels, answer.time_study)
    if nothing(study):
        return
    if len(study.people) < len(answer.time_study.people):  # of everybody the page's own sentence says it
        st.markdown(safe(sentence(study)))
    widgets.chart(paid_and_unpaid(activity_table(study)), *opening("study_hours", "study_activity"))
    ratio = intervention_ratio(study)
    work = hours_of(study.work["minutes"].sum())
    widgets.cards(
        [
            ("Hours logged", hours(work), why_panel.opener_of(explain_logged(study), labels), "logged"),
            (
                "Outside the contract",
                hours(ratio.outside_hours),
                why_panel.opener_of(explain_logged(study, True), labels),
                "outside",
            ),
            (
                "All work for each IEP hour",
                shown(ratio.worked, 2),
                why_panel.opener_of(explain_ratio(study, answer.assumptions), labels),
                "ratio",
                "All hours worked, paid and unpaid, for each hour of direct service on IEPs. It feeds the method of the "
                "measured ratio on the page Rules.",
            ),
        ],
        185,
    )
    activity_opened(study, labels)
    people(answer, study, labels)
    weeks(study)


def sentence(study: TimeStudy) -> str:
    """Who logged how much, and how much of it was unpaid."""
    ratio = intervention_ratio(study)
    unpaid = percent(ratio.outside_hours / ratio.worked_hours, 1) if ratio.worked_hours else "none"
    return (
        f"{count(len(study.people), 'person', 'people')} logged {hours(ratio.worked_hours)} hours of work from "
        f"{days(study)}. {hours(ratio.outside_hours)} of them, {unpaid}, lie outside the contract and are unpaid."
    )


@live
def activity_opened(study: TimeStudy, labels: Labels) -> None:
    """The hours of one activity, opened to its entries."""
    codes = [code for code in LABELS if (study.work["activity"] == code).any()]
    code = widgets.one_or_none(
        "Why? Open one activity", codes, "study_activity", "Choose an activity to see its entries", LABELS.__getitem__
    )
    if code in codes:
        why_panel.show(labels.explanation(explain_study(study, code)), "study_why")


def people(answer: Answer, study: TimeStudy, labels: Labels) -> None:
    """Hours a week of each person who logged, paid and unpaid apart."""
    st.header("Hours a week of each person", anchor=False)
    table = person_table(study, days_a_week(answer.staffing))
    shown_table = pd.DataFrame(
        {
            "Therapist": [labels.of(name) for name in table["therapist"]],
            "Days logged": table["days"],
            "Weeks logged": numbers(table["weeks"], 1),
            "Paid hours a week": numbers(table["paid_hours_per_week"], 1),
            "Unpaid hours a week": numbers(table["outside_hours_per_week"], 1),
            "All hours a week": numbers(table["worked_hours_per_week"], 1),
        }
    )
    shown_table = shown_table.sort_values("Therapist", key=lambda names: names.map(natural), ignore_index=True)
    widgets.words_table(
        shown_table.astype(str), "Hours a week of each person who logged", "study_people", "hours-by-person"
    )


def weeks(study: TimeStudy) -> None:
    """How far the weeks lie apart, where there is more than one."""
    table = week_table(study)
    if len(table) and table["weeks"].iloc[0] > 1:
        st.header("How far the weeks lie apart", anchor=False)
        st.caption(
            "Hours of each person who logged in a week. A week in which fewer days were logged is lower for that reason."
        )
        spread = pd.DataFrame(
            {
                "Activity": table["activity"].map(LABELS),
                "Weeks": table["weeks"],
                "Mean, hours": numbers(table["mean_hours"], 1),
                "Lowest": numbers(table["low_hours"], 1),
                "Highest": numbers(table["high_hours"], 1),
                "Spread": numbers(table["spread_hours"], 1),
            }
        )
        widgets.words_table(spread.astype(str), "Hours by activity in each week", "study_weeks", "hours-by-week")

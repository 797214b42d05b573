"""The finding and the results of a time study: hours by activity, people and weeks, and the model beside the log."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.parts import finding, why_panel, widgets
from dashboard.parts.filters import natural
from dashboard.parts.safe_text import safe
from dashboard.screens.decide.year_ahead.year_history import answer_of, written
from dashboard.shell import navigation, session
from dashboard.shell.guard import live
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.explain.why_evidence import explain_difference, explain_logged, explain_ratio, explain_study
from workload.figures.study_charts import model_beside_study, paid_and_unpaid
from workload.model.units import hours as hours_of
from workload.model.words import count, hours, in_words, numbers, percent, shown
from workload.staffing.time_study.backcast import of_log, study_by_school_year
from workload.staffing.time_study.model_against_log import areas_of_concern, compared_people, days_a_week
from workload.staffing.time_study.study import LABELS, TimeStudy
from workload.staffing.time_study.study_tables import (
    activity_table,
    intervention_ratio,
    person_table,
    person_weeks,
    week_table,
)

EMPTY = (
    "Nobody has logged any time yet. Under Bring in a log, download the empty log, upload a filled one, or "
    "type in a few days."
)


def head(study: TimeStudy, log: str, model: str) -> None:
    """What the log has found, and the part that comes next: a log, or the model beside it."""
    if study.is_empty:
        finding.hero(
            "Nobody has logged a week yet",
            "",
            "",
            [finding.fact("Five days of everybody's quarters of an hour show where the hours really go.")],
            actions=[("Log a week", navigation.PEOPLE.file), ("Bring in a log", partial(go, log))],
            key="study_next",
        )
        return
    ratio = intervention_ratio(study)
    facts = [
        finding.fact("{} logged", count(len(study.people), "person", "people")),
        finding.fact("{}", days(study)),
        finding.fact("unpaid time is never counted as capacity"),
    ]
    finding.hero(
        "",
        hours(ratio.outside_hours),
        f"of {hours(ratio.worked_hours)} logged hours lie outside the contract, unpaid",
        facts,
        short=bool(ratio.outside_hours),
        actions=[("See plans and log side by side", partial(go, model)), ("Log a week", navigation.PEOPLE.file)],
        key="study_next",
    )


def go(part: str) -> None:
    """Open another part of the page."""
    session.set_next("study_part", part)
    st.rerun()


def whose(labels: Labels, study: TimeStudy) -> TimeStudy:
    """The study of everybody, or of the person who is chosen; the choice is the one of the other pages."""
    people = {labels.code(name): name for name in (*labels.codes,)}
    code = widgets.select(
        "Therapist",
        list(people),
        "therapist",
        "Everybody who logged",
        names={code: labels.of(name) for code, name in people.items()},
    )
    return study if code is None else study.of(people[code])


def nothing(study: TimeStudy) -> bool:
    """Says that there is no entry, where there is none."""
    if study.is_empty:
        st.info(
            EMPTY
            if session.chosen("therapist") is None
            else "This person has logged nothing. Choose everybody, or another person."
        )
    return study.is_empty


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


def opening(key: str, menu: str) -> tuple[str, str, Callable[[str], None]]:
    """(key, stem, what a click does) of a chart whose rows are opened by a menu under it."""
    chosen = session.chosen(menu)

    def choose(code: str) -> None:
        if code != chosen:
            session.set_next(menu, code)
            st.rerun()

    return f"{key} {chosen}", key.replace("_", "-"), choose


def days(study: TimeStudy) -> str:
    first, last = study.first_day, study.last_day
    return f"{in_words(first)} to {in_words(last)}" if first and last else "no day"


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


def model(answer: Answer, labels: Labels) -> None:
    """The model beside the log."""
    study = whose(labels, answer.time_study)
    if nothing(study):
        return
    others = sorted(set(study.people) - set(compared_people(study, answer.staffing)))
    if others:
        st.warning(
            safe(
                f"{count(len(others), 'person', 'people')} of the log "
                f"{'is' if len(others) == 1 else 'are'} not on the Therapists sheet and left out here: "
                f"{', '.join(labels.of(name) for name in others)}. Write names as in the roster."
            )
        )
    areas = areas_of_concern(study, answer.staffing)
    backcast(answer, study)
    widgets.chart(model_beside_study(areas), *opening("model_study", "difference_opened"))
    difference_opened(answer, study, areas, labels)


def backcast(answer: Answer, study: TimeStudy) -> None:
    """What the model said and what the log holds, school year by school year, each against its own roster."""
    years = study_by_school_year(study)
    for year, part in years.items():
        then = answer_of(answer, year)
        told = of_log(part, then.staffing) if then is not None else None
        which = f"**{written(year)}.** " if len(years) > 1 else ""
        if then is None:
            st.markdown(
                f"{which}No roster of this school year is open. Bring one under Year ahead, and the log is held against it."
            )
        elif told is not None:
            st.markdown(f"{which}{safe(told.words, 600)}")


@live
def difference_opened(answer: Answer, study: TimeStudy, areas: pd.DataFrame, labels: Labels) -> None:
    """One difference, opened to its arithmetic and entries."""
    by_code = {row["activity"]: row for _, row in areas.iterrows()}
    code = widgets.one_or_none(
        "Why? Open one difference",
        by_code,
        "difference_opened",
        "Choose an activity to see its arithmetic and entries",
        LABELS.__getitem__,
    )
    if code in by_code:
        compared = TimeStudy(study.entries[study.entries["therapist"].isin(compared_people(study, answer.staffing))])
        found = float(person_weeks(compared, days_a_week(answer.staffing)).sum())
        why_panel.show(labels.explanation(explain_difference(compared, by_code[code], found)), "difference_why")

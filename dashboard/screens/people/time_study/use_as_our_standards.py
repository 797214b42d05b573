"""Measured standards: whatever is logged, blended with what was assumed, from prior to posterior, and put in force."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import safe
from dashboard.screens.people.time_study import study_log
from dashboard.screens.people.time_study.study_head import EMPTY
from dashboard.shell import session
from dashboard.shell.beside_roster import BesideRoster
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.parameters import ParameterError, parameters
from workload.model.words import count, fte, percent, shown
from workload.staffing.likely_range import spans
from workload.staffing.time_study.measured_standards import (
    PRIOR_EVENTS,
    Standard,
    counts_in_study,
    share_standards,
    standards,
    with_standards,
)
from workload.staffing.time_study.model_against_log import logs_whole_days
from workload.staffing.time_study.study import LABELS

EVENTS = {
    "evaluation_initial": "Initial evaluations finished",
    "reevaluation": "Re-evaluations finished",
    "meeting": "IEP meetings held",
    "progress_report": "Progress reports written",
    "documentation": "Direct sessions, once for each student",
    "travel": "Moves between buildings",
    "supervision": "Weeks of OTAs supervised (2 OTAs in 2 weeks are 4)",
}
OF_THE_WEEK = ("planning_share", "staff_time_share")


def show(answer: Answer, labels: Labels) -> None:
    """The numbers of events, the blend, and the button that puts it in force."""
    study = answer.time_study
    if study.is_empty:
        st.info(EMPTY)
        return
    st.markdown(
        "Minutes in the log ÷ number of events = what one event really took. How many events fell into the days of the "
        "log, of the people who logged? Leave a field empty where nobody counted: nothing is guessed."
    )
    prior = session.assumptions(measured=False)
    weight = float(widgets.within(session.chosen("prior_events"), 0, 1_000, PRIOR_EVENTS))
    found = [*standards(study, counts(answer), prior, weight), *shares(answer, weight)]
    if not found:
        st.info("No event is counted yet, so there is nothing to measure.")
    else:
        measured(answer, found)
    in_force = session.record(BesideRoster).measured
    with st.container(horizontal=True):
        st.button("Use as our standards", type="primary", on_click=_use, args=(answer, found), disabled=not found)
        st.button("Undo: back to what was assumed", on_click=session.undo_measured, disabled=not in_force)
    if problem := study_log.record().standards_problem:
        st.error(safe(problem))
    if in_force:
        st.success(
            safe(
                f"In force, from the time study: {', '.join(parameters()[id].label for id in in_force)}. They stand "
                "on the page Assumptions, marked as a time study."
            )
        )


def shares(answer: Answer, weight: float) -> list[Standard]:
    """Work on behalf, planning and staff time as shares; those of the week only from a log of whole days."""
    study = answer.time_study
    found = share_standards(study, session.assumptions(measured=False), weight)
    whole = all(logs_whole_days(study, answer.staffing, name) for name in study.people)
    if not whole and any(one.id in OF_THE_WEEK for one in found):
        st.caption(
            "Planning and staff time are shares of the week. This log does not hold the whole contract of everybody who "
            "logged, so they are not measured from it."
        )
    return [one for one in found if whole or one.id not in OF_THE_WEEK]


def measured(answer: Answer, found: list[Standard]) -> None:
    """From what was assumed to what stands after the log, and what the range of the answer does."""
    widgets.words_table(
        table(found, answer), "Measured standards and their blend", "standards", "standards", ["Written out"]
    )
    st.caption(
        "Blend = (seen × measured + weight × assumed) ÷ (seen + weight). With few the assumed value still speaks; with many "
        "the log does, and its span narrows by how far the log's own entries or days lie apart. "
        "Minutes on an evaluation that was finished after the log ended are in the minutes and not in the number, "
        "so a short log makes an evaluation look longer than it is."
    )
    before, after = before_and_after(answer, found)
    if after is not None:
        st.markdown(
            f"**The answer:** {fte(before.district['required_fte'])} FTE, likely {fte(before.range.p10)} to "
            f"{fte(before.range.p90)}, becomes **{fte(after.district['required_fte'])} FTE, likely {fte(after.range.p10)} to "
            f"{fte(after.range.p90)}**."
        )


def before_and_after(answer: Answer, found: list[Standard]) -> tuple[Answer, Answer | None]:
    """The answer without and with these standards; None where the method cannot use them."""
    prior = session.assumptions(measured=False)
    try:
        return answer.under(prior), answer.under(with_standards(prior, found, answer.time_study))
    except ParameterError:
        return answer, None


def counts(answer: Answer) -> dict[str, float]:
    """The numbers of events as typed in; evaluations start at those that the roster says were finished in the log's days."""
    known = counts_in_study(answer.time_study, answer.roster.evaluations)
    made = {}
    with st.grid(3, min_column_width=180, vertical_alignment="bottom"):
        for activity, label in EVENTS.items():
            if activity in known:
                session.start_with(f"events_{activity}", float(known[activity]))
            typed = st.number_input(
                label,
                0.0,
                100_000.0,
                None,
                1.0,
                format="%g",
                key=f"events_{activity}",
                persist_state="session",
                help=_logged(answer, activity),
            )
            if typed:
                made[activity] = float(typed)
        session.start_with("prior_events", PRIOR_EVENTS)
        st.number_input(
            "Weight of the assumed value, in events",
            0,
            1_000,
            step=1,
            key="prior_events",
            persist_state="session",
            help="5 means: the assumed value weighs as much as five events that were seen.",
        )
    return made


def _logged(answer: Answer, activity: str) -> str:
    work = answer.time_study.work
    total = float(work.loc[work["activity"] == activity, "minutes"].sum())
    return f"{shown(total, 0)} minutes of {LABELS[activity]} are in the log."


def table(found: list[Standard], answer: Answer) -> pd.DataFrame:
    """The standards as one reads them: assumed with its span, measured with its error, and the blend with its span."""
    before, after = before_and_after(answer, found)
    old, new = spans(before.staffing), spans(after.staffing) if after is not None else {}
    return pd.DataFrame(
        [
            {
                "Assumption": f"{one.label} ({one.unit})",
                "Assumed": spanned(one.prior, old.get(one.id)),
                "Seen": f"{one.count:g} {one.seen}",
                "Measured": f"{one.measured:.3g} ± {one.error:.2g}",
                "Weight of the log": percent(one.weight_of_study),
                "Blend": spanned(one.standard, new.get(one.id)),
                "Written out": one.words,
            }
            for one in found
        ]
    )


def spanned(value: float, span: tuple[float, float, float] | None) -> str:
    """ "0.2 (0.1 to 0.3)"."""
    return f"{value:.3g}" + (f" ({span[0]:.2g} to {span[2]:.2g})" if span else "")


def _use(answer: Answer, found: list[Standard]) -> None:
    """Put the blend in force; a value that the method cannot use is refused and nothing changes."""
    try:
        made = with_standards(session.assumptions(measured=False), found, answer.time_study)
    except ParameterError as problem:
        study_log.record().standards_problem = (
            f"{parameters()[problem.id].label} would be {problem.came}; it must be "
            f"{problem.expected}. Nothing was changed. Look at the number of events and the minutes logged."
        )
        return
    study_log.record().standards_problem = ""
    session.undo_measured()
    values = {one.id: (float(made[one.id]), made.origins[one.id], one.error) for one in found}
    beside = session.record(BesideRoster)
    beside.before_measured = {id: float(session.assumptions()[id]) for id in values}
    for id, (value, *_) in values.items():
        session.set_now(session.ASSUMED + id, value)
    beside.measured = values
    session.say(f"{count(len(values), 'standard')} of the time study {'is' if len(values) == 1 else 'are'} in force.")

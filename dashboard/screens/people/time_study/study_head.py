"""The finding of a time study, whose log is looked at, and what is said where there is none."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.parts import finding, widgets
from dashboard.shell import navigation, session
from dashboard.shell.therapist_names import Labels
from workload.model.words import count, hours, in_words
from workload.staffing.time_study.study import TimeStudy
from workload.staffing.time_study.study_tables import (
    intervention_ratio,
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


def days(study: TimeStudy) -> str:
    first, last = study.first_day, study.last_day
    return f"{in_words(first)} to {in_words(last)}" if first and last else "no day"

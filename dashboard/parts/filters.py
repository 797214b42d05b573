"""What the pages of people and schools open and list: therapist, school, region, role. It never narrows a sum.

Filters stand in the address and stay when pages change; therapists stand there as codes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.parts.summary import focus_sentence
from dashboard.shell import address, cached, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.columns import ROLES
from workload.model.words import count
from workload.staffing.tables import cells_told
from workload.work.demand import Demand


@dataclass(frozen=True)
class Focus:
    """What is looked at; None is everything. `therapist` is the name as the roster has it."""

    region: str | None = None
    school: str | None = None
    role: str | None = None
    therapist: str | None = None


def natural(code: str) -> tuple:
    """So that OT 10 comes after OT 9."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", code))


def choose(answer: Answer, labels: Labels, first: str) -> Focus:
    """One choice that opens a person ("therapist") or a school ("school"), and behind it what narrows the list."""
    chosen: dict[str, str | None] = {}
    kinds = {
        "therapist": (
            "Therapist",
            *answer.once(_people, labels),
        ),
        "school": ("School", list(answer.schools["school"]), answer.demand.once(schools_named)),
        "region": ("Region", answer.once(_regions), None),
        "role": ("Role", list(ROLES), None),
    }
    label, options, names = kinds.pop(first)
    chosen[first] = widgets.select(
        label, options, first, f"Choose a {label.lower()}", names=names, are_plain=names is not None
    )
    panel = st.expander("Narrow the list", icon=":material/filter_list:", key=f"narrow_{first}", on_change="rerun")
    for kind, (label, options, _) in kinds.items():
        widgets.take_from_address(label, options, kind)
    if not panel.open and not any(map(session.chosen, kinds)):
        for kind in kinds:
            chosen[kind] = None
            address.write(kind, None)
    else:
        with panel:
            for kind, (label, options, names) in kinds.items():
                chosen[kind] = widgets.select(label, options, kind, "All", names=names, are_plain=names is not None)
            st.caption("This changes what is listed, never the finding on top and never a sum of the district.")
    return Focus(chosen["region"], chosen["school"], chosen["role"], labels.therapist(chosen["therapist"]))


def _regions(answer: Answer) -> list[str]:
    return sorted(answer.schools["region"].dropna().unique())


def schools_named(demand: Demand) -> dict[str, str]:
    """Every school with its name as it is shown."""
    return {name: plain(name) for name in demand.schools}


def _people(answer: Answer, labels: Labels) -> tuple[list[str], dict[str, str]]:
    """The codes of everybody in their own order, and what each is called."""
    return list(map(labels.code, therapists(answer, Focus())["therapist"])), answer.demand.once(_named, labels)


def _named(demand: Demand, labels: Labels) -> dict[str, str]:
    return {labels.code(name): plain(labels.of(name)) for name in demand.therapists}


def listed(shown: int, everyone: int, what: str) -> None:
    """That a filter is on, with the way to take it off; without one, that those without work are left out.

    Nothing where everything is shown.
    """
    if shown == everyone:
        return
    if not any(session.chosen(name) for name in session.FILTERS):
        st.caption(
            f"{shown} of {count(everyone, what)} {'is' if shown == 1 else 'are'} drawn: those with work that may be shown."
        )
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(safe(focus_sentence(shown, everyone, what)), width="content")
        if st.button("Show all", type="tertiary", key=f"all_{what}"):
            for name in session.FILTERS:
                session.set_next(name, None)
            st.rerun()


def cells(answer: Answer, focus: Focus) -> pd.DataFrame:
    """The (therapist, school) pairs that the filters leave, the therapist's own filter aside."""
    table = answer.cells
    if focus.region is not None:
        regional = answer.schools.loc[answer.schools["region"] == focus.region, "school"]
        table = table[table["school"].isin(regional)]
    if focus.school is not None:
        table = table[table["school"] == focus.school]
    if focus.role is not None:
        table = table[table["role"] == focus.role]
    return table


def therapists(answer: Answer, focus: Focus) -> pd.DataFrame:
    """The therapists who have work in what the filters leave, with their whole week: OTs, OTAs, no therapist."""
    everybody = answer.once(_in_order)
    if focus.region is None and focus.school is None and focus.role is None:
        return everybody
    return everybody[everybody["therapist"].isin(cells(answer, focus)["therapist"])]


def _in_order(answer: Answer) -> pd.DataFrame:
    """Everybody with work or time by role and code: the codes of a role are numbered in the order of the table."""
    table = answer.people
    seen = (table[["workload_hours", "available_hours", "student_hours"]].to_numpy(float) > 0).any(axis=1)
    last = max(*ROLES, "") + "~"  # work that has no therapist, after every role
    role = [each if isinstance(each, str) else last for each in table["role"]]
    return table.iloc[sorted(np.flatnonzero(seen), key=role.__getitem__)]


def schools(answer: Answer, focus: Focus) -> pd.DataFrame:
    """The schools with work in what the filters leave, with everybody's work there. A chosen school stays."""
    return cached.drawn("schools_listed", f"{session.answer_key()} {focus}", partial(_schools, answer, focus))


def _schools(answer: Answer, focus: Focus) -> pd.DataFrame:
    table = answer.schools
    if focus.region is None and focus.role is None and focus.therapist is None:
        demand = answer.demand
        listed = {demand.schools[at] for at in np.unique(demand.school[cells_told(answer.staffing)])}
    else:
        left = cells(answer, Focus(focus.region, None, focus.role))
        if focus.therapist is not None:
            left = left[left["therapist"] == focus.therapist]
        listed = set(left["school"])
    here = table["school"].isin(listed) | (table["school"] == focus.school)
    return table if here.all() else table[here]

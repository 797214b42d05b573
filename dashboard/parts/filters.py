"""The filter bar of the staffing pages: region, school, role, therapist. It narrows what is shown, never a sum.

Filters stand in the address and stay when pages change; therapists stand there as codes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.columns import ROLES


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


def bar(answer: Answer, labels: Labels) -> Focus:
    """The filters side by side, and what they say."""
    schools = answer.schools
    regions = sorted(schools["region"].dropna().unique())
    codes = [labels.code(name) for name in therapists(answer, Focus(), labels)["therapist"]]
    called = {labels.code(name): labels.of(name) for name in answer.people["therapist"]}
    region_at, school_at, role_at, therapist_at = st.columns(4)
    with region_at:
        region = widgets.select("Region", regions, "region", "All regions")
    with school_at:
        school = widgets.select("School", list(schools["school"]), "school", "All schools")
    with role_at:
        role = widgets.select("Role", ROLES, "role", "OT and OTA")
    with therapist_at:
        code = widgets.select("Therapist", codes, "therapist", "All therapists", names=called)
    return Focus(region, school, role, labels.therapist(code))


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


def therapists(answer: Answer, focus: Focus, labels: Labels) -> pd.DataFrame:
    """The therapists who have work in what the filters leave, with their whole week: OTs, OTAs, no therapist."""
    table = answer.therapists  # with each person's likely range, which the chart draws
    left = table[table["therapist"].isin(cells(answer, focus)["therapist"])]
    order = sorted(
        left.index, key=lambda at: (left.at[at, "role"] or "~", natural(labels.code(left.at[at, "therapist"])))
    )
    return left.loc[order]


def schools(answer: Answer, focus: Focus) -> pd.DataFrame:
    """The schools with work in what the filters leave, with everybody's work there. A chosen school stays."""
    left = cells(answer, Focus(focus.region, None, focus.role))
    if focus.therapist is not None:
        left = left[left["therapist"] == focus.therapist]
    table = answer.schools
    return table[table["school"].isin(left["school"]) | (table["school"] == focus.school)]

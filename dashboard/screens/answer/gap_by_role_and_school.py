"""The gap by role and by school, as two cards."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dashboard.parts import finding
from dashboard.parts.status_line import so_far
from dashboard.shell import navigation
from workload.answer import Answer
from workload.model.words import EVEN_FTE, fte, fte_number, gap_in_words
from workload.staffing.bridge import fewest_for_half

MOST_SCHOOLS = 7


def gap_chip(gap: float) -> str:
    """A gap as a chip: short, room, or even; nothing where none is told."""
    said = gap_in_words(gap)
    kind = {"short": "short", "even": "quiet"}.get(said.partition(" ")[0], "")
    return finding.chip(said, kind) if said else "not known yet"


def by_role(answer: Answer) -> None:
    """OTs and OTAs apart, and together."""
    title, rows = answer.once(_by_role)
    finding.title(
        title,
        "An OTA cannot evaluate, so room among OTAs does not fill an OT gap. Work with no therapist counts with the OTs.",
    )
    finding.plain_table(["Role", "Needs", "Has", "Gap"], rows, "Needed and available FTE by role", right=(1, 2))


def _by_role(answer: Answer) -> tuple[str, list[list[str]]]:
    gap, told = answer.by_role["gap_fte"], answer.posts_known
    worst = gap.idxmin() if told and (gap < -EVEN_FTE).any() else ""
    whole = {"required_fte": answer.district["required_fte"], "available_fte": answer.district["available_fte"]}
    whole["gap_fte"] = answer.district["gap_fte"] if told else float("nan")
    columns = {name: answer.by_role[name].tolist() for name in whole}
    parts = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    rows = [
        [str(role), fte(row["required_fte"]), fte(row["available_fte"]) if told else "–", gap_chip(row["gap_fte"])]
        for role, row in [*zip(answer.by_role.index, parts, strict=True), ("Together", whole)]
    ]
    return so_far(answer, f"The gap is an {worst} gap" if worst else "By role"), rows


def by_school(answer: Answer) -> None:
    """The schools with the largest gaps; without posts those with the largest need."""
    title, rows = answer.once(_by_school)
    under = "FTE by school, the largest gap first." if answer.posts_known else "FTE by school, the largest need first."
    with finding.together():
        finding.title(title, under)
        finding.plain_table(["School", "Needs", "Gap"], rows, "Needed FTE and gap by school", right=(1,))
    st.page_link(navigation.page(navigation.SCHOOLS), label=f"All {len(answer.schools)} schools")


def _by_school(answer: Answer) -> tuple[str, list[list[str]]]:
    told, schools = answer.posts_known, answer.schools
    need, gap = schools["required_fte"].to_numpy(float), schools["gap_fte"].to_numpy(float)
    names, order = schools["school"].tolist(), np.argsort(gap if told else -need, kind="stable")[:MOST_SCHOOLS]
    rows = [[names[at], fte(need[at]), gap_chip(gap[at])] for at in order]
    short = np.sort(gap[gap < -EVEN_FTE])
    return so_far(answer, title_of_schools(short)) if told else "Where the need is", rows


def title_of_schools(short: np.ndarray) -> str:
    """How few schools make up half of the missing time. `short` are their gaps, the largest first."""
    if not len(short):
        return "No school is short"
    half = fewest_for_half(short)
    names = {1: "One school makes", 2: "Two schools make", 3: "Three schools make", 4: "Four schools make"}
    missing = fte_number(-float(short.sum()))
    return f"{names.get(half, f'{half} schools make')} up half of the {missing:g} FTE that schools are short"

"""Beside the money: what a resignation costs and what would keep a person; where the money comes from, as cautions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import streamlit as st

from dashboard.parts import finding, law_cards
from dashboard.parts.assumption_widgets import FORCE
from dashboard.parts.filters import natural
from dashboard.parts.safe_text import plain, safe
from dashboard.parts.status_line import so_far
from dashboard.screens.decide.scenarios.scenario_words import dollars
from dashboard.shell import session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.words import capacity_used, count, hours, percent, shown, significant
from workload.rules.packs import federal
from workload.scenarios.compare import Comparison
from workload.scenarios.cost import Rate, Rates, total
from workload.scenarios.funding import (
    CARDS,
    SOURCES,
    against_budget,
    cost_per_student,
    effort_caution,
    funding,
    years_to_come,
)
from workload.scenarios.leaving_cost import HELP_FTE, OVERFULL, LeavingCost, leaving_cost, newcomers, turnover_values

EDITED = ("weeks_vacant", "ramp_weeks", "ramp_start", "mentor_hours")


@dataclass(slots=True)
class MoneyRecord:
    """Own values of turnover by id, dollars a year by source, the budget, and the yearly step of salaries."""

    KEPT: ClassVar[tuple[str, ...]] = ("values", "sources", "budget", "step")

    values: dict[str, float] = field(default_factory=dict)
    sources: dict[str, float] = field(default_factory=dict)
    budget: float = 0.0
    step: float = 0.0  # percent a year


def record() -> MoneyRecord:
    return session.record(MoneyRecord)


def _as_kept(key: str, value: float) -> None:
    """What stands in a field is what is kept, also after another district was opened."""
    if session.chosen(key) != value:
        session.set_now(key, value)


def show(answer: Answer, comparison: Comparison, rates: Rates) -> None:
    """Two cards: leaving and staying, and funding."""
    labels = session.labels(answer)
    with st.container(key="card_leaving"):
        leaving(answer, rates, labels)
    with st.container(key="card_funding"):
        where_from(answer, comparison)


def leaving(answer: Answer, rates: Rates, labels: Labels) -> None:
    """What one resignation costs, in lines, and what the same money would pay for."""
    people = answer.demand.people
    present = [code for code, there in enumerate(people.in_post[:-1]) if there]
    codes = sorted(present, key=lambda code: natural(labels.code(people.names[code])))
    finding.title("What does a resignation cost?", "One post falls vacant, is covered, filled, and settles in.")
    if not codes:
        finding.note("Nobody is in post on this date.")
        return
    code = st.selectbox(
        "Which post?",
        codes,
        format_func=lambda code: plain(labels.of(people.names[code])),
        key="leaving_cost_post",
        persist_state="session",
        width=360,
    )
    with st.grid(4, min_column_width=170, vertical_alignment="bottom"):
        for id in EDITED:
            with st.container(key=f"box_{id}"):
                _value(turnover_values()[id])
    cost = leaving_cost(answer, code if code in codes else codes[0], rates, record().values)
    finding.plain_table(
        ["Once", "Dollars"],
        [
            *((line.label, dollars(line.first_year)) for line in cost.lines if line.first_year),
            ("All", dollars(cost.dollars)),
        ],
        "What one resignation costs",
        right=(1,),
    )
    finding.said("What would keep a person?", keeping_words(cost))
    finding.note("Where no agency can be had, the first line falls away and the students' minutes are owed instead.")
    published = turnover_values()[cost.replacement]
    st.caption(f"{safe(published.label)}: {safe(published.cited, 600)}. {law_cards.live_link(published.link)}")
    new_people(answer, labels)


def _value(rate: Rate) -> None:
    key = f"turnover_{rate.id}"
    _as_kept(key, float(record().values.get(rate.id, rate.value)))
    st.number_input(
        f"{rate.label} ({rate.unit})",
        float(rate.minimum),
        float(rate.maximum),
        step=0.1 if rate.maximum <= 1 else 1.0,
        format="%g",
        key=key,
        persist_state="session",
        help=safe(f"{rate.help} Source: {rate.cited}.", 600),
        on_change=_set_value,
        args=(rate.id, key),
    )
    st.caption("**Your own**" if rate.id in record().values else FORCE[rate.force])


def _set_value(id: str, key: str) -> None:
    if session.chosen(key) is not None:
        record().values = {**record().values, id: float(session.chosen(key))}


def keeping_words(cost: LeavingCost) -> str:
    """The money of one replacement as a day a week of somebody else."""
    if cost.dollars <= 0:
        return (
            "With these values a resignation saves more pay than it costs; the students' minutes are owed all the same."
        )
    return (
        f"About {dollars(significant(cost.dollars, 2))} pays for {HELP_FTE:g} FTE, one day a week of somebody else, for about "
        f"{shown(cost.weeks_of_help, 0)} weeks. A resignation leaves {hours(cost.vacant_hours)} hours uncovered or bought, and "
        f"{hours(cost.ramp_hours + cost.mentor_hours)} hours until the next one has settled in."
    )


def new_people(answer: Answer, labels: Labels) -> None:
    """Who is new, how far the ramp is, and whose week is too full already."""
    found = newcomers(answer, record().values)
    if not len(found):
        finding.note("Nobody is known to be new: the Therapists sheet gives no first day of the last months.")
        return
    full = int(found["overfull"].sum())
    finding.title(
        so_far(
            answer,
            f"{count(len(found), 'post is', 'posts are')} new, {full} with more than {percent(OVERFULL)} of a week",
        ),
        "A full week from the first day is what wears a new therapist down. It says nothing about the person.",
    )
    finding.plain_table(
        ["Post", "Weeks in post", "Week used", "Ramp says", ""],
        [
            (
                labels.of(answer.demand.people.names[row["code"]]),
                shown(row["weeks_in_post"], 0),
                capacity_used(row["utilization"]),
                percent(row["gives"]),
                finding.chip("too full", "short") if row["overfull"] else "",
            )
            for row in found.to_dict("records")
        ],
        "New posts with their weeks and how full they are",
        right=(1, 2, 3),
    )


def where_from(answer: Answer, comparison: Comparison) -> None:
    """Cost for each student served, the sources, the budget, and the caution of maintenance of effort."""
    today, then = (total(side.costs)[1] for side in (comparison.today, comparison.scenario))
    finding.title(
        f"{dollars(cost_per_student(today, answer))} a year for each student served",
        f"{dollars(today)} today, {dollars(then)} in the scenario ({dollars(cost_per_student(then, answer))} a student). "
        "All posts and contracts at the rates above over the different students.",
    )
    with st.grid(4, min_column_width=170, vertical_alignment="bottom"):
        for source in SOURCES:
            _source(source.id, f"{source.label}, $ a year", source.help)
        _source("budget", "Budget for OT, $ a year", "What is budgeted for all posts and contracts. 0 for not known.")
    now, later = funding(today, record().sources), funding(then, record().sources)
    if any(record().sources.values()):
        finding.plain_table(
            ["Source", "Today", "Share", "Scenario"],
            [
                (line.label, dollars(line.dollars), percent(line.share), dollars(other.dollars))
                for line, other in zip(now.lines, later.lines, strict=True)
            ],
            "Where the money comes from",
            right=(1, 2, 3),
        )
        if now.is_over or later.is_over:
            finding.lacks("The sources bring more than it costs: one of them pays for something else, too.")
    else:
        finding.note("No source is typed in, so all of it counts as local money; nothing is guessed.")
    later_years(comparison)
    for sentence in (against_budget(record().budget, today), effort_caution(now, later)):
        if sentence:
            finding.said("Mind.", sentence)
    with st.expander("What the law says about the money"):
        st.caption(law_cards.NO_ADVICE)
        law_cards.short([rule for rule in federal().in_force(answer.day) if rule.id in CARDS])


def later_years(comparison: Comparison) -> None:
    """What the posts cost in the years to come on a salary schedule that rises; nothing until somebody says by how much."""
    _as_kept("salary_step", float(record().step))
    st.number_input(
        "Salary step, % a year", 0.0, 20.0, step=0.5, format="%g", key="salary_step", persist_state="session", width=260,
        help="By how much the salary schedule rises for one person in a year, steps and raises together. 0 for not known.",
        on_change=_set_step,
    )  # fmt: skip
    if not record().step:
        return
    today, then = (years_to_come(side.costs, record().step / 100) for side in (comparison.today, comparison.scenario))
    finding.plain_table(
        ["Year", "Today's posts", "Scenario"],
        [
            (str(year), dollars(one), dollars(other))
            for year, (one, other) in enumerate(zip(today, then, strict=True), 1)
        ],
        "What the posts cost in the years to come",
        right=(1, 2),
    )
    finding.note("Salaries with benefits rise by the step; agency, telepractice and mileage stay at the rates above.")


def _set_step() -> None:
    record().step = float(session.chosen("salary_step") or 0.0)


def _source(id: str, label: str, help: str) -> None:
    key, kept = f"funding_{id}", record()
    _as_kept(key, float(kept.budget if id == "budget" else kept.sources.get(id, 0.0)))
    st.number_input(
        label, 0.0, 100_000_000.0, step=1_000.0, format="%g", key=key, help=help, persist_state="session",
        on_change=_set_source, args=(id, key),
    )  # fmt: skip


def _set_source(id: str, key: str) -> None:
    typed = float(session.chosen(key) or 0.0)
    if id == "budget":
        record().budget = typed
    else:
        record().sources = {**record().sources, id: typed}

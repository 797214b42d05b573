"""Money: what the scenario costs, and what it costs to do nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import safe
from dashboard.parts.status_line import is_provisional
from dashboard.screens.decide.scenarios import leaving_and_funding
from dashboard.screens.decide.scenarios.contract_or_own_posts import contract_or_own
from dashboard.screens.decide.scenarios.open_scenarios import prices
from dashboard.screens.decide.scenarios.put_in_your_own_rates import panel
from dashboard.screens.decide.scenarios.scenario_words import more
from dashboard.screens.decide.year_ahead.year_record import plan_in_force
from dashboard.shell import cached, session
from workload.answer import Answer
from workload.figures.scenario_charts import money_over_time
from workload.model.words import dollars, in_words, numbers, rounded, shown
from workload.scenarios.compare import Comparison
from workload.scenarios.cost import CostLine, total
from workload.scenarios.priced_words import added_cost
from workload.year_ahead.backlog import cost_of_not_acting, evaluation_backlog
from workload.year_ahead.weeks import YearPlan, year_ahead


def show(answer: Answer, comparison: Comparison | None) -> None:
    """The answer first, then the rates and what follows from them."""
    answer_at = st.container()
    panel()
    if comparison is None:
        return
    in_force = prices()
    st.header("What does the scenario cost?", anchor=False)
    widgets.words_table(
        cost_words(comparison.today.costs, comparison.scenario.costs),
        "Cost today and in the scenario, by kind, in the first year and in each later year",
        "scenario_costs",
        "scenario-costs",
    )
    st.header("And what does it cost to do nothing?", anchor=False)
    late, plan = _late(answer), plan_in_force(answer)
    today = cost_of_not_acting(year_ahead(answer, plan), in_force, late)
    # The same question asked of the scenario's own table of pairs: what it leaves open is still owed.
    then = replace(answer, staffing=comparison.scenario.situation.staffing)
    left = cost_of_not_acting(year_ahead(then, plan), in_force, late)
    with answer_at:
        st.markdown(safe(sentences(comparison, today, left), 1_500))
    widgets.chart(money_over_time(bars(comparison, today, left), is_provisional(answer)), "money")
    widgets.words_table(
        open_words(today, left),
        "What doing nothing costs, and what the scenario leaves open",
        "not_acting",
        "cost-of-not-acting",
    )
    st.caption(
        "Doing nothing is priced as what would have to be bought: make-up for the minutes that do not fit, agency hours for "
        "work that nobody has, evaluations by others. It is an estimate, and no bill has come. First year: from the day to "
        f"{in_words(answer.calendar.last_of(answer.day))}, in the hours of Year ahead."
    )
    contract_or_own()
    leaving_and_funding.show(answer, comparison, in_force)


def cost_words(today: Sequence[CostLine], scenario: Sequence[CostLine]) -> pd.DataFrame:
    """Cost by kind today and in the scenario; each column adds up as it stands."""
    then_first, then_later = (whole_dollars(today, field) for field in ("first_year", "yearly"))
    now_first, now_later = (whole_dollars(scenario, field) for field in ("first_year", "yearly"))
    rows = [
        (line.label, later, first, following, first - started, following - later)
        for line, started, later, first, following in zip(
            (*scenario, CostLine("All", 0, 0)), then_first, then_later, now_first, now_later, strict=True
        )
    ]
    return pd.DataFrame(
        [(label, *map(dollars, values)) for label, *values in rows if label == "All" or any(values)],
        columns=[
            "Kind",
            "Today, a year",
            "Scenario, first year",
            "Scenario, each later year",
            "Change, first year",
            "Change, each later year",
        ],
    )


def open_words(today: Sequence[CostLine], left: Sequence[CostLine]) -> pd.DataFrame:
    """What doing nothing costs by kind, and what of it the scenario leaves."""
    parts = [whole_dollars(lines, field) for lines in (today, left) for field in ("first_year", "yearly")]
    rows = zip([*(one.label for one in today), "All"], *parts, strict=True)
    return pd.DataFrame(
        [(label, *map(dollars, values)) for label, *values in rows],
        columns=[
            "Kind",
            "Nothing changes, to the last day of school",
            "Nothing changes, a whole year",
            "Left open by the scenario, to the last day of school",
            "Left open by the scenario, a whole year",
        ],
    )


def whole_dollars(lines: Sequence[CostLine], field: str) -> list[float]:
    """The lines in whole dollars with their total behind them; the largest line takes what rounding leaves."""
    exact = [getattr(line, field) for line in lines]
    made, whole = numbers(exact, 0), rounded(sum(exact), 0)
    if made:
        made[max(range(len(made)), key=lambda at: abs(made[at]))] += whole - sum(made)
    return [*made, whole]


def bars(comparison: Comparison, today: Sequence[CostLine], left: Sequence[CostLine]) -> list[tuple[str, float, float]]:
    """The three rows of the chart."""
    return [
        ("Scenario,|more than today", *added_cost(comparison.today.figures, comparison.scenario.figures)),
        ("Nothing changes", *total(today)),
        ("Left open|by the scenario", *total(left)),
    ]


def sentences(comparison: Comparison, today: Sequence[CostLine], left: Sequence[CostLine]) -> str:
    """The comparison in two sentences."""
    (first, later), (owed_first, owed_later), (open_first, open_later) = (
        added_cost(comparison.today.figures, comparison.scenario.figures),
        total(today),
        total(left),
    )
    return (
        f"The scenario costs {more(first)} than today in the first year and {more(later)} in each later year. If nothing "
        f"changes, about {dollars(owed_first)} would have to be bought to the last day of school and {dollars(owed_later)} in a "
        f"whole year; the scenario leaves {dollars(open_first)} and {dollars(open_later)} of that."
    )


def _late(answer: Answer) -> float:
    """How many evaluations are bought outside."""
    plan = plan_in_force(answer)
    key = cached.digest(session.answer_key(), plan)
    waiting = cached.drawn("evaluations_waiting", key, partial(_waiting, answer, plan))
    return st.number_input(
        "Evaluations that come too late and are bought outside",
        0,
        1_000,
        0,
        1,
        key="evaluations_late",
        width=440,
        persist_state="session",
        help=f"Year ahead estimates that {shown(waiting, 0)} still wait at the end of June if everything gives way alike. With any "
        "of them that is the rule for the sessions, too, so that no missing hour is priced twice.",
    )


def _waiting(answer: Answer, plan: YearPlan) -> float:
    """Evaluations that wait at the end of the year if nothing changes."""
    return float(evaluation_backlog(year_ahead(answer, plan))["evaluations_waiting"].iloc[-1])

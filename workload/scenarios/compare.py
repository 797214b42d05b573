"""Today, each lever alone, what they do together beyond that, and the scenario: a column that adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from workload.answer import Answer
from workload.model.kept import Keeps
from workload.scenarios.cost import Rates
from workload.scenarios.levers import checked_against
from workload.scenarios.outcome import MEASURES, Outcome, outcome_of
from workload.scenarios.scenario import Scenario

TODAY, TOGETHER, SCENARIO = "Today", "Together", "Scenario"


@dataclass(frozen=True, eq=False)
class Comparison(Keeps):
    """The outcome today, of each lever alone, and of the whole scenario."""

    today: Outcome
    alone: tuple[Outcome, ...]
    scenario: Outcome

    @cached_property
    def columns(self) -> dict[str, list]:
        """The column that adds up, by name: step, lever and `MEASURES`. See `steps`."""
        start, end = self.today.figures, self.scenario.figures
        made = {
            "step": [TODAY, *(lever.label for lever in self.scenario.scenario.levers), TOGETHER, SCENARIO],
            "lever": [pd.NA, *range(len(self.alone)), pd.NA, pd.NA],
        }
        for name in MEASURES:
            effects = [one.figures[name] - start[name] for one in self.alone]
            made[name] = [start[name], *effects, end[name] - start[name] - sum(effects), end[name]]
        return made

    @cached_property
    def steps(self) -> pd.DataFrame:
        """Rows: Today, each lever's effect alone, Together, Scenario. Columns: step, lever and `MEASURES`.

        Today + effects + Together = Scenario in every column. `Together` is what the levers do to each other.
        """
        return pd.DataFrame(
            {
                **self.columns,
                "step": pd.Series(self.columns["step"], dtype=object),
                "lever": pd.array(self.columns["lever"], dtype="Int64"),
            }
        )

    @cached_property
    def pilot(self) -> pd.DataFrame | None:
        """Pilot schools and the rest, before and after: required, available, gap FTE; None without a pilot."""
        chosen = self.scenario.scenario.pilot_schools
        if not chosen:
            return None
        rows = []
        for words, outcome in (("before", self.today), ("after", self.scenario)):
            table = outcome.schools
            for where, part in (
                ("pilot", table[table["school"].isin(chosen)]),
                ("rest", table[~table["school"].isin(chosen)]),
            ):
                required, available = float(part["required_fte"].sum()), float(part["available_fte"].sum())
                rows.append(
                    {
                        "where": where,
                        "when": words,
                        "schools": int((part["required_fte"] > 0).sum()),
                        "required_fte": required,
                        "available_fte": available,
                        "gap_fte": available - required,
                        "utilization": required / available if available > 0 else float("nan"),
                        "schools_covered": int(part["covered"].sum()),
                    }
                )
        return pd.DataFrame(rows)


def compare(
    answer: Answer, scenario: Scenario, rates: Rates | None = None, known: Comparison | None = None
) -> Comparison:
    """A scenario taken apart. Raises `LeverError` for what the roster does not have.

    known  an earlier comparison: what it has of the same answer, pilot and rates is not computed again, so that
           moving one of many levers costs that lever alone, and the levers that act after it
    """
    prices = rates or Rates()
    if known is not None and not _same_question(answer, scenario, prices, known):
        known = None
    if known is not None and known.scenario.scenario == scenario:
        return known
    checked_against(answer, scenario.levers, scenario.pilot_schools)
    start = known.today if known else outcome_of(answer, scenario, (), prices)
    ready = dict(zip(known.scenario.scenario.levers, known.alone, strict=True)) if known else {}
    alone = tuple(ready.get(lever) or outcome_of(answer, scenario, (lever,), prices) for lever in scenario.levers)
    if len(alone) == 1:
        return Comparison(start, alone, replace(alone[0], scenario=scenario))
    return Comparison(
        start, alone, outcome_of(answer, scenario, scenario.levers, prices, known.scenario.trail if known else ())
    )


def _same_question(answer: Answer, scenario: Scenario, prices: Rates, known: Comparison) -> bool:
    """Whether an earlier comparison was of the same answer, pilot and rates."""
    if known.scenario.scenario.pilot_schools != scenario.pilot_schools:
        return False
    before = known.today.situation
    return (
        before.base.answer.demand is answer.demand
        and before.assumptions is answer.assumptions
        and known.today.rates.values == prices.values
    )


def side_by_side(answer: Answer, scenarios: Sequence[Scenario], rates: Rates | None = None) -> pd.DataFrame:
    """Today and several scenarios, one row each. Columns: step (the scenario's name) and `MEASURES`."""
    prices = rates or Rates()
    for scenario in scenarios:
        checked_against(answer, scenario.levers, scenario.pilot_schools)
    start = outcome_of(answer, Scenario(TODAY), (), prices).figures
    rows = [start, *(outcome_of(answer, one, one.levers, prices).figures for one in scenarios)]
    table = pd.DataFrame(rows, columns=list(MEASURES))
    table.insert(0, "step", pd.Series([TODAY, *(one.name for one in scenarios)], dtype=object))
    return table

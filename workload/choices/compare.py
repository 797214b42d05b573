"""Today, each lever alone, what they do together beyond that, and the scenario: a column that adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from workload.analysis import Answer
from workload.choices.cost import Rates
from workload.choices.fields import Lever
from workload.choices.levers import checked_against
from workload.choices.outcome import MEASURES, Outcome, outcome_of
from workload.choices.scenario import Scenario

TODAY, TOGETHER, SCENARIO = "Today", "Together", "Scenario"


@dataclass(frozen=True, eq=False)
class Comparison:
    """The outcome today, of each lever alone, and of the whole scenario."""

    today: Outcome
    alone: tuple[Outcome, ...]
    scenario: Outcome

    @cached_property
    def steps(self) -> pd.DataFrame:
        """Rows: Today, each lever's effect alone, Together, Scenario. Columns: step, lever and `MEASURES`.

        Today + effects + Together = Scenario in every column. `Together` is what the levers do to each other.
        """
        start, end = self.today.figures, self.scenario.figures
        effects = [{name: one.figures[name] - start[name] for name in MEASURES} for one in self.alone]
        rest = {name: end[name] - start[name] - sum(effect[name] for effect in effects) for name in MEASURES}
        labels = [TODAY, *(lever.label for lever in self.scenario.scenario.levers), TOGETHER, SCENARIO]
        places = [None, *range(len(effects)), None, None]
        table = pd.DataFrame([start, *effects, rest, end], columns=list(MEASURES))
        table.insert(0, "step", pd.Series(labels, dtype=object))
        table.insert(1, "lever", pd.array(places, dtype="Int64"))
        return table

    @cached_property
    def pilot(self) -> pd.DataFrame | None:
        """Pilot schools and the rest, before and after: required, available, gap FTE; None without a pilot."""
        chosen = self.scenario.scenario.pilot_schools
        if not chosen:
            return None
        rows = []
        for words, outcome in (("before", self.today), ("after", self.scenario)):
            table = outcome.schools
            for where, part in (("pilot", table[table["school"].isin(chosen)]), ("rest", table[~table["school"].isin(chosen)])):
                required, available = float(part["required_fte"].sum()), float(part["available_fte"].sum())
                rows.append({"where": where, "when": words, "schools": int((part["required_fte"] > 0).sum()),
                             "required_fte": required, "available_fte": available, "gap_fte": available - required,
                             "utilization": required / available if available > 0 else float("nan"),
                             "schools_covered": int(part["covered"].sum())})
        return pd.DataFrame(rows)


def compare(answer: Answer, scenario: Scenario, rates: Rates | None = None,
            known: Comparison | None = None) -> Comparison:
    """A scenario taken apart. Raises `LeverError` for what the roster does not have.

    known  an earlier comparison: what it has of the same answer, pilot and rates is not computed again, so that
           moving one of many levers costs two outcomes
    """
    checked_against(answer, scenario.levers, scenario.pilot_schools)
    prices = rates or Rates()
    ready = _ready(answer, scenario, prices, known)
    start = known.today if ready is not None else outcome_of(answer, scenario, (), prices)
    ready = ready or {}
    alone = tuple(ready.get(lever) or outcome_of(answer, scenario, (lever,), prices) for lever in scenario.levers)
    return Comparison(start, alone, outcome_of(answer, scenario, scenario.levers, prices))


def _ready(answer: Answer, scenario: Scenario, prices: Rates, known: Comparison | None) -> dict[Lever, Outcome] | None:
    """The outcomes of single levers that an earlier comparison already has; None when it was another question."""
    if known is None or known.scenario.scenario.pilot_schools != scenario.pilot_schools:
        return None
    before = known.today.situation
    same = (before.base.answer.demand is answer.demand and before.assumptions is answer.assumptions
            and known.today.rates.values == prices.values)
    return dict(zip(known.scenario.scenario.levers, known.alone, strict=True)) if same else None


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

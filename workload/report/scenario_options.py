"""A scenario as an option of a packet: what it adds to today and what it leaves missing, in the numbers of its outcome."""

from __future__ import annotations

from dataclasses import replace

from workload.answer import Answer
from workload.model.words import rounded
from workload.report.packet_choices import Option
from workload.scenarios.cost import CostLine, Rates
from workload.scenarios.outcome import Outcome, outcome_of
from workload.scenarios.scenario import Scenario


def outcomes(answer: Answer, scenario: Scenario, prices: Rates) -> tuple[Outcome, Outcome]:
    """Today and the scenario. Raises `LeverError` for one that this roster cannot have."""
    from workload.scenarios.outcome import apply

    return outcome_of(answer, Scenario("today"), (), prices), apply(answer, scenario, prices)


def rests_on_examples(today: Outcome, scenario: Outcome, in_force: Rates) -> bool:
    """Whether a cost that the scenario changes is made of a rate that is an example."""
    then = {line.label: line for line in today.costs}
    changed = [line for line in scenario.costs if not _same(line, then.get(line.label))]
    return any(in_force.source(rate)[0] == "example" for line in changed for rate in line.rates)


def _same(line: CostLine, before: CostLine | None) -> bool:
    return before is not None and (line.first_year, line.yearly) == (before.first_year, before.yearly)


def option_of(pair: tuple[Outcome, Outcome], prices: Rates, cover: str = "", with_costs: bool = True) -> Option:
    """The second of two outcomes as a row of the options beside the first, today."""
    today, then = pair[0].figures, pair[1].figures
    examples = rests_on_examples(*pair, prices)
    first, later = (
        then[name] - today[name] if with_costs else None for name in ("cost_first_year_dollars", "cost_yearly_dollars")
    )
    return Option(
        pair[1].scenario.name,
        then["available_fte"] - today["available_fte"],
        first,
        later,
        cover,
        int(rounded(then["students_changing_therapist"], 0)),
        int(rounded(then["students_gaining_therapist"], 0)),
        then["gap_fte"],
        then["student_minutes_at_risk"],
        examples,
    )


def with_one_recommended(options: tuple[Option, ...], name: str) -> tuple[Option, ...]:
    return tuple(replace(one, recommended=one.name == name) for one in options)

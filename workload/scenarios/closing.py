"""How much closes the gap: an added post brings travel and meetings of its own, so as many as are short are too few."""

from __future__ import annotations

from dataclasses import replace

from workload.answer import Answer
from workload.model.words import EVEN_FTE, agreeing_digits, rounded
from workload.scenarios.cost import Rates
from workload.scenarios.outcome import outcome_of
from workload.scenarios.post_levers import OT, AddPost
from workload.scenarios.scenario import Scenario

STEP_FTE, MOST_ROUNDS = 0.1, 30


def closed(answer: Answer, scenario: Scenario, rates: Rates | None = None) -> Scenario:
    """The scenario with the fewest FTE of OT, to a tenth, with which no shortage is left as it is shown."""
    prices = rates or Rates()

    def short(fte: float) -> float:
        made = with_added(scenario, fte)
        return shown_short(outcome_of(answer, made, made.levers, prices).figures)

    fte, lacking = 0.0, short(0.0)
    for _ in range(MOST_ROUNDS):
        if not lacking:
            break
        fte = rounded(fte + max(STEP_FTE, rounded(lacking, 1)), 1)
        lacking = short(fte)
    while fte > 0 and not lacking and not short(rounded(fte - STEP_FTE, 1)):
        fte = rounded(fte - STEP_FTE, 1)
    return with_added(scenario, fte)


def with_added(scenario: Scenario, fte: float) -> Scenario:
    """The scenario with so much in its first added OT post for the whole district, or with one more lever."""
    for at, lever in enumerate(scenario.levers):
        if isinstance(lever, AddPost) and lever.role == OT and not lever.schools:
            return scenario.with_changed(at, fte=fte)
    return replace(scenario, levers=(*scenario.levers, AddPost(fte=fte))) if fte else scenario


def shown_short(figures) -> float:
    """FTE that are short as the screen writes them; 0 where it says even or room."""
    gap = figures["available_fte"] - figures["required_fte"]
    digits = agreeing_digits(figures["required_fte"], figures["available_fte"])
    return max(0.0, rounded(-gap, digits)) if abs(gap) >= EVEN_FTE else 0.0

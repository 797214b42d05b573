"""How sure the answer is: the span between the 10th and 90th percentile of seeded draws, and what moves it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workload.model.parameters import parameters
from workload.model.units import hours
from workload.staffing.required import Staffing, with_values
from workload.work.activities import coefficients
from workload.work.demand import FEATURES

DRAWS = 2_000
PERCENTILES = (10, 90)
DEFAULT_SEED = 20_261_001


@dataclass(frozen=True, eq=False)
class Range:
    """10th and 90th percentile of required FTE: numbers for the district, arrays of shape (P,) for persons."""

    p10: float | np.ndarray
    p90: float | np.ndarray
    seed: int


@dataclass(frozen=True)
class Influence:
    """How far one assumption moves the district's required FTE alone, from its low to its high end."""

    id: str
    low: float
    high: float
    required_fte_at_low: float
    required_fte_at_high: float

    @property
    def swing_fte(self) -> float:
        return abs(self.required_fte_at_high - self.required_fte_at_low)


def spans(staffing: Staffing) -> dict[str, tuple[float, float, float]]:
    """(low, likely, high) of every assumption that the range varies.

    The likely value is the one in force. Where the district has set its own, low and high keep the same
    relation to it as the default's, cut at what is possible.
    """
    found = {}
    for id, parameter in parameters().items():
        if parameter.is_drawn:
            likely = float(staffing.assumptions[id])
            scale = likely / parameter.value if parameter.value else 1.0
            low, high = (
                min(max(end * scale, parameter.minimum), parameter.maximum) for end in (parameter.low, parameter.high)
            )
            found[id] = (min(low, likely), likely, max(high, likely))
    return found


def draw(staffing: Staffing, seed: int = DEFAULT_SEED, count: int = DRAWS) -> dict[str, np.ndarray]:
    """Triangular draws of each varied assumption, each of shape (count,). The same seed draws the same."""
    random = np.random.default_rng(seed)
    return {
        id: random.triangular(low, likely, high, count) if low < high else np.full(count, likely)
        for id, (low, likely, high) in spans(staffing).items()
    }


def required_fte(
    staffing: Staffing, draws: dict[str, np.ndarray], features: np.ndarray, people: np.ndarray
) -> np.ndarray:
    """Required FTE under each draw, shape (rows, draws).

    features  (rows, len(FEATURES)) sums of the pair table
    people    (rows, 6) mtss hours, travel minutes, moves, OTAs supervised, named duty hours, persons present
    """
    values = with_values(staffing.assumptions, draws)
    count = len(next(iter(draws.values())))
    cost = np.zeros((len(FEATURES), count))
    for costs in coefficients(values).values():
        for feature, hours_each in costs.items():
            cost[FEATURES.index(feature)] += hours_each
    mtss, travel, moves, otas, duty, present = people.T[..., None]
    service = features @ cost + mtss
    individual = (
        hours(travel + moves * values["travel_minutes_per_move"])
        + otas * values["supervision_hours_per_ota"]
        + duty
        + present * values["staff_time_hours_per_person"]
    )
    category = values["planning_share"] + values["staff_time_share"]
    return (service / (1 - category) + individual) / staffing.full_week


def _people_sums(staffing: Staffing) -> np.ndarray:
    """(P, 6) what the individual hours of each person are made of."""
    people = staffing.demand.people
    present = np.append(people.in_post[:-1], False).astype(float)
    return np.column_stack(
        (
            people.mtss_hours,
            people.travel_minutes,
            people.moves,
            people.otas_supervised,
            people.named_duty_hours,
            present,
        )
    )


def range_of(staffing: Staffing, seed: int = DEFAULT_SEED) -> Range:
    """The range of the district's required FTE. Sums come before the draws, so it costs the same at any size."""
    features = staffing.demand.features.sum(axis=0, keepdims=True)
    people = _people_sums(staffing).sum(axis=0, keepdims=True)
    p10, p90 = np.percentile(required_fte(staffing, draw(staffing, seed), features, people)[0], PERCENTILES)
    return Range(float(p10), float(p90), seed)


def range_of_persons(staffing: Staffing, seed: int = DEFAULT_SEED) -> Range:
    """The range of each person's required FTE under the same draws."""
    features = staffing.by_person(staffing.demand.features)
    persons = required_fte(staffing, draw(staffing, seed), features, _people_sums(staffing))
    return Range(*np.percentile(persons, PERCENTILES, axis=1), seed)


def influences(staffing: Staffing) -> list[Influence]:
    """Every varied assumption by how far it moves the district alone, largest first."""
    features = staffing.by_person(staffing.demand.features).sum(axis=0, keepdims=True)
    people = _people_sums(staffing).sum(axis=0, keepdims=True)
    found = []
    for id, (low, _, high) in spans(staffing).items():
        at_low, at_high = required_fte(staffing, {id: np.array([low, high])}, features, people)[0]
        found.append(Influence(id, low, high, float(at_low), float(at_high)))
    return sorted(found, key=lambda one: (-one.swing_fte, one.id))

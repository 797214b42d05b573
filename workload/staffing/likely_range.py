"""How sure the answer is: the span between the 10th and 90th percentile of seeded draws, and what moves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from workload.model.parameters import parameters
from workload.model.units import hours
from workload.staffing.required import Staffing, with_values
from workload.work.activities import coefficients
from workload.work.pair_sums import FEATURES

DRAWS = 10_000
DRAWS_OF_PERSONS = 2_000  # the first of them: a table of people by draws grows with the district
PERCENTILES = (10, 50, 90)
HABITS = (  # standards of one person's habits: who writes long notes also writes long reports
    "documentation_minutes_per_session",
    "on_behalf_ratio",
    "evaluation_initial_hours",
    "reevaluation_hours",
    "meeting_hours",
    "meeting_504_hours",
    "progress_report_hours",
)
RANK_CORRELATION = 0.5
DEFAULT_SEED = 20_261_001


@dataclass(frozen=True, eq=False)
class Range:
    """Percentiles of required FTE if the standards lie within their spans.

    Numbers for the district, arrays of shape (P,) for persons. p50 is the median of the draws.
    """

    p10: Any
    p50: Any
    p90: Any
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
    relation to it as the default's, cut at what is possible. Where it was measured, the span shrinks by what was seen.
    """
    found = {}
    for id, parameter in parameters().items():
        if parameter.is_drawn:
            likely, default = float(staffing.assumptions[id]), float(parameter.value)
            scale = likely / default if default else 1.0
            least, most = parameter.bounds
            low, high = (min(max(end * scale, least), most) for end in parameter.ends)
            found[id] = _shrunk(min(low, likely), likely, max(high, likely), staffing.assumptions.errors.get(id))
    return found


def _shrunk(low: float, likely: float, high: float, error: float | None) -> tuple[float, float, float]:
    """The span after a measurement with that standard error.

    Normal update of a prior with the triangle's standard deviation s: the new deviation is 1 / √(1/s² + 1/error²).
    """
    variance = (low**2 + likely**2 + high**2 - low * likely - low * high - likely * high) / 18
    if error is None or variance <= 0:
        return low, likely, high
    kept = error / (variance + error**2) ** 0.5
    return likely - (likely - low) * kept, likely, likely + (high - likely) * kept


def draw(staffing: Staffing, seed: int = DEFAULT_SEED) -> dict[str, np.ndarray]:
    """Triangular draws of each varied assumption, each of shape (`DRAWS`,). The same seed draws the same.

    The habits of `HABITS` go together with a rank correlation of one half; everything else is drawn by itself.
    """
    varied = spans(staffing)
    return {id: _triangular(quantiles, *varied[id]) for id, quantiles in _quantiles(tuple(varied), seed).items()}


@lru_cache(maxsize=8)
def _quantiles(ids: tuple[str, ...], seed: int) -> dict[str, np.ndarray]:
    """Where in its span each draw of each assumption lies, 0 to 1: the same whatever the spans are."""
    random = np.random.default_rng(seed)
    common = random.standard_normal(DRAWS)
    # Of two normal variables with Pearson correlation r the rank correlation is 6/π · asin(r/2).
    shared = 2 * np.sin(np.pi * RANK_CORRELATION / 6)
    placed = {}
    for id in ids:
        own = random.standard_normal(DRAWS)
        normal = np.sqrt(shared) * common + np.sqrt(1 - shared) * own if id in HABITS else own
        # The place of each draw among all is its quantile: the whole span is covered, and the same in every run.
        placed[id] = (np.argsort(np.argsort(normal)) + 0.5) / DRAWS
    return placed


def _triangular(at: np.ndarray, low: float, likely: float, high: float) -> np.ndarray:
    """Values of the triangular distribution at some quantiles between 0 and 1."""
    if low >= high:
        return np.full(len(at), likely)
    rising = low + np.sqrt(at * (high - low) * (likely - low))
    falling = high - np.sqrt((1 - at) * (high - low) * (high - likely))
    return np.where(at < (likely - low) / (high - low), rising, falling)


def required_fte(
    staffing: Staffing, draws: Mapping[str, np.ndarray], features: np.ndarray, people: np.ndarray
) -> np.ndarray:
    """Required FTE under each draw, shape (rows, draws).

    features  (rows, len(FEATURES)) sums of the pair table
    people    (rows, 6) mtss hours, travel minutes, moves, OTAs supervised, named duty hours, persons present
    """
    values: Mapping[str, Any] = with_values(staffing.assumptions, draws)
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
    drawn = required_fte(staffing, draw(staffing, seed), features, people)[0]
    p10, p50, p90 = map(float, np.percentile(drawn, PERCENTILES))
    return Range(p10, p50, p90, seed)


def range_of_persons(staffing: Staffing, seed: int = DEFAULT_SEED) -> Range:
    """The range of each person's required FTE under the first of the same draws."""
    features = staffing.demand.features_by_person
    draws = {id: values[:DRAWS_OF_PERSONS] for id, values in draw(staffing, seed).items()}
    persons = required_fte(staffing, draws, features, _people_sums(staffing))
    p10, p50, p90 = np.percentile(persons, PERCENTILES, axis=1)
    return Range(p10, p50, p90, seed)


def influences(staffing: Staffing) -> list[Influence]:
    """Every varied assumption by how far it moves the district alone, largest first."""
    features = staffing.demand.features_by_person.sum(axis=0, keepdims=True)
    people = _people_sums(staffing).sum(axis=0, keepdims=True)
    found = []
    for id, (low, _, high) in spans(staffing).items():
        at_low, at_high = required_fte(staffing, {id: np.array([low, high])}, features, people)[0]
        found.append(Influence(id, low, high, float(at_low), float(at_high)))
    return sorted(found, key=lambda one: (-one.swing_fte, one.id))

"""A standard between what was assumed and what was measured."""

from __future__ import annotations


def standard_with_measurements(measured: float, count: float, prior: float, prior_weight: float = 5) -> float:
    """A standard blended from what was measured and what was assumed, weighted by how much was seen."""
    return (count * measured + prior_weight * prior) / (count + prior_weight)

"""Money: what one way of providing a service costs against another."""

from __future__ import annotations


def savings(other_cost: float, own_cost: float, start_up_cost: float = 0.0) -> tuple[float, float]:
    """(first year, later years) saved by the own way, in dollars. Start-up cost falls in the first year only.

    own_cost is the first year's cost with the start-up cost inside.
    """
    return other_cost - own_cost, other_cost - (own_cost - start_up_cost)

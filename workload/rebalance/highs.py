"""HiGHS as every search here uses it: silent, one thread, a fixed seed; progress and cancel while it works.

HiGHS is imported inside the functions: pages that do not solve never pay for it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

NO_LIMIT = 1e30
PROBING = 65_536  # HiGHS's presolve rule 16 as a bit: in 1.14 and 1.15 it cuts off best answers


def new_solver(presolve: bool = True):
    """A solver that gives the same answer to the same input, unless the clock ends it."""
    import highspy

    solver = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 1),
        ("mip_feasibility_tolerance", 1e-9),
        ("presolve_rule_off", PROBING),
        ("presolve", "choose" if presolve else "off"),
    ):
        solver.setOptionValue(option, value)
    return solver


def limit(solver, gap: float, seconds: float, most_nodes: int | None = None) -> None:
    """When a search in whole numbers ends: a relative gap, seconds on the wall, nodes of the tree."""
    solver.setOptionValue("mip_rel_gap", gap)
    solver.setOptionValue("time_limit", float(seconds))
    if most_nodes is not None:
        solver.setOptionValue("mip_max_nodes", most_nodes)


def begin_from(solver, values: np.ndarray) -> None:
    """The solver's first answer."""
    import highspy

    solution = highspy.HighsSolution()
    solution.col_value = values.astype(float).tolist()
    solver.setSolution(solution)


def listen(solver, told: Callable[[float, float], None], cancelled: Callable[[], bool]) -> None:
    """Progress (best so far, bound) and cancel while HiGHS works."""

    def tell(event):
        told(float(event.data_out.mip_primal_bound), float(event.data_out.mip_dual_bound))

    def ask(event):
        if cancelled():
            event.interrupt()

    solver.cbMipLogging.subscribe(tell)
    solver.cbMipImprovingSolution.subscribe(tell)
    solver.cbMipInterrupt.subscribe(ask)

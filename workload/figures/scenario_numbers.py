"""The numbers of a scenario as they are shown: rounded so that the steps add up to what stands above them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workload.model.words import agreeing_digits, rounded, shown
from workload.scenarios.compare import TOGETHER

SHOWN = {
    "required_fte": 1,
    "available_fte": 1,
    "utilization": 1,
    "student_minutes_at_risk": 0,
    "schools_covered": 0,
    "students_changing_therapist": 0,
    "students_gaining_therapist": 0,
    "cost_first_year_dollars": 0,
    "cost_yearly_dollars": 0,
}
FTES = ("required_fte", "available_fte")
MOST_DIGITS = 3


def as_percent(table: pd.DataFrame) -> pd.DataFrame:
    """A table of measures with utilization in percent."""
    return table.assign(utilization=table["utilization"] * 100)


def decimals(*values: float) -> int:
    """The fewest decimals, from one, at which every value is written in full."""
    return next(
        (digits for digits in range(1, MOST_DIGITS) if all(rounded(value, digits) == value for value in values)),
        MOST_DIGITS,
    )


def adding_up(steps: pd.DataFrame | Mapping[str, list]) -> pd.DataFrame:
    """The steps as the screen shows them: every step is a difference of figures that are shown, and each column adds up.

    steps  `Comparison.steps` or its columns. Each state (today, today with one lever alone, the scenario) is written
           as Answer writes it; a lever's step is its state less today's. What the levers do together beyond that is
           the rest, and has no row where there is none. The gap is available less required in every row.
    """
    columns = {name: list(steps[name]) for name in ("step", "lever", *SHOWN)}
    columns["utilization"] = [value * 100 for value in columns["utilization"]]
    rest = max(at for at, name in enumerate(columns["step"]) if name == TOGETHER)
    alone = range(1, rest)
    digits = [agreeing_digits(*(_state(columns[name], at) for name in FTES)) for at in range(len(columns["step"]))]
    for name, usual in SHOWN.items():
        exact = columns[name]
        shown_at = [rounded(_state(exact, at), digits[at] if name in FTES else usual) for at in range(len(exact))]
        values = [shown_at[0], *(rounded(shown_at[at] - shown_at[0], MOST_DIGITS) for at in alone), 0.0, shown_at[-1]]
        values[rest] = rounded(values[-1] - sum(values[:rest]), MOST_DIGITS)
        columns[name] = values
    columns["gap_fte"] = [
        rounded(have - need, MOST_DIGITS)
        for have, need in zip(columns["available_fte"], columns["required_fte"], strict=True)
    ]
    order = ("step", "lever", *FTES, "gap_fte", *(name for name in SHOWN if name not in FTES))
    kept = [at for at in range(len(digits)) if at != rest or any(columns[name][at] for name in SHOWN)]
    made = {name: [columns[name][at] for at in kept] for name in order}
    return pd.DataFrame({**made, "lever": pd.array(made["lever"], dtype="Int64")})


def _state(column: list[float], at: int) -> float:
    """The value of a state: today's and the scenario's stand in the column, a lever's is today's with its effect."""
    return column[at] if at in (0, len(column) - 1) else column[0] + column[at]


def signed(value: float, digits: int) -> str:
    """A change with its sign: "+1.9", "−0.24", "0.0"."""
    text = shown(abs(value), digits)
    return text if not rounded(value, digits) else f"{'+' if value > 0 else '−'}{text}"


def row_decimals(steps: pd.DataFrame) -> list[int]:
    """Decimals of each row's FTE. `steps` is `adding_up(...)`."""
    return [decimals(*row) for row in zip(*(steps[name].tolist() for name in (*FTES, "gap_fte")), strict=True)]

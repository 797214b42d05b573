"""The numbers of a scenario as they are shown: rounded so that the steps add up to what stands above them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workload.model.words import agreeing_digits, rounded, shown
from workload.scenarios.compare import TOGETHER

ROUNDING, ONLY_ROUNDING = "Together, with rounding", "Rounding"  # a single lever has nothing that it does together
RESTS = (ROUNDING, ONLY_ROUNDING)
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
SMALLEST_DIGITS, MOST_DIGITS = 2, 3


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
    """The steps rounded for the screen so that each column adds up as it stands.

    steps  `Comparison.steps` or its columns. Today and the scenario are written as Overview writes them, and an effect with as many
           digits as it needs to be seen. What rounding leaves stands in the row of what the levers do together; a
           column without a value somewhere has none there. The gap is available less required in every row.
    """
    columns = {name: list(steps[name]) for name in ("step", "lever", *SHOWN)}
    columns["utilization"] = [value * 100 for value in columns["utilization"]]
    rest = max(at for at, name in enumerate(columns["step"]) if name == TOGETHER)
    ends = [agreeing_digits(columns["required_fte"][at], columns["available_fte"][at]) for at in (0, -1)]
    for name, digits in SHOWN.items():
        first, last = ends if name in FTES else (digits, digits)
        exact = columns[name]
        values = [
            rounded(exact[0], first),
            *(rounded(value, _effect_digits(value, max(ends)) if name in FTES else digits) for value in exact[1:-1]),
            rounded(exact[-1], last),
        ]
        values[rest] = rounded(
            values[-1] - sum(value for at, value in enumerate(values[:-1]) if at != rest), MOST_DIGITS
        )
        columns[name] = values
    columns["step"][rest] = ONLY_ROUNDING if len(columns["step"]) <= 4 else ROUNDING
    gap = [
        rounded(have - need, MOST_DIGITS)
        for have, need in zip(columns["available_fte"], columns["required_fte"], strict=True)
    ]
    made = {
        "step": columns.pop("step"),
        "lever": pd.array(columns.pop("lever"), dtype="Int64"),
        **{name: columns[name] for name in FTES},
        "gap_fte": gap,
        **columns,
    }
    return pd.DataFrame(made)


def _effect_digits(value: float, least: int) -> int:
    """Decimals of an effect in FTE: as many as the states have, and two where fewer would hide it."""
    return least if rounded(value, least) else max(least, SMALLEST_DIGITS)


def signed(value: float, digits: int) -> str:
    """A change with its sign: "+1.98", "−0.24", "0.00"."""
    text = shown(abs(value), digits)
    return text if not rounded(value, digits) else f"{'+' if value > 0 else '−'}{text}"


def row_decimals(steps: pd.DataFrame) -> list[int]:
    """Decimals of each row's FTE. `steps` is `adding_up(...)`."""
    return [decimals(*row) for row in zip(*(steps[name].tolist() for name in (*FTES, "gap_fte")), strict=True)]

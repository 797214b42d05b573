"""A scenario in sentences and tables: what it changes, step by step, so that the columns add up as they stand."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.parts.safe_text import plain
from workload.answer import Answer
from workload.explain.scope import Basis, Explanation
from workload.explain.steps import Step
from workload.figures.scenario_numbers import SHOWN, as_percent, row_decimals, signed
from workload.figures.states import gap_words, minus, state_texts
from workload.model.words import about_words, capacity_used, dollars, rounded, shown
from workload.scenarios.compare import SCENARIO, TODAY, TOGETHER, Comparison
from workload.scenarios.cost import Rates, rates

HEADINGS = {
    "required_fte": "FTE required",
    "available_fte": "FTE available",
    "gap_fte": "Gap, FTE",
    "utilization": "Capacity used, %",
    "student_minutes_at_risk": "Student minutes at risk a week",
    "schools_covered": "Schools covered",
    "students_changing_therapist": "Students who change therapist",
    "students_gaining_therapist": "Students who get a therapist",
    "cost_first_year_dollars": "Cost, first year, $",
    "cost_yearly_dollars": "Cost, each later year, $",
}
MEANING = {
    "gap_fte": "FTE available less FTE required, over the whole district. Below zero the district is short.",
    "utilization": "Hours of work of everybody, with the work that has nobody, over the contract hours of everybody who is there.",
    "student_minutes_at_risk": "Student minutes a week that do not fit into the contracts of those who should give them, or "
    "that have nobody. An estimate of exposure, not a finding about any student.",
    "students_changing_therapist": "Students whose work goes from one person to another. Where a lever moves a share of the work, "
    "the same share of the students is counted.",
    "cost_first_year_dollars": "Salaries with benefits, agency and telepractice hours, mileage, leave cover, and start-up, from the "
    "rates under Money. What the roster says of a post goes before the rates.",
    "required_fte": "Hours of work a week over the hours of a full week, with the work that has nobody.",
    "available_fte": "Contract hours of everybody who is there, divided by the hours of a full week.",
}


def state(figures: Mapping[str, float]) -> tuple[float, float]:
    """(required, available) FTE of an outcome."""
    return figures["required_fte"], figures["available_fte"]


def written(measure: str, figures: Mapping[str, float]) -> str:
    if measure == "gap_fte":
        return gap_words(*state(figures))
    if measure == "utilization":
        return capacity_used(figures[measure])
    if measure.endswith("dollars"):
        return dollars(figures[measure])
    if measure == "student_minutes_at_risk":
        return about_words(figures[measure])
    return minus(shown(figures[measure], SHOWN[measure]))


def sentence(comparison: Comparison, name: str) -> tuple[str, str, str, bool]:
    """(before, number, after, whether it is a shortage) of what the open scenario comes to."""
    then, now = (gap_words(*state(one.figures)) for one in (comparison.today, comparison.scenario))
    changed = bool(comparison.scenario.scenario.levers)
    word, _, number = now.rpartition(" ")
    before, after = (
        ("With these changes:", f"FTE, today {then.removeprefix('short ')}") if changed else (f"{name}:", "FTE")
    )
    if now == "even":
        return f"{before} the gap is closed{f', today {then} FTE' if changed else ''}", "", "", False
    return f"{before} {word}", number, after, word == "short"


def is_short(figures: Mapping[str, float]) -> bool:
    """Whether a shortage is left as it is shown."""
    return gap_words(*state(figures)).startswith("short")


def peak(figures: Mapping[str, float]) -> str:
    """FTE of a week with sessions where it is not that of the average week as shown; else empty."""
    need, fullest = (
        state_texts(figures[name], figures["available_fte"])[0] for name in ("required_fte", "peak_week_fte")
    )
    return fullest if fullest != need else ""


def more(value: float) -> str:
    """ "$1,000 more" or "$1,000 less"."""
    return f"{dollars(abs(value))} {'less' if rounded(value, 0) < 0 else 'more'}"


def steps_words(steps: pd.DataFrame) -> dict[str, list[str]]:
    """The steps with signs, for reading, by column. `steps` is `adding_up(...)`: every column adds up as it stands."""
    names, fte_digits = steps["step"].tolist(), row_decimals(steps)
    made = {"Step": names}
    for name, heading in HEADINGS.items():
        digits = [each if name.endswith("_fte") else SHOWN[name] for each in fte_digits]
        made[heading] = [
            minus(shown(value, each)) if step in (TODAY, SCENARIO) else signed(value, each)
            for step, value, each in zip(names, steps[name].tolist(), digits, strict=True)
        ]
    return made


def compared_words(table: pd.DataFrame) -> pd.DataFrame:
    """Scenarios side by side, a row for each measure."""
    table = as_percent(table)
    made: dict[str, list[str]] = {"Figure": list(HEADINGS.values())}
    for _, row in table.iterrows():
        name = plain(row["step"], 80)
        while name in made:
            name += " "
        made[name] = [
            *state_texts(row["required_fte"], row["available_fte"]),
            *(minus(shown(row[measure], SHOWN[measure])) for measure in list(HEADINGS)[3:]),
        ]
    return pd.DataFrame(made)


def pilot_words(table: pd.DataFrame) -> pd.DataFrame:
    """Pilot schools and the rest before and after, for reading."""
    states = [state_texts(need, have) for need, have in zip(table["required_fte"], table["available_fte"], strict=True)]
    return pd.DataFrame(
        {
            "Schools": [
                f"{'Pilot' if row['where'] == 'pilot' else 'All others'}, {row['when']}" for _, row in table.iterrows()
            ],
            "Number of schools": [shown(each, 0) for each in table["schools"]],
            **{
                heading: [state[at] for state in states]
                for at, heading in enumerate(("FTE required", "FTE available", "Gap, FTE"))
            },
            "Capacity used": [capacity_used(each) for each in table["utilization"]],
            "Schools covered": [shown(each, 0) for each in table["schools_covered"]],
        }
    )


def opened(comparison: Comparison, steps: pd.DataFrame, measure: str, prices: Rates, answer: Answer) -> Explanation:
    """A figure of the scenario opened: the column that adds up, and for money the rates behind it."""
    values, names = steps[measure], steps["step"]
    lines = [
        Step(name, float(value), HEADINGS[measure], "" if name == TODAY else "=" if name == SCENARIO else "+")
        for name, value in zip(names, values, strict=True)
    ]
    basis = (
        tuple(Basis(id, rate.label, prices[id], rate.unit, *prices.source(id)) for id, rate in rates().items())
        if measure.endswith("dollars")
        else ()
    )
    rows = (
        answer.lines
        if not basis
        else answer.roster.therapists[["file", "sheet", "row", "therapist", "role", "employment"]]
    )
    return Explanation(
        f"{HEADINGS[measure]}: today and in the scenario",
        MEANING[measure],
        tuple(lines),
        basis,
        rows,
        "rows of the file stand behind today's figure; the levers are made of them",
        (
            "Each lever's step is the lever alone, as a difference of the figures that are shown."
            + (f" {TOGETHER}: what the levers do to each other." if TOGETHER in set(names) else ""),
            *comparison.scenario.notes,
        ),
    )

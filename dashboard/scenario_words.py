"""A scenario in sentences and tables: what it changes, step by step, so that the columns add up as they stand."""

from __future__ import annotations

import pandas as pd

from dashboard.safe import plain
from workload.analysis import Answer
from workload.choices.compare import SCENARIO, TODAY, Comparison
from workload.choices.cost import Rates, rates
from workload.figures.scenario_charts import ROUNDING, SHOWN, as_percent, signed
from workload.figures.text import percent, rounded, shown
from workload.staffing.why import Basis, Explanation, Step

HEADINGS = {"required_fte": "FTE required", "available_fte": "FTE available", "gap_fte": "Gap, FTE",
            "utilization": "Capacity used, %", "student_minutes_at_risk": "Student minutes at risk a week",
            "schools_covered": "Schools covered", "students_changing_therapist": "Students who change therapist",
            "students_gaining_therapist": "Students who get a therapist", "cost_first_year_dollars": "Cost, first year, $",
            "cost_yearly_dollars": "Cost, each later year, $"}
DIGITS = {**SHOWN, "gap_fte": 2}
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
    "available_fte": "Contract hours of everybody who is there on the day over the hours of a full week.",
}
SOURCES = {"today": "the same calculation as on Overview", "levers": "each lever alone: the whole calculation runs again with it",
           "together": "what the levers do to each other, and what rounding leaves, so that the column adds up"}


def short_or_room(gap: float) -> str:
    """"short 3.25 FTE" or "has room for 0.40 FTE"."""
    if rounded(gap, 2) == 0:
        return "even"
    return f"short {shown(-gap, 2)} FTE" if gap < 0 else f"has room for {shown(gap, 2)} FTE"


def dollars(value: float) -> str:
    """Whole dollars with their sign."""
    return ("−" if rounded(value, 0) < 0 else "") + "$" + shown(abs(value), 0)


def sentence(comparison: Comparison, district: str) -> str:
    """What the open scenario comes to."""
    then, now = comparison.today.figures, comparison.scenario.figures
    today = f"Today {district} is {short_or_room(then['gap_fte'])}." if then["gap_fte"] < 0 else (
        f"Today {district} {short_or_room(then['gap_fte'])}." if rounded(then["gap_fte"], 2) else f"Today {district} is even.")
    if not comparison.scenario.scenario.levers:
        return f"{today} Add a lever to see what it does."
    first, later = (rounded(now[name], 0) - rounded(then[name], 0) for name in ("cost_first_year_dollars", "cost_yearly_dollars"))
    return (f"{today} In this scenario it {'is ' if rounded(now['gap_fte'], 2) <= 0 else ''}{short_or_room(now['gap_fte'])}. "
            f"It costs {more(first)} than today in the first year and {more(later)} in each later year.")


def more(value: float) -> str:
    """"$1,000 more" or "$1,000 less"."""
    return f"{dollars(abs(value))} {'less' if rounded(value, 0) < 0 else 'more'}"


def steps_words(steps: pd.DataFrame) -> pd.DataFrame:
    """The steps with signs, for reading. `steps` is `adding_up(...)`: every column adds up as it stands."""
    whole = steps["step"].isin([TODAY, SCENARIO]).to_numpy()
    kept = ~((steps["step"] == ROUNDING) & (steps[list(DIGITS)].fillna(0) == 0).all(axis=1)).to_numpy()
    made = {"Step": [name if lever is pd.NA else f"{int(lever) + 1}. {name}"
                     for name, lever in zip(steps["step"], steps["lever"], strict=True)]}
    for name, heading in HEADINGS.items():
        made[heading] = [shown(value, DIGITS[name]).replace("-", "−") if full else signed(value, DIGITS[name])
                         for value, full in zip(steps[name], whole, strict=True)]
    return pd.DataFrame(made)[kept]


def compared_words(table: pd.DataFrame) -> pd.DataFrame:
    """Scenarios side by side, a row for each measure."""
    table = as_percent(table)
    made: dict[str, list[str]] = {"Figure": list(HEADINGS.values())}
    for _, row in table.iterrows():
        name = plain(row["step"], 80)
        while name in made:
            name += " "
        made[name] = [shown(row[measure], DIGITS[measure]).replace("-", "−") for measure in HEADINGS]
    return pd.DataFrame(made)


def pilot_words(table: pd.DataFrame) -> pd.DataFrame:
    """Pilot schools and the rest before and after, for reading."""
    return pd.DataFrame({
        "Schools": [f"{'Pilot' if row['where'] == 'pilot' else 'All others'}, {row['when']}" for _, row in table.iterrows()],
        "Number of schools": [shown(each, 0) for each in table["schools"]],
        "FTE required": [shown(each, 2) for each in table["required_fte"]],
        "FTE available": [shown(each, 2) for each in table["available_fte"]],
        "Gap, FTE": [shown(each, 2).replace("-", "−") for each in table["gap_fte"]],
        "Capacity used": [percent(each) for each in table["utilization"]],
        "Schools covered": [shown(each, 0) for each in table["schools_covered"]]})


def opened(comparison: Comparison, steps: pd.DataFrame, measure: str, prices: Rates, answer: Answer) -> Explanation:
    """A figure of the scenario opened: the column that adds up, and for money the rates behind it."""
    values, names = steps[measure], steps["step"]
    lines = [Step(name, float(value), HEADINGS[measure], "" if name == TODAY else "=" if name == SCENARIO else "+")
             for name, value in zip(names, values, strict=True)]
    basis = tuple(Basis(id, rate.label, prices[id], rate.unit, *prices.source(id)) for id, rate in rates().items()
                  ) if measure.endswith("dollars") else ()
    rows = answer.lines if not basis else answer.roster.therapists[["file", "sheet", "row", "therapist", "role", "employment"]]
    return Explanation(
        f"{HEADINGS[measure]}: today and in the scenario", float(values.iloc[-1]), HEADINGS[measure], MEANING[measure], tuple(lines),
        basis, rows, "rows of the file stand behind today's figure; the levers are made of them",
        ("Each lever's step is the lever alone. " + ROUNDING + ": " + SOURCES["together"] + ".", *comparison.scenario.notes))

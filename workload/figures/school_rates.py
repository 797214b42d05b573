"""FTE for each 1,000 enrolled, by school, with a denominator that says what it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from workload.figures import chart
from workload.figures.masking import masked, masking_note, masking_words, shown_or_withheld
from workload.figures.open_premise import WORD, so_far
from workload.figures.row_marks import filled, line_through, marks, upright
from workload.figures.tones import NAMED
from workload.model.roster import NO_SCHOOL
from workload.model.words import count, shown

MOST_DOTS = 40
RATE_TITLE = "Is it even across schools? FTE of OT and OTA time required and available for each 1,000 students enrolled"

COLUMNS = (
    "School",
    "Students enrolled",
    "Required, FTE for each 1,000 enrolled",
    "Available, FTE for each 1,000 enrolled",
    "Required, FTE",
    "Available, FTE",
    "Note",
)


def fte_per_1000(
    schools: pd.DataFrame, smallest: int = 0, whole: pd.DataFrame | None = None, provisional: bool = False
) -> chart.Chart:
    """Required and available FTE for each 1,000 students enrolled, with the district's own rates as lines.

    The district's rates are sums over sums of the schools that give an enrollment, never means of rates.

    whole        every school of the district, where a filter has left some out; no filter moves the lines
    provisional  whether what is available rests on an open premise
    """
    own = schools[schools["school"] != NO_SCHOOL] if len(schools) else schools
    if own.empty:
        return chart.empty_chart(RATE_TITLE, chart.NO_SCHOOLS, chart.LOAD, COLUMNS)
    enrolled = own["enrollment"].to_numpy(float)
    known = np.nan_to_num(enrolled) > 0
    hidden = masked(own["caseload"].to_numpy(float), smallest)
    required, available = own["required_fte"].to_numpy(float), own["available_fte"].to_numpy(float)
    of = np.where(known, enrolled, np.nan) / 1000
    names = own["school"].tolist()
    order = sorted(
        range(len(own)),
        key=lambda at: (
            hidden[at],
            not known[at],
            -required[at] / of[at] if known[at] and not hidden[at] else 0.0,
            names[at],
        ),
    )
    table = chart.table_of(
        COLUMNS,
        [names[at] for at in order],
        *(
            shown_or_withheld(values[order], hidden[order], digits)
            for values, digits in (
                (enrolled, 0),
                (required / of, 2),
                (available / of, 2),
                (required, 2),
                (available, 2),
            )
        ),
        [masking_words(smallest) if hidden[at] else "" if known[at] else "no enrollment given" for at in order],
    )
    notes, missing = masking_note(hidden, smallest), int(np.sum(~known))
    if missing:
        notes.insert(
            0,
            f"{count(missing, 'school')} {'gives' if missing == 1 else 'give'} no enrollment and "
            f"{'is' if missing == 1 else 'are'} listed in the table only.",
        )
    seen = [at for at in order if known[at] and not hidden[at]]
    if not seen:
        nothing = chart.empty_chart(RATE_TITLE, " ".join(notes), "Fill in enrollment on the Schools sheet.")
        return replace(nothing, numbers=table)
    drawn = seen[:MOST_DOTS]
    if len(drawn) < len(seen):
        notes.append(f"The {MOST_DOTS} with the highest rate of {len(seen)} are drawn; the table has all.")
    district, base, students = _of_the_district(schools if whole is None else whole)
    end = f" ({WORD})" if provisional else ""
    alt = (
        f"FTE of OT and OTA time for each 1,000 students enrolled, by school. Over the {count(base, 'school')} "
        f"with an enrollment, together {shown(students, 0)} students, {shown(district[0], 2)} are "
        f"required and {shown(district[1], 2)} available{end}. {names[seen[0]]} requires the most with "
        f"{shown(required[seen[0]] / of[seen[0]], 2)}, {names[seen[-1]]} the least with "
        f"{shown(required[seen[-1]] / of[seen[-1]], 2)}."
    )
    basis = (
        f"The lines are the district: {shown(district[0], 2)} required and {shown(district[1], 2)} available over "
        f"{count(base, 'school')} and {shown(students, 0)} enrolled students{end}."
    )
    made = chart.Chart(
        chart.opening(_rate_figure(drawn, names, required / of, available / of, district), [names[at] for at in drawn]),
        RATE_TITLE,
        " ".join([alt, *notes]),
        table,
        " ".join([basis, *notes]),
        f"The district requires {shown(district[0], 2)} FTE for each 1,000 enrolled and has {shown(district[1], 2)}",
    )
    return so_far(made, provisional)


def _of_the_district(schools: pd.DataFrame) -> tuple[list[float], int, float]:
    """(required and available FTE for each 1,000, schools that give an enrollment, students enrolled there)."""
    base = schools[(schools["school"] != NO_SCHOOL) & (schools["enrollment"].fillna(0) > 0)]
    enrolled = float(base["enrollment"].sum())
    sums = (float(base[name].to_numpy(float).sum()) for name in ("required_fte", "available_fte"))
    return [each / enrolled * 1000 for each in sums], len(base), enrolled


def _rate_figure(
    drawn: list[int], names: list[str], required: np.ndarray, available: np.ndarray, district: list[float]
) -> dict:
    told = [chart.short_name(names[at]) for at in drawn]
    data = []
    for color, is_short in ((NAMED.gap, True), (NAMED.about, False)):
        ends = (
            (place, available[at], required[at])
            for place, at in enumerate(drawn)
            if (required[at] > available[at]) == is_short
        )
        points = [point for row, low, high in ends for point in ((low, row), (high, row), (None, None))]
        if points:
            data.append({**line_through(points, color=color, width=3), "showlegend": False})
    for rate, color, dash, name in zip(
        district, (NAMED.soft, NAMED.accent), ("dash", "dot"), ("required", "available"), strict=True
    ):
        data.append({**upright(rate, len(drawn), color=color, dash=dash), "name": f"district, {name}"})
    for name, values, symbol, color in (
        ("available", available, "diamond", NAMED.accent),
        ("required", required, "circle", NAMED.soft),
    ):
        said = [
            f"{school}: {shown(values[at], 2)} FTE {name} for each 1,000 enrolled"
            for school, at in zip(told, drawn, strict=True)
        ]
        places = list(range(len(drawn)))
        data.append(marks(values[drawn].tolist(), places, said, filled(color, 11, symbol), name=name, showlegend=True))
    top = max(*required[drawn], *available[drawn], *district) * 1.06
    right = [f"{shown(required[at], 2)} / {shown(available[at], 2)}" for at in drawn]
    return chart.rows_figure(
        data,
        told,
        right,
        chart.value_axis("FTE for each 1,000 students enrolled", range=[0, top]),
        first=-1.35,
        heading="required / available",
        extra=50,
        showlegend=True,
        legend=chart.legend_above(),
    )

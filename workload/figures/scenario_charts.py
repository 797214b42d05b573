"""Decide: what changes at the schools, money."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workload.figures import chart
from workload.figures.masking import masked, masking_note, masking_words
from workload.figures.open_premise import so_far, told
from workload.figures.row_marks import bar_of_pair, dumbbell, upright
from workload.figures.tones import NAMED
from workload.model.words import count, numbers, rounded, shown, significant

SCHOOLS_TITLE = "What changes at each school? Gap in FTE, today and in the scenario"
MOST_SCHOOLS = 30


def schools_before_after(
    before: pd.DataFrame, after: pd.DataFrame, students: Sequence[float], smallest: int = 0, provisional: bool = False
) -> chart.Chart:
    """Each school's gap today and in the scenario, largest change first.

    before, after  `Outcome.schools`, in the same order
    students       caseload of each school; schools with fewer than `smallest` are withheld
    """
    columns = ("School", "Gap today, FTE", "Gap in the scenario, FTE", "Change, FTE", "Covered in the scenario", "Note")
    hidden = masked(np.asarray(students, float), smallest)
    then, now = before["gap_fte"].to_numpy(float), after["gap_fte"].to_numpy(float)
    served = (before["required_fte"] + after["required_fte"]).to_numpy(float) > 0
    schools, covered, change = before["school"].tolist(), after["covered"].tolist(), now - then
    order = sorted(
        np.flatnonzero(served),
        key=lambda at: (bool(hidden[at]), 0.0 if hidden[at] else -abs(change[at]), str(schools[at])),
    )
    table = pd.DataFrame(
        [
            (
                schools[at],
                *((np.nan,) * 3 if hidden[at] else numbers((then[at], now[at], change[at]), 2)),
                "" if hidden[at] else "yes" if covered[at] else "no",
                masking_words(smallest) if hidden[at] else "",
            )
            for at in order
        ],
        columns=list(columns),
    )
    differs = [not hidden[at] and rounded(then[at], 2) != rounded(now[at], 2) for at in range(len(then))]
    drawn = [at for at in order if differs[at]][:MOST_SCHOOLS]
    notes = masking_note(hidden[served], smallest)
    if not drawn:
        empty = chart.empty_chart(
            SCHOOLS_TITLE, "No school changes in this scenario.", "Add a lever, or raise its value.", columns
        )
        return chart.Chart(empty.figure, SCHOOLS_TITLE, empty.alt, table, " ".join(notes))
    more = sum(differs[at] for at in order) - len(drawn)
    same = int((~hidden[order]).sum()) - len(drawn) - more
    notes = [
        *([f"{count(same, 'school')} without a change {'is' if same == 1 else 'are'} not drawn."] if same else []),
        *([f"{count(more, 'more school')} in the table."] if more else []),
        *notes,
    ]
    names = [chart.short_name(schools[at]) for at in drawn]
    alt = told(
        f"The gap changes at {count(len(drawn) + more, 'school')}",
        "; ".join(
            f"{before['school'].iloc[at]} from {shown(then[at], 2)} to {shown(now[at], 2)} FTE" for at in drawn[:3]
        ),
        provisional=provisional,
    )
    made = chart.Chart(
        chart.opening(
            _dumbbell(names, then[drawn], now[drawn], "gap in FTE; below zero is short"), [schools[at] for at in drawn]
        ),
        SCHOOLS_TITLE,
        alt,
        table,
        " ".join(["Hollow is today, filled is the scenario; to the right is better.", *notes]),
        f"The gap changes at {count(len(drawn) + more, 'school')}",
    )
    return so_far(made, provisional)


def _dumbbell(names: list[str], then: np.ndarray, now: np.ndarray, axis: str) -> dict:
    said = tuple(
        [f"{name}: {shown(value, 2)} {when}" for name, value in zip(names, values, strict=True)]
        for values, when in ((then, "today"), (now, "in the scenario"))
    )
    right = [f"{shown(one, 2)} → {shown(other, 2)}".replace("-", "−") for one, other in zip(then, now, strict=True)]
    low, high = min(then.min(), now.min(), 0.0), max(then.max(), now.max(), 0.0)
    room = (high - low or 1.0) * 0.08
    return chart.rows_figure(
        [*dumbbell(then.tolist(), now.tolist(), said, ("today", "scenario")), upright(0, len(names))],
        names,
        right,
        chart.value_axis(axis, range=[low - room, high + room]),
        heading="today → scenario",
        first=-1.4,
        extra=10,
    )


def money_over_time(rows: Sequence[tuple[str, float, float]], provisional: bool = False) -> chart.Chart:
    """Dollars in the first and in each later year, one pair of bars for each row.

    rows  (label, first year, each later year), the scenario first
    """
    title = "What does it cost, and what does it cost to do nothing? Dollars in the first year and in each later year"
    columns = ("What", "First year, dollars", "Each later year, dollars")
    if not any(value for _, *values in rows for value in values):
        return chart.empty_chart(
            title, "Nothing to show: the scenario costs nothing and nothing is owed.", "Add a lever.", columns
        )
    data = []
    firsts, laters = [first for _, first, _ in rows], [later for _, _, later in rows]
    for side, (name, color, values) in enumerate(
        (("first year", NAMED.accent, firsts), ("each later year", NAMED.soft, laters))
    ):
        said = [f"{row[0]}, {name}: {_dollars(value)}" for row, value in zip(rows, values, strict=True)]
        shown_as = {"text": [f" {_dollars(value)} " for value in values], "textposition": "outside"}
        data.append(bar_of_pair(side, values, said, name, color, **shown_as, cliponaxis=False, textfont=chart.font(12)))
    low, high = min(*firsts, *laters, 0.0), max(*firsts, *laters, 0.0)
    room = (high - low) * 0.2
    figure = chart.rows_figure(
        data,
        [row[0].replace("|", "<br>") for row in rows],
        [""] * len(rows),
        chart.value_axis("dollars", tickformat=",", range=[low - (room if low < 0 else 0), high + room]),
        height=110 + 62 * len(rows),
        showlegend=True,
        legend=chart.legend_above(),
        barmode="overlay",
    )
    plain = [row[0].replace("|", " ") for row in rows]
    alt = told(
        "; ".join(
            f"{name}: {_dollars(first)} in the first year, {_dollars(later)} in each later year"
            for name, (_, first, later) in zip(plain, rows, strict=True)
        ),
        provisional=provisional,
    )
    made = chart.Chart(
        figure,
        title,
        alt,
        chart.table_of(columns, plain, numbers(firsts, 0), numbers(laters, 0)),
        found=f"{plain[0]}: {_about(rows[0][1])} in the first year, {_about(rows[0][2])} in each later one",
    )
    return so_far(made, provisional)


def _about(value: float) -> str:
    """Dollars as far as example rates bear figures: two of them."""
    return f"about {'−' if value < 0 else ''}${shown(significant(abs(value), 2), 0)}"


def _dollars(value: float) -> str:
    return ("−" if rounded(value, 0) < 0 else "") + "&#36;" + shown(abs(value), 0)

"""Caseload beside workload: why a count of students does not show where the work is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
import pandas as pd

from workload.figures.chart import LOAD, Chart, empty_chart, opening, rows_figure, short_name, value_axis
from workload.figures.masking import masked, masking_note, masking_words
from workload.figures.row_marks import dumbbell, keys_above
from workload.model.roster import NO_THERAPIST, UNASSIGNED
from workload.model.words import count, numbers, percent

MOST_ROWS = 30
SHARES = "Does the count of students show where the work is? Each {label}'s share of the district, in %"
NOTHING = "There are no students and no work to compare."


def _names(table: pd.DataFrame, label: str, names: Mapping[str, str] | None) -> list[str]:
    """What to call each row; somebody whom `names` leaves out gets a number, never the name of the file."""
    told = []
    for place, name in enumerate(table[label], start=1):
        if name == UNASSIGNED:
            told.append(NO_THERAPIST)
        else:
            told.append(str(name) if names is None else names.get(name, f"Person {place}"))
    return told


def caseload_and_workload(
    table: pd.DataFrame,
    label: str,
    names: Mapping[str, str] | None = None,
    smallest: int = 0,
    codes: Mapping[str, str] | None = None,
) -> Chart:
    """Each row's share of all students beside its share of all work: schools by the difference, people as they come.

    table     `Answer.schools` or `Answer.therapists`
    label     the column that names a row: "school" or "therapist"
    names     what to call each row; None shows the names of the file
    smallest  rows with fewer students are left out of the drawing and masked in the table
    codes     what a click on a row opens, by name; a row without one opens nothing

    Shares are of the sum over the rows, so each adds up to 100%; a student who counts in two rows counts twice.
    """
    title = SHARES.format(label=label)
    students, work = table["caseload"].to_numpy(float), table["workload_hours"].to_numpy(float)
    if not students.sum() or not work.sum():
        return empty_chart(title, NOTHING, LOAD, _shares_table(label, [], [], [], [], []).columns)
    told, hidden = _names(table, label, names), masked(students, smallest).tolist()
    share, share_of_work = students / students.sum() * 100, work / work.sum() * 100
    difference = (share_of_work - share).tolist()
    # Withheld rows stand last in the order of their names: their place must not tell their numbers.
    ranked = label != "therapist"  # an order by the difference would be a ranking of people
    order = sorted(
        range(len(told)),
        key=lambda at: (hidden[at], *((0.0 if hidden[at] else -difference[at], told[at]) if ranked else (at,))),
    )
    seen = [at for at in order if not hidden[at]]
    widest = set(sorted(seen, key=lambda at: -abs(difference[at]))[:MOST_ROWS])
    drawn = [at for at in seen if at in widest]
    data = partial(
        _shares_table,
        label,
        [told[at] for at in order],
        students[order],
        share[order],
        share_of_work[order],
        [masking_words(smallest) if hidden[at] else "" for at in order],
    )
    notes = [f"The widest {MOST_ROWS} of {len(seen)} are drawn; the table has all."] if len(drawn) < len(seen) else []
    notes += masking_note(hidden, smallest)
    called = table[label].tolist()
    opens = [None if codes is None else codes.get(called[at]) for at in drawn]
    return Chart(
        opening(_shares_figure(drawn, told, share, share_of_work), opens)
        if drawn
        else empty_chart(title, masking_note(hidden, smallest)[0], "The numbers are withheld.").figure,
        title,
        _shares_alt(label, seen, told, share, share_of_work, label != "therapist", notes),
        data,
        " ".join(["A line to the right means more work than the count of students suggests.", *notes]),
        _shares_found(label, drawn, told, share, share_of_work, ranked),
    )


def _shares_found(label, drawn, told, share, work, say_names) -> str:
    """The row whose students tell least about its work; a person is not named."""
    if not drawn:
        return ""
    at = max(drawn, key=lambda at: abs(work[at] - share[at]))
    who = told[at] if say_names else "One post"
    return f"{who} has {percent(share[at] / 100, 1)} of the students and {percent(work[at] / 100, 1)} of the work"


def _shares_table(label, told, students, share, share_of_work, notes) -> pd.DataFrame:
    hide = [bool(note) for note in notes]

    def column(values, digits):
        return [np.nan if gone else value for value, gone in zip(numbers(values, digits), hide, strict=True)]

    return pd.DataFrame(
        {
            label.capitalize(): told,
            "Students (caseload)": column(students, 0),
            "Share of students, %": column(share, 1),
            "Share of work, %": column(share_of_work, 1),
            "Work minus students, percentage points": column(np.asarray(share_of_work) - np.asarray(share), 1),
            "Note": notes,
        }
    )


def _shares_figure(drawn: list[int], told: list[str], share: np.ndarray, work: np.ndarray) -> dict:
    top = max(share[drawn].max(), work[drawn].max()) * 1.12
    names = [short_name(told[at]) for at in drawn]
    said = tuple(
        [
            f"{name}: {percent(part[at] / 100, 1)} of the district's {whole}"
            for name, at in zip(names, drawn, strict=True)
        ]
        for part, whole in ((share, "students"), (work, "work"))
    )
    right = [f"{percent(share[at] / 100, 1)} → {percent(work[at] / 100, 1)}" for at in drawn]
    return rows_figure(
        dumbbell(share[drawn].tolist(), work[drawn].tolist(), said, ("share of students", "share of work")),
        names,
        right,
        value_axis("share of the district, %", range=[0, top]),
        first=-1.35,
        heading="students → work",
        extra=10,
        annotations=keys_above(share[drawn[0]], work[drawn[0]], "students", "work"),
    )


def _shares_alt(label, seen, told, share, work, say_names, notes) -> str:
    if not seen:
        return " ".join(["Share of students beside share of work.", *notes])

    def one(at):
        who = told[at] if say_names else f"one {label}"
        return f"{who} has {percent(share[at] / 100, 1)} of the students and {percent(work[at] / 100, 1)} of the work"

    top, last = (find(seen, key=lambda at: work[at] - share[at]) for find in (max, min))
    off = sum(1 for at in seen if abs(work[at] - share[at]) >= 1)
    return " ".join(
        [
            f"Share of the district's students beside its share of the work for {count(len(seen), label)}.",
            f"Farthest one way, {one(top)}; farthest the other, {one(last)}." if len(seen) > 1 else f"{one(top)}.",
            f"For {off} of {len(seen)} the two differ by one percentage point or more.",
            *notes,
        ]
    )

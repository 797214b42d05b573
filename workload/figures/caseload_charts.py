"""Caseload beside workload: why a count of students does not show where the work is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd

from workload.figures.chart import LOAD, Chart, empty_chart, opening, rows_figure, short_name, table_of, value_axis
from workload.figures.row_marks import dumbbell, keys_above
from workload.model.roster import NO_THERAPIST, UNASSIGNED
from workload.model.words import count, numbers, percent

MOST_ROWS = 30
TITLE = "Does the count of students show where the work is? Each therapist's share of the district, in %"
NOTHING = "There are no students and no work to compare."
MEANING = "A line to the right means more work than the count of students suggests."
COLUMNS = (
    "Therapist",
    "Students (caseload)",
    "Share of students, %",
    "Share of work, %",
    "Work minus students, percentage points",
    "Note",
)


def _names(table: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    """What to call each row; somebody whom `names` leaves out gets a number, never the name of the file."""
    return [
        NO_THERAPIST if name == UNASSIGNED else names.get(name, f"Person {place}")
        for place, name in enumerate(table["therapist"], start=1)
    ]


def caseload_and_workload(table: pd.DataFrame, names: Mapping[str, str], codes: Mapping[str, str]) -> Chart:
    """Each person's share of all students beside the share of all work, as they come: another order would rank people.

    table  `Answer.therapists`
    names  what to call each person
    codes  what a click on a row opens, by name; a row without one opens nothing

    Shares are of the sum over the rows, so each adds up to 100%; a student who counts in two rows counts twice.
    """
    students, work = table["caseload"].to_numpy(float), table["workload_hours"].to_numpy(float)
    if not students.sum() or not work.sum():
        return empty_chart(TITLE, NOTHING, LOAD, COLUMNS)
    told, share, share_of_work = _names(table, names), students / students.sum() * 100, work / work.sum() * 100
    apart = share_of_work - share
    widest = set(sorted(range(len(told)), key=lambda at: -abs(apart[at]))[:MOST_ROWS])
    drawn = [at for at in range(len(told)) if at in widest]
    called = table["therapist"].tolist()
    shares = (numbers(values, 1) for values in (share, share_of_work, apart))
    columns: tuple[Sequence[object], ...] = (told, numbers(students, 0), *shares)
    notes = [f"The widest {MOST_ROWS} of {len(told)} are drawn; the table has all."] if len(drawn) < len(told) else []
    far = max(drawn, key=lambda at: abs(apart[at]))
    return Chart(
        opening(_shares_figure(drawn, told, share, share_of_work), [codes.get(called[at]) for at in drawn]),
        TITLE,
        _shares_alt(share, share_of_work, notes),
        partial(table_of, COLUMNS, *columns, [""] * len(told)),
        " ".join([MEANING, *notes]),
        f"One post {_has(share[far], share_of_work[far])}",  # a person is not named
    )


def _has(share: float, work: float) -> str:
    return f"has {percent(share / 100, 1)} of the students and {percent(work / 100, 1)} of the work"


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


def _shares_alt(share: np.ndarray, work: np.ndarray, notes: Sequence[str]) -> str:
    top, last = (
        f"one therapist {_has(share[at], work[at])}" for at in ((work - share).argmax(), (work - share).argmin())
    )
    return " ".join(
        [
            f"Share of the district's students beside its share of the work for {count(len(share), 'therapist')}.",
            f"Farthest one way, {top}; farthest the other, {last}." if len(share) > 1 else f"{top}.",
            f"For {(abs(work - share) >= 1).sum()} of {len(share)} the two differ by one percentage point or more.",
            *notes,
        ]
    )

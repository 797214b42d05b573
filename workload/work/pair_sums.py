"""Sums of lines and events by (therapist, school): the cells of the pair table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from workload.model.coding import MISSING
from workload.work.events import Events
from workload.work.people import People
from workload.work.row_facts import CONSULT, DIRECT, KINDS, UNSIZED
from workload.work.services import Lines
from workload.work.there import There
from workload.work.travel import moves_by_visits

# What is summed for each therapist and school. Minutes and sessions are a year's, makeup minutes a week's.
FEATURES = (
    "direct_minutes",
    "consult_minutes",
    "makeup_minutes",
    "sessions",
    "initial",
    "reevaluation",
    "students_initial",
    "students_reevaluation",
    "iep",
    "plan_504",
)
EVENT_FEATURES = FEATURES[4:]


@dataclass(frozen=True, eq=False)
class Served:
    """The (therapist, school) pairs with lines in force, sorted, and what those lines owe. Shapes: (served,)."""

    therapist: np.ndarray  # Unassigned last
    school: np.ndarray  # No school last
    sums: Mapping[str, np.ndarray]  # a year; `owed` a week


def served_by(lines: Lines, occurs: np.ndarray, owed: np.ndarray, people: There, schools: There) -> Served:
    """The pairs of the day. Those of the file may be one there: who is not in post is nobody.

    occurs  (pairs of the file,) of which a line is in force
    owed    (pairs of the file,) minutes a week
    """
    of_pairs, n_schools = {**_sums_of_pairs(lines), "owed": owed}, schools.size
    at = np.flatnonzero(occurs)
    therapist, school = (
        np.where(codes[at] == MISSING, nobody, codes[at])
        for codes, nobody in ((lines.pair_therapist, people.nobody), (lines.pair_school, schools.nobody))
    )
    keys, place = _ranked(therapist * n_schools + school)
    return Served(
        keys // n_schools,
        keys % n_schools,
        {name: np.bincount(place, sums[at], minlength=len(keys)) for name, sums in of_pairs.items()},
    )


def moves_of(served: Served, weeks: float, people: There, schools: There) -> np.ndarray:
    """Moves a week of each person without a day plan."""
    visits = np.where(served.school == schools.nobody, 0.0, served.sums["visits"] / weeks)
    return moves_by_visits(served.therapist, visits, people.size)[:-1]


def cells_of(
    served: Served, people: People, events: Events, planned: tuple[np.ndarray, ...], schools: There
) -> dict[str, np.ndarray]:
    """What `Demand` has of each cell: the pairs with lines, events or a planned day, and everybody's base school."""
    n_schools, happens = schools.size, np.flatnonzero(events.happens)
    base = np.where(people.base_school == MISSING, schools.nobody, people.base_school)
    pieces = (
        (served.therapist, served.school),
        (events.cell_therapist[happens], events.cell_school[happens]),
        (np.arange(len(base)), base),
        planned[:2],
    )
    keys, places = _ranked(np.concatenate([therapist * n_schools + school for therapist, school in pieces]))
    of_lines, of_events, _, of_plans = np.split(places, np.cumsum([len(school) for _, school in pieces])[:-1])

    def placed(at: np.ndarray, values: np.ndarray) -> np.ndarray:
        found = np.zeros(len(keys))
        found[at] = values
        return found

    sums = {name: placed(of_lines, values) for name, values in served.sums.items()}
    counts = (np.bincount(of_events, events.in_cells(name)[happens], minlength=len(keys)) for name in EVENT_FEATURES)
    # Each feature lies in one piece, so that scaling one reads nothing of the others.
    return {
        "therapist": keys // n_schools,
        "school": keys % n_schools,
        "features": np.array([sums["direct"], sums["consult"], sums["owed"], sums["sessions"], *counts]).T,
        "student_minutes": sums["student"],
        "therapist_minutes": sums["direct"] + sums["consult"],
        "unsized_minutes": sums["unsized"],
        "planned": placed(of_plans, planned[2]),
    }


def _sums_of_pairs(lines: Lines) -> dict[str, np.ndarray]:
    """(pairs,) minutes and sessions a year of the lines in force of each pair of person named and school."""
    facts, count = lines.facts, len(lines.pair_school)
    which = facts.pair_and_kind
    if len(lines.out):  # they fall to a pair that is left out
        which = which.copy()
        which[lines.out] = count * KINDS

    def summed(values: np.ndarray) -> np.ndarray:
        return np.bincount(which, values, minlength=count * KINDS)[: count * KINDS].reshape(KINDS, count)

    student, therapist = summed(lines.of_rows.student_minutes), summed(lines.therapist_minutes_of_rows)
    visits = summed(lines.of_rows.visits)
    sessions = visits[DIRECT] + visits[UNSIZED]
    return {
        "student": student[DIRECT] + student[UNSIZED] + student[CONSULT],
        "direct": therapist[DIRECT] + therapist[UNSIZED],
        "consult": therapist[CONSULT],
        "unsized": therapist[UNSIZED],
        "sessions": sessions,
        "visits": sessions + visits[CONSULT],
    }


def _ranked(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(the distinct keys, sorted, which of them each key is). They come in sorted pieces, which a stable sort merges."""
    order = np.argsort(keys, kind="stable")
    in_order = keys[order]
    first = np.ones(len(keys), bool)
    first[1:] = in_order[1:] != in_order[:-1]
    place = np.empty(len(keys), np.int64)
    place[order] = np.cumsum(first) - 1
    return in_order[first], place

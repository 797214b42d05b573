"""Which weeks fit their contract: counted in bands, never ranked; and which schools' work would make one week fit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from workload.model.roster import UNASSIGNED
from workload.model.words import rounded

FULLEST_BAND = 1.2  # of the contract; where the second band ends. Project choice for the page, no rule
MOST_TRIED, MOST_HANDED_ON = 10, 3  # schools; a week that gives up more than three is another week


class Bands(NamedTuple):
    """People by how full their weeks are. The first three are in post and present; they add up to `present`."""

    far_over: int
    over: int
    fits: int
    on_leave: int
    not_in_post: int

    @property
    def too_full(self) -> int:
        """Weeks with more work than hours, as both are written with one decimal."""
        return self.far_over + self.over

    @property
    def present(self) -> int:
        """People with hours on the day."""
        return self.too_full + self.fits


def hours_beyond(workload_hours: float, available_hours: float) -> float:
    """Hours a week beyond the contract, with one decimal as they are written; never less than 0."""
    return max(0.0, rounded(workload_hours - available_hours, 1))


def bands(people: pd.DataFrame) -> Bands:
    """How many weeks lie in each band.

    people  `Answer.people`; the row of work without a therapist is nobody's week
    """
    found = [0, 0, 0, 0, 0]
    columns = (people[name].tolist() for name in ("therapist", "workload_hours", "available_hours", "on_leave"))
    for name, work, there, on_leave in zip(*columns, strict=True):
        if name == UNASSIGNED:
            continue
        if not there > 0:
            found[3 if on_leave else 4] += 1
        elif not hours_beyond(work, there):
            found[2] += 1
        else:
            found[0 if work > FULLEST_BAND * there else 1] += 1
    return Bands(*found)


def schools_to_hand_on(cells: pd.DataFrame, beyond: float) -> Sequence[tuple[str, float]]:
    """The schools with the least work that is enough to make a week fit: (school, hours a week); empty where none is.

    cells   the rows of `Answer.cells` of one person
    beyond  hours a week that do not fit

    At least one school stays with the person. Driving and supervision change with the schools; the hours are today's.
    """
    works = cells[cells["workload_hours"] > 0].sort_values("workload_hours", ascending=False).head(MOST_TRIED)
    schools = list(zip(works["school"], works["workload_hours"].astype(float), strict=True))
    enough = [
        some
        for size in range(1, min(len(schools) - 1, MOST_HANDED_ON) + 1)
        for some in combinations(schools, size)
        if sum(hours for _, hours in some) >= beyond > 0
    ]
    return min(enough, key=lambda some: (sum(hours for _, hours in some), len(some)), default=())

"""Who of the people and schools that a file names is there on the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from workload.model.coding import MISSING, Codes
from workload.model.roster import Roster
from workload.model.school_year import school_year
from workload.work.posts import Posts


@dataclass(frozen=True, eq=False)
class There:
    """The people or schools that are there, and the names of the file as codes among them. Shapes: (names of the file + 1,).

    The last element stands for nobody, or for no school.
    """

    names: Codes  # of those that are there
    code: np.ndarray  # among these names; `MISSING` for a name that is not there
    apart: np.ndarray  # who has work of its own: not a person who is not in post

    @property
    def nobody(self) -> int:
        """The code after the last name: Unassigned, or No school."""
        return len(self.names)

    @property
    def size(self) -> int:
        """How many codes there are, nobody's included."""
        return len(self.names) + 1

    @property
    def counted(self) -> np.ndarray:
        """(names of the file,) which of them are there."""
        return self.code[:-1] != MISSING

    @classmethod
    def of(cls, every: Codes, counted: np.ndarray, apart: np.ndarray) -> There:
        """From (names of the file,) who is there and who has work of its own."""
        code = np.append(np.where(counted, np.cumsum(counted) - 1, MISSING), MISSING)
        names = every if counted.all() else Codes(tuple(every.names[at] for at in np.flatnonzero(counted)))
        return cls(names, code, np.append(apart, False))


def people_there(posts: Posts, named: np.ndarray, day: date) -> There:
    """Everybody of a Therapists sheet; without one who is named on a line in force.

    named  codes of `posts` that lines in force name
    """
    counted = _seen(named, len(posts.codes)) if posts.assumed else np.ones(len(posts.codes), bool)
    return There.of(posts.codes, counted, in_post_on(posts, day))


def schools_there(roster: Roster, at_work: np.ndarray, day: date) -> There:
    """Every school of the Schools sheet and any other with work, an evaluation, a base or a planned day.

    at_work  codes of `Posts` that lines in force name
    """
    posts = roster.once(Posts)
    evaluated = posts.evaluated_at[evaluations_this_year(roster, day)]
    seen = _seen(np.concatenate((at_work, evaluated)), len(posts.schools))
    return There.of(posts.schools, posts.always | seen, np.ones(len(posts.schools), bool))


def in_post_on(posts: Posts, day: date) -> np.ndarray:
    """Who of the people is in post on the day, shape (people,)."""
    on = np.datetime64(day, "s")
    return ~(posts.column("start") > on) & ~(posts.column("end") < on)


def evaluations_this_year(roster: Roster, day: date) -> np.ndarray:
    """Positions of the Evaluations rows that fall in the school year of the day (completed, else due, else consent)."""
    when = roster.once(Posts).evaluated
    first, last = school_year(day)
    return np.flatnonzero((when >= np.datetime64(first, "s")) & (when <= np.datetime64(last, "s")))


def _seen(codes: np.ndarray, count: int) -> np.ndarray:
    """(count,) which codes occur; others than those are left out."""
    return np.bincount(codes[(codes >= 0) & (codes < count)], minlength=count) > 0

"""Levers that bring people: a post, part-time days, an agency, telepractice, filling what is vacant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from workload.model.coding import MISSING
from workload.scenarios.lever_fields import NOBODY, SUPERVISOR, Lever, choice, count, number, person, schools
from workload.scenarios.scenario_state import Situation
from workload.scenarios.work_moves import least_loaded_ot, take_over, takeable_hours, with_person

OT, OTA = "OT", "OTA"
EMPLOYEE, AGENCY, TELEPRACTICE = "employee", "agency", "telepractice"


@dataclass(frozen=True)
class Post(Lever):
    """Somebody more. The kinds of post differ in how their hours come about, and in what they may take over.

    word        what the post is called in tables, before its role
    employment  as in the roster: it decides the price, and whether there is travel
    overfull    whether it takes what is too much for others, after the work that nobody has
    """

    word: ClassVar[str] = ""
    employment: ClassVar[str] = EMPLOYEE
    overfull: ClassVar[bool] = True
    role: str = choice(OT, "Role", OT, OTA)

    def hours(self, full_week: float) -> float:
        """Contract hours a week, for the hours of a full week."""
        return getattr(self, self.size)

    @property
    def on_site_hours(self) -> float | None:
        """Hours a week into which everything that happens with students must fit; None for all of them."""
        return None

    @property
    def duty_hours(self) -> float:
        """Hours a week that no student's work may take."""
        return 0.0


@dataclass(frozen=True)
class FtePost(Post, size="fte"):
    """A post whose size is in FTE."""

    fte: float = number(0, "FTE", "FTE", 0, 500)
    schools: tuple[str, ...] = schools()
    supervisor: int = person(SUPERVISOR)

    def hours(self, full_week: float) -> float:
        """FTE × full week."""
        return self.fte * full_week


@dataclass(frozen=True)
class AddPost(FtePost, kind="add", label="Add a post", stage=61, word="Added"):
    """A post at chosen schools. It takes over Unassigned work there, then what is too much for others there."""


@dataclass(frozen=True)
class FillPost(FtePost, kind="fill", label="Fill a vacant post", stage=60, word="Filled", overfull=False):
    """A vacant post is filled: it takes over Unassigned work at the schools and nobody else's."""


@dataclass(frozen=True)
class PartTimePost(Post, kind="part_time", label="Part-time post", stage=62, size="days", word="Part-time"):
    """A post of a few days a week with hours at school each day and hours a week elsewhere for writing."""

    days: int = count(0, "Days a week", "days", 0, 4)
    on_site_hours_per_day: float = number(6.5, "Hours at school on each day", "hours", 1, 10)
    off_site_hours_per_week: float = number(0, "Hours elsewhere for notes and reports", "hours a week", 0, 20)
    schools: tuple[str, ...] = schools()
    supervisor: int = person(SUPERVISOR)

    def hours(self, full_week: float) -> float:
        """Days × hours at school + hours elsewhere."""
        return self.on_site_hours + self.off_site_hours_per_week

    @property
    def on_site_hours(self) -> float:
        return self.days * self.on_site_hours_per_day


@dataclass(frozen=True)
class AgencyPost(
    Post, kind="agency", label="Agency contract", stage=63, size="hours_per_week", word="Agency", employment=AGENCY
):
    """Hours a week bought from an agency, worked at the schools, with travel between them."""

    hours_per_week: float = number(0, "Hours a week", "hours", 0, 400)
    schools: tuple[str, ...] = schools()
    supervisor: int = person(SUPERVISOR)


@dataclass(frozen=True)
class Telepractice(
    Post,
    kind="telepractice",
    label="Telepractice",
    stage=64,
    size="hours_per_week",
    word="Telepractice",
    employment=TELEPRACTICE,
):
    """Hours a week by video: no travel, and a share of the hours goes into more preparation."""

    hours_per_week: float = number(0, "Hours a week", "hours", 0, 400)
    preparation_share: float = number(0.1, "Share of the hours for more preparation", "as a share", 0, 0.9)
    schools: tuple[str, ...] = schools()
    supervisor: int = person(SUPERVISOR)

    @property
    def duty_hours(self) -> float:
        return self.preparation_share * self.hours_per_week


POSTS = (AddPost, PartTimePost, AgencyPost, Telepractice, FillPost)
AnyPost = FtePost | PartTimePost | AgencyPost | Telepractice


def bring(situation: Situation, lever: AnyPost) -> Situation:
    """Adds the person and fills the week. More than one full week stands for several people who share the schools."""
    week = float(situation.assumptions["hours_per_week"])
    hours = lever.hours(week)
    if lever.on_site_hours is not None and hours > week:
        situation = situation.noted(
            f"The part-time post has {hours:g} hours a week, more than the full week of {week:g}."
        )
    served = _served(situation, lever, hours)
    if lever.schools and not len(served):
        return situation.noted(f"{lever.label}: none of its schools is in the pilot.")
    supervisor = _supervisor(situation, lever)
    if lever.role == OTA and supervisor == MISSING:
        situation = situation.noted("Nobody is there to supervise the added OTA.")
    real = served[served < len(situation.schools) - 1]  # work without a school needs no drive
    moves = 0.0 if lever.employment == TELEPRACTICE else _moves(len(real), hours / week)
    name = f"{lever.word} {lever.role} {int(situation.added.sum()) + 1}"
    made, code = with_person(
        situation,
        name,
        lever.role == OTA,
        hours,
        lever.employment,
        int(real[0]) if len(real) else MISSING,
        moves,
        lever.duty_hours,
        supervisor,
    )
    names = tuple(situation.schools[at] for at in served)
    return take_over(made, code, names, lever.overfull, situation, lever.on_site_hours) if names else made


def _supervisor(situation: Situation, lever: AnyPost) -> int:
    """The chosen supervising OT, else the OT with most room; `MISSING` for an OT, and where nobody is there."""
    if lever.role != OTA:
        return MISSING
    return lever.supervisor if lever.supervisor != NOBODY else least_loaded_ot(situation)


def _served(situation: Situation, lever: AnyPost, hours: float) -> np.ndarray:
    """Codes of the schools that the post goes to: the named ones, else as few of the neediest as fill its week."""
    cells = situation.cells_at(lever.schools)
    if lever.schools:
        return np.unique(situation.school[cells])
    needed = takeable_hours(situation, lever.role == OTA, lever.overfull) * cells
    of_school = np.bincount(situation.school, needed, minlength=len(situation.schools))
    neediest = np.argsort(-np.round(of_school, 9), kind="stable")
    filled = np.concatenate(([0.0], np.cumsum(of_school[neediest])))[:-1]
    return neediest[(filled < hours) & (of_school[neediest] > 0)]


def _moves(schools: int, people: float) -> float:
    """Moves a week of the method, schools less one; several people share the schools between them."""
    return float(max(0.0, schools - max(1.0, np.ceil(people - 1e-9))))

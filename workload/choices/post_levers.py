"""Levers that bring people: a post, part-time days, an agency, telepractice, filling what is vacant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from workload.choices.fields import NOBODY, Lever, choice, count, number, person, schools
from workload.choices.moving import least_loaded_ot, take_over, takeable_hours, with_person
from workload.choices.situation import Situation
from workload.coding import MISSING

OT, OTA = "OT", "OTA"
EMPLOYEE, AGENCY, TELEPRACTICE = "employee", "agency", "telepractice"


@dataclass(frozen=True)
class AddPost(Lever):
    """A post at chosen schools. It takes over Unassigned work there, then what is too much for others there."""

    kind: ClassVar[str] = "add"
    label: ClassVar[str] = "Add a post"
    stage: ClassVar[int] = 61
    role: str = choice(OT, "Role", OT, OTA)
    fte: float = number(0, "FTE", "FTE", 0, 50)
    schools: tuple[str, ...] = schools()
    supervisor: int = person("Supervising OT (for an OTA)")

    @property
    def is_zero(self) -> bool:
        return self.fte == 0


@dataclass(frozen=True)
class PartTimePost(Lever):
    """A post of a few days a week with hours at school each day and hours a week elsewhere for writing."""

    kind: ClassVar[str] = "part_time"
    label: ClassVar[str] = "Part-time post"
    stage: ClassVar[int] = 62
    role: str = choice(OT, "Role", OT, OTA)
    days: int = count(0, "Days a week", "days", 0, 4)
    on_site_hours_per_day: float = number(6.5, "Hours at school on each day", "hours", 1, 10)
    off_site_hours_per_week: float = number(0, "Hours elsewhere for notes and reports", "hours a week", 0, 20)
    schools: tuple[str, ...] = schools()
    supervisor: int = person("Supervising OT (for an OTA)")

    @property
    def is_zero(self) -> bool:
        return self.days == 0


@dataclass(frozen=True)
class AgencyPost(Lever):
    """Hours a week bought from an agency, worked at the schools."""

    kind: ClassVar[str] = "agency"
    label: ClassVar[str] = "Agency contract"
    stage: ClassVar[int] = 63
    role: str = choice(OT, "Role", OT, OTA)
    hours_per_week: float = number(0, "Hours a week", "hours", 0, 400)
    schools: tuple[str, ...] = schools()
    supervisor: int = person("Supervising OT (for an OTA)")

    @property
    def is_zero(self) -> bool:
        return self.hours_per_week == 0


@dataclass(frozen=True)
class Telepractice(Lever):
    """Hours a week by video: no travel, and a share of the hours goes into more preparation."""

    kind: ClassVar[str] = "telepractice"
    label: ClassVar[str] = "Telepractice"
    stage: ClassVar[int] = 64
    role: str = choice(OT, "Role", OT, OTA)
    hours_per_week: float = number(0, "Hours a week", "hours", 0, 400)
    preparation_share: float = number(0.1, "Share of the hours for more preparation", "as a share", 0, 0.9)
    schools: tuple[str, ...] = schools()
    supervisor: int = person("Supervising OT (for an OTA)")

    @property
    def is_zero(self) -> bool:
        return self.hours_per_week == 0


@dataclass(frozen=True)
class FillPost(Lever):
    """A vacant post is filled: it takes over Unassigned work at the schools and nobody else's."""

    kind: ClassVar[str] = "fill"
    label: ClassVar[str] = "Fill a vacant post"
    stage: ClassVar[int] = 60
    role: str = choice(OT, "Role", OT, OTA)
    fte: float = number(0, "FTE", "FTE", 0, 50)
    schools: tuple[str, ...] = schools()
    supervisor: int = person("Supervising OT (for an OTA)")

    @property
    def is_zero(self) -> bool:
        return self.fte == 0


def add_post(situation: Situation, lever: AddPost) -> Situation:
    """FTE × full week hours at the schools."""
    return _post(situation, lever, lever.fte * _week(situation), EMPLOYEE, "Added")


def part_time_post(situation: Situation, lever: PartTimePost) -> Situation:
    """Days × hours at school + hours elsewhere. What happens with students must fit into the hours at school."""
    on_site = lever.days * lever.on_site_hours_per_day
    if on_site + lever.off_site_hours_per_week > _week(situation):
        situation = situation.noted(
            f"The part-time post has {on_site + lever.off_site_hours_per_week:g} hours a week, more than the full week of "
            f"{_week(situation):g}.")
    return _post(situation, lever, on_site + lever.off_site_hours_per_week, EMPLOYEE, "Part-time", on_site_hours=on_site)


def agency_post(situation: Situation, lever: AgencyPost) -> Situation:
    """The hours bought, with travel between the schools."""
    return _post(situation, lever, lever.hours_per_week, AGENCY, "Agency")


def telepractice(situation: Situation, lever: Telepractice) -> Situation:
    """The hours bought, without travel, less the share for more preparation."""
    return _post(situation, lever, lever.hours_per_week, TELEPRACTICE, "Telepractice",
                 duty_hours=lever.preparation_share * lever.hours_per_week)


def fill_post(situation: Situation, lever: FillPost) -> Situation:
    """FTE × full week hours for work that nobody has."""
    return _post(situation, lever, lever.fte * _week(situation), EMPLOYEE, "Filled", overfull=False)


def _week(situation: Situation) -> float:
    return float(situation.assumptions["hours_per_week"])


def _post(situation: Situation, lever, hours: float, employment: str, word: str, overfull: bool = True,
          duty_hours: float = 0.0, on_site_hours: float | None = None) -> Situation:
    """Adds the person and fills the week. More than one full week stands for several people who share the schools."""
    served = _served(situation, lever, hours, overfull)
    if lever.schools and not len(served):
        return situation.noted(f"{lever.label}: none of its schools is in the pilot.")
    names = tuple(situation.schools[at] for at in served)
    is_ota = lever.role == OTA
    supervisor = lever.supervisor
    if is_ota and supervisor == NOBODY:
        supervisor = least_loaded_ot(situation)
    if is_ota and supervisor == MISSING:
        situation = situation.noted("Nobody is there to supervise the added OTA.")
    real = served[served < len(situation.schools) - 1]           # work without a school needs no drive
    moves = 0.0 if employment == TELEPRACTICE else _moves(len(real), hours / _week(situation))
    name = f"{word} {lever.role} {int(situation.added.sum()) + 1}"
    made, code = with_person(situation, name, is_ota, hours, employment, int(real[0]) if len(real) else MISSING,
                             moves, duty_hours, supervisor if is_ota else MISSING)
    return take_over(made, code, names, overfull, situation, on_site_hours) if names else made


def _served(situation: Situation, lever, hours: float, overfull: bool) -> np.ndarray:
    """Codes of the schools that the post goes to: the named ones, else as few of the neediest as fill its week."""
    cells = situation.cells_at(lever.schools)
    if lever.schools:
        return np.unique(situation.school[cells])
    needed = takeable_hours(situation, lever.role == OTA, overfull) * cells
    of_school = np.bincount(situation.school, needed, minlength=len(situation.schools))
    neediest = np.argsort(-np.round(of_school, 9), kind="stable")
    filled = np.concatenate(([0.0], np.cumsum(of_school[neediest])))[:-1]
    return neediest[(filled < hours) & (of_school[neediest] > 0)]


def _moves(schools: int, people: float) -> float:
    """Moves a week of the method, schools less one; several people share the schools between them."""
    return float(max(0.0, schools - max(1.0, np.ceil(people - 1e-9))))

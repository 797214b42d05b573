"""The people in post: role, contract, presence on the day, day plan, duties of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from workload.model.coding import MISSING
from workload.work.posts import Posts
from workload.work.there import There
from workload.work.travel import Plan


@dataclass(frozen=True, eq=False)
class People:
    """One element for each person in `names` order; the last element is Unassigned.

    fte, hours_per_week are as given (NaN where not). `in_post` is false before the start and after the end;
    `on_leave` true on a day of leave. `travel_minutes` are the known minutes of a week's legs and `moves` the
    legs that count as one move each. Whoever is not in post neither drives, supervises nor has duties.
    """

    names: tuple[str, ...]  # without Unassigned
    is_ota: np.ndarray
    fte: np.ndarray
    hours_per_week: np.ndarray
    in_post: np.ndarray
    on_leave: np.ndarray
    supervisors: tuple[tuple[int, ...], ...]  # codes of the OTs in post who supervise each OTA
    base_school: np.ndarray  # school codes, MISSING where none
    plans: tuple[Plan, ...]
    travel_minutes: np.ndarray
    moves: np.ndarray
    named_duty_hours: np.ndarray
    mtss_hours: np.ndarray
    employment: tuple[str, ...]
    posts_assumed: bool  # no Therapists sheet: names from the service lines, nobody's role or hours are known

    @property
    def unassigned(self) -> int:
        """The code of the Unassigned row."""
        return len(self.names)

    @cached_property
    def supervisor(self) -> np.ndarray:
        """(P,) code of each OTA's (first) supervising OT, MISSING where none."""
        return np.array([codes[0] if codes else MISSING for codes in self.supervisors], dtype=np.int64)

    @cached_property
    def _supervising(self) -> tuple[np.ndarray, np.ndarray]:
        """(how many supervisors each person has, the codes of all of them one after the other)."""
        many = np.fromiter(map(len, self.supervisors), dtype=np.int64, count=len(self.supervisors))
        return many, np.fromiter(chain.from_iterable(self.supervisors), dtype=np.int64, count=int(many.sum()))

    @cached_property
    def otas_supervised(self) -> np.ndarray:
        """(P,) OTAs in post whom each person supervises; of an OTA with several supervisors each has an equal part."""
        many, codes = self._supervising
        parts = np.repeat(self.in_post / np.maximum(many, 1), many)
        return np.bincount(codes, parts, minlength=len(many)).astype(float)

    @cached_property
    def answering(self) -> tuple[np.ndarray, np.ndarray]:
        """(codes of the OTs who answer for each person's work, one after the other, how many each person has).

        An OT answers for the own work, an OTA's supervisors for the OTA's; nobody else has an OT but Unassigned.
        """
        many, codes = self._supervising
        supervised = self.in_post & self.is_ota & (many > 0)
        own = np.where(self.in_post & ~self.is_ota, np.arange(len(many)), self.unassigned)
        having = np.where(supervised, many, 1)
        flat = np.repeat(own, having)
        flat[np.repeat(supervised, having)] = codes[np.repeat(supervised, many)]
        return flat, having

    def supervised_by(self, supervisors: dict[int, tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
        """The supervisors with those of some people replaced."""
        return tuple(supervisors.get(at, codes) for at, codes in enumerate(self.supervisors))

    @cached_property
    def posts_known(self) -> bool:
        """Whether somebody has said who is in post, with hours for everybody."""
        return not self.posts_assumed and not self.posts_unknown.any()

    @cached_property
    def posts_unknown(self) -> np.ndarray:
        """(P,) people in post whose hours nobody has given."""
        return self.in_post & np.isnan(self.fte) & np.isnan(self.hours_per_week)


def people_of(
    posts: Posts, there: There, schools: There, moves_by_visits: np.ndarray, arrival: float, day: date
) -> People:
    """The people of the Therapists table in code order, with Unassigned at the end.

    moves_by_visits  moves a week of each person counted who has no day plan
    arrival          minutes to sign in and set up after each drive
    """
    on = np.datetime64(day, "s")
    away = posts.has_leave & ~(posts.column("leave_start") > on) & ~(posts.column("leave_end") < on)
    counted, in_post = there.counted, there.apart[:-1]
    driven, unknown = posts.week(arrival)
    moves = np.zeros(len(counted))
    moves[counted] = moves_by_visits

    def with_unassigned(values: ArrayLike, fill: ArrayLike) -> np.ndarray:
        return np.append(np.asarray(values)[counted], fill)

    def own_hours(column: str) -> np.ndarray:
        return with_unassigned(np.nan_to_num(posts.number(column)) * in_post, 0.0)

    def of_counted(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return values if counted.all() else tuple(values[at] for at in np.flatnonzero(counted))

    return People(
        names=of_counted(posts.codes.names),
        is_ota=with_unassigned(posts.is_ota, False),
        fte=with_unassigned(posts.number("fte"), 0.0),
        hours_per_week=with_unassigned(posts.number("hours_per_week"), 0.0),
        in_post=with_unassigned(in_post, False),
        on_leave=with_unassigned(away, False),
        supervisors=(*of_counted(_in_post(posts.supervisors, in_post)), ()),
        base_school=with_unassigned(schools.code[posts.base_school], MISSING),
        plans=(*of_counted(posts.plans), ()),
        travel_minutes=with_unassigned(np.where(posts.has_plan & in_post, driven, 0.0), 0.0),
        moves=with_unassigned(np.where(in_post, np.where(posts.has_plan, unknown, moves), 0.0), 0.0),
        named_duty_hours=own_hours("named_duty_hours"),
        mtss_hours=own_hours("mtss_hours"),
        employment=of_counted(posts.employment),
        posts_assumed=posts.assumed,
    )


def _in_post(supervisors: tuple[tuple[int, ...], ...], in_post: np.ndarray) -> tuple[tuple[int, ...], ...]:
    """Of the supervisors named those who are in post."""
    if in_post.all():
        return supervisors
    return tuple(codes and tuple(code for code in codes if in_post[code]) for codes in supervisors)

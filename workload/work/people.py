"""The people in post: role, contract, presence on the day, day plan, duties of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from workload.model.coding import MISSING, Codes
from workload.model.roster import Roster, typed
from workload.work.travel import Plan, TravelTimes, legs, parse_day_plan

SEVERAL = ";"  # between the supervisors of one OTA


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
    def otas_supervised(self) -> np.ndarray:
        """(P,) OTAs in post whom each person supervises; of an OTA with several supervisors each has an equal part."""
        found = np.zeros(len(self.supervisors))
        for ota, codes in enumerate(self.supervisors):
            for code in codes if self.in_post[ota] else ():
                found[code] += 1 / len(codes)
        return found

    def supervised_by(self, supervisors: dict[int, tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
        """The supervisors with those of some people replaced."""
        return tuple(supervisors.get(at, codes) for at, codes in enumerate(self.supervisors))

    @property
    def posts_known(self) -> bool:
        """Whether somebody has said who is in post, with hours for everybody."""
        return not self.posts_assumed and not self.posts_unknown.any()

    @cached_property
    def posts_unknown(self) -> np.ndarray:
        """(P,) people in post whose hours nobody has given."""
        return self.in_post & np.isnan(self.fte) & np.isnan(self.hours_per_week)


def in_post_on(table: pd.DataFrame, day: date) -> np.ndarray:
    """Who of the Therapists table is in post on the day, shape (rows,)."""
    on = np.datetime64(day, "s")
    return ~(table["start"].to_numpy() > on) & ~(table["end"].to_numpy() < on)


def therapists_table(roster: Roster, rows_in_force: np.ndarray) -> tuple[pd.DataFrame, bool]:
    """The Therapists table and whether it was made up from the service lines in force.

    Without a Therapists sheet each person who is named on a line in force is in post, with a role and hours that
    nobody has given yet.
    """
    if len(roster.therapists) or roster.known.nobody_in_post:
        return roster.therapists, False
    names = sorted(roster.coded["therapist"].occurring(rows_in_force))
    return typed("therapists", {"therapist": names}, len(names)), True


def people_of(
    table: pd.DataFrame,
    assumed: bool,
    codes: Codes,
    schools: Codes,
    moves_by_visits: np.ndarray,
    times: TravelTimes,
    day: date,
) -> People:
    """The people of the Therapists table in code order, with Unassigned at the end.

    moves_by_visits  moves a week of each person who has no day plan, shape (people,)
    """
    table = table.set_index("therapist").reindex(list(codes.names))
    on = np.datetime64(day, "s")
    leave_start, leave_end = (table[name].to_numpy() for name in ("leave_start", "leave_end"))
    has_leave = ~(np.isnat(leave_start) & np.isnat(leave_end))
    is_ota = (table["role"] == "OTA").to_numpy()
    in_post = in_post_on(table, day)
    plans = tuple(parse_day_plan(text if isinstance(text, str) else None) for text in table["days"])
    weekly = [
        _week(plan, times, moves) if there else (0.0, 0.0)
        for plan, moves, there in zip(plans, moves_by_visits, in_post, strict=True)
    ]

    def with_unassigned(values: ArrayLike, fill: ArrayLike) -> np.ndarray:
        return np.append(np.asarray(values), fill)

    def own_hours(column: str) -> np.ndarray:
        return with_unassigned(np.nan_to_num(table[column].to_numpy(dtype=float)) * in_post, 0.0)

    return People(
        names=codes.names,
        is_ota=with_unassigned(is_ota, False),
        fte=with_unassigned(table["fte"].to_numpy(dtype=float), 0.0),
        hours_per_week=with_unassigned(table["hours_per_week"].to_numpy(dtype=float), 0.0),
        in_post=with_unassigned(in_post, False),
        on_leave=with_unassigned(has_leave & ~(leave_start > on) & ~(leave_end < on), False),
        supervisors=_supervisors(table["supervisor"], codes, is_ota, in_post),
        base_school=with_unassigned(schools.column(table["base_school"].to_numpy()), MISSING),
        plans=(*plans, ()),
        travel_minutes=with_unassigned([known for known, _ in weekly], 0.0),
        moves=with_unassigned([moves for _, moves in weekly], 0.0),
        named_duty_hours=own_hours("named_duty_hours"),
        mtss_hours=own_hours("mtss_hours"),
        employment=tuple(value if isinstance(value, str) else "employee" for value in table["employment"]),
        posts_assumed=assumed,
    )


def _supervisors(
    named: pd.Series, codes: Codes, is_ota: np.ndarray, in_post: np.ndarray
) -> tuple[tuple[int, ...], ...]:
    """The supervising OTs in post of each OTA, Unassigned last. An OTA can supervise nobody."""
    found = []
    for text, ota in zip(named, is_ota, strict=True):
        names = text.split(SEVERAL) if ota and isinstance(text, str) else ()
        them = dict.fromkeys(codes.code(name.strip()) for name in names)
        found.append(tuple(code for code in them if code != MISSING and in_post[code] and not is_ota[code]))
    return (*found, ())


def _week(plan: Plan, times: TravelTimes, moves: float) -> tuple[float, float]:
    """(minutes of the legs that are known, legs that count as one move) in a week."""
    if not plan:
        return 0.0, float(moves)
    known = [times.leg(*leg)[0] for leg in legs(plan)]
    return float(sum(minutes for minutes in known if minutes is not None)), float(known.count(None))

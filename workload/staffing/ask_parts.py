"""The ask in parts: posts to add for good, posts that are budgeted and vacant, cover until somebody is back.

Each role by itself: an OTA cannot evaluate, so room among OTAs never pays for a gap of OTs. The three parts of a role add
up to what it is short on the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from workload.model.units import NOTHING_FTE
from workload.staffing.required import Staffing, presence
from workload.staffing.tables import OT, OTA


@dataclass(frozen=True)
class Cover:
    """Temporary cover of the work of people on leave, without naming anyone. `until` is open where no end is given."""

    role: str
    fte: float
    start: date
    until: date | None


@dataclass(frozen=True)
class AskParts:
    """FTE asked for. `permanent` and `fill` by role; what is filled is not asked for once more."""

    permanent: dict[str, float]
    fill: dict[str, float]
    cover: tuple[Cover, ...]

    @property
    def total_fte(self) -> float:
        """All parts on the day."""
        return sum(self.permanent.values()) + sum(self.fill.values()) + sum(one.fte for one in self.cover)


def ask_parts(staffing: Staffing, therapists: pd.DataFrame, vacant: Sequence[tuple[str, float]]) -> AskParts | None:
    """The ask of the day; None while nobody has said who is in post.

    therapists  the roster's Therapists table, for the ends of the leaves
    vacant      (role, FTE) of posts that are budgeted and that nobody holds
    """
    people = staffing.demand.people
    if not people.posts_known:
        return None
    on_leave = people.in_post & people.on_leave
    back = np.where(on_leave, _hours_when_back(staffing), 0.0) / staffing.full_week
    gap = {role: _gap(staffing, role) for role in (OT, OTA)}
    of_role = {OT: ~people.is_ota, OTA: people.is_ota}
    short_now = {role: max(0.0, -gap[role]) for role in gap}
    short_later = {role: max(0.0, -gap[role] - back[of_role[role]].sum()) for role in gap}
    fill, permanent, cover = {}, {}, []
    for role in (OT, OTA):
        budgeted = sum(fte for held, fte in vacant if held == role and fte == fte)
        fill[role] = min(budgeted * presence(staffing.assumptions), short_later[role])
        permanent[role] = short_later[role] - fill[role]
        share = back * of_role[role]
        temporary = max(0.0, short_now[role] - short_later[role])
        for code in np.flatnonzero(share > 0):
            fte = float(temporary * share[code] / share.sum())
            if fte > NOTHING_FTE:
                cover.append(Cover(role, fte, staffing.demand.day, _until(therapists, people.names[code])))
    return AskParts(permanent, fill, tuple(_together(cover)))


def _gap(staffing: Staffing, role: str) -> float:
    """Available − required FTE of a role; work with no therapist is counted with the OTs."""
    mine = staffing.demand.people.is_ota == (role == OTA)
    return float((staffing.available_hours - staffing.workload)[mine].sum() / staffing.full_week)


def _hours_when_back(staffing: Staffing) -> np.ndarray:
    people = staffing.demand.people
    contract = np.where(np.isnan(people.hours_per_week), people.fte * staffing.full_week, people.hours_per_week)
    return contract * presence(staffing.assumptions)


def _until(therapists: pd.DataFrame, name: str) -> date | None:
    end = therapists.loc[therapists["therapist"] == name, "leave_end"].iloc[0]
    return None if pd.isna(end) else end.date()


def _together(cover: Sequence[Cover]) -> list[Cover]:
    """Covers of one role that end on the same day as one: who is away is nobody else's business."""
    summed: dict[tuple[str, date, date | None], float] = {}
    for one in cover:
        key = (one.role, one.start, one.until)
        summed[key] = summed.get(key, 0.0) + one.fte
    return [Cover(role, fte, start, until) for (role, start, until), fte in summed.items()]

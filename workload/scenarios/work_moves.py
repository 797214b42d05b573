"""The moves that levers are made of: a new person, a share of work to another person, work taken over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from workload.model.coding import MISSING
from workload.model.units import hours
from workload.scenarios.scenario_state import AT, EVENTS, Situation
from workload.staffing.required import AT as ACTIVITY
from workload.work.activities import FROM_FEATURES
from workload.work.people import People

ON_SITE = ("direct", "consult", "makeup")  # work that happens with people in the school
OF_AN_OTA = ("direct", "makeup", "documentation", "on_behalf")  # an OTA delivers direct service, nothing else
ALL_SERVICE = FROM_FEATURES


def with_cells(situation: Situation, person: int, schools: np.ndarray) -> tuple[Situation, np.ndarray]:
    """The situation with a cell for the person at each school, and where those cells are. Shapes follow `schools`."""
    width = len(situation.schools)
    if len(schools) == 1:  # most often, and then nothing need be sorted
        here = np.flatnonzero((situation.therapist == person) & (situation.school == schools[0]))
        if len(here):
            return situation, here
    keys, wanted = situation.therapist * width + situation.school, person * width + schools
    order = np.argsort(keys, kind="stable")
    place = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)]
    absent = keys[place] != wanted
    if not absent.any():
        return situation, place
    missing = np.array(sorted(set(wanted[absent].tolist())), dtype=np.int64)
    place[absent] = len(keys) + np.searchsorted(missing, wanted[absent])
    return replace(
        situation,
        therapist=np.append(situation.therapist, missing // width),
        school=np.append(situation.school, missing % width),
        sums=np.vstack((situation.sums, np.zeros((len(missing), situation.sums.shape[1])))),
        planned=np.append(situation.planned, np.zeros(len(missing))),
    ), place


def part_of(situation: Situation, cells: np.ndarray, share: np.ndarray, direct_only: bool) -> np.ndarray:
    """(cells, columns) that share of the sums; with `direct_only` without consultation and events."""
    part = situation.sums[cells] * share[:, None]
    if direct_only:
        # The consult part of the minutes is known exactly: it is the same for student and therapist.
        for name in ("student_minutes", "therapist_minutes"):
            part[:, AT[name]] -= part[:, AT["consult_minutes"]]
        part[:, [AT["consult_minutes"], AT["consult_visits"]]] = 0
        part[:, EVENTS] = 0
    return part


def handed(situation: Situation, cells: np.ndarray, part: np.ndarray, person: int) -> Situation:
    """Parts of the cells go to a person, school by school. Whoever is moved is no longer at home."""
    situation, target = with_cells(situation, person, situation.school[cells])
    sums = situation.sums.copy()
    sums[cells] -= part
    arriving = part.copy()
    arriving[:, [AT["at_home"], AT["unserved"]]] = 0
    np.add.at(sums, target, arriving)
    return replace(situation, sums=sums)


def moved(
    situation: Situation, cells: np.ndarray, share: np.ndarray, person: int, direct_only: bool = False
) -> Situation:
    """A share of the work of some cells goes to a person.

    share  (cells,) between 0 and 1. With `direct_only` consultation and everything that follows from events stays.
    """
    kept = (share > 0) & (situation.therapist[cells] != person)
    if not kept.any():
        return situation
    cells = cells[kept]
    return handed(situation, cells, part_of(situation, cells, share[kept], direct_only), person)


def with_person(
    situation: Situation,
    name: str,
    is_ota: bool,
    available_hours: float,
    employment: str,
    base_school: int,
    moves: float,
    duty_hours: float = 0.0,
    supervisor: int = MISSING,
) -> tuple[Situation, int]:
    """One more person, without work yet, and the person's code. Unassigned stays last."""
    people, code = situation.people, situation.people.unassigned
    values: dict[str, Any] = {
        "is_ota": is_ota,
        "fte": np.nan,
        "hours_per_week": available_hours,
        "in_post": True,
        "on_leave": False,
        "base_school": base_school,
        "travel_minutes": 0.0,
        "moves": moves,
        "named_duty_hours": duty_hours,
        "mtss_hours": 0.0,
    }
    grown: dict[str, Any] = {field: _inserted(getattr(people, field), code, value) for field, value in values.items()}
    made = replace(
        people,
        supervisors=(*people.supervisors[:-1], (supervisor,) if supervisor != MISSING else (), ()),
        names=(*people.names, name),
        plans=(*people.plans[:-1], (), ()),
        employment=(*people.employment, employment),
        **grown,
    )
    situation = replace(
        situation,
        people=made,
        therapist=np.where(situation.therapist == code, code + 1, situation.therapist),
        indirect_weeks=_inserted(situation.indirect_weeks, code, 0),
        added=_inserted(situation.added, code, True),
        lost=_inserted(situation.lost, code, 0.0),
        was_ota=_inserted(situation.was_ota, code, is_ota),
    )
    base = base_school if base_school != MISSING else len(situation.schools) - 1
    return with_cells(situation, code, np.array([base]))[0], code


def _inserted(values: np.ndarray, at: int, value) -> np.ndarray:
    """`np.insert` of one value, without what makes that slow."""
    made = np.empty(len(values) + 1, dtype=values.dtype)
    made[:at], made[at], made[at + 1 :] = values[:at], value, values[at:]
    return made


def changed_people(situation: Situation, **columns: Any) -> Situation:
    """The situation with some columns of the people replaced."""
    people: People = replace(situation.people, **columns)
    return replace(situation, people=people)


def put(values: np.ndarray, at: int, value) -> np.ndarray:
    """A copy of a column with one element replaced."""
    made = values.copy()
    made[at] = value
    return made


def take_over(
    situation: Situation,
    person: int,
    names: tuple[str, ...],
    overfull: bool,
    before: Situation,
    on_site_hours: float | None = None,
) -> Situation:
    """Fills a new person's week: first with Unassigned work at the schools, then with what is too much there.

    before         the situation without the person, whose hours are already known
    on_site_hours  of the week, those at the schools: direct service, consultation and make-up must fit into them
    """
    # Cells keep their places when a person comes or work is moved, so what is read before is still right after.
    room = _Room.of(situation, person, before, on_site_hours)
    here = before.cells_at(names)
    nobody = np.flatnonzero(here & (before.therapist == before.people.unassigned))
    share = room.share(nobody)
    room = room.less(nobody, np.full(len(nobody), share))
    made = moved(situation, nobody, np.full(len(nobody), share), person, room.direct_only)
    if not overfull:
        return made
    others, too_much = _too_much(before, here, room.portable)
    share = room.share(others, too_much)
    return moved(made, others, too_much * share, person, room.direct_only)


def takeable_hours(situation: Situation, is_ota: bool, overfull: bool) -> np.ndarray:
    """(K,) hours a week, category time included, that a new person could take from each cell."""
    codes = OF_AN_OTA if is_ota else ALL_SERVICE
    portable = situation.staffing.hours[:, [ACTIVITY[code] for code in codes]].sum(axis=1)
    able = np.where(situation.therapist == situation.people.unassigned, portable, 0.0)
    if overfull:
        cells, share = _too_much(situation, np.ones(len(able), bool), portable)
        able[cells] = portable[cells] * share
    return able / (1 - situation.assumptions.category_share)


class _Room:
    """What still fits into a person's week, in service hours; on site and altogether."""

    def __init__(self, portable, on_site, service_hours, on_site_hours, direct_only):
        self.portable, self.on_site = portable, on_site
        self.service_hours, self.on_site_hours, self.direct_only = service_hours, on_site_hours, direct_only

    @classmethod
    def of(cls, situation: Situation, person: int, before: Situation, on_site_hours: float | None) -> _Room:
        people, values, done = situation.people, situation.assumptions, before.staffing.hours
        direct_only = bool(people.is_ota[person])
        codes = OF_AN_OTA if direct_only else ALL_SERVICE
        portable = done[:, [ACTIVITY[code] for code in codes]].sum(axis=1)
        on_site = done[:, [ACTIVITY[code] for code in ON_SITE if code in codes]].sum(axis=1)
        travel = float(hours(people.moves[person] * values["travel_minutes_per_move"]))
        own = travel + float(people.named_duty_hours[person]) + values["staff_time_hours_per_person"]
        service = max(0.0, float(people.hours_per_week[person]) - own) * (1 - values.category_share)
        site = np.inf if on_site_hours is None else max(0.0, on_site_hours - travel)
        return cls(portable, on_site, service, site, direct_only)

    def share(self, cells: np.ndarray, weights: np.ndarray | float = 1.0) -> float:
        """The share, 0 to 1, of the weighted work of the cells that fits."""
        shares = [1.0]
        for work, room in ((self.portable, self.service_hours), (self.on_site, self.on_site_hours)):
            total = float((work[cells] * weights).sum())
            if total > 0:
                shares.append(room / total)
        return min(shares)

    def less(self, cells: np.ndarray, shares: np.ndarray) -> _Room:
        """The room after taking shares of the cells."""
        return _Room(
            self.portable,
            self.on_site,
            max(0.0, self.service_hours - float((self.portable[cells] * shares).sum())),
            max(0.0, self.on_site_hours - float((self.on_site[cells] * shares).sum())),
            self.direct_only,
        )


def _too_much(situation: Situation, here: np.ndarray, portable: np.ndarray):
    """Cells at the schools whose people have too much, and the share of each cell that is too much."""
    staffing, people = situation.staffing, situation.people
    excess = np.maximum(0.0, staffing.workload - staffing.available_hours) * (1 - situation.assumptions.category_share)
    excess[people.unassigned] = 0
    cells = np.flatnonzero(here & (excess[situation.therapist] > 0) & (portable > 0))
    owner = situation.therapist[cells]
    of_person = np.bincount(owner, portable[cells], minlength=len(excess))
    return cells, np.minimum(1.0, excess[owner] / of_person[owner])


def least_loaded_ot(situation: Situation) -> int:
    """The OT in post with the most hours to spare: the first in the list among equals; `MISSING` without any."""
    staffing, people = situation.staffing, situation.people
    able = ~people.is_ota & people.in_post & ~people.on_leave & (staffing.available_hours > 0)
    able[people.unassigned] = False
    if not able.any():
        return MISSING
    spare = np.where(able, np.round(staffing.available_hours - staffing.workload, 9), -np.inf)
    return int(np.argmax(spare))

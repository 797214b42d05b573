"""Where a lever starts: at a value that does something in this district, so that the first look shows an effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from workload.answer import Answer
from workload.model.words import rounded
from workload.scenarios.demand_levers import ALL_DIRECT, GROUPS, average_group_size
from workload.scenarios.post_levers import OT, OTA
from workload.scenarios.scenario_state import Situation, today

Values = dict[str, object]
CAP_SHARE = 0.9  # of the largest caseload for each FTE


def start_of(kind: str, answer: Answer) -> Values | None:
    """The first values of a lever; None where it can do nothing here: nobody is on leave, nobody could take a school."""
    return STARTS[kind](today(answer), answer) if kind in STARTS else None


def _fill(_: Situation, answer: Answer) -> Values:
    vacant = {} if answer.ask is None else {role: rounded(fte, 1) for role, fte in answer.ask.fill.items()}
    role = next((role for role, fte in vacant.items() if fte > 0), None)
    return {"fte": 1.0} if role is None else {"fte": vacant[role], "role": role}


def _lose(now: Situation, _: Answer) -> Values | None:
    ots = _in_post(now, ota=False)
    return {"therapist": ots[0], "share": 1.0} if ots else None


def _convert(now: Situation, _: Answer) -> Values | None:
    otas, ots = _in_post(now, ota=True), _in_post(now, ota=False)
    if otas:
        return {"therapist": otas[0], "to": OT}
    return {"therapist": ots[0], "to": OTA, "supervisor": ots[1]} if len(ots) > 1 else None


def _leave_cover(now: Situation, _: Answer) -> Values | None:
    away = np.flatnonzero(now.people.on_leave)
    return {"therapist": int(away[0]), "share": 1.0} if len(away) else None


def _redistribute(now: Situation, _: Answer) -> Values | None:
    """The smallest school of the OT with the fullest week, to the OT with the most room."""
    staffing = now.staffing
    ots = [at for at in _in_post(now, ota=False) if staffing.available_hours[at] > 0]
    if len(ots) < 2:
        return None
    room = {at: float(staffing.available_hours[at] - staffing.workload[at]) for at in ots}
    full, free = min(ots, key=lambda at: room[at]), max(ots, key=lambda at: room[at])
    theirs = np.flatnonzero(
        (now.therapist == full) & (now.school < len(now.schools) - 1) & (now.column("students") > 0)
    )
    if full == free or not len(theirs):
        return None
    cell = theirs[np.argmin(now.column("students")[theirs])]
    return {"moves": ((now.schools[now.school[cell]], full, free, 1.0),)}


def _cap(now: Situation, _: Answer) -> Values | None:
    staffing = now.staffing
    students = np.bincount(now.therapist, now.column("students"), minlength=len(staffing.workload))[:-1]
    held = students[staffing.contracted_fte[:-1] > 0] / staffing.contracted_fte[:-1][staffing.contracted_fte[:-1] > 0]
    most = float(held.max()) if len(held) else 0.0
    return {"students_per_fte": float(max(1, int(most * CAP_SHARE)))} if most > 1 else None


def _regroup(now: Situation, _: Answer) -> Values | None:
    """Half a student more than today's average, to the next half."""
    for eligible in (GROUPS, ALL_DIRECT):
        size = average_group_size(now, eligible)
        if size == size:
            return {"average_size": min(8.0, float(np.floor(size * 2)) / 2 + 1.0), "eligible": eligible}
    return None


def _in_post(now: Situation, ota: bool) -> list[int]:
    people = now.people
    return [at for at in range(len(people.names)) if people.in_post[at] and bool(people.is_ota[at]) == ota]


def _always(**values: object) -> Callable[[Situation, Answer], Values]:
    return lambda now, answer: values


# Moves of whole groups have no start: Rebalance finds them.
STARTS: Mapping[str, Callable[[Situation, Answer], Values | None]] = {
    "add": _always(fte=1.0),
    "part_time": _always(days=2),
    "fill": _fill,
    "agency": _always(hours_per_week=15.0),
    "telepractice": _always(hours_per_week=10.0),
    "lose": _lose,
    "convert": _convert,
    "leave_cover": _leave_cover,
    "redistribute": _redistribute,
    "cap": _cap,
    "regroup": _regroup,
    "frequency": _always(change=-0.1),
    "documentation": _always(share=0.5),
    "mtss": _always(hours=1.0),
    "three_to_one": _always(indirect_weeks=1),
}

"""Every lever, its function, and the way a scenario's levers are applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from workload.answer import Answer
from workload.scenarios import demand_levers as work
from workload.scenarios import group_levers as groups
from workload.scenarios import people_levers as people
from workload.scenarios import post_levers as posts
from workload.scenarios.lever_fields import (
    GROUP_MOVES,
    MOVES,
    NOBODY,
    PERSON,
    SCHOOL_LIST,
    Lever,
    LeverError,
    declared_fields,
)
from workload.scenarios.scenario_state import Situation, today

EFFECTS: Mapping[type[Lever], Callable[[Situation, Any], Situation]] = {
    **dict.fromkeys(posts.POSTS, posts.bring),
    people.LosePost: people.lose_post,
    people.Convert: people.convert,
    people.LeaveCover: people.leave_cover,
    groups.MoveGroups: groups.move_groups,
    people.Redistribute: people.redistribute,
    people.Cap: people.cap,
    work.Regroup: work.regroup,
    work.ChangeFrequency: work.change_frequency,
    work.ShiftDocumentation: work.shift_documentation,
    work.ShiftMtss: work.shift_mtss,
    work.ThreeToOne: work.three_to_one,
}
KINDS: Mapping[str, type[Lever]] = {lever.kind: lever for lever in EFFECTS}


def checked_against(answer: Answer, levers: Iterable[Lever], pilot_schools: tuple[str, ...] = ()) -> None:
    """Raises `LeverError` for a school or a therapist that the roster does not have."""
    known, count = set(answer.demand.schools), len(answer.demand.people.names)
    _know_schools("Pilot", pilot_schools, known)
    for lever in levers:
        for name, declared in declared_fields(type(lever)).items():
            value = getattr(lever, name)
            if declared.kind == SCHOOL_LIST:
                _know_schools(lever.label, value, known)
            elif declared.kind == PERSON:
                _know_person(lever.label, value, count)
            elif declared.kind in (MOVES, GROUP_MOVES):
                _know_schools(lever.label, [move[0] for move in value], known)
                for move in value:
                    _know_person(lever.label, move[1], count + 1)
                    _know_person(lever.label, move[2], count + 1)
        if isinstance(lever, groups.MoveGroups):
            groups.check_groups(answer, lever)
        supervisor = getattr(lever, "supervisor", NOBODY)
        if supervisor != NOBODY and answer.demand.people.is_ota[supervisor]:
            raise LeverError(f"{lever.label}: an OTA cannot supervise. Choose an OT.")


def _know_schools(label: str, names: Iterable[str], known: set[str]) -> None:
    for name in names:
        if name not in known:
            raise LeverError(f"{label}: there is no school called {name} in this roster.")


def _know_person(label: str, at: int, count: int) -> None:
    if at >= count:
        raise LeverError(f"{label}: therapist number {at + 1} was chosen; the roster has {count}.")


Trail = tuple[tuple[Lever, Situation], ...]


def trail_under(
    answer: Answer, levers: Iterable[Lever], pilot_schools: tuple[str, ...] = (), known: Trail = ()
) -> Trail:
    """The pair table after each lever, in the order of their stages whatever order they come in. Those of zero are left out.

    known  a trail of the same answer and pilot: as far as its levers are the same, nothing is computed again
    """
    trail: list[tuple[Lever, Situation]] = []
    for at, lever in enumerate(sorted((one for one in levers if not one.is_zero), key=lambda one: one.sort_key)):
        if at < len(known) and known[at][0] == lever:
            trail.append(known[at])
            continue
        known = ()  # from the first difference on nothing is known
        before = trail[-1][1] if trail else today(answer, pilot_schools)
        trail.append((lever, EFFECTS[type(lever)](before, lever)))
    return tuple(trail)

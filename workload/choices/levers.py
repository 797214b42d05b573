"""Every lever, its function, and the way a scenario's levers are applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from workload.analysis import Answer
from workload.choices import demand_levers as work
from workload.choices import people_levers as people
from workload.choices import post_levers as posts
from workload.choices.fields import MOVES, NOBODY, PERSON, SCHOOL_LIST, Lever, LeverError, declared_fields
from workload.choices.situation import Situation, today

EFFECTS: Mapping[type[Lever], Callable[[Situation, Lever], Situation]] = {
    posts.AddPost: posts.add_post, posts.PartTimePost: posts.part_time_post, posts.AgencyPost: posts.agency_post,
    posts.Telepractice: posts.telepractice, posts.FillPost: posts.fill_post,
    people.LosePost: people.lose_post, people.Convert: people.convert, people.LeaveCover: people.leave_cover,
    people.Redistribute: people.redistribute, people.Cap: people.cap,
    work.Regroup: work.regroup, work.ChangeFrequency: work.change_frequency,
    work.ShiftDocumentation: work.shift_documentation, work.ShiftMtss: work.shift_mtss,
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
            elif declared.kind == MOVES:
                _know_schools(lever.label, [move[0] for move in value], known)
                for move in value:
                    _know_person(lever.label, move[1], count + 1)
                    _know_person(lever.label, move[2], count + 1)
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


def situation_under(answer: Answer, levers: Iterable[Lever], pilot_schools: tuple[str, ...] = ()) -> Situation:
    """The pair table after the levers. Their order does not matter; those of zero are left out."""
    situation = today(answer, pilot_schools)
    for lever in sorted((one for one in levers if not one.is_zero), key=lambda one: one.sort_key):
        situation = EFFECTS[type(lever)](situation, lever)
    return situation

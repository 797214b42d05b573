"""The moves that Rebalance proposes, as a lever: a group, a class or a whole school goes to somebody else, to the hour.

A group is named by its number among the groups and classes of one person at one school, in the order of their labels.
So neither a file nor a link holds a student, and not the label either, which people may have written a name into.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from weakref import WeakKeyDictionary

import numpy as np

from workload.answer import Answer
from workload.model.coding import MISSING
from workload.model.units import minutes
from workload.scenarios.blocks import Blocks, blocks_of, makeup_minutes
from workload.scenarios.lever_fields import Lever, LeverError, group_moves, mark
from workload.scenarios.modeled_travel import modeled_travel_hours
from workload.scenarios.people_levers import schools_of
from workload.scenarios.scenario_state import AT, EVENTS, Situation, base_of
from workload.scenarios.work_moves import changed_people, handed
from workload.work.demand import Demand
from workload.work.pair_sums import EVENT_FEATURES

EVERYTHING = 0  # the number that names all that one person has at one school
MARK_CHARACTERS = 8
OTHER_GROUPS = (
    "Moves from Rebalance: they were made for other groups than this roster has on this day. Search again on Rebalance, "
    "and use the new proposal."
)
Move = tuple[str, int, int, int]


@dataclass(frozen=True)
class MoveGroups(Lever, kind="groups", label="Moves from Rebalance", stage=39):
    """What Rebalance proposes: groups, classes or schools go to somebody else; evaluations and meetings go along.

    moves  (school, from therapist, to therapist, number of the group; 0 is everything there)
    mark   digest of the groups of the roster that the moves were made for
    """

    moves: tuple[Move, ...] = group_moves("Moves")
    mark: str = mark("Groups of the roster")

    @property
    def is_zero(self) -> bool:
        return all(origin == target for _, origin, target, _ in self.moves)


@dataclass(frozen=True, eq=False)
class Groups:
    """What of the pair table each block of students is. Shapes (B,) unless said.

    number  counted from 1 among the blocks of one owner at one school
    lines   (B, columns) sums of the lines of the block; events are not among them
    events  (therapist, school, (5,) counts) of the students that the block answers for
    """

    blocks: Blocks
    number: np.ndarray
    lines: np.ndarray
    events: tuple[tuple[tuple[int, int, np.ndarray], ...], ...]
    mark: str

    def named(self, origin: int, school: int, number: int) -> list[int]:
        """The blocks that a move names; none where there is no such group."""
        here = (self.blocks.owner == origin) & (self.blocks.school == school)
        return np.flatnonzero(here if number == EVERYTHING else here & (self.number == number)).tolist()


_GROUPS: WeakKeyDictionary[Demand, Groups] = WeakKeyDictionary()


def groups_of(answer: Answer) -> Groups:
    """The groups of an answer; made at the first call, kept as long as its pair table lives."""
    if answer.demand not in _GROUPS:
        _GROUPS[answer.demand] = _read(answer)
    return _GROUPS[answer.demand]


def check_groups(answer: Answer, lever: MoveGroups) -> None:
    """Raises `LeverError` for groups that this roster does not have."""
    if lever.is_zero:
        return
    groups, place = groups_of(answer), {name: at for at, name in enumerate(answer.demand.schools)}
    if lever.mark != groups.mark or not all(
        groups.named(origin, place[school], number) for school, origin, _, number in lever.moves
    ):
        raise LeverError(OTHER_GROUPS)


def move_groups(situation: Situation, lever: MoveGroups) -> Situation:
    """Each group's share of every sum goes along; hours of travel change as Rebalance counts them."""
    answer = situation.base.answer
    groups, place = groups_of(answer), {name: at for at, name in enumerate(situation.schools)}
    made, taken, idle = situation, [], 0
    for school, origin, target, number in lever.moves:
        here = situation.pilot is None or situation.pilot[place[school]]
        if not here or not situation.sums[_cell(situation, origin, place[school]), AT["students"]] > 0:
            idle += 1
            continue
        for block in groups.named(origin, place[school], number) if origin != target else ():
            made = _moved(made, situation, groups, block, target)
            taken.append((block, target))
    if idle:
        made = made.noted(
            f"{idle} of {len(lever.moves)} moves from Rebalance find nothing to move: the school is not in the pilot, or "
            "another lever has taken that work away."
        )
    if any(target != made.people.unassigned and not made.people.in_post[target] for _, target in taken):
        made = made.noted("A part of the moves from Rebalance goes to a post that this scenario gives up.")
    return _with_travel(made, situation, groups, taken)


def _cell(situation: Situation, person: int, school: int) -> int:
    """The cell of a person at a school that the roster has. Cells keep their places, whatever levers came before."""
    keys = situation.base.demand.therapist * len(situation.schools) + situation.base.demand.school
    return int(np.searchsorted(keys, person * len(situation.schools) + school))


def _moved(made: Situation, before: Situation, groups: Groups, block: int, target: int) -> Situation:
    """One block goes to a person: direct service to anybody, the rest to the OT who then answers for it.

    before  the situation before any of the moves: shares are shares of what was there then
    """
    people, blocks, base = before.people, groups.blocks, before.base.sums
    to_ota = bool(people.is_ota[target])
    answers = people.supervisor[target] if to_ota else target
    answers = people.unassigned if answers == MISSING else int(answers)
    owner = int(blocks.owner[block])
    cell = _cell(before, owner, int(blocks.school[block]))
    part = before.sums[cell] * _share(groups.lines[block], base[cell])
    if to_ota and not people.is_ota[owner]:
        consult = np.zeros_like(part)
        for name in ("consult_minutes", "student_minutes", "therapist_minutes"):
            consult[AT[name]] = part[AT["consult_minutes"]]
        made, part = _handed(made, cell, consult, answers), part - consult
    made = _handed(made, cell, part, target)
    for therapist, school, counts in groups.events[block]:
        at = _cell(before, therapist, school)
        events = np.zeros(base.shape[1])
        events[EVENTS] = counts
        made = _handed(made, at, before.sums[at] * _share(events, base[at]), answers)
    return made


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _handed(situation: Situation, cell: int, part: np.ndarray, person: int) -> Situation:
    return (
        situation if situation.therapist[cell] == person else handed(situation, np.array([cell]), part[None, :], person)
    )


def _with_travel(made: Situation, before: Situation, groups: Groups, taken: list[tuple[int, int]]) -> Situation:
    """Travel by the legs of Rebalance's own model; who got or gave a school has another day plan, so none is used."""
    people, blocks = made.people, groups.blocks
    legs = modeled_travel_hours(before.base.answer)
    served = np.zeros((len(people.names) + 1, legs.shape[1]))
    np.add.at(served, (blocks.owner, blocks.school), 1)
    after = served.copy()
    for block, target in taken:
        after[blocks.owner[block], blocks.school[block]] -= 1
        after[target, blocks.school[block]] += 1
    changed = ((after > 0).astype(float) - (served > 0))[:-1]
    travel = people.travel_minutes.copy()
    travel[:-1] += minutes((changed * legs).sum(axis=1))
    touched = {one for block, target in taken for one in (int(blocks.owner[block]), target)} - {people.unassigned}
    plans = tuple(
        () if at in touched and schools_of(made, at) != schools_of(before, at) else plan
        for at, plan in enumerate(people.plans)
    )
    return changed_people(made, travel_minutes=travel, plans=plans)


def _read(answer: Answer) -> Groups:
    blocks, demand = blocks_of(answer, include_unassigned=True), answer.demand
    lines, count = demand.lines, len(blocks.label)
    is_group = answer.roster.coded["delivery"].is_("group")[lines.row]
    sums = np.zeros((count, base_of(answer).sums.shape[1]))
    amounts = {
        "direct_minutes": lines.therapist_minutes * ~lines.is_consult,
        "consult_minutes": lines.therapist_minutes * lines.is_consult,
        "makeup_minutes": makeup_minutes(answer),
        "sessions": lines.sessions,
        "student_minutes": lines.student_minutes,
        "therapist_minutes": lines.therapist_minutes,
        "unsized_minutes": lines.therapist_minutes * lines.group_size_unknown,
        "group_minutes": lines.therapist_minutes * is_group,
        "group_student_minutes": lines.student_minutes * is_group,
        "group_sessions": lines.sessions * is_group,
        "direct_visits": lines.sessions,
        "consult_visits": lines.visits * lines.is_consult,
    }
    for name, amount in amounts.items():
        sums[:, AT[name]] = np.bincount(blocks.line_block, amount, minlength=count)
    unassigned = blocks.owner == demand.people.unassigned
    sums[:, AT["students"]] = blocks.students
    sums[:, AT["at_home"]], sums[:, AT["unserved"]] = (
        np.where(unassigned, 0, blocks.students),
        np.where(unassigned, blocks.students, 0),
    )
    return Groups(blocks, _numbers(blocks), sums, tuple(map(tuple, _events(answer, blocks))), _mark(blocks))


def _events(answer: Answer, blocks: Blocks) -> list[list[tuple[int, int, np.ndarray]]]:
    """For each block where the events of its students stand, and how many."""
    events = answer.demand.events
    found: list[list[tuple[int, int, np.ndarray]]] = [[] for _ in blocks.label]
    counts = np.column_stack([getattr(events, name) for name in EVENT_FEATURES])
    for at in np.flatnonzero((blocks.event_block != MISSING) & (counts.sum(axis=1) > 0)):
        found[blocks.event_block[at]].append((int(events.therapist[at]), int(events.school[at]), counts[at]))
    return [list(_summed(some)) for some in found]


def _summed(some: list[tuple[int, int, np.ndarray]]) -> Iterator[tuple[int, int, np.ndarray]]:
    """Counts of the same therapist and school added up."""
    whole: dict[tuple[int, int], np.ndarray] = {}
    for therapist, school, counts in some:
        whole[therapist, school] = whole.get((therapist, school), 0) + counts
    for (therapist, school), counts in sorted(whole.items()):
        yield therapist, school, counts


def _numbers(blocks: Blocks) -> np.ndarray:
    """(B,) counted from 1 among the blocks of one owner at one school; blocks stand in the order of their labels."""
    seen: dict[tuple[int, int], int] = {}
    made = np.zeros(len(blocks.label), dtype=int)
    for at, pair in enumerate(zip(blocks.owner.tolist(), blocks.school.tolist(), strict=True)):
        made[at] = seen[pair] = seen.get(pair, 0) + 1
    return made


def _mark(blocks: Blocks) -> str:
    """Digest of which groups there are. No label can be told from it."""
    text = repr([*zip(blocks.owner.tolist(), blocks.school.tolist(), blocks.label, strict=True)])
    return sha256(text.encode()).hexdigest()[:MARK_CHARACTERS]

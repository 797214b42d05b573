"""A therapist's case: her week as it is, each thing that would make it fit, and the week with what she chooses.

case = Case(entries, duties, {"assigned_duty": 1.25})
base = case.answer(day, assumptions)
levers(case, day, assumptions)                 # each alone, with the hours a week that it frees
with_levers(case, chosen).answer(...)          # together
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from workload.answer import Answer
from workload.model.parameters import Assumptions
from workload.model.words import count, within
from workload.one_week.responsibilities import MTSS, NAMED_DUTY, STAFF_TIME, hours_by_kind, responsibilities
from workload.one_week.week_roster import CONSULT, GROUP, INDIVIDUAL, ME, Duties, Entry, Service, answer_of

HAND_OVER, OTA, PAIRS, MOVES, EVALUATIONS, DUTY = "hand-over", "ota", "pairs", "moves", "evaluations", "duty:"
LEAST_HOURS = 0.05  # a lever that frees less is none


@dataclass(frozen=True)
class Case:
    """A caseload, what else fills the week, and the responsibilities that are ticked with their hours."""

    entries: tuple[Entry, ...] = ()
    duties: Duties = Duties()
    ticked: Mapping[str, float] = field(default_factory=dict)
    with_ota: int = 0

    @property
    def students(self) -> int:
        return sum(entry.students for entry in self.entries)

    @property
    def direct_students(self) -> int:
        """Students with sessions, and not only consultation."""
        return sum(entry.students for entry in self.entries if any(one.delivery != CONSULT for one in entry.services))

    def all_duties(self, weeks: float) -> Duties:
        """The duties with the ticked responsibilities added. weeks  that hours of a year are spread over"""
        sums = hours_by_kind(self.ticked, weeks)
        return replace(
            self.duties,
            duty_hours=self.duties.duty_hours + (sums[NAMED_DUTY] or 0),
            mtss_hours=self.duties.mtss_hours + (sums[MTSS] or 0),
            staff_hours=sums[STAFF_TIME] if sums[STAFF_TIME] is not None else self.duties.staff_hours,
        )

    def answer(self, day: date, assumptions: Assumptions) -> Answer:
        duties = self.all_duties(float(assumptions["contract_weeks"]))
        return answer_of(self.entries, duties, day, assumptions, self.with_ota)


@dataclass(frozen=True)
class Lever:
    """One thing that would free hours of the week, alone. `number` is how many students or moves it takes."""

    id: str
    label: str
    hours_freed: float
    caution: str = ""
    number: int = 0


def workload_of(case: Case, day: date, assumptions: Assumptions) -> float:
    """Hours a week of the therapist's own work."""
    people = case.answer(day, assumptions).people
    return float(people.loc[people["therapist"] == ME, "workload_hours"].iloc[0])


def levers(case: Case, day: date, assumptions: Assumptions) -> tuple[Lever, ...]:
    """What would make the week fit, each alone, the one that frees most first.

    The number of students of a lever is the smallest with which the week fits, or all there are.
    """
    base = workload_of(case, day, assumptions)
    over = base - case.duties.contract_hours
    found = []
    for id, label, caution in _possible(case):
        number = _number(case, id, over, day, assumptions)
        freed = base - workload_of(_with(case, id, number), day, assumptions)
        if freed >= LEAST_HOURS:
            found.append(Lever(id, label.format(_counted(id, number)), freed, caution, number))
    return tuple(sorted(found, key=lambda one: -one.hours_freed))


def _counted(id: str, number: int) -> str:
    return count(number, "move") if id == MOVES else count(number, "student")


def _possible(case: Case) -> list[tuple[str, str, str]]:
    """(id, words with the number in braces, caution) of the levers that this week could have."""
    found = []
    if case.students:
        found.append(
            (
                HAND_OVER,
                "{} and all their work with another therapist",
                "Somebody else needs the hours for it; the work does not go away.",
            )
        )
    if case.direct_students:
        found.append(
            (
                OTA,
                "The sessions of {} given by a supervised OTA",
                "Evaluations, meetings, reports and plans stay with the OT, and supervision is added.",
            )
        )
    if any(_alone(one) for entry in case.entries for one in entry.services):
        found.append(
            (
                PAIRS,
                "The individual sessions of {} in groups of two",
                "Only where each child's team decides that a group serves the child as well, and the IEP says group. "
                "Never to fit the minutes in.",
            )
        )
    if case.duties.moves > 1:
        found.append(
            (MOVES, "{} fewer between buildings a week", "The same students at their own schools, on fewer days each.")
        )
    if case.duties.initial or case.duties.reevaluations:
        found.append(
            (EVALUATIONS, "The evaluations of the year done by somebody else", "With their reports; not an OTA.")
        )
    found += [
        (DUTY + id, f"Without: {within(responsibilities()[id].label)}", "Somebody else does it, or nobody.")
        for id, hours in case.ticked.items()
        if hours
    ]
    return found


def _number(case: Case, id: str, over: float, day: date, assumptions: Assumptions) -> int:
    """How many students or moves a lever takes to make the week fit: each frees as much as any other of its kind."""
    most = {HAND_OVER: _largest(case).students if case.entries else 0, OTA: case.direct_students}
    if id == MOVES:
        return case.duties.moves // 2
    if id == PAIRS:
        return sum(entry.students for entry in case.entries if any(_alone(one) for one in entry.services))
    if id not in most or not most[id]:
        return 0
    if over <= 0:
        return 1
    few, many = 0, most[id]  # more students never make the week longer, so halving finds the smallest number
    while many - few > 1:
        middle = (few + many) // 2
        fits = workload_of(_with(case, id, middle), day, assumptions) <= case.duties.contract_hours
        few, many = (few, middle) if fits else (middle, many)
    return many


def _alone(one: Service) -> bool:
    return one.delivery == INDIVIDUAL


def _largest(case: Case) -> Entry:
    """The entry with the most students among those with sessions, else among all."""
    direct = [entry for entry in case.entries if any(one.delivery != CONSULT for one in entry.services)]
    return max(direct or case.entries, key=lambda entry: entry.students)


def _with(case: Case, id: str, number: int) -> Case:
    if id == HAND_OVER:
        taken = _largest(case)
        fewer = replace(taken, students=taken.students - min(number, taken.students))
        return replace(case, entries=tuple(fewer if entry is taken else entry for entry in case.entries))
    if id == OTA:
        # Students are numbered in the order of the entries: those with sessions come first.
        return replace(case, entries=_direct_first(case.entries), with_ota=number)
    if id == PAIRS:
        return replace(case, entries=tuple(replace(e, services=tuple(map(_paired, e.services))) for e in case.entries))
    if id == MOVES:
        return replace(case, duties=replace(case.duties, moves=case.duties.moves - number))
    if id == EVALUATIONS:
        return replace(case, duties=replace(case.duties, initial=0, reevaluations=0))
    return replace(case, ticked={one: hours for one, hours in case.ticked.items() if DUTY + one != id})


def _direct_first(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: all(one.delivery == CONSULT for one in entry.services)))


def _paired(one: Service) -> Service:
    return replace(one, delivery=GROUP, group_size=2) if _alone(one) else one


def with_levers(case: Case, chosen: Collection[Lever]) -> Case:
    """The case with all chosen levers pulled together."""
    for lever in chosen:
        case = _with(case, lever.id, lever.number)
    return case

"""The scenarios of this session: which one is open, every change, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from dashboard.shell import session
from workload.answer import Answer
from workload.scenarios.compare import Comparison
from workload.scenarios.cost import Rates, rates
from workload.scenarios.lever_fields import Lever, LeverError
from workload.scenarios.levers import KINDS
from workload.scenarios.scenario import Scenario, roster_mark

MOST_UNDO, MOST_SCENARIOS = 60, 12
FIRST_NAME = "Scenario 1"


@dataclass(frozen=True)
class Board:
    """Scenarios and the place of the open one."""

    scenarios: tuple[Scenario, ...]
    at: int = 0

    @property
    def open(self) -> Scenario:
        """The scenario that is looked at."""
        return self.scenarios[self.at]

    def with_open(self, scenario: Scenario) -> Board:
        return replace(self, scenarios=(*self.scenarios[: self.at], scenario, *self.scenarios[self.at + 1 :]))

    def with_added(self, scenario: Scenario) -> Board:
        """One scenario more, which is then open. A name that is taken gets a number."""
        return Board((*self.scenarios, scenario.renamed(free_name(scenario.name, self))), len(self.scenarios))

    def without_open(self) -> Board:
        """Without the open one; the one before it is then open. The last one is emptied."""
        left = self.scenarios[: self.at] + self.scenarios[self.at + 1 :]
        return Board(left, max(0, self.at - 1)) if left else Board((replace(self.open, levers=(), pilot_schools=()),))


@dataclass(slots=True)
class ScenarioRecord:
    """What the scenarios keep for the session.

    board, before        the scenarios, and what undo goes back to
    version, rates_version  in the keys of the widgets of levers and rates, so that they start from what is in force
    rates                the district's own, by the id of a rate
    comparison           the open scenario taken apart, for the next one to start from
    outcomes             figures of scenarios that are not open, by digest
    for_packet           the scenario that the packet is to be made with
    """

    KEPT: ClassVar[tuple[str, ...]] = ("board", "rates", "for_packet")

    board: Board | None = None
    before: tuple[Board, ...] = ()
    version: int = 0
    problem: str = ""
    rates: Mapping[str, float] = field(default_factory=dict)
    rates_version: int = 0
    comparison: Comparison | None = None
    outcomes: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    for_packet: str = ""
    link_written: str = ""


def record() -> ScenarioRecord:
    return session.record(ScenarioRecord)


def free_name(name: str, board: Board) -> str:
    """The name, with a number behind it where it is taken."""
    taken = {one.name for one in board.scenarios}
    if name not in taken:
        return name
    stem = name[:70].rstrip()
    return next(f"{stem} ({at})" for at in range(2, len(taken) + 3) if f"{stem} ({at})" not in taken)


def board(answer: Answer) -> Board:
    """The scenarios of this session; at first one without levers."""
    return record().board or Board((Scenario(FIRST_NAME, made_for=roster_mark(answer)),))


def current(drawn: Board) -> Board:
    """The board as it is now. A widget that was not drawn again since the last change still holds the one before."""
    return record().board or drawn


def version() -> int:
    """What the keys of lever widgets hold."""
    return record().version


def fresh() -> None:
    """Let every lever widget start from the scenario again."""
    record().version += 1


def change(now: Board, made: Board, again: bool = True) -> None:
    """Put a changed board in place. `again`: the widgets start from it."""
    session.change(ScenarioRecord, before=(*record().before, now)[-MOST_UNDO:], board=made, problem="")
    if again:
        fresh()


def undo() -> None:
    """One change back."""
    if record().before:
        *before, last = record().before
        session.change(ScenarioRecord, board=last, before=tuple(before), problem="")
        fresh()


def can_undo() -> bool:
    """Whether there is a change to take back."""
    return bool(record().before)


def problem() -> str:
    """Why the last change was refused; empty when it was not."""
    return record().problem


def refuse(sentence: str) -> None:
    """Say why a change was refused."""
    record().problem = sentence


def add_lever(now: Board, kind: str, values: Mapping[str, object]) -> None:
    now = current(now)
    try:
        change(now, now.with_open(now.open.with_lever(KINDS[kind](**values))))
    except LeverError as refusal:
        refuse(str(refusal))


def change_lever(now: Board, at: int, name: str, value: object) -> Lever | None:
    """One value of a lever; gives the lever. What cannot be is refused in a sentence and the widget goes back: None."""
    now = current(now)
    try:
        made = now.open.with_changed(at, **{name: value})
    except LeverError as refusal:
        refuse(str(refusal))
        fresh()
        return None
    change(now, now.with_open(made), again=False)
    return made.levers[at]


def put(now: Board, scenario: Scenario) -> None:
    """Another state of the open scenario."""
    change(current(now), current(now).with_open(scenario))


def without_kind(now: Board, kind: str) -> None:
    now = current(now)
    put(now, replace(now.open, levers=tuple(lever for lever in now.open.levers if lever.kind != kind)))


def remove_lever(now: Board, at: int) -> None:
    now = current(now)
    change(now, now.with_open(now.open.without_lever(at)))


def rename(now: Board, name: str) -> None:
    """Another name for the open scenario."""
    now = current(now)
    if name and name.strip() and name != now.open.name:
        change(now, now.with_open(now.open.renamed(free_name(name.strip()[:80], now))))


def pilot(now: Board, schools: tuple[str, ...]) -> None:
    """The schools in which the open scenario is tried first."""
    now = current(now)
    change(now, now.with_open(replace(now.open, pilot_schools=schools)), again=False)


def choose(now: Board, at: int) -> None:
    """Look at another scenario. This is no change, and undo does not take it back."""
    session.change(ScenarioRecord, board=replace(current(now), at=at), problem="")
    fresh()


def add(now: Board, scenario: Scenario) -> None:
    if len(now.scenarios) >= MOST_SCENARIOS:
        refuse(f"There are {MOST_SCENARIOS} scenarios already. Delete one first.")
    else:
        change(now, now.with_added(scenario))


def new(now: Board, answer: Answer) -> None:
    now = current(now)
    add(now, Scenario(f"Scenario {len(now.scenarios) + 1}", made_for=roster_mark(answer)))


def duplicate(now: Board) -> None:
    """A copy of the open scenario, to change one thing in it."""
    now = current(now)
    add(now, now.open)


def delete(now: Board) -> None:
    """Without the open scenario."""
    now = current(now)
    change(now, now.without_open())


def prices() -> Rates:
    """The rates in force: the district's own where they were typed in, else the examples."""
    own = {id: value for id, value in record().rates.items() if value != rates()[id].value}
    return Rates().changed(own)

"""What Rebalance keeps for the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workload.rebalance.search_line import Search
from workload.scenarios.group_levers import MoveGroups

Pair = tuple[int, str]  # therapist, school


@dataclass(frozen=True)
class UsedMoves:
    """The moves that were last put into a scenario, or refused there, and the sentence about it."""

    lever: MoveGroups
    refused: bool
    sentence: str


@dataclass(slots=True)
class RebalanceRecord:
    """Constraints that were typed in, the search, and what was made of its proposals.

    together  sets of blocks that one person serves; they count for the blocks of `together_key`
    barred    who may not go where
    by_hand   (block, therapist) changes of the open proposal, the last one last
    shown     the search whose end the page has seen
    opened    the proposal that a click has opened, -1 for none
    """

    KEPT: ClassVar[tuple[str, ...]] = ("together_key", "together", "barred")

    together_key: str = ""
    together: tuple[tuple[int, ...], ...] = ()
    barred: tuple[Pair, ...] = ()
    search: Search | None = None
    shown: Search | None = None
    by_hand: tuple[tuple[int, int], ...] = ()
    opened: int = -1
    used: UsedMoves | None = None

"""A proposal as a lever of a scenario: its moves beside money and other levers, to the hour."""

from __future__ import annotations

import numpy as np

from workload.model.coding import MISSING
from workload.rebalance.proposal import Proposal
from workload.scenarios.group_levers import EVERYTHING, Groups, MoveGroups, groups_of


def moves_of(proposal: Proposal) -> MoveGroups:
    task, names = proposal.task, proposal.task.answer.demand.schools
    groups, blocks, moves = groups_of(task.answer), task.blocks, []
    for target, members in zip(proposal.assignment, task.problem.members, strict=True):
        for one in members:
            if target not in (MISSING, blocks.owner[one]):
                inside = np.unique(groups.blocks.line_block[blocks.line_block == one])
                moves += [
                    (names[blocks.school[one]], int(blocks.owner[one]), int(target), number)
                    for number in _named(groups, inside)
                ]
    return MoveGroups(tuple(moves), groups.mark)


def keeps_two_schools_together(proposal: Proposal) -> bool:
    """Whether blocks of more than one school are kept together."""
    school = proposal.task.blocks.school
    return any(len({int(school[block]) for block in members}) > 1 for members in proposal.task.problem.members)


def _named(groups: Groups, inside: np.ndarray) -> list[int]:
    """How blocks of one owner at one school are named: all together, or each by its number."""
    first = inside[0]
    everything = groups.named(groups.blocks.owner[first], groups.blocks.school[first], EVERYTHING)
    return [EVERYTHING] if len(everything) == len(inside) > 1 else groups.number[inside].tolist()

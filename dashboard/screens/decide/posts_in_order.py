"""The posts that somebody holds, in one order and by what they are called, for every choice of a post under Decide."""

from __future__ import annotations

import numpy as np

from dashboard.parts.safe_text import plain
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.work.demand import Demand


def able(answer: Answer, only_ot: bool = False) -> list[int]:
    """Posts in post in neutral order: OTs, then OTAs."""
    return _able(answer.demand, only_ot)


def _able(demand: Demand, only_ot: bool = False) -> list[int]:
    people = demand.people
    ots, otas = (np.flatnonzero(people.in_post[:-1] & (people.is_ota[:-1] == is_ota)) for is_ota in (False, True))
    return ots.tolist() if only_ot else [*ots.tolist(), *otas.tolist()]


def named(answer: Answer, labels: Labels) -> dict[int, str]:
    """The same posts and what each is called in a choice, worked out once for the rows of a day."""
    return answer.demand.once(_named, labels)


def _named(demand: Demand, labels: Labels) -> dict[int, str]:
    return {code: plain(labels.of(demand.therapists[code])) for code in _able(demand)}


def label_of(answer: Answer, labels: Labels, code: int) -> str:
    """What the post at a place in the roster's list is called at the moment."""
    return labels.of(answer.demand.therapists[code])

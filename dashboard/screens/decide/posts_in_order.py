"""The posts that somebody holds, in one order and by what they are called, for every choice of a post under Decide."""

from __future__ import annotations

from dashboard.shell.therapist_names import Labels
from workload.answer import Answer


def able(answer: Answer, only_ot: bool = False) -> list[int]:
    """Posts in post in neutral order: OTs, then OTAs."""
    people = answer.demand.people
    return sorted(
        (at for at in range(len(people.names)) if people.in_post[at] and not (only_ot and people.is_ota[at])),
        key=lambda at: (bool(people.is_ota[at]), at),
    )


def label_of(answer: Answer, labels: Labels, code: int) -> str:
    """What the post at a place in the roster's list is called at the moment."""
    return labels.of(answer.demand.therapists[code])

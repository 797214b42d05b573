"""What people have said about the premises of an answer: small data that pages and the store can keep."""

from __future__ import annotations

from dataclasses import dataclass

# (low, high) required FTE and (low, high) gap FTE over the answers to the open questions.
QuestionEnds = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Confirmation:
    """What a person has said about a premise.

    value    what was said where more than yes is needed: the pseudonyms of students who left, for `renewals`
    renewed  the pseudonyms of students of whom somebody has said that their plan was renewed
    """

    who: str
    when: str
    value: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()

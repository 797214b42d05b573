"""What to call people of a log who are not in the roster: a number, until names are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from dashboard.shell import session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer


def with_others(labels: Labels, names: Iterable[str]) -> Labels:
    """The labels with "Person 1", "Person 2" for names that the roster does not have, in alphabetical order."""
    others = sorted(set(names) - set(labels.codes))
    more = {name: f"Person {at}" for at, name in enumerate(others, 1)}
    return Labels(MappingProxyType({**labels.codes, **more}), labels.named)


def labels_for(answer: Answer | None, names: Iterable[str]) -> Labels:
    """Labels for the roster's people and for these names; without a roster nobody is named."""
    own = session.labels(answer) if session.district() is not None else Labels(MappingProxyType({}), False)
    return with_others(own, names)


def only_people(answer: Answer, labels: Labels) -> dict[str, str]:
    """Name to label of everybody with a role, OTs before OTAs, in the order of the table."""
    people = answer.people[answer.therapists["role"].notna()].sort_values(["role", "therapist"], kind="stable")
    return {name: labels.of(name) for name in people["therapist"] if name in labels.codes}

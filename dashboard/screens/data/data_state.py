"""What the data screen remembers in a session: one record, so that every part of it has a name and a type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from dashboard.shell import session


@dataclass(frozen=True)
class Held:
    """Something that was made once, and the key that says of what."""

    key: str
    value: Any


@dataclass(frozen=True)
class Asked:
    """A question that was answered, in the words in which it was asked and answered."""

    question: str
    answer: str


@dataclass(slots=True)
class DataScreen:
    """The record.

    cells, changes     the cells to mend, and what changed since the last upload
    ends               FTE at the ends of all open answers
    corrected          corrected workbook by file
    consequences       FTE of each choice by question
    work_out           digest of the file of which somebody wants every answer worked out
    answered           key of a decision -> the words of it
    fills_posts        whether the table of who is in post is open
    """

    KEPT: ClassVar[tuple[str, ...]] = ("answered",)

    cells: Held | None = None
    changes: Held | None = None
    ends: Held | None = None
    corrected: Mapping[str, Held] = field(default_factory=dict)
    consequences: Mapping[str, Held] = field(default_factory=dict)
    work_out: str = ""
    answered: Mapping[str, Asked] = field(default_factory=dict)
    fills_posts: bool = False


def now() -> DataScreen:
    return session.record(DataScreen)


def change(**fields: Any) -> None:
    """Keep the record with other values in some of its fields."""
    session.change(DataScreen, **fields)


def once(name: str, key: str, make: Callable[[], Any]) -> Any:
    """What `make` gives for this key, held in the field `name` until the key changes."""
    held = getattr(now(), name)
    if held is None or held.key != key:
        held = Held(key, make())
        change(**{name: held})
    return held.value


def once_of(name: str, which: str, key: str, make: Callable[[], Any]) -> Any:
    """The same for a field that holds one value for each file or question."""
    held = getattr(now(), name).get(which)
    if held is None or held.key != key:
        held = Held(key, make())
        change(**{name: {**getattr(now(), name), which: held}})
    return held.value


def remember(key: str, question: str, answer: str) -> None:
    """Keep the words of a decision."""
    change(answered={**now().answered, key: Asked(question, answer)})

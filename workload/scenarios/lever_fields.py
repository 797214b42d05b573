"""How a lever declares its values: one declaration gives the check, the widget and the file format."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import ClassVar

NUMBER, COUNT, PERSON, SCHOOL_LIST = "number", "count", "therapist", "schools"
CHOICE, SWITCH, MOVES, GROUP_MOVES, MARK = "choice", "switch", "moves", "group moves", "mark"
LONGEST_MARK = 16
NOBODY = -1  # a therapist field that names nobody
SUPERVISOR = "Supervising OT (for an OTA)"  # the label of a field


class LeverError(ValueError):
    """A lever value that cannot be. The message is a plain sentence that says what came and what is possible."""


@dataclass(frozen=True)
class Field:
    """One value of a lever: what it is called, its unit, what is possible, and the value that changes nothing."""

    kind: str
    label: str
    unit: str = ""
    minimum: float = 0.0
    maximum: float = 0.0
    choices: tuple[str, ...] = ()


def number(default: float, label: str, unit: str, minimum: float, maximum: float):
    """A number field of a lever record."""
    return field(default=default, metadata={"field": Field(NUMBER, label, unit, minimum, maximum)})


def count(default: int, label: str, unit: str, minimum: int, maximum: int):
    """A whole-number field of a lever record."""
    return field(default=default, metadata={"field": Field(COUNT, label, unit, minimum, maximum)})


def person(label: str):
    """A therapist by place in the roster's alphabetical list, counted from 0; `NOBODY` names nobody."""
    return field(default=NOBODY, metadata={"field": Field(PERSON, label)})


def schools(label: str = "Schools"):
    """Schools by name; none means every school."""
    return field(default=(), metadata={"field": Field(SCHOOL_LIST, label)})


def choice(default: str, label: str, *choices: str):
    return field(default=default, metadata={"field": Field(CHOICE, label, choices=choices)})


def switch(default: bool, label: str):
    return field(default=default, metadata={"field": Field(SWITCH, label)})


def moves(label: str):
    """(school, from therapist, to therapist, share) entries."""
    return field(default=(), metadata={"field": Field(MOVES, label)})


def group_moves(label: str):
    """(school, from therapist, to therapist, number of a group) entries."""
    return field(default=(), metadata={"field": Field(GROUP_MOVES, label)})


def mark(label: str):
    """A digest of what a lever was made for; nobody types it."""
    return field(default="", metadata={"field": Field(MARK, label)})


@dataclass(frozen=True)
class Lever:
    """A decision in plain units. Subclasses are small records; what each does stands in one function.

    kind   the word in files and links
    stage  levers act in the order of their stage, whatever order they were given in
    size   the field that says how much; at zero the lever changes nothing, nor does one whose therapist is nobody
    """

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""
    stage: ClassVar[int] = 0
    size: ClassVar[str] = ""

    def __init_subclass__(cls, **shared: object) -> None:
        """What all levers of a kind share are keywords of their class."""
        for name, value in shared.items():
            if not hasattr(cls, name):
                raise TypeError(f"{cls.__name__}: a lever has no {name}")
            setattr(cls, name, value)

    def __post_init__(self):
        for name, declared in declared_fields(type(self)).items():
            object.__setattr__(self, name, checked(self.label, declared, getattr(self, name)))

    @property
    def is_zero(self) -> bool:
        """Whether this lever changes nothing whatever the roster says."""
        return bool(self.size) and getattr(self, self.size) == 0 or getattr(self, "therapist", 0) == NOBODY

    @property
    def sort_key(self) -> tuple:
        """Levers are applied in this order, so that the order on screen never decides."""
        return self.stage, self.kind, repr(self)


def declared_fields(lever_type: type[Lever]) -> Mapping[str, Field]:
    """The fields of a lever by name, for widgets and files."""
    return MappingProxyType({one.name: one.metadata["field"] for one in fields(lever_type)})


def checked(lever: str, declared: Field, value):
    """The value in its type; raises `LeverError` with one plain sentence when it cannot be."""
    where = f"{lever}, {declared.label.lower()}"
    if declared.kind in (NUMBER, COUNT, PERSON):
        return _number(where, declared, value)
    if declared.kind == SWITCH:
        if not isinstance(value, bool):
            raise LeverError(f"{where}: yes or no was expected, {value} was given.")
        return value
    if declared.kind == CHOICE:
        if value not in declared.choices:
            raise LeverError(f"{where}: {value} was given; it must be one of {', '.join(declared.choices)}.")
        return value
    if declared.kind == SCHOOL_LIST:
        if isinstance(value, str) or not all(isinstance(name, str) for name in value):
            raise LeverError(f"{where}: a list of school names was expected, {value} was given.")
        return tuple(sorted(set(value)))
    if declared.kind == MARK:
        if not isinstance(value, str) or len(value) > LONGEST_MARK or not value.isalnum() and value:
            raise LeverError(f"{where}: at most {LONGEST_MARK} letters and digits were expected.")
        return value
    read = _group_move if declared.kind == GROUP_MOVES else _move
    return tuple(sorted(read(where, one) for one in value))


def _number(where: str, declared: Field, value):
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise LeverError(f"{where}: a number was expected, {value} was given.")
    if declared.kind == PERSON:
        if value != int(value) or value < NOBODY:
            raise LeverError(f"{where}: a therapist's place in the list was expected, {value} was given.")
        return int(value)
    if not declared.minimum <= value <= declared.maximum:
        raise LeverError(
            f"{where}: {value:g} {declared.unit} was given; possible is {declared.minimum:g} to {declared.maximum:g}."
        )
    if declared.kind == COUNT:
        if value != int(value):
            raise LeverError(f"{where}: a whole number was expected, {value:g} was given.")
        return int(value)
    return float(value)


def _move(where: str, one) -> tuple[str, int, int, float]:
    try:
        school, origin, target, share = one
        move = str(school), int(origin), int(target), float(share)
    except (TypeError, ValueError):
        raise LeverError(f"{where}: each move is a school, two therapists and a share; {one} was given.") from None
    if not 0 <= move[3] <= 1:
        raise LeverError(f"{where}: a share of {move[3]:g} was given; possible is 0 to 1.")
    return move


def _group_move(where: str, one) -> tuple[str, int, int, int]:
    try:
        school, *places = one
        origin, target, number = map(int, places)
    except (TypeError, ValueError):
        raise LeverError(
            f"{where}: each move is a school, two therapists and the number of a group; {one} was given."
        ) from None
    if min(origin, target, number) < 0:
        raise LeverError(f"{where}: places and numbers count from 0; {one} was given.")
    return str(school), origin, target, number

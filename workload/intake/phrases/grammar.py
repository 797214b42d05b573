"""The engine of the grammar: finds shapes in a row of tokens and joins what belongs together.

Every line of a table is one shape: a run of token kinds on the left ("NUM SESSION"), on the right what it
becomes (a count). "A|B" is either, "A?" may be missing. A table is applied again and again, earlier lines
first, until nothing fits anymore. What is still loose at the end is for the reader to judge.
"""

from __future__ import annotations

from dataclasses import dataclass

from workload.intake.phrases.service_shapes import SERVICES
from workload.intake.phrases.shapes import AMOUNTS, NUMBERS, PERIODS, Build, Shape
from workload.intake.phrases.tokens import Token

TABLES = (NUMBERS, AMOUNTS, PERIODS, SERVICES)


@dataclass(frozen=True)
class _Pattern:
    """One line of a table, ready to be tried: its steps, the kinds it may begin with, and those it cannot do without."""

    steps: tuple[tuple[frozenset[str], bool], ...]  # kinds, and whether the step may be missing
    begins: frozenset[str]
    needed: frozenset[str]
    needed_one_of: tuple[frozenset[str], ...]
    build: Build


def _compiled(shapes: tuple[Shape, ...]) -> tuple[_Pattern, ...]:
    """The lines of a table. Each is split once, however many phrases are read."""
    made = []
    for pattern, build in shapes:
        steps = tuple((frozenset(word.rstrip("?").split("|")), word.endswith("?")) for word in pattern.split())
        needed = [kinds for kinds, optional in steps if not optional]
        first = next((at for at, (_, optional) in enumerate(steps) if not optional), len(steps) - 1)
        begins = frozenset().union(*(kinds for kinds, _ in steps[: first + 1]))
        made.append(
            _Pattern(
                steps,
                begins,
                frozenset().union(*(kinds for kinds in needed if len(kinds) == 1)),
                tuple(kinds for kinds in needed if len(kinds) > 1),
                build,
            )
        )
    return tuple(made)


COMPILED = {id(shapes): _compiled(shapes) for shapes in TABLES}  # by identity: the tables are constants


def _fits(pattern: _Pattern, kinds: list[str], place: int) -> int | None:
    """The number of tokens at ``place`` that the pattern covers; None when it does not fit."""
    here, end = place, len(kinds)
    for wanted, optional in pattern.steps:
        if here < end and kinds[here] in wanted:
            here += 1
        elif not optional:
            return None
    return here - place


def _apply(shapes: tuple[Shape, ...], tokens: list[Token]) -> list[Token]:
    """Every shape of one table once, from left to right."""
    kinds = [token.kind for token in tokens]
    present = set(kinds)
    for pattern in COMPILED[id(shapes)]:
        if not pattern.needed <= present or any(map(present.isdisjoint, pattern.needed_one_of)):
            continue
        place = 0
        while place < len(tokens):
            length = _fits(pattern, kinds, place) or 0 if kinds[place] in pattern.begins else 0
            built = pattern.build(tokens[place : place + length]) if length else None
            if built is None:
                place += 1
                continue
            tokens = tokens[:place] + built + tokens[place + length :]
            kinds = [token.kind for token in tokens]
            present = set(kinds)
            place += max(len(built), 1)
    return tokens


def joined(shapes: tuple[Shape, ...], tokens: list[Token]) -> list[Token]:
    """One table, until nothing in it fits anymore."""
    for _ in range(2 * len(tokens) + 2):
        changed = _apply(shapes, tokens)
        if changed == tokens:
            break
        tokens = changed
    return tokens


def shaped(tokens: list[Token]) -> list[Token]:
    """The tokens with everything that belongs together joined."""
    for shapes in TABLES:
        tokens = joined(shapes, tokens)
    return tokens

"""The engine of the grammar: finds shapes in a row of tokens and joins what belongs together.

Every line of a table is one shape: a run of token kinds on the left ("NUM SESSION"), on the right what it
becomes (a count). "A|B" is either, "A?" may be missing. A table is applied again and again, earlier lines
first, until nothing fits anymore. What is still loose at the end is for the reader to judge.
"""

from __future__ import annotations

from workload.intake.phrase_service_shapes import SERVICES
from workload.intake.phrase_shapes import AMOUNTS, NUMBERS, PERIODS, Shape
from workload.intake.phrase_tokens import Token

TABLES = (NUMBERS, AMOUNTS, PERIODS, SERVICES)


def _fits(pattern: str, tokens: list[Token], place: int) -> int | None:
    """The number of tokens at ``place`` that the pattern covers; None when it does not fit."""
    here = place
    for wanted in pattern.split():
        optional = wanted.endswith("?")
        kinds = wanted.rstrip("?").split("|")
        if here < len(tokens) and tokens[here].kind in kinds:
            here += 1
        elif not optional:
            return None
    return here - place


def _apply(shapes: tuple[Shape, ...], tokens: list[Token]) -> list[Token]:
    """Every shape of one table once, from left to right."""
    for pattern, build in shapes:
        place = 0
        while place < len(tokens):
            length = _fits(pattern, tokens, place)
            built = build(tokens[place : place + length]) if length else None
            if built is not None:
                tokens = tokens[:place] + built + tokens[place + length :]
            place += 1 if built is None else max(len(built), 1)
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

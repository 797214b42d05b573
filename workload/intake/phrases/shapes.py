"""Shapes of numbers, minutes and periods: which runs of tokens become which fact (see phrase_grammar)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from workload.intake.phrases.bounds import SHORTEST_PLAUSIBLE_SESSION
from workload.intake.phrases.meanings import CODE_SYSTEMS, Span
from workload.intake.phrases.tokens import Token
from workload.intake.phrases.vocabulary import MINUTES_IN_UNIT

Build = Callable[[list[Token]], list[Token] | None]  # None: the shape does not apply after all
Shape = tuple[str, Build]

WEEKS_TO_PERIOD = {1: "week", 2: "two weeks", 6: "six weeks", 9: "quarter", 12: "trimester", 18: "semester"}
LONGEST_CYCLE_DAYS = 99
SCHOOL_DAYS = 5


def raw_of(tokens: list[Token]) -> str:
    """The words behind some tokens."""
    return " ".join(token.raw for token in tokens)


def spans_in(tokens: list[Token]) -> list[Span]:
    """The plain numbers among some tokens."""
    return [token.span for token in tokens if token.kind == "NUM"]


def first_of(tokens: list[Token], kind: str) -> Token:
    return next(token for token in tokens if token.kind == kind)


def amount_token(tokens: list[Token], span: Span, **marks: Any) -> Token:
    return Token("AMOUNT", raw_of(tokens), span, **marks)


def count_token(tokens: list[Token], span: Span) -> Token:
    return Token("COUNT", raw_of(tokens), span)


def period_token(tokens: list[Token], name: str, factor: Fraction | int = 1) -> Token:
    """A period; ``factor`` is how often the stated sessions happen in it."""
    return Token("PERIOD", raw_of(tokens), name=name, factor=Fraction(factor))


# ---- numbers


def _restated(tokens: list[Token]) -> list[Token] | None:
    """thirty (30): the digits win, a disagreement is kept for a question."""
    spoken, _, digits, _ = tokens
    if spoken.span == digits.span:
        return [digits]
    if spoken.name in ("word", "tens", "hundred"):
        return [Token("MISMATCH", raw_of(tokens), numbers=(spoken.span, digits.span))]
    return None


def _number_range(tokens: list[Token]) -> list[Token] | None:
    low, high = spans_in(tokens)
    if low.is_range or high.is_range:
        return None
    pair = sorted((low.low, high.low))
    name = "dash" if tokens[1].kind == "DASH" else ""
    return [Token("NUM", raw_of(tokens), Span(*pair), name=name)]


def _repeated_unit_range(tokens: list[Token]) -> list[Token] | None:
    """1x-2x: the sign stands behind both numbers."""
    joined = _number_range([tokens[0], tokens[2], tokens[3]])
    return None if joined is None else [replace(joined[0], name=""), tokens[4]]


NUMBERS: tuple[Shape, ...] = (
    ("NUM OPEN NUM CLOSE", _restated),
    ("BETWEEN NUM AND|TO NUM", _number_range),
    ("NUM DASH|TO|OR NUM", _number_range),
    ("NUM X|TIMES DASH|TO|OR NUM X|TIMES", _repeated_unit_range),
)


# ---- minutes


def _minutes(tokens: list[Token]) -> list[Token]:
    unit = tokens[-1].kind if tokens[-1].kind in MINUTES_IN_UNIT else "MIN"
    span = spans_in(tokens)[0]
    name = "dash" if first_of(tokens, "NUM").name == "dash" else unit
    return [amount_token(tokens, span.times(MINUTES_IN_UNIT[unit]), name=name)]


def _hours_and_minutes(tokens: list[Token]) -> list[Token] | None:
    hours, minutes = tokens[0], tokens[-1]
    if hours.name != "HOUR" or minutes.name != "MIN" or hours.span.is_range or minutes.span.is_range:
        return None
    if minutes.span.low >= 60 or hours.each or minutes.each:
        return None
    total = hours.span.low + minutes.span.low
    return [amount_token(tokens, Span(total, total), name="MIN")]


def _amount_range(tokens: list[Token]) -> list[Token] | None:
    low, high = tokens[0].span, tokens[2].span
    if low.is_range or high.is_range:
        return None
    return [amount_token(tokens, Span(*sorted((low.low, high.low))), name=tokens[0].name)]


def _letter_m(tokens: list[Token]) -> list[Token] | None:
    """30m is thirty minutes; in 3Mx30 the M stands for the month."""
    if tokens[1].name != "month":
        return None
    if len(tokens) == 4:
        if tokens[0].span.high >= 10 or tokens[3].span.low < 10:
            return None
        return [
            count_token(tokens[:1], tokens[0].span),
            period_token(tokens[1:2], "month"),
            tokens[2],
            tokens[3],
        ]
    return [replace(tokens[0]), Token("MIN", "m")]


def _fixed_amount(minutes: int) -> Callable[[list[Token]], list[Token]]:
    span = Span(Fraction(minutes), Fraction(minutes))
    return lambda tokens: [amount_token(tokens, span, name="HOUR")]


def _and_a_half(tokens: list[Token]) -> list[Token] | None:
    """one and a half hours, two hours and a half"""
    hours = tokens[0].span
    if hours.is_range or hours.low.denominator != 1:
        return None
    minutes = hours.low * 60 + 30
    return [amount_token(tokens, Span(minutes, minutes), name="MIN")]


def _half_hours(tokens: list[Token]) -> list[Token]:
    """one half hour is 30 minutes; in "two half hour sessions" the two counts sessions"""
    half = _fixed_amount(30)
    return half(tokens) if tokens[0].span == Span(Fraction(1), Fraction(1)) else [tokens[0], *half(tokens[1:])]


AMOUNTS: tuple[Shape, ...] = (
    ("NUM LETTER X NUM", _letter_m),
    ("NUM LETTER", _letter_m),
    ("NUM HOUR AND PER HALF", _and_a_half),
    ("NUM AND PER HALF HOUR", _and_a_half),
    ("HOUR AND PER HALF", _fixed_amount(90)),
    ("PER HOUR AND PER HALF", _fixed_amount(90)),
    ("NUM HALF HOUR", _half_hours),
    ("PER? HALF OF? PER? HOUR", _fixed_amount(30)),
    ("NUM FILLER|DELIVERY|GROUP MIN|HOUR", lambda t: [*_minutes([t[0], t[2]]), t[1]]),
    ("NUM OF? PER? MIN|HOUR", lambda t: None if any(x.raw in ("per", "every") for x in t) else _minutes(t)),
    (
        "MIN|HOUR COLON NUM",
        lambda t: [amount_token(t, t[2].span.times(MINUTES_IN_UNIT[t[0].kind]), name=t[0].kind)],
    ),
    ("AMOUNT AND? AMOUNT", _hours_and_minutes),
    ("AMOUNT DASH|TO|OR AMOUNT", _amount_range),
    ("BETWEEN AMOUNT AND AMOUNT", lambda t: _amount_range(t[1:])),
    ("PER HOUR", lambda t: _fixed_amount(60)(t) if t[0].raw in ("a", "an") else None),
)


# ---- periods


def _number_of_weeks(tokens: list[Token], noun: str, often: Span) -> list[Token] | None:
    """every 3 weeks, per 9 weeks, every 2 months: exactly that long."""
    count = often.low
    if often.is_range or count.denominator != 1 or count < 1:
        return None
    if noun == "week":
        days = int(count) * SCHOOL_DAYS
        name = WEEKS_TO_PERIOD.get(int(count), f"{days}-day cycle" if days <= LONGEST_CYCLE_DAYS else "")
        return [period_token(tokens, name)] if name else None
    return [period_token(tokens, noun, 1 / count)]


def _cycle(tokens: list[Token]) -> list[Token] | None:
    days = spans_in(tokens)[0]
    if days.is_range or days.low.denominator != 1 or not 1 <= days.low <= LONGEST_CYCLE_DAYS:
        return None
    return [period_token(tokens, f"{int(days.low)}-day cycle")]


def _coded_period(tokens: list[Token]) -> list[Token] | None:
    """20 - Weekly: a frequency code in front of the word that it stands for."""
    agrees = any(codes.get(tokens[0].raw) == tokens[2].name for codes in CODE_SYSTEMS.values())
    return [Token("CODED_PERIOD", raw_of(tokens), tokens[0].span, name=tokens[2].name)] if agrees else None


def _every_number(tokens: list[Token]) -> list[Token] | None:
    return _number_of_weeks(tokens, first_of(tokens, "NOUN").name, spans_in(tokens)[0])


def _period_of_school(tokens: list[Token]) -> list[Token] | None:
    """per week, each school year: what stands between may only be a kind of year."""
    kinds_of_year = ("school", "academic", "instructional", "calendar")
    plain = len(tokens) == 2 or tokens[1].raw in kinds_of_year
    return [period_token(tokens, tokens[-1].name)] if plain else None


def _minutes_of_period(tokens: list[Token]) -> list[Token] | None:
    """2x30 wk: two times thirty minutes a week. In 30x2 wk and in 2x30 weeks the last number may count the weeks."""
    first, _, second, noun = tokens
    few = first.span.high < SHORTEST_PLAUSIBLE_SESSION <= second.span.low
    return [*tokens[:3], period_token([noun], noun.name)] if few and not noun.raw.endswith("s") else None


def _q_period(tokens: list[Token]) -> list[Token] | None:
    """q week, q 2 weeks: the "every" of prescriptions."""
    if tokens[0].raw != "q":
        return None
    return [period_token(tokens, tokens[1].name)] if len(tokens) == 2 else _every_number(tokens)


def _unsure(kind: str) -> Build:
    return lambda tokens: [Token(kind, raw_of(tokens), name=tokens[-1].name)]


PERIODS: tuple[Shape, ...] = (
    ("PER|SLASH|X? NUM DAYNOUN CYCLE", _cycle),
    ("PER|SLASH NUM FILLER? DAYNOUN CYCLE", _cycle),
    ("PER|SLASH FILLER DAYNOUN", lambda t: [period_token(t, "day")] if t[1].raw == "school" else None),
    ("PER NUM FILLER DAYNOUN", lambda t: _cycle(t) if t[2].raw == "school" else None),
    ("PER OTHER NOUN", lambda t: _number_of_weeks(t, t[2].name, Span(Fraction(2), Fraction(2)))),
    (
        "LETTER OTHER NOUN",
        lambda t: _number_of_weeks(t, t[2].name, Span(Fraction(2), Fraction(2))) if t[0].raw == "q" else None,
    ),
    (
        "OTHER NOUN",
        lambda t: _number_of_weeks(t, t[1].name, Span(Fraction(2), Fraction(2))) if t[0].raw != "second" else None,
    ),
    ("PER OTHER DAYNOUN", lambda t: [period_token(t, "day", Fraction(1, 2))]),
    ("PER|SLASH NUM NOUN", _every_number),
    ("NUM DAYNOUN PER|SLASH NOUN", lambda t: [count_token(t[:2], t[0].span), period_token(t[2:], t[3].name)]),
    ("NUM DAYNOUN ADVERB", lambda t: [count_token(t[:2], t[0].span), period_token(t[2:], t[2].name)]),
    ("FOR NUM NOUN|DAYNOUN", lambda t: [Token("DURATION", raw_of(t), t[1].span, name=t[2].name or "day")]),
    ("LETTER NUM? NOUN", _q_period),
    ("LETTER COLON", lambda t: [Token("FILLER", raw_of(t))] if t[0].raw == "d" else None),  # D: direct
    ("NUM X NUM NOUN|LETTER", _minutes_of_period),
    ("X NUM NOUN|DAYNOUN", lambda t: [Token("DURATION", raw_of(t), t[1].span, name=t[2].name or "day")]),
    ("BI NOUN|ADVERB", _unsure("BIPERIOD")),
    ("IN PER|EACH NOUN", lambda t: [period_token(t, t[2].name)]),
    ("SEMI NOUN|ADVERB", lambda t: [period_token(t, t[1].name, 2)]),
    ("NUM DASH ADVERB", _coded_period),
    ("PER|SLASH|EACH FILLER? NOUN", _period_of_school),
    ("PER|SLASH|EACH DAYNOUN", lambda t: [period_token(t, "day")]),
    ("PER|SLASH LETTER", lambda t: [period_token(t, t[1].name)]),
    ("PER|SLASH? CYCLE", _unsure("CYCLE_PERIOD")),
    ("PER|SLASH|EACH PERIOD_LENGTH_UNKNOWN", _unsure("MARKING")),
    ("PER|SLASH ADVERB", lambda t: [period_token(t, t[1].name)]),
    ("ADVERB", lambda t: [period_token(t, t[0].name)]),
    ("NUM LETTER X", lambda t: [count_token(t[:1], t[0].span), period_token(t[1:2], t[1].name), t[2]]),
    ("NUM X LETTER", lambda t: [count_token(t[:2], t[0].span), period_token(t[2:], t[2].name)]),
)

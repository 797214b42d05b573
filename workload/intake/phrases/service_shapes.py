"""Shapes of a service: sessions, minutes for each of them, group sizes, and how they hang together."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from workload.intake.phrases import shapes
from workload.intake.phrases.meanings import Span
from workload.intake.phrases.tokens import Token


def _bound(tokens: list[Token]) -> Token:
    amount = shapes.first_of(tokens, "AMOUNT")
    return replace(amount, each=True)


def _sessions_of(tokens: list[Token]) -> list[Token]:
    """a 30 minute session is one; 30 minute sessions are an unknown number, each of 30 minutes."""
    amount, session = tokens[-2], tokens[-1]
    one = Span(Fraction(1), Fraction(1))
    counted = [shapes.count_token(tokens[:1], one)] if tokens[0].raw in ("a", "an") else []
    single = not session.raw.endswith("s") or session.raw == "sess"
    name = amount.name if amount.name == "dash" else "one session" if single else "sessions"
    return [*counted, replace(amount, each=True, name=name)]


def _then_minutes(tokens: list[Token]) -> list[Token] | None:
    """2x/week x 30: what stands behind the second times sign is the minutes."""
    if tokens[3].span.low < 10:
        return None
    return [tokens[0], tokens[1], shapes.amount_token(tokens[3:], tokens[3].span, each=True)]


def _small_count(tokens: list[Token]) -> list[Token] | None:
    """2/week, 3 monthly: a small whole number in front of a period counts sessions."""
    span = tokens[0].span
    whole = span.low.denominator == span.high.denominator == 1
    return [shapes.count_token(tokens[:1], span), tokens[1]] if whole and span.high < 10 and span.low >= 1 else None


def _bare_noun(tokens: list[Token]) -> list[Token] | None:
    """2x week, 30 min x month. Not "weeks": those are a stretch of time, not a period."""
    if tokens[-1].raw.endswith("s"):
        return None
    return [tokens[0], shapes.period_token(tokens[-1:], tokens[-1].name)]


def _size(tokens: list[Token]) -> list[Token]:
    ceiling = any(token.kind == "CEILING" for token in tokens)
    return [Token("SIZE", shapes.raw_of(tokens), shapes.spans_in(tokens)[0], name="at most" if ceiling else "")]


SERVICES: tuple[shapes.Shape, ...] = (
    (
        "GROUP OF|COLON|DASH? CEILING? NUM STUDENT?",
        lambda t: (
            _size(t) if any(x.raw in ("group size",) or x.kind in ("OF", "COLON", "CEILING") for x in t) else None
        ),
    ),
    ("GROUP OPEN CEILING? NUM STUDENT? CLOSE", _size),
    ("CEILING GROUP OF? NUM STUDENT?", _size),
    ("NUM STUDENT", _size),
    ("IN PER? FILLER? GROUP|SIZE|SETTING|DELIVERY", lambda t: t[-1:]),
    ("OPEN NUM CLOSE AMOUNT SESSION", lambda t: [shapes.count_token(t[1:2], t[1].span), _bound(t)]),
    ("TIMES|SESSION COLON NUM", lambda t: [shapes.count_token(t, t[2].span)]),
    ("NUM AMOUNT SESSION|TIMES", lambda t: [shapes.count_token(t[:1], t[0].span), _bound(t)]),
    ("NUM FILLER|DELIVERY AMOUNT SESSION|TIMES", lambda t: [shapes.count_token(t[:1], t[0].span), t[1], _bound(t)]),
    ("COUNT AMOUNT SESSION", lambda t: [t[0], _bound(t)]),
    ("PER|EACH? AMOUNT SESSION", _sessions_of),
    ("NUM X NUM X NUM", lambda t: [Token("TRIPLE", shapes.raw_of(t), numbers=tuple(shapes.spans_in(t)))]),
    (
        "NUM X AMOUNT X NUM",
        lambda t: [Token("TRIPLE", shapes.raw_of(t), numbers=(t[0].span, t[2].span, t[4].span), name="unit")],
    ),
    ("NUM X AMOUNT", lambda t: [shapes.count_token(t[:2], t[0].span), _bound(t)]),
    ("AMOUNT X NUM TIMES|SESSION|X?", lambda t: [_bound(t), shapes.count_token(t[1:], t[2].span)]),
    ("AMOUNT X COUNT", lambda t: [_bound(t), t[2]]),
    ("COUNT X AMOUNT", lambda t: [t[0], _bound(t)]),
    ("COUNT OF AMOUNT", lambda t: [t[0], _bound(t)]),
    ("NUM X NUM", lambda t: [Token("CROSS", shapes.raw_of(t), numbers=tuple(shapes.spans_in(t)))]),
    ("NUM X TIMES|SESSION?", lambda t: [shapes.count_token(t, t[0].span)]),
    ("NUM TIMES|SESSION", lambda t: [shapes.count_token(t, t[0].span)]),
    (
        "NUM DELIVERY|SETTING|GROUP|FILLER TIMES|SESSION",
        lambda t: [shapes.count_token([t[0], t[2]], t[0].span), t[1]],
    ),
    ("COUNT PERIOD X NUM", _then_minutes),
    ("AMOUNT TIMES NUM", lambda t: [_bound(t), shapes.count_token(t[1:], t[2].span)]),
    ("MIN OF? AMOUNT", lambda t: [Token("FLOOR", t[0].raw), t[-1]]),
    ("X NUM TIMES|SESSION?", lambda t: [shapes.count_token(t, t[1].span)]),
    ("COUNT DASH|TO|OR COUNT", lambda t: [shapes.count_token(t, Span(*sorted((t[0].span.low, t[2].span.high))))]),
    ("COUNT|AMOUNT OPEN NUM CLOSE", lambda t: [t[0]] if t[2].span == t[0].span else None),
    ("AMOUNT OPEN AMOUNT CLOSE", lambda t: [t[0]] if t[2].span == t[0].span else None),
    ("COUNT OPEN COUNT CLOSE", lambda t: [t[0]] if t[2].span == t[0].span else None),
    ("AMOUNT PER|SLASH SESSION|TIMES", lambda t: [replace(_bound(t), name="sessions")]),
    ("AMOUNT EACH SESSION|TIMES?", lambda t: [_bound(t)]),
    ("AMOUNT FOR EACH SESSION|TIMES", lambda t: [_bound(t)]),
    ("EACH AMOUNT", lambda t: [_bound(t)]),
    ("AMOUNT TOTAL", lambda t: [replace(t[0], total=True)]),
    ("TOTAL COLON|OF? AMOUNT", lambda t: [replace(t[-1], total=True)]),
    ("TOTAL COLON NUM", lambda t: [shapes.amount_token(t, t[-1].span, total=True)]),
    ("AMOUNT PERIOD TOTAL", lambda t: [replace(t[0], total=True), t[1]]),
    ("AMOUNT X PERIOD", lambda t: [t[0], t[2]]),
    ("NUM X PERIOD", lambda t: [shapes.count_token(t[:2], t[0].span), t[2]]),
    ("COUNT X? NOUN", lambda t: _bare_noun([x for x in t if x.kind != "X"])),
    ("CROSS X? NOUN", lambda t: _bare_noun([x for x in t if x.kind != "X"])),
    ("COUNT DAYNOUN", lambda t: [t[0], shapes.period_token(t[1:], "day")] if t[1].raw == "day" else None),
    ("AMOUNT X? NOUN", lambda t: _bare_noun([x for x in t if x.kind != "X"])),
    ("FOR PURPOSE", lambda t: [Token("PURPOSE", shapes.raw_of(t))]),
    ("PURPOSE AND|SEP|SLASH|OR|TO? PURPOSE", lambda t: [Token("PURPOSE", shapes.raw_of(t))]),
    (
        "DELIVERY OR|SLASH|AND DELIVERY",
        lambda t: [Token("DELIVERY", shapes.raw_of(t), name=t[0].name if t[0].name == t[2].name else "either")],
    ),
    ("GROUP OR|SLASH|AND DELIVERY", lambda t: [Token("DELIVERY", shapes.raw_of(t), name="either")]),
    ("DELIVERY OR|SLASH|AND GROUP", lambda t: [Token("DELIVERY", shapes.raw_of(t), name="either")]),
    (
        "FILLER SLASH|OR DELIVERY",
        lambda t: [Token("DELIVERY", shapes.raw_of(t), name="either")] if t[0].raw == "direct" else None,
    ),
    ("NUM PERIOD", _small_count),
    ("NUM SLASH NUM", lambda t: [Token("PAIR", shapes.raw_of(t), numbers=tuple(shapes.spans_in(t)))]),
    ("MODEL_RATIO FILLER? FILLER? MODEL", lambda t: [Token("MODEL31", shapes.raw_of(t), numbers=t[0].numbers)]),
)

"""One service: from the shaped tokens of a phrase to minutes, sessions, period and total."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from workload.intake.phrases.bounds import LARGEST_POSSIBLE_GROUP, LONGEST_PLAUSIBLE_SESSION, SHORTEST_PLAUSIBLE_SESSION
from workload.intake.phrases.facts import Facts, settle
from workload.intake.phrases.meanings import Part, Span, show_number, show_span, weeks_in_period
from workload.intake.phrases.numbers import resolve_numbers, resolve_period
from workload.intake.phrases.questions import (
    Asker,
    LeftOut,
    Unreadable,
    ask_mismatch,
    ask_or_leave,
    ask_session_or_total,
    period_label,
)
from workload.intake.phrases.tokens import Token

# said about a service without moving its numbers
GLUE = frozenset({"FILLER", "OF", "FOR", "SETTING", "PURPOSE", "COLON", "X", "SLASH", "OPEN", "CLOSE", "DURATION"})


def read_service(tokens: list[Token], asker: Asker, inherited: Token | None = None) -> Part:
    """One service from tokens without leftovers. ``inherited`` is the period of a neighboring service.

    Raises ``Unreadable`` when the numbers do not form one service.
    """
    tokens = [resolve_period(token, asker) for token in resolve_numbers(tokens, asker)]
    delivery, size = _delivery(tokens, asker)
    numbers = [
        token
        for token in tokens
        if token.kind in ("AMOUNT", "COUNT", "PERIOD", "EQ", "IN", "SEP", "AND", "DASH", "SESSION", "TIMES")
    ]
    if any(token.kind == "EQ" for token in numbers):
        numbers = _equation(numbers, asker)
    facts = _facts(numbers, asker, inherited)
    return settle(replace(facts, delivery=delivery, group_size=size), asker)


def _delivery(tokens: list[Token], asker: Asker) -> tuple[str | None, int | None]:
    names = {token.name for token in tokens if token.kind == "DELIVERY"}
    if any(token.kind in ("GROUP", "SIZE") for token in tokens):
        names.add("group")
    size = _group_size([token for token in tokens if token.kind in ("SIZE", "RATIO")], asker)
    if size == 1 and names <= {"group"}:
        names = {"individual"}
    elif size is not None and size > 1:
        names.add("group")
    if any(token.kind == "RATIO" for token in tokens) and size is None:
        names.add("group")
    if len(names) > 1 or "either" in names:
        name = ask_or_leave(
            asker,
            "delivery",
            "The cell mixes individual, group or consult in one amount. How should all of it count?",
            {"individual": "All individual", "group": "All in groups", "consult": "All consult"},
        )
        return name, size if name == "group" else None
    return next(iter(names), None), None if size == 1 and names != {"individual"} else size


def _group_size(tokens: list[Token], asker: Asker) -> int | None:
    if not tokens:
        return None
    if len(tokens) > 1:
        raise Unreadable
    token = tokens[0]
    if token.kind == "SIZE" and not token.span.is_range and token.name != "at most":
        largest = token.span.low
        asked = False
    else:
        numbers = token.numbers or (token.span,)
        if token.kind == "RATIO" and min(span.low for span in numbers) != 1:
            raise Unreadable
        largest = max(span.high for span in numbers)
        asked = largest > 1
    if largest.denominator != 1 or not 1 <= largest <= LARGEST_POSSIBLE_GROUP:
        raise Unreadable
    if asked:
        count = show_number(largest)
        answer = asker.ask(
            "ratio",
            f"The group has at most {count} students. Which size should count?",
            {"full-group": f"A full group of {count}", "size-unknown": "The size is not known"},
        )
        return int(largest) if answer == "full-group" else None
    return int(largest)


def _equation(tokens: list[Token], asker: Asker) -> list[Token]:
    """30 min x 2 = 60 min weekly: mark the minutes on the side without sessions as the total."""
    place = next(index for index, token in enumerate(tokens) if token.kind == "EQ")
    left, right = tokens[:place], tokens[place + 1 :]
    if not any(token.kind == "COUNT" for token in left) and any(token.kind == "COUNT" for token in right):
        left, right = right, left
    amounts = [token for token in right if token.kind == "AMOUNT"]
    if len(amounts) != 1 or amounts[0].each or any(t.kind in ("EQ", "COUNT", "SEP", "AND") for t in right):
        raise Unreadable
    own = next((token for token in left if token.kind == "PERIOD"), None)
    other = next((token for token in right if token.kind == "PERIOD"), None)
    total = replace(amounts[0], total=True)
    if own is None or other is None or (own.name, own.factor) == (other.name, other.factor):
        period = own or other
        rest = [token for token in left if token.kind != "PERIOD"]
        return [*rest, Token("SEP", "="), total, *([period] if period else [])]
    return _other_period(left, total, other, asker)


def _other_period(left: list[Token], total: Token, other: Token, asker: Asker) -> list[Token]:
    """30 min per quarter = 120 per year: two periods are fine when they agree."""
    part = settle(_facts(left, asker, None), asker)
    if part.total_minutes is None or part.period is None or total.span.is_range:
        raise Unreadable
    weekly = part.total_minutes / weeks_in_period(part.period)
    if weekly == total.span.low / weeks_in_period(other.name):
        return left
    first = f"{show_number(part.total_minutes)} minutes {period_label(part.period)}"
    second = f"{show_span(total.span)} minutes {period_label(other.name)}"
    return left if ask_mismatch(asker, first, second) == "product" else [total, other]


def _facts(tokens: list[Token], asker: Asker, inherited: Token | None) -> Facts:
    amounts = [token for token in tokens if token.kind == "AMOUNT"]
    counts = [token for token in tokens if token.kind == "COUNT"]
    if not amounts or len(amounts) > 2 or len(counts) > 1:
        raise Unreadable
    sessions = counts[0].span if counts else None
    period, held = _one_period(tokens, sessions, asker)
    period = period or inherited
    facts = Facts(
        sessions=sessions,
        period=period.name if period else None,
        factor=period.factor if period else Fraction(1),
    )
    if len(amounts) == 2:
        each = [amount for amount in amounts if amount.each]
        rest = [amount for amount in amounts if not amount.each]
        if len(each) != 1 or len(rest) != 1:
            raise Unreadable
        return replace(facts, minutes=each[0].span, total=rest[0].span)
    if held == "total":  # minutes a month together with contacts a week
        return replace(facts, total=amounts[0].span, sessions=None)
    if held == "each":  # 15 minutes daily, five days a week
        return replace(facts, minutes=amounts[0].span)
    return _one_amount(facts, amounts[0], tokens, asker)


def _one_amount(facts: Facts, amount: Token, tokens: list[Token], asker: Asker) -> Facts:
    plural = any(t.kind == "SESSION" and t.raw.endswith("s") for t in tokens)
    if facts.sessions is None:
        if amount.each and amount.name == "one session":
            return replace(facts, minutes=amount.span, sessions=Span(Fraction(1), Fraction(1)))
        if (amount.each or plural) and facts.period is not None:
            if ask_session_or_total(asker, amount.span, None, facts.period) == "each":
                raise LeftOut
            return replace(facts, total=amount.span)
        if facts.factor != 1:
            return replace(facts, minutes=amount.span, sessions=Span(Fraction(1), Fraction(1)))
        return replace(facts, total=amount.span)
    if amount.total:
        return replace(facts, total=amount.span)
    if amount.each or facts.sessions == Span(Fraction(1), Fraction(1)):
        return replace(facts, minutes=amount.span)
    binding = _binding(amount, tokens)
    if binding == "unsure":
        binding = ask_session_or_total(asker, amount.span, facts.sessions, facts.period or "week")
    return replace(facts, minutes=amount.span) if binding == "each" else replace(facts, total=amount.span)


def _binding(amount: Token, tokens: list[Token]) -> str:
    """Whether the minutes belong to each session ("each"), to all of them ("total"), or could be either.

    "2x/week 60 min" and "60 min 2x/week" are each; "90 min a month in 3 sessions" is a total; "60 min a week,
    2 sessions" could be either, because the period stands with the minutes.
    """
    place = next(index for index, token in enumerate(tokens) if token is amount)
    after = tokens[place + 1 : place + 2]
    count = next(index for index, token in enumerate(tokens) if token.kind == "COUNT")
    between = {token.kind for token in tokens[min(place, count) : max(place, count)]}
    if "IN" in between and count > place:
        return "total"
    if not after or after[0].kind != "PERIOD":
        return "each"
    return "each" if count == place - 1 else "unsure"


def _one_period(tokens: list[Token], sessions: Span | None, asker: Asker) -> tuple[Token | None, str]:
    """The period of a service, and beside it whether two periods make the minutes each or a total."""
    periods = {(token.name, token.factor): token for token in tokens if token.kind == "PERIOD"}
    if len(periods) <= 1:
        return next(iter(periods.values()), None), ""
    if len(periods) > 2:
        raise Unreadable
    first, second = periods.values()
    names = {first.name, second.name}
    five = Span(Fraction(5), Fraction(5))
    if names == {"day", "week"} and sessions == five:  # daily, five days a week
        return next(token for token in periods.values() if token.name == "week"), "each"
    held = _longer_total(tokens, sessions)
    if held is not None:
        return held, "total"
    one, two = period_label(first.name), period_label(second.name)
    name = ask_or_leave(
        asker,
        "two-periods",
        f"The cell names two periods: {one}, and {two}. Which one counts?",
        {first.name: one.capitalize(), second.name: two.capitalize()},
    )
    return next(token for token in periods.values() if token.name == name), ""


def _longer_total(tokens: list[Token], sessions: Span | None) -> Token | None:
    """The period of "120-180 minutes/month; 1-2 contacts/week" if sessions get a plausible length."""
    pairs = list(zip(tokens, tokens[1:], strict=False))
    total = next(((a, p) for a, p in pairs if a.kind == "AMOUNT" and p.kind == "PERIOD" and not a.each), None)
    count = next((p for c, p in pairs if c.kind == "COUNT" and p.kind == "PERIOD"), None)
    if total is None or count is None or sessions is None or sessions.low == 0:
        return None
    ratio = weeks_in_period(total[1].name) / weeks_in_period(count.name)
    lengths = [total[0].span.low / (sessions.low * ratio), total[0].span.high / (sessions.high * ratio)]
    plausible = all(SHORTEST_PLAUSIBLE_SESSION <= length <= LONGEST_PLAUSIBLE_SESSION for length in lengths)
    return total[1] if ratio > 1 and plausible else None

"""Numbers without units and periods without a length: 2x30, 30/60, a bare 30, "biweekly", "the cycle"."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from workload.intake.phrases.bounds import (
    LARGEST_POSSIBLE_GROUP,
    LONGEST_PLAUSIBLE_SESSION,
    MOST_PLAUSIBLE_SESSIONS_PER_WEEK,
)
from workload.intake.phrases.meanings import Span, show_number, show_span, weeks_in_period
from workload.intake.phrases.questions import Asker, Unreadable, ask_or_leave
from workload.intake.phrases.tokens import Token

CROSS_LIMIT = 10  # below: a number of sessions; from here on: minutes
FEWEST_MINUTES = 5


def resolve_numbers(tokens: list[Token], asker: Asker) -> list[Token]:
    """Replace 2x30, 2x30x3, 30/60 and bare numbers by sessions and minutes."""
    resolved: list[Token] = []
    for token in tokens:
        if token.kind == "CROSS":
            resolved += _cross(token.numbers[0], token.numbers[1], asker)
        elif token.kind == "TRIPLE":
            resolved += _triple(token, asker)
        elif token.kind == "NUM" and resolved and resolved[-1].kind == "EQ":  # 30 min x 2 = 60 weekly
            resolved.append(replace(token, kind="AMOUNT"))
        elif token.kind == "PAIR":
            resolved += _pair(token, asker)
        elif token.kind == "AMOUNT" and token.name == "MIN" and 0 < token.span.low < FEWEST_MINUTES:
            resolved.append(_few_minutes(token, asker))
        elif token.kind == "AMOUNT" and token.name == "dash":
            resolved += _dashed(token, asker)
        else:
            resolved.append(token)
    return _bare_number(resolved, asker)


def _sessions(span: Span) -> Token:
    return Token("COUNT", "", span)


def _each(span: Span) -> Token:
    return Token("AMOUNT", "", span, each=True)


def _cross(first: Span, second: Span, asker: Asker) -> list[Token]:
    if first.high < CROSS_LIMIT <= second.low:
        return [_sessions(first), _each(second)]
    if second.high < CROSS_LIMIT <= first.low:
        asker.notice(f"{show_span(first)} was read as the minutes and {show_span(second)} as the sessions.")
        return [_sessions(second), _each(first)]
    if first == second:
        return [_sessions(first), _each(second)]
    one, two = show_span(first), show_span(second)
    order = ask_or_leave(
        asker,
        "order",
        f"In {one} x {two}, which number is the minutes of a session?",
        {
            "count-first": f"{one} sessions of {two} minutes",
            "minutes-first": f"{two} sessions of {one} minutes",
        },
    )
    return [_sessions(first), _each(second)] if order == "count-first" else [_sessions(second), _each(first)]


def _triple(token: Token, asker: Asker) -> list[Token]:
    first, second, third = token.numbers
    size = third.low
    if third.is_range or size.denominator != 1 or not 1 <= size <= LARGEST_POSSIBLE_GROUP:
        raise Unreadable
    asked = f"Three numbers stand in a row: {', '.join(map(show_span, token.numbers))}. What do they mean?"
    ask_or_leave(
        asker,
        "three-numbers",
        asked,
        {
            "count-minutes-group": f"{show_span(first)} and {show_span(second)} are sessions and minutes, "
            f"{show_number(size)} is the number of students in the group"
        },
    )
    return [*_cross(first, second, asker), Token("SIZE", "", third)]


def _pair(token: Token, asker: Asker) -> list[Token]:
    first, second = token.numbers
    one, two = show_span(first), show_span(second)
    meaning = ask_or_leave(
        asker,
        "two-numbers",
        f"The cell says {one}/{two}. What are the two numbers?",
        {
            "individual-group": f"{one} minutes individual and {two} minutes group",
            "direct-consult": f"{one} minutes direct and {two} minutes consult",
            "session-total": f"{one} minutes a session, {two} minutes in all",
        },
    )
    left, right = Token("AMOUNT", "", first), Token("AMOUNT", "", second)
    if meaning == "session-total":
        return [replace(left, each=True), replace(right, total=True)]
    names = ("individual", "group") if meaning == "individual-group" else ("", "consult")
    named = [
        [amount, *([Token("DELIVERY", "", name=name)] if name else [])]
        for amount, name in zip((left, right), names, strict=True)
    ]
    return [*named[0], Token("SEP", "+"), *named[1]]


def _dashed(token: Token, asker: Asker) -> list[Token]:
    """2-30 min: nobody gives a range from 2 to 30, but 20-30 is one."""
    low, high = token.span.low, token.span.high
    if low >= CROSS_LIMIT or low > 6 or high < 15 or low.denominator != 1:
        return [token]
    one, two = show_number(low), show_number(high)
    meaning = ask_or_leave(
        asker,
        "range-or-count",
        f"Does {one} - {two} minutes mean {one} sessions or a range?",
        {"sessions": f"{one} sessions of {two} minutes", "range": f"Between {one} and {two} minutes"},
    )
    if meaning == "range":
        return [token]
    return [_sessions(Span(low, low)), _each(Span(high, high))]


def _few_minutes(token: Token, asker: Asker) -> Token:
    """0.5 min: nobody is served for half a minute."""
    few, long = show_span(token.span), show_span(token.span.times(Fraction(60)))
    options = {"hours": f"{few} hours, which is {long} minutes", "minutes": f"{few} minutes"}
    if token.span.low >= 1:
        options = dict(reversed(options.items()))
    unit = ask_or_leave(asker, "hours-or-minutes", f"The cell says {few} minutes. Are these hours or minutes?", options)
    return replace(token, span=token.span.times(Fraction(60))) if unit == "hours" else token


def _bare_number(tokens: list[Token], asker: Asker) -> list[Token]:
    """A number without a unit is minutes only where it cannot be a number of sessions."""
    bare = [place for place, token in enumerate(tokens) if token.kind == "NUM"]
    if not bare:
        return tokens
    if len(bare) > 1 or any(token.kind == "AMOUNT" for token in tokens):
        raise Unreadable
    place, span = bare[0], tokens[bare[0]].span
    counted = any(token.kind == "COUNT" for token in tokens)
    period = next((token.name for token in tokens if token.kind == "PERIOD"), None)
    minutes_of_session = counted and span.low >= 15 and span.high <= LONGEST_PLAUSIBLE_SESSION
    # more than two sessions every school day: no number of sessions is that large
    most_sessions = MOST_PLAUSIBLE_SESSIONS_PER_WEEK * weeks_in_period(period) if period else None
    is_many = most_sessions is not None and span.low > most_sessions
    minutes_of_period = not counted and span.low >= CROSS_LIMIT and is_many
    if minutes_of_session or minutes_of_period:
        asker.notice(f"{show_span(span)} was read as minutes.")
        meaning = "minutes"
    else:
        meaning = ask_or_leave(
            asker,
            "bare-number",
            f"The cell has the number {show_span(span)} without a unit. What is it?",
            _bare_meanings(span),
        )
    return [*tokens[:place], *_meant(span, meaning), *tokens[place + 1 :]]


def _bare_meanings(span: Span) -> dict[str, str]:
    return {
        "minutes": f"{show_span(span)} minutes",
        "hours": f"{show_span(span)} hours",
        "sessions": f"{show_span(span)} sessions; the minutes are not written",
    }


def _meant(span: Span, meaning: str) -> list[Token]:
    if meaning == "sessions":
        return [Token("COUNT", "", span)]
    return [Token("AMOUNT", "", span.times(Fraction(60 if meaning == "hours" else 1)))]


# ---------------------------------------------------------------- periods


def resolve_period(token: Token, asker: Asker) -> Token:
    """Settle "biweekly", "the cycle" and "marking period"."""
    if token.kind == "BIPERIOD":
        return _biperiod(token, asker)
    if token.kind == "CYCLE_PERIOD":
        days = asker.ask(
            "cycle-length",
            "The cell speaks of a cycle. How many school days does it have?",
            {str(count): f"{count} school days" for count in (6, 4, 5, 7, 8, 10)},
        )
        return Token("PERIOD", token.raw, name=f"{days}-day cycle")
    if token.kind == "MARKING":
        name = asker.ask(
            "marking-period",
            "How long is a marking period (grading period, term)?",
            {
                "quarter": "Nine weeks, a quarter",
                "six weeks": "Six weeks",
                "trimester": "A trimester",
                "semester": "A semester",
            },
        )
        return Token("PERIOD", token.raw, name=name)
    return token


def _biperiod(token: Token, asker: Asker) -> Token:
    if token.name == "week":
        often = asker.ask(
            "biweekly",
            "Does biweekly mean every two weeks, or twice a week?",
            {"every-two-weeks": "Once every two weeks", "twice-a-week": "Twice a week"},
        )
        every_two = often == "every-two-weeks"
        return Token(
            "PERIOD",
            token.raw,
            name="two weeks" if every_two else "week",
            factor=Fraction(1 if every_two else 2),
        )
    if token.name == "month":
        often = asker.ask(
            "bimonthly",
            "Does bimonthly mean every two months, or twice a month?",
            {"every-two-months": "Once every two months", "twice-a-month": "Twice a month"},
        )
    elif token.name == "year":
        often = asker.ask(
            "biannual",
            "Does biannual mean twice a year, or every two years?",
            {"twice-a-year": "Twice a year", "every-two-years": "Once every two years"},
        )
    else:
        raise Unreadable
    factor = Fraction(2) if often.startswith("twice") else Fraction(1, 2)
    return Token("PERIOD", token.raw, name=token.name, factor=factor)

"""Cells that are no plain phrase: codes, dates, times, words without minutes."""

from __future__ import annotations

import re
from dataclasses import replace

from workload.intake.phrases.grammar import joined, shaped
from workload.intake.phrases.meanings import CODE_SYSTEMS, Part, show_span
from workload.intake.phrases.numbers import resolve_period
from workload.intake.phrases.one_service import read_service
from workload.intake.phrases.questions import Asker, LeftOut, Unreadable, ask_or_leave
from workload.intake.phrases.shapes import NUMBERS
from workload.intake.phrases.tokens import Token, number
from workload.intake.phrases.vocabulary import MONTHS, UNTIL_WORDS


def settled_numbers(tokens: list[Token], asker: Asker) -> list[Token]:
    """Questions about a single number: written twice, or written as a time."""
    settled = []
    for token in joined(NUMBERS, tokens):
        if token.kind == "MISMATCH":
            first, second = token.numbers
            answer = ask_or_leave(
                asker,
                "stated-twice",
                f"The cell says both {show_span(first)} and {show_span(second)}. Which one counts?",
                {"second": show_span(second), "first": show_span(first)},
            )
            span = first if answer == "first" else second
            settled.append(Token("NUM", token.raw, span))
        elif token.kind == "CLOCK":
            settled += _clock(token, asker)
        else:
            settled.append(token)
    return settled


def _clock(token: Token, asker: Asker) -> list[Token]:
    hours, minutes = (span.low for span in token.numbers)
    length = hours * 60 + minutes
    options = {"duration": f"A length of {length} minutes", "clock": "A time of day; leave the minutes out"}
    if 1 <= hours < 10 <= minutes:
        options["count-minutes"] = f"{hours} sessions of {minutes} minutes"
    answer = asker.ask("time-cell", f"The cell shows {token.raw}. Is that a length or a time of day?", options)
    if answer == "clock":
        raise LeftOut
    if answer == "count-minutes":
        return [number(hours), Token("X", "x"), number(minutes)]
    return [number(length), Token("MIN", "min")]


def date_tokens(tokens: list[Token]) -> tuple[int, int] | None:
    """Month and day of a cell that shows 2-Jan or Jan 2, and nothing else."""
    rest = [token for token in tokens if token.kind != "DASH"]
    if len(rest) != 2 or {token.kind for token in rest} != {"NUM", "MONTH_NAME"}:
        return None
    day = next(token.span.low for token in rest if token.kind == "NUM")
    month = next(MONTHS.index(token.raw[:3]) + 1 for token in rest if token.kind == "MONTH_NAME")
    return (month, int(day)) if day.denominator == 1 and 1 <= day <= 31 else None


def excel_date(month: int, day: int, asker: Asker) -> tuple[Part, ...]:
    """A cell that Excel turned from 1-2, 2/1 or 1-30 into a date."""
    options = {"range": f"{min(month, day)} to {max(month, day)} sessions", "per": f"{month} per {day}"}
    if month < 10 <= day:
        options = {"count-minutes": f"{month} sessions of {day} minutes"}
    answer = ask_or_leave(
        asker,
        "excel-date",
        f"Excel turned this cell into a date. Did it say {month}-{day} or {month}/{day}, and what does that mean?",
        options,
    )
    if answer == "count-minutes":
        return (read_service(shaped([number(month), Token("X", "x"), number(day)]), asker),)
    asker.notice("The cell has no minutes.")
    return ()


def code(key: str, asker: Asker) -> tuple[Part, ...]:
    """A frequency code with a leading zero: a period, never minutes."""
    meanings = {system: codes[key] for system, codes in CODE_SYSTEMS.items() if key in codes}
    options = {system: f"A frequency code for each {period}" for system, period in meanings.items()}
    system = ask_or_leave(asker, "code", f"The cell holds only {key}. Is that a frequency code?", options)
    return (Part(period=meanings[system]),)


def loose_words(items: list[Token]) -> list[Token]:
    """Words that mean something only next to certain others, and next to nothing else are harmless."""
    kept = []
    for place, item in enumerate(items):
        inside = 0 < place < len(items) - 1
        if (
            (item.kind == "PER" and item.raw in ("a", "an"))
            or (item.kind == "TIMES" and item.raw == "time")
            or (item.kind == "STUDENT")
        ):
            continue
        if (item.kind == "X" and not inside) or (item.kind == "DASH" and place == 0):  # a sign, or half a sentence
            item = replace(item, kind="UNKNOWN")
        if item.kind == "TO" and item.raw in UNTIL_WORDS:
            item = replace(item, kind="CONDITION")
        kept.append(item)
    return kept


def no_minutes(items: list[Token], asker: Asker) -> tuple[tuple[Part, ...], str]:
    """A cell without any amount of time: what it does say is kept, the minutes stay unknown."""
    leftovers = " ".join(item.raw for item in items if item.kind in ("UNKNOWN", "LETTER", "MONTH_NAME", "DATE"))
    if any(item.kind in ("MIN", "HOUR") or (item.kind == "UNKNOWN" and re.search(r"\d", item.raw)) for item in items):
        raise Unreadable
    coded = next((item for item in items if item.kind == "CODED_PERIOD"), None)
    if coded is not None and not leftovers:
        return _coded_period(coded, items, asker), ""
    settled = [resolve_period(item, asker) for item in items]
    period = next((item for item in settled if item.kind == "PERIOD"), None)
    counts = [item.span for item in settled if item.kind == "COUNT" and not item.span.is_range]
    names = {item.name for item in settled if item.kind == "DELIVERY" and item.name != "either"}
    if any(item.kind in ("GROUP", "SIZE") for item in settled):
        names.add("group")
    if any(item.kind == "ALLOW" for item in settled):
        asker.notice("Sessions that are allowed but not required add no minutes.")
        return (Part(),), leftovers
    sessions = counts[0].low * period.factor if period and len(counts) == 1 else None
    asker.notice("The cell has no minutes; the student still counts.")
    part = Part(
        sessions=sessions,
        period=period.name if period else None,
        delivery=next(iter(names)) if len(names) == 1 else None,
        esy=any(item.kind == "ESY" for item in settled),
    )
    return (part,), leftovers


def _coded_period(coded: Token, items: list[Token], asker: Asker) -> tuple[Part, ...]:
    """20 - Weekly is a code with its meaning in one system, and could be 20 minutes."""
    minutes = show_span(coded.span)
    if any("one or more times" in item.raw for item in items):
        asker.notice("The cell has a frequency code and no minutes.")
        return (Part(period=coded.name),)
    answer = asker.ask(
        "code",
        f"Is {minutes} a frequency code, or {minutes} minutes {coded.name}ly?",
        {
            "calpads": f"A frequency code for each {coded.name}; the minutes are not written",
            "minutes": f"{minutes} minutes each {coded.name}",
        },
    )
    if answer == "calpads":
        return (Part(period=coded.name),)
    return (Part(period=coded.name, total_minutes=coded.span.low),)

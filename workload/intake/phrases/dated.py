"""Services that change: conditions ("until fluent") and dates ("until 12/20, then 60 min/mo")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from workload.intake.phrases.meanings import Part
from workload.intake.phrases.questions import Asker, ask_or_leave
from workload.intake.phrases.segments import MINUTES_KINDS, probe
from workload.intake.phrases.tokens import Token
from workload.intake.phrases.vocabulary import FROM_WORDS, UNTIL_WORDS
from workload.model.school_year import school_year

Read = Callable[[list[Token], Asker], tuple[tuple[Part, ...], str]]


def read_condition(items: list[Token], asker: Asker, read: Read) -> tuple[tuple[Part, ...], str]:
    """A cell with a condition or a date of change. ``read`` reads the part that counts."""
    place = next(index for index, item in enumerate(items) if item.kind == "CONDITION")
    head, word, tail = items[:place], items[place].raw, items[place + 1 :]
    while head and head[-1].kind in ("OPEN", "TO", "SEP", "AND", "DASH", "OTHER"):
        head = head[:-1]
    if not any(item.kind in MINUTES_KINDS for item in head):
        rest = [item for item in items if item.kind not in ("CONDITION", "TO")]
        probe(rest)
        ask_or_leave(
            asker,
            "conditional",
            "The minutes depend on a condition. Should they count?",
            {"current": "Count the minutes"},
        )
        return read(rest, asker)
    probe(head)
    on_date = any(item.kind in ("DATE", "PAIR", "MONTH_NAME") for item in tail)
    if word == "then" or (on_date and word in UNTIL_WORDS | FROM_WORDS):
        return _dated(head, word, tail, asker, read)
    ask_or_leave(
        asker,
        "conditional",
        "The cell also says what happens later or under a condition. Should the first part count?",
        {"current": "Count the part before the condition"},
    )
    return read(head, asker)


def _dated(head: list[Token], word: str, tail: list[Token], asker: Asker, read: Read) -> tuple[tuple[Part, ...], str]:
    place = next((index for index, item in enumerate(tail) if item.kind == "CONDITION"), None)
    later = [] if place is None else tail[place + 1 :]
    if word == "then":
        tail, later = [], tail
    day = _date_in(tail if place is None else tail[:place], asker)
    has_later = any(item.kind in MINUTES_KINDS for item in later)
    options = {"first": "Count the first part now"}
    if has_later:
        probe(later)
        options["second"] = "Count the second part now"
    if day is not None:
        options = {"by-date": f"Change on {day:%B} {day.day}, {day.year}", **options}
    answer = ask_or_leave(asker, "dated", "The minutes change on a date. Which part counts?", options)
    if answer == "second":
        return read(later, asker)
    parts, leftovers = read(head, asker)
    if answer == "first" or day is None:
        return parts, leftovers
    if word in FROM_WORDS:
        return tuple(replace(part, starts=day) for part in parts), leftovers
    first = tuple(replace(part, until=day) for part in parts)
    if not has_later:
        return first, leftovers
    second, more = read(later, asker)
    following = tuple(replace(part, starts=day + timedelta(days=1)) for part in second)
    return (*first, *following), f"{leftovers} {more}".strip()


def _date_in(items: list[Token], asker: Asker) -> date | None:
    """The date after until: 12/20/2026, or 12/20 in the school year of the snapshot day."""
    for item in items:
        if item.kind == "DATE":
            month, day, year = (int(piece) for piece in item.raw.split("/"))
            return _valid_date(year + 2000 if year < 100 else year, month, day)
        if item.kind == "PAIR" and asker.context.day is not None:
            month, day = (int(span.low) for span in item.numbers)
            first, last = school_year(asker.context.day)
            found = _valid_date(first.year, month, day)
            return found if found is not None and found >= first else _valid_date(last.year, month, day)
    return None


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

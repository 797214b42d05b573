"""A whole cell: what stands around a service, several services in one cell, and cells without minutes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from workload.intake.phrases import special
from workload.intake.phrases.grammar import shaped
from workload.intake.phrases.meanings import Part, show_span
from workload.intake.phrases.questions import Asker, Unanswered, Unreadable, ask_or_leave, give_up
from workload.intake.phrases.segments import MINUTES_KINDS, SERVICE_KINDS, probe, read_services
from workload.intake.phrases.tokens import LONGEST_TEXT, Token
from workload.intake.phrases.vocabulary import FROM_WORDS, MONTHS, UNTIL_WORDS
from workload.model.school_year import school_year
from workload.model.units import DAYS_PER_SCHOOL_WEEK

BY_DATE = "by-date"  # the answer that the minutes change on the date, where its year is written
FIRST_YEAR = 2000  # from here on a number after a day of a month is its year


def read_tokens(tokens: list[Token], key: str, asker: Asker) -> tuple[tuple[Part, ...], str]:
    """The parts of a cell and the words that were left over. Raises ``Unanswered`` or ``LeftOut``."""
    if not key:
        asker.notice("The cell is blank.")
        return (), ""
    if len(key) > LONGEST_TEXT:
        asker.notice(f"The cell is {len(key)} characters long, longer than {LONGEST_TEXT}; it was not read.")
        return (), ""
    if re.fullmatch(r"0\d", key):
        return special.code(key, asker), ""
    dated = special.date_tokens(tokens)
    if dated is not None:
        return special.excel_date(*dated, asker), ""
    items = shaped(special.settled_numbers(tokens, asker))
    items = special.loose_words(items)
    try:
        if not any(item.kind in MINUTES_KINDS for item in items):
            return special.no_minutes(items, asker)
        return _guarded(items, asker)
    except Unreadable:
        give_up(asker)


# ---------------------------------------------------------------- what stands around a service


def _guarded(items: list[Token], asker: Asker) -> tuple[tuple[Part, ...], str]:
    """Settle in turn what a person would ask first about the whole cell, then read the services."""
    items = [replace(item, kind="PERIOD") if item.kind == "CODED_PERIOD" else item for item in items]
    kinds = {item.kind for item in items}
    if "OTHER_SERVICE" in kinds:
        other = next(item.raw for item in items if item.kind == "OTHER_SERVICE")
        ask_or_leave(
            asker,
            "other-service",
            f"The cell names another service ({other}). Are these OT minutes?",
            {"use": "Yes, these are OT minutes"},
        )
        items = _without(items, "OTHER_SERVICE")
    if "CONDITION" in kinds:
        return _condition(items, asker)
    if "AS_NEEDED" in kinds:
        probe(_without(items, "AS_NEEDED"))
        ask_or_leave(
            asker,
            "conditional",
            'The cell says minutes and also "as needed". Should the minutes count?',
            {"current": "Count the minutes"},
        )
        items = _without(items, "AS_NEEDED")
    if "ESY" in kinds:
        return _extended_year(items, asker)
    for kind, question in (
        ("CEILING", "The number is the most that may be given. Should it count in full?"),
        ("FLOOR", "The number is the least that must be given. Should it count?"),
        ("ALLOW", "The minutes are allowed or extra, not plainly required. Should they count?"),
    ):
        if kind in kinds:
            return _bounded(items, kind, question, asker)
    if "MODEL31" in kinds:
        return _consult_weeks(items, asker)
    return _limited(items, asker)


def _without(items: list[Token], *kinds: str) -> list[Token]:
    rest = [item for item in items if item.kind not in kinds]
    while rest and rest[0].kind in ("COLON", "SEP", "DASH"):
        rest = rest[1:]
    return rest


def _bounded(items: list[Token], kind: str, question: str, asker: Asker) -> tuple[tuple[Part, ...], str]:
    rest = _without(items, kind)
    probe(rest)
    name = {"CEILING": "ceiling", "FLOOR": "floor", "ALLOW": "ceiling"}[kind]
    ask_or_leave(asker, name, question, {"count-it": "Count the number as written"})
    return _guarded(rest, asker)


def _extended_year(items: list[Token], asker: Asker) -> tuple[tuple[Part, ...], str]:
    rest = _without(items, "ESY")
    probe(rest)
    answer = ask_or_leave(
        asker,
        "esy",
        "The cell speaks of the extended school year. Are the minutes only for it?",
        {
            "summer-only": "Only for the extended school year; nothing in the regular year",
            "regular-year": "For the regular year",
        },
    )
    weeks = any(item.kind == "DURATION" and item.name == "week" for item in rest)
    timed = any(item.kind in ("PERIOD", "BIPERIOD", "MARKING", "CYCLE_PERIOD") for item in rest)
    rest = _without(rest, "DURATION")
    if weeks and not timed:
        rest = [*rest, Token("PERIOD", "week", name="week")]
    parts, leftovers = _guarded(rest, asker)
    return tuple(replace(part, esy=answer == "summer-only") for part in parts), leftovers


def _consult_weeks(items: list[Token], asker: Asker) -> tuple[tuple[Part, ...], str]:
    direct_weeks = next(item.numbers[0].low for item in items if item.kind == "MODEL31")
    rest = _without(items, "MODEL31")
    probe(rest)
    whole = direct_weeks + 1
    answer = ask_or_leave(
        asker,
        "3-1-model",
        f"The {direct_weeks}:1 model has {direct_weeks} weeks of direct service "
        "and one week of indirect service. How should the minutes count?",
        {
            "split": f"{direct_weeks} weeks direct, 1 week consult, the same minutes each week",
            "direct-weeks": f"Only in {direct_weeks} of {whole} weeks",
            "every-week": "Direct in every week",
        },
    )
    parts, leftovers = _guarded(rest, asker)
    if answer == "every-week":
        return parts, leftovers
    split: list[Part] = []
    for part in parts:
        if part.period != "week" or part.total_minutes is None:
            raise Unreadable
        split += _weeks_of_cycle(part, part.total_minutes, int(direct_weeks), answer == "split")
    return tuple(split), leftovers


def _weeks_of_cycle(part: Part, weekly: Fraction, direct_weeks: int, with_consult: bool) -> list[Part]:
    """Weekly minutes stated per whole turn of the model, so that both kinds of weeks stay exact."""
    period = f"{(direct_weeks + 1) * 5}-day cycle"
    sessions = (part.sessions or Fraction(1)) * direct_weeks
    direct = replace(
        part,
        period=period,
        sessions=sessions,
        total_minutes=weekly * direct_weeks,
        minutes_per_session=weekly * direct_weeks / sessions,
    )
    consult = Part(period=period, total_minutes=weekly, delivery="consult")
    return [direct, consult] if with_consult else [direct]


def _limited(items: list[Token], asker: Asker) -> tuple[tuple[Part, ...], str]:
    """30 min for 6 weeks: the phrase does not say from when, so the year's minutes are not known."""
    duration = next((item for item in items if item.kind == "DURATION"), None)
    if duration is None:
        return _read_rest(items, asker)
    times = show_span(duration.span)
    rest = _without(items, "DURATION")
    every = "week" if duration.name == "day" and duration.span.high <= DAYS_PER_SCHOOL_WEEK else duration.name
    instead = [Token("COUNT", "", duration.span), Token("PERIOD", "", name=every)]
    timed = any(item.kind == "PERIOD" for item in rest)
    options = {"whole-year": "Count the minutes as if for the whole year"} if timed else {}
    counted = [item.span for item in rest if item.kind == "NUM"]
    if duration.raw.startswith("x") and len(counted) == 1 and len(rest) == 1 and every != "day":
        few, many = sorted((counted[0], duration.span), key=lambda span: span.high)
        instead = [Token("COUNT", "", few), Token("AMOUNT", "", many, name="MIN"), Token("PERIOD", "", name=every)]
        rest, options = [], {"times": f"{show_span(few)} times {show_span(many)} minutes each {every}"}
        probe(instead)
    elif duration.raw.startswith("x") and every != "day" and not any(i.kind == "COUNT" for i in rest):
        options = {"times": f"{times} times each {every}", **options}
    probe([*(rest or instead), *([] if timed or not rest else [Token("PERIOD", "", name="week")])])
    answer = ask_or_leave(
        asker, "time-limited", f"The cell says {duration.raw}. Is the service limited to that time?", options
    )
    return _read_rest([*rest, *instead] if answer == "times" else rest, asker)


# ---------------------------------------------------------------- leftovers and several services


def _read_rest(items: list[Token], asker: Asker) -> tuple[tuple[Part, ...], str]:
    """The services of a cell, after a question when other words stand around them."""
    known = [item for item in items if item.kind in SERVICE_KINDS]
    leftovers = " ".join(item.raw for item in items if item.kind not in SERVICE_KINDS)
    probe(known)
    if leftovers:
        try:
            ask_or_leave(
                asker,
                "text-around",
                "Other words stand around a clear phrase. Should the phrase count?",
                {"use": "Count the phrase, ignore the other words"},
            )
        except Unanswered as missing:
            missing.leftovers = leftovers
            raise
    return tuple(read_services(known, asker)), leftovers


def _condition(items: list[Token], asker: Asker) -> tuple[tuple[Part, ...], str]:
    """A cell with a condition or a date of change."""
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
        return _guarded(rest, asker)
    probe(head)
    on_date = any(item.kind in ("DATE", "PAIR", "MONTH_NAME") for item in tail)
    if word == "then" or (on_date and word in UNTIL_WORDS | FROM_WORDS):
        return _dated(head, word, tail, asker)
    ask_or_leave(
        asker,
        "conditional",
        "The cell also says what happens later or under a condition. Should the first part count?",
        {"current": "Count the part before the condition"},
    )
    return _guarded(head, asker)


def _dated(head: list[Token], word: str, tail: list[Token], asker: Asker) -> tuple[tuple[Part, ...], str]:
    place = next((index for index, item in enumerate(tail) if item.kind == "CONDITION"), None)
    later = [] if place is None else tail[place + 1 :]
    if word == "then":
        tail, later = [], tail
    day, by_date = _date_in(tail if place is None else tail[:place], asker)
    has_later = any(item.kind in MINUTES_KINDS for item in later)
    options = {"first": "Count the first part now"}
    if has_later:
        probe(later)
        options["second"] = "Count the second part now"
    if day is not None:
        options = {by_date: f"Change on {day:%B} {day.day}, {day.year}", **options}
    answer = ask_or_leave(asker, "dated", "The minutes change on a date. Which part counts?", options)
    if answer == "second":
        return _guarded(later, asker)
    parts, leftovers = _guarded(head, asker)
    if answer == "first" or day is None:
        return parts, leftovers
    if word in FROM_WORDS:
        return tuple(replace(part, starts=day) for part in parts), leftovers
    first = tuple(replace(part, until=day) for part in parts)
    if not has_later:
        return first, leftovers
    second, more = _guarded(later, asker)
    following = tuple(replace(part, starts=day + timedelta(days=1)) for part in second)
    return (*first, *following), f"{leftovers} {more}".strip()


def _date_in(items: list[Token], asker: Asker) -> tuple[date | None, str]:
    """The date after until, 12/20/2026 or Dec 20, 2026, and the key of the answer that the minutes change then.

    Where no year is written, it is that of the school year in which the context's day lies. The answer names it, so that it holds
    for that year alone: the same words in next year's file are asked about again.
    """
    for at, item in enumerate(items):
        if item.kind == "DATE":
            month, day, year = (int(piece) for piece in item.raw.split("/"))
            return _valid_date(year + 2000 if year < 100 else year, month, day), BY_DATE
        if item.kind == "PAIR":
            month, day = (int(span.low) for span in item.numbers)
            return _in_school_year(month, day, asker)
        if item.kind == "MONTH_NAME":
            numbers = [int(one.span.low) for one in items[max(0, at - 1) : at + 4] if one.kind == "NUM"]
            month = MONTHS.index(item.raw[:3]) + 1
            if len(numbers) == 2 and numbers[1] >= FIRST_YEAR:
                return _valid_date(numbers[1], month, numbers[0]), BY_DATE
            return _in_school_year(month, numbers[0], asker) if len(numbers) == 1 else (None, BY_DATE)
    return None, BY_DATE


def _in_school_year(month: int, day: int, asker: Asker) -> tuple[date | None, str]:
    if asker.context.day is None:
        return None, BY_DATE
    first, last = school_year(asker.context.day)
    found = _valid_date(first.year, month, day)
    if found is None or found < first:
        found = _valid_date(last.year, month, day)
    return found, BY_DATE if found is None else f"by-{found.isoformat()}"


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

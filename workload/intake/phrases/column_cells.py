"""One cell of a column that holds minutes, sessions, a period or a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from workload.intake.phrases.excel_values import cell_tokens
from workload.intake.phrases.grammar import shaped
from workload.intake.phrases.meanings import CODE_SYSTEMS, Span, show_number
from workload.intake.phrases.numbers import resolve_period
from workload.intake.phrases.questions import Asker, Unreadable, ask_or_leave, is_period, period_label
from workload.intake.phrases.special import loose_words, settled_numbers
from workload.intake.phrases.tokens import Token, tidy, tokens_of
from workload.intake.phrases.vocabulary import PERIODS_BY_WORD

COUNTED_MINUTES = re.compile(r"(?:(?:1|one) units? ?= ?)?(\d{1,2})[ -]?(?:m|mins?|minutes?)\.?(?: units?)?")
LEAST_MINUTES = 5  # fewer "minutes" than this are likely hours
UNIT_FACTORS = {"minutes": Fraction(1), "hours": Fraction(60)}
GLUE = frozenset({"FILLER", "OPEN", "CLOSE", "COLON", "OF", "SEP", "SLASH", "SETTING", "EACH"})


@dataclass(frozen=True)
class Stated:
    """What one column says: minutes, sessions and a period, as far as it says them."""

    amount: Span | None = None
    number: Span | None = None  # without a unit
    sessions: Span | None = None
    period: Token | None = None
    delivery: str | None = None


def is_blank(cell: object) -> bool:
    """True for None, NaN and texts without any sign."""
    if cell is None or (isinstance(cell, float) and cell != cell):
        return True
    return isinstance(cell, str) and not cell.strip()


def shown_cell(cell: object) -> str:
    """A cell as it is quoted in a question."""
    if isinstance(cell, datetime | date | time | timedelta):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _stated(cell: object, asker: Asker) -> Stated:
    """Read one column. Words that are not understood make the row unreadable, which is a question."""
    items = [
        item for item in loose_words(shaped(settled_numbers(cell_tokens(cell)[1], asker))) if item.kind not in GLUE
    ]
    if all(item.kind == "NO_DATA" for item in items):  # TBD, N/A: the column says nothing
        return Stated()
    items = [resolve_period(item, asker) for item in items]
    found = Stated()
    for item in items:
        if item.kind == "AMOUNT" and found.amount is None:
            found = replace(found, amount=item.span)
        elif item.kind == "NUM" and found.number is None:
            found = replace(found, number=item.span)
        elif item.kind == "COUNT" and found.sessions is None:
            found = replace(found, sessions=item.span)
        elif item.kind in ("PERIOD", "CODED_PERIOD") and found.period is None:
            found = replace(found, period=replace(item, kind="PERIOD"))
        elif item.kind == "NOUN" and found.period is None:
            found = replace(found, period=Token("PERIOD", item.raw, name=item.name))
        elif item.kind == "DAYNOUN" and found.period is None:
            found = replace(found, period=Token("PERIOD", item.raw, name="day"))
        elif item.kind in ("DELIVERY", "GROUP") and found.delivery is None:
            found = replace(found, delivery=item.name or "group")
        elif item.kind not in ("SESSION", "TIMES"):
            raise Unreadable
    return found


def stated_period(cell: object, asker: Asker) -> Stated:
    """A period column: a canonical name, a word, a code, or "3 times per week"."""
    text = tidy(shown_cell(cell))
    text = PERIODS_BY_WORD.get(text, text)  # "2 weeks" is two weeks, and not two of them
    if is_period(text):
        return Stated(period=Token("PERIOD", text, name=text))
    meanings = {system: codes[text] for system, codes in CODE_SYSTEMS.items() if text in codes}
    if meanings:
        return Stated(period=Token("PERIOD", text, name=_code_meaning(text, meanings, asker)))
    if text.isdigit():
        options = {name: f"{text} means {period_label(name)}" for name in ("week", "month", "day", "year")}
        name = ask_or_leave(
            asker, "code", f"The period column holds {text}. Which period does that stand for?", options
        )
        return Stated(period=Token("PERIOD", text, name=name))
    return _stated(cell, asker)


def _code_meaning(text: str, meanings: dict[str, str], asker: Asker) -> str:
    known = asker.context.code_system
    if known in meanings:
        return meanings[known]
    options = {system: f"{text} means {period_label(period)}" for system, period in meanings.items()}
    system = ask_or_leave(asker, "code", f"The period column holds the code {text}. What does it stand for?", options)
    return meanings[system]


def stated_minutes(cell: object, unit: Fraction | None, asker: Asker) -> tuple[Span | None, Stated]:
    """The minutes that a cell states, with the unit of its column where it has none of its own."""
    found = _stated(cell, asker)
    if found.amount is not None and found.number is not None:
        raise Unreadable
    if found.amount is not None:
        return found.amount, found
    if found.number is None:
        return None, found
    if unit is None and 0 < found.number.low < LEAST_MINUTES:
        shown = show_number(found.number.low)
        answer = ask_or_leave(
            asker,
            "hours-or-minutes",
            f"The column says {shown}. Are these hours or minutes?",
            {
                "hours": f"{shown} hours, which is {show_number(found.number.low * 60)} minutes",
                "minutes": f"{shown} minutes",
            },
        )
        unit = UNIT_FACTORS[answer]
    return found.number.times(unit or Fraction(1)), found


def stated_unit(cell: object, asker: Asker) -> Fraction | None:
    """Minutes in one unit of a unit column; None when there is none."""
    if cell is None:
        return None
    text = tidy(shown_cell(cell))
    if counted := COUNTED_MINUTES.fullmatch(text):  # "15 min", "1 unit = 15 minutes"
        return Fraction(counted[1])
    kinds = {token.kind for token in tokens_of(text)}
    if "HOUR" in kinds and "MIN" not in kinds:
        return UNIT_FACTORS["hours"]
    if "MIN" in kinds and "HOUR" not in kinds:
        return UNIT_FACTORS["minutes"]
    answer = ask_or_leave(
        asker,
        "hours-or-minutes",
        "The unit column is not understood. Is the time in hours or minutes?",
        {"minutes": "Minutes", "hours": "Hours"},
    )
    return UNIT_FACTORS[answer]


def stated_sessions(cell: object, asker: Asker) -> Stated:
    """A column with a number of sessions, which Excel may have turned into a date."""
    if isinstance(cell, date) and not isinstance(cell, time):
        span = Span(Fraction(min(cell.month, cell.day)), Fraction(max(cell.month, cell.day)))
        ask_or_leave(
            asker,
            "excel-date",
            f"Excel turned the number of sessions into a date. Did it say {cell.month}-{cell.day}?",
            {"range": f"{span.low} to {span.high} sessions"},
        )
        return Stated(sessions=span)
    found = _stated(cell, asker)
    if found.amount is not None:
        raise Unreadable
    return replace(found, sessions=found.sessions or found.number, number=None)

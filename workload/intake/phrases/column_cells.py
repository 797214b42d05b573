"""One cell of a column that holds minutes, sessions, a period or a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from workload.intake.phrases.bounds import FEWER_ARE_HOURS
from workload.intake.phrases.excel_values import cell_tokens
from workload.intake.phrases.grammar import shaped
from workload.intake.phrases.meanings import CODE_SYSTEMS, Span, show_number
from workload.intake.phrases.numbers import resolve_period
from workload.intake.phrases.questions import Asker, Unreadable, ask_or_leave, is_period, period_label
from workload.intake.phrases.special import loose_words, settled_numbers
from workload.intake.phrases.tokens import Token, tidy, tokens_of
from workload.intake.phrases.vocabulary import NUMBER_WORDS, PERIODS_BY_WORD

COUNTED_MINUTES = re.compile(r"(?:(?:1|one) units? ?= ?)?(\d{1,2})[ -]?(?:m|mins?|minutes?)\.?(?: units?)?")
# What the heading of an amount says that its numbers are. A heading may say both: "Units (15 min)" counts units.
SAYS_UNITS = re.compile(r"units?(?![a-z])", re.IGNORECASE)
SAYS_MINUTES = re.compile(r"(?<![a-z])min(?:ute)?s?(?![a-z])|minute|(?<![a-z])mp[wmy](?![a-z])", re.IGNORECASE)
SAYS_NUMBER = re.compile(r"amount|(?<![a-z])(?:amt|number|num|no|qty|quantity|count)(?![a-z])|#", re.IGNORECASE)
SEVERAL = re.compile(
    rf"(\d{{1,3}}(?:\.\d+)?(?: ?(?:-|to|or) ?\d{{1,3}})?|{'|'.join(NUMBER_WORDS)})[ -]?"
    r"(wks?|weeks?|mos?|mths?|months?|(?:school )?days?|qtrs?|quarters?|trimesters?|semesters?|yrs?|years?)\.?"
)
MOST_MONTHS = 6  # "10 months" and "12 months" more likely say for how long than how often
MOST_UNITS = 12  # a larger number beside "15 min" is more likely minutes than units of them
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
    several = SEVERAL.fullmatch(text)  # "4 wks" are the weeks of one period, and not four sessions in a week
    if several and several[2].startswith("m") and several[1].isdigit() and int(several[1]) > MOST_MONTHS:
        raise Unreadable
    return _stated(f"per {several[1]} {several[2]}" if several else cell, asker)


def _code_meaning(text: str, meanings: dict[str, str], asker: Asker) -> str:
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
    if unit is None and 0 < found.number.low < FEWER_ARE_HOURS:
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


def _minutes_of_unit(length: str, heading: str, amount: object, asker: Asker) -> Fraction:
    """Minutes in one of a number whose unit column says "15 min": the heading of the number says what is counted."""
    own = amount is None or SAYS_MINUTES.search(str(amount))  # "30 min" has a unit of its own
    if own or SAYS_MINUTES.search(heading) and not SAYS_UNITS.search(heading):
        return UNIT_FACTORS["minutes"]
    few = isinstance(amount, int | float) and amount <= MOST_UNITS or re.fullmatch(r"\d(?:\.0)?|1[0-2]", str(amount))
    if SAYS_UNITS.search(heading) or SAYS_NUMBER.search(heading) and few:
        return Fraction(length)
    shown = shown_cell(amount)
    answer = ask_or_leave(
        asker,
        "units-or-minutes",
        f"The row says {shown}, and its unit column {length} minutes. Are these minutes, or units of {length} minutes?",
        {"minutes": f"{shown} minutes", "units": f"{shown} units of {length} minutes"},
    )
    return UNIT_FACTORS["minutes"] if answer == "minutes" else Fraction(length)


def stated_unit(cell: object, asker: Asker, heading: str = "", amount: object = None) -> Fraction | None:
    """Minutes in one unit of a unit column; None when there is none.

    heading, amount  the heading and the cell of the number that is in this unit
    """
    if cell is None:
        return None
    text = tidy(shown_cell(cell))
    if counted := COUNTED_MINUTES.fullmatch(text):  # "15 min", "1 unit = 15 minutes"
        return _minutes_of_unit(counted[1], heading, amount, asker)
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

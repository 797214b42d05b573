"""Services whose minutes, sessions and period stand in columns of their own."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from workload.intake.phrases import meanings, questions
from workload.intake.phrases.bounds import SURELY_A_TOTAL
from workload.intake.phrases.column_cells import (
    Stated,
    is_blank,
    shown_cell,
    stated_minutes,
    stated_period,
    stated_sessions,
    stated_unit,
)
from workload.intake.phrases.facts import Facts, settle
from workload.intake.phrases.phrase_reader import NO_CONTEXT, answered, read_phrase_cell
from workload.intake.phrases.tokens import Token, tidy

SCHOOL_WEEKS = range(34, 41)  # weeks of instruction that a yearly total may imply


def combine_columns(
    *,
    minutes: object = None,
    sessions: object = None,
    period: object = None,
    total: object = None,
    text: object = None,
    unit: object = None,
    total_period: str | None = None,
    heading: str = "",
    context: meanings.PhraseContext = NO_CONTEXT,
) -> meanings.Reading:
    """One service from several cells of a row.

    ``minutes`` is a length of a session (or a "duration", which may turn out to be a total), ``total`` the
    time for a whole period; ``unit`` ("minutes", "hours") is that of both, and ``heading``
    says whether numbers beside "15 min" are minutes or units. ``total_period`` is given when the
    total belongs to another period than ``period``, such as a yearly total that checks a weekly phrase.
    ``text`` is a phrase in the same row: it fills what the columns leave open and is checked against them.
    """
    cells = {
        "minutes": minutes,
        "sessions": sessions,
        "period": period,
        "total": total,
        "text": text,
        "unit": unit,
    }
    written = {name: cell for name, cell in cells.items() if not is_blank(cell)}
    if set(written) <= {"text"}:
        return read_phrase_cell(written.get("text"), context=context)
    shown = "; ".join(f"{name} {shown_cell(cell)}" for name, cell in written.items())

    def interpret(asker: questions.Asker) -> tuple[tuple[meanings.Part, ...], str]:
        try:
            return _combined(written, total_period, heading, asker), ""
        except questions.Unreadable:
            questions.give_up(asker)

    return answered(shown, tidy(shown), context, interpret)


def _combined(
    cells: dict[str, object],
    total_period: str | None,
    heading: str,
    asker: questions.Asker,
) -> tuple[meanings.Part, ...]:
    unit = stated_unit(cells.get("unit"), asker, heading, cells.get("minutes", cells.get("total")))
    minutes, beside = stated_minutes(cells["minutes"], unit, asker) if "minutes" in cells else (None, Stated())
    total, around = stated_minutes(cells["total"], unit, asker) if "total" in cells else (None, Stated())
    counted = stated_sessions(cells["sessions"], asker) if "sessions" in cells else Stated()
    timed = stated_period(cells["period"], asker) if "period" in cells else Stated()
    stated = (counted, timed, beside, around)
    written = _text_facts(cells.get("text"), asker, needed=minutes is None and total is None)
    facts = Facts(
        minutes=minutes,
        total=total,
        sessions=_agreed([s.sessions for s in stated] + [_one(written.sessions)]),
        delivery=next((s.delivery for s in stated if s.delivery), written.delivery),
        group_size=written.group_size,
    )
    facts = _with_period(facts, [s.period for s in stated], written, bool(total and total_period))
    if facts.minutes is None and facts.total is None:
        return (
            (_checked(replace(written, delivery=facts.delivery), None, total_period, asker),)
            if (written.total_minutes is not None)
            else (settle(facts, asker),)
        )
    if facts.total is not None and total_period is not None and total_period != facts.period:
        return _with_other_total(facts, facts.total, total_period, written, asker)
    return (_checked(settle(_session_length(facts, asker), asker), written, None, asker),)


def _one(value: Fraction | None) -> meanings.Span | None:
    return None if value is None else meanings.Span(value, value)


def _agreed(values: list[meanings.Span | None]) -> meanings.Span | None:
    given = list(dict.fromkeys(value for value in values if value is not None))
    if len(given) > 1:
        raise questions.Unreadable
    return given[0] if given else None


def _text_facts(cell: object, asker: questions.Asker, needed: bool) -> meanings.Part:
    """What the phrase of the row says. An unclear phrase is asked about when the columns have no minutes."""
    if cell is None:
        return meanings.Part()
    reading = read_phrase_cell(cell, context=asker.context)
    if reading.grade == "C" and needed:
        open_question = {choice.key: choice.label for choice in reading.choices}
        asker.ask(reading.question_kind or "", reading.question or "", open_question)
    if reading.grade == "C":
        asker.notice("The phrase in this row is unclear; the columns with numbers were used.")
        return meanings.Part()
    if len(reading.parts) > 1:
        raise questions.Unreadable
    return reading.parts[0] if reading.parts else meanings.Part()


def _with_period(facts: Facts, tokens: list[Token | None], written: meanings.Part, apart: bool) -> Facts:
    named = {(token.name, token.factor): token for token in tokens if token is not None}
    if len(named) > 1:
        raise questions.Unreadable
    if named:
        token = next(iter(named.values()))
        return replace(facts, period=token.name, factor=token.factor)
    if written.period is not None and (written.total_minutes is None or not apart):
        return replace(facts, period=written.period)
    return facts


def _session_length(facts: Facts, asker: questions.Asker) -> Facts:
    """A length without a number of sessions: more than four hours is a total, anything else is asked."""
    if facts.minutes is None or facts.total is not None or facts.sessions is not None:
        return facts
    if facts.factor != 1:
        return replace(facts, sessions=meanings.Span(Fraction(1), Fraction(1)))
    if facts.minutes.low > SURELY_A_TOTAL:
        asker.notice(
            f"{meanings.show_number(facts.minutes.low)} minutes are more than {SURELY_A_TOTAL}, so they were read as "
            "the total of the period."
        )
        return replace(facts, minutes=None, total=facts.minutes)
    if facts.period is not None and questions.ask_session_or_total(asker, facts.minutes, None, facts.period) == "each":
        raise questions.LeftOut
    return replace(facts, minutes=None, total=facts.minutes)


def _with_other_total(
    facts: Facts, other: meanings.Span, total_period: str, written: meanings.Part, asker: questions.Asker
) -> tuple[meanings.Part, ...]:
    """A weekly phrase or columns beside a total for another period."""
    if facts.minutes is None and written.total_minutes is None:
        return (settle(replace(facts, sessions=None, factor=Fraction(1), period=total_period), asker),)
    if facts.period is None and facts.minutes is not None:  # "Session min" beside "Weekly min": how often follows
        return (settle(replace(facts, period=total_period), asker),)
    own = written if facts.minutes is None else settle(_session_length(replace(facts, total=None), asker), asker)
    own = replace(own, delivery=facts.delivery or own.delivery)
    return (_checked(own, meanings.Part(total_minutes=other.low, period=total_period), total_period, asker),)


def _checked(
    part: meanings.Part, other: meanings.Part | None, total_period: str | None, asker: questions.Asker
) -> meanings.Part:
    """Compare two statements of the same service. A yearly total may imply another number of weeks."""
    if other is None or other.total_minutes is None or part.total_minutes is None:
        return part
    own_weekly, other_weekly = meanings.weekly_minutes((part,)), meanings.weekly_minutes((other,))
    if own_weekly == other_weekly:
        return part
    if total_period == "year" and own_weekly:
        weeks = other.total_minutes / own_weekly
        if weeks.denominator == 1 and int(weeks) in SCHOOL_WEEKS:
            asker.notice(
                f"The yearly total of {meanings.show_number(other.total_minutes)} minutes implies {weeks} weeks of "
                f"instruction, not {meanings.weeks_in_period('year')}."
            )
            return part
    first = f"{meanings.show_number(part.total_minutes)} minutes {questions.period_label(part.period or '')}"
    second = f"{meanings.show_number(other.total_minutes)} minutes {questions.period_label(other.period or '')}"
    asker.notice(f"Two statements disagreed: {first}, and {second}.")
    return part if questions.ask_mismatch(asker, first, second) == "product" else replace(other, delivery=part.delivery)

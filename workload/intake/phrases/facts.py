"""The four facts of a service - minutes a session, sessions, period, total - and how they make a part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from workload.intake.phrases.meanings import Part, Span, show_span
from workload.intake.phrases.questions import Asker, ask_mismatch, ask_period, ask_range, period_label


@dataclass(frozen=True)
class Facts:
    """The four facts of a service, as stated, before anything is worked out."""

    minutes: Span | None = None  # per session
    sessions: Span | None = None  # per period
    total: Span | None = None  # per period
    period: str | None = None
    factor: Fraction = Fraction(1)  # how often the stated sessions happen in one period
    delivery: str | None = None
    group_size: int | None = None


def settle(facts: Facts, asker: Asker) -> Part:
    """Work out the missing fact, ask for what cannot be worked out, and check facts that were given twice."""
    part = Part(delivery=facts.delivery, group_size=facts.group_size, period=facts.period)
    if facts.minutes is None and facts.total is None:
        sessions = facts.sessions.low if facts.sessions and not facts.sessions.is_range else None
        return replace(part, sessions=sessions)
    period = facts.period or ask_period(asker, _said(facts))
    total = _total(facts, period, asker)
    chosen = total.low
    if total.is_range:
        chosen = total.high if ask_range(asker, total, period) == "high" else total.low
    end = "low" if total.is_range and chosen == total.low else "high"
    sessions = None if facts.sessions is None else getattr(facts.sessions, end) * facts.factor
    minutes = None if facts.minutes is None else getattr(facts.minutes, end)
    if sessions and (minutes is None or minutes * sessions != chosen):
        minutes = chosen / sessions
    if sessions is None and minutes:
        sessions = chosen / minutes
    return replace(
        part,
        minutes_per_session=minutes,
        sessions=sessions,
        period=period,
        total_minutes=chosen,
    )


def _said(facts: Facts) -> str:
    if facts.minutes is not None and facts.sessions is not None:
        return f"{show_span(facts.sessions)} x {show_span(facts.minutes)} minutes"
    stated = facts.total or facts.minutes
    assert stated is not None  # without minutes there are no facts to tell
    return f"{show_span(stated)} minutes"


def _total(facts: Facts, period: str, asker: Asker) -> Span:
    minutes, sessions = facts.minutes, facts.sessions
    product = minutes.times(sessions) if minutes and sessions else None
    if minutes is None or sessions is None or product is None or facts.total is None or product == facts.total:
        stated = product or facts.total or minutes
        assert stated is not None  # without minutes there are no facts to settle
        return stated.times(facts.factor)
    where = period_label(period)
    first = f"{show_span(sessions)} x {show_span(minutes)} = {show_span(product)} minutes {where}"
    second = f"{show_span(facts.total)} minutes {where}"
    asker.notice(f"Two statements disagreed: {first}, and {second}.")
    answer = ask_mismatch(asker, first, second)
    return (product if answer == "product" else facts.total).times(facts.factor)

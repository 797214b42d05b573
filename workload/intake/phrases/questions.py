"""Questions that a phrase leaves open, and the answers that settle them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from workload.intake.phrases.meanings import PERIODS, PhraseContext, Span, cycle_days, show_number, show_span

LEAVE_OUT = "leave-out"
LEAVE_OUT_LABEL = "Leave the minutes out; the student still counts"

# kind of question -> what it is about, for a list of open questions
QUESTION_KINDS: Mapping[str, str] = {
    "period-missing": "how often the minutes are due is not written",
    "biweekly": "'biweekly' means every two weeks or twice a week",
    "bimonthly": "'bimonthly' means every two months or twice a month",
    "biannual": "'biannual' means twice a year or every two years",
    "cycle-length": "the number of school days in 'the cycle' is not written",
    "marking-period": "the length of a marking period is not written",
    "range": "a range is written instead of one number",
    "range-or-count": "a dash can mean a range or a number of sessions",
    "order": "it is not clear which number is the minutes",
    "bare-number": "a number stands without a unit",
    "two-numbers": "two numbers stand without units",
    "three-numbers": "three numbers stand in a row",
    "ratio": "a ratio or a largest group size is written instead of a group size",
    "delivery": "individual, group and consult are mixed in one amount",
    "two-periods": "two different periods are written",
    "session-or-total": "the minutes may be for each session or for all sessions together",
    "heading-or-row": "the heading and the row name two different periods",
    "two-totals": "two columns give totals that do not say the same",
    "hours-or-minutes": "a small number may be hours or minutes",
    "units-or-minutes": "a number beside a length of time may be minutes or units of that length",
    "mismatch": "two statements of the same service disagree",
    "stated-twice": "a number is written twice with different values",
    "text-around": "other words stand around a clear phrase",
    "unreadable": "the cell has numbers that do not form one clear phrase",
    "other-service": "the cell names another service",
    "conditional": "the minutes depend on a condition",
    "dated": "the minutes change on a date",
    "time-limited": "the service is limited to some weeks",
    "esy": "the phrase speaks of the extended school year",
    "ceiling": "the number is the most that may be given",
    "floor": "the number is the least that must be given",
    "two-services": "more than one service stands in the cell",
    "3-1-model": "a model with consult weeks is written",
    "code": "the cell holds a frequency code",
    "excel-date": "Excel turned the cell into a date",
    "time-cell": "the cell holds a time of day or a duration",
}

PERIOD_LABELS = {
    "day": "each school day",
    "week": "each week",
    "two weeks": "every two weeks",
    "month": "each month",
    "six weeks": "every six weeks",
    "quarter": "each quarter (nine weeks)",
    "trimester": "each trimester",
    "semester": "each semester",
    "year": "each year",
}


class Unanswered(Exception):
    """A question that nobody has answered yet. Holds no text of the cell beyond the question itself."""

    def __init__(self, kind: str, question: str, options: Mapping[str, str]):
        super().__init__(kind)
        self.kind, self.question, self.options = kind, question, dict(options)
        self.leftovers = ""


class Unreadable(Exception):
    """The numbers of a cell do not form a phrase."""


@dataclass
class Asker:
    """Answers questions about one cell from the context, or raises ``Unanswered``."""

    context: PhraseContext
    key: str
    notices: list[str] = field(default_factory=list)

    def ask(self, kind: str, question: str, options: Mapping[str, str]) -> str:
        """The key of the option that the context has chosen: for this very cell, for the kind, or by name."""
        own = self.context.answers.get(self.key, "").split("+") if self.key else []
        given = [*own, self.context.answers.get(kind), self.context.plain_answer(kind)]
        for answer in given:
            if answer and (answer in options or (kind == "period-missing" and is_period(answer))):
                return answer
        raise Unanswered(kind, question, options)

    def notice(self, sentence: str) -> None:
        """Remember something that the reader of the result should see."""
        if sentence not in self.notices:
            self.notices.append(sentence)


class FirstChoice(Asker):
    """Takes the first option of every question: finds out whether a phrase can be read at all."""

    def ask(self, kind: str, question: str, options: Mapping[str, str]) -> str:
        return next(iter(options))


def is_period(text: str) -> bool:
    return text in PERIODS or cycle_days(text) is not None


def period_label(period: str) -> str:
    """The period in words: "each week"."""
    return PERIOD_LABELS.get(period, f"each {period}")


def ask_period(asker: Asker, what: str) -> str:
    order = ("week", "month", "two weeks", "day", "six weeks", "quarter", "trimester", "semester", "year")
    options = {period: f"{what} {PERIOD_LABELS[period]}" for period in order}
    question = f"The cell says {what}, but not how often. For which period is that?"
    return ask_or_leave(asker, "period-missing", question, options)


def ask_range(asker: Asker, span: Span, period: str) -> str:
    """Which end of a range counts."""
    low, high = show_number(span.low), show_number(span.high)
    where = period_label(period)
    return asker.ask(
        "range",
        f"The cell gives {low} to {high} minutes {where}. Which number should count?",
        {"high": f"The high end, {high} minutes {where}", "low": f"The low end, {low} minutes {where}"},
    )


def ask_session_or_total(asker: Asker, minutes: Span, sessions: Span | None, period: str) -> str:
    """Whether minutes are for one session or for all sessions of the period together."""
    amount, where = show_span(minutes), period_label(period)
    if sessions is None:
        each = "For each of several sessions whose number is not written: leave the minutes out"
        asked = f"{amount} minutes are written {where}, but not the number of sessions. Is {amount} the total?"
    else:
        each = f"{amount} minutes for each of {show_span(sessions)} sessions {where}"
        asked = (
            f"Are {amount} minutes {where} the total of {show_span(sessions)} sessions, or the length of each session?"
        )
    return asker.ask("session-or-total", asked, {"total": f"{amount} minutes in all {where}", "each": each})


def ask_mismatch(asker: Asker, first: str, second: str) -> str:
    """Which of two statements that disagree counts. ``first`` and ``second`` say their minutes in words."""
    return ask_or_leave(
        asker,
        "mismatch",
        f"Two statements disagree: {first}, and {second}. Which one counts?",
        {"product": f"Use {first}", "total": f"Use {second}"},
    )


def give_up(asker: Asker) -> NoReturn:
    """The cell cannot be read: ask for a plain phrase."""
    question = (
        "The numbers in this cell do not form one clear phrase. Type what it means, for example 30 min x 2 weekly."
    )
    ask_or_leave(asker, "unreadable", question, {})
    raise Unreadable


class LeftOut(Exception):
    """The answer was to leave the minutes of this cell out."""


def ask_or_leave(asker: Asker, kind: str, question: str, options: Mapping[str, str]) -> str:
    """Like ``ask`` with one more option, to leave the minutes out; that answer raises ``LeftOut``."""
    key = asker.ask(kind, question, {**options, LEAVE_OUT: LEAVE_OUT_LABEL})
    if key == LEAVE_OUT:
        raise LeftOut
    return key

"""What is due next in a district: evaluations, leaves that begin or end, posts to fill. Counts and days, nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from workload.answer import Answer
from workload.model.words import EVEN_FTE, count, fte, in_words
from workload.year_ahead.evaluation_clock import clock_of, falls_due

EVALUATION_DAYS, LEAVE_DAYS = 30, 90  # how far ahead is looked; choices of this tool, no rule
EVALUATIONS, LEAVES, POSTS = "evaluations", "leaves", "posts"


@dataclass(frozen=True)
class Due:
    """Something that is due. kind  evaluations, leaves or posts; day  the first day that matters, None for "now"."""

    kind: str
    day: date | None
    words: str


def due_next(answer: Answer) -> list[Due]:
    """What is due after the answer's day, the most pressing first; what is late or has no day stands before all."""
    found = [*_evaluations(answer), *_leaves(answer), *_posts(answer)]
    return sorted(found, key=lambda one: (one.day is not None, one.day or answer.day))


def _days(values: pd.Series) -> pd.Series:
    return pd.to_datetime(values).dt.date


def _evaluations(answer: Answer) -> list[Due]:
    """Evaluations of the sheet that are not completed, by the clock of a consent or the file's date: late, and next."""
    table = answer.roster.evaluations
    if table.empty:
        return []
    clock, waits = clock_of(answer.state, answer.day), table[table["completed"].isna()]
    due = pd.Series([falls_due(row, clock, answer.calendar) for _, row in waits.iterrows()], dtype=object).dropna()
    late = due[due < answer.day]
    soon = sorted(due[(due >= answer.day) & (due <= answer.day + timedelta(EVALUATION_DAYS))])
    made = []
    if len(late):
        one = "evaluation is past its due date and not completed"
        made.append(
            Due(EVALUATIONS, None, count(len(late), one, "evaluations are past their due date and not completed"))
        )
    if soon:
        until = in_words(answer.day + timedelta(EVALUATION_DAYS))
        made.append(Due(EVALUATIONS, soon[0], f"{count(len(soon), 'evaluation is', 'evaluations are')} due by {until}"))
    return made


def _leaves(answer: Answer) -> list[Due]:
    table, last = answer.roster.therapists, answer.day + timedelta(LEAVE_DAYS)
    found = []
    for column, one, many in (
        ("leave_start", "leave begins", "leaves begin"),
        ("leave_end", "leave ends", "leaves end"),
    ):
        days = sorted(day for day in _days(table[column].dropna()) if answer.day < day <= last) if len(table) else []
        if days:
            found.append(Due(LEAVES, days[0], f"{count(len(days), one, many)} by {in_words(last)}"))
    return found


def _posts(answer: Answer) -> list[Due]:
    vacant = sum(answer.ask.fill.values()) if answer.ask is not None else 0.0
    if vacant < EVEN_FTE:
        return []
    return [Due(POSTS, None, f"{fte(vacant)} FTE of budgeted posts are vacant")]

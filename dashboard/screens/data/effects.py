"""What the open answers would change: FTE of every choice, the ends of all of them, and the order of the questions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from dashboard.screens.data import data_state
from dashboard.shell import cached, session
from dashboard.shell.beside_roster import BesideRoster

if TYPE_CHECKING:
    from workload.intake.answers.findings import Question
    from workload.intake.load import Loaded
    from workload.model.confirmations import QuestionEnds

Tried = Mapping[str, Mapping[str, float | None]]  # key of a question -> choice -> FTE required; None for no answer
# Up to here every answer is tried without asking, in about a second: each choice reads the rows once more.
CHOICES_AT_ONCE, ROWS_AT_ONCE = 30, 2_000


def is_small(loaded: Loaded) -> bool:
    """Whether every answer can be worked out without a wait."""
    choices = sum(min(len(question.choices), 8) for question in loaded.questions)
    return choices <= CHOICES_AT_ONCE and len(loaded.roster.services) <= ROWS_AT_ONCE


def tried(loaded: Loaded) -> Tried:
    """The FTE of each choice of each open question; nothing for a long file until somebody asks for it."""
    if not session.imported().files or not (is_small(loaded) or data_state.now().work_out == loaded.roster.digest):
        return {}
    return {question.key: _of(question) for question in loaded.questions}


def _of(question: Question) -> Mapping[str, float | None]:
    from workload.consequences import consequences

    own, day, assumed = session.imported(), session.day(), session.assumptions()
    return data_state.once_of(
        "consequences",
        question.key,
        session.rows_key(),
        lambda: consequences(own.readable, session.secret(), own.answers, question, day, assumed, own.edits),
    )


def ends(found: Tried) -> QuestionEnds | None:
    """The FTE required and the gap at both ends of all open answers together."""
    from workload.consequences import question_ends

    if not any(value is not None for choices in found.values() for value in choices.values()):
        return None
    own, day, assumed = session.imported(), session.day(), session.assumptions()
    worked_out = data_state.once(
        "ends",
        cached.digest(session.rows_key(), sorted(found)),
        lambda: question_ends(own.readable, session.secret(), own.answers, found, day, assumed, own.edits),
    )
    session.change(BesideRoster, question_ends=(session.rows_key(), worked_out))
    return worked_out


def in_order(loaded: Loaded, found: Tried) -> list[Question]:
    """The questions with the largest consequence first; where it is not known, those that touch most rows first."""
    answer = session.answer()
    now = float(answer.district["required_fte"]) if answer is not None else math.nan

    def moves(question: Question) -> float:
        known = [value for value in found.get(question.key, {}).values() if value is not None]
        all_of = [*known, now] if now == now else known
        return max(all_of) - min(all_of) if len(all_of) > 1 else 0.0

    return sorted(loaded.questions, key=lambda question: (-round(moves(question), 6), -len(question.rows)))

"""A short anonymous team check-in about the ten warning signs: counts only, shown from five answers on.

Nothing about who answered, when, or in which order is kept; an answer is added to the counts and forgotten.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from workload.model.words import count

FEWEST_ANSWERS = 5
QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "off-the-clock": "In the last two weeks, did you work outside your contract hours?",
        "no-break": "Did you miss lunch or breaks on most days?",
        "partial-meetings": "Did you miss IEP meetings, or attend only part of them?",
        "groups-to-fit": "Did you put students into groups only to fit their minutes in?",
        "sessions-for-evaluations": "Did you cancel sessions to do evaluations or meetings?",
        "no-progress": "Do you have students who are not making progress because sessions are too few or too rushed?",
        "exhaustion": "Are you too tired after work to do other things on most days?",
        "relief": "Were you relieved when a session was cancelled?",
        "planning-at-home": "Did you plan or write notes in your free time?",
        "family-time": "Did work take time that belonged to family or friends?",
    }
)


@dataclass(frozen=True)
class CheckIn:
    """Counts of one check-in: how many answered, and how many said yes to each question."""

    answers: int = 0
    yes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType(dict.fromkeys(QUESTIONS, 0)))

    def with_answer(self, signs: Collection[str]) -> CheckIn:
        """The counts with one more person's answer: the questions answered with yes.

        Raises `ValueError` for a question that is not asked.
        """
        unknown = set(signs) - set(QUESTIONS)
        if unknown:
            raise ValueError(f"not a question of the check-in: {', '.join(sorted(unknown))}")
        return CheckIn(
            self.answers + 1, MappingProxyType({sign: number + (sign in signs) for sign, number in self.yes.items()})
        )

    @property
    def missing_answers(self) -> int:
        """Answers that are missing until anything is shown."""
        return max(0, FEWEST_ANSWERS - self.answers)

    @property
    def is_shown(self) -> bool:
        return self.missing_answers == 0


def results(check_in: CheckIn) -> dict[str, int] | None:
    """How many said yes to each question; None below five answers, so that no single answer can be told.

    Show it only once, when the check-in is closed: two results one answer apart would tell that answer.
    """
    return dict(check_in.yes) if check_in.is_shown else None


def problem_of(answers: int, yes: dict[str, int]) -> str:
    """Why counts cannot be taken, as a sentence; empty when they can."""
    if answers < FEWEST_ANSWERS:
        return (
            f"{count(answers, 'slip is', 'slips are')} too few: below {FEWEST_ANSWERS} somebody could guess who said what. "
            "Nothing was kept."
        )
    most = max(yes, key=lambda question: yes[question])
    if yes[most] > answers:
        return f"{yes[most]} yes answers are more than the {answers} slips, at: {QUESTIONS[most]} Nothing was kept."
    return ""

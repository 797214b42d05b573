"""What a step of reading has to say: issues, and questions that only a person can answer. A value that is added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from workload.model.issues import Issue

Place = tuple[str, str, int]  # file, sheet, sheet row


@dataclass(frozen=True)
class Question:
    """Something only a person can tell. `ImportMap.with_answer(key, choice)` keeps the answer.

    choices are (choice, label); rows are the places that the answer touches. suggestion is the choice that
    looks right, if one does; nothing is taken from it until it is answered.
    """

    key: str
    message: str
    choices: tuple[tuple[str, str], ...]
    rows: tuple[Place, ...] = ()
    column: str = ""
    written: str = ""
    suggestion: str = ""
    applied: str = ""  # the reading that the answer shown stands on until somebody answers
    free: str = ""  # "phrase", "column", "name" or "date": what may be typed where none of the choices is right
    typed_key: str = ""  # where what is typed is kept, if not under the key: the one text that it is about


@dataclass(frozen=True)
class Findings:
    """Issues, and open questions by their key. `said + Issue(...)`, `said + Question(...)` and `said + said` are new values.

    The same question from another sheet adds its rows.
    """

    issues: tuple[Issue, ...] = ()
    questions: Mapping[str, Question] = field(default_factory=lambda: MappingProxyType({}))

    def __add__(self, other: Findings | Issue | Question) -> Findings:
        return merged((self, other))

    def without(self, keys: Iterable[str]) -> Findings:
        """The same without these questions."""
        gone = set(keys)
        return replace(self, questions={key: each for key, each in self.questions.items() if key not in gone})


def merged(parts: Iterable[Findings | Issue | Question]) -> Findings:
    """Everything that several steps have to say, in their order."""
    issues: list[Issue] = []
    questions: dict[str, Question] = {}
    for part in parts:
        if isinstance(part, Issue):
            issues.append(part)
            continue
        issues += part.issues if isinstance(part, Findings) else ()
        for question in (part,) if isinstance(part, Question) else part.questions.values():
            known = questions.get(question.key)
            questions[question.key] = replace(known, rows=(*known.rows, *question.rows)) if known else question
    return Findings(tuple(issues), questions)


NOTHING = Findings()

"""A caseload typed or pasted as a list: one line for each student, or for several who have the same.

    14 students: 2 x 30 min weekly
    6 students, 30 min weekly in a group of 3
    504: 30 min monthly consult

How often is read by the grammar of the rosters. A line that can mean two things is a question and not a guess. Words
before the first number, mostly a name, are dropped and kept nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workload.intake.phrases.meanings import Part, PhraseContext, Reading
from workload.intake.phrases.phrase_reader import read_phrase
from workload.model.words import count
from workload.one_week.week_roster import GROUP, IEP, INDIVIDUAL, PLAN_504, Entry, Service

MOST_LINES = 300
MOST_STUDENTS = 300  # of one line
LONGEST_LINE = 200  # letters
PEOPLE = r"(?:students?|studs?\.?|kids?|kiddos?|children|child|pupils?)"
FIRST = re.compile(
    rf"^(\d{{1,3}})\s*{PEOPLE}\b[\s,:;.–-]*(?:(?:each|get|have|receive|at|with|on)\b\s*)*", re.IGNORECASE
)
BEFORE_GROUP = re.compile(r"^(\d{1,3})\s+(?=in\s+(?:an?\s+)?(?:small\s+)?groups?\b)", re.IGNORECASE)
COLON = re.compile(r"^(\d{1,3})\s*:\s+(?=\S)")
LAST = re.compile(rf"[\s,(]+(?:for|x|×)?\s*(\d{{1,3}})\s*{PEOPLE}\)?\s*$", re.IGNORECASE)
IN_A_GROUP = re.compile(rf"group[s]?\s*(?:of|\()?\s*\d{{1,2}}\s*{PEOPLE}?\)?\s*$", re.IGNORECASE)
BULLET = re.compile(r"^\s*(?:[-*•·]|\d{1,3}[.)])\s+")
OF_504 = re.compile(r"\b(?:section\s*)?504(?:\s*plan)?\b[\s:,;–-]*", re.IGNORECASE)
OF_IEP = re.compile(r"\biep\b[\s:,;–-]*", re.IGNORECASE)
TEXT_AROUND = "text-around"
ANY_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class ListLine:
    """One line as read. `phrase` is what is left of it: no word before the first number."""

    number: int
    students: int
    plan: str
    phrase: str
    reading: Reading
    group_size: int | None = None
    dropped: bool = False  # words of the line were left out

    @property
    def is_open(self) -> bool:
        """Whether somebody has to say what the line means."""
        return self.reading.grade == "C"

    @property
    def has_minutes(self) -> bool:
        return any(part.total_minutes is not None and part.period for part in self.regular)

    @property
    def regular(self) -> tuple[Part, ...]:
        """Its services in the regular year; extended school year is outside the week."""
        return tuple(part for part in self.reading.parts if not part.esy)

    @property
    def needs_size(self) -> bool:
        """Whether it is a group of which nobody has said how many there are in it."""
        return any(part.delivery == GROUP and not (part.group_size or self.group_size) for part in self.regular)

    @property
    def entry(self) -> Entry:
        """The students with their services; a group of unknown size counts as individual until the size is known."""
        services = tuple(_service(part, self.group_size) for part in self.regular if part.total_minutes is not None)
        return Entry(self.students, services or (Service(minutes=0, sessions=0),), self.plan)


def read_list(text: str, answers: Mapping[str, str] | None = None) -> tuple[ListLine, ...]:
    """The lines of a list. `answers` are choices by the kind of question; each holds for every line that asks it."""
    context = PhraseContext(answers=dict(answers or {}))
    written = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    return tuple(_line(number, line[:LONGEST_LINE], context) for number, line in written[:MOST_LINES])


def read_again(lines: Sequence[ListLine], answers: Mapping[str, str]) -> tuple[ListLine, ...]:
    """The same lines under further answers."""
    context = PhraseContext(answers=dict(answers))
    return tuple(replace(line, reading=_read(line.phrase, context)) for line in lines)


def _line(number: int, text: str, context: PhraseContext) -> ListLine:
    rest = BULLET.sub("", text)
    plan = PLAN_504 if OF_504.search(rest) else IEP
    rest = OF_IEP.sub("", OF_504.sub("", rest)).strip()
    students, rest = _counted(rest)
    phrase, dropped = _without_name(rest, context)
    return ListLine(number, students, plan, phrase, _read(phrase, context), None, dropped)


def _counted(text: str) -> tuple[int, str]:
    """(students, the rest of the line): a line that names no number is one student's."""
    for pattern in (FIRST, COLON, BEFORE_GROUP):
        found = pattern.match(text)
        if found and text[found.end() :].strip():
            return _held(found[1]), text[found.end() :].strip()
    found = LAST.search(text)
    if found and not IN_A_GROUP.search(text):
        return _held(found[1]), text[: found.start()].strip()
    return 1, text


def _held(digits: str) -> int:
    return min(max(int(digits), 1), MOST_STUDENTS)


def _without_name(text: str, context: PhraseContext) -> tuple[str, bool]:
    """The line without the words before its first number, where they are in the way of reading the rest."""
    reading = read_phrase(text, context=context)
    digit = ANY_DIGIT.search(text)
    if digit is None or reading.grade in ("A", "B") or reading.question_kind != TEXT_AROUND:
        return text, False
    rest = text[digit.start() :]
    shorter = read_phrase(rest, context=context)
    return (rest, True) if shorter.grade in ("A", "B") or shorter.question_kind != TEXT_AROUND else (text, False)


def _read(phrase: str, context: PhraseContext) -> Reading:
    return read_phrase(phrase, context=context)


def _service(part: Part, size: int | None) -> Service:
    size = part.group_size or size
    each = part.minutes_per_session, part.sessions
    minutes, times = each if None not in each else (None, None)
    delivery = part.delivery or INDIVIDUAL
    return Service(
        None if minutes is None else float(minutes),
        None if times is None else float(times),
        part.period or "week",
        float(part.total_minutes or 0) if minutes is None else None,
        delivery,
        size if delivery == GROUP else None,
    )


def questions(lines: Sequence[ListLine]) -> dict[str, tuple[ListLine, int]]:
    """The open questions by kind: the first line that asks, and how many students wait for the answer."""
    found: dict[str, tuple[ListLine, int]] = {}
    for line in lines:
        if line.is_open:
            first, waiting = found.get(line.reading.question_kind or "", (line, 0))
            found[line.reading.question_kind or ""] = (first, waiting + line.students)
    return found


def entries_of(lines: Sequence[ListLine]) -> tuple[Entry, ...]:
    """The students of the lines that can be counted; those that are open are left out and have to be told."""
    return tuple(line.entry for line in lines if not line.is_open)


def in_words(entry: Entry) -> str:
    """ "14 students: individually, 30 minutes 2 times a week" """
    said = " and ".join(service_words(one) for one in entry.services)
    plan = "" if entry.plan == IEP else f" on a {entry.plan} plan"
    return f"{count(entry.students, 'student')}{plan}: {said}"


def service_words(one: Service) -> str:
    how = f"in a group of {one.group_size}" if one.delivery == GROUP and one.group_size else WORDS[one.delivery]
    if one.minutes is not None and one.sessions is not None:
        if not one.minutes * one.sessions:
            return f"{how}, no minutes"
        times = f"{one.sessions:g} times" if one.sessions != 1 else "once"
        return f"{how}, {one.minutes:g} minutes {times} {every(one.period)}"
    return f"{how}, {one.total or 0:g} minutes {every(one.period)}"


WORDS = {INDIVIDUAL: "individually", GROUP: "in a group whose size is not known", "consult": "consultation"}


def every(period: str) -> str:
    """ "week" is "a week", "two weeks" is "every two weeks"."""
    return f"every {period}" if period.endswith("weeks") else f"a {period}"

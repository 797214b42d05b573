"""Whether a text that somebody typed names a person of the roster. A packet that leaves the district names no therapist."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from workload.answer import Answer
from workload.model.roster import UNASSIGNED
from workload.report.packet_choices import Option, Settings

TITLES = ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sr", "sra", "srta")


def typed_texts(settings: Settings, options: Sequence[Option]) -> Iterator[tuple[str, str]]:
    """(what the field is called, its text) of all that is printed as it was typed.

    Without "Who checked the numbers" and "Whom to ask": a person who signs gives one's own name.
    """
    yield "Name of the district", settings.district_name
    yield "Needed by", settings.needed_by
    yield from (("Next steps", step) for step in settings.next_steps)
    if settings.not_acting is not None:
        yield "If nothing changes", settings.not_acting.words
    for option in options:
        yield "Name of an option", option.name
        yield "Who steps in when somebody is absent", option.cover


def people_of(answer: Answer) -> list[str]:
    """The names of the roster's therapists."""
    return [name for name in answer.therapists["therapist"] if name != UNASSIGNED]


def named(text: str, people: Iterable[str]) -> str:
    """The part of a text that names a person; empty where none does.

    A name is found in any case, with or without accents, as "First Last", "Last, First" or "Ms. Last". A first or last
    name alone is not: it may be a school or a street. A name of one word is found as the roster writes it.
    """
    words = [(_bare(found.group()), found.start(), found.end()) for found in re.finditer(r"\w+", text)]
    for person in people:
        parts = [_bare(part) for part in re.findall(r"\w+", person)]
        for wanted in _ways(parts, "," in person):
            for at in range(len(words) - len(wanted) + 1):
                found = text[words[at][1] : words[at + len(wanted) - 1][2]]
                if [word for word, _, _ in words[at : at + len(wanted)]] == wanted and (
                    len(parts) > 1 or found in person
                ):
                    return found
    return ""


def _ways(parts: list[str], last_first: bool) -> Iterator[list[str]]:
    """How a person may be written: as in the roster, turned around, and with a title before the last name."""
    if not parts:
        return
    yield parts
    if len(parts) > 1:
        yield [*parts[1:], parts[0]]
        yield [parts[-1], *parts[:-1]]
        first, last = (parts[1], parts[0]) if last_first else (parts[0], parts[-1])
        yield from ([first, last], [last, first])
        if len(last) > 1:
            yield from ([title, last] for title in TITLES)


def _bare(word: str) -> str:
    """A word without accents, in small letters."""
    return "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each)).casefold()

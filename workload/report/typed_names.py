"""Whether a text that somebody typed names a person of the roster. A packet that leaves the district names no therapist.

Any form counts: the whole name in any order and case, initial and last name, title and last name, a first or a last
name alone, possessives, parts of a hyphenated name, an address. What is no person passes: a word inside the name of a
school, a word that a place follows ("Rivers Elementary"), and ordinary words that are also names ("May", "Grant",
"Long") unless the sentence treats them as a person ("Grant's leave", "cover Ms. Long").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from workload.answer import Answer
from workload.model.roster import UNASSIGNED
from workload.report import name_words
from workload.report.name_words import listed
from workload.report.packet_choices import Option, Settings

NAMES_TOO, TITLES, PLACES, MONTHS = map(
    listed, (name_words.NAMES_TOO, name_words.TITLES, name_words.PLACES, name_words.MONTHS)
)
BEFORE_NAMES, AFTER_NAMES = listed(name_words.BEFORE_NAMES), listed(name_words.AFTER_NAMES)
COVERED, OF_A_PERSON, DOES = listed(name_words.COVERED), listed(name_words.OF_A_PERSON), listed(name_words.DOES)
LEAST_GLUED = 5  # letters of "trenfrow" or "tobiasrenfrow"
# Marks of no width that come along when text is copied: the soft hyphen, joiners, accents written apart.
UNSEEN = "\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufeff"


@dataclass(frozen=True)
class Word:
    """A word of the text: without accents in small letters, as it stands, and where."""

    bare: str
    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


@dataclass(frozen=True)
class Person:
    """The parts of a name on the roster, bare: words of the first names and of the last name, and everything."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    whole: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """The part of a text that names a person. `alone` is a single word, which could be meant as something else."""

    text: str
    alone: bool


def typed_texts(settings: Settings, options: Sequence[Option]) -> Iterator[tuple[str, str]]:
    """(what the field is called, its text) of all that is printed as it was typed.

    Without "Who checked the numbers" and "Whom to ask": a person who signs gives one's own name.
    """
    yield "Name of the district", settings.district_name
    yield "Needed by", settings.needed_by
    yield from (("Next steps", step) for step in settings.next_steps)
    if settings.not_acting is not None:
        yield "If nothing changes", settings.not_acting.words
    yield "What pays for it", settings.fund
    yield from (("Sentences in your own words", text) for _, _, text in settings.wording)
    for option in options:
        yield "Name of an option", option.name
        yield "Why an option is recommended", option.reason
        yield "Who steps in when somebody is absent", option.cover


def people_of(answer: Answer) -> list[str]:
    """The names of the roster's therapists."""
    return [name for name in answer.therapists["therapist"] if name != UNASSIGNED]


def named(text: str, people: Iterable[str], places: Iterable[str] = ()) -> Found | None:
    """The first part of a text that names one of the people; None where none is named."""
    words, schools = words_of(text), [tuple(word.bare for word in words_of(place)) for place in places]
    common = NAMES_TOO | {school[0] for school in schools if len(school) == 1}
    free = _outside_places(words, [school for school in schools if len(school) > 1])
    for person in filter(lambda one: one.last, map(person_of, people)):
        for start, end, alone in _mentions(words, free, text, person, common):
            return Found(text[words[start].start : words[end - 1].end], alone)
    return None


def words_of(text: str) -> list[Word]:
    """The words of a text; hyphens, dots and apostrophes part them, marks that cannot be seen do not."""
    found = re.finditer(rf"[^\W_]+(?:[{UNSEEN}]+[^\W_]+)*", text)
    return [Word(bare(part.group()), part.group(), part.start(), part.end()) for part in found]


def person_of(name: str) -> Person:
    """The parts of a name such as "Renfrow, Tobias", "Amara Okonjo-Reed" or "Maria de la Cruz, OTR/L"."""
    before, _, after = name.partition(",")
    given = [bare(each) for each in re.findall(r"[^\W_]+", after.split(",")[0])]
    if given and (not set(given) <= AFTER_NAMES or len("".join(given)) == 1):
        last, first = [bare(each) for each in re.findall(r"[^\W_]+", before)], given
    else:
        chunks = [[bare(each) for each in re.findall(r"[^\W_]+", chunk)] for chunk in before.split()]
        chunks = [chunk for at, chunk in enumerate(chunks) if chunk and (at == 0 or not set(chunk) <= AFTER_NAMES)]
        at = max(len(chunks) - 1, 0)
        while at > 1 and set(chunks[at - 1]) <= BEFORE_NAMES:
            at -= 1
        first, last = sum(chunks[:at], []), sum(chunks[at:], [])
    return Person(tuple(first), tuple(last), tuple(first + last))


def _outside_places(words: Sequence[Word], schools: Iterable[tuple[str, ...]]) -> list[bool]:
    """Of each word, whether it stands outside the name of a school and no place follows it."""
    free = [True] * len(words)
    for name in schools:
        for start in range(len(words) - len(name) + 1):
            if tuple(word.bare for word in words[start : start + len(name)]) == name:
                free[start : start + len(name)] = [False] * len(name)
    for at in range(len(words) - 1):
        here, after = words[at : at + 2]
        if here.capital and after.capital and after.bare in PLACES and after.start == here.end + 1:
            free[at] = False
    return free


def _mentions(
    words: Sequence[Word], free: Sequence[bool], text: str, person: Person, common: Set[str]
) -> Iterator[tuple[int, int, bool]]:
    """(first word, one after the last word, a single word) of each mention of a person.

    common  words that mean something else as well
    """
    for start in range(len(words)):
        if not free[start]:
            continue
        for way, doubtful in _ways(person, common):
            end = start + len(way)
            same = tuple(word.bare for word in words[start:end]) == way and all(free[start:end])
            if same and (not doubtful or _is_person(words, start, end, text, common)):
                yield start, end, len(way) == 1
        if words[start].bare not in common and _glued(words[start].bare, person):
            yield start, start + 1, False


def _ways(person: Person, common: Set[str]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """(the words of a name, whether other words than a person may be meant) in each way that it may be written."""
    first, last = person.first, person.last
    if first and last:
        for way in dict.fromkeys((person.whole, last + first, first[:1] + last, last + first[:1])):
            yield way, _ordinary(way, common)
    for title in TITLES:
        for way in dict.fromkeys((last, *((part,) for part in (*last, *first[:1]) if len(part) > 2))):
            yield (title, *way), _ordinary(way, common)
    for initial in dict.fromkeys(part[:1] for part in first):
        yield from (((initial, *last), True), ((*last, initial), True))
    yield last, True
    for part in dict.fromkeys((*last, *first)):
        if len(part) > 1 and part not in BEFORE_NAMES:
            yield (part,), True


def _ordinary(way: Sequence[str], common: Set[str]) -> bool:
    return all(part in common or len(part) == 1 for part in way)


def _is_person(words: Sequence[Word], start: int, end: int, text: str, common: Set[str]) -> bool:
    """Whether words that may be a name are meant as one."""
    some = words[start:end]
    if len(some) == 1 and text[some[0].end : some[0].end + 1] == "@":
        return True
    if not _ordinary([word.bare for word in some if word.bare not in TITLES], common):
        return len(some) > 1 or len(some[0].bare) > 2 or some[0].capital
    if len(some) > 1 and any(len(word.bare) == 1 for word in some):
        return _initialed(some, text)
    if some[0].bare in TITLES - {"miss"}:  # "we miss long sessions"
        return True
    if not all(word.capital for word in some):
        return False
    if len(some) > 1:
        return not re.search(r"[.;:!?]\s", text[some[0].end : some[-1].start])
    return _treated_as_person(words, start, text)


def _initialed(some: Sequence[Word], text: str) -> bool:
    """Whether an ordinary word with one letter is a name: "G. Long", "Long, G." but not "a long week"."""
    letter = next(word for word in some if len(word.bare) == 1)
    dotted = text[letter.end : letter.end + 1] == "."
    after_comma = some[-1] is letter and "," in text[some[-2].end : letter.start]
    if after_comma:
        return dotted or not text[letter.end :].strip()
    return dotted and all(word.capital for word in some)


def _treated_as_person(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether the sentence speaks of the word as of a person: "Grant's leave", "cover for May", "while Long is on leave"."""
    after = [word.bare for word in words[at + 1 : at + 5]]
    before = [word.bare for word in words[max(0, at - 2) : at]]
    if (
        words[at].bare in MONTHS
        and after
        and (after[0] in MONTHS | {"and", "to", "through", "until"} or after[0].isdigit())
    ):
        return False
    if re.match(r"['’]", text[words[at].end : words[at].end + 1]):
        return any(word in OF_A_PERSON for word in after[:3])
    if text[words[at].end : words[at].end + 1] == "-":
        return False
    covered = bool(before) and (before[-1] in COVERED or (before[-1] in ("for", "of") and before[0] in COVERED))
    on_leave = any(pair == ("on", "leave") for pair in zip(after, after[1:], strict=False))
    return covered or on_leave or bool(after) and after[0] in DOES


def _glued(word: str, person: Person) -> bool:
    """Whether a word is a name written as one: "trenfrow", "tobiasrenfrow", "renfrowt2", "okonjoreed", "renfrows"."""
    word = word.rstrip("0123456789")
    if len(word) < LEAST_GLUED or not person.last:
        return False
    last, first = "".join(person.last), "".join(person.first[:1])
    ways = {last, *(part + "s" for part in (last, *person.last, *person.first) if len(part) >= LEAST_GLUED)}
    if first:
        ways |= {first[0] + last, first + last, last + first[0], last + first}
    return word in ways


def bare(word: str) -> str:
    """A word without accents and marks that cannot be seen, in small letters."""
    parts = re.sub(f"[{UNSEEN}]", "", unicodedata.normalize("NFKD", word))
    return "".join(each for each in parts if not unicodedata.combining(each)).casefold()

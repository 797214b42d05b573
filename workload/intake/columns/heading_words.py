"""The words of headings, read once from data/headings.toml: word or run of words -> the facts that it may say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from workload.model.columns import CAMEL, SOFT
from workload.model.packaged_data import DATA

FILE = DATA / "headings.toml"
FILLER, UNNEEDED, UNKNOWN = "filler", "unneeded", "unknown"
PERIODS = ("day", "week", "two-weeks", "month", "six-weeks", "quarter", "trimester", "semester", "year", "biweekly")
SHORT_WORDS = frozenset({"id", "ot", "pt", "slp", "wk", "mo", "yr", "hr", "no", "of", "iep", "min", "per", "esy"})
LONGEST_SEGMENTS, FEWEST_LETTERS, ALIKE = 4, 6, 88  # of words written together, and of misspelled ones
YEARS = re.compile(r"\(?\b(?:sy\s*)?(?:20)?\d\d\s*[-/\u2013]\s*(?:20)?\d\d\b\)?", re.IGNORECASE)
# "# of OT students" counts them; "Student #" is the number of one.
COUNT_OF_STUDENTS = re.compile(
    r"\b(?:number|num|no\.?|nbr|count|total)\s+(?:of\s+)?(?:\w+\s+)?(?:students|pupils|kids|children)\b", re.IGNORECASE
)
SHORT_FOR = {"mpw": ("min", "week"), "mpm": ("min", "month"), "mpy": ("min", "year"), "mpd": ("min", "day")}
COUNTED_WEEKS = re.compile(
    r"\b(2|4|6|9|two|four|six|nine)[\s-]*(?:wks?|weeks?)\b", re.IGNORECASE
)  # "6-wk", "per 6 Wks"
OF_A_YEAR = re.compile(r"\(\s*(?:/|per)?\s*3\d\s*(?:wks?|weeks?)\s*\)", re.IGNORECASE)  # "Annual minutes (36 wks)"
GLUED_NUMBER = re.compile(r"(?<=[a-z]{3})(?=\d\b)", re.IGNORECASE)  # "Svc1"
IN_BRACKETS = re.compile(r"\(([^()]*)\)")
SIGNS = re.compile(r"[\W_]+")  # pictures among them
# "planServiceProvided.sessionsPerWeek": the field of a table of a record system; a bare "name" needs its table.
OF_A_TABLE = re.compile(r"(?:[A-Za-z]\w+\.)+(?!(?:name|id|number|code|date|type)$)([A-Za-z]\w+)", re.IGNORECASE)


class VocabularyError(ValueError):
    """The table of words does not hold together; the message names the line."""


@cache
def words() -> Mapping[tuple[str, ...], frozenset[str]]:
    """Every word or run of words with the facts that it may say. Raises `VocabularyError`."""
    found: dict[tuple[str, ...], set[str]] = {}
    for group, facts in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        for fact, spellings in facts.items():
            for spelled in spellings:
                if not isinstance(spelled, str) or not spelled.strip():
                    raise VocabularyError(f"headings.toml, [{group}] {fact}: expected words, got {spelled!r}.")
                found.setdefault(tuple(spelled.casefold().split()), set()).add(fact)
    return MappingProxyType({run: frozenset(facts) for run, facts in found.items()})


@cache
def _longest() -> int:
    return max(map(len, words()))


@cache
def _single_words() -> tuple[str, ...]:
    return tuple(run[0] for run in words() if len(run) == 1 and len(run[0]) >= FEWEST_LETTERS)


@lru_cache(maxsize=8192)
def split(heading: str) -> tuple[str, ...]:
    """The words of a heading: small letters, signs as blanks, "#" as "number", without a school year.

    >>> split("OT Min/Wk (2026-27)")
    ('ot', 'min', 'wk')
    """
    field = OF_A_TABLE.fullmatch(str(heading).strip())
    text = (
        YEARS.sub(" ", (field[1] if field else str(heading)).translate(SOFT))
        .replace("#", " number ")
        .replace("%", " percent ")
    )
    text = COUNT_OF_STUDENTS.sub(" headcount ", re.sub(r"[’'`]s?\b", "", CAMEL.sub(" ", text)))
    text = OF_A_YEAR.sub(" ", text)
    text = GLUED_NUMBER.sub(" ", text)
    text = COUNTED_WEEKS.sub(r"\1 weeks", text)
    text = IN_BRACKETS.sub(lambda found: f" {found[1]} " if _is_known(found[1]) else " ", text)
    return tuple(word for each in SIGNS.sub(" ", text).casefold().split() for word in SHORT_FOR.get(each, (each,)))


def _is_known(text: str) -> bool:
    """Whether any word of a text in brackets is known: "(min/wk)" says something, "(DBN)" does not."""
    own = SIGNS.sub(" ", text).casefold().split()
    return any((word,) in words() or word in SHORT_FOR or word[:1].isdigit() for word in own) or tuple(own) in words()


@lru_cache(maxsize=8192)
def all_facts(heading: str) -> frozenset[str]:
    """What the words of a heading say, all together."""
    return frozenset().union(*facts_of(heading))


@lru_cache(maxsize=8192)
def facts_of(heading: str) -> tuple[frozenset[str], ...]:
    """What the words of a heading say, one set of possible facts for each word or known run of words.

    The longest run wins. Words written together are taken apart ("STUDENTID"), a plural and a near misspelling are
    taken for the known word; anything else is {"unknown"}.
    """
    rest, found = list(split(heading)), []
    while rest:
        for length in range(min(_longest(), len(rest)), 0, -1):
            facts = None if heading.strip().casefold() == "x" else words().get(tuple(rest[:length]))
            if facts:
                found.append(facts)
                del rest[:length]
                break
        else:
            found += _unlisted(rest.pop(0))
    return tuple(found)


@lru_cache(maxsize=8192)
def _unlisted(word: str) -> tuple[frozenset[str], ...]:
    """The facts of a word that is not listed as it stands."""
    if word.isdigit():
        return (frozenset({FILLER}),)
    known = words()
    if word.endswith("s") and not word.endswith("ss") and (word[:-1],) in known:  # "Moss" is a name, and no month
        return (known[word[:-1],],)
    parts = _taken_apart(word, LONGEST_SEGMENTS)
    if parts:
        return tuple(known[part,] for part in parts)
    if len(word) >= FEWEST_LETTERS:
        near = process.extractOne(word, _single_words(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        if near:
            return (known[near[0],],)
    return (frozenset({UNKNOWN}),)


def _taken_apart(word: str, most: int) -> tuple[str, ...]:
    """The known words that are written together in this one; empty where it is no such run."""
    for end in range(len(word) - 1, 1, -1):
        head, tail = word[:end], word[end:]
        if (head,) not in words() or (len(head) < 4 and head not in SHORT_WORDS):
            continue
        if (tail,) in words() and (len(tail) >= 4 or tail in SHORT_WORDS):
            return head, tail
        if most > 2 and (rest := _taken_apart(tail, most - 1)):
            return head, *rest
    return ()

"""Names of schools and people as they are compared, and the nearest known name to an unknown one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from workload.intake.cells.cells import is_missing, tidy
from workload.model.columns import normalized

NEAR = 72  # of 100: below this no name is suggested
VACANT = re.compile(
    r".*\bvacan(?:t|cy)\b.*|(?:(?:contract(?:ed|or)?|agency|sub(?:stitute)?|long term sub(?:stitute)?|lts|new|float(?:er)?|temp(?:orary)?|"
    r"travel(?:er)?|vendor|future|coverage)"
    r"(?: (?:ot|ota|cota|otr|therapist|hire|provider|staff|position|person|sub|agency|contract|coverage))*)|"
    r"(?:ot|ota|cota|otr)?[\s/-]*(?:tb[dah]\b.*|open(?:\s+(?:position|post|slot|seat))?|unfilled\b.*|"
    r"to be (?:hired|determined|assigned|announced|filled)\b.*|unassigned|not assigned|none|n\s?a|nobody|no one|"
    r"no (?:provider|therapist|ot)|hiring|position open|unstaffed|posted)(?:[\s#]*\d+)?",
    re.IGNORECASE,
)
CREDENTIALS = re.compile(
    r"(?:[\s,]+(?:otr\s*/?\s*l|otr|cota\s*/?\s*l|cota|ota|otd|dot|ot|mot|ms|msot|m\.s\.|m\.?ed|edd|phd|"
    r"bcp|chts?|l\b)\.?)+$",
    re.IGNORECASE,
)
IN_BRACKETS = re.compile(r"\s*\((?:otr?(?:/l)?|cota(?:/l)?|ota|lead)\)\s*$", re.IGNORECASE)
OF_OTHERS = re.compile(
    r"\s*[(,]\s*(?:slp|ccc-slp|slpa|pt|dpt|pta|bcba|lcsw|psych|sw|rn|nurse|teacher|sped|tvi|aud|couns\w*|speech)\)?\s*$",
    re.IGNORECASE,
)
FTE_BEHIND = re.compile(
    r"[\s,(\u2013\u2014-]*\d*\.?\d+\s*f\.?t\.?e\.?\)?\s*$", re.IGNORECASE
)  # "Rivers, Kim - 0.6 FTE"
ASSISTANT = re.compile(r"\b(?:cota|ota)\b", re.IGNORECASE)
ROLE_FIRST = re.compile(r"^(?:otr/l|otr|cota/l|cota|ota|ot)\s*[-:]\s*", re.IGNORECASE)
ROLES = re.compile(r"\b(?:otr/l|otr|cota/l|cota|ota|ot)\s*:", re.IGNORECASE)  # "COTA: Pine / OT: Vale"
CODE = re.compile(r"\d|\b(?:otr?|ota|cota|therapist|provider|staff)\b", re.IGNORECASE)  # a name that is a code: "OT A"
SCHOOL_WORDS = {
    "es": "elementary",
    "elem": "elementary",
    "el": "elementary",
    "ele": "elementary",
    "elementary": "elementary",
    "ms": "middle",
    "mid": "middle",
    "middle": "middle",
    "jh": "middle",
    "jr": "middle",
    "hs": "high",
    "sr": "high",
    "high": "high",
    "acad": "academy",
    "ctr": "center",
    "st": "saint",
    "mt": "mount",
    "sch": "",
    "school": "",
    "schl": "",
    "the": "",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
}


def school_key(name: str) -> str:
    """A school name as it is compared."""
    return normalized(name.replace("&", " and "))


def school_words(name: str) -> str:
    """A school name with its usual abbreviations spelled out, for suggestions only."""
    words = (SCHOOL_WORDS.get(word, word) for word in school_key(re.sub(r"[()]", " ", name)).split())
    return " ".join(word for word in words if word)


def is_vacant(text: str) -> bool:
    """Whether a therapist cell says that nobody is in post, or names nobody: "???"."""
    return is_missing(text) or not text.strip("? ") or bool(VACANT.fullmatch(normalized(text)))


def without_credentials(name: str) -> str:
    """ "Kim, A., OTR/L" as "Kim, A."; "COTA-Kim" as "Kim"."""
    bare = CREDENTIALS.sub("", IN_BRACKETS.sub("", FTE_BEHIND.sub("", tidy(name)))).strip(" ,")
    bare = ROLE_FIRST.sub("", bare).strip() if len(ROLES.findall(bare)) < 2 else bare
    # A code such as OT-01 is no name with a credential: without it nothing would tell it from COTA-01.
    return bare if any(map(str.isalpha, bare)) else tidy(name)


def person_key(name: str) -> str:
    """A person's name as it is compared: without credentials, case and punctuation."""
    return normalized(without_credentials(name))


def person_words(name: str) -> str:
    """The words of a name in alphabetical order, so that "Kim, A." and "A. Kim" are alike; for suggestions only."""
    return " ".join(sorted(person_key(name).split()))


def is_part_of(written: str, listed: str) -> bool:
    """Whether each word of a name is a word of the listed one or the first letter of one: "Rivers", "K. Rivers", "KR"."""
    words, left = person_key(written).split(), person_key(listed).split()
    if tidy(written).isupper() and len(words) == 1 and len(words[0]) == len(left) > 1:
        return sorted(words[0]) == sorted(word[0] for word in left)
    for word in sorted(words, key=len, reverse=True):
        same = next((each for each in left if each == word or len(word) == 1 and each[:1] == word), None)
        if same is None:
            return False
        left.remove(same)
    return any(len(word) > 1 for word in words)


def names_alike(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Names of a list that may be another person of it -> who that may be: the same words, or a name in short.

    A name in short is asked about with the full names only: "KR" with "Kim Reyes", and not with "K. Reyes", too.
    """
    seen: dict[str, str] = {}
    same = {name: (first,) for name in names if (first := seen.setdefault(person_words(name), name)) != name}
    by_word: dict[str, list[str]] = {}
    by_letters: dict[str, list[str]] = {}
    called = [each for each in names if each not in same and not CODE.search(each) and not several_people(each)]
    for name in called:
        words = person_key(name).split()
        for word in words:
            by_word.setdefault(word, []).append(name)
        by_letters.setdefault("".join(sorted(word[0] for word in words)), []).append(name)
    in_short: dict[str, list[str]] = {}
    for name in called:
        words = person_key(name).split()
        longest = max(words, key=len, default="")
        near = (
            by_word.get(longest, []) if len(words) > 1 else [*by_word.get(longest, []), *_of_letters(name, by_letters)]
        )
        if found := [other for other in near if other != name and is_part_of(name, other)]:
            in_short[name] = found
    full = {name: [other for other in others if other not in in_short] for name, others in in_short.items()}
    known = {name: tuple(full[name] or others) for name, others in in_short.items()}
    # "T. Nguyen" beside "Nguyen T" and "Nguyen, Tara" is asked about with the full name, too: an answer leads to one person.
    return known | {name: known.get(first, (first,)) for name, (first,) in same.items()}


def _of_letters(name: str, by_letters: Mapping[str, list[str]]) -> list[str]:
    return by_letters.get("".join(sorted(person_key(name))), []) if tidy(name).isupper() else []


def several_people(name: str) -> tuple[str, ...]:
    """The names in "Kim/Lee", "Kim (M/W), Lee (T)" or "Kim & Lee"; empty for one name."""
    text = re.sub(r"\(.*?\)|(?<=otr)\s*/\s*l\b|(?<=cota)\s*/\s*l\b", " ", tidy(name), flags=re.IGNORECASE)
    parts = tuple(
        ROLE_FIRST.sub("", part.strip()) for part in re.split(r"\s*[/&+;]\s*|\s+and\s+", text) if part.strip()
    )
    return parts if len(parts) > 1 else ()


def assistant_in(name: str) -> str:
    """ "Pine" of "Rivers/Pine (COTA)": the assistant among several people, who is the one that serves; empty for none."""
    parts = [part.strip() for part in re.split(r"\s*[/&+;]\s*|\s+and\s+", tidy(name)) if part.strip()]
    found = [without_credentials(part) for part in parts if len(parts) > 1 and ASSISTANT.search(part)]
    return found[0] if len(found) == 1 else ""


def of_our_service(name: str) -> str:
    """ "Rivers (OT), Moss (PT)" as "Rivers (OT)": people of other professions in a cell do not serve here."""
    parts = [part.strip() for part in re.split(r"\s*[/;&+]\s*|(?<=\)),\s*|\s+and\s+", tidy(name)) if part.strip()]
    if len(parts) < 2 or not any(OF_OTHERS.search(part) for part in parts):
        return name
    ours = [part for part in parts if not OF_OTHERS.search(part)]
    return " / ".join(ours) if ours else name


def nearest(words: str, known_words: Sequence[str]) -> int | None:
    """The position of the known words that are most like the written ones; None when none is near."""
    best = process.extractOne(words, known_words, scorer=fuzz.WRatio, score_cutoff=NEAR) if known_words else None
    return best[2] if best else None


def likely(written: str, known: Sequence[str], words, most: int = 4) -> tuple[str, ...]:
    """The few known names that are most like the written one, best first, then the others by name."""
    choices = [words(name) for name in known]
    ranked = process.extract(words(written), choices, scorer=fuzz.WRatio, limit=most)
    return tuple(known[at] for _, _, at in ranked)

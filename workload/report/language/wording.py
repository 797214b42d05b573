"""The sentences of a document in one language: ours from `data/language`, the district's own in their place.

    words = Wording("es", {"limits.day": "Una lista de un solo día."})
    words("limits.day")                    # the district's own
    words("overfull.people", n=7, all=16)  # ours, with its numbers

A sentence is a template; its numbers stay bound to the answer, whoever words it. `bound` makes a template of a sentence
that somebody typed with the numbers in it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from workload.model.packaged_data import entries_in
from workload.report.language.languages import ENGLISH

HEADINGS = (
    *(
        "head",
        "table",
        "word",
        "mark",
        "page",
        "part",
        "force",
        "method",
        "reason",
        "parameter",
        "unit",
        "kind",
        "late",
    ),
    *("premise", "bridge_step", "law_card", "pair_chart", "alt", "rate", "kind_out", "choice", "document", "gauge"),
    "money_book",
)
LONGEST_SENTENCE = 600
DIGITS = re.compile(r"\d[\d.,:/%]*")


class WordingError(ValueError):
    """A sentence that cannot be used; the message is a plain sentence."""


@cache
def catalog(language: str) -> Mapping[str, str]:
    """Every sentence of a language by its key, such as "limits.day"."""
    tables = entries_in("language", language)
    return MappingProxyType({f"{table}.{name}": text for table, rows in tables.items() for name, text in rows.items()})


def places_of(template: str) -> frozenset[str]:
    """The names in braces of a template. Raises `WordingError` for braces that are no names."""
    try:
        found = [name for _, name, spec, _ in string.Formatter().parse(template) if name is not None]
    except ValueError:
        raise WordingError("A sentence has a brace { or } by itself.") from None
    if any(not re.fullmatch(r"[a-z_]+", name) for name in found):
        raise WordingError("Between braces stands the name of a number, such as {fte}.")
    return frozenset(found)


def filled(template: str, values: Mapping[str, object]) -> str:
    """The template with its values. Nothing of a value is read as a template."""
    return re.sub(r"\{([a-z_]+)\}", lambda found: str(values[found.group(1)]), template)


def bound(text: str, values: Mapping[str, object]) -> str:
    """A typed sentence as a template: where a value of the sentence stands in it, its name stands in its place.

    >>> bound("We ask for 3.2 posts.", {"fte": "3.2"})
    'We ask for {fte} posts.'
    """
    made = text.replace("{", "(").replace("}", ")")
    for name, value in sorted(values.items(), key=lambda item: -len(str(item[1]))):
        word = str(value).strip()
        if word:
            made = _outside_braces(made, word, name)
    return made


def _outside_braces(text: str, word: str, name: str) -> str:
    """Each whole occurrence of a word outside of braces replaced by the name."""
    pattern = re.compile(rf"\{{[a-z_]+\}}|(?<![\w.,]){re.escape(word)}(?!\w|[.,]\d)")
    return pattern.sub(lambda found: found.group() if found.group().startswith("{") else f"{{{name}}}", text)


def loose_numbers(template: str) -> tuple[str, ...]:
    """Numbers that stand in a template by themselves: they do not follow the answer."""
    return tuple(DIGITS.findall(re.sub(r"\{[a-z_]+\}", "", template)))


def checked(own: Mapping[str, str], known: Mapping[str, frozenset[str]] | None = None) -> Mapping[str, str]:
    """Own sentences by key. Raises `WordingError` for a key that is not known, or a name in braces that ours has not.

    known  names that may stand in braces, for the sentences that no catalog holds
    """
    ours = catalog(ENGLISH)
    for key, text in own.items():
        names = known[key] if known and key in known else places_of(ours[key]) if key in ours else None
        if names is None or key.split(".")[0] in HEADINGS:
            raise WordingError(f"There is no sentence called {key[:60]} that can be worded otherwise.")
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_SENTENCE:
            raise WordingError(f"The sentence {key} has 1 to {LONGEST_SENTENCE} characters.")
        for name in sorted(places_of(text) - names):
            some = ", ".join(f"{{{one}}}" for one in sorted(names)) or "none"
            raise WordingError(f"The sentence {key} has no number {{{name}}}; it has {some}.")
    return own


class Wording:
    """The sentences of one language. Calling it with a key and its values gives the sentence."""

    def __init__(self, language: str, own: Mapping[str, str] = MappingProxyType({})):
        self.language, self.own, self.ours = language, own, catalog(language)

    def __call__(self, key: str, **values: object) -> str:
        return filled(self.own.get(key) or self.ours[key], values)

    def instead(self, key: str, ours: str, values: Mapping[str, object]) -> str:
        """The district's own wording of a sentence that is phrased elsewhere, else that sentence."""
        return filled(self.own[key], values) if key in self.own else ours

    def has(self, key: str) -> bool:
        return key in self.ours

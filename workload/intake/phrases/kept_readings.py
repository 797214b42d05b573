"""Readings of phrases that stay in this process, so that the next load of any file does not read the same words again.

Only what the grammar has understood to the last word is kept: such a text is numbers and words of its vocabulary, and
so can name nobody. What was asked about, or has a word that is not known, is read anew and forgotten with its file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from workload.intake.phrases.meanings import PhraseContext, Reading
from workload.intake.phrases.tokens import tidy, tokens_of

MOST = 20_000  # a district writes a few hundred; when so many are kept, all are forgotten
UNDERSTOOD = ("A", "B")
_NAMES = tuple(field.name for field in fields(PhraseContext) if field.name != "answers")
_kept: dict[tuple, Reading] = {}


def kept_reading(text: str, context: PhraseContext, read: Callable[[], Reading]) -> Reading:
    """The reading of a text in a context, by `read` where it is not kept."""
    asked = (text, *(getattr(context, name) for name in _NAMES), *sorted(context.answers.items()))
    found = _kept.get(asked)
    if found is None:
        found = read()
        if found.grade in UNDERSTOOD and not found.leftovers and _has_only_known_words(text):
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[asked] = found
    return found


def _has_only_known_words(text: str) -> bool:
    return all(token.kind != "UNKNOWN" for token in tokens_of(tidy(text)))

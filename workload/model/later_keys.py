"""What was read with the first key of a secret, told by the keys that came later: every pseudonym in it, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pandas as pd

from workload.model.pseudonyms import rekeyed

PSEUDONYM = re.compile(r"(?<!\w)S-[A-Z2-7]{10}(?!\w)")
Words = Callable[[str], str]


def words_of(keys: Sequence[bytes]) -> Words:
    """Text -> the same text with every pseudonym after these keys; each is worked out once."""
    known: dict[str, str] = {}

    def code(found: re.Match[str]) -> str:
        if found[0] not in known:
            known[found[0]] = str(rekeyed([found[0]], keys)[0])
        return known[found[0]]

    return lambda text: PSEUDONYM.sub(code, text) if "S-" in text else text


def told_later(value: Any, keys: Sequence[bytes]) -> Any:
    """A value of the library with every pseudonym in it after these keys; without keys the value itself."""
    return _told(value, words_of(keys)) if keys else value


def _told(value: Any, words: Words) -> Any:
    if isinstance(value, str):
        return words(value)
    if isinstance(value, pd.DataFrame):
        texts = [name for name in value.columns if value[name].map(type).eq(str).any()]
        made = {name: value[name].map(lambda cell: words(cell) if isinstance(cell, str) else cell) for name in texts}
        return value.assign(**{name: column.astype(value[name].dtype) for name, column in made.items()})
    if isinstance(value, Mapping):
        return {_told(key, words): _told(each, words) for key, each in value.items()}
    if isinstance(value, (tuple, list, frozenset)):
        return type(value)(_told(each, words) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        was = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
        now = {name: _told(each, words) for name, each in was.items()}
        changed = {name: each for name, each in now.items() if each is not was[name]}
        return replace(value, **changed) if changed else value
    return value

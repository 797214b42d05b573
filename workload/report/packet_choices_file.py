"""The settings of a packet as a TOML file: kept for the next board meeting, read by the page and by the command line."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli_w

from workload.report.language.languages import ENGLISH, TAGS
from workload.report.packet_choices import Brand, NotActing, Option, SettingError, Settings, default_brand

TEXTS = ("district_name", "needed_by", "checked_by", "contact", "language", "fund")
LISTS = ("next_steps", "schools")
FLAGS = ("name_therapists", "forms")
COUNTS = ("smallest_count", "weeks_right", "weeks_of")
SIMPLE: Mapping[str, type] = {**dict.fromkeys(TEXTS, str), **dict.fromkeys(COUNTS, int), **dict.fromkeys(FLAGS, bool)}
FILES = ("logo", "template", "font")
KNOWN = frozenset({*SIMPLE, *LISTS, *FILES, "brand", "not_acting", "option", "rates", "wording"})
OPTION: dict[str, type] = {
    **dict.fromkeys(("name", "cover", "reason"), str),
    **dict.fromkeys(("students_changing", "students_gaining"), int),
    **dict.fromkeys(("examples", "recommended"), bool),
}
BRAND = tuple(Brand.__dataclass_fields__)


def read_settings(path: Path) -> tuple[Settings, tuple[Option, ...]]:
    """Settings and options of a file. Raises `SettingError` with a plain sentence, `OSError` when a file cannot be read."""
    try:
        return settings_of(path.read_text(encoding="utf-8"), path.parent)
    except UnicodeDecodeError:
        raise SettingError("The settings are not lines of the form name = value (TOML).") from None


def settings_of(text: str, folder: Path | None = None) -> tuple[Settings, tuple[Option, ...]]:
    """Settings and options of a TOML text: texts, smallest_count, lists of texts (next_steps, schools), [brand],
    [not_acting], [rates], [wording.en], [[option]], and logo, template and font, files in the folder; without one none is read.

    Raises `SettingError` with a plain sentence, `OSError` when the logo cannot be read.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise SettingError("The settings are not lines of the form name = value (TOML).") from None
    for name in data:
        if name not in KNOWN:
            raise SettingError(f"There is no setting called {name[:40]}. Known are {', '.join(sorted(KNOWN))}.")
    try:
        made = _kinds({name: data[name] for name in SIMPLE if name in data}, SIMPLE)
        made.update({name: _texts(data[name]) for name in LISTS if name in data})
        if "brand" in data:
            made["brand"] = Brand(**{name: getattr(default_brand(), name) for name in BRAND} | data["brand"])
        if "not_acting" in data:
            made["not_acting"] = NotActing(**_kinds(data["not_acting"], {"words": str}))
        options = tuple(Option(**_kinds(entry, OPTION)) for entry in data.get("option", ()))
        made["rates"] = tuple(sorted((name, float(value)) for name, value in _kinds(data.get("rates", {}), {}).items()))
        made["wording"] = wording_of(data.get("wording", {}))
        if folder is not None:
            made |= {name: (folder / data[name]).read_bytes() for name in FILES if name in data}
        return Settings(**made), options
    except (TypeError, AttributeError, KeyError):
        raise SettingError("A setting has the wrong form or a name that is not known.") from None


def wording_of(tables: Mapping) -> tuple[tuple[str, str, str], ...]:
    """Own sentences of tables by language and key, "limits.day" or a table limits with a day in it."""
    found: list[tuple[str, str, str]] = []
    for language, rows in tables.items():
        for key, text in rows.items():
            found += (
                [(language, f"{key}.{name}", one) for name, one in text.items()]
                if isinstance(text, Mapping)
                else [(language, key, text)]
            )
    return tuple(sorted(found))


def read_wording(path: Path) -> tuple[tuple[str, str, str], ...]:
    """The own sentences of a file: tables by language, or the sentences alone for English. Raises `SettingError`, `OSError`."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        data = data.get("wording", data)
        return wording_of(data if set(data) & set(TAGS) else {ENGLISH: data})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError):
        raise SettingError('The sentences are not lines of the form key = "sentence" (TOML).') from None


def settings_text(settings: Settings, options: Sequence[Option] = ()) -> str:
    """Settings and options as the text of a file; `settings_of` gives them back. A logo is a file of its own and left out."""
    first = Settings()
    made: dict[str, Any] = {
        name: getattr(settings, name) for name in SIMPLE if getattr(settings, name) != getattr(first, name)
    }
    made |= {name: list(getattr(settings, name)) for name in LISTS if getattr(settings, name)}
    colors = {
        name: getattr(settings.brand, name)
        for name in BRAND
        if getattr(settings.brand, name) != getattr(first.brand, name)
    }
    made |= {"brand": colors} if colors else {}
    if settings.not_acting is not None:
        made["not_acting"] = _given(settings.not_acting)
    if settings.rates:
        made["rates"] = dict(settings.rates)
    for language, key, text in settings.wording:
        made.setdefault("wording", {}).setdefault(language, {})[key] = text
    if options:
        made["option"] = [_given(one) for one in options]
    return tomli_w.dumps(made)


def _given(record: NotActing | Option) -> dict[str, object]:
    return {
        name: value
        for name, value in vars(record).items()
        if value not in (None, "", False) or value == 0 and value is not False
    }


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError("a list of texts is expected")
    return tuple(value)


def _kinds(entries: Mapping[str, Any], kinds: Mapping[str, type]) -> dict[str, Any]:
    """The entries, when each is of its kind; a number where none is named. Raises `TypeError`, `AttributeError`."""
    for name, value in entries.items():
        kind = kinds.get(name, int | float)
        if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool):
            raise TypeError(name)
    return dict(entries)

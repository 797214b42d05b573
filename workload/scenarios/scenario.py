"""A scenario: a name and lever values. Small data that can be saved, sent and shared without anybody's name."""

from __future__ import annotations

import base64
import binascii
import json
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import tomli_w

from workload.answer import Answer
from workload.scenarios.group_levers import MARK_CHARACTERS
from workload.scenarios.lever_fields import GROUP_MOVES, MOVES, SCHOOL_LIST, Lever, LeverError, declared_fields
from workload.scenarios.levers import KINDS

LONGEST_LINK, LONGEST_NAME, MOST_LEVERS = 20_000, 80, 50
UNREADABLE = "This link does not hold a scenario. Ask for it again; a part may be missing."


@dataclass(frozen=True)
class Scenario:
    """A name, levers, and the schools of a pilot (none: the whole district). The order of levers means nothing.

    made_for  first characters of the roster's digest: therapists are places in that roster's alphabetical list
    """

    name: str
    levers: tuple[Lever, ...] = ()
    pilot_schools: tuple[str, ...] = ()
    made_for: str = ""

    def __post_init__(self):
        if not self.name.strip() or len(self.name) > LONGEST_NAME:
            raise LeverError(
                f"A scenario's name has 1 to {LONGEST_NAME} characters; this one has {len(self.name.strip())}."
            )
        if len(self.levers) > MOST_LEVERS:
            raise LeverError(f"A scenario has at most {MOST_LEVERS} levers; this one has {len(self.levers)}.")
        object.__setattr__(self, "pilot_schools", tuple(sorted(set(self.pilot_schools))))

    def with_lever(self, lever: Lever) -> Scenario:
        return replace(self, levers=(*self.levers, lever))

    def with_only(self, lever: Lever) -> Scenario:
        """This scenario with the lever in place of all of its kind: moves that it had speak of the same groups."""
        return replace(self, levers=(*(one for one in self.levers if one.kind != lever.kind), lever))

    def without_lever(self, at: int) -> Scenario:
        return replace(self, levers=self.levers[:at] + self.levers[at + 1 :])

    def with_changed(self, at: int, **values: object) -> Scenario:
        """This scenario with some values of one lever replaced. Raises `LeverError`."""
        return replace(self, levers=(*self.levers[:at], replace(self.levers[at], **values), *self.levers[at + 1 :]))

    def renamed(self, name: str) -> Scenario:
        """A copy under another name."""
        return replace(self, name=name)


def roster_mark(answer: Answer) -> str:
    """What `Scenario.made_for` holds for an answer's roster."""
    return answer.roster.digest[:MARK_CHARACTERS]


def mismatch(answer: Answer, scenario: Scenario) -> str | None:
    """A sentence when the scenario was made for another roster, so that its therapists may be other people."""
    mark = roster_mark(answer)
    if not scenario.made_for or not mark or scenario.made_for == mark:
        return None
    return "This scenario was made for another version of the roster. Check that every lever names the post you mean."


def as_data(scenario: Scenario) -> dict[str, Any]:
    """Plain values: what files and links are made of."""
    data: dict[str, Any] = {"name": scenario.name}
    if scenario.pilot_schools:
        data["pilot_schools"] = list(scenario.pilot_schools)
    if scenario.made_for:
        data["made_for"] = scenario.made_for
    data["lever"] = [{"kind": lever.kind, **_values(lever)} for lever in scenario.levers]
    return data


def _values(lever: Lever) -> dict[str, object]:
    """The values of a lever that differ from the defaults."""
    found = {}
    for one in fields(lever):
        value = getattr(lever, one.name)
        if value != one.default:
            found[one.name] = (
                [list(entry) if isinstance(entry, tuple) else entry for entry in value]
                if isinstance(value, tuple)
                else value
            )
    return found


def from_data(data: Mapping[str, object]) -> Scenario:
    """A scenario from plain values. Raises `LeverError` with a plain sentence."""
    levers = data.get("lever", [])
    if not isinstance(levers, list) or not all(isinstance(entry, Mapping) for entry in levers):
        raise LeverError("The file holds no list of levers.")
    name, pilot, made_for = data.get("name", ""), data.get("pilot_schools", []), data.get("made_for", "")
    if not isinstance(name, str) or not isinstance(made_for, str) or not isinstance(pilot, list):
        raise LeverError("The scenario's name or pilot schools cannot be read.")
    return Scenario(name, tuple(_lever(entry) for entry in levers), tuple(map(str, pilot)), made_for)


def _lever(entry: Mapping[str, Any]) -> Lever:
    kind = str(entry.get("kind"))
    if kind not in KINDS:
        raise LeverError(f"There is no lever called {kind}. Known are {', '.join(sorted(KINDS))}.")
    declared = declared_fields(KINDS[kind])
    values = {name: value for name, value in entry.items() if name != "kind"}
    for name in values:
        if name not in declared:
            raise LeverError(f"{KINDS[kind].label} has no value called {name}.")
    try:
        return KINDS[kind](**values)
    except (TypeError, AttributeError):
        raise LeverError(f"{KINDS[kind].label}: a value has the wrong form.") from None


def to_toml(scenario: Scenario) -> str:
    """The scenario as a TOML file."""
    return tomli_w.dumps(as_data(scenario))


def from_toml(text: str) -> Scenario:
    """A scenario from a TOML file. Raises `LeverError`."""
    try:
        return from_data(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        raise LeverError("The file is not a scenario file (TOML).") from None


def to_link(scenario: Scenario, schools: tuple[str, ...]) -> str:
    """The scenario as a short text for an address: schools and therapists are places in the roster's lists."""
    place = {name: at for at, name in enumerate(schools)}

    def numbered(data: Mapping[str, Any]) -> dict[str, Any]:
        kind = KINDS[data["kind"]]
        return {
            name: _numbers(declared_fields(kind)[name].kind, value, place) if name != "kind" else value
            for name, value in data.items()
        }

    data = as_data(scenario)
    packed = [
        data["name"],
        [place[name] for name in scenario.pilot_schools],
        scenario.made_for,
        [numbered(lever) for lever in data["lever"]],
    ]
    text = json.dumps(packed, separators=(",", ":"), ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")


def _numbers(kind: str, value, place: Mapping[str, int]):
    if kind == SCHOOL_LIST:
        return [place[name] for name in value]
    return [[place[entry[0]], *entry[1:]] for entry in value] if kind in (MOVES, GROUP_MOVES) else value


def from_link(text: str, schools: tuple[str, ...]) -> Scenario:
    """A scenario from `to_link` with the schools of the roster. Raises `LeverError`."""
    if len(text) > LONGEST_LINK:
        raise LeverError(UNREADABLE)
    try:
        unpacker = zlib.decompressobj()
        raw = unpacker.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), 10 * LONGEST_LINK)
        name, pilot, made_for, levers = json.loads(raw)
        named = [
            {key: _names(KINDS[entry["kind"]], key, value, schools) for key, value in entry.items()} for entry in levers
        ]
        return from_data(
            {
                "name": name,
                "pilot_schools": [_school(at, schools) for at in pilot],
                "made_for": made_for,
                "lever": named,
            }
        )
    except (
        binascii.Error,
        zlib.error,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
    ) as problem:
        if isinstance(problem, LeverError):
            raise
        raise LeverError(UNREADABLE) from None


def _names(kind: type[Lever], key: str, value, schools: tuple[str, ...]):
    declared = declared_fields(kind).get(key)
    if declared is not None and declared.kind == SCHOOL_LIST:
        return [_school(at, schools) for at in value]
    if declared is not None and declared.kind in (MOVES, GROUP_MOVES):
        return [[_school(entry[0], schools), *entry[1:]] for entry in value]
    return value


def _school(at: int, schools: tuple[str, ...]) -> str:
    """The school at a place; a place outside the list is not counted from the end."""
    if not isinstance(at, int) or isinstance(at, bool) or not 0 <= at < len(schools):
        raise LeverError("The link names a school that this roster does not have. It was made for another roster.")
    return schools[at]

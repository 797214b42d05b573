"""Rule packs: what a state's law or a contract says, with citation, force and how well it was read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path

from workload.parameters import DATA, FORCES

EVIDENCE = ("V", "V-part", "S", "R", "P")


class RuleError(ValueError):
    """A rule file that cannot be used. Says which file and entry."""


@dataclass(frozen=True)
class Rule:
    """One entry of a rule pack. `value` is None where the source was read and sets no number."""

    id: str
    kind: str
    label: str
    unit: str
    who: str
    force: str
    evidence: str
    citation: str
    link: str
    read: date
    value: float | None = None
    minimum: float | None = None
    with_assistant: float | None = None
    prorated: bool = False
    starts: date | None = None
    ends: date | None = None
    note: str = ""

    def in_force(self, day: date) -> bool:
        """Whether the rule holds on the day. An absent start or end is open."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)


@dataclass(frozen=True)
class RulePack:
    """The rules of one state."""

    state: str
    name: str
    rules: tuple[Rule, ...]

    def of_kind(self, kind: str, day: date) -> tuple[Rule, ...]:
        """The rules of a kind that hold on the day."""
        return tuple(rule for rule in self.rules if rule.kind == kind and rule.in_force(day))


def read_pack(path: Path) -> RulePack:
    """A rule pack from its file. Raises `RuleError` with the file and the entry."""
    with open(path, "rb") as file:
        content = tomllib.load(file)
    return RulePack(content["state"], content["name"],
                    tuple(_rule(path.name, entry) for entry in content.get("rule", ())))


def _rule(file: str, entry: dict) -> Rule:
    place = f"{file}, entry {entry.get('id', '?')}"
    unknown = set(entry) - {field.name for field in fields(Rule)}
    if unknown:
        raise RuleError(f"{place}: unknown field {', '.join(sorted(unknown))}")
    try:
        rule = Rule(**entry)
    except TypeError as problem:
        raise RuleError(f"{place}: {problem}") from None
    if rule.force not in FORCES:
        raise RuleError(f"{place}: force must be one of {', '.join(FORCES)}, got {rule.force}")
    if rule.evidence not in EVIDENCE:
        raise RuleError(f"{place}: evidence must be one of {', '.join(EVIDENCE)}, got {rule.evidence}")
    return rule


@cache
def packs() -> dict[str, RulePack]:
    """Every pack in `data/rules` by its postal code."""
    found = [read_pack(path) for path in sorted((DATA / "rules").glob("*.toml"))]
    return {pack.state: pack for pack in found}


def pack_for(state: str | None) -> RulePack | None:
    """The pack of a postal code in any case; None without one."""
    return packs().get(state.upper()) if state else None

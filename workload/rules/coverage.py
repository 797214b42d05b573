"""What the rule packs cover: state by state, what was found, how well it was read, and what was not found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workload.rules.packs import RulePack, contract_examples, federal, packs, rules_in_force
from workload.rules.rule import EVIDENCE, KINDS, Rule


@dataclass(frozen=True)
class Coverage:
    """One kind of rule of one state. `numbers` are the values in force on the day (none is none)."""

    state: str
    name: str
    kind: str
    evidence: tuple[str, ...]
    numbers: tuple[float, ...]
    entries: int
    in_force: int


def coverage(day: date) -> tuple[Coverage, ...]:
    """Every (state, kind) that the packs speak of, federal law first, contract examples last."""
    return tuple(row for pack in (federal(), *packs().values(), contract_examples()) for row in _of_pack(pack, day))


def _of_pack(pack: RulePack, day: date):
    ruling = rules_in_force(pack, day)
    for kind in KINDS:
        entries = [rule for rule in pack.rules if rule.kind == kind]
        if entries:
            now = [rule for rule in ruling if rule.kind == kind]
            yield Coverage(
                pack.state,
                pack.name,
                kind,
                tuple(mark for mark in EVIDENCE if any(rule.evidence == mark for rule in entries)),
                tuple(number for rule in now for number in (rule.value, rule.with_assistant) if number is not None),
                len(entries),
                len(now),
            )


def without_a_number(pack: RulePack) -> tuple[Rule, ...]:
    """The entries that say what was searched and sets no number."""
    return tuple(rule for rule in pack.rules if rule.kind == "no_number")

"""Rule packs: what a state's law or a contract says, with citation, force and how well it was read.

pack = pack_for("WI")
rules_in_force(pack, day)              # the entries that rule on the day
clauses("Our contract", [{...}])       # clauses that a user types in, as plain data
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from workload.model.packaged_data import DATA
from workload.rules.rule import EVIDENCE, KINDS, Rule, RuleError, rule_of

CONTRACTS_FILE, FEDERAL_FILE = "contracts.toml", "federal.toml"
FEDERAL_CLOCK = "US-clock"
FOLDER = DATA / "rules"


@dataclass(frozen=True)
class RulePack:
    """The rules of one state, or of one contract (then `state` is empty)."""

    state: str
    name: str
    rules: tuple[Rule, ...]

    def in_force(self, day: date) -> tuple[Rule, ...]:
        """The entries that rule on the day."""
        return rules_in_force(self, day)

    def of_kind(self, kind: str, day: date) -> tuple[Rule, ...]:
        """The entries of a kind that rule on the day."""
        return tuple(rule for rule in self.in_force(day) if rule.kind == kind)


def rules_in_force(pack: RulePack, day: date) -> tuple[Rule, ...]:
    """The entries that rule on the day, in the order of the file. Bills are never in force.

    Of the entries about one thing (`Rule.subject`) the one that started last rules, so a new entry amends. When
    that one has ended, the rule is repealed: the older one does not come back.
    """
    newest: dict[tuple, Rule] = {}
    for rule in pack.rules:
        if rule.force != "bill" and (rule.starts or date.min) <= day:
            other = newest.get(rule.subject)
            if other is None or (rule.starts or date.min) > (other.starts or date.min):
                newest[rule.subject] = rule
    ruling = {id(rule) for rule in newest.values() if rule.ends is None or day <= rule.ends}
    return tuple(rule for rule in pack.rules if id(rule) in ruling)


def read_pack(path: Path) -> RulePack:
    """A rule pack from its file. Raises `RuleError` with the file and the entry."""
    try:
        with open(path, "rb") as file:
            content = tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise RuleError(f"{path.name}: not a TOML file: {problem}") from None
    unknown = set(content) - {"state", "name", "rule"}
    if unknown:
        raise RuleError(f"{path.name}: unknown field {', '.join(sorted(unknown))}")
    for name in ("state", "name"):
        if not isinstance(content.get(name), str):
            raise RuleError(f"{path.name}: {name} is missing")
    entries = content.get("rule", [])
    if not isinstance(entries, list) or not entries:
        raise RuleError(f"{path.name}: no [[rule]] entry")
    return _pack(path.name, content["state"], content["name"], entries)


def clauses(name: str, entries: Sequence[Mapping[str, object]]) -> RulePack:
    """A pack of clauses that a user has typed in or started from `contract_examples`, as plain data.

    What a clause does not say is filled in: force contract, evidence D (entered by the district), citation the
    name of the pack. `read` has to be given: this module knows no clock. Raises `RuleError` in plain words.
    """
    defaults = {"force": "contract", "evidence": "D", "citation": name}
    return _pack(name, "", name, [{**defaults, "id": f"clause-{at}", **entry} for at, entry in enumerate(entries, 1)])


def _pack(file: str, state: str, name: str, entries: Iterable[Mapping[str, object]]) -> RulePack:
    rules = []
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, Mapping):
            raise RuleError(f"{file}, entry {number}: not a list of fields")
        rules.append(rule_of(entry, f"{file}, entry {number} ({entry.get('id', 'no id')})"))
    _check_together(file, rules)
    return RulePack(state, name, tuple(rules))


def _check_together(file: str, rules: list[Rule]) -> None:
    """Refuses a repeated id, two entries about one thing from one day, and a penalty on a cap that is not there."""
    ids: dict[str, int] = {}
    starts: dict[tuple, Rule] = {}
    for number, rule in enumerate(rules, 1):
        place = f"{file}, entry {number} ({rule.id})"
        if rule.id in ids:
            raise RuleError(f"{place}: the id is used by entry {ids[rule.id]} too")
        ids[rule.id] = number
        if rule.force == "bill":
            continue
        same = starts.setdefault((*rule.subject, rule.starts), rule)
        if same is not rule:
            band = f" for {rule.band}" if rule.band else ""
            day = rule.starts.isoformat() if rule.starts else "an open day"
            raise RuleError(f"{place}: a second {rule.kind}{band} that starts on {day}, like {same.id}")
    caps = {rule.id for rule in rules if rule.kind == "caseload_cap"}
    for number, rule in enumerate(rules, 1):
        if rule.reduces and rule.reduces not in caps:
            raise RuleError(
                f"{file}, entry {number} ({rule.id}): reduces names {rule.reduces}, which is not a cap here"
            )


@cache
def packs() -> dict[str, RulePack]:
    """Every state's pack in `data/rules` by its postal code, in alphabetical order of the state's name."""
    found: dict[str, RulePack] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        if path.name not in (CONTRACTS_FILE, FEDERAL_FILE):
            pack = read_pack(path)
            if pack.state in found:
                raise RuleError(f"{path.name}: {pack.state} has a file already")
            found[pack.state] = pack
    return dict(sorted(found.items(), key=lambda item: item[1].name))


@cache
def contract_examples() -> RulePack:
    """Clauses of real district contracts that a user may start from. They bind nobody else."""
    return read_pack(FOLDER / CONTRACTS_FILE)


@cache
def federal() -> RulePack:
    """What federal law says that bears on staffing, as short cards. It holds in every state."""
    return read_pack(FOLDER / FEDERAL_FILE)


def entries_about(ids: Iterable[str], state: str | None, day: date) -> tuple[Rule, ...]:
    """The entries of federal law and of the state that rule on the day and are about one of the ids, law first.

    ids  of assumptions, activities and figures
    """
    wanted, own = set(ids), pack_for(state)
    ruling = [*federal().in_force(day), *(own.in_force(day) if own else ())]
    about = [rule for rule in ruling if wanted & set(rule.about)]
    return tuple(sorted(about, key=lambda rule: rule.force != "law"))


def evaluation_clock(state: str | None, day: date) -> Rule | None:
    """The clock of a first evaluation: the state's own where one was found, else the federal one. None without a state."""
    own = pack_for(state)
    if own is None:
        return None
    clocks = own.of_kind("evaluation_clock", day)
    return clocks[0] if clocks else federal_clock()


def federal_clock() -> Rule:
    """The clock that federal law sets where a state sets none."""
    return next(rule for rule in federal().rules if rule.id == FEDERAL_CLOCK)


def pack_for(state: str | None) -> RulePack | None:
    """The pack of a postal code in any case; None without one."""
    return packs().get(state.upper()) if state else None


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

"""Published figures to stand beside a district's own, each with force, source and how well it was read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workload.model.packaged_data import DATA
from workload.model.sources import unfit
from workload.rules.rule import EVIDENCE, FORCES, RuleError


@dataclass(frozen=True)
class Benchmark:
    """One published figure. `value` to `high` in `unit`; shares are between 0 and 1. It is no standard."""

    id: str
    topic: str
    label: str
    value: float
    unit: str
    who: str
    year: str
    force: str
    evidence: str
    by: str
    source: str
    read: date
    high: float | None = None
    link: str = ""
    note: str = ""


def read_benchmarks(path: Path) -> dict[str, Benchmark]:
    """The benchmarks of a file by id. Raises `RuleError` with the file and the entry."""
    with open(path, "rb") as file:
        entries = tomllib.load(file).get("benchmark", [])
    known = {field.name for field in fields(Benchmark)}
    found: dict[str, Benchmark] = {}
    for number, entry in enumerate(entries, 1):
        place = f"{path.name}, entry {number} ({entry.get('id', 'no id')})"
        if set(entry) - known:
            raise RuleError(f"{place}: unknown field {', '.join(sorted(set(entry) - known))}")
        try:
            one = Benchmark(**entry)
        except TypeError:
            raise RuleError(f"{place}: a field is missing") from None
        for name, allowed in (("force", FORCES), ("evidence", EVIDENCE)):
            if getattr(one, name) not in allowed:
                raise RuleError(f"{place}: {name} must be one of {', '.join(allowed)}, got {getattr(one, name)}")
        for problem in unfit(one.force, one.evidence, one.by):
            raise RuleError(f"{place}: {problem}")
        if not isinstance(one.value, int | float) or isinstance(one.value, bool):
            raise RuleError(f"{place}: value must be a number, got {one.value}")
        if one.id in found:
            raise RuleError(f"{place}: the id is used twice")
        found[one.id] = one
    return found


@cache
def benchmarks() -> Mapping[str, Benchmark]:
    """Every benchmark of `data/benchmarks.toml` by its id."""
    return MappingProxyType(read_benchmarks(DATA / "benchmarks.toml"))

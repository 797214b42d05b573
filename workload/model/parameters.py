"""The parameters of the method and the values in force.

`data/assumptions.toml` declares each parameter once; widgets, range checks, footnotes and the method page
are derived from the records read here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workload.model.packaged_data import entries_in
from workload.model.sources import cited

Value = float | int | str


class ParameterError(ValueError):
    """A value that the method cannot use. Carries the id, what was expected and what came."""

    def __init__(self, id: str, expected: str, came: object):
        self.id, self.expected, self.came = id, expected, str(came)
        super().__init__(f"{id}: expected {expected}, got {self.came}")


@dataclass(frozen=True)
class Parameter:
    """One number (or choice) of the method with its bounds, meaning, force and source."""

    id: str
    value: Value
    unit: str
    label: str
    help: str
    force: str
    source: str
    group: str
    low: float | None = None
    high: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    follows: str = ""  # the parameter whose value it takes until it has its own
    drawn: bool = True  # false: its span is a scenario beside the range, never inside it
    evidence: str = "P"  # how well the source was read, see `sources.READ`
    by: str = "project"  # who published it, see `sources.PUBLISHERS`
    population: str = ""
    year: str = ""
    link: str = ""
    changes: str = ""  # what would change the value

    @property
    def cited(self) -> str:
        """The source with about whom, when and how well it was read."""
        return cited(self.source, self.population, self.year, self.evidence)

    @property
    def expected(self) -> str:
        """What a value must look like, in words."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        return f"a number from {self.minimum:g} to {self.maximum:g} ({self.unit})"

    @property
    def ends(self) -> tuple[float, float]:
        """Low and high, of a parameter that has a span."""
        assert self.low is not None and self.high is not None, f"{self.id} declares no span"
        return self.low, self.high

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most that is possible, of a parameter that is a number."""
        assert self.minimum is not None and self.maximum is not None, f"{self.id} declares no bounds"
        return self.minimum, self.maximum

    @property
    def is_drawn(self) -> bool:
        """Whether the range varies this parameter."""
        return self.drawn and self.low is not None and self.high is not None and self.low < self.high

    def checked(self, value: object) -> Value:
        """The value itself, or `ParameterError` when it is of the wrong type or impossible."""
        if self.choices:
            if value in self.choices:
                return str(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            assert self.minimum is not None and self.maximum is not None, f"{self.id} declares no bounds"
            if self.minimum <= value <= self.maximum:
                return value
        raise ParameterError(self.id, self.expected, value)


@cache
def parameters() -> Mapping[str, Parameter]:
    """Every parameter by its id, in the order in which the file declares them."""
    return MappingProxyType(
        {
            id: Parameter(id=id, **{**entry, "choices": tuple(entry.get("choices", ()))})
            for id, entry in entries_in("assumptions").items()
        }
    )


@dataclass(frozen=True)
class Assumptions:
    """The values in force and where each one that differs from the default comes from.

    Reading: `assumptions["meeting_hours"]`. Changing makes a new record: `assumptions.changed({...}, "screen")`.
    """

    values: Mapping[str, Value] = field(
        default_factory=lambda: MappingProxyType({id: parameter.value for id, parameter in parameters().items()})
    )
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    errors: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))  # standard errors, where measured

    def __getitem__(self, id: str) -> Any:  # a number; what a month means is a word
        return self.values[id]

    def changed(
        self, overrides: Mapping[str, object], origin: str, errors: Mapping[str, float] | None = None
    ) -> Assumptions:
        """These assumptions with some values replaced.

        errors  standard errors of those that were measured

        Raises `ParameterError` for an unknown id, a wrong type, an impossible value, or shares of the week
        that leave no time for work.
        """
        values, origins = dict(self.values), dict(self.origins)
        for id, value in overrides.items():
            if id not in parameters():
                raise ParameterError(id, "one of the ids " + ", ".join(parameters()), id)
            values[id] = parameters()[id].checked(value)
            origins[id] = origin
        values |= {
            id: values[parameter.follows]
            for id, parameter in parameters().items()
            if parameter.follows and id not in origins
        }
        known = {id: error for id, error in self.errors.items() if id not in overrides} | dict(errors or {})
        made = replace(
            self, values=MappingProxyType(values), origins=MappingProxyType(origins), errors=MappingProxyType(known)
        )
        if made.category_share >= 1:
            raise ParameterError(
                "planning_share + staff_time_share",
                "together less than 1, or no time is left for students",
                f"{made.category_share:g}",
            )
        return made

    @property
    def category_share(self) -> float:
        """The share of everyone's week that planning and staff time take, 0 <= share < 1."""
        return self["planning_share"] + self["staff_time_share"]

    def source(self, id: str) -> tuple[str, str]:
        """(force, source) of the value in force."""
        parameter = parameters()[id]
        if id not in self.origins or self[id] == parameter.value:
            return parameter.force, parameter.cited
        return (
            ("time study", self.origins[id])
            if self.origins[id].startswith("time study")
            else ("contract", f"set by the district ({self.origins[id]}); the default is {parameter.value}")
        )


def read_assumptions(path: Path) -> Assumptions:
    """Assumptions from a TOML file of `id = value` lines over the defaults.

    Raises `ParameterError`; a file that is not TOML raises it too, with the file as the id.
    """
    try:
        with open(path, "rb") as file:
            overrides = tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ParameterError(path.name, "lines of the form id = value (TOML)", problem) from None
    return Assumptions().changed(overrides, f"file {path.name}")

"""What a figure speaks of, and the figure opened: its formula, steps, assumptions and rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.explain.steps import Step
from workload.model.parameters import Assumptions, parameters
from workload.work.activities import CODES
from workload.work.pair_sums import FEATURES


@dataclass(frozen=True)
class Basis:
    """One assumption behind a figure, with its force and source."""

    id: str
    label: str
    value: float | int | str
    unit: str
    force: str
    source: str


@dataclass(frozen=True, eq=False)
class Explanation:
    """A figure opened: `formula` in words, the `steps` of which the last is the figure, the assumptions, and the rows it came from."""

    title: str
    formula: str
    steps: tuple[Step, ...]
    assumptions: tuple[Basis, ...]
    rows: pd.DataFrame
    rows_are: str
    notes: tuple[str, ...] = ()
    about: tuple[str, ...] = ()  # the figure's name, or the activity's code and its assumptions: what rules refer to

    @property
    def value(self) -> float:
        return self.steps[-1].value

    @property
    def unit(self) -> str:
        return self.steps[-1].unit


def basis(id: str, assumptions: Assumptions) -> Basis:
    """The assumption in force, with what it is and where it comes from."""
    one = parameters()[id]
    return Basis(id, one.label, assumptions[id], one.unit, *assumptions.source(id))


@dataclass(frozen=True, eq=False)
class Scope:
    """What the figure speaks of: the district, one person or one school, as masks over cells, lines and events."""

    answer: Answer
    therapist: str | None = None
    school: str | None = None
    cells: np.ndarray = field(init=False)

    def __post_init__(self):
        demand = self.answer.demand
        mask = np.ones(len(demand.therapist), bool)
        if self.therapist is not None:
            mask &= demand.therapist == demand.therapists.index(self.therapist)
        if self.school is not None:
            mask &= demand.school == demand.schools.index(self.school)
        object.__setattr__(self, "cells", mask)

    @property
    def name(self) -> str:
        return self.therapist or self.school or "the district"

    def of(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of a lines or events table that belong to the scope."""
        if self.therapist is not None:
            table = table[table["therapist"] == self.therapist]
        if self.school is not None:
            table = table[table["school"] == self.school]
        return table

    def activity_hours(self, *codes: str) -> float:
        return float(sum(self._hours[CODES.index(code)] for code in codes))

    @cached_property
    def _hours(self) -> np.ndarray:
        """(activities,) hours a week of the scope, added up once for all steps."""
        hours = self.answer.staffing.hours
        return (hours if self.cells.all() else hours[self.cells]).sum(axis=0)

    def feature(self, name: str) -> float:
        amounts = self.answer.demand.features[:, FEATURES.index(name)]
        return float((amounts if self.cells.all() else amounts[self.cells]).sum())

    @property
    def required_fte(self) -> float:
        return self.activity_hours(*CODES) / self.answer.staffing.full_week

    @property
    def available_fte(self) -> float:
        return float(self.answer.staffing.available_fte[self.cells].sum())


def opened(
    scope: Scope,
    title: str,
    formula: str,
    steps: Sequence[Step],
    ids: Iterable[str],
    rows: pd.DataFrame,
    rows_are: str,
    notes: Iterable[str] = (),
) -> Explanation:
    """The explanation of a figure of a scope; `ids` are the assumptions that it stands on."""
    sources = tuple(basis(id, scope.answer.assumptions) for id in dict.fromkeys(ids))
    called, rows = f"{title}: {scope.name}", rows.reset_index(drop=True)
    return Explanation(called, formula, tuple(steps), sources, rows, rows_are, tuple(notes))

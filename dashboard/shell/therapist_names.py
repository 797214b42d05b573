"""What a therapist is called on the screen: a code such as "OT 3" until names are asked for.

Codes are numbered in alphabetical order over everybody in the roster, OTs and OTAs apart, so that they stay the
same on every page and whatever is filtered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from weakref import WeakKeyDictionary

import pandas as pd

from workload.answer import Answer
from workload.explain.scope import Explanation
from workload.model.roster import NO_THERAPIST, UNASSIGNED, Roster
from workload.staffing.tables import codes_for
from workload.work.demand import Demand

_KNOWN: WeakKeyDictionary[Demand, dict[bool, Labels]] = WeakKeyDictionary()
NAME_COLUMNS = ("therapist", "supervisor")


@dataclass(frozen=True)
class Labels:
    """Therapists by name and what each is called at the moment."""

    codes: Mapping[str, str]
    named: bool = False

    def of(self, therapist: str) -> str:
        """The label of one therapist; a text that is nobody's name comes back as it is."""
        if self.named and therapist != UNASSIGNED:
            return therapist
        return self.codes.get(therapist, therapist)

    @cached_property
    def shown(self) -> dict[str, str]:
        """Every therapist with the label of the moment, for charts."""
        return {name: self.of(name) for name in self.codes}

    def code(self, therapist: str) -> str:
        """The code of one therapist, also while names are shown: for addresses and file names."""
        return self.codes.get(therapist, therapist)

    def therapist(self, code: str | None) -> str | None:
        """The therapist with that code; None for none."""
        return next((name for name, own in self.codes.items() if own == code), None)

    def table(self, table: pd.DataFrame) -> pd.DataFrame:
        """The table with labels in place of therapists' names."""
        columns = [name for name in NAME_COLUMNS if name in table.columns]
        return (
            table.assign(
                **{
                    name: table[name].map(lambda each: self.of(each) if isinstance(each, str) else each)
                    for name in columns
                }
            )
            if columns
            else table
        )

    def sentence(self, text: str) -> str:
        """A sentence of the library with labels in place of the names that occur in it."""
        return self._either.sub(lambda found: self.of(found.group()), text) if self._either else text

    @cached_property
    def _either(self) -> re.Pattern[str] | None:
        """Any name that is called otherwise, the longest first; None where none is."""
        known = sorted((name for name in self.codes if self.of(name) != name), key=len, reverse=True)
        return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, known)) + r")(?!\w)") if known else None

    def explanation(self, opened: Explanation) -> Explanation:
        """An explanation with labels in its title, steps and rows."""
        steps = tuple(replace(step, label=self.of(step.label)) for step in opened.steps)
        return replace(opened, title=self.sentence(opened.title), steps=steps, rows=self.table(opened.rows))


AS_WRITTEN = Labels(
    MappingProxyType({}), named=True
)  # every text as it is: for the calculator, where nobody has a name


def labels_of(therapists: pd.DataFrame, named: bool) -> Labels:
    """The labels of everybody in a therapists' table that stands in alphabetical order."""
    return Labels(MappingProxyType({**codes_for(therapists), UNASSIGNED: NO_THERAPIST}), named)


def labels_in(answer: Answer, named: bool) -> Labels:
    """The labels of everybody in an answer: made once for the rows of a day, as no assumption moves them."""
    known = _KNOWN.setdefault(answer.demand, {})
    if named not in known:
        known[named] = labels_of(answer.people, named)
    return known[named]


def labels_of_roster(roster: Roster, named: bool) -> Labels:
    """The labels of everybody whom a roster names, where there is no answer."""
    return labels_of(people_of(roster), named)


def people_of(roster: Roster) -> pd.DataFrame:
    """Everybody whom a roster names, in alphabetical order: its therapists, and who stands on a service only (an OT)."""
    listed = roster.therapists[["therapist", "role"]]
    others = sorted(set(roster.services["therapist"].dropna()) - set(listed["therapist"]) - {UNASSIGNED})
    named = pd.DataFrame({"therapist": others, "role": ["OT"] * len(others)})
    return pd.concat([listed, named] if others else [listed], ignore_index=True).sort_values(
        "therapist", ignore_index=True
    )

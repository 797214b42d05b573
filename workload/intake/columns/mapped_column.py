"""One column of a sheet as it is read, or why it is not."""

from __future__ import annotations

from dataclasses import dataclass

from workload.intake.cells.cells import shown
from workload.intake.columns.looks import MOST, Look
from workload.intake.columns.settled import Settled
from workload.intake.open.opened import column_letters
from workload.model.column_fates import PERSONAL, READ, UNNEEDED
from workload.model.columns import IDENTIFYING

SAMPLES = 3


@dataclass(frozen=True)
class MappedColumn:
    """One column of a sheet: what it is taken for, where it stands, how sure that is, and what becomes of it.

    name        canonical name; empty where the column is not read
    fate        one of the fates of `columns.column_choice`
    period, unit, kind   what the heading says of an amount
    samples     three values as they stand; never of a column about a student's identity
    others      what else the column could be
    """

    name: str
    index: int
    heading: str
    sure: str
    samples: tuple[str, ...] = ()
    fate: str = READ
    period: str = ""
    unit: str = ""
    kind: str = ""
    others: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        """The sheet's own letter of the column."""
        return column_letters(self.index + 1)

    @property
    def key(self) -> str:
        """The name of its cells among the rows: amounts of several kinds or periods stand side by side."""
        return "@".join(filter(None, (self.name, self.kind, self.period if self.name in PERIODIC else "")))


PERIODIC = frozenset({"sessions", "minutes_per_session", "minutes_per_period"})


def _is_plain(look: Look) -> bool:
    """Numbers, dates and amounts; texts that are not understood may name children."""
    return look.numeric + look.dates + look.phrases + look.counts + look.lengths + look.periods > MOST


def mapped(index: int, heading: str, settled: Settled | None, fate: str, look: Look) -> MappedColumn:
    name = settled.name if settled else ""
    secret = name in IDENTIFYING or fate in (PERSONAL, UNNEEDED) or (not name and not _is_plain(look))
    samples = () if secret else tuple(shown(value) for value in look.values[:SAMPLES])
    if settled is None:
        return MappedColumn("", index, heading, "", samples, fate)
    candidate = settled.candidate
    return MappedColumn(
        name,
        index,
        heading,
        settled.sure,
        samples,
        READ,
        candidate.period,
        candidate.unit,
        candidate.kind,
        settled.others,
    )

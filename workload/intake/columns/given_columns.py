"""Columns that are settled before words and values are asked: by a person, or by the layout of a known report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workload.intake.answers.import_map import ImportMap
from workload.intake.cells.cells import shown
from workload.intake.columns.header_rows import (
    Header,
)
from workload.intake.columns.heading_meaning import SOME_UNITS, TOTALS, UNITS, Candidate, dressed
from workload.intake.columns.headings import sensitive
from workload.intake.columns.looks import MOST, Look
from workload.intake.columns.mapped_column import SAMPLES, MappedColumn
from workload.intake.columns.presets import compact
from workload.intake.columns.settled import BY_PERSON, Settled
from workload.model.columns import SERVICES, Table, normalized

UNITS_SAID = ("hours", UNITS)  # "minutes_per_month@hours": what the numbers of a column are, where a person has said it


def decisions(print_: str, headings: Sequence[str], table: Table, answers: ImportMap) -> dict[int, Settled | None]:
    """A person's decisions about the columns: of this shape, or of the one that shares nearly all of its headings.

    A name that this table does not have is no decision: the column is asked about again, and not left out.
    """
    known = dict(answers.of_shape(print_, headings))
    found: dict[int, Settled | None] = {}
    for index, heading in enumerate(headings):
        if not heading or heading not in known:
            continue
        name, *parts = known[heading].split("@")
        if name in ("", "other-service"):
            found[index] = None
        elif name in table.names:
            made = dressed(table, name, heading)
            if name.startswith("minutes_per_"):
                plain = name in TOTALS.values() or made.unit == SOME_UNITS
                made = replace(
                    made, unit=next((at for at in parts if at in UNITS_SAID), "minutes" if plain else made.unit)
                )
            kind = next((part for part in parts if part not in UNITS_SAID), made.kind)
            found[index] = Settled(replace(made, kind=kind), BY_PERSON)
    return found


def named_columns(
    print_: str, headings: Sequence[str], looks: Mapping[int, Look], answers: ImportMap
) -> dict[int, Settled | None]:
    """Columns that a person has named as the one that says how much (words as phrases, numbers as minutes), or who."""
    found: dict[int, Settled | None] = {}
    for about in ("amount", "student"):
        named = answers.answers.get(f"{about}:{print_}")
        if not named or named not in headings:
            continue
        index = list(headings).index(named)
        look = looks[index]
        if about == "amount":
            name = "frequency_text" if look.numeric + look.lengths < MOST else "minutes_per_session"
        else:
            name = "student_id" if look.ids > MOST else "student_name"
        found[index] = Settled(dressed(SERVICES, name, ""), BY_PERSON)
    return found


def layout(header: Header, headings: Sequence[str]) -> dict[int, Settled | None]:
    """Position -> reading for the headings that a known report's layout names; None for one it leaves out."""
    if header.recognized is None or header.recognized.preset.reads != header.table.name:
        return {}
    preset = header.recognized.preset
    found: dict[int, Settled | None] = {}
    for index, heading in enumerate(headings):
        for text in (compact(heading), normalized(heading).replace(" ", "")):
            if heading and text in preset.columns and text not in preset.drop and index not in found:
                name = preset.columns[text]
                if name:
                    found[index] = Settled(Candidate(name, 0.0), f"known from {preset.name}")
    return found


def known_unneeded(header: Header, headings: Sequence[str]) -> frozenset[int]:
    """Columns that a known report always has and that say nothing about the workload."""
    if header.recognized is None or header.recognized.preset.reads != header.table.name:
        return frozenset()
    preset = header.recognized.preset
    return frozenset(
        index
        for index, heading in enumerate(headings)
        if heading and compact(heading) in preset.headings and not preset.columns.get(compact(heading))
    )


def helpers(header: Header, headings: Sequence[str], looks: Mapping[int, Look]) -> tuple[MappedColumn, ...]:
    if header.recognized is None:
        return ()
    preset = header.recognized.preset
    target = {mark.heading: mark.column for mark in preset.marks}
    if preset.route:
        target[preset.route.by] = preset.columns[preset.route.minutes]
    return tuple(
        MappedColumn(
            target[compact(heading)],
            index,
            heading,
            f"known from {preset.name}",
            tuple(shown(value) for value in looks[index].values[:SAMPLES]),
        )
        for index, heading in enumerate(headings)
        if heading and compact(heading) in target
    )


def never_read(header: Header, heading: str) -> str | None:
    """What a column holds that is never read, by its heading or by the layout of a known report."""
    dropped = header.recognized.preset.drop.get(compact(heading)) if header.recognized else None
    return dropped or sensitive(heading)

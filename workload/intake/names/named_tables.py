"""The tables of a district with one spelling for each member district, each school and each person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workload.intake.answers.findings import Findings, merged
from workload.intake.answers.import_map import ImportMap
from workload.intake.names.member_districts import settle_members
from workload.intake.names.member_schools import schools_of
from workload.intake.names.one_spelling import link_schools
from workload.intake.names.people_spelling import link_people, vacant_posts


@dataclass(frozen=True, eq=False)
class Named:
    """Tables by name, each column -> one value for each row; the vacant posts as (role, FTE); what is said of the names."""

    tables: Mapping[str, Mapping[str, list]]
    vacant: tuple[tuple[str, float], ...]
    said: Findings


def named_tables(tables: Mapping[str, Mapping[str, list]], answers: ImportMap, secret: bytes) -> Named:
    """The tables with every name settled: first whose the rows are, then the schools, then the people."""
    own = {name: dict(columns) for name, columns in tables.items()}
    members, of_members = settle_members(own, answers.answers, secret)
    vacant = vacant_posts(own["therapists"])
    of_schools = link_schools(own, schools_of(own, members, answers))
    of_people = link_people(own, answers)
    return Named(own, vacant, merged((of_members, of_schools, of_people)))

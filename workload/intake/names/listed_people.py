"""The people of the Therapists sheet: one row each, after rows of one name are settled."""

from __future__ import annotations

from workload.intake.answers.findings import NOTHING, Findings
from workload.intake.answers.import_map import ImportMap
from workload.intake.cells.near_names import person_key, without_credentials
from workload.intake.names.rows_of_one_name import one_name

Tables = dict[str, dict[str, list]]


def keep(rows: dict[str, list], kept: list[int]) -> None:
    for name, values in rows.items():
        rows[name] = [values[at] for at in kept]


def listed_people(tables: Tables, answers: ImportMap) -> tuple[dict[str, str], Findings]:
    """Key -> name as listed. Rows of one name are one person, a repeat, or two people: asked where they do not say."""
    rows, said = tables["therapists"], NOTHING
    if "therapist" not in rows:
        return {}, said
    rows["therapist"] = [without_credentials(name) for name in rows["therapist"]]
    same: dict[str, list[int]] = {}
    for at, name in enumerate(rows["therapist"]):
        same.setdefault(person_key(name), []).append(at)
    gone: set[int] = set()
    for alike in same.values():
        if len(alike) > 1:
            others, about = one_name(rows, alike, answers)
            gone, said = gone | others, said + about
    if gone:
        keep(rows, [at for at in range(len(rows["therapist"])) if at not in gone])
    return {key: rows["therapist"][at] for key, at in _first_of_each(rows["therapist"]).items()}, said


def _first_of_each(names: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, name in enumerate(names):
        found.setdefault(person_key(name), at)
    return found

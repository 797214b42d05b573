"""Students of a cooperative: two member districts may use the same local number for two children.

A member is named by a column on the sheets, or each file is one member. Where nobody says, the same numbers in two files
are looked at, and asked about unless they are plainly the same children.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from workload.intake.answers.findings import NOTHING, Findings, Question
from workload.intake.cells.cells import tidy
from workload.intake.rows.identity import ALONE, district_key, of_member
from workload.model.issues import NOTICE, WARNING, Issue

QUESTION, ONE_DISTRICT, MEMBERS = "file:members", "one", "members"
LISTED = 4
MANY = 0.1  # of the students of the smaller file: fewer shared numbers in other schools may be children who moved
Tables = dict[str, dict[str, list]]


def settle_members(tables: Tables, answers: Mapping[str, str], secret: bytes) -> tuple[tuple[str, ...], Findings]:
    """The member districts in the order of their names, none for one district alone; the tables change in place.

    Every row of a cooperative that can be given a member has it in `district`, written one way, and students are told
    apart by district and number.
    """
    services = tables["services"]
    _one_way(tables)
    several = len({name for name in services.get("district") or () if name}) > 1
    members: tuple[str, ...] = ()
    are_members, said = (True, NOTHING) if several else _files_are_members(services, answers)
    if are_members:
        of_file, by_file = _members_by_file(services)
        _fill(tables, of_file)
        members = tuple(sorted({name for name in services["district"] if name}))
        said += by_file + _settle_students(tables, secret)
        _groups_apart(services)
        said += _tell(services, tables["evaluations"], members)
    for table in ("services", "evaluations"):
        if ALONE in tables[table]:
            alone = tables[table].pop(ALONE)
            tables[table]["student"] = tables[table]["student"] if members else alone
    return members, said


def _one_way(tables: Tables) -> None:
    """Each district in the spelling that stands first, whatever its case and blanks; None where none is named."""
    first: dict[str, str] = {}
    for rows in tables.values():
        if "district" in rows:
            keys = {name: district_key(name) for name in dict.fromkeys(rows["district"])}
            spelled = {name: first.setdefault(key, tidy(str(name))) if key else None for name, key in keys.items()}
            rows["district"] = [spelled[name] for name in rows["district"]]


def _members_by_file(services: Mapping[str, list]) -> tuple[dict[str, str], Findings]:
    """File -> the member of its rows that name none: its only district, or its own name where it names no district."""
    named: dict[str, set[str]] = {}
    districts = services.get("district") or [None] * len(services["file"])
    for file, name in zip(services["file"], districts, strict=True):
        named.setdefault(file, set()).update({name} - {None})
    own, said = [file for file, names in named.items() if not names], NOTHING
    if own:
        said += Issue(
            "members-by-file",
            NOTICE,
            f"{_list(own)} {'names' if len(own) == 1 else 'name'} no district. Each of these files is taken for one "
            "member district, called like the file; a student number of another file is another child.",
            "Nothing to do, or add a column named district.",
            file=own[0],
        )
    return {file: next(iter(names), PurePath(file).stem) for file, names in named.items() if len(names) < 2}, said


def _fill(tables: Tables, of_file: Mapping[str, str]) -> None:
    """Rows without a district get the member of their file. People stay without: they work across members."""
    for name, rows in tables.items():
        if rows.get("file") and name != "therapists":
            told = rows.get("district") or [None] * len(rows["file"])
            rows["district"] = [one or of_file.get(file) for one, file in zip(told, rows["file"], strict=True)]


def _settle_students(tables: Tables, secret: bytes) -> Findings:
    """Students by district and number. An evaluation without a district belongs to the only student of that number."""
    services, evaluations = tables["services"], tables["evaluations"]
    services["student"] = of_member(services[ALONE], services["district"], secret)
    known: dict[str, set[str]] = {}
    said = NOTHING
    for alone, member in zip(services[ALONE], services["student"], strict=True):
        known.setdefault(alone, set()).add(member)
    if evaluations.get("student"):
        said = _tell_unclear(evaluations, known)
        districts = evaluations.get("district") or [None] * len(evaluations["student"])
        evaluations["student"] = [
            member if district or len(known.get(alone, ())) != 1 else next(iter(known[alone]))
            for alone, member, district in zip(
                evaluations[ALONE], of_member(evaluations[ALONE], districts, secret), districts, strict=True
            )
        ]
    return said


def _groups_apart(services: dict[str, list]) -> None:
    """A group's name that several members use is a group of each of them."""
    members: dict[str, set[str | None]] = {}
    for group, member in zip(services.get("group_id") or (), services["district"], strict=False):
        members.setdefault(group, set()).add(member)
    if "group_id" in services:
        services["group_id"] = [
            f"{group} ({member})" if group and member and len(members[group]) > 1 else group
            for group, member in zip(services["group_id"], services["district"], strict=True)
        ]


def _places(table: Mapping[str, list], at: Sequence[int]) -> dict[str, Any]:
    """Where an issue stands that speaks of these rows: the first, and all of them."""
    first = {name: table[name][at[0]] for name in ("file", "sheet", "row")}
    return {**first, "rows": tuple(table["row"][one] for one in at)}


def _tell_unclear(evaluations: Mapping[str, list], known: Mapping[str, set[str]]) -> Findings:
    """Evaluations without a district, of a number that several members have."""
    districts = evaluations.get("district") or [None] * len(evaluations["student"])
    unclear = [
        at
        for at, (alone, district) in enumerate(zip(evaluations[ALONE], districts, strict=True))
        if not district and len(known.get(alone, ())) > 1
    ]
    if not unclear:
        return NOTHING
    return NOTHING + Issue(
        "evaluations-without-district",
        WARNING,
        f"{len(unclear):,} evaluations do not say the district, and several members have a student of that number: "
        "their students are taken for others.",
        "Add the column district to the evaluations.",
        **_places(evaluations, unclear),
    )


def _tell(services: Mapping[str, list], evaluations: Mapping[str, list], members: Sequence[str]) -> Findings:
    without = [at for at, name in enumerate(services["district"]) if not name]
    said = NOTHING + Issue(
        "member-districts",
        NOTICE,
        f"The services are of {len(members)} member districts ({_list(members)}). A student is known by district and "
        "number, and a school or a group of two members is never taken for one.",
        "Check that each district is written one way.",
    )
    if without:
        said += Issue(
            "member-missing",
            WARNING,
            f"{len(without):,} service {'row does' if len(without) == 1 else 'rows do'} not say which member district "
            "they belong to. Their students are counted apart from the members' students.",
            "Fill in the district of these rows.",
            column="district",
            **_places(services, without),
        )
    districts = evaluations.get("district") or ()
    strange = [at for at, name in enumerate(districts) if name and name not in members]
    if strange:
        names = _list(list(dict.fromkeys(districts[at] for at in strange)))
        said += Issue(
            "member-unknown",
            WARNING,
            f"The evaluations name {names}, which no service row does: their students are taken for others.",
            "Write each member district one way on every sheet.",
            column="district",
            **_places(evaluations, strange),
        )
    return said


def _list(names: Sequence[str]) -> str:
    return ", ".join(names[:LISTED]) + (f" and {len(names) - LISTED} more" if len(names) > LISTED else "")


# --- are the files members? -----------------------------------------------------------------------------


def _files_are_members(services: Mapping[str, list], answers: Mapping[str, str]) -> tuple[bool, Findings]:
    """Whether each file is a member of its own: as answered, else as the shared numbers look, which is asked."""
    if len(set(services.get("file", ()))) < 2:
        return False, NOTHING
    by_file = _traits_by_file(services)
    answer = answers.get("members", "")
    if answer:
        return answer == MEMBERS, NOTHING
    shared, other, same = _compared(list(by_file.values()))
    if not shared:
        return False, NOTHING
    smallest = min(map(len, by_file.values()))
    apart = other > same and other >= MANY * smallest
    if other or not same:
        return apart, _ask(services, by_file, shared, MEMBERS if apart else ONE_DISTRICT)
    return False, NOTHING + Issue(
        "students-in-several-files",
        NOTICE,
        f"{_students(shared)} in more than one file, with the same school or grade. Each is taken for one child.",
        "If the files are of different member districts, add a column named district.",
    )


def _traits_by_file(services: Mapping[str, list]) -> dict[str, dict[str, tuple[set, set]]]:
    """File -> student -> (schools, grades) that its rows name, without case."""
    found: dict[str, dict[str, tuple[set, set]]] = {}
    count = len(services.get("student", ()))
    columns = [services.get(name) or [None] * count for name in ("school", "grade")]
    for file, student, *traits in zip(services.get("file", ()), services.get(ALONE, ()), *columns, strict=True):
        known = found.setdefault(file, {}).setdefault(student, (set(), set()))
        for values, value in zip(known, traits, strict=True):
            if key := district_key(value):
                values.add(key)
    return found


def _compared(files: Sequence[Mapping[str, tuple[set, set]]]) -> tuple[int, int, int]:
    """(students in several files, of these with nothing in common, of these plainly alike).

    Alike: the same grade where both name one, and the same school or no school named; a number that stands in another
    school or grade speaks for another child, and one about which nothing is known for neither.
    """
    students: dict[str, list[tuple[set, set]]] = {}
    for file in files:
        for student, traits in file.items():
            students.setdefault(student, []).append(traits)
    shared = [them for them in students.values() if len(them) > 1]
    other = same = 0
    for first, *more in shared:
        pairs = [(a & b, a and b) for each in more for a, b in zip(first, each, strict=True)]
        other += any(both and not common for common, both in pairs)
        same += all(common or not both for common, both in pairs) and any(both for _, both in pairs)
    return len(shared), other, same


def _students(count: int) -> str:
    return "One student number stands" if count == 1 else f"{count:,} student numbers stand"


def _ask(services: Mapping[str, list], by_file, shared: int, applied: str) -> Findings:
    several: dict[str, int] = {}
    for students in by_file.values():
        for student in students:
            several[student] = several.get(student, 0) + 1
    places = tuple(
        (file, sheet, row)
        for file, sheet, row, student in zip(
            services["file"], services["sheet"], services["row"], services[ALONE], strict=True
        )
        if several[student] > 1
    )
    files = _list(list(by_file))
    taken = "two children" if applied == MEMBERS else "one child"
    said = NOTHING + Issue(
        "same-number-in-files",
        WARNING,
        f"{_students(shared)} in more than one file ({files}). Until somebody answers, each is taken for {taken}.",
        "Answer the question about the files, or add a column named district.",
        file=places[0][0],
        sheet=places[0][1],
        row=places[0][2],
    )
    return said + Question(
        QUESTION,
        f"{_students(shared)} in more than one file ({files}). Are they the same children?",
        (
            (ONE_DISTRICT, "Yes, the files are of one district: one number is one child"),
            (MEMBERS, "No, each file is a member district with numbers of its own"),
        ),
        places,
        applied=applied,
    )

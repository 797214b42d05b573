"""Who a row is about, as text that never leaves intake: an id where there is one, else the name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workload.intake.cells.cell_words import GRADES
from workload.intake.cells.cells import MARKS, Problem, is_missing, shown, tidy
from workload.intake.cells.values import read_id
from workload.intake.open.opened import CellProblem, Value
from workload.model.coded_list import constant, cut, distinct_where, mapped, places, rowwise
from workload.model.columns import SERVICES
from workload.model.pseudonyms import pseudonyms

ID = SERVICES.column("student_id")
LONGEST_INITIALS = 4
ALONE = "student_alone"  # beside `student`: the pseudonym of the number without a district
NUMBERED = re.compile(r"(.*[^\W_].*)_(\d{1,2})")
INITIALS = re.compile(r"(?:[A-Z][a-z]?[.\s-]*){1,4}")


def identities(cells: Mapping[str, Sequence[Value]], rows: int) -> tuple[list[str | None], list[int]]:
    """The identity of each row ("id:10432", "name:doe, jane", None where the row names nobody), and the rows
    whose student is only initials.

    Initials are shared by many children, so the school and grade of the row become part of such an identity.
    """
    if "student_id" in cells and not {"student_name", "last_name"} & cells.keys():
        return mapped(cells["student_id"], _only_id), []
    ids = _distinct(cells.get("student_id"), rows, _id_key)
    names = _distinct(cells.get("student_name"), rows, _name_key)
    if "last_name" in cells and "first_name" not in cells:
        last = _distinct(cells["last_name"], rows, lambda cell: _pair_key(cell, None))
        places = [
            "|".join(shown(cells[name][at]) for name in ("school", "grade") if name in cells) for at in range(rows)
        ]
        last = [key and f"last:{key}|{place.casefold()}" for key, place in zip(last, places, strict=True)]
        names = [name or key for name, key in zip(names, last, strict=True)]
    elif "last_name" in cells:
        pairs = zip(cells["last_name"], cells.get("first_name") or [None] * rows, strict=True)
        whole = [_pair_key(last, first) for last, first in pairs]
        names = [full or name for full, name in zip(whole, names, strict=True)]
    made = rowwise(lambda id, name: f"id:{id}" if id else name, ids, names)
    initials = [
        at
        for at, (id, name) in enumerate(zip(ids, names, strict=True))
        if not id and name and name.startswith("initials:")
    ]
    for at in initials:
        place = "|".join(shown(cells[name][at]) for name in ("school", "grade") if name in cells)
        made[at] = f"{made[at]}|{place.casefold()}"
    return made, initials


def of_member(alone: Sequence[str | None], districts: Sequence[object] | None, secret: bytes) -> list[str | None]:
    """The pseudonym of each student with the member district; a row without one keeps its own."""
    if districts is None:
        return cut(alone, 0)
    keys = [district_key(name) for name in districts]
    made = pseudonyms([one and key and f"{one}|{key}" for one, key in zip(alone, keys, strict=True)], secret)
    return [member or one for member, one in zip(made, alone, strict=True)]


def district_key(name: object) -> str:
    """A district's name as it is compared; empty where none is named."""
    text = "" if name is None else tidy(str(name))
    return "" if not text or is_missing(text) else text.casefold()


def names_apart(who: Sequence[str | None], grades: Sequence[Value]) -> tuple[list[str | None], list[int]]:
    """Students known by name alone, with the grade where one name stands in several grades, and the rows of these."""
    of_name: dict[str, set[str]] = {}
    for name, grade in zip(who, grades, strict=True):
        if name and name.startswith("name:"):
            of_name.setdefault(name, set()).add(_grade(grade))
    several = {name for name, found in of_name.items() if len(found) > 1 and "" not in found}
    apart = [at for at, name in enumerate(who) if name in several]
    made = list(who)
    for at in apart:
        made[at] = f"{who[at]}|{_grade(grades[at])}"
    return made, apart


def _grade(cell: Value) -> str:
    text = "" if cell is None else shown(cell).casefold().rstrip(".")
    return "" if is_missing(text) else GRADES.get(text, text)


def _distinct(cells: Sequence[Value] | None, rows: int, key) -> list[str | None]:
    return constant(None, rows) if cells is None else mapped(cells, key)


def without_session_numbers(
    cells: Sequence[Value], ids_too: bool = False
) -> tuple[Sequence[Value], list[str | None], list[int]]:
    """Students written once for each session, "Jason_1" and "Jason_2", without the number, the numbers, and the rows
    of ids ("5001_1") of which only a person can say whether they are written so.

    Only where some student has several numbers: "S_1" alone is a name like any other.
    """
    written = distinct_where(cells, lambda cell: isinstance(cell, str) and "_" in cell)
    split = {cell: NUMBERED.fullmatch(tidy(cell)) for cell in written}
    numbers: dict[str, set[str]] = {}
    for match in filter(None, split.values()):
        numbers.setdefault(match[1], set()).add(match[2])
    several = {who for who, own in numbers.items() if len(own) > 1}
    unsure = {cell for cell, match in split.items() if match and match[1] in several and match[1].isdigit()}
    names = any(not who.isdigit() for who in several)
    taken = {
        cell: match
        for cell, match in split.items()
        if match and several and (ids_too if match[1].isdigit() else names or ids_too)
    }
    if not taken:
        return cells, constant(None, len(cells)), places(cells, unsure)
    matches = [taken.get(cell) if isinstance(cell, str) else None for cell in cells]
    return (
        [match[1] if match else cell for match, cell in zip(matches, cells, strict=True)],
        [match[2] if match else None for match in matches],
        [] if ids_too else [at for at, cell in enumerate(cells) if cell in unsure],
    )


def _id_key(cell: Value) -> str | None:
    if type(cell) is str and cell.isdigit() and cell.isascii():
        return cell  # the usual id, at once
    if cell is None or isinstance(cell, CellProblem | bool):
        return None
    read = read_id(cell, ID)
    return None if read is None or isinstance(read, Problem) else read.casefold().rstrip(f" {MARKS}")


def _only_id(cell: Value) -> str | None:
    """The identity of a row that names its student by id alone."""
    if type(cell) is str and cell.isdigit() and cell.isascii():
        return f"id:{cell}"  # the usual id, at once
    key = _id_key(cell)
    return f"id:{key}" if key else None


def _name_key(cell: Value) -> str | None:
    """ "Doe, Jane", "DOE, JANE M." and "Jane Doe" are one person."""
    if not isinstance(cell, str):
        return None if cell is None or isinstance(cell, CellProblem) else f"name:{shown(cell)}"
    text = re.sub(r"\(.*?\)", " ", tidy(cell)).strip(f" {MARKS}")
    if is_missing(text):
        return None
    letters = re.sub(r"[^A-Za-z]", "", text)
    if len(letters) <= LONGEST_INITIALS and INITIALS.fullmatch(text):
        return f"initials:{letters.casefold()}"
    if "," in text:
        last, first = (part.strip() for part in text.split(",", 1))
    else:
        *before, last = text.split()
        if before and len(last.rstrip(".")) == 1:
            return f"initials:{' '.join(before).casefold()} {last[0].casefold()}"  # "Ana R.": one of several, perhaps
        if not before and last.isalpha():
            return f"initials:{last.casefold()}"  # one name alone is no more than initials
        first = " ".join(before)
    return _pair_key(last, first)


def _pair_key(last: Value, first: Value) -> str | None:
    parts = [
        "" if part is None or isinstance(part, CellProblem) or is_missing(tidy(part)) else tidy(part).casefold()
        for part in (last, first)
    ]
    parts[1] = re.sub(r"(?<=\w) [a-z]\.?$", "", parts[1])  # a middle initial is written in one file and not in another
    return f"name:{parts[0]}, {parts[1]}" if parts[0] else None

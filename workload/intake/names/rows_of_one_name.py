"""Rows of the list of people that have one name: one person, a repeat, or two people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workload.intake.answers.findings import NOTHING, Findings, Question
from workload.intake.answers.import_map import ONE_PERSON, SAME_ROW, TWO_PEOPLE, ImportMap
from workload.model.issues import ERROR, NOTICE, WARNING, Issue

SOURCE = ("file", "sheet", "row")
ADDED = ("fte", "hours_per_week", "annual_cost", "named_duty_hours", "mtss_hours")  # of one person's rows
ROUNDING = 1e-9


def one_name(rows: dict[str, list], alike: list[int], answers: ImportMap) -> tuple[set[int], Findings]:
    """The rows of one name that go, after the others have taken up what they say."""
    first, *others = alike
    name = rows["therapist"][first]
    place = {
        "file": rows["file"][others[0]],
        "sheet": rows["sheet"][others[0]],
        "row": rows["row"][others[0]],
        "rows": tuple(rows["row"][at] for at in alike),
        "column": "therapist",
        "value": name,
    }
    from_files = {rows["file"][at] for at in alike}
    if len(from_files) == len(alike) and all(_same_row(rows, first, at) for at in others):
        return set(others), NOTHING + Issue(
            "therapists-repeated",
            NOTICE,
            f"{name} is listed alike in {len(alike)} files and counts once.",
            "Nothing to do.",
            **place,
        )
    if len(from_files) == len(alike) and _complete_each_other(rows, alike):
        return set(others), NOTHING + Issue(
            "therapists-completed",
            NOTICE,
            f"{name} is listed in {len(alike)} files. What one file leaves empty was taken from the other.",
            "Nothing to do if it is one person.",
            **place,
        )
    answer, said = answers.people.get(name, ""), NOTHING
    if not answer:
        answer = ONE_PERSON if _shares_one_post(rows, alike) else ""
        said = _ask_one_name(rows, alike, answer, place)
    if answer == TWO_PEOPLE:
        for at in alike:
            rows["therapist"][at] = f"{name} (row {int(rows['row'][at])})"
    if answer == ONE_PERSON:
        _added_up(rows, alike)
    return set(others) if answer in (SAME_ROW, ONE_PERSON) else set(), said


def _complete_each_other(rows: dict[str, list], alike: list[int]) -> bool:
    """Fill the first of these rows from the others where they contradict each other nowhere; whether that was so."""
    taken: dict[str, object] = {}
    for name, values in rows.items():
        said = {values[at] for at in alike if values and values[at] not in (None, "")}
        if name in SOURCE or name == "therapist" or not said:
            continue
        if len(said) > 1:
            return False
        taken[name] = said.pop()
    for name, value in taken.items():
        rows[name][alike[0]] = value
    return True


def _shares_one_post(rows: Mapping[str, list], alike: list[int]) -> bool:
    """Whether rows of one name look like one person at several schools: one role, FTE that are at most one post."""
    fte = [value for value in rows.get("fte", ()) if value is not None and value == value]
    roles = {rows.get("role", [None] * len(rows["therapist"]))[at] for at in alike}
    own = [rows["fte"][at] for at in alike] if fte else []
    places = {
        (
            rows.get("base_school", ["" for _ in rows["therapist"]])[at],
            rows.get("days", ["" for _ in rows["therapist"]])[at],
        )
        for at in alike
    }
    return len(roles) == 1 and len(places) == len(alike) and None not in own and 0 < sum(own) <= 1.0 + ROUNDING


def _added_up(rows: dict[str, list], alike: list[int]) -> None:
    """One person's rows in the first of them: times are added, day plans joined."""
    first = alike[0]
    for name in ADDED:
        values = [rows[name][at] for at in alike if rows.get(name) and rows[name][at] is not None]
        if values:
            rows[name][first] = round(sum(values), 9)
    if rows.get("days"):
        rows["days"][first] = "; ".join(rows["days"][at] for at in alike if rows["days"][at]) or None


def _ask_one_name(rows, alike: list[int], applied: str, place: Mapping[str, Any]) -> Findings:
    name = rows["therapist"][alike[0]]
    listed = " and ".join(f"row {int(rows['row'][at])} of sheet {rows['sheet'][at]}" for at in alike)
    fte = [rows["fte"][at] for at in alike if rows.get("fte") and rows["fte"][at] is not None]
    added = f" with {sum(fte):g} FTE in all" if fte else ""
    said = NOTHING + Issue(
        "therapist-listed-twice",
        WARNING if applied else ERROR,
        f"{name} is listed {len(alike)} times: in {listed}. "
        + (f"The rows are taken for one person{added}." if applied else "They may be one person or two with one name."),
        "Answer the question about this name.",
        **place,
    )
    return said + Question(
        f"person:{name}",
        f"{name} stands in {listed}. Is that one person?",
        (
            (ONE_PERSON, f"One person{added}: add the rows up"),
            (SAME_ROW, "One person, listed again: the first row counts"),
            (TWO_PEOPLE, "Two people with one name"),
        ),
        tuple((rows["file"][at], rows["sheet"][at], int(rows["row"][at])) for at in alike),
        "therapist",
        name,
        ONE_PERSON if applied else "",
        applied,
    )


def _same_row(rows: Mapping[str, list], one: int, other: int) -> bool:
    return all(
        values[one] == values[other] for name, values in rows.items() if name not in SOURCE and name != "therapist"
    )

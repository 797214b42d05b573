"""Several services side by side in a row (Service 1, Minutes 1, Service 2, Minutes 2), and lists beside each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workload.intake.columns.heading_meaning import AMOUNTS, candidates
from workload.intake.columns.looks import SOME, Look

NUMBER = re.compile(r"(?<!\d)([1-6])(?!\d)")
AGAIN = re.compile(r"(.+) \((\d+)\)")  # how a heading is called that stands for the second time
FEWEST = 2  # columns of each service: its name and its amount


def services_side_by_side(headings: Sequence[str], looks: Mapping[int, Look]) -> tuple[frozenset[int], ...]:
    """The columns of each numbered service, in the order of the numbers; empty for other sheets.

    A number makes a service only where the same headings stand with each number, one over names of services and one
    over amounts. "(2)" is the number of a heading that stands twice.
    """
    twice = {heading.removesuffix(" (2)") for heading in headings if heading.endswith(" (2)")}
    found: dict[int, dict[str, int]] = {}
    for index, heading in enumerate(headings):
        numbers = NUMBER.findall(heading)
        if heading in twice and not numbers:
            found.setdefault(1, {})[heading] = index
        elif len(numbers) == 1:
            stem = heading.replace(f" ({numbers[0]})", "") if f"({numbers[0]})" in heading else NUMBER.sub("#", heading)
            found.setdefault(int(numbers[0]), {})[stem] = index
    first = found.get(1, {})
    stems = {stem for stem in first if all(stem in found.get(number, {}) for number in (1, 2))}
    if len(stems) < FEWEST:
        return ()
    names = [stem for stem in stems if looks[first[stem]].disciplines > SOME]
    amounts = [
        stem for stem in stems if {each.name for each in candidates("services", headings[first[stem]])} & AMOUNTS
    ]
    if not names or not set(amounts) - set(names):
        return ()
    groups = []
    for number in range(1, len(found) + 1):
        columns = found.get(number, {})
        if not stems <= columns.keys():
            break
        groups.append(frozenset(columns[stem] for stem in stems))
    return tuple(groups)


def lists_side_by_side(headings: Sequence[str], looks: Mapping[int, Look]) -> tuple[frozenset[int], ...]:
    """The columns of each list where every heading stands equally often, as "Student", "Min/wk", "Student (2)",
    "Min/wk (2)"; empty for other sheets, and where the further columns only say the first ones again."""
    lists: dict[int, dict[str, int]] = {}
    for index, heading in enumerate(headings):
        if heading:
            again = AGAIN.fullmatch(heading)
            lists.setdefault(int(again[2]) if again else 1, {})[again[1] if again else heading] = index
    first = lists.get(1, {})
    if len(lists) < 2 or any(each.keys() != first.keys() for each in lists.values()):
        return ()
    if all(looks[index].says_the_same(looks[first[stem]]) for each in lists.values() for stem, index in each.items()):
        return ()
    return tuple(frozenset(each.values()) for each in lists.values())


def only_repeats(headings: Sequence[str], looks: Mapping[int, Look]) -> bool:
    """Whether every column whose heading stood before says the same as the one that had it first."""
    at = {heading: index for index, heading in enumerate(headings)}
    again = [(index, at.get(found[1])) for heading, index in at.items() if (found := AGAIN.fullmatch(heading))]
    return all(first is not None and looks[index].says_the_same(looks[first]) for index, first in again)

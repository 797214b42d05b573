"""Columns that say one amount together: the days of a week, two times of day, numbered parts, hours beside minutes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workload.intake.cells.joint_cells import CLOCK, DAY, DAYS, HOURS, PART, REST, days_named, is_mark, minutes_of_day
from workload.intake.columns.amount_columns import MOST_HOURS
from workload.intake.columns.heading_meaning import AMOUNTS, Candidate, candidates, said
from workload.intake.columns.heading_words import PERIODS, all_facts
from workload.intake.columns.looks import MOST, SOME, Look, is_weekday
from workload.model.columns import normalized
from workload.model.units import minutes as minutes_of_hours

FEWEST_DAYS = 3  # columns named for days of the week that are a plan of the week


def days_of_week(
    headings: Sequence[str], looks: Mapping[int, Look], offers: Mapping[int, Sequence]
) -> dict[int, Candidate]:
    """Columns Mon to Fri that hold minutes, or marks beside a column of minutes, where no other column says how much a week."""
    days = [index for index, heading in enumerate(headings) if heading and is_weekday(heading)]
    filled = [index for index in days if looks[index].values]
    best = {ranked[0][1].name for index, ranked in offers.items() if index not in days}
    if len(days) < FEWEST_DAYS or not filled or best & (AMOUNTS - {"minutes_per_session", "time_unit"}):
        return {}
    if all(looks[index].share(lambda cell: minutes_of_day(cell) is not None) > MOST for index in filled):
        return dict.fromkeys(days, Candidate("minutes_per_week", 0.0, "week", DAY))
    if "minutes_per_session" in best and all(looks[index].share(is_mark) > MOST for index in filled):
        return dict.fromkeys(days, Candidate("sessions", 0.0, "week", DAY))
    return {}


NUMBERED_PART = re.compile(
    r"\b(q|qtr|quarter|s|sem|semester|t|tri|trimester|session|sess|visit)\s*#?\s*([1-6])\b", re.IGNORECASE
)
PARTS_OF_YEAR = {"q": 4, "s": 2, "t": 3}


def numbered_parts(headings: Sequence[str], looks: Mapping[int, Look]) -> dict[int, Candidate]:
    """Columns of minutes that are numbered parts of one amount: Q1 to Q4 of a year, session 1 and 2 of a row."""
    parts: dict[tuple[str, str], dict[int, int]] = {}
    for index, heading in enumerate(headings):
        match = NUMBERED_PART.search(heading)
        about = said(heading)
        facts = all_facts(heading) if heading else frozenset()
        if match and all_facts(f"{heading[: match.start()]} {heading[match.end() :]}") & frozenset(PERIODS):
            continue  # "min/wk, semester 1": minutes of a week, and of one half of the year
        if not match or not facts & {"minutes"} or about.delivered or about.other_service or about.limit:
            continue
        rest = normalized(f"{heading[: match.start()]} {heading[match.end() :]}")
        of_what = match[1].casefold()
        of_what = "session" if of_what in ("session", "sess", "visit") else of_what[0]
        parts.setdefault((of_what, rest), {})[int(match[2])] = index
    for (of_what, _), columns in parts.items():
        whole = PARTS_OF_YEAR.get(of_what, len(columns))
        if len(columns) < 2 or sorted(columns) != list(range(1, whole + 1)):
            continue
        if all(looks[index].numeric > MOST or not looks[index].values for index in columns.values()):
            name = "minutes_per_session" if of_what == "session" else "minutes_per_year"
            return dict.fromkeys(columns.values(), Candidate(name, 0.0, "" if of_what == "session" else "year", PART))
    return {}


def hours_beside_minutes(headings: Sequence[str], looks: Mapping[int, Look]) -> dict[int, Candidate]:
    """One length in two columns, "Hrs" over 1 and "Mins" over 30: minutes never reach a whole hour."""
    bare: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        facts = (all_facts(heading) if heading else frozenset()) - {
            "ot",
            "service",
            "filler",
            "time",
        }
        if len(facts) == 1 and facts <= {"hours", "minutes"} and looks[index].numeric > MOST:
            bare.setdefault(next(iter(facts)), []).append(index)
    if {name: len(found) for name, found in bare.items()} != {"hours": 1, "minutes": 1}:
        return {}
    hours, rest = bare["hours"][0], bare["minutes"][0]
    if max(looks[rest].numbers) >= minutes_of_hours(1) or max(looks[hours].numbers) > MOST_HOURS:
        return {}
    return {index: Candidate("minutes_per_session", 0.0, "", unit) for index, unit in ((hours, HOURS), (rest, REST))}


def times_of_sessions(looks: Mapping[int, Look], offers: Mapping[int, Sequence]) -> dict[int, Candidate]:
    """The two columns of times at which a session starts and ends, one row for each day, where nothing else says how much."""
    times = [index for index, look in looks.items() if look.clocks > MOST]
    best = {ranked[0][1].name for index, ranked in offers.items() if index not in times}
    of_a_day = any(look.share(is_weekday) > MOST for look in looks.values())
    if len(times) != 2 or not of_a_day or best & (AMOUNTS - {"time_unit"}):
        return {}
    return dict.fromkeys(times, Candidate("minutes_per_week", 0.0, "week", CLOCK))


def days_of_sessions(
    headings: Sequence[str], looks: Mapping[int, Look], offers: Mapping[int, Sequence]
) -> dict[int, Candidate]:
    """The column of days, "MW" and "TTh", beside minutes of a session where nothing else says how often."""
    best = {ranked[0][1].name for ranked in offers.values()}
    found = [
        index
        for index, heading in enumerate(headings)
        if heading and all_facts(heading) & {"day", "days"} and _are_days(looks[index])
    ]
    if len(found) != 1 or "minutes_per_session" not in best or best & (AMOUNTS - {"minutes_per_session", "time_unit"}):
        return {}
    return {found[0]: Candidate("sessions", 0.0, "week", DAYS)}


def _are_days(look: Look) -> bool:
    """Days of a week, in some rows several: a single day in each row is a row for each session."""
    counts = [days_named(value) for value in look.values]
    return sum(map(bool, counts)) > MOST * len(counts) and any((count or 0) > 1 for count in counts)


def together(
    headings: Sequence[str], looks: Mapping[int, Look], offers: Mapping[int, Sequence]
) -> dict[int, Candidate]:
    """The columns of one amount that several columns say, where there is one."""
    return (
        days_of_week(headings, looks, offers)
        or times_of_sessions(looks, offers)
        or numbered_parts(headings, looks)
        or hours_beside_minutes(headings, looks)
        or days_of_sessions(headings, looks, offers)
    )


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

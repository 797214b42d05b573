"""Columns of a services sheet that their neighbors settle: bare minutes, totals of kinds, marks under amounts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from workload.intake.cells.cells import shown
from workload.intake.columns.amount_names import OF_A_KIND
from workload.intake.columns.heading_meaning import AMOUNTS, SOME_UNITS, UNITS, Candidate, candidates
from workload.intake.columns.heading_words import all_facts
from workload.intake.columns.looks import MOST, SOME, Look, is_weekday, number_of
from workload.intake.columns.settled import (
    BOTH,
    BY_NEIGHBORS,
    BY_VALUES,
    OpenColumn,
    Settled,
)
from workload.intake.open.opened import Value
from workload.intake.phrases.phrase_reader import read_phrase
from workload.model.column_fates import (
    ASKED,
    READ,
    SECOND,
    TOTAL_OF,
)
from workload.model.columns import normalized

BARE_NUMBER_CHOICES = (
    ("minutes_per_week", "Minutes a week"),
    ("minutes_per_month", "Minutes a month"),
    ("minutes_per_year", "Minutes a year"),
    ("", "Do not read this column"),
)


def marks(headings: Sequence[str], looks: Mapping[int, Look], fates: Mapping[int, str]) -> list[int]:
    """Columns whose headings are amounts ("30 min/wk") and whose cells are marks; beside them kinds ("Consult", X)."""
    marked = [
        index
        for index, heading in enumerate(headings)
        if heading and index not in fates and looks[index].values and looks[index].flags > MOST
    ]
    amounts = [index for index in marked if read_phrase(headings[index]).grade in ("A", "B")]
    kinds = [
        index
        for index in marked
        if {each.kind for each in candidates("services", headings[index])} & {"consult", "group"}
    ]
    return sorted({*amounts, *kinds}) if amounts else []


def row_numbers(headings: Sequence[str], looks: Mapping[int, Look], offers: Mapping[int, Sequence]) -> list[int]:
    """Columns that number the rows, "#" over 1, 2, 3, beside another column that says who the student is."""
    found = [index for index in offers if _is_bare_number(headings[index]) and _counts_up(looks[index].cells)]
    whose = {
        index for index, ranked in offers.items() if index not in found and any(each.name in WHO for _, each in ranked)
    }
    return found if whose else []


def _is_bare_number(heading: str) -> bool:
    facts = all_facts(heading)
    return bool(facts & {"number", "unneeded"}) and facts <= {"id", "number", "filler", "unneeded"}


def _counts_up(cells: Sequence[Value]) -> bool:
    """Whether the filled cells are 1, 2, 3 and so on, or begin at 0."""
    numbers = [number for cell in cells if (number := number_of(cell)) is not None]
    return len(numbers) > 1 and numbers[0] in (0, 1) and numbers == [numbers[0] + at for at in range(len(numbers))]


def without_number(heading: str) -> str:
    """A second column of one heading is read like the first."""
    head, _, tail = heading.rpartition(" (")
    return head if tail[:-1].isdigit() and tail.endswith(")") else heading


def due_of_nothing(headings, settled, fates) -> None:
    """A bare "Due" is the due date of owed minutes only where minutes are owed."""
    if any(each.name == "compensatory_minutes" for each in settled.values()):
        return
    for index, each in list(settled.items()):
        if each.name == "compensatory_due" and normalized(headings[index]) in ("due", "due date"):
            del settled[index], fates[index]


PROPOSED = re.compile(r"\b(?:proposed|new|future|recommended)\b", re.IGNORECASE)


def dates_of_what_is_proposed(headings, settled, fates, given) -> None:
    """ "Proposed start" beside "Proposed OT", which is not read: the day is of that amount, and not of the current one."""
    unread = {
        word.casefold()
        for index, heading in enumerate(headings)
        if index not in settled
        for word in PROPOSED.findall(heading)
    }
    for index, each in list(settled.items()):
        words = {word.casefold() for word in PROPOSED.findall(headings[index])}
        if each.name in ("start", "end") and index not in given and words & unread:
            del settled[index]
            fates[index] = SECOND


WHO = frozenset({"student_id", "student_name", "last_name"})
TOTALS_IN_MINUTES = frozenset({"minutes_per_week", "minutes_per_month", "minutes_per_year", "minutes_per_period"})
MOST_HOURS = 8  # smaller numbers with decimals are hours rather than minutes


def second_delivery(headings, looks, settled, fates, open_columns, chosen: Mapping[str, str]) -> None:
    """ "Service Type" (Direct, Consult) beside "Delivery" (Individual, Group): both are read, and asked."""
    first = next((index for index, each in settled.items() if each.name == "delivery"), None)
    if first is None or chosen.get("delivery", BOTH) != BOTH:
        return
    for index, fate in list(fates.items()):
        if (
            fate == SECOND
            and looks[index].deliveries > SOME
            and any(each.name == "delivery" for each in candidates("services", without_number(headings[index])))
        ):
            settled[index] = Settled(Candidate("delivery", 0.0, kind="second"), BY_VALUES)
            fates[index] = READ
            if "delivery" not in chosen:
                open_columns.append(
                    OpenColumn(
                        f"{headings[first]} / {headings[index]}",
                        index,
                        f"{headings[first]} and {headings[index]} both say how the service is given.",
                        (
                            (BOTH, "Both: consult, or a group, where either says so"),
                            (headings[first], headings[first]),
                            (headings[index], headings[index]),
                        ),
                        _samples(looks[index]),
                        "delivery",
                        BOTH,
                        (first, index),
                        BOTH,
                    )
                )
            return


def _is_bare(heading: str) -> bool:
    """Minutes, time or amount without a word about what they are minutes of."""
    facts = all_facts(without_number(heading))
    return not facts & {"session"} and not ("length" in facts and "minutes" in facts)


def amounts_by_neighbors(headings, looks, settled, fates, open_columns, given) -> None:
    """Bare minutes are those of a session beside sessions or a period, and a question where they stand alone.

    A number under "Frequency" without minutes beside it may be minutes; a small one without a unit may be hours.
    """
    names = {each.name for each in settled.values()}
    if "sessions" in names:  # "Minutes per day" beside "Days per week" are those of a session, and not of each day
        for index, each in list(settled.items()):
            if each.name == "minutes_per_period" and each.candidate.period == "day" and index not in given:
                alone = replace(each.candidate, name="minutes_per_session", period="")
                settled[index] = Settled(alone, BY_NEIGHBORS)
                names = names - {"minutes_per_period"} | {"minutes_per_session"}
    for index, each in list(settled.items()):
        if each.candidate.unit == SOME_UNITS and index not in given and "time_unit" not in names:
            _ask_length_of_unit(index, headings[index], each, looks, settled, fates, open_columns)
    if not names & {"minutes_per_session", "direct_minutes", "indirect_minutes", "minutes_per_period"}:
        _lone_frequency(headings, looks, settled, names)
    for index, each in list(settled.items()):
        if each.name == "sessions" and "frequency" in all_facts(headings[index]) and index not in given:
            settled[index] = replace(each, sure=BY_NEIGHBORS)
    for index, each in list(settled.items()):
        numbers = looks[index].numbers
        small = bool(numbers) and max(numbers) <= MOST_HOURS
        if each.name in TOTALS_IN_MINUTES and not each.candidate.unit and index not in given and small:
            del settled[index]
            fates[index] = ASKED
            choices = (
                ("hours_per_week", "Hours a week"),
                ("sessions", "Sessions: how often, and not how long"),
                (each.name, "Minutes"),
                ("", "Do not read this column"),
            )
            said = "The values are small, and the heading does not say whether they are hours, sessions or minutes."
            open_columns.append(OpenColumn(headings[index], index, said, choices, _samples(looks[index])))
    for index in [
        index for index, each in settled.items() if each.name == "minutes_per_session" and index not in given
    ]:
        heading, each = headings[index], settled[index]
        if not _is_bare(heading) or not looks[index].values:
            continue
        others = {
            other.name
            for at, other in settled.items()
            if at != index and other.candidate.kind in ("", each.candidate.kind)
        }
        numbers = looks[index].numbers
        if (
            each.candidate.unit == "hours"
            and not others & {"sessions", "period", "frequency_text"}
            or numbers
            and max(numbers) <= MOST_HOURS
            and any(number % 1 for number in numbers)
            and each.candidate.unit != "minutes"
        ):
            _ask_unit(index, heading, looks, settled, fates, open_columns)
        elif others & {"sessions", "period", "frequency_text"}:
            settled[index] = replace(each, sure=BY_NEIGHBORS)
        elif looks[index].lengths > MOST or not others & AMOUNTS:
            _ask_period(index, heading, looks, settled, fates, open_columns)
        else:
            del settled[index]
            fates[index] = SECOND


def _lone_frequency(headings, looks, settled, names) -> None:
    if names & {"minutes_per_week", "minutes_per_month", "minutes_per_year", "hours_per_week", "frequency_text"}:
        return
    for index, each in list(settled.items()):
        if each.name == "sessions" and "frequency" in normalized(headings[index]) and looks[index].looks_like_minutes:
            settled[index] = Settled(replace(each.candidate, name="minutes_per_session"), BY_VALUES)


def _ask_length_of_unit(index, heading, each, looks, settled, fates, open_columns) -> None:
    """Units without a word about how long one is: of billing, fifteen minutes."""
    del settled[index]
    fates[index] = ASKED
    name = "@".join(filter(None, (each.name, each.candidate.kind)))
    if each.name == "minutes_per_period" and not each.candidate.period:
        name = "minutes_per_week"
    choices = (
        (f"{name}@{UNITS}", "Units of 15 minutes, as in billing"),
        (name, "Minutes"),
        ("sessions", "Sessions"),
        ("", "Do not read this column"),
    )
    said = "The heading speaks of units and does not say how long a unit is."
    open_columns.append(OpenColumn(heading, index, said, choices, _samples(looks[index]), suggestion=choices[0][0]))


def _ask_unit(index, heading, looks, settled, fates, open_columns) -> None:
    del settled[index]
    fates[index] = ASKED
    open_columns.append(
        OpenColumn(
            heading,
            index,
            "The values look like hours, and the heading does not say of which period.",
            (
                ("hours_per_week", "Hours a week"),
                ("minutes_per_month@hours", "Hours a month"),
                ("minutes_per_year@hours", "Hours a year"),
                ("", "Do not read this column"),
            ),
            _samples(looks[index]),
        )
    )


def _ask_period(index, heading, looks, settled, fates, open_columns) -> None:
    kind = settled[index].candidate.kind
    of_a_day = any(look.share(is_weekday) > MOST for look in looks.values())
    del settled[index]
    fates[index] = ASKED
    choices = (
        BARE_NUMBER_CHOICES
        if not kind
        else tuple((f"{name}@{kind}" if name else "", label) for name, label in BARE_NUMBER_CHOICES)
    )
    open_columns.append(
        OpenColumn(
            heading,
            index,
            "The heading does not say whether these are minutes a week, a month or a year.",
            choices,
            _samples(looks[index]),
            suggestion=choices[0][0] if of_a_day else "",  # a row for a day of the week is a session of the week
        )
    )


def _samples(look: Look) -> tuple[str, ...]:
    return tuple(shown(value) for value in look.values[:3])


def totals_of_kinds(headings, settled, fates) -> None:
    """A column of minutes in all beside columns of its kinds is their total, and counts nothing more."""
    named = {OF_A_KIND[each.name] for each in settled.values() if each.name in OF_A_KIND}
    kinds = {kind for name, kind in named if name != "period"} | {
        each.candidate.kind
        for each in settled.values()
        if each.name in AMOUNTS and each.candidate.kind and each.name not in ("frequency_text", "period")
    }
    if len(kinds) < 2:
        return
    totals = ("minutes_per_", "hours_per_", *(name for name, _ in named if name == "period"))
    for index, each in list(settled.items()):
        if (
            each.name in AMOUNTS
            and each.name.startswith(totals)
            and not each.candidate.kind
            and ("total" in normalized(headings[index]))
        ):
            del settled[index]
            fates[index] = TOTAL_OF

"""Which column of a sheet is which: words and values together, one clear winner or a question, never by position."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from workload.intake.cells.cells import shown
from workload.intake.cells.dates import first_year_of
from workload.intake.columns import amount_columns
from workload.intake.columns.amount_names import ALSO
from workload.intake.columns.by_values import by_values, names_days, of_service_days, ot_beside_assistants
from workload.intake.columns.fitting import CONTRADICTS, fit
from workload.intake.columns.heading_meaning import ALL_WORDS, AMOUNTS, WHOLE_NAME, Candidate, candidates, said
from workload.intake.columns.heading_words import UNKNOWN as UNKNOWN_WORD
from workload.intake.columns.heading_words import all_facts, facts_of
from workload.intake.columns.joint_columns import together
from workload.intake.columns.left_columns import left, may_be_sessions, said_and_not_read
from workload.intake.columns.looks import MOST, SOME, Look
from workload.intake.columns.settled import (
    BOTH,
    BY_NEIGHBORS,
    BY_PERSON,
    BY_VALUES,
    BY_WORDS,
    EXACT,
    MARK,
    SHOWN_NOWHERE,
    Decided,
    OpenColumn,
    Settled,
)
from workload.model import column_fates
from workload.model.columns import SERVICES, Table, normalized

COUNTED = re.compile(r"\b(?:students|pupils|kids|children)\b", re.IGNORECASE)
LARGEST_CASELOAD = 500  # smaller numbers under "Students" count them
VALUES_COUNT = 4.0  # points that values which say it themselves give to a reading
CLEAR = 1.0  # points by which the best of two columns must lead to be read without a question
CLEAR_AMOUNT = 2.0  # of two amounts a word that nobody knows decides nothing: "Weekly min A", "Weekly min new"
NONE_OF_THEM = ""
OF_PERSONS = " If each is of one person, choose none: give the list one column of minutes, and the person beside them."
NAMED_AMONG_SERVICES = 2.0  # points of a column that names OT where others name speech or PT
# Known names of these are used for other things as well, so that values may say no.
TOLD_BY_VALUES = AMOUNTS | {
    "plan",
    "delivery",
    "esy",
    "therapist",
    "setting",
    "service",
    "group_id",
    "group_size",
    "status",
    "term",
    "service_dates",
    "role",
}
# Of several columns that say the same of one thing, the words that make one of them the better: more is better.
PREFERRED: Mapping[str, tuple[tuple[str, float], ...]] = {
    "time_unit": (("units", 1.0),),
    "school": (
        ("serving", 3.0),
        ("attending", 3.0),
        ("service", 2.0),
        ("home", -3.0),
        ("resident", -3.0),
        ("district", -3.0),
        ("location", -4.0),
        ("setting", -4.0),
        ("place", -4.0),
        ("id", -1.0),
    ),
    "student_id": (("student id", 1.0), ("local", 0.5), ("state", -0.5)),
    "region": (("region", 3.0), ("area", 3.0), ("zone", 3.0), ("cluster", 3.0), ("district", 1.5)),
    "student_name": (("full", 2.0),),
    "therapist": (
        ("previous", -4.0),
        ("backup", -3.0),
        ("supervis", -4.0),
        ("referr", -4.0),
        ("second", -3.0),
        ("id", -2.5),
        ("number", -2.5),
        ("email", -4.0),
    ),
    "start": (("service", 1.5), ("iep", -1.5)),
    "end": (("service", 1.5), ("iep", -1.5)),
    "iep_date": (("next", 2.0), ("due", 2.0), ("last", -3.0), ("start", -2.0)),
    "reeval_date": (("next", 2.0), ("due", 2.0), ("last", -3.0)),
    "status": (("service", 1.5), ("ot ", 2.0), ("sped", 0.5), ("student", 0.5)),
}


def decide(
    table: Table,
    headings: Sequence[str],
    looks: Mapping[int, Look],
    personal: frozenset[int] = frozenset(),
    given: Mapping[int, Settled | None] | None = None,
    chosen: Mapping[str, str] | None = None,
    unneeded: frozenset[int] = frozenset(),
) -> Decided:
    """The reading of the columns of one table.

    headings  of every column, "" where there is none, each of them once (a second "Minutes" is "Minutes (2)")
    looks     what the values of each column look like
    personal  columns that are never read
    given     what is settled already, by a person or by a known report; None leaves a column out
    chosen    canonical column -> heading, where a person has chosen between several
    unneeded  columns of a known report that say nothing about the workload
    """
    given = dict(given or {})
    fates = dict.fromkeys(personal, column_fates.PERSONAL)
    fates |= {index: column_fates.READ if settled else column_fates.LEFT_OUT for index, settled in given.items()}
    settled = {index: each for index, each in given.items() if each}
    taken = {each.candidate.slot for each in settled.values()}
    wide = table is SERVICES and any(said(heading).other_service or said(heading).whole_school for heading in headings)
    offers: dict[int, list[tuple[float, Candidate]]] = {}
    for index, heading in enumerate(headings):
        if not heading or index in fates:
            continue
        ranked = _ranked(table, heading, looks[index], wide)
        ranked = [(points, each) for points, each in ranked if each.slot not in taken]
        if ranked:
            offers[index] = ranked
    if table is SERVICES:
        for index in amount_columns.row_numbers(headings, looks, offers):
            fates[index] = column_fates.UNNEEDED
            offers.pop(index, None)
        for index in amount_columns.marks(headings, looks, fates):
            settled[index] = Settled(Candidate("frequency_text", ALL_WORDS, unit=MARK), BY_VALUES)
            fates[index] = column_fates.READ
            offers.pop(index, None)
        for index, each in together(headings, looks, offers).items():
            if index not in fates:
                settled[index], fates[index] = Settled(each, BY_NEIGHBORS), column_fates.READ
                offers.pop(index, None)
    open_columns: list[OpenColumn] = []
    _assign(table, headings, looks, offers, settled, fates, open_columns, chosen or {})
    by_values(table, headings, looks, settled, fates)
    if table is SERVICES:
        ot_beside_assistants(headings, looks, settled, fates)
        amount_columns.due_of_nothing(headings, settled, fates)
        amount_columns.dates_of_what_is_proposed(headings, settled, fates, given)
        amount_columns.second_delivery(headings, looks, settled, fates, open_columns, chosen or {})
        amount_columns.amounts_by_neighbors(headings, looks, settled, fates, open_columns, given)
        amount_columns.totals_of_kinds(headings, settled, fates)
    names = frozenset(each.name for each in settled.values())
    for index, heading in enumerate(headings):
        if index not in fates:
            fates[index] = column_fates.UNNEEDED if index in unneeded else left(table, heading, looks[index], names)
        unread = table is SERVICES and heading and fates[index] in (column_fates.SECOND, column_fates.UNKNOWN)
        if unread and (said_and_not_read(heading, names) or may_be_sessions(looks[index], names)):
            fates[index] = column_fates.ASKED  # what was read instead says something else
    return Decided(settled, tuple(open_columns), fates)


def _ranked(table: Table, heading: str, look: Look, wide: bool) -> list[tuple[float, Candidate]]:
    """What a column may be with its points by words and by values, best first; contradicted readings are out."""
    found = []
    for each in candidates(table.name, amount_columns.without_number(heading)):
        kind = table.column(each.name).kind
        if kind == "date" and look.clocks > MOST:
            continue  # "Start" over 9:00 AM
        if each.name == "service" and look.deliveries > MOST and not look.disciplines:
            continue  # "Service" over Direct, Consult
        if each.name == "service_dates" and each.points < WHOLE_NAME and not of_service_days(heading):
            continue  # "IEP Dates", "Consent dates"
        counts = COUNTED.search(heading) and look.numeric > MOST and max(look.numbers) < LARGEST_CASELOAD
        if counts and each.name in ("student_id", "student_name"):
            continue  # "OT Students" over 22, 15
        if each.name == "period" and (look.class_periods > MOST or names_days(heading, look)):
            continue  # "Period" over 2nd, 5th; "Day" over M, W
        fits = fit(each.name, kind, look)
        if fits <= CONTRADICTS:
            if not _is_canonical(table, each.name, heading) and (
                each.points < WHOLE_NAME or each.name in TOLD_BY_VALUES
            ):
                continue
            fits = -0.5  # its own name says it whatever stands there; what cannot be read is told cell by cell
        points = each.points + VALUES_COUNT * fits + _preferred(each.name, heading)
        if wide and said(heading).is_ot:
            points += NAMED_AMONG_SERVICES
        found.append((points, each))
    return sorted(found, key=lambda pair: -pair[0])


def _is_canonical(table: Table, name: str, heading: str) -> bool:
    """Whether the heading is the column's own name or its label in the template."""
    return name != "plan" and normalized(heading) in (normalized(name), normalized(table.column(name).label))


def _preferred(name: str, heading: str) -> float:
    text = f"{normalized(heading)} {' '.join(all_facts(heading))} "
    return sum(points for word, points in PREFERRED.get(name, ()) if word in text)


def _assign(table: Table, headings, looks, offers, settled, fates, open_columns, chosen: Mapping[str, str]) -> None:
    """Give each slot to its one clear winner; best offers first, so that no order of columns decides."""
    while offers:
        best = max(ranked[0][0] for ranked in offers.values())
        slot = min(ranked[0][1].slot for ranked in offers.values() if ranked[0][0] == best)
        rivals = sorted(
            ((ranked[0][0], index) for index, ranked in offers.items() if ranked[0][1].slot == slot), reverse=True
        )
        name = slot[0]
        if name in chosen and any(headings[index] == chosen[name] for _, index in rivals):
            winner = next(index for _, index in rivals if headings[index] == chosen[name])
            _take(winner, offers, settled, fates, BY_PERSON)
            _pass_on(slot, offers, fates, column_fates.LEFT_OUT)
            continue
        if chosen and chosen.get(name) == BOTH and len(rivals) > 1 and _is_total(name):
            first, second = sorted(index for _, index in rivals[:2])
            _take(first, offers, settled, fates, BY_PERSON)
            _take(second, offers, settled, fates, BY_PERSON)
            settled[second] = replace(settled[second], candidate=replace(settled[second].candidate, kind=ALSO))
            _pass_on(slot, offers, fates, column_fates.SECOND)
            continue
        top, winner = rivals[0]
        clear = CLEAR_AMOUNT if _is_amount(name) else CLEAR
        near = [index for points, index in rivals if top - points < clear]
        if len(near) > 1:
            near.sort()
            same = all(_says_the_same(name, looks[index], looks[near[0]]) for index in near)
            moved = [index for index in near if _has_other(offers[index], top)]
            if same:
                winner = max(near, key=lambda index: looks[index].disciplines) if name == "service" else near[0]
            elif name == "delivery" and len(near) == 2 and chosen.get(name, BOTH) == BOTH:
                pass  # both are read together, and asked
            elif moved and len(near) - len(moved) == 1:
                winner = next(index for index in near if index not in moved)
            else:
                is_none = chosen.get(name) == NONE_OF_THEM
                open_columns += [] if is_none else [_which_of(table, name, near, headings, looks, offers)]
                for index in near:
                    fates[index] = column_fates.LEFT_OUT if is_none else column_fates.ASKED
                    del offers[index]
                _pass_on(slot, offers, fates, column_fates.SECOND)
                continue
        _take(winner, offers, settled, fates, "")
        for index in list(offers):
            if offers[index][0][1].slot == slot and _says_the_same(name, looks[index], looks[winner]):
                fates[index] = column_fates.REPEATS
                del offers[index]
        _pass_on(slot, offers, fates, column_fates.SECOND)


def _is_amount(name: str) -> bool:
    return name.startswith(("minutes_per_", "hours_per_"))


def _is_total(name: str) -> bool:
    """Whether two columns of it may add up: minutes in all, and duties of one person."""
    return _is_amount(name) and name != "minutes_per_session" or name == "named_duty_hours"


def _take(index: int, offers, settled, fates, sure: str) -> None:
    points, candidate = offers[index][0]
    others = tuple(each.name for _, each in offers[index][1:4])
    how = sure or (EXACT if candidate.points >= WHOLE_NAME else BY_WORDS)
    settled[index] = Settled(candidate, how, others)
    fates[index] = column_fates.READ
    del offers[index]


def _pass_on(slot, offers, fates, fate: str) -> None:
    """A column whose reading is taken may be its next one, where that one is said nearly as well."""
    for index in list(offers):
        first = offers[index][0][0]
        lost = offers[index][0][1].slot == slot
        offers[index] = [(points, each) for points, each in offers[index] if each.slot != slot]
        if not offers[index]:
            del offers[index]
            if lost:
                fates[index] = fate
        elif lost and first - offers[index][0][0] > VALUES_COUNT:
            del offers[index]
            fates[index] = fate


def _has_other(ranked, top: float) -> bool:
    """Whether a column has a second reading that is nearly as good."""
    return len(ranked) > 1 and top - ranked[1][0] < CLEAR


def _says_the_same(name: str, look: Look, other: Look) -> bool:
    """Whether two columns give the same in every row; of ids, and of codes and names of services, whether they tell the
    same rows apart."""
    if name == "service" and min(look.disciplines, other.disciplines) <= SOME:
        return look.says_the_same(other)
    return look.says_the_same(other) or (name in ("student_id", "service") and look.tells_the_same_rows_apart(other))


def _differ_by_a_name(headings: Sequence[str]) -> bool:
    """ "Kim Minutes", "Lee Minutes": the same words, and one beside them that is not known."""
    said = [sorted(map(sorted, facts_of(heading))) for heading in headings]
    return all(facts == said[0] and facts.count([UNKNOWN_WORD]) == 1 for facts in said)


def _which_of(table: Table, name: str, near: Sequence[int], headings, looks, offers) -> OpenColumn:
    """Two or more columns that may each be the one: a question with three values of each."""
    personal = table.column(name).kind in SHOWN_NOWHERE
    label = table.column(name).label
    choices = tuple(
        (
            headings[index],
            f"{headings[index]}"
            + (
                ""
                if personal or not looks[index].values
                else f" ({', '.join(shown(value) for value in looks[index].values[:3])})"
            ),
        )
        for index in near
    )
    years = {index: first_year_of(headings[index]) or 0 for index in near}
    best = headings[max(near, key=lambda index: (years[index], offers[index][0][0]))]
    if _is_total(name) and len(near) == 2:
        choices = (*choices, (BOTH, "Both: they add up"))
        of_assistants = [index for index in near if "ota" in all_facts(headings[index])]
        best = BOTH if len(of_assistants) == 1 or name == "named_duty_hours" else best
    return OpenColumn(
        " / ".join(headings[index] for index in near),
        near[0],
        f'{len(near)} columns may each be "{label}". Which one should be read?'
        + (OF_PERSONS if _is_amount(name) and _differ_by_a_name([headings[index] for index in near]) else ""),
        (*choices, (NONE_OF_THEM, "None of them")),
        (),
        name,
        best,
        tuple(near),
    )

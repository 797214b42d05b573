"""Columns whose headings say nothing and whose values say it themselves, where only one of them does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workload.intake.cells.cell_words import NO
from workload.intake.cells.cells import shown
from workload.intake.columns.fitting import SAYS_IT, fit
from workload.intake.columns.heading_meaning import AMOUNTS, ASSISTANT, Candidate, said
from workload.intake.columns.heading_words import all_facts, facts_of
from workload.intake.columns.looks import FEW, MOST, SOME, Look, is_weekday
from workload.intake.columns.settled import BY_VALUES, BY_WORDS, EXACT, Settled
from workload.model.column_fates import READ
from workload.model.columns import SERVICES, THERAPISTS, Table, normalized

NEEDS_A_PERIOD = frozenset(
    {"minutes_per_session", "sessions", "minutes_per_period", "direct_minutes", "indirect_minutes"}
)

SAY_HOW_OFTEN = frozenset({"period", "frequency_text", "direct_period", "direct_outside_period", "indirect_period"})


def by_values(table: Table, headings: Sequence[str], looks: Mapping[int, Look], settled, fates) -> None:
    """Settle what the values of one column say themselves: how often, an amount in words, a profession.

    Two such columns settle nothing, and a heading that is known to say something else is left alone.
    """
    names = {each.name for each in settled.values()}
    free = [
        index
        for index, heading in enumerate(headings)
        if heading and index not in fates and looks[index].values and not _says_something_else(heading)
    ]
    if table is SERVICES:
        without_period = [
            each for each in settled.values() if each.name in NEEDS_A_PERIOD and not each.candidate.period
        ]
        if without_period and not names & SAY_HOW_OFTEN:
            _only_one(
                "period",
                [
                    index
                    for index in free
                    if looks[index].periods > MOST and not names_days(headings[index], looks[index])
                ],
                settled,
                fates,
            )
        if not names & AMOUNTS:
            _only_one("frequency_text", [index for index in free if looks[index].phrases > MOST], settled, fates)
        if "status" not in names:
            _only_one("status", [index for index in free if looks[index].states > MOST], settled, fates)
        if not names & {"start", "end", "service_dates"}:
            spans = [index for index in free if fit("service_dates", "text", looks[index]) == SAYS_IT]
            _only_one("service_dates", [at for at in spans if of_service_days(headings[at])], settled, fates)
        if "delivery" not in names:  # letters alone may be codes of anything, and are asked
            spelled = [
                index
                for index in free
                if looks[index].deliveries > MOST and min(map(len, map(shown, looks[index].values))) > 2
            ]
            _only_one("delivery", spelled, settled, fates)
        marked = [index for index in free if said(headings[index]).is_ot and looks[index].yes_no > MOST]
        if not names & {"status", "service"}:  # "OT", Y or N: whether the student has this service
            _only_one(
                "status",
                [index for index in marked if any(shown(value).casefold() in NO for value in looks[index].values)],
                settled,
                fates,
            )
        for index, each in list(settled.items()):  # "Where" over names of places that are no rooms: the school
            if (
                each.name == "setting"
                and each.sure in (BY_WORDS, EXACT)
                and "school" not in names
                and looks[index].places <= FEW
                and looks[index].names > MOST
            ):
                settled[index] = Settled(Candidate("school", 0.0), BY_VALUES)
    elif table is THERAPISTS and "role" not in names:
        _only_one("role", [index for index in free if _holds_professions(looks[index])], settled, fates)


def names_days(heading: str, look: Look) -> bool:
    """Whether a column called "Day" holds days of the week: M and W are Monday and Wednesday there."""
    return "day" in normalized(heading) and look.share(is_weekday) > MOST


def _says_something_else(heading: str) -> bool:
    about = said(heading)
    return about.unneeded or about.delivered or about.other_service or about.limit


def of_service_days(heading: str) -> bool:
    """Whether every word of a heading fits the days of a service: "Duration of OT".

    An IEP that is overdue ends no service, nor does a suspension, a consent or a reporting period: such days are asked about.
    """
    return all(facts & {"length", "service", "ot", "date", "start", "end", "filler"} for facts in facts_of(heading))


def _holds_professions(look: Look) -> bool:
    return look.roles + look.disciplines > SOME and look.people < SOME


def _only_one(name: str, columns: Sequence[int], settled, fates) -> None:
    if len(columns) == 1:
        settled[columns[0]] = Settled(Candidate(name, 0.0), BY_VALUES)
        fates[columns[0]] = READ


def ot_beside_assistants(headings: Sequence[str], looks: Mapping[int, Look], settled, fates) -> None:
    """The OT of record beside a column of assistants: who serves where no assistant is named. Alone it says no such thing."""
    of_therapists = [each.candidate.kind for each in settled.values() if each.name == "therapist"]
    if of_therapists != [ASSISTANT]:
        return
    free = [
        index
        for index, heading in enumerate(headings)
        if heading and index not in fates and "supervisor" in all_facts(heading)
    ]
    _only_one("therapist", [index for index in free if looks[index].names > SOME], settled, fates)

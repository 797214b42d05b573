"""Rebalancing: everybody's week before and after."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from workload.figures.chart import Chart, empty_chart, opening, rows_figure, short_name, table_of, two_tone, value_axis
from workload.figures.open_premise import so_far, told
from workload.figures.row_marks import dumbbell, line_through
from workload.model.words import NO_VALUE, count, hours, numbers, percent
from workload.rebalance.proposal import Proposal

PEOPLE_TITLE = "Whose week changes? Hours of work a week before and after, against the contract"


def before_and_after(
    proposal: Proposal, names: Mapping[int, str], codes: Mapping[int, str] | None = None, provisional: bool = False
) -> Chart:
    """Everybody's hours before and after, with the contract as an upright mark.

    names  what to call each person by code; one that is missing is called "Person 3"
    codes  what a click on each person opens
    """
    columns = (
        "Therapist",
        "Hours before",
        "Hours after",
        "Contract hours",
        "Schools before",
        "Schools after",
        "Travel before, hours",
        "Travel after, hours",
    )
    people = proposal.people()
    called = [names.get(int(code), f"Person {int(code) + 1}") for code in people["code"]]
    then, now, contract = (people[name].to_numpy(float) for name in ("hours_before", "hours_after", "contract_hours"))
    table = table_of(
        columns,
        called,
        numbers(then, 1),
        numbers(now, 1),
        numbers(contract, 1),
        people["schools_before"].tolist(),
        people["schools_after"].tolist(),
        numbers(people["travel_hours_before"], 1),
        numbers(people["travel_hours_after"], 1),
    )
    drawn = [at for at in range(len(called)) if abs(now[at] - then[at]) > 0.05]
    if not drawn:
        empty = empty_chart(PEOPLE_TITLE, "Nobody's week changes.", "Choose a proposal with more moves.", columns)
        return Chart(empty.figure, PEOPLE_TITLE, empty.alt, table)
    # Work that nobody has stands behind the people, and is nobody's week.
    weeks = len(proposal.task.answer.demand.people.names)
    over = [int((one > contract + 0.05)[:weeks].sum()) for one in (then, now)]
    alt = told(
        f"{count(len(drawn), 'week')} of {len(called)} change",
        f"Before, {over[0]} do not fit the contract; after, {over[1]}",
        f"The largest overload goes from {percent(proposal.before.largest_overload)} to "
        f"{percent(proposal.score.largest_overload)} of a contract",
        provisional=provisional,
    )
    note, same = "Hollow is before, filled is after; the upright mark is the contract.", len(called) - len(drawn)
    if same:
        note += f" {count(same, 'week')} that {'does' if same == 1 else 'do'} not change {'is' if same == 1 else 'are'} in the table."
    labels = [short_name(called[at]) for at in drawn]
    figure = _weeks_figure(labels, then[drawn], now[drawn], contract[drawn])
    opens = [None if codes is None else codes.get(int(people["code"].iloc[at])) for at in drawn]
    found = f"{count(over[0], 'week')} {'does' if over[0] == 1 else 'do'} not fit before, {over[1]} after"
    made = Chart(opening(figure, opens), PEOPLE_TITLE, alt.replace(NO_VALUE, "nothing"), table, note, found)
    return so_far(made, provisional)


def _weeks_figure(labels: list[str], then: np.ndarray, now: np.ndarray, contract: np.ndarray) -> dict:
    """The weeks before and after, with the contracts upright between."""
    said = tuple(
        [f"{label}: {hours(value)} hours {when}" for label, value in zip(labels, values, strict=True)]
        for values, when in ((then, "before"), (now, "after"))
    )
    link, *ends = dumbbell(then.tolist(), now.tolist(), said, ("before", "after"))
    limits = line_through(
        point
        for place, limit in enumerate(contract.tolist())
        for point in ((limit, place - 0.36), (limit, place + 0.36), (None, None))
    )
    every = np.concatenate((then, now, contract))
    room = (every.max() - every.min() or 1.0) * 0.08
    return rows_figure(
        [link, *two_tone(limits), *ends],
        labels,
        [f"{hours(old)} → {hours(new)}" for old, new in zip(then, now, strict=True)],
        value_axis("hours a week", range=[max(0.0, every.min() - room), every.max() + room]),
        heading="before → after",
        first=-1.4,
        extra=20,
    )

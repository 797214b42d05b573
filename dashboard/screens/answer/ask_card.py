"""The ask on the answer page: its parts with start month and money, and the answer of the day it is needed by."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.parts import finding
from dashboard.screens.decide.scenarios.open_scenarios import prices
from dashboard.shell import cached, session
from dashboard.shell.beside_roster import BesideRoster
from workload.answer import Answer
from workload.model.words import EVEN_FTE, fte, gap_in_words, in_words
from workload.premises.records import PROVISIONAL
from workload.scenarios.priced_ask import PricedAsk, ask_on_both_days
from workload.scenarios.priced_words import (
    ask_words,
    left_sentence,
    money_sentence,
    part_words,
    room_sentence,
    shown_parts,
)

NUMBERS = {1: "one thing", 2: "two things", 3: "three things"}


def both_days(answer: Answer) -> tuple[PricedAsk | None, PricedAsk | None]:
    """The ask of today and that of the day it is needed by, where somebody has said one."""
    needed_from, rates = session.record(BesideRoster).needed_from(answer.day), prices()
    key = cached.digest(session.answer_key(), needed_from, sorted(rates.values.items()), sorted(map(str, rates.own)))
    return cached.drawn("ask_on_both_days", key, partial(ask_on_both_days, answer, needed_from, rates))


def show(answer: Answer) -> None:
    """What to ask for: permanent, to fill, to cover, each with its month and its money."""
    today, _ = both_days(answer)
    with st.container(key="card_ask"), finding.together():
        if today is None:
            finding.title("No ask yet", "An ask needs the posts that there are.")
            return
        title(today)
        finding.parts_list(asked_for(today))


def money(answer: Answer) -> None:
    """What the ask costs in all, how good its rates are, and by when it is needed."""
    today, needed = both_days(answer)
    if today is None:
        return
    with st.container(key="card_ask_money"):
        with finding.together():
            finding.title("What the ask costs, and by when")
            if shown_parts(today):
                own = "" if not today.example_rates else " Put in your own under Decide, Money."
                said = (room_sentence(today), answer.once(left_sentence), money_sentence(today) + own)
                finding.note(" ".join(filter(None, said)))
        by_when(answer, today, needed)


def title(asked: PricedAsk) -> None:
    """How many things, and whether it is settled."""
    parts, provisional = shown_parts(asked), asked.status == PROVISIONAL
    if not parts and asked.ask.total_fte > 0:
        finding.title(f"Less than {fte(EVEN_FTE)} FTE is missing", "That is less than one decimal of FTE shows.")
    elif not parts:
        finding.title(
            "Provisionally, nothing to ask for" if provisional else "Nothing to ask for today",
            "Not settled: see what the answer stands on."
            if provisional
            else "Every role has the hours that its work needs.",
        )
    else:
        number = NUMBERS.get(len(parts), f"{len(parts)} things")
        finding.title(f"Provisionally, ask for {number}" if provisional else f"So ask for {number}")


def asked_for(asked: PricedAsk) -> list[tuple[str, str, str]]:
    """(FTE, what, the rest) of each shown part."""
    return [(fte(part.fte), *part_words(asked, part)) for part in shown_parts(asked)]


def by_when(answer: Answer, today: PricedAsk, needed: PricedAsk | None) -> None:
    """The day it is needed by, and the answer of that day beside today's."""
    st.date_input(
        "Needed by",
        session.record(BesideRoster).needed_from(answer.day),
        min_value=answer.day,
        key="ask_needed_by",
        format="MM/DD/YYYY",
        on_change=_take,
        width=220,
        help="Posts are paid from this day on, and its own answer stands beside the file's day: who is back by then is "
        "not asked for.",
    )
    if words := session.record(BesideRoster).needed_words:
        finding.note(f"A packet says: needed by {words}. A day chosen here takes its place.")
    if needed is not None:
        finding.plain_table(
            ["On", "Needs", "Has", "Gap", "Ask"],
            [row_of(one) for one in (today, needed)],
            "The answer for the day of the file and for the day it is needed by",
            right=(1, 2),
        )


def row_of(asked: PricedAsk) -> list[str]:
    """One day in a row: what is needed, there and missing, and the ask of that day."""
    short = gap_in_words(asked.gap_fte)
    return [
        in_words(asked.day),
        fte(asked.required_fte),
        fte(asked.available_fte),
        f"provisionally {short}" if asked.status == PROVISIONAL else short,
        ask_words(asked),
    ]


def _take() -> None:
    session.change(BesideRoster, needed_by=session.chosen("ask_needed_by"), needed_words="")
